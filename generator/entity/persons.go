package entity

import (
	"slices"
	"strings"
	"unicode/utf8"

	"broadsheet/generator/news"
)

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
