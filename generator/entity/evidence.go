package entity

import (
	"math/bits"
	"slices"
	"unicode"
	"unicode/utf8"

	"broadsheet/generator/entity/tagger"
)

// The model reads stretches of words around capitals. What it sees of each word is features: its spelling and shape and
// its neighbours', what the gazetteer and the rules say of them, and what the same word does elsewhere in the text.

// clue is what features of a word are made of, each as a number that is equal for equal things.
type clue struct {
	form    uint64 // as printed
	lower   uint64 // in lower case
	look    uint64 // its shape
	head    uint64 // its first letters
	tail    uint64 // its last three letters
	tail2   uint64 // its last two
	class   uint64 // what the gazetteer knows of it
	listed  uint64 // the gazetteer's longest name that it is part of
	verdict uint64 // what the rules say
	short   uint64 // an acronym whose words the text has, or one of these words
	setting uint64 // how its paragraph is printed
	habits  uint32 // what it does here
	known   int32  // what the text shows of it, as an index into memories; 0 is nothing
}

// outside is what stands before the first and after the last word.
var outside = clue{form: 1, lower: 1, look: 1, head: 1, tail: 1, tail2: 1, class: 1, listed: 1, verdict: 1}

// evidence is the clues of a text, with memory that is used again for the next.
type evidence struct {
	clues    []clue
	memories []memory
	index    []int32 // of memories by form, open addressing in a power of two
	acronyms []acronym
	features []uint32
	decoder  tagger.Decoder
	tags     []tagger.Tag
	items    []stretch // of a list
	found    []span    // names of the model
}

func mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a^0x9e3779b97f4a7c15, b^0xd1b54a32d192ed03)
	return hi ^ lo
}

const fnv, fnvPrime = 0xcbf29ce484222325, 0x100000001b3

func hash(s string) uint64 {
	h := uint64(fnv)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * fnvPrime
	}
	return mix(h, uint64(len(s)))
}

// hashLower is the hash of s in lower case.
func hashLower(s string) uint64 {
	h := uint64(fnv)
	for _, c := range s {
		h = (h ^ uint64(unicode.ToLower(c))) * fnvPrime
	}
	return mix(h, uint64(len(s)))
}

// looks is the shape of s: runs of capitals, small letters, digits and the rest, and which of them are longer than one.
func looks(s string) uint64 {
	h, last, single := uint64(3), uint64(0), true
	for _, c := range s {
		kind := kindOfLetter(c)
		switch {
		case kind != last:
			h = h*1000003 + kind
			single = true
		case single:
			h = h*1000003 + 7
			single = false
		}
		last = kind
	}
	return h
}

func kindOfLetter(c rune) uint64 {
	switch {
	case 'a' <= c && c <= 'z':
		return 1
	case 'A' <= c && c <= 'Z':
		return 2
	case '0' <= c && c <= '9':
		return 3
	case c < utf8.RuneSelf:
		return 8 + uint64(c)
	case unicode.IsUpper(c):
		return 2
	case unicode.IsLetter(c):
		return 1
	}
	return 8 + uint64(c)
}

// suffix is the last n letters of s.
func suffix(s string, n int) string {
	at := len(s)
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	return s[at:]
}

func prefix(s string, n int) string {
	at := 0
	for ; n > 0 && at < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return s[:at]
}

func bit(b bool, n uint64) uint64 {
	if b {
		return n
	}
	return 0
}

// observe makes the clues of all words, once the rules have found their spans.
func (r *reader) observe() {
	e := r.evidence
	e.clues = slices.Grow(e.clues[:0], len(r.words))[:len(r.words)]
	for i := range r.words {
		w := &r.words[i]
		look := looks(w.text)
		if w.opens {
			look = mix(look, 5)
		}
		e.clues[i] = clue{
			form: hash(w.text), lower: w.lower, look: look,
			head: hash(prefix(w.text, 3)), tail: hash(suffix(w.text, 3)), tail2: hash(suffix(w.text, 2)),
			class: uint64(w.class)<<32 | uint64(w.plain),
		}
	}
	r.observeListed()
	r.observeVerdicts()
	r.observeAcronyms()
	r.observeSettings()
	r.remember()
}

func (r *reader) observeListed() {
	for i := 0; i < len(r.words); {
		w := &r.words[i]
		if !w.named() || w.reach == 0 {
			i++
			continue
		}
		n, words := r.longest(i, min(len(r.words), i+int(w.reach)))
		for k := range words {
			r.evidence.clues[i+k].listed = 2 + place(k, words) + 8*(uint64(n.kind)+4*uint64(n.rank))
		}
		i += max(words, 1)
	}
}

// place says where the k-th of n words stands: 0 for the only one, else 1 first, 2 inside, 3 last.
func place(k, n int) uint64 {
	switch {
	case n == 1:
		return 0
	case k == 0:
		return 1
	case k == n-1:
		return 3
	}
	return 2
}

func (r *reader) observeVerdicts() {
	for i := range r.spans {
		s := &r.spans[i]
		v := uint64(s.kind) + 4*uint64(s.guess) + bit(s.sure, 16) + bit(s.titled, 32) + bit(s.faint, 64) + bit(s.hinted, 128) + bit(s.canon != "", 256)
		for k := s.from; k < s.to; k++ {
			r.evidence.clues[k].verdict = 2 + place(k-s.from, s.to-s.from) + 8*v
		}
	}
}

// observeSettings tells headings in capitals, headlines, and lines without an end from prose.
func (r *reader) observeSettings() {
	for from := 0; from < len(r.words); {
		to := from + 1
		for to < len(r.words) && !r.words[to].parts {
			to++
		}
		setting := r.setting(from, to)
		for k := from; k < to; k++ {
			r.evidence.clues[k].setting = setting
		}
		from = to
	}
}

func (r *reader) setting(from, to int) uint64 {
	capitals, small := 0, 0
	for k := from; k < to; k++ {
		switch w := &r.words[k]; {
		case w.named():
			capitals++
		case w.shape == lower && !w.is(function):
			small++
		}
	}
	return 4*r.manner(capitals, small, r.words[to-1].text) + uint64(min(to-from, 12))/4
}

func (r *reader) manner(capitals, small int, last string) uint64 {
	switch {
	case small == 0:
		return 1
	case capitals > 2*small:
		return 2
	}
	switch last {
	case ".", "\"", "”", "?", "!":
		return 0
	}
	return 3
}

func (r *reader) clue(i int) *clue {
	if i < 0 || i >= len(r.words) {
		return &outside
	}
	return &r.evidence.clues[i]
}

func (r *reader) word(i int) *word {
	if i < 0 || i >= len(r.words) {
		return &noWord
	}
	return &r.words[i]
}

var noWord word
