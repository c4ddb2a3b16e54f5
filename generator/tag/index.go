package tag

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/generator/prose"
)

// index finds all phrases of a vocabulary in one pass over a text: a phrase is looked for only where its first word
// stands.
type index struct {
	written  []string // by phrase, as the file has it
	words    [][]pattern
	number   map[string]int // written to phrase
	byFirst  map[string][]int
	byPrefix map[string][]int // the same for a first word with a star
	lengths  []int            // of byPrefix's keys, in bytes, rising
}

// pattern is one word of a phrase.
type pattern struct {
	word     string // folded
	begins   bool   // any word that begins so
	capitals bool   // in capitals alone
}

// hits says how often a phrase was found.
type hits struct{ title, all int }

// add is the number of a phrase, the same for the same words; false when a word of it is empty.
func (x *index) add(written string) (int, bool) {
	if x.number == nil {
		x.number, x.byFirst, x.byPrefix = map[string]int{}, map[string][]int{}, map[string][]int{}
	}
	if n, found := x.number[written]; found {
		return n, true
	}
	words := patterns(written)
	if len(words) == 0 || slices.ContainsFunc(words, func(p pattern) bool { return p.word == "" }) {
		return 0, false
	}
	n := len(x.written)
	x.number[written] = n
	x.written = append(x.written, written)
	x.words = append(x.words, words)
	first := words[0]
	if !first.begins {
		x.byFirst[first.word] = append(x.byFirst[first.word], n)
		return n, true
	}
	x.byPrefix[first.word] = append(x.byPrefix[first.word], n)
	if at, found := slices.BinarySearch(x.lengths, len(first.word)); !found {
		x.lengths = slices.Insert(x.lengths, at, len(first.word))
	}
	return n, true
}

func patterns(written string) []pattern {
	var words []pattern
	for field := range strings.FieldsSeq(written) {
		stem, begins := strings.CutSuffix(field, "*")
		parts := strings.Fields(prose.Fold(stem))
		if len(parts) == 0 {
			return []pattern{{}}
		}
		for i, part := range parts {
			words = append(words, pattern{word: part, begins: begins && i == len(parts)-1, capitals: len(parts) == 1 && capitals(stem)})
		}
	}
	return words
}

// capitals reports whether a word of two letters or more is written in capitals.
func capitals(word string) bool {
	letters := 0
	for _, r := range word {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters > 1
}

// read is one word of a text; a mark that parts phrases is the empty word.
type read struct {
	word     string // folded
	capitals bool
}

// find counts every phrase in a headline and a text.
func (x *index) find(title, text string) []hits {
	found := make([]hits, len(x.written))
	for _, n := range x.scan(title) {
		found[n].title++
		found[n].all++
	}
	for _, n := range x.scan(text) {
		found[n].all++
	}
	return found
}

// scan is the phrases of a text, one entry each time.
func (x *index) scan(text string) []int {
	words := fold(text)
	var phrases []int
	for i, w := range words {
		if w.word == "" {
			continue
		}
		phrases = x.match(phrases, x.byFirst[w.word], words[i:])
		for _, n := range x.lengths {
			if n > len(w.word) {
				break
			}
			phrases = x.match(phrases, x.byPrefix[w.word[:n]], words[i:])
		}
	}
	return phrases
}

func (x *index) match(dst, candidates []int, words []read) []int {
	for _, n := range candidates {
		if stands(x.words[n], words) {
			dst = append(dst, n)
		}
	}
	return dst
}

func stands(phrase []pattern, words []read) bool {
	if len(phrase) > len(words) {
		return false
	}
	for i, p := range phrase {
		w := words[i]
		if p.capitals && !w.capitals || !p.begins && w.word != p.word || !strings.HasPrefix(w.word, p.word) {
			return false
		}
	}
	return true
}

// fold is the words of a text as phrases compare them.
func fold(text string) []read {
	tokens := prose.Words(make([]prose.Token, 0, len(text)/5), text)
	words := make([]read, 0, len(tokens))
	for _, t := range tokens {
		words = foldWord(words, t.Of(text))
	}
	return words
}

// foldWord appends the words of one token; most are plain and in lower case already, and cost nothing.
func foldWord(dst []read, token string) []read {
	if plain(token) {
		return append(dst, read{word: token})
	}
	folded := prose.Fold(token)
	if folded == "" {
		if first, _ := utf8.DecodeRuneInString(token); strings.ContainsRune(`'"‘’“”-‐‑`, first) {
			return dst
		}
		return append(dst, read{})
	}
	loud := capitals(token)
	for part := range strings.FieldsSeq(folded) {
		dst = append(dst, read{word: part, capitals: loud})
	}
	return dst
}

func plain(token string) bool {
	for i := range len(token) {
		if c := token[i]; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}
