package search

import (
	"bufio"
	"container/heap"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"
)

// merge goes through the runs' terms in order and writes lists, positions and dictionary. One goroutine gathers what the runs have of each
// term, others code it, and one writes, in the order of the terms; they share some batches, so that memory has a bound.
func (w *writer) merge(ctx context.Context) error {
	total := 0
	for _, code := range w.rooms {
		total += roomOf(code)
	}
	w.average = max(1, total/max(w.Articles, 1))
	w.words = newDictionary(w.pack(), w.file("d"), w.file("p"), w.file("w"))
	w.frequent = newDictionary(0, nil, w.file("p"), w.file("v"))
	coders := max(w.Jobs, 1)
	batches := 2*coders + 2
	free, gathered, inOrder := make(chan *batch, batches), make(chan *batch, batches), make(chan *batch, batches)
	for range batches {
		free <- &batch{coded: make(chan bool, 1)}
	}
	work, ctx := errgroup.WithContext(ctx)
	work.Go(func() error {
		defer close(inOrder)
		defer close(gathered)
		return w.gatherAll(ctx, free, gathered, inOrder)
	})
	for range coders {
		work.Go(func() error {
			p := positioner{frequencies: newFrequencies(w.average)}
			var l lister
			for b := range gathered {
				w.code(b, &l, &p)
				b.coded <- true
			}
			return nil
		})
	}
	work.Go(func() error {
		for b := range inOrder {
			<-b.coded
			if err := w.batch(b); err != nil {
				return err
			}
			free <- b
		}
		return nil
	})
	if err := work.Wait(); err != nil {
		return err
	}
	return errors.Join(w.frequent.flush(), w.words.finish())
}

// batch is some terms that follow each other.
type batch struct {
	terms    []gathered
	postings []posting
	gaps     []int32
	bytes    []byte    // lists and positions
	coded    chan bool // when these are there
}

// batchPostings is how many a batch has at least, but for the last.
const batchPostings = 1 << 15

// gathered is a term of a batch, with where its share of that ends.
type gathered struct {
	term            string
	postings, gaps  int
	list, positions int
	parts           []part
}

// gatherAll takes free batches, fills them with the terms of all runs, and sends each two ways.
func (w *writer) gatherAll(ctx context.Context, free <-chan *batch, ways ...chan<- *batch) error {
	var h cursors
	for n, r := range w.runs {
		c := &cursor{in: bufio.NewReaderSize(io.NewSectionReader(w.scratch, r.offset, r.size), 32<<10), order: n, first: r.first}
		if err := h.start(c); err != nil {
			return fmt.Errorf("reading back the search index: %w", err)
		}
	}
	for len(h) > 0 {
		var b *batch
		select {
		case b = <-free:
		case <-ctx.Done():
			return ctx.Err()
		}
		b.terms, b.postings, b.gaps = b.terms[:0], b.postings[:0], b.gaps[:0]
		for len(h) > 0 && len(b.postings) < batchPostings {
			term := h[0].term
			for len(h) > 0 && h[0].term == term {
				b.postings, b.gaps = w.gather(h[0], b.postings, b.gaps)
				if err := h.advance(); err != nil {
					return fmt.Errorf("reading back the search index: %w", err)
				}
			}
			b.terms = append(b.terms, gathered{term: term, postings: len(b.postings), gaps: len(b.gaps)})
		}
		for _, way := range ways {
			way <- b // never waits: each holds all batches
		}
	}
	return nil
}

// gather adds one run's articles of a term.
func (w *writer) gather(c *cursor, postings []posting, gaps []int32) ([]posting, []int32) {
	docs, pos := varints{b: c.docs}, varints{b: c.pos}
	id := isID(c.term)
	for doc := c.first - 1; len(docs.b) > 0; {
		doc += docs.int()
		n := docs.int()
		if id {
			postings = append(postings, posting{doc: int32(doc), impact: int32(n)})
			continue
		}
		count, titled := n/8, n%8
		postings = append(postings, posting{int32(doc), int32(impactOf(count+titleWeight*titled, roomOf(w.rooms[doc]), w.average)), int32(count)})
		for range count {
			gaps = append(gaps, int32(pos.int()))
		}
	}
	return postings, gaps
}

// code makes the lists and positions of a batch.
func (w *writer) code(b *batch, l *lister, p *positioner) {
	most := positionFile
	if w.Packed {
		most = positionPart
	}
	b.bytes = b.bytes[:0]
	postings, gaps := b.postings, b.gaps
	before := gathered{}
	for n := range b.terms {
		t := &b.terms[n]
		mine := postings[before.postings:t.postings]
		b.bytes = append(b.bytes, l.list(mine, w.Articles)...)
		t.list = len(b.bytes)
		if !isID(t.term) {
			var positions []byte
			positions, t.parts = p.positions(mine, gaps[before.gaps:t.gaps], w.rooms, most)
			b.bytes = append(b.bytes, positions...)
		}
		t.positions, before = len(b.bytes), *t
	}
}

// batch writes the terms of a batch.
func (w *writer) batch(b *batch) error {
	before := gathered{}
	for _, t := range b.terms {
		err := w.term(t.term, b.postings[before.postings:t.postings], b.bytes[before.positions:t.list], b.bytes[t.list:t.positions], t.parts)
		if err != nil {
			return err
		}
		before = t
	}
	return nil
}

