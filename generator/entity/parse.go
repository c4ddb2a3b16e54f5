package entity

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/news"
	"broadsheet/generator/prose"
)

// file is entities.toml as TOML has it.
type file struct {
	Person       []writtenEntry `toml:"person"`
	Place        []writtenEntry `toml:"place"`
	Organization []writtenEntry `toml:"organization"`
	Hide         []writtenHide  `toml:"hide"`
	Same         []writtenPair  `toml:"same"`
	Different    []writtenPair  `toml:"different"`
	Fix          []writtenFix   `toml:"fix"`
}

type writtenEntry struct {
	ID      string       `toml:"id"`
	Name    string       `toml:"name"`
	Aliases []string     `toml:"aliases"`
	Sort    string       `toml:"sort"`
	SameAs  []string     `toml:"same_as"`
	Not     []string     `toml:"not"`
	Note    string       `toml:"note"`
	When    *writtenWhen `toml:"when"`

	Coordinates []float64 `toml:"coordinates"`
}

type writtenWhen struct {
	Before   string   `toml:"before"`
	After    string   `toml:"after"`
	Near     []string `toml:"near"`
	Articles []string `toml:"articles"`
}

type writtenHide struct {
	Kind string `toml:"kind"`
	Name string `toml:"name"`
}

type writtenPair struct {
	Names []string `toml:"names"`
}

type writtenFix struct {
	Article string `toml:"article"`
	Text    string `toml:"text"`
	Is      string `toml:"is"`
}

// ParseAuthority reads content/entities.toml. The Authority is nil when the file has errors.
func ParseAuthority(name string, src []byte) (*Authority, diag.List) {
	var f file
	if faults := diag.DecodeTOML(name, src, &f); len(faults) > 0 {
		return nil, faults
	}
	p := parser{file: name, src: src, a: &Authority{
		byID: map[string]int{}, byName: map[nameKey][]int{}, hidden: map[nameKey]bool{},
		same: map[string]string{}, different: map[string][]string{}, fixes: map[string]phrases{},
	}}
	for _, kind := range news.Kinds {
		for n, w := range f.entries(kind) {
			p.entry(diag.Block{Table: kind.String(), N: n}, kind, w)
		}
	}
	p.same(f.Same)
	p.names()
	p.different(f.Different)
	p.hide(f.Hide)
	p.fixes(f.Fix)
	if p.faults.Errors() > 0 {
		return nil, p.faults
	}
	return p.a, p.faults
}

func (f *file) entries(kind news.Kind) []writtenEntry {
	switch kind {
	case news.Person:
		return f.Person
	case news.Place:
		return f.Place
	}
	return f.Organization
}

type parser struct {
	file   string
	src    []byte
	a      *Authority
	blocks []diag.Block // by entry
	faults diag.List
}

// fail reports a fault of a block, at the value where that is printed in the block.
func (p *parser) fail(b diag.Block, value, hint, format string, args ...any) {
	line, col := b.Find(p.src, value)
	d := diag.Fail(p.file, format, args...).At(p.src, line, col)
	d.Hint = hint
	p.faults = append(p.faults, d)
}

func (p *parser) entry(b diag.Block, kind news.Kind, w writtenEntry) {
	e := listed{name: clean(w.Name), kind: kind, sort: w.Sort, note: w.Note, sameAs: w.SameAs, when: p.when(b, w.When), at: p.position(b, kind, w.Coordinates)}
	slug := strings.TrimPrefix(w.ID, kind.Folder()+"/")
	switch {
	case prose.Fold(e.name) == "":
		p.fail(b, "name", "give it a name", "a %s without a name", kind)
		return
	case slug != "" && slug != prose.Slug(slug):
		p.fail(b, w.ID, "write it as "+prose.Slug(slug), "id %q is no part of a URL", w.ID)
	}
	e.id, e.fixed = kind.Folder()+"/"+cmp.Or(slug, prose.Slug(e.name)), slug != ""
	for _, alias := range w.Aliases {
		if alias = clean(alias); prose.Fold(alias) == "" {
			p.fail(b, "aliases", "", "an empty alias")
		} else if alias != e.name {
			e.aliases = append(e.aliases, alias)
		}
	}
	e.not = map[string]bool{}
	for _, other := range w.Not {
		if e.not[key(other)] = true; key(other) == key(e.name) {
			p.fail(b, other, "", "%q is said not to be itself", other)
		}
	}
	if other, taken := p.a.byID[e.id]; taken {
		p.fail(b, cmp.Or(w.ID, w.Name), "give one of them an id of its own", "id %q belongs to %q already", e.id, p.a.entries[other].name)
		return
	}
	p.a.byID[e.id] = len(p.a.entries)
	p.a.entries = append(p.a.entries, e)
	p.blocks = append(p.blocks, b)
}

