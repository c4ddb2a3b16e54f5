package entity

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"

	"broadsheet/generator/news"
)

// heading is what an index would file cards under before it knows which headings are one: a name of a kind, folded,
// or an entry.
type heading struct {
	nameKey
	number int32             // of the name
	entry  int32             // of the authority, -1 for none
	in     []news.Appearance // in order of the cards; empty while no card has it
	weak   []news.Appearance // likewise, where it is unproven: they come to its entity, and make none
	forms  tallies           // how often cards print a form of it; what Spellings counts
	claims tallies           // in how many clusters it stands beside a fuller name, by the heading of that

	wants  int32 // of a root: the id it has if no other has a better claim, -1 for none
	alike  int32 // the next in the circle of those that meet it: see joiner; -1 where it meets nobody
	rival  int32 // another root that wants the same id; -1 ends the chain
	linked bool  // to others, now or once: see joiner
	shared bool  // entries have the name, each under a condition
	noted  bool  // among those that are touched
}

// tallies counts things by number, in order of their numbers; none is counted 0 times.
type tallies []tally

type tally struct{ of, count int32 }

// add is the tallies with n more of something.
func (t tallies) add(of, n int32) tallies {
	at, found := slices.BinarySearchFunc(t, of, func(x tally, of int32) int { return cmp.Compare(x.of, of) })
	if !found {
		t = slices.Insert(t, at, tally{of: of})
	}
	t[at].count += n
	if t[at].count == 0 {
		t = slices.Delete(t, at, at+1)
	}
	return t
}

// row is one card: the heading of each of its clusters, -1 for none, and its tags by number.
type row struct {
	clusters []news.Cluster // nil while they are to be recalled
	headings []int32
	tags     []int32
	kept     int32 // 1 + its number when the register was written down; 0 for one that has come since
}

// register is the headings of the cards of an archive. It takes cards in and gives them up again; nothing in it depends
// on their order of coming and going, but numbers that never leave the package.
type register struct {
	a        *Authority
	forms    *numbers                     // names as they are printed
	names    *numbers                     // names as key folds them
	folded   []int32                      // by form: its name, or unknown
	of       [len(news.Kinds) + 1][]int32 // by kind and name: its heading, unknown or nobody
	byEntry  map[int]int32
	headings []heading
	common   []bool // by heading: in so many articles that it is no context
	rows     []row
	written  map[int32]map[string]int // ids that front matter gives and no entry has
	meeting  map[meeting]int32        // by what they meet by: one of the headings that do
	tags     *numbers                 // slugs
	told     map[int32]string         // by heading: the name that tells a place from others of its name
	size     int                      // of the archive, roughly
	touched  []int32                  // headings whose cards, claims or company have changed
	shelves  []shelf                  // by worker

	recall func(card int) []news.Cluster
}

// row is card i, with its clusters.
func (g *register) row(i int) *row {
	r := &g.rows[i]
	if r.clusters == nil && r.kept > 0 && len(r.headings) > 0 {
		r.clusters = g.recall(int(r.kept) - 1)
	}
	return r
}

// shelf is memory that one worker gives to headings.
type shelf struct {
	appearances arena[news.Appearance]
	tallies     arena[tally]
	forms       tallies // of a new heading, while they are counted
	claims      tallies
}

const (
	unknown = -2 // not looked up yet
	nobody  = -1 // hidden, or without letters
)

func newRegister(a *Authority) register {
	return register{
		a: a, forms: newNumbers(), names: newNumbers(), byEntry: map[int]int32{}, written: map[int32]map[string]int{},
		meeting: map[meeting]int32{}, tags: newNumbers(), told: map[int32]string{}, shelves: make([]shelf, workers()),
	}
}

