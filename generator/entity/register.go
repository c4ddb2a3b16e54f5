package entity

import (
	"cmp"
	"hash/maphash"
	"math/bits"
	"slices"
	"strings"

	"broadsheet/generator/news"
)

// heading is what an index would file cards under before it knows which headings are one: a name of a kind, folded,
// or an entry.
type heading struct {
	nameKey
	in    []news.Appearance // in order of the cards; empty while no card has it
	weak  []news.Appearance // likewise, where it is unproven: they come to its entity, and make none
	forms []printed         // in order of form; what Spellings counts
	wants string            // of a root: the id it has if no other has a better claim

	entry  int32 // of the authority, -1 for none
	alike  int32 // another heading that meets it: see joiner; -1 ends the chain
	rival  int32 // another root that wants the same id; -1 ends the chain
	shared bool  // entries have the name, each under a condition
	common bool  // in so many articles that it is no context
	noted  bool  // among those that are touched
}

// printed is how often the cards of a heading print a form.
type printed struct{ form, count int32 }

// row is one card: the heading of each of its clusters, -1 for none, and its tags as forms.
type row struct {
	clusters []news.Cluster
	headings []int32
	tags     []int32
}

// register is the headings of the cards of an archive. It takes cards in and gives them up again; nothing in it depends
// on their order of coming and going, but numbers that never leave the package.
type register struct {
	a        *Authority
	forms    map[string]int32
	texts    []string                     // by form
	of       [len(news.Kinds) + 1][]int32 // by kind and form: its heading, unknown or nobody
	byKey    map[nameKey]int32
	byEntry  map[int]int32
	headings []heading
	rows     []row
	claims   map[int32][]claimed      // by heading: the fuller names beside which cards print it
	written  map[int32]map[string]int // ids that front matter gives and no entry has
	meeting  map[uint64]int32         // by hash of what they meet by: the last of the headings that do
	tags     map[string]int32         // by slug
	told     map[int32]string         // by heading: the name that tells a place from others of its name
	size     int                      // of the archive, roughly
	seed     maphash.Seed
	touched  []int32 // headings whose cards, claims or company have changed
}

// claimed is a fuller name, and in how many clusters the form stands beside it.
type claimed struct{ full, count int32 }

const (
	unknown = -2 // not looked up yet
	nobody  = -1 // hidden, or without letters
)

func newRegister(a *Authority) register {
	return register{
		a: a, forms: map[string]int32{}, byKey: map[nameKey]int32{}, byEntry: map[int]int32{},
		claims: map[int32][]claimed{}, written: map[int32]map[string]int{}, meeting: map[uint64]int32{}, tags: map[string]int32{}, told: map[int32]string{}, seed: maphash.MakeSeed(),
	}
}

// form is the number of a text.
func (g *register) form(text string) int32 {
	n, found := g.forms[text]
	if !found {
		n = int32(len(g.texts))
		g.forms[text] = n
		g.texts = append(g.texts, text)
	}
	return n
}

// touch notes that something about a heading has changed.
func (g *register) touch(h int32) {
	if !g.headings[h].noted {
		g.headings[h].noted = true
		g.touched = append(g.touched, h)
	}
}

// filed is the heading of a cluster, whose name is a form: the entry that Match gave it, if the article's date allows, else whatever has the
// same name.
func (g *register) filed(card *news.Card, c *news.Cluster, name int32) int32 {
	if c.Entity != "" {
		i, listed := g.entry(c.Entity)
		if !listed {
			_, slug, _ := strings.Cut(c.Entity, "/")
			return g.headed(c.Kind, g.form(strings.ReplaceAll(slug, "-", " ")))
		}
		if g.a.entries[i].when.onDate(card.ID, card.Date) {
			return g.listed(i)
		}
		for _, other := range g.a.named(c.Kind, c.Name) {
			if g.a.entries[other].when == nil {
				return g.listed(other)
			}
		}
	}
	if c.Bare && c.Entity == "" && !c.Unproven {
		return nobody
	}
	if c.Kind == news.Place && len(g.a.named(c.Kind, c.Name)) == 0 {
		if told := readAtlas().told(card, c.Name); told != c.Name {
			h := g.headed(c.Kind, g.form(told))
			g.told[h] = told
			return h
		}
	}
	return g.headed(c.Kind, name)
}

func (g *register) entry(id string) (int, bool) {
	if g.a == nil {
		return 0, false
	}
	i, found := g.a.byID[id]
	return i, found
}

// listed is the heading of an entry.
func (g *register) listed(entry int) int32 {
	h, found := g.byEntry[entry]
	if !found {
		e := &g.a.entries[entry]
		h = g.add(nameKey{e.kind, key(e.name)}, int32(entry))
		g.byEntry[entry] = h
	}
	return h
}

