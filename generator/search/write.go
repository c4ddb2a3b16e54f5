package search

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"container/heap"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"broadsheet/generator/manifest"
)

// Sizes, in bytes before compression where there is one.
const (
	listBeginning = 16 << 10  // of a longer list: what its first file holds
	positionFile  = 512 << 10 // positions that are read together
	positionPart  = 32 << 10  // the same in packs
	packFile      = 2 << 20
	cardsFile     = 104 // cards
	packedCards   = 64  // the same in packs
)

// cardsTogether is how many cards are read as one.
func cardsTogether(packed bool) int {
	if packed {
		return packedCards
	}
	return cardsFile
}

// Every word of a query costs one dictionary block of each segment. It ends the sooner, the more often its words are asked for, taking
// the articles that have one for how often. Without packs, a block is a file, and has its words' lists as well; in packs a block and
// a list are parts of a file, and all are small, but for blocks of words that hardly an article has: each has its entry in the root.
const (
	leastBlock   = 5 << 10
	fewBlock     = 1 << 20 // over the articles, what that is more where these are few: the newest segment's files are new with each new article
	mostBlock    = 40 << 10
	blockWeight  = 2200 // bytes times words of each article
	packedLeast  = 10 << 10
	packedWeight = 600
	packedList   = 512 // a longer one does not stand in its block
)

// frequentList is above which size a list makes its word a frequent one, in a segment of so many articles.
func frequentList(articles int) int { return min(max(articles/3, 1<<10), 12<<10) }

// Source is the articles of a segment, in the archive's order.
type Source struct {
	Articles int
	Language string                       // of the site: its words are stemmed
	Read     func(i int) (Article, error) // may be called by many goroutines
	Scratch  string                       // folder for what memory should not hold
	Runs     *Runs                        // kept from build to build; nil for none
	Key      func(i int) manifest.Digest  // hash of all that an article is made from, for Runs
	Packed   bool                         // files are packs, to be read in parts
	Jobs     int
}

// WriteSegment makes the files of a segment, each given to put once.
func WriteSegment(ctx context.Context, s Source, put func(name string, b []byte) error) (err error) {
	scratch, err := os.CreateTemp(s.Scratch, "search-")
	if err != nil {
		return fmt.Errorf("writing the search index: %w", err)
	}
	os.Remove(scratch.Name()) // the open handle is all we need; where that fails (Windows), it goes in the end
	defer func() {
		err = errors.Join(err, scratch.Close())
		os.Remove(scratch.Name())
	}()
	together := cardsTogether(s.Packed)
	w := &writer{Source: s, put: put, scratch: scratch, rooms: make([]byte, s.Articles), days: make([]int32, s.Articles), cards: make([][]byte, (s.Articles+together-1)/together), facets: map[string]*facets{}}
	if err := w.invert(ctx); err != nil {
		return err
	}
	if err := w.merge(ctx); err != nil {
		return err
	}
	return w.rest()
}

// writer makes one segment.
type writer struct {
	Source
	put     func(string, []byte) error
	scratch *os.File

	mu    sync.Mutex // guards end and runs
	end   int64      // of scratch
	runs  []run
	rooms []byte   // of each article
	days  []int32  // of each article
	cards [][]byte // by file

	average    int // room
	lister     lister
	positioner positioner
	words      dictionary
	frequent   dictionary // of words that stand in one block, which is read with every query
	facets     map[string]*facets
}

// dictionary is some terms with their lists and positions.
type dictionary struct {
	block     blockWriter
	last      string // term
	blocks    blockFiles
	lists     files
	positions files
}

func newDictionary(packed bool, block, lists, positions string, put func(string, []byte) error) dictionary {
	shelf := shelf{packed: packed}
	d := dictionary{blocks: blockFiles{files: files{shelf: shelf, name: block, put: put}}, lists: files{shelf: shelf, name: lists, put: put}, positions: files{shelf: shelf, name: positions, put: put}}
	d.block.begin(shelf, shelf)
	return d
}

