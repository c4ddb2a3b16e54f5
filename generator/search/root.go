package search

import (
	"encoding/binary"
	"fmt"
	"strings"
)

// Bundle is the folder of a segment, or of the names, below the search folder, and its head.
type Bundle struct {
	Folder string
	Head   []byte
}

// version is that of the format.
const version = 1

// Root is the file that leads to all others: version, language of the stemmer, the segments in the archive's order, the
// names; of each, folder and head, with their lengths. It is compressed.
func Root(language string, segments []Bundle, names Bundle) []byte {
	b := binary.AppendUvarint(nil, version)
	stemmer := Stemmer(language)
	b = append(binary.AppendUvarint(b, uint64(len(stemmer))), stemmer...)
	b = binary.AppendUvarint(b, uint64(len(segments)))
	for _, s := range append(segments[:len(segments):len(segments)], names) {
		b = append(binary.AppendUvarint(b, uint64(len(s.Folder))), s.Folder...)
		b = append(binary.AppendUvarint(b, uint64(len(s.Head))), s.Head...)
	}
	return compress(b)
}

// segment is what the root says of one.
type segment struct {
	folder   string
	first    int // article
	articles int
	months   []span
	blocks   []string // the separator before each block; "" before the first
}

// span is some articles of a segment that follow each other.
type span struct {
	at    int // month or day
	count int
}

func readRoot(b []byte) (language string, segments []segment, names segment, err error) {
	if b, err = decompress(b); err != nil {
		return "", nil, names, err
	}
	r := &varints{b: b}
	if v := r.int(); v != version {
		return "", nil, names, fmt.Errorf("the search index is of version %d; this program reads version %d", v, version)
	}
	language = r.string()
	first := 0
	for range min(r.int(), len(b)) {
		s := segment{folder: r.string(), first: first}
		head := &varints{b: r.bytes(r.int())}
		s.articles = head.int()
		s.months = readRuns(head.bytes(head.int()))
		s.blocks = readSeparators(head)
		first += s.articles
		r.torn = r.torn || head.torn
		segments = append(segments, s)
	}
	names.folder = r.string()
	head := &varints{b: r.bytes(r.int())}
	names.blocks = readSeparators(head)
	r.torn = r.torn || head.torn
	return language, segments, names, r.err()
}

func readSeparators(r *varints) []string {
	blocks := []string{""}
	for range min(r.int(), len(r.b)+1) - 1 {
		blocks = append(blocks, strings.Clone(r.front(blocks[len(blocks)-1])))
	}
	return blocks
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
