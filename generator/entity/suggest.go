package entity

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/news"
)

// Suggestion is a block for entities.toml that the archive speaks for and a person has to decide on.
type Suggestion struct {
	Question string     // "one person?", "a place, not a person?": to be answered with yes or no
	Names    []string   // what it is about, the name that is kept first
	Why      string     // what speaks for it
	Evidence []Instance // two places to read
	Accept   string     // the block that says yes
	Refuse   string     // the block that says no: nobody is asked again

	weight int
}

// Instance is a name as one card's article prints it.
type Instance struct {
	Card int
	Form string
}

// ID is a handle for people to name the suggestion by: six digits made of the block that accepts it.
func (s *Suggestion) ID() string {
	sum := sha256.Sum256([]byte(s.Accept))
	return hex.EncodeToString(sum[:3])
}

// Suggest lists what a person may want to say about the entities of an archive, the most certain and most useful
// first: spellings of one name, kinds, and persons of one name. What people have decided is not asked again. No name
// is compared with every other: those are compared that share all words but one, or all words in another order.
func Suggest(cards []news.Card, r Resolution, a *Authority) []Suggestion {
	s := suggester{cards: cards, entities: r.Entities, of: r.Of, a: a, asked: map[string]bool{}, longer: map[int][]int{}}
	s.readForms()
	s.spellings()
	s.variants()
	s.partNames()
	s.acronyms()
	s.surnames()
	s.kinds()
	s.namesakes()
	slices.SortStableFunc(s.list, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), slices.Compare(a.Names, b.Names))
	})
	return s.list
}

// spelledAs is an entity in one of its forms.
type spelledAs struct {
	entity int
	text   string
}

type suggester struct {
	cards    []news.Card
	entities []news.Entity
	of       [][]int32
	a        *Authority
	printed  map[spelledAs]int // the first card that prints a form of an entity
	longer   map[int][]int     // organisations that have one word before another's name
	list     []Suggestion
	asked    map[string]bool // blocks
}

// readForms notes where each form of an entity is first printed.
func (s *suggester) readForms() {
	s.printed = map[spelledAs]int{}
	for i := range s.cards {
		for j := range s.cards[i].Clusters {
			if e := int(s.of[i][j]); e >= 0 {
				for _, form := range s.cards[i].Clusters[j].Surfaces {
					k := spelledAs{e, form.Text}
					if _, found := s.printed[k]; !found {
						s.printed[k] = i
					}
				}
			}
		}
	}
}

// instance is where an entity is printed in a form, or in any form where that one is not in print.
func (s *suggester) instance(e int, form string) Instance {
	if card, found := s.printed[spelledAs{e, form}]; found {
		return Instance{card, form}
	}
	return Instance{int(s.entities[e].Articles[0].Card), s.entities[e].Name}
}

func (s *suggester) add(x Suggestion) {
	if !s.asked[x.Accept] {
		s.asked[x.Accept] = true
		s.list = append(s.list, x)
	}
}

// decided reports whether people have said whether two names are one.
func (s *suggester) decided(one, other string) bool {
	return s.a != nil && (s.a.apart(one, other) || s.a.canonical(key(one)) == s.a.canonical(key(other)))
}

// merge asks whether two names are one.
func (s *suggester) merge(one, other int, name, otherName, why string, weight int) {
	if s.decided(name, otherName) || s.refused(one, otherName) || s.refused(other, name) {
		return
	}
	if s.entities[one].Kind == news.Person && inFrontOf(name, otherName) {
		one, other, name, otherName = other, one, otherName, name
	}
	names := []string{name, otherName}
	s.add(Suggestion{
		Question: "one " + s.entities[one].Kind.String() + "?", Names: names, Why: why,
		Evidence: []Instance{s.instance(one, name), s.instance(other, otherName)},
		Accept:   pairBlock("same", names), Refuse: pairBlock("different", names), weight: weight,
	})
}

// inFrontOf reports whether a name is another of two words or more with one in front that is no given name: "Campaigner
// Priya Nair". The other is kept.
func inFrontOf(name, other string) bool {
	front, rest, _ := strings.Cut(name, " ")
	return key(rest) == key(other) && words(other) > 1 && readFiler().names[front]&given == 0 && len(strings.TrimSuffix(front, ".")) > 1
}

func (s *suggester) refused(e int, name string) bool {
	return s.a != nil && s.a.refuses(s.entities[e].ID, key(name))
}

func pairBlock(kind string, names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = diag.QuoteTOML(name)
	}
	return fmt.Sprintf("\n[[%s]]\nnames = [%s]\n", kind, strings.Join(quoted, ", "))
}

// How much each kind of suggestion weighs; context and frequency add to it.
const (
	madeByMachine = 400 // an article's own spellings, already put together
	otherOrder    = 300
	middleName    = 250
	initialsOf    = 220
	oneLetter     = 200
	otherForm     = 170 // put together by what the archive shows
	otherKind     = 150
	moreWords     = 120
	aloneName     = 100
	manyPersons   = 50

	bothFrequent = 100 // taken off: a misprint is rare
)

