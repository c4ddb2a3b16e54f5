package search

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"broadsheet/generator/prose"
)

// Index reads the files of an index. It belongs to one goroutine.
type Index struct {
	read     Reader
	words    *analyzer
	language string // of the stemmer
	packed   bool
	segments []segment
	names    []segment
	pageFrom int // articles, of an entity that has a page
	articles int
	blocks   map[string][]entry
	cards    map[string][]spot // in packs: where they stand, by folder
}

// Reader gives the bytes of a file by its path below the search folder: size of them from one on, or all where size is 0.
type Reader func(name string, from, size int) ([]byte, error)

// Open reads the roots of an index.
func Open(read Reader) (*Index, error) {
	root, err := read(RootFile, 0, 0)
	if err != nil {
		return nil, err
	}
	words, err := read(WordsFile, 0, 0)
	if err != nil {
		return nil, err
	}
	x, err := readRoots(root, words)
	if err != nil {
		return nil, err
	}
	x.read, x.words, x.blocks, x.cards = read, newAnalyzer(x.language), map[string][]entry{}, map[string][]spot{}
	return &x, nil
}

// Articles is how many the index holds.
func (x *Index) Articles() int { return x.articles }

// numbered is the nth of compressed things of a kind: a file, or what stands at a spot of packs.
func (x *Index) numbered(s *segment, kind string, n int, packed []spot) ([]byte, error) {
	if s.pack == 0 {
		return x.text(s, kind, n)
	}
	if n >= len(packed) {
		return nil, errDamaged
	}
	b, err := x.bytesAt(s, kind, packed[n].pieces(s.pack, s.pack))
	if err != nil {
		return nil, err
	}
	return decompress(b)
}

// text is the nth compressed file of a kind.
func (x *Index) text(s *segment, kind string, n int) ([]byte, error) {
	b, err := x.file(s, kind, n, 0, 0)
	if err != nil {
		return nil, err
	}
	return decompress(b)
}

// file is size bytes from one on of the nth file of a kind, or all where size is 0.
func (x *Index) file(s *segment, kind string, n, from, size int) ([]byte, error) {
	if n >= len(s.files[kind]) {
		return nil, errDamaged
	}
	return x.read(s.folder+"/"+s.files[kind][n]+Extension, from, size)
}

// bytesAt is what stands in pieces of numbered files.
func (x *Index) bytesAt(s *segment, kind string, pieces []spot) ([]byte, error) {
	var all []byte
	for _, at := range pieces {
		b, err := x.file(s, kind, at.file, at.offset, at.size)
		if err != nil {
			return nil, err
		}
		if len(b) != at.size {
			return nil, fmt.Errorf("the search index is damaged: %s%d is too short", kind, at.file)
		}
		all = append(all, b...)
	}
	return all, nil
}

// block is the entries of a dictionary block.
func (x *Index) block(s *segment, n int) ([]entry, error) {
	key := fmt.Sprint(s.folder, " ", n)
	if entries, read := x.blocks[key]; read {
		return entries, nil
	}
	b, err := x.numbered(s, "d", n, s.packed)
	if err != nil {
		return nil, err
	}
	entries, err := readBlock(b, s.pack)
	for i := range entries {
		entries[i].block = n
	}
	x.blocks[key] = entries
	return entries, err
}

// holding is the block that would hold a term.
func (s *segment) holding(term string) int {
	n, found := slices.BinarySearch(s.blocks, term)
	if found {
		return n
	}
	return n - 1
}

// lookUp is the entry of a term, or nil.
func (x *Index) lookUp(s *segment, term string) (*entry, error) {
	if e := among(s.frequent, term); e != nil {
		return e, nil
	}
	entries, err := x.block(s, s.holding(term))
	if err != nil {
		return nil, err
	}
	return among(entries, term), nil
}

func among(entries []entry, term string) *entry {
	n, found := slices.BinarySearchFunc(entries, term, func(e entry, term string) int { return cmp.Compare(e.term, term) })
	if !found {
		return nil
	}
	return &entries[n]
}