// form is the number of a text, which is folded, too.
func (g *register) form(text string) int32 {
	n := g.forms.number(text)
	if g.folded = grown(g.folded, int(n)+1, unknown); g.folded[n] == unknown {
		g.folded[n] = g.names.number(key(text))
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
	if hasNoHeading(c) {
		return nobody
	}
	if toldTown(c) {
		h := g.headed(c.Kind, name)
		g.told[h] = c.Name
		return h
	}
	if mayBeSeveral(c) && len(g.a.named(c.Kind, c.Name)) == 0 {
		if told := readAtlas().told(card, c.Name); told != c.Name {
			h := g.headed(c.Kind, g.form(told))
			g.told[h] = told
			return h
		}
	}
	return g.headed(c.Kind, name)
}

// hasNoHeading reports whether a cluster is a bare surname or the like.
func hasNoHeading(c *news.Cluster) bool { return c.Bare && c.Entity == "" && !c.Unproven }

// mayBeSeveral reports whether places share a name.
func mayBeSeveral(c *news.Cluster) bool {
	return c.Kind == news.Place && readAtlas().homonyms[c.Name] != nil
}

// toldTown reports whether the text says which of the towns of a name a cluster is.
func toldTown(c *news.Cluster) bool { return c.Kind == news.Place && strings.HasSuffix(c.Name, ")") }

// settledOtherwise reports whether a cluster's heading may hang on more than its name.
func settledOtherwise(c *news.Cluster) bool {
	return c.Entity != "" || toldTown(c) || mayBeSeveral(c)
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
		h = g.add(e.kind, g.names.number(key(e.name)), int32(entry))
		g.byEntry[entry] = h
	}
	return h
}

// headed is the heading of a form that no entry has settled.
func (g *register) headed(kind news.Kind, form int32) int32 { return g.named(kind, g.folded[form]) }

// named is the heading of a folded name.
func (g *register) named(kind news.Kind, name int32) int32 {
	if int(name) >= len(g.of[kind]) {
		g.of[kind] = grown(g.of[kind], g.names.bound(), unknown)
	}
	h := g.of[kind][name]
	if h == unknown {
		h = g.lookUp(kind, name)
		g.of[kind][name] = h
	}
	return h
}

// known is the heading of a folded name that has one, or below 0.
func (g *register) known(kind news.Kind, folded string) int32 {
	if name := g.names.known(folded); name >= 0 && int(name) < len(g.of[kind]) {
		return g.of[kind][name]
	}
	return nobody
}

// lookUp is the heading that a name is filed under by what people have said of it, or a new one.
func (g *register) lookUp(kind news.Kind, name int32) int32 {
	folded := g.names.text(name)
	if folded == "" || g.a.hidesFolded(kind, folded) {
		return nobody
	}
	if canonical := g.a.canonical(folded); canonical != folded {
		return g.named(kind, g.names.number(canonical))
	}
	shared := false
	if g.a != nil {
		for _, i := range g.a.byName[nameKey{kind, folded}] {
			if g.a.entries[i].when == nil {
				return g.listed(i)
			}
			shared = true
		}
	}
	h := g.add(kind, name, nobody)
	g.headings[h].shared = shared
	return h
}

// add makes a heading.
func (g *register) add(kind news.Kind, name, entry int32) int32 {
	h := int32(len(g.headings))
	k := heading{nameKey: nameKey{kind, g.names.text(name)}, number: name, entry: entry, alike: nobody, wants: nobody, rival: nobody}
	if by, meets := k.meets(); meets {
		if other := g.circle(by); other >= 0 {
			k.alike, g.headings[other].alike = g.headings[other].alike, h
		} else {
			k.alike, g.meeting[by] = h, h
		}
	}
	g.headings, g.common = append(g.headings, k), append(g.common, false)
	return h
}

// leave gives card i up.
func (g *register) leave(i int) {
	row := g.row(i)
	forms := slices.Repeat([]int32{nobody}, spellings(row.clusters))
	spelled(row.clusters, func(at int, text string) { forms[at] = g.forms.known(text) })
	g.slips(i, &news.Card{}, forms, func(h int32, s slip) {
		g.touch(h)
		g.headings[h].takeBack(s)
	})
	for j := range row.clusters {
		g.write(row.headings[j], &row.clusters[j], -1)
	}
}

// earlier orders headings by the first card that has them, then by name. All must be in some card.
func (g *register) earlier(a, b int32) int {
	x, y := &g.headings[a], &g.headings[b]
	return cmp.Or(cmp.Compare(x.in[0].Card, y.in[0].Card), cmp.Compare(x.kind, y.kind), cmp.Compare(x.name, y.name), cmp.Compare(x.entry, y.entry))
}

// ubiquitous is the share of the archive's articles, one in so many, from which a name is no context: it stands beside
// everybody.
const ubiquitous = 10

// weigh finds the headings that are no context, or are again, and touches whom that is said of.
func (g *register) weigh() {
	size := roughly(max(len(g.rows), ubiquitous*ubiquitous))
	again := func(h int32) {
		if common := ubiquitous*len(g.headings[h].in) > size; common != g.common[h] {
			g.common[h] = common
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
