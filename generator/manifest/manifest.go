// Package manifest is the list of files an output holds: for each its path, the key of what it was made from, its
// size and the hash of its bytes. The build compares keys, publishing compares hashes, and only a listed file is
// ever removed.
//
// On disk it is text: a first line "broadsheet manifest 1", then a line a file, sorted by path, with path, key,
// size in bytes and hash parted by tabs. A path holds neither tab nor line end.
package manifest

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Entry is one output file.
type Entry struct {
	Path string // below the output folder, slash-separated
	Key  string // Sum of what the file is made from
	Size int64  // bytes
	Hash string // Sum of the file's bytes
}

// Manifest is every file of an output, sorted by path.
type Manifest []Entry

const header = "broadsheet manifest 1"

// hashBytes of a SHA-256 are kept: enough that two different inputs never meet in practice.
const hashBytes = 16

// Sum is the first half of the SHA-256 of b, in hex.
func Sum(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:hashBytes])
}

// Key is the Sum of parts, each kept apart from the next, so that ("ab", "c") and ("a", "bc") differ.
func Key(parts ...string) string {
	var k Hasher
	for _, p := range parts {
		k.String(p)
	}
	return k.Sum()
}

// Hasher adds up the parts of a key one by one. Its zero value is ready.
type Hasher struct{ buf []byte }

// String adds one part.
func (h *Hasher) String(s string) {
	h.buf = strconv.AppendInt(h.buf, int64(len(s)), 10)
	h.buf = append(h.buf, ':')
	h.buf = append(h.buf, s...)
}

// Strings adds a list as one part.
func (h *Hasher) Strings(list []string) {
	h.Int(len(list))
	for _, s := range list {
		h.String(s)
	}
}

// Int adds a number.
func (h *Hasher) Int(n int) {
	h.buf = strconv.AppendInt(h.buf, int64(n), 10)
	h.buf = append(h.buf, ';')
}

// Bool adds a yes or no.
func (h *Hasher) Bool(b bool) {
	if b {
		h.Int(1)
	} else {
		h.Int(0)
	}
}

// Sum is the key of all parts so far.
func (h *Hasher) Sum() string { return Sum(h.buf) }

// Find is the entry of a path.
func (m Manifest) Find(path string) (Entry, bool) {
	i, found := slices.BinarySearchFunc(m, path, func(e Entry, p string) int { return strings.Compare(e.Path, p) })
	if !found {
		return Entry{}, false
	}
	return m[i], true
}

// Sort puts the entries in order of path.
func (m Manifest) Sort() {
	slices.SortFunc(m, func(a, b Entry) int { return strings.Compare(a.Path, b.Path) })
}

// Parse reads what Write wrote.
func Parse(r io.Reader) (Manifest, error) {
	scan := bufio.NewScanner(r)
	scan.Buffer(nil, 1<<20)
	if !scan.Scan() || scan.Text() != header {
		return nil, errors.New("not a manifest of this version")
	}
	var m Manifest
	for scan.Scan() {
		fields := strings.Split(scan.Text(), "\t")
		if len(fields) != 4 {
			return nil, fmt.Errorf("line %d: want 4 fields, have %d", len(m)+2, len(fields))
		}
		size, err := strconv.ParseInt(fields[2], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", len(m)+2, err)
		}
		m = append(m, Entry{fields[0], fields[1], size, fields[3]})
	}
	return m, scan.Err()
}

// Write writes the manifest in the form of the package comment.
func (m Manifest) Write(w io.Writer) error {
	b := bufio.NewWriter(w)
	fmt.Fprintln(b, header)
	for _, e := range m {
		fmt.Fprintf(b, "%s\t%s\t%d\t%s\n", e.Path, e.Key, e.Size, e.Hash)
	}
	return b.Flush()
}

// ReadFile reads a manifest; a file that is missing or not whole is an empty manifest, since everything can be made
// again.
func ReadFile(name string) (Manifest, error) {
	f, err := os.Open(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	m, err := Parse(f)
	if err != nil {
		return nil, nil
	}
	return m, nil
}

// WriteFile replaces the file whole: a reader sees the old manifest or the new one.
func (m Manifest) WriteFile(name string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".manifest-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if err := m.Write(f); err != nil {
		f.Close()
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
