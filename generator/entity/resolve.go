package entity

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"broadsheet/generator/news"
	"broadsheet/generator/prose"
)

// Resolution says which entity each cluster of each card is.
type Resolution struct {
	Entities []news.Entity // by ID; Articles in the order of the cards
	Of       [][]int       // by card and cluster: index into Entities, or -1 for a bare surname and what is hidden
}

// Resolve is the whole archive's step, a pure function of its arguments. An entity in fewer than minArticles
// articles has no page of its own.
func Resolve(cards []news.Card, a *Authority, minArticles int) Resolution {
	s := resolver{a: a, byPrinted: map[nameKey]int{}, byKey: map[nameKey]int{}, byEntry: map[string]int{}}
	of := s.assign(cards)
	s.join(cards, of)
	s.appear(cards, of)
	s.doubt(cards, of)
	order := s.name(newFiler())
	s.locate(of)
	for i := range s.things {
		s.things[i].Page = len(s.things[i].Articles) >= minArticles
	}
	return s.inOrder(of, order)
}

// thing is an entity while it is gathered.
type thing struct {
	news.Entity
	key      nameKey
	first    int // index of the first card
	articles int
}

// resolver gathers things. A name is folded the first time it is seen as printed; a million cards repeat few names.
type resolver struct {
	a         *Authority
	things    []thing
	byPrinted map[nameKey]int
	byKey     map[nameKey]int
	byEntry   map[string]int
}

// assign is the thing of every cluster.
func (s *resolver) assign(cards []news.Card) [][]int {
	clusters := 0
	for i := range cards {
		clusters += len(cards[i].Clusters)
	}
	all := make([]int, 0, clusters)
	of := make([][]int, len(cards))
	for i := range cards {
		start := len(all)
		for j := range cards[i].Clusters {
			t := s.thing(&cards[i], &cards[i].Clusters[j])
			if t >= 0 && !slices.Contains(all[start:], t) {
				s.things[t].articles++
				if s.things[t].articles == 1 {
					s.things[t].first = i
				}
			}
			all = append(all, t)
		}
		of[i] = all[start:len(all):len(all)]
	}
	return of
}

// thing is what a cluster names: the entry that Match gave it, if the article's date allows, else whatever has the
// same name.
func (s *resolver) thing(card *news.Card, c *news.Cluster) int {
	if c.Entity != "" {
		i, listed := s.entry(c.Entity)
		if !listed {
			return s.unlistedID(c)
		}
		if s.a.entries[i].when.onDate(card.ID, card.Date) {
			return s.byID(c.Entity)
		}
		for _, other := range s.a.named(c.Kind, c.Name) {
			if e := &s.a.entries[other]; e.when == nil {
				return s.byID(e.id)
			}
		}
	}
	if c.Bare && c.Entity == "" {
		return -1
	}
	return s.byName(c)
}

func (s *resolver) entry(id string) (int, bool) {
	if s.a == nil {
		return 0, false
	}
	i, found := s.a.byID[id]
	return i, found
}

// byID is the thing of an entry.
func (s *resolver) byID(id string) int {
	if t, found := s.byEntry[id]; found {
		return t
	}
	e, _ := s.a.Lookup(id)
	s.things = append(s.things, thing{Entity: e, key: nameKey{e.Kind, key(e.Name)}})
	s.byEntry[id] = len(s.things) - 1
	return len(s.things) - 1
}

// unlistedID is the thing of an id that a person wrote and no entry has: whatever has the name it is made of.
func (s *resolver) unlistedID(c *news.Cluster) int {
	_, slug, _ := strings.Cut(c.Entity, "/")
	t := s.byName(&news.Cluster{Kind: c.Kind, Name: strings.ReplaceAll(slug, "-", " ")})
	if t >= 0 && s.things[t].ID == "" {
		s.things[t].ID = c.Entity
	}
	return t
}

// byName is the thing of a name that no entry has settled, -1 for one that is hidden or has no letters.
func (s *resolver) byName(c *news.Cluster) int {
	printed := nameKey{c.Kind, c.Name}
	if t, found := s.byPrinted[printed]; found {
		return t
	}
	k := nameKey{c.Kind, s.a.canonical(key(c.Name))}
	t, found := s.byKey[k]
	switch {
	case found:
	case k.name == "" || s.a.hides(c.Kind, c.Name):
		t = -1
	default:
		t = s.unlisted(k, c)
		s.byKey[k] = t
	}
	s.byPrinted[printed] = t
	return t
}

// unlisted is the thing of a folded name: an entry that has the name without conditions, else one of its own.
func (s *resolver) unlisted(k nameKey, c *news.Cluster) int {
	shared := false
	if s.a != nil {
		for _, i := range s.a.byName[k] {
			if s.a.entries[i].when == nil {
				return s.byID(s.a.entries[i].id)
			}
			shared = true
		}
	}
	s.things = append(s.things, thing{Entity: news.Entity{Kind: k.kind, Ambiguous: shared}, key: k})
	return len(s.things) - 1
}

