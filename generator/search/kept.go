package search

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"broadsheet/generator/manifest"
)

// Runs keeps runs from one build to the next, so that a change has the articles inverted that stand near it, not all. Each is a
// file of a folder, by the hash of all that its articles are made from, and ends with the hash of itself.
type Runs struct {
	Folder string

	mu   sync.Mutex // guards used
	used map[string]bool
}

// Use notes the runs of a segment, which Prune leaves in place.
func (k *Runs) Use(s Source) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.used == nil {
		k.used = map[string]bool{}
	}
	for first := 0; first < s.Articles; first += runArticles {
		k.used[s.runKey(first)] = true
	}
}

// Prune removes runs that no segment has used.
func (k *Runs) Prune() error {
	files, err := os.ReadDir(k.Folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, f := range files {
		if !k.used[f.Name()] {
			err = errors.Join(err, os.Remove(filepath.Join(k.Folder, f.Name())))
		}
	}
	if err != nil {
		return fmt.Errorf("removing what is no longer in the search index: %w", err)
	}
	return nil
}

// runKey is what the run that begins with an article goes by.
func (s *Source) runKey(first int) string {
	var h manifest.Hasher
	h.Bool(s.Packed)
	h.String(s.Language)
	for i := first; i < min(first+runArticles, s.Articles); i++ {
		h.Digest(s.Key(i))
	}
	return h.Sum()
}

// read is a run, or false where it is not there as it was written.
func (k *Runs) read(key string) (r inverted, whole bool) {
	b, err := os.ReadFile(filepath.Join(k.Folder, key))
	end := len(b) - len(manifest.Digest{})
	if err != nil || end < 0 || manifest.DigestOf(b[:end]) != manifest.Digest(b[end:]) {
		return r, false
	}
	in := &varints{b: b[:end]}
	r.rooms = in.bytes(in.int())
	for range r.rooms {
		r.days = append(r.days, int32(in.int()))
	}
	for range in.int() {
		r.cards = append(r.cards, in.bytes(in.int()))
	}
	for len(in.b) > 0 {
		first := in.int()
		r.parts = append(r.parts, invertedPart{first, in.bytes(in.int())})
	}
	return r, !in.torn
}

func (k *Runs) write(key string, r inverted) error {
	b := appendBytes(nil, r.rooms)
	for _, day := range r.days {
		b = binary.AppendUvarint(b, uint64(day))
	}
	b = binary.AppendUvarint(b, uint64(len(r.cards)))
	for _, c := range r.cards {
		b = appendBytes(b, c)
	}
	for _, p := range r.parts {
		b = appendBytes(binary.AppendUvarint(b, uint64(p.first)), p.b)
	}
	hash := manifest.DigestOf(b)
	err := os.MkdirAll(k.Folder, 0o777)
	if err == nil {
		err = os.WriteFile(filepath.Join(k.Folder, key), append(b, hash[:]...), 0o666)
	}
	if err != nil {
		return fmt.Errorf("keeping what the search index is made from: %w", err)
	}
	return nil
}

func appendBytes(b, more []byte) []byte {
	return append(binary.AppendUvarint(b, uint64(len(more))), more...)
}
