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
type Label struct {
	ID, Text string
	Newest   bool // not one of the commonest without the newest articles
}

// NamesFolder is where the names lie, below the search folder.
const NamesFolder = "names"

// nameAddress is how many bytes of its hash a file of names goes by. It has no number before it: one more would move all that follow.
const nameAddress = 5

// WriteNames makes the files that lead from names to entities: blocks of lines, each the name folded, the entity's id and its
// preferred name, parted by tabs, in order; and the labels of the commonest ids, lines of id and label. The name is left out where it is
// the preferred one folded, and of an id all but its folder where it follows from the preferred name, or the label. Where a block ends depends on the names
// around it alone, and a file goes by the hash of what it holds, so that one more name changes one block and the head. Names
// that are new with the newest articles have blocks of their own, since they would come to stand in most of the others, and labels that
// are have a file of their own. It gives the head.
//
// The head is the number of files of labels, and the address of each; how many articles an entity has at least that has a page of its own; and of the older names, then of
// the newest, the number of files, the address of each, and where there is one what leads to the blocks in them (see appendBlocks). An
// address is the first 5 bytes of a hash, in the file's name as digits.
func WriteNames(names []Name, labels []Label, pageFrom int, packed bool, write func(name string, b []byte) error) (head []byte, err error) {
	put := func(prefix string, b []byte) (address []byte, err error) {
		hash := manifest.DigestOf(b)
		return hash[:nameAddress], write(prefix+hex.EncodeToString(hash[:nameAddress]), b)
	}
	count, addresses := 0, []byte(nil)
	for _, newest := range [...]bool{false, true} {
		lines := labelLines(labels, newest)
		if lines == "" {
			continue
		}
		address, err := put(labelsPrefix, compress([]byte(lines)))
		if err != nil {
			return nil, err
		}
		count, addresses = count+1, append(addresses, address...)
	}
	head = append(binary.AppendUvarint(nil, uint64(count)), addresses...)
	head = binary.AppendUvarint(head, uint64(pageFrom))
	for _, newest := range [...]bool{false, true} {
		lines := nameLines(names, newest)
		count, addresses := 0, []byte(nil)
		blocks := blockFiles{files: files{shelf: shelf{pack: packSize(packed, false)}, put: func(b []byte) error {
			address, err := put("", b)
			count, addresses = count+1, append(addresses, address...)
			return err
		}}}
		if err := writeNameBlocks(&blocks, lines); err != nil {
			return nil, err
		}
		head = append(binary.AppendUvarint(head, uint64(count)), addresses...)
		if count > 0 {
			head = blocks.head(head)
		}
	}
	return head, nil
}

// nameLine is a line, and the name it is found by.
type nameLine struct{ key, text string }

// nameLines is the lines of the newest names or of the others, in order.
func nameLines(names []Name, newest bool) []nameLine {
	var lines []nameLine
	for _, n := range names {
		key := foldName(n.Text)
		if key == "" || n.Newest != newest {
			continue
		}
		shown, name := key, clean.Replace(n.Name)
		if foldName(name) == key {
			shown = ""
		}
		lines = append(lines, nameLine{key, shown + "\t" + withoutSlug(n.ID, name) + "\t" + name + "\n"})
	}
	slices.SortFunc(lines, func(a, b nameLine) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.text, b.text)) })
	return slices.Compact(lines)
}

// clean keeps a name in its column.
var clean = strings.NewReplacer("\t", " ", "\n", " ", "\r", " ")

// withoutSlug is an id, or its folder alone where the rest follows from a name.
func withoutSlug(id, name string) string {
	if folder, slug, _ := strings.Cut(id, "/"); isASCII(name) && slug == prose.Slug(name) {
		return folder
	}
	return id
}

// writeNameBlocks writes lines in blocks; where there are none, nothing.
func writeNameBlocks(blocks *blockFiles, lines []nameLine) error {
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
	if len(lines) > 0 {
		if err := blocks.write(compress([]byte(block.String()))); err != nil {
			return err
		}
	}
	return blocks.flush()
}

const labelsPrefix = "labels-"

// ends reports whether a block of that size ends before the line.
func ends(line string, size int) bool {
	h := fnv.New32a()
	h.Write([]byte(line))
	return size > nameBlock/2 && h.Sum32()%256 == 0 || size > 4*nameBlock
}

// labelLines is the lines of the newest labels or of the others, in order of ids.
func labelLines(labels []Label, newest bool) string {
	slices.SortFunc(labels, func(a, b Label) int { return cmp.Compare(a.ID, b.ID) })
	var b strings.Builder
	for _, l := range labels {
		if l.Newest == newest {
			text := clean.Replace(l.Text)
			b.WriteString(withoutSlug(l.ID, text) + "\t" + text + "\n")
		}
	}
	return b.String()
}
