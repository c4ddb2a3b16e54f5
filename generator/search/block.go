package search

import (
	"encoding/binary"
	"errors"
	"strings"
	"unicode/utf8"
)

// A dictionary block, before it is compressed, is
//
//	the number of terms
//	where the first of their lists stands: file, offset
//	length, terms: for each, how many bytes are those of the term before, and length of the rest
//	length, letters: the rests
//	length, numbers: for each, its articles; 2·length of its list, +1 where that stands in the block; for a word,
//	        2·length of its positions, or where they have parts 2·number of parts +1, and the articles and length of each
//	lists that stand in the block
//
// all numbers varints. Where the other lists stand follows from their lengths: see shelf. So does where positions stand, but for where those
// of a block begin, which the file rooms tells: another one's need not be written anew when these have become longer.

// entry is one term of a dictionary.
type entry struct {
	term      string
	articles  int
	inline    []byte // the list, where it stands in the block
	list      spot
	positions []part // where, from the first of the block's on
	block     int    // -1 for that of frequent words
}

// spot is where some bytes stand among numbered files.
type spot struct{ file, offset, size int }

// shelf tells where bytes come to stand that are put into numbered files one after the other. In packs they run on from one
// to the next; without, a list has its own files, one for its beginning and one for the rest, and positions share a file up to a size.
type shelf struct {
	pack       int // bytes of a pack; 0 without
	file, used int
}

// list is the place of a list.
func (s *shelf) list(n int) spot {
	if s.pack > 0 {
		return s.run(n)
	}
	at := spot{s.file, 0, n}
	if s.file++; n > listBeginning {
		s.file++
	}
	return at
}

// positions is the place of a part of positions.
func (s *shelf) positions(n int) spot {
	if s.pack > 0 {
		return s.run(n)
	}
	if s.used > 0 && s.used+n > positionFile {
		s.file, s.used = s.file+1, 0
	}
	at := spot{s.file, s.used, n}
	s.used += n
	return at
}

func (s *shelf) run(n int) spot {
	at := spot{s.file, s.used, n}
	s.file, s.used = s.file+(s.used+n)/s.pack, (s.used+n)%s.pack
	return at
}

// pieces is what of each file belongs to a spot, where the first file holds so many bytes and those after it so many.
func (s spot) pieces(first, more int) []spot {
	n := min(first-s.offset, s.size)
	all := []spot{{s.file, s.offset, n}}
	for file, left := s.file+1, s.size-n; left > 0; file, left = file+1, left-more {
		all = append(all, spot{file, 0, min(more, left)})
	}
	return all
}

// after is a spot that is counted from another, in packs of so many bytes or 0.
func (s spot) after(start spot, pack int) spot {
	file, offset := start.file+s.file, start.offset+s.offset
	if pack > 0 {
		file, offset = file+offset/pack, offset%pack
	}
	return spot{file, offset, s.size}
}

// blockWriter collects the entries of one block.
type blockWriter struct {
	start                          []byte
	count                          int
	mass                           int // articles of its words
	terms, letters, numbers, lists []byte
	last                           string
}

// begin starts a block whose lists go on from there.
func (w *blockWriter) begin(lists shelf) {
	*w = blockWriter{start: w.start[:0], terms: w.terms[:0], letters: w.letters[:0], numbers: w.numbers[:0], lists: w.lists[:0]}
	w.start = binary.AppendUvarint(w.start, uint64(lists.file))
	w.start = binary.AppendUvarint(w.start, uint64(lists.used))
}

func (w *blockWriter) size() int {
	return len(w.terms) + len(w.letters) + len(w.numbers) + len(w.lists)
}

