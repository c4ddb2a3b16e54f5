package search

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"hash/maphash"
	"io"
	"slices"
	"strings"
)

// A run is at most so many articles, whose cards fill their files, and ends with the one that brings it to so many terms.
const (
	runArticles = 16 * cardsFile // 24 * packedCards; a token has 12 bits for it
	runTerms    = 1 << 20
)

// mostTerms is how many terms an inverter remembers from run to run.
const mostTerms = 1 << 18

// A run is the index of some articles that follow each other, as bytes: its terms in order, each
//
//	length, term
//	length, for each article: gap, and for a word 8·count + how many of them in the title, for an id its impact
//	length, for a word: the gaps of its positions
//
// all numbers varints. The first gap is from the article before the run.
//
// It is made by sorting: every term of every article is a number, noted as it comes, and put in its term's place when all have
// been counted.
type inverter struct {
	words lexicon
	ids   map[string]int32 // by term
	terms []string         // by number
	order []int32          // terms, sorted
	fresh []int32          // those since
	said  []int32          // by term: the last article of which it was said, +1

	first  int // of the run
	doc    int
	tokens []token64
	sorted []token64
	counts []int32 // by term: of the run's tokens; where they stand
}

// token64 is one term of an article, from the highest bit: its number, 24 bits; the article, from the run's first on, 12; its position, or
// for an id its impact, 27; whether it stands in headline or deck.
type token64 uint64

func newToken64(term int32, doc, at int, titled bool) token64 {
	t := token64(term)<<40 | token64(doc)<<28 | token64(min(at, 1<<27-1))<<1
	if titled {
		t++
	}
	return t
}

func (t token64) term() int32  { return int32(t >> 40) }
func (t token64) doc() int     { return int(t >> 28 & (1<<12 - 1)) }
func (t token64) at() int      { return int(t >> 1 & (1<<27 - 1)) }
func (t token64) titled() bool { return t&1 != 0 }

func newInverter(language string) *inverter {
	return &inverter{words: newLexicon(newAnalyzer(language)), ids: map[string]int32{}}
}

// begin starts a run. What was learned of words is forgotten when it is much.
func (v *inverter) begin(first int) {
	if len(v.terms) > mostTerms || v.words.used > 2*mostTerms {
		*v = inverter{words: newLexicon(v.words.analyzer), ids: map[string]int32{}, tokens: v.tokens, sorted: v.sorted}
	}
	v.first, v.doc, v.tokens = first, first, v.tokens[:0]
}

// full reports whether the run is to end.
func (v *inverter) full() bool { return len(v.tokens) >= runTerms }

// add indexes the next article and returns its length in terms.
func (v *inverter) add(a *Article) (length int) {
	at := 0
	for n, text := range [...]string{a.Text, a.Title, a.Deck} { // another headline moves no word of the text
		before := at
		at = v.text(text, at, n > 0)
		length += at - before
		at++ // no phrase runs from one into the next
	}
	for _, said := range a.Terms {
		if n := v.id(said.ID); v.said[n] != int32(v.doc+1) { // each once
			v.said[n] = int32(v.doc + 1)
			v.tokens = append(v.tokens, newToken64(n, v.doc-v.first, min(max(said.Impact, 1), highestImpact), false))
		}
	}
	v.doc++
	return length
}

func (v *inverter) text(text string, at int, titled bool) int {
	for i := 0; ; {
		start, end := nextWord(text, i)
		if start == end {
			return at
		}
		i = end
		w := v.words.word(text[start:end])
		if w.numbers == nil {
			terms := v.words.analyze(w.text)
			w.numbers = make([]int32, len(terms))
			for i, term := range terms {
				w.numbers[i] = v.id(term)
			}
		}
		for _, n := range w.numbers {
			v.tokens = append(v.tokens, newToken64(n, v.doc-v.first, at, titled))
			at++
		}
	}
}

// id is the number of a term.
func (v *inverter) id(term string) int32 {
	n, known := v.ids[term]
	if !known {
		n = int32(len(v.terms))
		term = strings.Clone(term)
		v.ids[term] = n
		v.terms, v.said, v.fresh = append(v.terms, term), append(v.said, 0), append(v.fresh, n)
	}
	return n
}

// finish is the run.
func (v *inverter) finish() []byte {
	v.sortTerms()
	v.sortTokens()
	run := make([]byte, 0, 3*len(v.sorted))
	var docs, positions []byte
	for from := 0; from < len(v.sorted); {
		term, end := v.sorted[from].term(), from+1
		for end < len(v.sorted) && v.sorted[end].term() == term {
			end++
		}
		docs, positions = appendTerm(docs[:0], positions[:0], v.sorted[from:end], isID(v.terms[term]))
		run = append(binary.AppendUvarint(run, uint64(len(v.terms[term]))), v.terms[term]...)
		run = append(binary.AppendUvarint(run, uint64(len(docs))), docs...)
		run = append(binary.AppendUvarint(run, uint64(len(positions))), positions...)
		from = end
	}
	return run
}

