package search

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Index reads the files of an index. It belongs to one goroutine.
type Index struct {
	read     func(name string) ([]byte, error)
	words    *analyzer
	segments []segment
	names    segment
	articles int
	blocks   map[string][]entry
}

// Open reads the root of an index. read gives the bytes of a file by its path below the search folder.
func Open(read func(name string) ([]byte, error)) (*Index, error) {
	b, err := read(RootFile)
	if err != nil {
		return nil, err
	}
	x := &Index{read: read, blocks: map[string][]entry{}}
	language, segments, names, err := readRoot(b)
	if err != nil {
		return nil, err
	}
	x.words, x.segments, x.names = newAnalyzer(language), segments, names
	for _, s := range segments {
		x.articles += s.articles
	}
	return x, nil
}

// Articles is how many the index holds.
func (x *Index) Articles() int { return x.articles }

// file is a file of a bundle.
func (x *Index) file(s *segment, name string) ([]byte, error) {
	return x.read(s.folder + "/" + name + Extension)
}

// text is a compressed file of a bundle.
func (x *Index) text(s *segment, name string) ([]byte, error) {
	b, err := x.file(s, name)
	if err != nil {
		return nil, err
	}
	return decompress(b)
}

// block is the entries of a dictionary block.
func (x *Index) block(s *segment, n int) ([]entry, error) {
	name := s.folder + "/d" + strconv.Itoa(n)
	if entries, read := x.blocks[name]; read {
		return entries, nil
	}
	b, err := x.text(s, "d"+strconv.Itoa(n))
	if err != nil {
		return nil, err
	}
	entries, err := readBlock(b)
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
	entries, err := x.block(s, s.holding(term))
	if err != nil {
		return nil, err
	}
	n, found := slices.BinarySearchFunc(entries, term, func(e entry, term string) int { return cmp.Compare(e.term, term) })
	if !found {
		return nil, nil
	}
	return &entries[n], nil
}

// beginning is the entries of the words that begin with a prefix.
func (x *Index) beginning(s *segment, prefix string) ([]*entry, error) {
	var found []*entry
	for n := s.holding(prefix); n < len(s.blocks) && (s.blocks[n] <= prefix || strings.HasPrefix(s.blocks[n], prefix)); n++ {
		entries, err := x.block(s, n)
		if err != nil {
			return nil, err
		}
		for i := range entries {
			if strings.HasPrefix(entries[i].term, prefix) && !isID(entries[i].term) {
				found = append(found, &entries[i])
			}
		}
	}
	return found, nil
}

// bytesAt is what stands at a spot of numbered files.
func (x *Index) bytesAt(s *segment, name string, at spot, size int) ([]byte, error) {
	var all []byte
	for file, from, left := at.file, at.offset, at.size; left > 0; file++ {
		b, err := x.file(s, name+strconv.Itoa(file))
		if err != nil {
			return nil, err
		}
		n := min(left, size-from)
		if from+n > len(b) {
			return nil, fmt.Errorf("the search index is damaged: %s%d is too short", name, file)
		}
		all = append(all, b[from:from+n]...)
		from, left = 0, left-n
	}
	return all, nil
}

// each calls do with the articles of a term.
func (x *Index) each(s *segment, e *entry, do func(doc, impact int)) error {
	list := e.inline
	if list == nil {
		var err error
		if list, err = x.bytesAt(s, "p", e.list, listFile); err != nil {
			return err
		}
	}
	if !readList(list, e.articles, s.articles, do) {
		return errDamaged
	}
	return nil
}

// card is that of an article of the segment.
func (x *Index) card(s *segment, doc int) (Card, error) {
	b, err := x.text(s, "c"+strconv.Itoa(doc/cardsFile))
	if err != nil {
		return Card{}, err
	}
	lines := strings.Split(string(b), "\n")
	if doc%cardsFile >= len(lines) {
		return Card{}, fmt.Errorf("the search index is damaged: no card %d", doc)
	}
	return parseCard(lines[doc%cardsFile]), nil
}

// entities is those of a name, without their number of articles.
func (x *Index) entities(name string) ([]Entity, error) {
	if name == "" || x.names.folder == "" {
		return nil, nil
	}
	b, err := x.text(&x.names, "n"+strconv.Itoa(x.names.holding(name)))
	if err != nil {
		return nil, err
	}
	var found []Entity
	for line := range strings.Lines(string(b)) {
		parts := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(parts) == 4 && parts[0] == name {
			found = append(found, Entity{ID: parts[1], Name: parts[2], Page: parts[3] != ""})
		}
	}
	return found, nil
}
