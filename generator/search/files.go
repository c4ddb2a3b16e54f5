package search

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strconv"

	"broadsheet/generator/manifest"
)

// kinds are the files of a segment, in the order in which its directory tells of them, and how many that follow each other
// go by one hash, that of them all, in a large one (see alone). What files go by is read with every query; the more of them go by one
// hash, the more are new when one has changed.
var kinds = [...]struct {
	name     string
	together int
}{{"d", 4}, {"p", 4}, {"v", 1}, {"w", 1}, {"c", 8}, {"cards", 1}, {"rooms", 1}, {"days", 1}, {"facets", 1}}

// alone reports whether each file of a segment of so many articles goes by its own hash: they are few, or packs.
func alone(articles int, packed bool) bool { return packed || articles <= 25_000 }

// addressed is how many bytes of a hash a file goes by, after its number.
const addressed = 4

// named gives the files of a segment to put: d17-5b0e77c1 is the eighteenth of kind d.
type named struct {
	put   func(name string, b []byte) error
	files map[string]*namedFiles // by kind
}

type namedFiles struct {
	together  int
	waiting   [][]byte // for others that go by the same hash
	count     int
	addresses []byte
}

func newNamed(alone bool, put func(string, []byte) error) *named {
	n := &named{put, map[string]*namedFiles{}}
	for _, k := range kinds {
		n.files[k.name] = &namedFiles{together: k.together}
		if alone {
			n.files[k.name].together = 1
		}
	}
	return n
}

// add takes the next file of a kind.
func (n *named) add(kind string, b []byte) error {
	f := n.files[kind]
	f.waiting = append(f.waiting, b)
	if len(f.waiting) < f.together {
		return nil
	}
	return n.name(kind)
}

// name puts the files that wait.
func (n *named) name(kind string) error {
	f := n.files[kind]
	if len(f.waiting) == 0 {
		return nil
	}
	var h manifest.Hasher
	for _, b := range f.waiting {
		h.String(string(b))
	}
	hash := h.Key()
	f.addresses = append(f.addresses, hash[:addressed]...)
	for _, b := range f.waiting {
		if err := n.put(fileName(kind, f.count, hash[:addressed]), b); err != nil {
			return err
		}
		f.count++
	}
	f.waiting = f.waiting[:0]
	return nil
}

func fileName(kind string, n int, hash []byte) string {
	return kind + strconv.Itoa(n) + "-" + hex.EncodeToString(hash)
}

// directory writes of each kind how many files there are, and what they go by.
func (n *named) directory(b []byte) ([]byte, error) {
	for _, k := range kinds {
		if err := n.name(k.name); err != nil {
			return nil, err
		}
		f := n.files[k.name]
		b = append(binary.AppendUvarint(b, uint64(f.count)), f.addresses...)
	}
	return b, nil
}

// readDirectory is what each file is called, by kind.
func readDirectory(r *varints, alone bool) map[string][]string {
	names := map[string][]string{}
	for _, k := range kinds {
		var hash []byte
		for n := range r.int() {
			if alone || n%k.together == 0 {
				hash = r.bytes(addressed)
			}
			if r.torn {
				return nil
			}
			names[k.name] = append(names[k.name], fileName(k.name, n, hash))
		}
	}
	return names
}

// files writes bytes into files that follow each other, as a shelf places them.
type files struct {
	shelf
	b   []byte
	put func([]byte) error // of the next file
}

// writeList writes a list.
func (f *files) writeList(b []byte) error {
	if f.pack > 0 {
		return f.run(b)
	}
	for _, at := range f.list(len(b)).pieces(listBeginning, len(b)) {
		if err := f.put(slices.Clone(b[:at.size])); err != nil {
			return err
		}
		b = b[at.size:]
	}
	return nil
}

// writePositions writes a part of positions.
func (f *files) writePositions(b []byte) error {
	if f.pack > 0 {
		return f.run(b)
	}
	if at := f.file; f.positions(len(b)).file != at {
		if err := f.emit(len(f.b)); err != nil {
			return err
		}
	}
	f.b = append(f.b, b...)
	return nil
}

// together begins a new file where the last one has no room for so many bytes of positions.
func (f *files) together(n int) error {
	if f.pack > 0 || f.used == 0 || f.used+n <= positionFile {
		return nil
	}
	f.file, f.used = f.file+1, 0
	return f.emit(len(f.b))
}

// run writes bytes into packs.
func (f *files) run(b []byte) error {
	at := f.file
	f.shelf.run(len(b))
	f.b = append(f.b, b...)
	for ; at < f.file; at++ {
		if err := f.emit(f.pack); err != nil {
			return err
		}
	}
	return nil
}

// emit puts the first n bytes as a file.
func (f *files) emit(n int) error {
	err := f.put(slices.Clone(f.b[:n]))
	f.b = append(f.b[:0], f.b[n:]...)
	return err
}

func (f *files) flush() error {
	if len(f.b) == 0 {
		return nil
	}
	return f.emit(len(f.b))
}

// blockFiles writes blocks: each a file, or in packs.
type blockFiles struct {
	files
	separators []string
	sizes      []int // in packs
}

func (f *blockFiles) write(b []byte) error {
	if f.pack > 0 {
		f.sizes = append(f.sizes, len(b))
		return f.run(b)
	}
	return f.put(b)
}

// separate notes what stands on either side of the end of a block.
func (f *blockFiles) separate(last, next string) {
	f.separators = append(f.separators, separator(last, next))
}

// head adds to b what leads to the blocks.
func (f *blockFiles) head(b []byte) []byte { return appendBlocks(b, f.separators, f.sizes) }

// compress is parts of a file, one after the other. What stands in them differs, and each has a code of its own.
func compress(parts ...[]byte) []byte {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	for n, b := range parts {
		if n > 0 {
			w.Flush()
		}
		w.Write(b)
	}
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