// near is the entries of the block that would hold a term, and those of frequent words.
func (x *Index) near(s *segment, term string) ([]entry, error) {
	entries, err := x.block(s, s.holding(term))
	return slices.Concat(entries, s.frequent), err
}

// beginning is the entries of the words that begin with a prefix.
func (x *Index) beginning(s *segment, prefix string) ([]*entry, error) {
	found := thatBegin(nil, s.frequent, prefix)
	for n := s.holding(prefix); n < len(s.blocks) && (s.blocks[n] <= prefix || strings.HasPrefix(s.blocks[n], prefix)); n++ {
		entries, err := x.block(s, n)
		if err != nil {
			return nil, err
		}
		found = thatBegin(found, entries, prefix)
	}
	return found, nil
}

func thatBegin(found []*entry, entries []entry, prefix string) []*entry {
	for i := range entries {
		if strings.HasPrefix(entries[i].term, prefix) && !isID(entries[i].term) {
			found = append(found, &entries[i])
		}
	}
	return found
}

// each calls do with the articles of a term.
func (x *Index) each(s *segment, e *entry, do func(doc, impact int)) error {
	list := e.inline
	if list == nil {
		first, more := listBeginning, e.list.size
		if s.pack > 0 {
			first, more = s.pack, s.pack
		}
		var err error
		if list, err = x.bytesAt(s, "p", e.list.pieces(first, more)); err != nil {
			return err
		}
	}
	if !readList(list, e.articles, s.articles, do) {
		return errDamaged
	}
	return nil
}

// positionsAt is a part of a word's positions; starts is of each block where its own begin.
func (x *Index) positionsAt(s *segment, e *entry, at spot, starts []spot) ([]byte, error) {
	kind := "v"
	if e.block >= 0 {
		if e.block >= len(starts) {
			return nil, errDamaged
		}
		kind, at = "w", at.after(starts[e.block], s.pack)
	}
	most := at.offset + at.size
	if s.pack > 0 {
		most = s.pack
	}
	return x.bytesAt(s, kind, at.pieces(most, s.pack))
}

// rooms is the rooms of a segment's articles, and of each block where its positions begin.
func (x *Index) rooms(s *segment) (rooms []byte, starts []spot, err error) {
	b, err := x.text(s, "rooms", 0)
	if err != nil {
		return nil, nil, err
	}
	r, file := &varints{b: b}, 0
	for range min(r.int(), len(b)) {
		file += r.int()
		starts = append(starts, spot{file: file, offset: r.int()})
	}
	if len(r.b) != s.articles {
		return nil, nil, errDamaged
	}
	return r.b, starts, r.err()
}

// card is that of an article of the segment.
func (x *Index) card(s *segment, doc int) (Card, error) {
	at, known := x.cards[s.folder]
	together := cardsTogether(x.packed)
	if x.packed && !known {
		b, err := x.text(s, "cards", 0)
		if err != nil {
			return Card{}, err
		}
		at = readSizes(&varints{b: b}, (s.articles+together-1)/together, s.pack)
		x.cards[s.folder] = at
	}
	b, err := x.numbered(s, "c", doc/together, at)
	if err != nil {
		return Card{}, err
	}
	return readCard(b, doc%together)
}

// entities is those of a name, without their number of articles.
func (x *Index) entities(name string) ([]Entity, error) {
	if name == "" {
		return nil, nil
	}
	var found []Entity
	for n := range x.names {
		names := &x.names[n]
		b, err := x.numbered(names, "n", names.holding(name), names.packed)
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(b)) {
			parts := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
			if len(parts) != 3 || parts[0] != name && (parts[0] != "" || foldName(parts[2]) != name) {
				continue
			}
			e := Entity{ID: parts[1], Name: parts[2]}
			if !isID(e.ID) {
				e.ID += "/" + prose.Slug(e.Name)
			}
			found = append(found, e)
		}
	}
	return found, nil
}
