// Package manifest is the list of files an output holds: for each its path, the key of what it was made from, its
// size and the hash of its bytes. The build compares keys, publishing compares hashes, and only a listed file is
// ever removed.
//
// On disk it is a line "broadsheet manifest 2", then a record a file, sorted by path,
//
//	shared  varint: how many bytes of its path are those of the path before
//	length  varint: of the rest of its path
//	rest
//	key     16 bytes
//	hash    16 bytes
//	size    varint: of the file, in bytes
//
// and the CRC-32 (IEEE) of all before it, 4 bytes, big endian. A million files take some 50 MB, and are read in half
// a second.
package manifest

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Entry is one output file.
type Entry struct {
	Path string // below the output folder, slash-separated
	Key  Digest // of what the file is made from
	Hash Digest // of the file's bytes
	Size int64  // bytes
}

// Manifest is every file of an output, sorted by path.
type Manifest []Entry

const header = "broadsheet manifest 2\n"

// Digest is the first half of a SHA-256: enough that two different inputs never meet in practice.
type Digest [16]byte

// DigestOf is the Digest of b.
func DigestOf(b []byte) Digest {
	h := sha256.Sum256(b)
	return Digest(h[:len(Digest{})])
}

// String is the digest in hex.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// ParseDigest reads what String wrote.
func ParseDigest(s string) (d Digest, err error) {
	n, err := hex.Decode(d[:], []byte(s)[:min(len(s), 2*len(d))])
	if err == nil && (n < len(d) || len(s) > 2*len(d)) {
		err = errors.New("not a digest")
	}
	return d, err
}

// Sum is the Digest of b in hex.
func Sum(b []byte) string { return DigestOf(b).String() }

// Key is the Sum of parts, each kept apart from the next, so that ("ab", "c") and ("a", "bc") differ.
func Key(parts ...string) string {
	var k Hasher
	for _, p := range parts {
		k.String(p)
	}
	return k.Sum()
}

// Hasher adds up the parts of a key one by one. Its zero value is ready. A plan makes some hundred thousand keys, some of
// them of megabytes, so it holds no more than its last parts.
type Hasher struct {
	Idle   bool // nobody will ask for the key: nothing is added up, and it is the zero Digest
	last   [256]byte
	filled int
	full   bool      // last was, and before has what stood there
	before hash.Hash // nil until it is needed
}

func (h *Hasher) flush() {
	if h.before == nil {
		h.before = sha256.New()
	}
	h.full = true
	h.before.Write(h.last[:h.filled])
	h.filled = 0
}

func (h *Hasher) add(s string) {
	if h.Idle {
		return
	}
	for s != "" {
		if h.filled == len(h.last) {
			h.flush()
		}
		n := copy(h.last[h.filled:], s)
		h.filled += n
		s = s[n:]
	}
}

func (h *Hasher) number(n int, end byte) {
	const longest = 21 // digits of a number, its sign and its end
	if h.Idle {
		return
	}
	if h.filled+longest > len(h.last) {
		h.flush()
	}
	b := strconv.AppendInt(h.last[:h.filled], int64(n), 10)
	h.filled = len(append(b, end))
}

// String adds one part.
func (h *Hasher) String(s string) {
	h.number(len(s), ':')
	h.add(s)
}

// Strings adds a list as one part.
func (h *Hasher) Strings(list []string) {
	h.Int(len(list))
	for _, s := range list {
		h.String(s)
	}
}

// Int adds a number.
func (h *Hasher) Int(n int) { h.number(n, ';') }

// Bool adds a yes or no.
func (h *Hasher) Bool(b bool) {
	if b {
		h.Int(1)
	} else {
		h.Int(0)
	}
}

// Digest adds what was hashed before: sixteen bytes, whatever it was made of.
func (h *Hasher) Digest(d Digest) {
	if h.Idle {
		return
	}
	if h.filled+len(d) > len(h.last) {
		h.flush()
	}
	h.filled += copy(h.last[h.filled:], d[:])
}

// Sum is the key of all parts so far, in hex.
func (h *Hasher) Sum() string { return h.Key().String() }

// Key is the key of all parts so far.
func (h *Hasher) Key() Digest {
	if h.Idle {
		return Digest{}
	}
	if !h.full {
		return DigestOf(h.last[:h.filled])
	}
	h.flush()
	return Digest(h.before.Sum(nil))
}

// Reset forgets the parts and keeps their memory.
func (h *Hasher) Reset() {
	h.filled = 0
	if h.full {
		h.full = false
		h.before.Reset()
	}
}

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

// Append writes the manifest in the form of the package comment.
func (m Manifest) Append(b []byte) []byte {
	start := len(b)
	b = append(b, header...)
	before := ""
	for i := range m {
		e := &m[i]
		shared := sharedPrefix(before, e.Path)
		b = binary.AppendUvarint(b, uint64(shared))
		b = binary.AppendUvarint(b, uint64(len(e.Path)-shared))
		b = append(b, e.Path[shared:]...)
		b = append(b, e.Key[:]...)
		b = append(b, e.Hash[:]...)
		b = binary.AppendUvarint(b, uint64(e.Size))
		before = e.Path
	}
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[start:]))
}

func sharedPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

var errDamaged = errors.New("not a whole manifest of this version")

// Parse reads what Append wrote.
func Parse(b []byte) (Manifest, error) {
	const sum = 4
	body, found := bytes.CutPrefix(b, []byte(header))
	if !found || len(body) < sum || crc32.ChecksumIEEE(b[:len(b)-sum]) != binary.BigEndian.Uint32(b[len(b)-sum:]) {
		return nil, errDamaged
	}
	const usual = 64 // bytes for a file
	p := parser{rest: body[:len(body)-sum], entries: make(Manifest, 0, len(body)/usual)}
	for len(p.rest) > 0 && !p.damaged {
		p.entry()
	}
	if p.damaged {
		return nil, errDamaged
	}
	return p.manifest(), nil
}

// parser reads entries. The paths are one string in the end: half a million of their own would cost more than what
// they hold.
type parser struct {
	rest    []byte
	entries Manifest
	paths   []byte
	ends    []int // of each entry's path in paths
	damaged bool
}

func (p *parser) entry() {
	shared, length := p.number(), p.number()
	last := 0
	if n := len(p.ends); n > 1 {
		last = p.ends[n-2]
	}
	before := p.paths[last:]
	if p.damaged || shared > uint64(len(before)) || length > uint64(len(p.rest)) {
		p.damaged = true
		return
	}
	p.paths = append(append(p.paths, before[:shared]...), p.rest[:length]...)
	p.ends = append(p.ends, len(p.paths))
	p.rest = p.rest[length:]
	var e Entry
	for _, d := range []*Digest{&e.Key, &e.Hash} {
		if len(p.rest) < len(d) {
			p.damaged = true
			return
		}
		p.rest = p.rest[copy(d[:], p.rest):]
	}
	e.Size = int64(p.number())
	p.entries = append(p.entries, e)
}

func (p *parser) number() uint64 {
	v, n := binary.Uvarint(p.rest)
	if n <= 0 {
		p.damaged = true
		return 0
	}
	p.rest = p.rest[n:]
	return v
}

func (p *parser) manifest() Manifest {
	all, start := string(p.paths), 0
	for i, end := range p.ends {
		p.entries[i].Path, start = all[start:end], end
	}
	return p.entries
}

// ReadFile reads a manifest; a file that is missing or not whole is an empty manifest, since everything can be made
// again.
func ReadFile(name string) (Manifest, error) {
	b, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	m, err := Parse(b)
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
	_, err = f.Write(m.Append(nil))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
