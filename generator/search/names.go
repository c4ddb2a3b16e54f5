package search

import (
	"cmp"
	"encoding/binary"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
)

// nameBlock is about how many bytes of names a block has before it is compressed.
const nameBlock = 12 << 10

// Label is what an id is called among the facets.
type Label struct{ ID, Text string }

// WriteNames makes the files that lead from names to entities: blocks of lines, each the name folded, the entity's id,
// its preferred name, and "page" where it has one, parted by tabs, in order; and the labels of the commonest ids. Where a block ends depends on
// the names around it alone, so that one more name changes one block.
func WriteNames(names []Name, labels []Label, put func(name string, b []byte) error) error {
	lines := make([]string, 0, len(names))
	page := map[bool]string{true: "page"}
	clean := strings.NewReplacer("\t", " ", "\n", " ", "\r", " ")
	for _, n := range names {
		if folded := foldName(n.Text); folded != "" {
			lines = append(lines, folded+"\t"+n.ID+"\t"+clean.Replace(n.Name)+"\t"+page[n.Page]+"\n")
		}
	}
	slices.SortFunc(lines, func(a, b string) int { return cmp.Or(cmp.Compare(key(a), key(b)), cmp.Compare(a, b)) })
	lines = slices.Compact(lines)
	var separators []string
	var block strings.Builder
	for n, line := range lines {
		if n > 0 && key(line) != key(lines[n-1]) && ends(line, block.Len()) {
			if err := put("n"+strconv.Itoa(len(separators)), compress([]byte(block.String()))); err != nil {
				return err
			}
			separators = append(separators, separator(key(lines[n-1]), key(line)))
			block.Reset()
		}
		block.WriteString(line)
	}
	if err := put("n"+strconv.Itoa(len(separators)), compress([]byte(block.String()))); err != nil {
		return err
	}
	if err := put("labels", compress([]byte(labelLines(labels)))); err != nil {
		return err
	}
	head, last := binary.AppendUvarint(nil, uint64(len(separators)+1)), ""
	for _, s := range separators {
		head = appendFront(head, last, s)
		last = s
	}
	return put("head", head)
}

// key is a line's name.
func key(line string) string {
	name, _, _ := strings.Cut(line, "\t")
	return name
}

// ends reports whether a block of that size ends before the line.
func ends(line string, size int) bool {
	h := fnv.New32a()
	h.Write([]byte(line))
	return size > nameBlock/2 && h.Sum32()%256 == 0 || size > 4*nameBlock
}

func labelLines(labels []Label) string {
	slices.SortFunc(labels, func(a, b Label) int { return cmp.Compare(a.ID, b.ID) })
	var b strings.Builder
	for _, l := range labels {
		b.WriteString(l.ID + "\t" + strings.NewReplacer("\t", " ", "\n", " ").Replace(l.Text) + "\n")
	}
	return b.String()
}