// appear writes each thing's articles and spellings, in the order of the cards.
func (s *resolver) appear(cards []news.Card, of [][]int) {
	total := 0
	for i := range s.things {
		total += s.things[i].articles
	}
	all := make([]news.Appearance, total)
	for i := range s.things {
		n := s.things[i].articles
		s.things[i].Articles, all = all[:0:n], all[n:]
	}
	spelled := map[spelledAs]int{}
	for i := range cards {
		for j := range cards[i].Clusters {
			if t := of[i][j]; t >= 0 {
				c := &cards[i].Clusters[j]
				s.things[t].appear(i, c, about(&cards[i], c))
				s.spell(t, c, spelled)
			}
		}
	}
}

func (t *thing) appear(card int, c *news.Cluster, about bool) {
	mentions := c.Count + c.Senses
	if n := len(t.Articles); n > 0 && t.Articles[n-1].Card == card {
		t.Articles[n-1].Count += mentions
		t.Articles[n-1].About = t.Articles[n-1].About || about
		return
	}
	t.Articles = append(t.Articles, news.Appearance{Card: card, Count: mentions, About: about})
}

// What makes an article about someone without the headline's help: named early and again, or at least so often.
const (
	opening     = 300 // bytes; news says in its first sentences what it is about
	oftenEnough = 3
	wordsEach   = 150 // in a long text, a mention for so many words
)

func about(card *news.Card, c *news.Cluster) bool {
	mentions := c.Count + c.Senses
	early := c.First >= 0 && c.First < max(opening, len(card.Lede))
	return c.InTitle || early && mentions > 1 || mentions >= max(oftenEnough, card.Words/wordsEach)
}

type spelledAs struct {
	thing int
	text  string
}

// spell counts the forms of a cluster. A person's single words are no spellings; a name that the headline or the
// front matter alone has counts once.
func (s *resolver) spell(t int, c *news.Cluster, seen map[spelledAs]int) {
	for _, form := range c.Surfaces {
		if form.Text == c.Name || c.Kind != news.Person || words(form.Text) > 1 {
			s.count(t, form.Text, form.Count, seen)
		}
	}
	if c.Entity == "" && !prints(c, c.Name) {
		s.count(t, c.Name, 1, seen)
	}
}

func (s *resolver) count(t int, text string, n int, seen map[spelledAs]int) {
	e := &s.things[t]
	k := spelledAs{t, text}
	at, found := seen[k]
	if !found {
		at = len(e.Spellings)
		seen[k] = at
		e.Spellings = append(e.Spellings, news.Spelling{Text: text})
	}
	e.Spellings[at].Count += n
}

// name gives every thing its name, sort key and id, and is the things in the order of their ids.
func (s *resolver) name(f *filer) []int {
	taken := map[string]bool{}
	for i := range s.things {
		taken[s.things[i].ID] = true
	}
	order := make([]int, len(s.things))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(s.things[a].first, s.things[b].first) }) // the earlier keeps its id
	for _, i := range order {
		t := &s.things[i]
		t.fullName()
		t.Sort = cmp.Or(t.Sort, f.sort(t.Kind, t.Name))
		if t.ID == "" {
			t.ID = t.makeID(taken)
			taken[t.ID] = true
		}
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(s.things[a].ID, s.things[b].ID) })
	return order
}

// fullName takes the most frequent spelling that folds to the thing's own name; of equals the first seen, which is
// the earlier article's. Spellings are then listed by frequency.
func (t *thing) fullName() {
	best := 0
	for _, form := range t.Spellings {
		if t.Name == "" || !t.Confirmed && best > 0 {
			if form.Count > best && key(form.Text) == t.key.name {
				t.Name, best = form.Text, form.Count
			}
		}
	}
	slices.SortStableFunc(t.Spellings, func(a, b news.Spelling) int { return cmp.Compare(b.Count, a.Count) })
	switch {
	case t.Name != "":
	case len(t.Spellings) > 0:
		t.Name = t.Spellings[0].Text // other forms alone are in print
	default:
		t.Name = t.key.name // known by a written id alone
	}
}

// makeID is the kind's folder and the name's slug. Where another has that id, six digits made of the name follow.
func (t *thing) makeID(taken map[string]bool) string {
	slug := prose.Slug(t.Name)
	id := t.Kind.Folder() + "/" + slug
	if slug != "" && !taken[id] {
		return id
	}
	sum := sha256.Sum256([]byte(t.key.name))
	if slug != "" {
		id += "-"
	}
	return id + hex.EncodeToString(sum[:3])
}

// inOrder lists the things by id and numbers the clusters anew.
func (s *resolver) inOrder(of [][]int, order []int) Resolution {
	r := Resolution{Entities: make([]news.Entity, len(order)), Of: of}
	place := make([]int, len(order))
	for at, i := range order {
		r.Entities[at] = s.things[i].Entity
		place[i] = at
	}
	for _, card := range of {
		for j, t := range card {
			if t >= 0 {
				card[j] = place[t]
			}
		}
	}
	return r
}
