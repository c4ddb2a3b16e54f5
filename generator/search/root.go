package search

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"broadsheet/generator/manifest"
)

// version is that of the format.
const version = 7

// Roots makes the two files that lead to all others, from the heads of the segments, in the archive's order, and that of the names.
// Both are compressed, and the page asks for both at once:
//
//	root.bin    version; language of the stemmer; 1 where the index is packed; what words.bin begins with; the number of segments; of each
//	            the length of what follows, its articles, their average room, the articles of each month, and where its blocks begin
//	words.bin   a hash of what follows; of each segment the length of what follows, the length of the block of its frequent words, the
//	            block, and what its files go by; the head of the names
//
// In two files, the first stays small however many files there are; by the hash a reader knows that they are of one build.
func Roots(language string, packed bool, segments [][]byte, names []byte) (root, words []byte) {
	for _, head := range segments {
		r := &varints{b: head}
		r.string()
		words = appendBytes(words, r.b)
	}
	words = append(words, names...)
	stamp := manifest.DigestOf(words)

	root = binary.AppendUvarint(nil, version)
	root = appendBytes(root, []byte(Stemmer(language)))
	how := uint64(0)
	if packed {
		how = 1
	}
	root = binary.AppendUvarint(root, how)
	root = append(root, stamp[:stamped]...)
	root = binary.AppendUvarint(root, uint64(len(segments)))
	for _, head := range segments {
		root = appendBytes(root, []byte((&varints{b: head}).string()))
	}
	return compress(root), compress(append(stamp[:stamped:stamped], words...))
}

// stamped is how many bytes of a hash tell that root.bin and words.bin are of one build.
const stamped = 5

// SegmentFolder is where the nth segment lies, below the search folder.
func SegmentFolder(n int) string { return "s" + strconv.Itoa(n) }

// segment is what is known of one, or of the names, before any of its files has been read.
type segment struct {
	folder   string
	first    int // article
	articles int
	average  int // room of its articles
	months   []span
	blocks   []string            // the separator before each block; "" before the first
	pack     int                 // bytes of a pack; 0 where files are none
	packed   []spot              // where each block stands in packs
	frequent []entry             // of words
	files    map[string][]string // what they are called, by kind
}

// span is some articles of a segment that follow each other.
type span struct {
	at    int // month or day
	count int
}

// Heads is what Roots made the two files from: a build that finds a segment, or the names, in place needs no more of them.
func Heads(root, words []byte) (segments [][]byte, names []byte, err error) {
	_, _, segments, names, err = openRoots(root, words)
	return segments, names, err
}

// openRoots takes apart what Roots put together.
func openRoots(root, words []byte) (language string, packed bool, segments [][]byte, names []byte, err error) {
	if root, err = decompress(root); err != nil {
		return
	}
	r := &varints{b: root}
	if v := r.int(); v != version {
		err = fmt.Errorf("the search index is of version %d; this program reads version %d", v, version)
		return
	}
	language, packed = r.string(), r.int() == 1
	if words, err = decompress(words); err != nil {
		return
	}
	w := &varints{b: words}
	if stamp := r.bytes(stamped); !bytes.Equal(stamp, w.bytes(stamped)) {
		err = fmt.Errorf("%s and %s of the search index are not of one build", RootFile, WordsFile)
		return
	}
	for range min(r.int(), len(root)) {
		head := appendBytes(nil, r.bytes(r.int()))
		segments = append(segments, append(head, w.bytes(w.int())...))
	}
	r.torn = r.torn || w.torn
	return language, packed, segments, w.b, r.err()
}

// readRoots reads what Roots wrote.
func readRoots(root, words []byte) (x Index, err error) {
	language, packed, segments, names, err := openRoots(root, words)
	if err != nil {
		return x, err
	}
	x.language, x.packed = language, packed
	for n, head := range segments {
		s := segment{folder: SegmentFolder(n), first: x.articles, pack: packSize(packed, n > 0)}
		w := &varints{b: head}
		r := &varints{b: w.bytes(w.int())}
		s.articles, s.average = r.int(), r.int()
		s.months = readRuns(r.bytes(r.int()))
		s.readBlocks(r)
		if s.frequent, err = readFrequent(w.bytes(w.int())); err != nil {
			return x, err
		}
		s.files = readDirectory(w, alone(s.articles, packed))
		if r.torn || w.torn {
			return x, errDamaged
		}
		x.articles += s.articles
		x.segments = append(x.segments, s)
	}
	w := &varints{b: names}
	x.names, x.pageFrom = readNames(w, packed)
	return x, w.err()
}

// readFrequent is the block of frequent words; b is empty where there are none.
func readFrequent(b []byte) ([]entry, error) {
	if len(b) == 0 {
		return nil, nil
	}
	entries, err := readBlock(b, 0)
	for n := range entries {
		entries[n].block = -1
	}
	return entries, err
}

// readNames is what the head of the names says: the older and the newest ones, and how many articles an entity has that has a page.
func readNames(r *varints, packed bool) (names []segment, pageFrom int) {
	for range min(r.int(), len(r.b)) {
		r.bytes(nameAddress) // of labels, which no search of ours reads
	}
	pageFrom = r.int()
	for range 2 {
		s := segment{folder: NamesFolder, pack: packSize(packed, false), files: map[string][]string{}}
		for range min(r.int(), len(r.b)) {
			s.files["n"] = append(s.files["n"], hex.EncodeToString(r.bytes(nameAddress)))
		}
		if len(s.files["n"]) > 0 {
			s.readBlocks(r)
			names = append(names, s)
		}
	}
	return names, pageFrom
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

func (s *segment) readBlocks(r *varints) {
	s.blocks = []string{""}
	for range min(r.int(), len(r.b)+1) - 1 {
		s.blocks = append(s.blocks, strings.Clone(r.front(s.blocks[len(s.blocks)-1], r)))
	}
	if s.pack > 0 {
		s.packed = readSizes(r, len(s.blocks), s.pack)
	}
}

// readSizes is where things of those lengths stand in packs of so many bytes.
func readSizes(r *varints, count, pack int) []spot {
	all, at := make([]spot, count), shelf{pack: pack}
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