// run is where a run stands in scratch.
type run struct {
	first        int // article
	offset, size int64
}

// invert makes the runs and the cards.
func (w *writer) invert(ctx context.Context) error {
	var next atomic.Int64
	work, ctx := errgroup.WithContext(ctx)
	for range max(w.Jobs, 1) {
		work.Go(func() error {
			v := newInverter(w.Language)
			for ctx.Err() == nil {
				first := int(next.Add(runArticles)) - runArticles
				if first >= w.Articles {
					return nil
				}
				if err := w.run(ctx, v, first, min(first+runArticles, w.Articles)); err != nil {
					return err
				}
			}
			return ctx.Err()
		})
	}
	err := work.Wait()
	slices.SortFunc(w.runs, func(a, b run) int { return a.first - b.first })
	return err
}

// run makes the run of the articles from first to end, or takes it as it was kept.
func (w *writer) run(ctx context.Context, v *inverter, first, end int) error {
	if w.Runs == nil {
		r, err := w.invertRun(ctx, v, first, end)
		if err != nil {
			return err
		}
		return w.take(r, first)
	}
	key := w.runKey(first)
	r, whole := w.Runs.read(key)
	if !whole {
		var err error
		if r, err = w.invertRun(ctx, v, first, end); err != nil {
			return err
		}
		if err := w.Runs.write(key, r); err != nil {
			return err
		}
	}
	return w.take(r, first)
}

// inverted is a run with what else the index has of its articles.
type inverted struct {
	rooms []byte
	days  []int32
	cards [][]byte // by file
	parts []invertedPart
}

// invertedPart is articles of a run whose terms fill memory.
type invertedPart struct {
	first int // article of the run
	b     []byte
}

// invertRun inverts the articles from first to end.
func (w *writer) invertRun(ctx context.Context, v *inverter, first, end int) (r inverted, err error) {
	v.begin(first)
	var cards cardColumns
	together := cardsTogether(w.Packed)
	for i := first; i < end; i++ {
		if err := ctx.Err(); err != nil {
			return r, err
		}
		a, err := w.Read(i)
		if err != nil {
			return r, err
		}
		r.rooms = append(r.rooms, room(v.add(&a)+2)) // of title, deck and text, one apart
		r.days = append(r.days, int32(day(a.Date)))
		cards.add(a.Card)
		if (i+1)%together == 0 || i+1 == end {
			r.cards = append(r.cards, compress(cards.finish()))
		}
		if v.full() || i+1 == end {
			r.parts = append(r.parts, invertedPart{v.first - first, v.finish()})
			v.begin(i + 1)
		}
	}
	return r, nil
}

// take puts a run in its place.
func (w *writer) take(r inverted, first int) error {
	copy(w.rooms[first:], r.rooms)
	copy(w.days[first:], r.days)
	copy(w.cards[first/cardsTogether(w.Packed):], r.cards)
	for _, p := range r.parts {
		if err := w.keep(first+p.first, p.b); err != nil {
			return err
		}
	}
	return nil
}

// keep puts a run into scratch.
func (w *writer) keep(first int, b []byte) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, err := w.scratch.WriteAt(b, w.end); err != nil {
		return fmt.Errorf("writing the search index: %w", err)
	}
	w.runs = append(w.runs, run{first, w.end, int64(len(b))})
	w.end += int64(len(b))
	return nil
}

