package archive

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"broadsheet/generator/manifest"
)

// cache keeps the results of the per-article steps by the hash of what they are made from, on disk, so that a build repeats only what changed. It
// may be deleted at any time.
//
// The file is a line "broadsheet cache 3" and then records, each
//
//	key       16 bytes
//	size      4 bytes, big endian: of the value
//	checksum  4 bytes, big endian: CRC-32 (IEEE) of the value
//	value
//
// A record that was cut off, by a killed process, ends the file; the next one is written over it. Later records of a
// key replace earlier ones. Any goroutine may call get; put, use and close are called by one at a time.
//
// Beside it lies an index, so that a build need not go through the file to know what is in it: a line "broadsheet
// index 1", the length of the cache that it tells of (8 bytes, big endian), and of each record its key (16
// bytes), the place of its value (8), size (4) and checksum (4), all big endian, in order of place; then the CRC-32 of all
// before it. What stands behind that length is gone through; whoever cuts the cache off takes the index away first.
type cache struct {
	file *os.File
	name string // "" for a temporary file
	end  int64
	told int64 // length of the cache that the index on disk tells of

	mu    sync.RWMutex // guards index
	index *index
}

// untold is the share of the cache, one byte in so many, that the index need not tell of.
const untold = 16

const (
	cacheHeader = "broadsheet cache 3\n"
	indexHeader = "broadsheet index 1\n"
)

func (c *cache) indexName() string { return c.name + ".index" }

// openCache opens the cache in dir, or a temporary one when dir is "".
func openCache(dir string) (*cache, error) {
	c := &cache{index: newIndex(0)}
	if dir == "" {
		return c, c.openTemporary()
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	c.name = filepath.Join(dir, "articles")
	f, err := os.OpenFile(c.name, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, err
	}
	c.file = f
	return c, c.load()
}

func (c *cache) openTemporary() error {
	f, err := os.CreateTemp("", "broadsheet-")
	if err != nil {
		return err
	}
	c.file = f
	os.Remove(f.Name()) // the open handle is all we need; where that fails (Windows), close removes it
	return c.begin()
}

// begin makes the cache an empty one.
func (c *cache) begin() error {
	c.index = newIndex(0)
	if err := c.forgetIndex(); err != nil {
		return err
	}
	if err := c.file.Truncate(0); err != nil {
		return err
	}
	_, err := c.file.WriteAt([]byte(cacheHeader), 0)
	c.end = int64(len(cacheHeader))
	return err
}

// load finds the places of all records: in the index, else by going through the file.
func (c *cache) load() error {
	info, err := c.file.Stat()
	if err != nil {
		return err
	}
	if b, err := os.ReadFile(c.indexName()); err == nil && c.readIndex(b, info.Size()) {
		return c.goThrough(bufio.NewReader(io.NewSectionReader(c.file, c.end, info.Size()-c.end)), info.Size())
	}
	in := bufio.NewReaderSize(c.file, 1<<16)
	head := make([]byte, len(cacheHeader))
	if _, err := io.ReadFull(in, head); err != nil || string(head) != cacheHeader {
		return c.begin()
	}
	c.end = int64(len(cacheHeader))
	return c.goThrough(in, info.Size())
}

// goThrough finds the places of the records from the end of what is known on.
func (c *cache) goThrough(in *bufio.Reader, size int64) error {
	for {
		key, p, err := readHead(in, c.end)
		if err != nil || p.offset+int64(p.size) > size {
			return nil // the whole records before it stand
		}
		if _, err := in.Discard(int(p.size)); err != nil {
			return nil
		}
		c.index.put(key, p, false)
		c.end = p.offset + int64(p.size)
	}
}

const indexRecord = len(manifest.Digest{}) + 8 + 4 + 4

// readIndex reports whether b is the index of a cache of this size, or of its beginning.
func (c *cache) readIndex(b []byte, size int64) bool {
	const sum = 4
	body, found := bytes.CutPrefix(b, []byte(indexHeader))
	if !found || len(body) < 8+sum || crc32.ChecksumIEEE(b[:len(b)-sum]) != binary.BigEndian.Uint32(b[len(b)-sum:]) {
		return false
	}
	end := int64(binary.BigEndian.Uint64(body))
	if end > size {
		return false
	}
	body = body[8 : len(body)-sum]
	c.index = newIndex(len(body) / indexRecord)
	for ; len(body) >= indexRecord; body = body[indexRecord:] {
		rest := body[len(manifest.Digest{}):]
		p := place{int64(binary.BigEndian.Uint64(rest)), binary.BigEndian.Uint32(rest[8:]), binary.BigEndian.Uint32(rest[12:])}
		c.index.put(manifest.Digest(body), p, false)
	}
	c.end, c.told = end, end
	return true
}

func (c *cache) writeIndex() error {
	b := make([]byte, 0, len(indexHeader)+8+indexRecord*len(c.index.keys)+4)
	b = binary.BigEndian.AppendUint64(append(b, indexHeader...), uint64(c.end))
	for _, n := range c.index.inOrder() {
		p := c.index.places[n]
		b = append(b, c.index.keys[n][:]...)
		b = binary.BigEndian.AppendUint64(b, uint64(p.offset))
		b = binary.BigEndian.AppendUint32(b, p.size)
		b = binary.BigEndian.AppendUint32(b, p.sum)
	}
	return replaceFile(c.indexName(), binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b)))
}