// position is the place that coordinates give, in degrees north and east.
func (p *parser) position(b diag.Block, kind news.Kind, degrees []float64) *news.Position {
	if degrees == nil {
		return nil
	}
	if kind != news.Place {
		p.fail(b, "coordinates", "only a place has them", "coordinates of a %s", kind)
		return nil
	}
	if len(degrees) != 2 || math.Abs(degrees[0]) > 90 || math.Abs(degrees[1]) > 180 {
		p.fail(b, "coordinates", "coordinates = [37.57, 126.98]", "coordinates are a latitude and a longitude, in degrees north and east")
		return nil
	}
	return &news.Position{Latitude: int(math.Round(degrees[0] * news.Degree)), Longitude: int(math.Round(degrees[1] * news.Degree))}
}

func clean(name string) string { return strings.Join(strings.Fields(name), " ") }

func (p *parser) when(b diag.Block, w *writtenWhen) *when {
	if w == nil {
		return nil
	}
	if w.Before+w.After == "" && len(w.Near)+len(w.Articles) == 0 {
		p.fail(b, "when", "say before, after, near or articles", "a condition that says nothing")
	}
	return &when{before: p.date(b, w.Before), after: p.date(b, w.After), near: w.Near, articles: w.Articles}
}

func (p *parser) date(b diag.Block, s string) news.Date {
	d, err := news.ParseDate(s)
	if err != nil {
		p.fail(b, s, "", "%s", err)
	}
	return d
}

// names gives every name and alias its entry. Entries may share a name where all but one say when they are meant.
func (p *parser) names() {
	for i := range p.a.entries {
		e := &p.a.entries[i]
		seen := map[string]bool{}
		for _, name := range append([]string{e.name}, e.aliases...) {
			k := nameKey{e.kind, p.a.canonical(key(name))}
			p.a.phrases.add(name, claim{entry: i})
			if !seen[k.name] {
				seen[k.name] = true
				p.claim(i, name, k)
			}
		}
	}
}

func (p *parser) claim(i int, name string, k nameKey) {
	e := &p.a.entries[i]
	for _, other := range p.a.byName[k] {
		if e.when == nil && p.a.entries[other].when == nil {
			p.fail(p.blocks[i], name, "say in one of them when it is meant, or give the name to one alone",
				"%q belongs to %s already", name, p.a.entries[other].id)
			return
		}
	}
	if e.when == nil {
		p.a.byName[k] = append(p.a.byName[k], i)
	} else {
		p.a.byName[k] = slices.Insert(p.a.byName[k], 0, i)
	}
}

// same makes the second and later names of a block other forms of the first.
func (p *parser) same(pairs []writtenPair) {
	for n, w := range pairs {
		if !p.pair(diag.Block{Table: "same", N: n}, w) {
			continue
		}
		first := p.a.canonical(key(w.Names[0]))
		for _, other := range w.Names[1:] {
			if from := p.a.canonical(key(other)); from != first {
				p.a.same[from] = first
			}
		}
	}
}

func (p *parser) different(pairs []writtenPair) {
	for n, w := range pairs {
		if !p.pair(diag.Block{Table: "different", N: n}, w) {
			continue
		}
		for _, one := range w.Names {
			for _, other := range w.Names {
				if k := key(one); k != key(other) {
					p.a.different[k] = append(p.a.different[k], key(other))
				}
			}
		}
	}
}

func (p *parser) pair(b diag.Block, w writtenPair) bool {
	if len(w.Names) < 2 || slices.ContainsFunc(w.Names, func(s string) bool { return key(s) == "" }) {
		p.fail(b, "names", `names = ["Lim Dong-won", "Lim Dong Won"]`, "%s needs two names or more", b.Table)
		return false
	}
	return true
}

func (p *parser) hide(blocks []writtenHide) {
	for n, w := range blocks {
		b := diag.Block{Table: "hide", N: n}
		var kind news.Kind
		if w.Kind != "" {
			var err error
			if kind, err = news.ParseKind(w.Kind); err != nil {
				p.fail(b, w.Kind, "", "%s", err)
			}
		}
		if key(w.Name) == "" {
			p.fail(b, "name", "", "hide needs a name")
			continue
		}
		p.a.hidden[nameKey{kind, key(w.Name)}] = true
	}
}

// nothing is what a fix says of a text that names no entity.
const nothing = "nothing"

func (p *parser) fixes(blocks []writtenFix) {
	for n, w := range blocks {
		p.a.fixed = append(p.a.fixed, w.Article)
		b := diag.Block{Table: "fix", N: n}
		c := claim{entry: -1, id: w.Is}
		folder, slug, _ := strings.Cut(w.Is, "/")
		kind, err := news.ParseKind(folder)
		switch {
		case w.Article == "" || key(w.Text) == "":
			p.fail(b, "", "say article, text and is", "a fix needs an article and a text")
			continue
		case w.Is == nothing:
			c.id = ""
		case err != nil || slug == "" || folder != kind.Folder():
			p.fail(b, w.Is, `write an id, as in is = "people/michael-jordan", or "nothing"`, "%q is no entity's id", w.Is)
			continue
		}
		if i, found := p.a.byID[w.Is]; found {
			c.entry = i
		}
		fixes := p.a.fixes[w.Article]
		fixes.add(clean(w.Text), c)
		p.a.fixes[w.Article] = fixes
	}
}
