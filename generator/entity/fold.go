package entity

import (
	"cmp"
	"slices"
	"strings"

	"broadsheet/generator/news"
)

// group is one person, place or organisation while its forms are gathered.
type group struct {
	kind    news.Kind
	into    int // the group it was joined to, or its own index
	canon   string
	key     string // of a full name, folded
	forms   []form
	words   []string // of a person's full name, folded
	eastern bool     // the family name stands first
	shared  bool     // every state has one, and the text does not say whose
	given   bool     // every word but the family name is a known given name
	count   int      // mentions so far
	last    int      // index of the latest mention's span so far
}

// form is one way a text prints a name.
type form struct {
	text  string
	words int
	count int
}

// folder gathers the spans of a text, and of its title, into groups.
type folder struct {
	groups  []group
	byKey   map[formKey]int
	bySur   map[string][]int // folded family name to persons; both ends of a name are tried
	byMid   map[string][]int // the words between them: "López" of "Andrés Manuel López Obrador"
	headed  map[string]bool  // folded full names of the headline
	of      []int            // by span: group, or -1
	bare    map[string]int
	byShort map[string]int // an organisation's initials to its group; -1 where two share them
}

type formKey struct {
	kind news.Kind
	text string
}

// house is what many states have for short, "House of Representatives".
var house = formKey{news.Organization, "house"}

func newFolder() *folder {
	return &folder{byKey: map[formKey]int{}, bySur: map[string][]int{}, byMid: map[string][]int{}, headed: map[string]bool{}, bare: map[string]int{}, byShort: map[string]int{}}
}

// fold gives every span of the body its group. Full names first, so that "Mr. Lim" finds the Lim of a later line too.
func (f *folder) fold(r, head *reader) {
	for i := range head.spans {
		f.headed[key(head.joined(head.spans[i].from, head.spans[i].to))] = true
	}
	f.of = make([]int, len(r.spans))
	for i := range r.spans {
		f.of[i] = -1
		if s := &r.spans[i]; s.kind != news.Person || s.to-s.from > 1 {
			f.of[i] = f.full(r, s)
		}
	}
	f.joinPersons()
	f.joinOrganizations(r)
	f.joinSpeakers(r)
	for i := range r.spans {
		if f.of[i] < 0 {
			f.of[i] = f.single(r, &r.spans[i], i)
		}
		g := &f.groups[f.root(f.of[i])]
		g.count++
		g.last = i
	}
	f.joinMisprints(r)
}

func (f *folder) root(g int) int {
	for f.groups[g].into != g {
		g = f.groups[g].into
	}
	return g
}

func (f *folder) join(from, into int) {
	from, into = f.root(from), f.root(into)
	if from != into {
		f.groups[from].into = into
	}
}

// full is the group of a name that says by itself which it is.
func (f *folder) full(r *reader, s *span) int {
	printed := r.joined(s.from, s.to)
	k := formKey{s.kind, key(cmp.Or(s.canon, printed))}
	g, found := f.byKey[k]
	if !found {
		g = f.add(s.kind, s.canon)
		f.groups[g].key, f.groups[g].shared = k.text, s.shared || k == house
		f.byKey[k] = g
		if s.kind == news.Person && !strings.Contains(printed, "/") {
			f.addPerson(r, s, g, k.text)
		}
	}
	f.groups[g].print(printed, s.to-s.from)
	return g
}

func (f *folder) add(kind news.Kind, canon string) int {
	f.groups = append(f.groups, group{kind: kind, into: len(f.groups), canon: canon})
	return len(f.groups) - 1
}

func (g *group) print(text string, words int) {
	if rest, found := strings.CutPrefix(text, "The "); found {
		text = "the " + rest
	}
	for i := range g.forms {
		if g.forms[i].text == text {
			g.forms[i].count++
			return
		}
	}
	g.forms = append(g.forms, form{text, words, 1})
}