// term writes one term.
func (w *writer) term(term string, postings []posting, list, positions []byte, parts []part) error {
	d, inline := &w.words, list
	switch {
	case w.Packed && len(list) > packedList:
		inline = nil
	case !w.Packed && w.Blocks == 0 && len(list) > frequentList(w.Articles):
		d, inline = &w.frequent, nil
	}
	if d == &w.words && w.full(len(separator(d.last, term))) {
		if err := d.endBlock(term); err != nil {
			return err
		}
	}
	d.last = term
	if inline == nil {
		if err := d.lists.writeList(list); err != nil {
			return err
		}
	}
	for _, p := range parts {
		if err := d.position(positions[:p.size]); err != nil {
			return err
		}
		positions = positions[p.size:]
	}
	d.block.add(term, len(postings), len(list), inline, parts)
	if isID(term) {
		w.facet(term, postings)
	}
	return nil
}

// full reports whether the block of words is to end before a term from which so many letters part it: the sooner, the fewer,
// since they stand in the root.
func (w *writer) full(letters int) bool {
	size, least, most, weight := w.words.block.size(), leastBlock, mostBlock, blockWeight
	switch {
	case w.Packed:
		least, weight = packedLeast, packedWeight
	case w.Blocks > 0:
		least = max(newestLeast, w.Articles*w.average/w.Blocks) // about a byte for each word of a text
	default:
		most = min(max(fewMost, w.Articles*2/5), mostBlock)
	}
	return size >= most || size >= least && size*w.words.block.mass*8 >= weight*w.Articles*(4+letters)
}

// endBlock ends a block before a term.
func (d *dictionary) endBlock(next string) error {
	d.blocks.separate(d.last, next)
	return d.closeBlock()
}

// closeBlock writes a block, and the positions of its words.
func (d *dictionary) closeBlock() error {
	total := 0
	for _, b := range d.waiting {
		total += len(b)
	}
	if err := d.positions.together(total); err != nil {
		return err
	}
	d.starts = append(d.starts, spot{file: d.positions.file, offset: d.positions.used})
	for _, b := range d.waiting {
		if err := d.positions.writePositions(b); err != nil {
			return err
		}
	}
	d.waiting = d.waiting[:0]
	err := d.blocks.write(compress(d.block.columns()...))
	d.block.begin(d.lists.shelf)
	return err
}

// position takes positions of a word that is added next.
func (d *dictionary) position(b []byte) error {
	if d.blocks.put == nil { // all words are one block
		return d.positions.writePositions(b)
	}
	d.waiting = append(d.waiting, slices.Clone(b))
	return nil
}

func (d *dictionary) finish() error {
	return errors.Join(d.closeBlock(), d.blocks.flush(), d.flush())
}

func (d *dictionary) flush() error { return errors.Join(d.lists.flush(), d.positions.flush()) }

// dictionary is some terms with their lists and positions.
type dictionary struct {
	block     blockWriter
	last      string // term
	blocks    blockFiles
	lists     files
	positions files
	waiting   [][]byte // positions of the block's words
	starts    []spot   // of each block: where those begin
}

// newDictionary is given what writes its files; of frequent words, which are one block, nothing for that.
func newDictionary(pack int, block, lists, positions func([]byte) error) dictionary {
	shelf := shelf{pack: pack}
	d := dictionary{blocks: blockFiles{files: files{shelf: shelf, put: block}}, lists: files{shelf: shelf, put: lists}, positions: files{shelf: shelf, put: positions}}
	d.block.begin(shelf)
	return d
}

// facets is the commonest ids of one folder with their articles, for counting them among hits.
type facets struct {
	count int
	b     []byte
}

// newestFacet is how many articles of the newest segment have an id at least that hits are counted by: where these are few, one
// in 250 is any.
const newestFacet = 4

// facet notes an id that one article in 250 has.
func (w *writer) facet(id string, postings []posting) {
	folder, _, _ := strings.Cut(id, "/")
	if len(postings)*256 < w.Articles || w.Blocks > 0 && len(postings) < newestFacet || !slices.Contains(facetFolders, folder) {
		return
	}
	f := w.facets[folder]
	if f == nil {
		f = &facets{}
		w.facets[folder] = f
	}
	docs := make([]int32, len(postings))
	for n, p := range postings {
		docs[n] = p.doc
	}
	var l lister
	l.docs(docs, w.Articles)
	list := l.w.finish()
	f.count++
	f.b = append(binary.AppendUvarint(f.b, uint64(len(id))), id...)
	f.b = binary.AppendUvarint(f.b, uint64(len(docs)))
	f.b = append(binary.AppendUvarint(f.b, uint64(len(list))), list...)
}

// facetFolders are the ids that hits are counted by.
var facetFolders = []string{"people", "places", "organizations", "tags"}

// cursors is a heap: the lowest term first, and of one term the earliest run.
type cursors []*cursor

func (h cursors) Len() int      { return len(h) }
func (h cursors) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *cursors) Push(x any)   { *h = append(*h, x.(*cursor)) }
func (h *cursors) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}
func (h cursors) Less(i, j int) bool {
	if h[i].term != h[j].term {
		return h[i].term < h[j].term
	}
	return h[i].order < h[j].order
}

func (h *cursors) start(c *cursor) error {
	err := c.next()
	if err == nil {
		heap.Push(h, c)
	} else if err == io.EOF {
		err = nil
	}
	return err
}

// advance moves the first cursor on.
func (h *cursors) advance() error {
	err := (*h)[0].next()
	switch err {
	case nil:
		heap.Fix(h, 0)
	case io.EOF:
		heap.Pop(h)
		err = nil
	}
	return err
}