// headed is the heading of a form that no entry has settled.
func (g *register) headed(kind news.Kind, form int32) int32 {
	for int(form) >= len(g.of[kind]) {
		g.of[kind] = append(g.of[kind], unknown)
	}
	h := g.of[kind][form]
	if h == unknown {
		h = g.lookUp(kind, g.texts[form])
		g.of[kind][form] = h
	}
	return h
}

func (g *register) lookUp(kind news.Kind, name string) int32 {
	k := nameKey{kind, g.a.canonical(key(name))}
	if h, found := g.byKey[k]; found {
		return h
	}
	if k.name == "" || g.a.hides(kind, name) {
		return nobody
	}
	h := g.unlisted(k)
	g.byKey[k] = h
	return h
}

// unlisted is the heading of a folded name: an entry that has the name without conditions, else one of its own.
func (g *register) unlisted(k nameKey) int32 {
	shared := false
	if g.a != nil {
		for _, i := range g.a.byName[k] {
			if g.a.entries[i].when == nil {
				return g.listed(i)
			}
			shared = true
		}
	}
	h := g.add(k, -1)
	g.headings[h].shared = shared
	return h
}

func (g *register) add(k nameKey, entry int32) int32 {
	h := int32(len(g.headings))
	g.headings = append(g.headings, heading{nameKey: k, entry: entry, alike: -1, rival: -1})
	if by, meets := g.meets(k); meets {
		met := g.hash(by)
		if other, found := g.meeting[met]; found {
			g.headings[h].alike = other
		}
		g.meeting[met] = h
	}
	return h
}

// enter takes a card in as number i; names are the forms of its clusters' names.
func (g *register) enter(i int, card *news.Card, names []int32) {
	r := &g.rows[i]
	for j := range r.clusters {
		if h := r.headings[j]; h >= 0 {
			c := &r.clusters[j]
			a := news.Appearance{Card: i, Count: c.Count + c.Senses, About: about(card, c)}
			if unproven(c) {
				g.headings[h].weak = appear(g.headings[h].weak, a)
				g.touch(h)
				continue
			}
			g.headings[h].in = appear(g.headings[h].in, a)
			g.count(h, c, names[j], 1)
		}
	}
}

// leave gives card i up.
func (g *register) leave(i int) {
	r := &g.rows[i]
	for j := range r.clusters {
		if h := r.headings[j]; h >= 0 {
			c := &r.clusters[j]
			if unproven(c) {
				g.headings[h].weak = disappear(g.headings[h].weak, i)
				g.touch(h)
				continue
			}
			g.headings[h].in = disappear(g.headings[h].in, i)
			g.count(h, c, g.form(c.Name), -1)
		}
	}
}

func byCard(a news.Appearance, card int) int { return cmp.Compare(a.Card, card) }

// unproven reports whether a cluster only comes to an entity that others make.
func unproven(c *news.Cluster) bool { return c.Unproven && c.Entity == "" }

// appear notes a card among those of a heading. A card may have two clusters of one heading.
func appear(in []news.Appearance, a news.Appearance) []news.Appearance {
	at := len(in)
	if at > 0 && in[at-1].Card >= a.Card {
		var found bool
		if at, found = slices.BinarySearchFunc(in, a.Card, byCard); found {
			in[at].Count += a.Count
			in[at].About = in[at].About || a.About
			return in
		}
	}
	return slices.Insert(in, at, a)
}

func disappear(in []news.Appearance, card int) []news.Appearance {
	if at, found := slices.BinarySearchFunc(in, card, byCard); found {
		return slices.Delete(in, at, at+1)
	}
	return in
}

// count adds what a cluster says of its heading, or with -1 takes it away. A person's single words are no spellings; a
// name that the headline or the front matter alone has counts once.
func (g *register) count(h int32, c *news.Cluster, name, sign int32) {
	g.touch(h)
	bare := true
	for _, s := range c.Surfaces {
		if s.Text == c.Name {
			bare = false
			g.spell(h, name, sign*int32(s.Count))
			continue
		}
		if c.Kind == news.Person && !strings.ContainsRune(s.Text, ' ') {
			continue
		}
		form := g.form(s.Text)
		g.spell(h, form, sign*int32(s.Count))
		if other := g.headed(c.Kind, form); other >= 0 && other != h {
			g.claim(other, h, sign)
		}
	}
	switch _, listed := g.entry(c.Entity); {
	case c.Entity == "" && bare:
		g.spell(h, name, sign)
	case c.Entity != "" && !listed:
		g.write(h, c.Entity, sign)
	}
}

