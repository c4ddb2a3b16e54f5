package search

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"slices"
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
	newestPack    = 16 << 20 // of the newest segment, each file of which is another with each new article
	cardsFile     = 96       // cards
	packedCards   = 64       // the same in packs
)

// packSize is how many bytes a pack has; 0 where files are none.
func packSize(packed, newest bool) int {
	switch {
	case !packed:
		return 0
	case newest:
		return newestPack
	}
	return packFile
}

// cardsTogether is how many cards are read as one.
func cardsTogether(packed bool) int {
	if packed {
		return packedCards
	}
	return cardsFile
}

// A word of a query costs one dictionary block of each segment. It ends the sooner, the more often its words are asked for, taking
// the articles that have one for how often. Without packs, a block is a file, and has its words' lists as well; in packs a block and
// a list are parts of a file, and all are small, but for blocks of words that hardly an article has: each has its entry in the root.
const (
	leastBlock   = 5 << 10
	newestLeast  = 15 << 9 // in the newest segment, with which all are new
	mostBlock    = 40 << 10
	fewMost      = 12 << 10 // in a segment of few articles: blocks of ids come to that, and an id that is another makes one new
	blockWeight  = 2200     // bytes times words of each article
	packedLeast  = 10 << 10
	packedWeight = 600
	packedList   = 512 // a longer one does not stand in its block
)

// frequentList is above which size a list makes its word a frequent one, in a segment of so many articles.
func frequentList(articles int) int { return min(max(articles/3, 1<<10), 12<<10) }

// Source is the articles of a segment, in the archive's order.
type Source struct {
	Articles int
	Blocks   int                          // see Segment
	Language string                       // of the site: its words are stemmed
	Read     func(i int) (Article, error) // may be called by many goroutines
	Scratch  string                       // folder for what memory should not hold
	Runs     *Runs                        // kept from build to build; nil for none
	Key      func(i int) manifest.Digest  // hash of all that an article is made from, for Runs
	Packed   bool                         // files are packs, to be read in parts
	Jobs     int
}

func (s *Source) pack() int { return packSize(s.Packed, s.Blocks > 0) }

// WriteSegment makes the files of a segment, each given to put once, and its head, from which Roots tells of it.
func WriteSegment(ctx context.Context, s Source, put func(name string, b []byte) error) (head []byte, err error) {
	scratch, err := os.CreateTemp(s.Scratch, "search-")
	if err != nil {
		return nil, fmt.Errorf("writing the search index: %w", err)
	}
	os.Remove(scratch.Name()) // the open handle is all we need; where that fails (Windows), it goes in the end
	defer func() {
		err = errors.Join(err, scratch.Close())
		os.Remove(scratch.Name())
	}()
	together := cardsTogether(s.Packed)
	w := &writer{Source: s, named: newNamed(alone(s.Articles, s.Packed), put), scratch: scratch, rooms: make([]byte, s.Articles), days: make([]int32, s.Articles), cards: make([][]byte, (s.Articles+together-1)/together), facets: map[string]*facets{}}
	if err := w.invert(ctx); err != nil {
		return nil, err
	}
	if err := w.merge(ctx); err != nil {
		return nil, err
	}
	if err := w.rest(); err != nil {
		return nil, err
	}
	return w.head()
}

// writer makes one segment.
type writer struct {
	Source
	*named
	scratch *os.File

	mu    sync.Mutex // guards end and runs
	end   int64      // of scratch
	runs  []run
	rooms []byte   // of each article
	days  []int32  // of each article
	cards [][]byte // by file

	average  int // room
	words    dictionary
	frequent dictionary // of words that stand in one block, which is read with every query
	facets   map[string]*facets
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

// rest writes cards, facets, days and rooms.
func (w *writer) rest() error {
	cards := blockFiles{files: files{shelf: shelf{pack: w.pack()}, put: w.file("c")}}
	for _, b := range w.cards {
		if err := cards.write(b); err != nil {
			return err
		}
	}
	if err := cards.flush(); err != nil {
		return err
	}
	if w.Packed {
		if err := w.add("cards", compress(appendSizes(nil, cards.sizes))); err != nil {
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
	if err := w.add("facets", compress(counted)); err != nil {
		return err
	}
	if err := w.add("days", compress(appendRuns(nil, w.days, 1))); err != nil {
		return err
	}
	return w.add("rooms", compress(append(appendStarts(nil, w.words.starts), w.rooms...)))
}

// head is what the root and the words hold of a segment: see Roots.
func (w *writer) head() ([]byte, error) {
	b := binary.AppendUvarint(nil, uint64(w.Articles))
	b = binary.AppendUvarint(b, uint64(w.average))
	b = appendBytes(b, appendRuns(nil, w.days, 32))
	head := appendBytes(nil, w.words.blocks.head(b))
	var frequent []byte
	if w.frequent.block.count > 0 {
		frequent = slices.Concat(w.frequent.block.columns()...)
	}
	return w.directory(appendBytes(head, frequent))
}

// file is what writes the files of a kind.
func (w *writer) file(kind string) func([]byte) error {
	return func(b []byte) error { return w.add(kind, b) }
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

// appendStarts writes where the positions of each block begin.
func appendStarts(b []byte, starts []spot) []byte {
	b = binary.AppendUvarint(b, uint64(len(starts)))
	file := 0
	for _, at := range starts {
		b = binary.AppendUvarint(b, uint64(at.file-file))
		b = binary.AppendUvarint(b, uint64(at.offset))
		file = at.file
	}
	return b
}
