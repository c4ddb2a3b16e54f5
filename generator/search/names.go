package search

import (
	"cmp"
	"encoding/binary"
	"encoding/hex"
	"hash/fnv"
	"slices"
	"strings"

	"broadsheet/generator/manifest"
	"broadsheet/generator/prose"
)

// nameBlock is about how many bytes of names a block has before it is compressed.
const nameBlock = 12 << 10

// Label is what an id is called among the facets.
type Label struct{ ID, Text string }

// NamesFolder is where the names lie, below the search folder.
const NamesFolder = "names"

// nameAddress is how many bytes of its hash a file of names goes by. It has no number before it: one more would move all that follow.
const nameAddress = 5

// WriteNames makes the files that lead from names to entities: blocks of lines, each the name folded, the entity's id, its
// preferred name, and "page" where it has one, parted by tabs, in order; and the labels of the commonest ids. The name is left
// out where it is the preferred one folded, and of the id all but its folder where it follows from the preferred name. Where a
// block ends depends on the names around it alone, and a file goes by the hash of what it holds, so that one more name changes
// one block and the head.
//
// The head is the address of the labels, the number of files, the address of each, and what leads to the blocks in them (see
// appendBlocks). An address is the first 5 bytes of a hash, in the file's name as digits.
func WriteNames(names []Name, labels []Label, packed bool, write func(name string, b []byte) error) error {
	lines := make([]nameLine, 0, len(names))
	page := map[bool]string{true: "page"}
	clean := strings.NewReplacer("\t", " ", "\n", " ", "\r", " ")
	for _, n := range names {
		key := foldName(n.Text)
		if key == "" {
			continue
		}
		shown, id, name := key, n.ID, clean.Replace(n.Name)
		if foldName(name) == key {
			shown = ""
		}
		if folder, slug, _ := strings.Cut(id, "/"); isASCII(name) && slug == prose.Slug(name) {
			id = folder
		}
		lines = append(lines, nameLine{key, shown + "\t" + id + "\t" + name + "\t" + page[n.Page] + "\n"})
	}
	slices.SortFunc(lines, func(a, b nameLine) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.text, b.text)) })
	lines = slices.Compact(lines)
	var addresses []byte
	put := func(prefix string, b []byte) error {
		hash := manifest.DigestOf(b)
		addresses = append(addresses, hash[:nameAddress]...)
		return write(prefix+hex.EncodeToString(hash[:nameAddress]), b)
	}
	if err := put(labelsPrefix, compress([]byte(labelLines(labels)))); err != nil {
		return err
	}
	blocks := blockFiles{files: files{put: func(b []byte) error { return put("", b) }, shelf: shelf{packed: packed}}}
	var block strings.Builder
	for n, line := range lines {
		if n > 0 && line.key != lines[n-1].key && ends(line.text, block.Len()) {
			if err := blocks.write(compress([]byte(block.String()))); err != nil {
				return err
			}
			blocks.separate(lines[n-1].key, line.key)
			block.Reset()
		}
		block.WriteString(line.text)
	}
	if err := blocks.write(compress([]byte(block.String()))); err != nil {
		return err
	}
	if err := blocks.flush(); err != nil {
		return err
	}
	head := append(addresses[:nameAddress:nameAddress], binary.AppendUvarint(nil, uint64(len(addresses)/nameAddress-1))...)
	return write(Head, blocks.head(append(head, addresses[nameAddress:]...)))
}

const labelsPrefix = "labels-"

// nameLine is a line, and the name it is found by.
type nameLine struct{ key, text string }

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