// joinSpeakers gives the letters that an interview prints before what somebody says to whoever is named so: "WSS:" to
// William S. Saturn, "((WN))" to Wikinews.
func (f *folder) joinSpeakers(r *reader) {
	for i := range r.spans {
		if !r.speaks(&r.spans[i]) {
			continue
		}
		letters := r.joined(r.spans[i].from, r.spans[i].to)
		meant := f.only(func(g *group) bool { return slices.Contains(initials(g.forms[0].text), letters) })
		if meant == none {
			meant = f.only(func(g *group) bool { return g.kind == news.Organization && shortens(letters, g.forms[0].text) })
		}
		if meant >= 0 {
			f.of[i], r.spans[i].kind, r.spans[i].capital = meant, f.groups[meant].kind, false
			f.groups[meant].print(letters, 0)
		}
	}
}

// none and several are how many of the groups are such, where it is not one.
const (
	none    = -1
	several = -2
)

// only is the one group that is such, none or several.
func (f *folder) only(such func(*group) bool) int {
	found := none
	for i := range f.groups {
		if g := &f.groups[i]; f.root(i) == i && len(g.forms) > 0 && such(g) {
			if found >= 0 {
				return several
			}
			found = i
		}
	}
	return found
}

// speaks reports whether a span is a few capitals at the head of a paragraph, before a colon or in brackets.
func (r *reader) speaks(s *span) bool {
	w := &r.words[s.from]
	if s.to-s.from > 1 || w.shape != upper || len(w.text) > 4 || s.to >= len(r.words) {
		return false
	}
	open := s.from
	for open > 0 && s.from-open < 2 && r.words[open-1].text == "(" {
		open--
	}
	switch r.words[s.to].text {
	case ":", ")":
		return r.words[open].parts || open == 0
	}
	return false
}

// shortens reports whether two capitals stand for a word: its first letter and one further on.
func shortens(letters, word string) bool {
	rest := strings.ToUpper(word)
	return len(letters) == 2 && !strings.Contains(word, " ") && len(rest) > 2*len(letters) && rest[0] == letters[0] && strings.IndexByte(rest[1:], letters[1]) >= 0
}

// title gives the headline's spans their groups: those of the body, and new ones only where the name is sure, since
// a headline capitalises what it likes.
func (f *folder) title(r *reader) []int {
	var named []int
	for i := range r.spans {
		s := &r.spans[i]
		if g := f.known(r, s); g >= 0 {
			named = append(named, f.root(g))
			continue
		}
		if f.counts(r, s) {
			g := f.full(r, s)
			f.adopt(g)
			named = append(named, f.root(g))
		}
	}
	return named
}

// counts reports whether a name that the headline alone has is sure, or is the full name of a family name of the body.
func (f *folder) counts(r *reader, s *span) bool {
	if s.kind != news.Person || s.to-s.from < 2 || r.plainWords(s.from, s.to) > 0 {
		return s.sure && s.canon != ""
	}
	_, bare := f.bare[key(r.words[s.to-1].text)]
	return s.sure || bare
}

// adopt joins the body's bare family name with the full name that the headline alone has.
func (f *folder) adopt(g int) {
	if p := &f.groups[g]; len(p.words) > 1 {
		if bare, found := f.bare[p.familyName()]; found {
			f.join(bare, g)
		}
	}
}

// known is the body's group of a headline's span, or -1.
func (f *folder) known(r *reader, s *span) int {
	printed := r.joined(s.from, s.to)
	for _, kind := range news.Kinds {
		if g, found := f.byKey[formKey{kind, key(cmp.Or(s.canon, printed))}]; found {
			return g
		}
	}
	folded := key(printed)
	if s.to-s.from > 1 {
		return f.governed(folded)
	}
	if g := f.meant(folded, s.titled, len(f.of)); g >= 0 {
		return g
	}
	if g, found := f.bare[folded]; found {
		return g
	}
	if g, found := f.byShort[printed]; found {
		return g
	}
	return -1
}

// governed is the body's town that a headline names for short, or -1: "Harlow Vale" for "the Borough of Harlow Vale".
func (f *folder) governed(folded string) int {
	for _, of := range [...]string{"borough of ", "city of ", "town of ", "village of ", "parish of "} {
		if g, found := f.byKey[formKey{news.Place, of + folded}]; found {
			return g
		}
	}
	return -1
}