// add takes a term in; its list is given where it is to stand in the block.
func (w *blockWriter) add(term string, articles, listSize int, inline []byte, positions []part) {
	shared := sharedPrefix(w.last, term)
	w.terms = binary.AppendUvarint(w.terms, uint64(shared))
	w.terms = binary.AppendUvarint(w.terms, uint64(len(term)-shared))
	w.letters = append(w.letters, term[shared:]...)
	w.last = term
	w.count++
	numbers := []int{articles, 2 * listSize}
	if inline != nil {
		numbers[1]++
		w.lists = append(w.lists, inline...)
	}
	if !isID(term) {
		w.mass += articles
	}
	switch {
	case isID(term):
	case len(positions) == 1:
		numbers = append(numbers, 2*positions[0].size)
	default:
		numbers = append(numbers, 2*len(positions)+1)
		for _, p := range positions {
			numbers = append(numbers, p.docs, p.size)
		}
	}
	for _, n := range numbers {
		w.numbers = binary.AppendUvarint(w.numbers, uint64(n))
	}
}

// columns are what stands before the letters, these, the numbers, and the lists.
func (w *blockWriter) columns() [][]byte {
	b := binary.AppendUvarint(nil, uint64(w.count))
	b = append(b, w.start...)
	return [][]byte{appendBytes(b, w.terms), appendBytes(nil, w.letters), appendBytes(nil, w.numbers), w.lists}
}

func appendFront(b []byte, last, s string) []byte {
	shared := sharedPrefix(last, s)
	b = binary.AppendUvarint(b, uint64(shared))
	b = binary.AppendUvarint(b, uint64(len(s)-shared))
	return append(b, s[shared:]...)
}

func sharedPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// separator is the shortest string above a that is not above b, where a is below b.
func separator(a, b string) string {
	n := sharedPrefix(a, b) + 1
	for n < len(b) && !utf8.RuneStart(b[n]) {
		n++
	}
	return b[:n]
}

var errDamaged = errors.New("the search index is damaged")

// varints reads numbers and strings; what is not there is an error in the end.
type varints struct {
	b    []byte
	torn bool
}

func (r *varints) int() int {
	n, size := binary.Uvarint(r.b)
	if size <= 0 || n > 1<<40 {
		r.b, r.torn = nil, true
		return 0
	}
	r.b = r.b[size:]
	return int(n)
}

func (r *varints) bytes(n int) []byte {
	if n > len(r.b) {
		r.b, r.torn = nil, true
		return nil
	}
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}

func (r *varints) string() string { return string(r.bytes(r.int())) }

// front reads what appendFront wrote, the letters from where they stand.
func (r *varints) front(last string, letters *varints) string {
	shared, size := r.int(), r.int()
	rest := string(letters.bytes(size))
	if shared > len(last) {
		r.torn = true
		return ""
	}
	return last[:shared] + rest
}

func (r *varints) err() error {
	if r.torn {
		return errDamaged
	}
	return nil
}

// readBlock is the entries of a block of a segment with packs of so many bytes, or 0.
func readBlock(b []byte, pack int) ([]entry, error) {
	r := &varints{b: b}
	count := r.int()
	lists, positions := shelf{pack, r.int(), r.int()}, shelf{pack: pack}
	r.torn = r.torn || lists.used > pack
	var terms, letters, numbers varints
	for _, column := range [...]*varints{&terms, &letters, &numbers} {
		column.b = r.bytes(r.int())
	}
	entries := make([]entry, 0, min(count, len(b)))
	last := ""
	for range count {
		e := entry{term: terms.front(last, &letters), articles: numbers.int()}
		last = strings.Clone(e.term)
		if size := numbers.int(); size&1 == 1 {
			e.inline = r.bytes(size / 2)
		} else {
			e.list = lists.list(size / 2)
		}
		if !isID(e.term) {
			if n := numbers.int(); n&1 == 0 {
				e.positions = []part{{e.articles, positions.positions(n / 2)}}
			} else {
				for range min(n/2, len(numbers.b)) {
					docs := numbers.int()
					e.positions = append(e.positions, part{docs, positions.positions(numbers.int())})
				}
			}
		}
		if r.torn || terms.torn || letters.torn || numbers.torn {
			return nil, errDamaged
		}
		entries = append(entries, e)
	}
	return entries, nil
}
