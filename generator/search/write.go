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
)

// Sizes, in bytes before compression where there is one.
const (
	listFile     = 32 << 10
	positionFile = 256 << 10
	cardsFile    = 160 // cards
)

// blockSize is about how large a segment's dictionary blocks are. Every word of a query costs one of each segment, and every
// one of them is a file: a small segment has smaller ones.
func blockSize(articles int) int { return min(max(articles/5, 4<<10), 14<<10) }

// inlineList is up to which size a list stands in its block.
func inlineList(articles int) int { return blockSize(articles) * 2 / 3 }

// Source is the articles of a segment, in the archive's order.
type Source struct {
	Articles int
	Language string                       // of the site: its words are stemmed
	Read     func(i int) (Article, error) // may be called by many goroutines
	Scratch  string                       // folder for what memory should not hold
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
	w := &writer{Source: s, put: put, scratch: scratch, lengths: make([]int32, s.Articles), rooms: make([]byte, s.Articles), days: make([]int32, s.Articles), facets: map[string]*facets{}}
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

	mu      sync.Mutex // guards end and runs, and calls to put by workers
	end     int64      // of scratch
	runs    []run
	lengths []int32 // of each article, in terms
	rooms   []byte  // of each article
	days    []int32 // of each article
	average int

	lister     lister
	positioner positioner
	lists      files
	positions  files
	block      blockWriter
	separators []string
	last       string // term
	facets     map[string]*facets
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

// run inverts the articles from first to end.
func (w *writer) run(ctx context.Context, v *inverter, first, end int) error {
	v.begin(first)
	var cards strings.Builder
	for i := first; i < end; i++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		a, err := w.Read(i)
		if err != nil {
			return err
		}
		w.lengths[i], w.days[i] = int32(v.add(&a)), int32(day(a.Date))
		w.rooms[i] = room(int(w.lengths[i]) + 2) // of title, deck and text, one apart
		cards.WriteString(a.Card.line())
		cards.WriteByte('\n')
		if (i+1)%cardsFile == 0 || i+1 == w.Articles {
			if err := w.keep("c"+strconv.Itoa(i/cardsFile), compress([]byte(cards.String()))); err != nil {
				return err
			}
			cards.Reset()
		}
	}
	b := v.finish()
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, err := w.scratch.WriteAt(b, w.end); err != nil {
		return fmt.Errorf("writing the search index: %w", err)
	}
	w.runs = append(w.runs, run{first, w.end, int64(len(b))})
	w.end += int64(len(b))
	return nil
}

// keep is put for many workers.
func (w *writer) keep(name string, b []byte) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.put(name, b)
}

// merge goes through the runs' terms in order and writes lists, positions and dictionary.
func (w *writer) merge(ctx context.Context) error {
	total := 0
	for _, n := range w.lengths {
		total += int(n)
	}
	w.average = max(1, total/max(w.Articles, 1))
	w.lists = files{shelf{size: listFile}, "p", nil, w.put}
	w.positions = files{shelf{size: positionFile}, "w", nil, w.put}
	w.block.begin(w.lists.shelf, w.positions.shelf)
	var h cursors
	for n, r := range w.runs {
		c := &cursor{in: bufio.NewReaderSize(io.NewSectionReader(w.scratch, r.offset, r.size), 32<<10), order: n, first: r.first}
		if err := h.start(c); err != nil {
			return fmt.Errorf("reading back the search index: %w", err)
		}
	}
	var postings []posting
	var gaps []int
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
	return errors.Join(ctx.Err(), w.endBlock(), w.positions.flush())
}

// gather adds one run's articles of a term.
func (w *writer) gather(c *cursor, postings []posting, gaps []int) ([]posting, []int) {
	docs, pos := varints{b: c.docs}, varints{b: c.pos}
	for doc := c.first - 1; len(docs.b) > 0; {
		doc += docs.int()
		n := docs.int()
		if isID(c.term) {
			postings = append(postings, posting{doc: doc, impact: n})
			continue
		}
		count, titled := n/8, n%8
		postings = append(postings, posting{doc, impactOf(count+titleWeight*titled, int(w.lengths[doc]), w.average), count})
		for range count {
			gaps = append(gaps, pos.int())
		}
	}
	return postings, gaps
}

// term writes one term.
func (w *writer) term(term string, postings []posting, gaps []int) error {
	if w.block.size() >= blockSize(w.Articles) {
		if err := w.endBlock(); err != nil {
			return err
		}
		w.separators = append(w.separators, separator(w.last, term))
		w.block.begin(w.lists.shelf, w.positions.shelf)
	}
	w.last = term
	list := w.lister.list(postings, w.Articles)
	var inline []byte
	if len(list) <= inlineList(w.Articles) {
		inline = list
	} else if err := w.lists.writeAlone(list); err != nil {
		return err
	}
	var parts []part
	if !isID(term) {
		var b []byte
		b, parts = w.positioner.positions(postings, gaps, w.rooms, positionFile)
		for _, p := range parts {
			if err := w.positions.writeWhole(b[:p.size]); err != nil {
				return err
			}
			b = b[p.size:]
		}
	}
	w.block.add(term, len(postings), len(list), inline, parts)
	if isID(term) {
		w.facet(term, postings)
	}
	return nil
}

func (w *writer) endBlock() error {
	return w.put("d"+strconv.Itoa(len(w.separators)), compress(w.block.finish()))
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
	docs := make([]int, len(postings))
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

// rest writes facets, days, rooms and the head.
func (w *writer) rest() error {
	for _, folder := range facetFolders {
		f := w.facets[folder]
		if f == nil {
			f = &facets{}
		}
		if err := w.put("f-"+folder, compress(append(binary.AppendUvarint(nil, uint64(f.count)), f.b...))); err != nil {
			return err
		}
	}
	if err := w.put("days", compress(appendRuns(nil, w.days, 1))); err != nil {
		return err
	}
	if err := w.put("rooms", compress(w.rooms)); err != nil {
		return err
	}
	return w.put("head", w.head())
}

// head is what the root holds of a segment: its articles, those of each month, and where its blocks begin.
func (w *writer) head() []byte {
	b := binary.AppendUvarint(nil, uint64(w.Articles))
	months := appendRuns(nil, w.days, 32)
	b = append(binary.AppendUvarint(b, uint64(len(months))), months...)
	b = binary.AppendUvarint(b, uint64(len(w.separators)+1))
	last := ""
	for _, s := range w.separators {
		b = appendFront(b, last, s)
		last = s
	}
	return b
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

// writeAlone begins a file, and goes on in the next ones if it must.
func (f *files) writeAlone(b []byte) error {
	for at := f.alone(len(b)); len(b) > 0; at.file++ {
		n := min(len(b), f.size)
		if err := f.put(f.name+strconv.Itoa(at.file), slices.Clone(b[:n])); err != nil {
			return err
		}
		b = b[n:]
	}
	return nil
}

func (f *files) writeWhole(b []byte) error {
	at := f.file
	f.b = append(f.b, b...)
	if spot := f.whole(len(b)); spot.file != at {
		if err := f.emit(at, len(f.b)-len(b)); err != nil {
			return err
		}
		at++
	}
	if at < f.file {
		return f.emit(at, len(f.b))
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
