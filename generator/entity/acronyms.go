package entity

import (
	"cmp"
	"slices"
)

// acronym is one that the text has: its letters, eight bits each, and whether words of the text begin with them.
type acronym struct {
	letters  uint64
	explains bool
}

// Acronyms of so many letters are looked for.
const (
	shortestAcronym = 2
	longestAcronym  = 6
)

// observeAcronyms marks acronyms whose words stand in the text, and these words. Of two letters it must stand in
// brackets after its words.
func (r *reader) observeAcronyms() {
	e := r.evidence
	e.acronyms = e.acronyms[:0]
	for i := range r.words {
		if letters, n := acronymOf(&r.words[i]); n > 0 {
			e.acronyms = append(e.acronyms, acronym{letters: letters})
		}
	}
	if len(e.acronyms) == 0 {
		return
	}
	slices.SortFunc(e.acronyms, func(a, b acronym) int { return cmp.Compare(a.letters, b.letters) })
	e.acronyms = slices.Compact(e.acronyms)
	for i := range r.words {
		if r.words[i].named() {
			r.spell(i)
		}
	}
	for i := range r.words {
		if letters, n := acronymOf(&r.words[i]); n > 0 && e.acronym(letters).explains {
			e.clues[i].short = 2 + bit(n > 2, 1)
		}
	}
}

// acronymOf is the letters of a word that may be an acronym, and how many, else 0.
func acronymOf(w *word) (letters uint64, n int) {
	if w.shape != upper || len(w.text) > 2*longestAcronym {
		return 0, 0
	}
	for i := range len(w.text) {
		switch c := w.text[i]; {
		case 'A' <= c && c <= 'Z':
			letters = letters<<8 | uint64(c)
			n++
		case c != '.':
			return 0, 0
		}
	}
	if n < shortestAcronym || n > longestAcronym {
		return 0, 0
	}
	return letters, n
}

func (e *evidence) acronym(letters uint64) *acronym {
	at, found := slices.BinarySearchFunc(e.acronyms, letters, func(a acronym, l uint64) int { return cmp.Compare(a.letters, l) })
	if !found {
		return nil
	}
	return &e.acronyms[at]
}

// spell reads the first letters of the words from i on, with and without those in lower case.
func (r *reader) spell(i int) {
	var capitals, all initialism
	for k := i; k < len(r.words) && all.n <= longestAcronym && (k == i || !r.words[k].parts); k++ {
		w := &r.words[k]
		if !w.named() && !r.joinsName(k) {
			return
		}
		if w.named() {
			capitals.add(w.text)
		}
		all.add(w.text)
		if k == i || !w.named() {
			continue
		}
		r.explain(i, k+1, capitals)
		if all != capitals {
			r.explain(i, k+1, all)
		}
	}
}

// joinsName reports whether a word in lower case may stand inside a name: "Department of the Interior".
func (r *reader) joinsName(k int) bool {
	joins := func(k int) bool { return r.word(k).is(function | particle) }
	return joins(k) && (r.word(k+1).named() || joins(k+1) && r.word(k+2).named())
}

// initialism is first letters, eight bits each, and how many.
type initialism struct {
	letters uint64
	n       int
}

// add adds the first letter of a word, and those of its parts in capitals: "Asia-Pacific".
func (a *initialism) add(text string) {
	head := true
	for i := range len(text) {
		switch c := text[i]; {
		case c == '-':
			head = true
			continue
		case head && 'A' <= c && c <= 'Z':
			a.letters, a.n = a.letters<<8|uint64(c), a.n+1
		case i == 0 && 'a' <= c && c <= 'z':
			a.letters, a.n = a.letters<<8|uint64(c-'a'+'A'), a.n+1
		}
		head = false
	}
}

// explain marks the words [i, j) if their first letters make an acronym of the text.
func (r *reader) explain(i, j int, first initialism) {
	if first.n < shortestAcronym || first.n > longestAcronym {
		return
	}
	found := r.evidence.acronym(first.letters)
	if found == nil || first.n == shortestAcronym && !r.inBrackets(j, first.letters) {
		return
	}
	found.explains = true
	for k := i; k < j; k++ {
		r.evidence.clues[k].short = 8 + place(k-i, j-i) + bit(first.n > shortestAcronym, 4)
	}
}

// inBrackets reports whether the acronym stands in brackets at j.
func (r *reader) inBrackets(j int, want uint64) bool {
	letters, _ := acronymOf(r.word(j + 1))
	return r.word(j).text == "(" && letters == want
}