// appendTerm writes what a run has of a term.
func appendTerm(docs, positions []byte, tokens []token64, id bool) ([]byte, []byte) {
	last := -1
	for len(tokens) > 0 {
		doc, n := tokens[0].doc(), 1
		docs = binary.AppendUvarint(docs, uint64(doc-last))
		last = doc
		if id {
			docs = binary.AppendUvarint(docs, uint64(tokens[0].at()))
			tokens = tokens[1:]
			continue
		}
		for n < len(tokens) && tokens[n].doc() == doc {
			n++
		}
		titled, before := 0, -1
		for _, t := range tokens[:n] {
			if t.titled() {
				titled++
			}
			positions = binary.AppendUvarint(positions, uint64(t.at()-before-1))
			before = t.at()
		}
		docs = binary.AppendUvarint(docs, uint64(n*8+min(titled, 7)))
		tokens = tokens[n:]
	}
	return docs, positions
}

// sortTerms puts the terms that are new where they belong.
func (v *inverter) sortTerms() {
	byTerm := func(a, b int32) int { return cmp.Compare(v.terms[a], v.terms[b]) }
	slices.SortFunc(v.fresh, byTerm)
	merged, old := make([]int32, 0, len(v.terms)), v.order
	for _, n := range v.fresh {
		i, _ := slices.BinarySearchFunc(old, n, byTerm)
		merged = append(append(merged, old[:i]...), n)
		old = old[i:]
	}
	v.order, v.fresh = append(merged, old...), v.fresh[:0]
}

// sortTokens puts the tokens in the order of their terms.
func (v *inverter) sortTokens() {
	v.counts = slices.Grow(v.counts[:0], len(v.terms))[:len(v.terms)]
	clear(v.counts)
	for _, t := range v.tokens {
		v.counts[t.term()]++
	}
	at := int32(0)
	for _, n := range v.order {
		count := v.counts[n]
		v.counts[n] = at
		at += count
	}
	v.sorted = slices.Grow(v.sorted[:0], len(v.tokens))[:len(v.tokens)]
	for _, t := range v.tokens {
		n := t.term()
		v.sorted[v.counts[n]] = t
		v.counts[n]++
	}
}

// lexicon knows the words of texts as printed. It is a table with open addresses, which costs half of what a map does.
type lexicon struct {
	*analyzer
	seed  maphash.Seed
	words []*word
	used  int
}

// word is one of them, with the numbers of its terms.
type word struct {
	hash    uint64
	text    string
	numbers []int32 // nil until they are known
}

func newLexicon(a *analyzer) lexicon {
	return lexicon{analyzer: a, seed: maphash.MakeSeed(), words: make([]*word, 1<<14)}
}

// word is the entry of a word.
func (v *lexicon) word(text string) *word {
	hash := maphash.String(v.seed, text)
	i := v.place(hash, text)
	if v.words[i] == nil {
		if v.used++; v.used*2 > len(v.words) {
			v.grow()
			i = v.place(hash, text)
		}
		v.words[i] = &word{hash: hash, text: strings.Clone(text)}
	}
	return v.words[i]
}

// place is where a word stands, or where it would.
func (v *lexicon) place(hash uint64, text string) int {
	mask := len(v.words) - 1
	for i := int(hash) & mask; ; i = (i + 1) & mask {
		if w := v.words[i]; w == nil || w.hash == hash && w.text == text {
			return i
		}
	}
}

func (v *lexicon) grow() {
	old := v.words
	v.words = make([]*word, 2*len(old))
	for _, w := range old {
		if w != nil {
			v.words[v.place(w.hash, w.text)] = w
		}
	}
}

// cursor reads a run term by term.
type cursor struct {
	in    *bufio.Reader
	order int // of the run
	first int
	term  string
	docs  []byte
	pos   []byte
}

// next reads the next term; io.EOF after the last.
func (c *cursor) next() error {
	var term []byte
	for _, into := range [...]*[]byte{&term, &c.docs, &c.pos} {
		size, err := binary.ReadUvarint(c.in)
		if err != nil {
			return err
		}
		*into = slices.Grow((*into)[:0], int(size))[:size]
		if _, err := io.ReadFull(c.in, *into); err != nil {
			return err
		}
	}
	c.term = string(term)
	return nil
}
