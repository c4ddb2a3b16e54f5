package search

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
)

// Bundle is the folder of a segment below the search folder, and its head.
type Bundle struct {
	Folder string
	Head   []byte
}

// version is that of the format.
const version = 3

// Root is the file that leads to all others: version, language of the stemmer, 1 where the index is packed, the segments in the
// archive's order, of each folder and head, with their lengths; the name of the names' head. It is compressed.
func Root(language string, packed bool, segments []Bundle, names string) []byte {
	b := binary.AppendUvarint(nil, version)
	stemmer := Stemmer(language)
	b = append(binary.AppendUvarint(b, uint64(len(stemmer))), stemmer...)
	how := uint64(0)
	if packed {
		how = 1
	}
	b = binary.AppendUvarint(b, how)
	b = binary.AppendUvarint(b, uint64(len(segments)))
	for _, s := range segments {
		b = append(binary.AppendUvarint(b, uint64(len(s.Folder))), s.Folder...)
		b = append(binary.AppendUvarint(b, uint64(len(s.Head))), s.Head...)
	}
	return compress(append(binary.AppendUvarint(b, uint64(len(names))), names...))
}

// segment is what the root says of one, or the head of the names.
type segment struct {
	folder   string
	first    int // article
	articles int
	average  int // room of its articles
	frequent bool
	months   []span
	blocks   []string // the separator before each block; "" before the first
	packed   []spot   // where each block stands; nil where it is a file
	files    []string // of names: what each goes by in place of its number
}

// span is some articles of a segment that follow each other.
type span struct {
	at    int // month or day
	count int
}

func readRoot(b []byte) (x Index, err error) {
	if b, err = decompress(b); err != nil {
		return x, err
	}
	r := &varints{b: b}
	if v := r.int(); v != version {
		return x, fmt.Errorf("the search index is of version %d; this program reads version %d", v, version)
	}
	x.language, x.packed = r.string(), r.int() == 1
	for range min(r.int(), len(b)) {
		s := segment{folder: r.string(), first: x.articles}
		head := &varints{b: r.bytes(r.int())}
		s.articles, s.average, s.frequent = head.int(), head.int(), head.int() == 1
		s.months = readRuns(head.bytes(head.int()))
		s.readBlocks(head, x.packed)
		x.articles += s.articles
		r.torn = r.torn || head.torn
		x.segments = append(x.segments, s)
	}
	x.namesHead = r.string()
	return x, r.err()
}

// readNames is what the head of the names says.
func readNames(b []byte, packed bool) (s segment, labels string, err error) {
	if b, err = decompress(b); err != nil {
		return s, "", err
	}
	r := &varints{b: b}
	address := func() string { return hex.EncodeToString(r.bytes(addressed)) }
	labels, s.folder = address(), NamesFolder
	for range min(r.int(), len(b)) {
		s.files = append(s.files, address())
	}
	s.readBlocks(r, packed)
	return s, labels, r.err()
}

// appendBlocks writes what leads to blocks: their number, the separators between them, and where they stand in packs the length of
// each.
func appendBlocks(b []byte, separators []string, sizes []int) []byte {
	b = binary.AppendUvarint(b, uint64(len(separators)+1))
	last := ""
	for _, s := range separators {
		b = appendFront(b, last, s)
		last = s
	}
	return appendSizes(b, sizes)
}

func appendSizes(b []byte, sizes []int) []byte {
	for _, n := range sizes {
		b = binary.AppendUvarint(b, uint64(n))
	}
	return b
}

func (s *segment) readBlocks(r *varints, packed bool) {
	s.blocks = []string{""}
	for range min(r.int(), len(r.b)+1) - 1 {
		s.blocks = append(s.blocks, strings.Clone(r.front(s.blocks[len(s.blocks)-1])))
	}
	if packed {
		s.packed = readSizes(r, len(s.blocks))
	}
}

// readSizes is where things of those lengths stand in packs.
func readSizes(r *varints, count int) []spot {
	all, at := make([]spot, count), shelf{packed: true}
	for n := range all {
		all[n] = at.run(r.int())
	}
	return all
}

func readRuns(b []byte) []span {
	var spans []span
	r, at := &varints{b: b}, 0
	for len(r.b) > 0 {
		at += r.int()
		spans = append(spans, span{at, r.int()})
	}
	return spans
}