// surnames asks about persons whom articles name by the family name alone, where one person of the archive has it.
func (s *suggester) surnames() {
	const shared = -1
	bySurname := map[string]int{}
	for e := range s.entities {
		if a := &s.entities[e]; a.Kind == news.Person && words(a.Name) > 1 {
			family := key(strings.Split(a.Sort, ",")[0])
			if _, found := bySurname[family]; found {
				bySurname[family] = shared
			} else {
				bySurname[family] = e
			}
		}
	}
	for i := range s.cards {
		for j := range s.cards[i].Clusters {
			c := &s.cards[i].Clusters[j]
			if c.Kind != news.Person || !c.Bare || s.of[i][j] >= 0 || readFiler().names[c.Name]&given != 0 {
				continue // King George is not Lloyd George
			}
			if e, found := bySurname[key(c.Name)]; found && e != shared && s.knows(e, i) {
				s.surname(e, i, c)
			}
		}
	}
}

// knows reports whether another name of a card's article stands in articles of the person too.
func (s *suggester) knows(person, card int) bool {
	beside := s.beside(person)
	return slices.ContainsFunc(s.of[card], func(other int32) bool { return beside[int(other)] && int(other) != person })
}

func (s *suggester) surname(e, card int, c *news.Cluster) {
	block := func(is string) string {
		return fmt.Sprintf("\n[[fix]]\narticle = %s\ntext = %s\nis = %s\n", diag.QuoteTOML(s.cards[card].ID), diag.QuoteTOML(c.Name), diag.QuoteTOML(is))
	}
	s.add(Suggestion{
		Question: "who is meant?", Names: []string{s.entities[e].Name, c.Name},
		Why:      "the family name alone in this article, and nobody else in the archive has it",
		Evidence: []Instance{s.instance(e, s.entities[e].Name), {card, c.Name}},
		Accept:   block(s.entities[e].ID), Refuse: block("nothing"), weight: aloneName + min(c.Count, 49),
	})
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// sharedNames is how many distinctive names stand in articles of both, looking at the first articles of each.
func (s *suggester) sharedNames(a, b int) int {
	beside := s.beside(a)
	n := 0
	for other := range s.beside(b) {
		if beside[other] && other != a && other != b {
			n++
		}
	}
	return n
}

// enoughArticles is how many articles of an entity are looked at for its company.
const enoughArticles = 50

func (s *suggester) beside(e int) map[int]bool {
	beside := map[int]bool{}
	for _, a := range s.entities[e].Articles[:min(enoughArticles, len(s.entities[e].Articles))] {
		for _, other := range s.of[a.Card] {
			if other >= 0 && ubiquitous*len(s.entities[other].Articles) <= max(len(s.cards), ubiquitous*ubiquitous) {
				beside[int(other)] = true
			}
		}
	}
	return beside
}

// muchMore is how many times as often a name must be of one kind as of another for the other to be in doubt.
const muchMore = 3

// kinds asks about names that the archive has as two kinds of thing, one of them rarely.
func (s *suggester) kinds() {
	byName := map[string]int{}
	for e := range s.entities {
		k := key(s.entities[e].Name)
		other, found := byName[k]
		if !found {
			byName[k] = e
			continue
		}
		if s.before(e, other) {
			e, other = other, e
			byName[k] = other
		}
		s.kind(other, e)
	}
}

func (s *suggester) kind(e, other int) {
	a, b := &s.entities[e], &s.entities[other]
	if a.Kind == news.Place && a.At != nil {
		return // a team has its country's name
	}
	if a.Confirmed || b.Confirmed || len(a.Articles) < muchMore*len(b.Articles) || s.decided(a.ID, b.ID) {
		return
	}
	block := func(of *news.Entity) string {
		return fmt.Sprintf("\n[[%s]]\nname = %s\n", of.Kind, diag.QuoteTOML(of.Name))
	}
	s.add(Suggestion{
		Question: fmt.Sprintf("%s, not %s?", withArticle(a.Kind), withArticle(b.Kind)), Names: []string{a.Name},
		Why:      fmt.Sprintf("%s in %s, %s in %d", a.Kind, plural(len(a.Articles), "article"), b.Kind, len(b.Articles)),
		Evidence: []Instance{s.instance(e, a.Name), s.instance(other, b.Name)},
		Accept:   block(a), Refuse: pairBlock("different", []string{a.ID, b.ID}), weight: otherKind + min(len(a.Articles), 99),
	})
}

func withArticle(kind news.Kind) string {
	if kind == news.Organization {
		return "an " + kind.String()
	}
	return "a " + kind.String()
}

// namesakes asks about persons who may be several.
func (s *suggester) namesakes() {
	for e := range s.entities {
		a := &s.entities[e]
		if a.Kind != news.Person || !a.Ambiguous || a.Confirmed || s.shared(e) {
			continue
		}
		first, last := int(a.Articles[0].Card), int(a.Articles[len(a.Articles)-1].Card)
		entry := fmt.Sprintf("\n[[person]]\nname = %s\n", diag.QuoteTOML(a.Name))
		s.add(Suggestion{
			Question: "one person?", Names: []string{a.Name},
			Why:      fmt.Sprintf("%d articles that have no other name in common", len(a.Articles)),
			Evidence: []Instance{{first, a.Name}, {last, a.Name}},
			Accept:   entry, Refuse: fmt.Sprintf("\n[[person]]\nid = %s\nname = %s\nwhen = { articles = [%s] }\n",
				diag.QuoteTOML(strings.TrimPrefix(a.ID, "people/")+"-2"), diag.QuoteTOML(a.Name), diag.QuoteTOML(s.cards[last].ID)),
			weight: manyPersons + min(len(a.Articles), 49),
		})
	}
}

// shared reports whether people have listed the name already, under conditions.
func (s *suggester) shared(e int) bool {
	return s.a != nil && len(s.a.named(s.entities[e].Kind, s.entities[e].Name)) > 0
}