// forgetIndex takes the index away before the cache is cut off, or another put in its place.
func (c *cache) forgetIndex() error {
	c.told = 0
	if c.name == "" {
		return nil
	}
	return os.RemoveAll(c.indexName())
}

const headBytes = len(manifest.Digest{}) + 4 + 4

func readHead(in *bufio.Reader, at int64) (manifest.Digest, place, error) {
	var head [headBytes]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return manifest.Digest{}, place{}, err
	}
	key, rest := manifest.Digest(head[:]), head[len(manifest.Digest{}):]
	return key, place{offset: at + int64(headBytes), size: binary.BigEndian.Uint32(rest), sum: binary.BigEndian.Uint32(rest[4:])}, nil
}

// get is the value of a key; a value that was damaged on disk is not there.
func (c *cache) get(key manifest.Digest) ([]byte, bool) {
	p, found := c.place(key)
	if !found {
		return nil, false
	}
	return c.value(p)
}

// lend hands over the value of a key, for as long as do runs: a hundred thousand cards are read one after the other.
func (c *cache) lend(key manifest.Digest, do func(value []byte)) (found bool) {
	p, found := c.place(key)
	if !found {
		return false
	}
	room := lent.Get().(*[]byte)
	defer lent.Put(room)
	*room = slices.Grow((*room)[:0], int(p.size))[:p.size]
	if !c.read(*room, p) {
		return false
	}
	do(*room)
	return true
}

var lent = sync.Pool{New: func() any { return new([]byte) }}

func (c *cache) place(key manifest.Digest) (p place, found bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	n := c.index.find(key)
	if n < 0 {
		return p, false
	}
	return c.index.places[n], true
}

func (c *cache) value(p place) ([]byte, bool) {
	value := make([]byte, p.size)
	return value, c.read(value, p)
}

func (c *cache) read(value []byte, p place) (whole bool) {
	_, err := c.file.ReadAt(value, p.offset)
	return err == nil && crc32.ChecksumIEEE(value) == p.sum
}

// use marks a key as one that this run needs.
func (c *cache) use(key manifest.Digest) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if n := c.index.find(key); n >= 0 {
		c.index.used[n] = true
	}
}

// put adds a record.
func (c *cache) put(key manifest.Digest, value []byte) error {
	if uint64(len(value)) > 1<<32-1 {
		return fmt.Errorf("cache: a record of %d bytes is too large", len(value))
	}
	sum := crc32.ChecksumIEEE(value)
	record := make([]byte, 0, headBytes+len(value))
	record = append(record, key[:]...)
	record = binary.BigEndian.AppendUint32(record, uint32(len(value)))
	record = binary.BigEndian.AppendUint32(record, sum)
	record = append(record, value...)
	if _, err := c.file.WriteAt(record, c.end); err != nil {
		return fmt.Errorf("writing the cache: %w", err)
	}
	c.mu.Lock()
	c.index.put(key, place{c.end + int64(headBytes), uint32(len(value)), sum}, true)
	c.mu.Unlock()
	c.end += int64(len(record))
	return nil
}

// ours reports whether nobody else has written to the cache since it was opened, or put another in its place.
func (c *cache) ours() bool {
	if c.name == "" {
		return true
	}
	mine, errMine := c.file.Stat()
	there, errThere := os.Stat(c.name)
	return errMine == nil && errThere == nil && os.SameFile(mine, there) && there.Size() == c.end
}

// close leaves on disk what this run used, once more than half of the file is something else.
func (c *cache) close() error {
	if c.name == "" {
		err := c.file.Close()
		os.Remove(c.file.Name())
		return err
	}
	live := int64(0)
	for n, used := range c.index.used {
		if used {
			live += int64(c.index.places[n].size)
		}
	}
	if c.end > 2*live+1<<16 {
		if err := c.compact(); err != nil {
			return errors.Join(err, c.file.Close())
		}
	}
	return c.abandon()
}

// abandon leaves on disk what is there, whatever this run used of it.
func (c *cache) abandon() error {
	if c.name == "" {
		return c.close()
	}
	var err error
	if c.told == 0 || c.end-c.told > c.told/untold {
		err = c.writeIndex()
	}
	return errors.Join(err, c.file.Close())
}

// compact copies the records in use to a new file, in the order they stand, and puts it in the old one's place. What
// was damaged on disk is left behind.
func (c *cache) compact() error {
	if err := c.forgetIndex(); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(c.name), ".articles-*")
	if err != nil {
		return err
	}
	smaller := &cache{file: f}
	err = smaller.begin()
	for _, n := range c.index.inOrder() {
		if err != nil || !c.index.used[n] {
			continue
		}
		if value, found := c.value(c.index.places[n]); found {
			err = smaller.put(c.index.keys[n], value)
		}
	}
	if err == nil {
		err = os.Rename(f.Name(), c.name)
	}
	if err != nil {
		f.Close()
		os.Remove(f.Name())
		return err
	}
	c.file.Close()
	c.file, c.index, c.end = smaller.file, smaller.index, smaller.end
	return nil
}
