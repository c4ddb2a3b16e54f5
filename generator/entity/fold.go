package entity

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

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

// addPerson indexes a full name under the words that may be its family name.
func (f *folder) addPerson(r *reader, s *span, g int, folded string) {
	p := &f.groups[g]
	p.words = strings.Fields(folded)
	if len(p.words) < 2 {
		return
	}
	first, last := &r.words[s.from], &r.words[s.to-1]
	p.eastern = eastern(first.class, r.words[s.from+1].class, last.class, s.to-s.from)
	p.given = first.is(given)
	f.bySur[p.words[0]] = append(f.bySur[p.words[0]], g)
	if end := p.words[len(p.words)-1]; end != p.words[0] {
		f.bySur[end] = append(f.bySur[end], g)
	}
	for _, middle := range p.words[1 : len(p.words)-1] {
		if len(middle) > 1 && !isParticle(middle) {
			f.byMid[middle] = append(f.byMid[middle], g)
		}
	}
	if final := key(last.text); strings.Contains(final, " ") {
		f.bySur[final] = append(f.bySur[final], g)
	}
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

// manyNamesakes is where a text is a list of names rather than a story: spellings are no longer compared, and a family
// name by itself could be anyone's.
const manyNamesakes = 40

// joinPersons joins the spellings of one full name.
func (f *folder) joinPersons() {
	for i := range f.groups {
		g := &f.groups[i]
		if g.kind != news.Person || len(g.words) < 2 {
			continue
		}
		namesakes := slices.Concat(f.bySur[g.familyName()], f.byMid[g.familyName()])
		if len(namesakes) > manyNamesakes {
			continue
		}
		for _, j := range namesakes {
			if j != i && f.root(j) != f.root(i) && oneName(&f.groups[j], g) {
				f.join(i, j)
				break
			}
		}
	}
}

func (g *group) familyName() string {
	if g.eastern {
		return g.words[0]
	}
	return g.words[len(g.words)-1]
}

// oneName reports whether two full names are spellings of one: "George W. Bush" and "George Bush", "Pérez Esquivel"
// of "Adolfo Pérez Esquivel", "John Luk" of "John Luk Jok", and names of one length that differ by one letter of one word.
func oneName(a, b *group) bool {
	if a.eastern != b.eastern {
		return false
	}
	short, long := a.words, b.words
	if len(short) > len(long) {
		short, long = long, short
	}
	if len(short) == len(long) {
		return oneLetterApart(a, b)
	}
	if slices.Equal(long[len(long)-len(short):], short) || slices.Equal(long[:len(short)], short) {
		return true
	}
	return !a.eastern && short[0] == long[0] && within(short, long)
}

// within reports whether short's words stand in long in order, initials for words of their letter.
func within(short, long []string) bool {
	for _, w := range long {
		if len(short) > 0 && short[0] == w {
			short = short[1:]
		}
	}
	return len(short) == 0
}

// shortest is the least length of a word in which one letter may be a misprint: Jong, Jung; not Il, Un.
const shortest = 4

func oneLetterApart(a, b *group) bool {
	if a.given && b.given && !a.eastern {
		return false
	}
	apart := false
	for i, w := range a.words {
		v := b.words[i]
		if w == v {
			continue
		}
		if apart || min(len(w), len(v)) < shortest || w == a.familyName() || !oneEdit(w, v) {
			return false
		}
		apart = true
	}
	return true
}

// oneEdit reports whether one letter put in, left out or changed makes a of b.
func oneEdit(a, b string) bool {
	s, t := []rune(a), []rune(b)
	if len(s) > len(t) {
		s, t = t, s
	}
	if len(t)-len(s) > 1 {
		return false
	}
	i := 0
	for i < len(s) && s[i] == t[i] {
		i++
	}
	if len(s) == len(t) {
		return i < len(s) && slices.Equal(s[i+1:], t[i+1:])
	}
	return slices.Equal(s[i:], t[i+1:])
}

// single is the group of one word that names a person: whoever of that name the text means there, else one of its
// own.
func (f *folder) single(r *reader, s *span, at int) int {
	printed := r.joined(s.from, s.to)
	folded := key(printed)
	if g := f.meant(folded, s.titled, at); g >= 0 {
		f.groups[g].print(printed, s.to-s.from)
		return g
	}
	g, found := f.bare[folded]
	if !found {
		g = f.add(news.Person, "")
		f.bare[folded] = g
	}
	f.groups[g].print(printed, s.to-s.from)
	return g
}

// meant is the full name a single word stands for, or -1. Of several, the one that the headline names; else the one
// named last before, unless another has been named more often: if much more, it is that one, else it is not known.
func (f *folder) meant(folded string, titled bool, at int) int {
	namesakes := f.bySur[folded]
	if len(namesakes) == 0 {
		namesakes = f.byMid[folded]
	}
	if len(namesakes) > manyNamesakes {
		return -1
	}
	var persons, headed []int
	for _, g := range namesakes {
		p := &f.groups[g]
		if titled && !p.eastern && p.words[0] == folded && len(p.words) > 1 {
			continue // "Mr. Tony" is not Tony Blair
		}
		root := f.root(g)
		if !slices.Contains(persons, root) {
			persons = append(persons, root)
		}
		if f.headed[p.key] && !slices.Contains(headed, root) {
			headed = append(headed, root)
		}
	}
	if len(headed) == 1 && !titled {
		return headed[0]
	}
	if len(persons) < 2 {
		return first(persons)
	}
	slices.SortStableFunc(persons, func(a, b int) int { return f.recent(b) - f.recent(a) })
	latest := f.groups[persons[0]].count
	if latest == 0 {
		return -1
	}
	for _, other := range persons[1:] {
		if n := f.groups[other].count; n > latest {
			if n > muchMore*latest && !titled {
				return other
			}
			return -1
		}
	}
	return persons[0]
}

// joinMisprints joins a single word that the text has once, and no list has, with the person whose family name is one
// letter from it: "Chriac" with "Jacques Chirac".
func (f *folder) joinMisprints(r *reader) {
	var fulls []int
	for i := range f.groups {
		if g := &f.groups[i]; g.kind == news.Person && len(g.words) > 1 && f.root(i) == i {
			fulls = append(fulls, i)
		}
	}
	if len(fulls) > manyNamesakes {
		return
	}
	for i := range f.groups {
		g := &f.groups[i]
		if g.kind != news.Person || len(g.words) > 0 || g.count != 1 || f.root(i) != i {
			continue
		}
		word := g.forms[0].text
		if utf8.RuneCountInString(word) <= shortest || r.lex.words[word].class&(given|surname|family) != 0 {
			continue
		}
		meant := -1
		for _, full := range fulls {
			if p := &f.groups[full]; len(p.familyName()) > shortest && nearly(key(word), p.familyName()) {
				if meant >= 0 {
					meant = -1
					break
				}
				meant = full
			}
		}
		if meant >= 0 {
			f.join(i, meant)
		}
	}
}

// nearly reports whether two words differ by one letter, or by two that have changed places.
func nearly(a, b string) bool {
	if oneEdit(a, b) {
		return true
	}
	s, t := []rune(a), []rune(b)
	if len(s) != len(t) {
		return false
	}
	i := 0
	for i < len(s) && s[i] == t[i] {
		i++
	}
	return i+1 < len(s) && s[i] == t[i+1] && s[i+1] == t[i] && slices.Equal(s[i+2:], t[i+2:])
}

func (f *folder) recent(g int) int {
	if f.groups[g].count == 0 {
		return -1
	}
	return f.groups[g].last
}

func first(of []int) int {
	if len(of) == 0 {
		return -1
	}
	return of[0]
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
	if s.to-s.from > 1 {
		return -1
	}
	folded := key(printed)
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