// merge goes through the runs' terms in order and writes lists, positions and dictionary.
func (w *writer) merge(ctx context.Context) error {
	total := 0
	for _, code := range w.rooms {
		total += roomOf(code)
	}
	w.average = max(1, total/max(w.Articles, 1))
	w.positioner.frequencies = newFrequencies(w.average)
	w.words = newDictionary(w.Packed, "d", "p", "w", w.put)
	w.frequent = newDictionary(false, "h", "p", "v", w.put)
	var h cursors
	for n, r := range w.runs {
		c := &cursor{in: bufio.NewReaderSize(io.NewSectionReader(w.scratch, r.offset, r.size), 32<<10), order: n, first: r.first}
		if err := h.start(c); err != nil {
			return fmt.Errorf("reading back the search index: %w", err)
		}
	}
	var postings []posting
	var gaps []int32
	for len(h) > 0 && ctx.Err() == nil {
		term := h[0].term
		postings, gaps = postings[:0], gaps[:0]
		for len(h) > 0 && h[0].term == term {
			postings, gaps = w.gather(h[0], postings, gaps)
			if err := h.advance(); err != nil {
				return fmt.Errorf("reading back the search index: %w", err)
			}
		}
		if err := w.term(term, postings, gaps); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if w.frequent.block.count > 0 {
		if err := w.frequent.finish(); err != nil {
			return err
		}
	}
	return w.words.finish()
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

// term writes one term.
func (w *writer) term(term string, postings []posting, gaps []int32) error {
	list := w.lister.list(postings, w.Articles)
	d, inline := &w.words, list
	switch {
	case w.Packed && len(list) > packedList:
		inline = nil
	case !w.Packed && len(list) > frequentList(w.Articles):
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
	var parts []part
	if !isID(term) {
		most := positionFile
		if w.Packed {
			most = positionPart
		}
		var b []byte
		b, parts = w.positioner.positions(postings, gaps, w.rooms, most)
		for _, p := range parts {
			if err := d.positions.writePositions(b[:p.size]); err != nil {
				return err
			}
			b = b[p.size:]
		}
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
	size, least, weight := w.words.block.size(), leastBlock+fewBlock/w.Articles, blockWeight
	if w.Packed {
		least, weight = packedLeast, packedWeight
	}
	return size >= mostBlock || size >= least && size*w.words.block.mass*8 >= weight*w.Articles*(4+letters)
}

// endBlock ends a block before a term.
func (d *dictionary) endBlock(next string) error {
	d.blocks.separate(d.last, next)
	err := d.blocks.write(compress(d.block.finish()))
	d.block.begin(d.lists.shelf, d.positions.shelf)
	return err
}

func (d *dictionary) finish() error {
	if err := d.blocks.write(compress(d.block.finish())); err != nil {
		return err
	}
	return errors.Join(d.blocks.flush(), d.lists.flush(), d.positions.flush())
}

// facets is the commonest ids of one folder with their articles, for counting them among hits.
type facets struct {
	count int
	b     []byte
}

// facet notes an id that one article in 250 has.
func (w *writer) facet(id string, postings []posting) {
	folder, _, _ := strings.Cut(id, "/")
	if len(postings)*256 < w.Articles || !slices.Contains(facetFolders, folder) {
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
	w.lister.w.reset()
	w.lister.docs(docs, w.Articles)
	list := w.lister.w.finish()
	f.count++
	f.b = append(binary.AppendUvarint(f.b, uint64(len(id))), id...)
	f.b = binary.AppendUvarint(f.b, uint64(len(docs)))
	f.b = append(binary.AppendUvarint(f.b, uint64(len(list))), list...)
}

// facetFolders are the ids that hits are counted by.
var facetFolders = []string{"people", "places", "organizations", "tags"}

// rest writes cards, facets, days, rooms and the head.
func (w *writer) rest() error {
	cards := blockFiles{files: files{shelf: shelf{packed: w.Packed}, name: "c", put: w.put}}
	for _, b := range w.cards {
		if err := cards.write(b); err != nil {
			return err
		}
	}
	if err := cards.flush(); err != nil {
		return err
	}
	if w.Packed {
		if err := w.put("cards", compress(appendSizes(nil, cards.sizes))); err != nil {
			return err
		}
	}
	var counted []byte
	for _, folder := range facetFolders {
		f := w.facets[folder]
		if f == nil {
			f = &facets{}
		}
		counted = append(binary.AppendUvarint(counted, uint64(f.count)), f.b...)
	}
	if err := w.put("facets", compress(counted)); err != nil {
		return err
	}
	if err := w.put("days", compress(appendRuns(nil, w.days, 1))); err != nil {
		return err
	}
	if err := w.put("rooms", compress(w.rooms)); err != nil {
		return err
	}
	return w.put(HeadPrefix, w.head())
}

// head is what the root holds of a segment: its articles, their average room, 1 where it has frequent words, the articles of
// each month, and where its blocks begin.
func (w *writer) head() []byte {
	b := binary.AppendUvarint(nil, uint64(w.Articles))
	b = binary.AppendUvarint(b, uint64(w.average))
	frequent := uint64(min(w.frequent.block.count, 1))
	b = binary.AppendUvarint(b, frequent)
	months := appendRuns(nil, w.days, 32)
	b = append(binary.AppendUvarint(b, uint64(len(months))), months...)
	return w.words.blocks.head(b)
}

// appendRuns writes how many articles follow each other on the same day, or in the same month where a unit is 32 days:
// for each such run the distance from the one before, and its articles.
func appendRuns(b []byte, days []int32, unit int32) []byte {
	last := int32(0)
	for i := 0; i < len(days); {
		at, n := days[i]/unit, 1
		for i+n < len(days) && days[i+n]/unit == at {
			n++
		}
		b = binary.AppendUvarint(b, uint64(at-last))
		b = binary.AppendUvarint(b, uint64(n))
		last, i = at, i+n
	}
	return b
}

// files writes bytes into numbered files, as a shelf places them.
type files struct {
	shelf
	name string
	b    []byte
	put  func(string, []byte) error
}

// writeList writes a list.
func (f *files) writeList(b []byte) error {
	if f.packed {
		return f.run(b)
	}
	for _, at := range f.list(len(b)).pieces(listBeginning, len(b)) {
		if err := f.put(f.name+strconv.Itoa(at.file), slices.Clone(b[:at.size])); err != nil {
			return err
		}
		b = b[at.size:]
	}
	return nil
}

// writePositions writes a part of positions.
func (f *files) writePositions(b []byte) error {
	if f.packed {
		return f.run(b)
	}
	if at := f.file; f.positions(len(b)).file != at {
		if err := f.emit(at, len(f.b)); err != nil {
			return err
		}
	}
	f.b = append(f.b, b...)
	return nil
}

// run writes bytes into packs.
func (f *files) run(b []byte) error {
	at := f.file
	f.shelf.run(len(b))
	f.b = append(f.b, b...)
	for ; at < f.file; at++ {
		if err := f.emit(at, packFile); err != nil {
			return err
		}
	}
	return nil
}

// emit puts the first n bytes as a file.
func (f *files) emit(file, n int) error {
	err := f.put(f.name+strconv.Itoa(file), slices.Clone(f.b[:n]))
	f.b = append(f.b[:0], f.b[n:]...)
	return err
}

func (f *files) flush() error {
	if len(f.b) == 0 {
		return nil
	}
	return f.emit(f.file, len(f.b))
}

// blockFiles writes blocks: each a file, or in packs.
type blockFiles struct {
	files
	separators []string
	sizes      []int // in packs
	count      int
}

func (f *blockFiles) write(b []byte) error {
	f.count++
	if f.packed {
		f.sizes = append(f.sizes, len(b))
		return f.run(b)
	}
	return f.put(f.name+strconv.Itoa(f.count-1), b)
}

// separate notes what stands on either side of the end of a block.
func (f *blockFiles) separate(last, next string) {
	f.separators = append(f.separators, separator(last, next))
}

// head adds to b what leads to the blocks.
func (f *blockFiles) head(b []byte) []byte { return appendBlocks(b, f.separators, f.sizes) }

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

func compress(b []byte) []byte {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	w.Write(b)
	w.Close()
	return out.Bytes()
}

func decompress(b []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("the search index is damaged: %w", err)
	}
	out, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("the search index is damaged: %w", err)
	}
	return out, nil
}
