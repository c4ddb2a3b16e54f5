package archive

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"

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

// lastCards is where each article was last kept: for the day its front matter breaks, and for the next build to start from.
// It lies in the cache's folder as a line "broadsheet last 3", the program's hash, the key of all inputs, 16 bytes, then a
// record an article, in order of file: its name, the key of its reading and that of its card, 16 bytes each, and 1 where that
// is of an earlier build, else 0; hash and name a varint for their length and their bytes. The CRC-32 (IEEE) of all before it
// ends it, 4 bytes, big endian.
type lastCards struct {
	name    string // of the file; "" keeps nothing
	program string
	kept    []byte // the file
	clean   bool
}

const lastHeader = "broadsheet last 3\n"

func readLast(o Options) *lastCards {
	l := &lastCards{program: o.Program, clean: o.Clean}
	if o.Cache == "" {
		return l
	}
	l.name = filepath.Join(o.Cache, "last")
	l.kept, _ = os.ReadFile(l.name) // without it an article that breaks is left out
	return l
}

// lastCard is one record of it.
type lastCard struct {
	file string
	lastKeys
}

// cards reads the file; what is not whole, or another program's, is as if it were not there.
func (l *lastCards) cards() (inputs manifest.Digest, cards []lastCard) {
	const sum = 4
	body, found := bytes.CutPrefix(l.kept, []byte(lastHeader))
	if l.clean || !found || len(body) < sum || crc32.ChecksumIEEE(l.kept[:len(l.kept)-sum]) != binary.BigEndian.Uint32(l.kept[len(l.kept)-sum:]) {
		return inputs, nil
	}
	defer func() {
		if recover() != nil {
			inputs, cards = manifest.Digest{}, nil
		}
	}()
	r := record{rest: string(body[:len(body)-sum])}
	if r.string() != l.program {
		return inputs, nil
	}
	inputs = r.digest()
	for r.rest != "" {
		cards = append(cards, lastCard{r.string(), lastKeys{r.digest(), r.digest(), r.uint() == 1}})
	}
	return inputs, cards
}

func (l *lastCards) byFile() map[string]lastKeys {
	_, cards := l.cards()
	files := make(map[string]lastKeys, len(cards))
	for _, c := range cards {
		files[c.file] = c.lastKeys
	}
	return files
}

// keep writes where every article is kept now.
func (l *lastCards) keep(inputs manifest.Digest, articles []source, keys []lastKeys) error {
	if l.name == "" {
		return nil
	}
	b := appendString([]byte(lastHeader), l.program)
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

// aside reports whether an article stands as it last was, since it cannot be read.
func (r *result) aside() bool { return len(r.left.Found)+len(r.left.Unknown) > 0 }

// find is where an article was kept; false where it was not, or cannot be read any more.
func find(cards []lastCard, file string) (lastKeys, bool) {
	at, found := slices.BinarySearchFunc(cards, file, func(c lastCard, file string) int { return strings.Compare(c.file, file) })
	if !found || cards[at].aside {
		return lastKeys{}, false
	}
	return cards[at].lastKeys, true
}
