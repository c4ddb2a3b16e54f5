package search

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"io"
	"slices"
	"strings"
)

// runArticles is how many articles are inverted in memory at once.
const runArticles = 12 * cardsFile

// A run is the index of some articles that follow each other, as bytes: its terms in order, each
//
//	length, term
//	length, for each article: gap, and for a word 8·count + how many of them in the title, for an id its impact
//	length, for a word: the gaps of its positions
//
// all numbers varints. The first gap is from the article before the run.
type inverter struct {
	words *analyzer
	first int // of the run
	doc   int
	ids   map[string]int
	terms []inverted
	seen  []int // terms of this article
	known map[string][]int
	order []int
}

type inverted struct {
	term   string
	docs   []byte
	pos    []byte
	last   int // article
	doc    int
	count  int // in doc
	titled int // of them in the title
	at     int // position
}

func newInverter(language string) *inverter {
	return &inverter{words: newAnalyzer(language), ids: map[string]int{}, known: map[string][]int{}}
}

// begin starts a run.
func (v *inverter) begin(first int) {
	v.first, v.doc, v.terms = first, first, v.terms[:0]
	clear(v.ids)
	clear(v.known)
}

// add indexes the next article and returns its length in terms.
func (v *inverter) add(a *Article) (length int) {
	v.seen = v.seen[:0]
	at := 0
	for n, text := range [...]string{a.Title, a.Deck, a.Text} {
		before := at
		at = v.text(text, at, n < 2)
		length += at - before
		at++ // no phrase runs from one into the next
	}
	for _, id := range v.seen {
		t := &v.terms[id]
		t.docs = binary.AppendUvarint(t.docs, uint64(t.doc-t.last))
		t.docs = binary.AppendUvarint(t.docs, uint64(t.count*8+min(t.titled, 7)))
		t.last = t.doc
	}
	v.said(a.Terms)
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
		ids, known := v.known[text[start:end]]
		if !known {
			for _, term := range v.words.terms(text[start:end]) {
				ids = append(ids, v.id(term))
			}
			v.known[strings.Clone(text[start:end])] = ids
		}
		for _, id := range ids {
			v.count(id, at, titled)
			at++
		}
	}
}

func (v *inverter) id(term string) int {
	id, known := v.ids[term]
	if !known {
		id = len(v.terms)
		if id < cap(v.terms) {
			v.terms = v.terms[:id+1]
			old := &v.terms[id]
			*old = inverted{term: term, docs: old.docs[:0], pos: old.pos[:0], last: v.first - 1, doc: -1}
		} else {
			v.terms = append(v.terms, inverted{term: term, last: v.first - 1, doc: -1})
		}
		v.ids[term] = id
	}
	return id
}

func (v *inverter) count(id, at int, titled bool) {
	t := &v.terms[id]
	if t.doc != v.doc {
		t.doc, t.count, t.titled, t.at = v.doc, 0, 0, -1
		v.seen = append(v.seen, id)
	}
	t.count++
	if titled {
		t.titled++
	}
	t.pos = binary.AppendUvarint(t.pos, uint64(at-t.at-1))
	t.at = at
}

// said indexes what is said of the article as a whole, each once.
func (v *inverter) said(terms []Term) {
	for _, said := range terms {
		id := v.id(said.ID) // which may move the terms
		t := &v.terms[id]
		if t.doc == v.doc {
			continue
		}
		t.docs = binary.AppendUvarint(t.docs, uint64(v.doc-t.last))
		t.docs = binary.AppendUvarint(t.docs, uint64(min(max(said.Impact, 1), highestImpact)))
		t.last, t.doc = v.doc, v.doc
	}
}

// finish is the run.
func (v *inverter) finish() []byte {
	v.order = v.order[:0]
	size := 0
	for id := range v.terms {
		v.order = append(v.order, id)
		t := &v.terms[id]
		size += len(t.term) + len(t.docs) + len(t.pos) + 8
	}
	slices.SortFunc(v.order, func(a, b int) int { return cmp.Compare(v.terms[a].term, v.terms[b].term) })
	run := make([]byte, 0, size)
	for _, id := range v.order {
		t := &v.terms[id]
		for _, part := range [...]string{t.term, string(t.docs), string(t.pos)} {
			run = append(binary.AppendUvarint(run, uint64(len(part))), part...)
		}
	}
	return run
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
