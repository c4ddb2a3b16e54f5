package search

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/prose"
)

// Index reads the files of an index. It belongs to one goroutine.
type Index struct {
	read      Reader
	words     *analyzer
	language  string // of the stemmer
	packed    bool
	segments  []segment
	names     *segment // nil until they are asked for
	namesHead string
	articles  int
	blocks    map[string][]entry
	cards     map[string][]spot // in packs: where they stand, by folder
}

// Reader gives the bytes of a file by its path below the search folder: size of them from one on, or all where size is 0.
type Reader func(name string, from, size int) ([]byte, error)

// Open reads the root of an index.
func Open(read Reader) (*Index, error) {
	b, err := read(RootFile, 0, 0)
	if err != nil {
		return nil, err
	}
	x, err := readRoot(b)
	if err != nil {
		return nil, err
	}
	x.read, x.words, x.blocks, x.cards = read, newAnalyzer(x.language), map[string][]entry{}, map[string][]spot{}
	return &x, nil
}

// Articles is how many the index holds.
func (x *Index) Articles() int { return x.articles }

// text is a compressed file of a bundle.
func (x *Index) text(s *segment, name string) ([]byte, error) {
	b, err := x.read(s.folder+"/"+name+Extension, 0, 0)
	if err != nil {
		return nil, err
	}
	return decompress(b)
}

// numbered is the nth of compressed things: a file, or what stands at a spot of packs.
func (x *Index) numbered(s *segment, name string, n int, packed []spot) ([]byte, error) {
	if !x.packed {
		file, err := s.file(name, n)
		if err != nil {
			return nil, err
		}
		return x.text(s, file)
	}
	if n >= len(packed) {
		return nil, errDamaged
	}
	b, err := x.bytesAt(s, name, packed[n].pieces(packFile, packFile))
	if err != nil {
		return nil, err
	}
	return decompress(b)
}

// file is what the nth of numbered files is called.
func (s *segment) file(name string, n int) (string, error) {
	switch {
	case s.files == nil:
		return name + strconv.Itoa(n), nil
	case n < len(s.files):
		return s.files[n], nil
	}
	return "", errDamaged
}

// bytesAt is what stands in pieces of numbered files.
func (x *Index) bytesAt(s *segment, name string, pieces []spot) ([]byte, error) {
	var all []byte
	for _, at := range pieces {
		file, err := s.file(name, at.file)
		if err != nil {
			return nil, err
		}
		b, err := x.read(s.folder+"/"+file+Extension, at.offset, at.size)
		if err != nil {
			return nil, err
		}
		if len(b) != at.size {
			return nil, fmt.Errorf("the search index is damaged: %s%d is too short", name, at.file)
		}
		all = append(all, b...)
	}
	return all, nil
}

// block is the entries of a dictionary block.
func (x *Index) block(s *segment, n int) ([]entry, error) {
	return x.entriesIn(s, fmt.Sprintf("%s/d%d", s.folder, n), func() ([]byte, error) { return x.numbered(s, "d", n, s.packed) })
}

// frequent is the entries of the words that are frequent in a segment.
func (x *Index) frequent(s *segment) ([]entry, error) {
	if !s.frequent {
		return nil, nil
	}
	entries, err := x.entriesIn(s, s.folder+"/h0", func() ([]byte, error) { return x.text(s, "h0") })
	for n := range entries {
		entries[n].frequent = true
	}
	return entries, err
}

func (x *Index) entriesIn(s *segment, name string, read func() ([]byte, error)) ([]entry, error) {
	if entries, read := x.blocks[name]; read {
		return entries, nil
	}
	b, err := read()
	if err != nil {
		return nil, err
	}
	entries, err := readBlock(b, x.packed)
	x.blocks[name] = entries
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
	entries, err := x.frequent(s)
	if err != nil {
		return nil, err
	}
	if e := among(entries, term); e != nil {
		return e, nil
	}
	if entries, err = x.block(s, s.holding(term)); err != nil {
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
	if err != nil {
		return nil, err
	}
	frequent, err := x.frequent(s)
	return slices.Concat(entries, frequent), err
}

// beginning is the entries of the words that begin with a prefix.
func (x *Index) beginning(s *segment, prefix string) ([]*entry, error) {
	entries, err := x.frequent(s)
	if err != nil {
		return nil, err
	}
	found := thatBegin(nil, entries, prefix)
	for n := s.holding(prefix); n < len(s.blocks) && (s.blocks[n] <= prefix || strings.HasPrefix(s.blocks[n], prefix)); n++ {
		if entries, err = x.block(s, n); err != nil {
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
		if x.packed {
			first, more = packFile, packFile
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

// positionsAt is a part of a word's positions.
func (x *Index) positionsAt(s *segment, e *entry, at spot) ([]byte, error) {
	name := "w"
	if e.frequent {
		name = "v"
	}
	most := at.offset + at.size
	if x.packed {
		most = packFile
	}
	return x.bytesAt(s, name, at.pieces(most, packFile))
}

// card is that of an article of the segment.
func (x *Index) card(s *segment, doc int) (Card, error) {
	at, known := x.cards[s.folder]
	together := cardsTogether(x.packed)
	if x.packed && !known {
		b, err := x.text(s, "cards")
		if err != nil {
			return Card{}, err
		}
		at = readSizes(&varints{b: b}, (s.articles+together-1)/together)
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
	if x.names == nil {
		b, err := x.read(NamesFolder+"/"+x.namesHead+Extension, 0, 0)
		if err != nil {
			return nil, err
		}
		names, _, err := readNames(b, x.packed)
		if err != nil {
			return nil, err
		}
		x.names = &names
	}
	b, err := x.numbered(x.names, "n", x.names.holding(name), x.names.packed)
	if err != nil {
		return nil, err
	}
	var found []Entity
	for line := range strings.Lines(string(b)) {
		parts := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(parts) != 4 || parts[0] != name && (parts[0] != "" || foldName(parts[2]) != name) {
			continue
		}
		e := Entity{ID: parts[1], Name: parts[2], Page: parts[3] != ""}
		if !isID(e.ID) {
			e.ID += "/" + prose.Slug(e.Name)
		}
		found = append(found, e)
	}
	return found, nil
}
