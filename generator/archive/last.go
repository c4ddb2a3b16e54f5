package archive

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"broadsheet/generator/entity"
	"broadsheet/generator/manifest"
)

// lastKeys are the keys under which an article was kept when its front matter could last be read; both are zero of one that
// was left out.
type lastKeys struct {
	reading, card manifest.Digest
	aside         bool // it could not be read in the last build
}

// lastOf is where the articles of some results are kept.
func lastOf(results []result) []lastKeys {
	keys := make([]lastKeys, len(results))
	for i := range results {
		keys[i] = results[i].last()
	}
	return keys
}

func (r *result) last() lastKeys {
	if r.head == nil {
		return lastKeys{}
	}
	return lastKeys{r.readingKey, r.cardKey, r.aside()}
}

// lastFile is what a build was made from and where its cards lie: for the day an article's front matter breaks, and for the next
// build to start from. It lies in the cache's folder as a line "broadsheet last 4", the program's hash, how tags were assigned, the
// authority files in the order of decided, the key of all inputs, 16 bytes, then a record an article, in order of file: its name, the
// key of its reading and that of its card, 16 bytes each, and 1 where that is of an earlier build, else 0. What is of no fixed length
// has it before it, a varint. The CRC-32 (IEEE) of all before it ends it, 4 bytes, big endian.
type lastFile struct {
	name    string // of the file; "" keeps nothing
	program string
	assign  string
	kept    []byte // the file
	clean   bool
}

const lastHeader = "broadsheet last 4\n"

func readLast(o Options) *lastFile {
	l := &lastFile{program: o.Program, assign: o.AssignTags, clean: o.Clean}
	if o.Cache == "" {
		return l
	}
	l.name = filepath.Join(o.Cache, "last")
	l.kept, _ = os.ReadFile(l.name) // without it an article that breaks is left out
	return l
}

// lastBuild is what the file says.
type lastBuild struct {
	inputs    manifest.Digest
	assign    string
	authority map[string][]byte
	cards     []lastCard
}

// lastCard is one record of it.
type lastCard struct {
	file string
	lastKeys
}

// read reads the file; what is not whole, or another program's, is as if it were not there.
func (l *lastFile) read() (b lastBuild) {
	const sum = 4
	body, found := bytes.CutPrefix(l.kept, []byte(lastHeader))
	if l.clean || !found || len(body) < sum || crc32.ChecksumIEEE(l.kept[:len(l.kept)-sum]) != binary.BigEndian.Uint32(l.kept[len(l.kept)-sum:]) {
		return b
	}
	defer func() {
		if recover() != nil {
			b = lastBuild{}
		}
	}()
	r := record{rest: string(body[:len(body)-sum])}
	if r.string() != l.program {
		return b
	}
	b.assign, b.authority = r.string(), map[string][]byte{}
	for _, name := range decided {
		b.authority[name] = []byte(r.string())
	}
	b.inputs = r.digest()
	for r.rest != "" {
		b.cards = append(b.cards, lastCard{r.string(), lastKeys{r.digest(), r.digest(), r.uint() == 1}})
	}
	return b
}

// keep writes where every article is kept now.
func (l *lastFile) keep(inputs manifest.Digest, authority map[string][]byte, articles []source, keys []lastKeys) error {
	if l.name == "" {
		return nil
	}
	b := appendString(appendString([]byte(lastHeader), l.program), l.assign)
	for _, name := range decided {
		b = appendString(b, string(authority[name]))
	}
	b = append(b, inputs[:]...)
	for i, k := range keys {
		if k != (lastKeys{}) {
			b = appendString(b, articles[i].file)
			b = append(append(b, k.reading[:]...), k.card[:]...)
			aside := byte(0)
			if k.aside {
				aside = 1
			}
			b = append(b, aside)
		}
	}
	b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
	if bytes.Equal(b, l.kept) {
		return nil
	}
	return replaceFile(l.name, b)
}

// recall lets articles be as the last build had them.
func (r *reader) recall(o Options) {
	last := sync.OnceValue(func() *lastBuild { b := readLast(o).read(); return &b })
	r.last = func(file string) (lastKeys, bool) { return last().find(file) }
	r.revised = sync.OnceValue(func() *entity.Revision { return r.revisedSince(last()) })
}

// revisedSince is what is said otherwise of names than in a build; nil where other things that a card depends on have changed too.
func (r *reader) revisedSince(b *lastBuild) *entity.Revision {
	before, _, _ := parseNames(b.authority)
	if b.assign != r.AssignTags || !bytes.Equal(b.authority[tagsFile], r.written[tagsFile]) {
		return nil
	}
	return r.authority.Revised(before)
}

// unconcerned is the card that the last build had of an article, and its key, where people have said nothing since that makes
// another of it.
func (r *reader) unconcerned(s source, readingKey manifest.Digest) (card *keptCard, key manifest.Digest, found bool) {
	if r.Clean || r.revised == nil {
		return nil, key, false
	}
	last, found := r.last(s.file)
	if !found || last.aside || last.reading != readingKey {
		return nil, key, false
	}
	value, found := r.cache.get(last.card)
	if revision := r.revised(); !found || revision == nil || revision.Concerns(traces(value)) {
		return nil, key, false
	}
	card, err := r.decodeCard(value, s.file, true)
	return card, last.card, err == nil
}

// traces are those of the article whose card is kept as value.
func traces(value []byte) entity.Traces {
	value = value[len(manifest.Digest{}):]
	n, begins := binary.Uvarint(value)
	return value[begins:][:n]
}

// aside reports whether an article stands as it last was, since it cannot be read.
func (r *result) aside() bool { return len(r.left.Found)+len(r.left.Unknown) > 0 }

// find is where an article was kept.
func (b *lastBuild) find(file string) (lastKeys, bool) {
	at, found := slices.BinarySearchFunc(b.cards, file, func(c lastCard, file string) int { return strings.Compare(c.file, file) })
	if !found {
		return lastKeys{}, false
	}
	return b.cards[at].lastKeys, true
}