func (g *register) spell(h, form, n int32) {
	forms := g.headings[h].forms
	at, found := slices.BinarySearchFunc(forms, form, func(p printed, form int32) int { return cmp.Compare(p.form, form) })
	if !found {
		forms = slices.Insert(forms, at, printed{form: form})
	}
	forms[at].count += n
	if forms[at].count == 0 {
		forms = slices.Delete(forms, at, at+1)
	}
	g.headings[h].forms = forms
}

func (g *register) claim(form, full, n int32) {
	g.touch(form)
	claims := g.claims[form]
	at := slices.IndexFunc(claims, func(c claimed) bool { return c.full == full })
	if at < 0 {
		at = len(claims)
		claims = append(claims, claimed{full: full})
	}
	claims[at].count += n
	if claims[at].count == 0 {
		claims = slices.Delete(claims, at, at+1)
	}
	if g.claims[form] = claims; len(claims) == 0 {
		delete(g.claims, form)
	}
}

func (g *register) write(h int32, id string, n int32) {
	if g.written[h] == nil {
		g.written[h] = map[string]int{}
	}
	g.written[h][id] += int(n)
	if g.written[h][id] == 0 {
		delete(g.written[h], id)
	}
}

// earlier orders headings by the first card that has them, then by name. All must be in some card.
func (g *register) earlier(a, b int32) int {
	x, y := &g.headings[a], &g.headings[b]
	return cmp.Or(cmp.Compare(x.in[0].Card, y.in[0].Card), cmp.Compare(x.kind, y.kind), cmp.Compare(x.name, y.name), cmp.Compare(x.entry, y.entry))
}

// file takes cards in: it gives their clusters and tags numbers, makes room, and enters them.
func (g *register) file(cards []news.Card, entered []int) {
	cells := 0
	for _, i := range entered {
		cells += len(cards[i].Clusters) + len(cards[i].Tags)
	}
	all, names := make([]int32, 0, cells), make([]int32, 0, cells)
	for _, i := range entered {
		card, start := &cards[i], len(all)
		for j := range card.Clusters {
			name := g.form(card.Clusters[j].Name)
			all, names = append(all, g.filed(card, &card.Clusters[j], name)), append(names, name)
		}
		end := len(all)
		for _, t := range card.Tags {
			all = append(all, g.tag(t.Slug))
		}
		g.rows[i] = row{clusters: card.Clusters, headings: all[start:end:end], tags: all[end:len(all):len(all)]}
	}
	coming := make([]int, len(g.headings))
	total := 0
	for _, i := range entered {
		for _, h := range g.rows[i].headings {
			if h >= 0 && cap(g.headings[h].in) == 0 {
				coming[h]++
				total++
			}
		}
	}
	room := make([]news.Appearance, total)
	for h, n := range coming {
		if n > 0 {
			g.headings[h].in, room = room[:0:n], room[n:]
		}
	}
	for _, i := range entered {
		n := len(cards[i].Clusters)
		g.enter(i, &cards[i], names[:n])
		names = names[n:]
	}
}

func (g *register) tag(slug string) int32 {
	n, found := g.tags[slug]
	if !found {
		n = int32(len(g.tags))
		g.tags[slug] = n
	}
	return n
}

// ubiquitous is the share of the archive's articles, one in so many, from which a name is no context: it stands beside
// everybody.
const ubiquitous = 10

// weigh finds the headings that are no context, or are again, and touches whom that is said of.
func (g *register) weigh() {
	size := roughly(max(len(g.rows), ubiquitous*ubiquitous))
	again := func(h int32) {
		if k := &g.headings[h]; k.common != (ubiquitous*len(k.in) > size) {
			k.common = !k.common
			g.touchBeside(h)
		}
	}
	if size != g.size {
		g.size = size
		for h := range g.headings {
			again(int32(h))
		}
		return
	}
	for _, h := range g.touched {
		again(h)
	}
}

// roughly is a number's first three binary digits, the others zero: an article more seldom changes it.
func roughly(n int) int {
	rest := max(bits.Len(uint(n))-3, 0)
	return n >> rest << rest
}

// touchBeside touches the persons and organisations that stand beside a heading.
func (g *register) touchBeside(h int32) {
	for _, in := range [][]news.Appearance{g.headings[h].in, g.headings[h].weak} {
		for _, a := range in {
			for _, other := range g.rows[a.Card].headings {
				if other >= 0 && g.headings[other].kind != news.Place {
					g.touch(other)
				}
			}
		}
	}
}

func (g *register) hash(s string) uint64 { return maphash.String(g.seed, s) }
