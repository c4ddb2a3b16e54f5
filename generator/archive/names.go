package archive

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"os"
	"path/filepath"
	"strings"

	"broadsheet/generator/entity"
	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
	"broadsheet/generator/related"
)

// What the steps that need every card have made of the last build's is kept beside the cache: who is who, and which texts are
// alike. It is a line "broadsheet names 1", the key of all inputs, 16 bytes, a Resolver and the Stories in their own forms, and
// the CRC-32 (IEEE) of all before it, 4 bytes, big endian. The key tells which program wrote it, and of which archive.

const namesHeader = "broadsheet names 1\n"

func namesFile(o Options) string { return filepath.Join(o.Cache, "names") }

// keepNames writes down what has been made of the cards.
func (a *Archive) keepNames(o Options) error {
	if o.Cache == "" {
		return nil
	}
	const article = 120 // bytes, or somewhat less
	b := append(make([]byte, 0, article*len(a.Cards)), namesHeader...)
	b = append(b, a.Inputs[:]...)
	b = a.stories.Append(a.resolver.Append(b))
	return replaceFile(namesFile(o), binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b)))
}

// readNames takes up what has been made of the cards of these inputs.
func (a *Archive) readNames(o Options, inputs manifest.Digest) error {
	const sum = 4
	b, err := os.ReadFile(namesFile(o))
	body, found := bytes.CutPrefix(b, []byte(namesHeader))
	if err != nil || !found || len(body) < len(inputs)+sum || crc32.ChecksumIEEE(b[:len(b)-sum]) != binary.BigEndian.Uint32(b[len(b)-sum:]) ||
		manifest.Digest(body) != inputs {
		return errStale
	}
	body = body[len(inputs) : len(body)-sum]
	var whole bool
	if a.resolver, body, whole = entity.ReadResolver(body, a.reader.authority, o.MinEntity, a.recalled); !whole {
		return errStale
	}
	if a.stories, whole = related.ReadStories(body); !whole {
		return errStale
	}
	return nil
}

// recalled is the Clusters of a card, by its number in the last build: a few are asked for, when their cards change.
func (a *Archive) recalled(card int) []news.Cluster {
	value, found := a.cache.get(a.lastKeys[card])
	var head cardHead
	var clusters []news.Cluster
	if !found || decodeHead(value, strings.Clone, part{digestCoder, &manifest.Digest{}}, part{coder: passOver}, part{headCoder, &head}, part{clustersCoder, &clusters}) != nil {
		a.lost = true
	}
	return clusters
}
