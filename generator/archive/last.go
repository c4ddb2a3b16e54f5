package archive

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"os"
	"path/filepath"
)

// lastKeys are the keys under which an article was kept when its front matter could last be read; both are "" of one that
// was left out.
type lastKeys struct{ reading, card string }

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
	return lastKeys{r.readingKey, r.cardKey}
}

// lastCards is where each article was last kept, for the day its front matter breaks. It lies in the cache's folder as
// a line "broadsheet last 1", the program's hash, then a record an article, in order of file: its name, the key of its
// reading, that of its card; each a varint for its length and its bytes. The CRC-32 (IEEE) of all before it ends it, 4
// bytes, big endian.
type lastCards struct {
	name    string // of the file; "" keeps nothing
	program string
	kept    []byte // the file
	clean   bool
}

const lastHeader = "broadsheet last 1\n"

func readLast(o Options) *lastCards {
	l := &lastCards{program: o.Program, clean: o.Clean}
	if o.Cache == "" {
		return l
	}
	l.name = filepath.Join(o.Cache, "last")
	l.kept, _ = os.ReadFile(l.name) // without it an article that breaks is left out
	return l
}

// cards reads the file; what is not whole, or another program's, is as if it were not there.
func (l *lastCards) cards() (cards map[string]lastKeys) {
	const sum = 4
	cards = map[string]lastKeys{}
	body, found := bytes.CutPrefix(l.kept, []byte(lastHeader))
	if l.clean || !found || len(body) < sum || crc32.ChecksumIEEE(l.kept[:len(l.kept)-sum]) != binary.BigEndian.Uint32(l.kept[len(l.kept)-sum:]) {
		return cards
	}
	defer func() {
		if recover() != nil {
			clear(cards)
		}
	}()
	r := record{rest: string(body[:len(body)-sum])}
	if r.string() != l.program {
		return cards
	}
	for r.rest != "" {
		cards[r.string()] = lastKeys{r.string(), r.string()}
	}
	return cards
}

// keep writes where every article is kept now.
func (l *lastCards) keep(articles []source, keys []lastKeys) error {
	if l.name == "" {
		return nil
	}
	b := appendString([]byte(lastHeader), l.program)
	for i, k := range keys {
		if k != (lastKeys{}) {
			b = appendString(b, articles[i].file)
			b = appendString(b, k.reading)
			b = appendString(b, k.card)
		}
	}
	b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
	if bytes.Equal(b, l.kept) {
		return nil
	}
	return replaceFile(l.name, b)
}
