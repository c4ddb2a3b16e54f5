package archive

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// cache keeps the results of the per-article steps by key, on disk, so that a build repeats only what changed. It
// may be deleted at any time.
//
// The file is a line "broadsheet cache 1" and then records, each
//
//	key length  1 byte
//	key
//	size        4 bytes, big endian: of the value
//	checksum    4 bytes, big endian: CRC-32 (IEEE) of the value
//	value
//
// A record that was cut off, by a killed process, ends the file; the next one is written over it. Later records of a
// key replace earlier ones. Any goroutine may call get; put, use and close are called by one at a time.
type cache struct {
	file *os.File
	name string // "" for a temporary file
	end  int64
	used map[string]bool // keys asked for or written in this run

	mu    sync.RWMutex // guards index
	index map[string]place
}

type place struct {
	offset int64
	size   uint32
	sum    uint32
}

const cacheHeader = "broadsheet cache 1\n"

// openCache opens the cache in dir, or a temporary one when dir is "".
func openCache(dir string) (*cache, error) {
	c := &cache{index: map[string]place{}, used: map[string]bool{}}
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
	clear(c.index)
	if err := c.file.Truncate(0); err != nil {
		return err
	}
	_, err := c.file.WriteAt([]byte(cacheHeader), 0)
	c.end = int64(len(cacheHeader))
	return err
}

// load reads the places of all records.
func (c *cache) load() error {
	in := bufio.NewReaderSize(c.file, 1<<16)
	head := make([]byte, len(cacheHeader))
	if _, err := io.ReadFull(in, head); err != nil || string(head) != cacheHeader {
		return c.begin()
	}
	info, err := c.file.Stat()
	if err != nil {
		return err
	}
	c.end = int64(len(cacheHeader))
	for {
		key, p, err := readHead(in, c.end)
		if err != nil || p.offset+int64(p.size) > info.Size() {
			return nil // the whole records before it stand
		}
		if _, err := in.Discard(int(p.size)); err != nil {
			return nil
		}
		c.index[key] = p
		c.end = p.offset + int64(p.size)
	}
}

func readHead(in *bufio.Reader, at int64) (string, place, error) {
	n, err := in.ReadByte()
	if err != nil {
		return "", place{}, err
	}
	head := make([]byte, int(n)+8)
	if _, err := io.ReadFull(in, head); err != nil {
		return "", place{}, err
	}
	return string(head[:n]), place{
		offset: at + 1 + int64(len(head)),
		size:   binary.BigEndian.Uint32(head[n:]),
		sum:    binary.BigEndian.Uint32(head[n+4:]),
	}, nil
}

// get is the value of a key; a value that was damaged on disk is not there.
func (c *cache) get(key string) ([]byte, bool) {
	c.mu.RLock()
	p, found := c.index[key]
	c.mu.RUnlock()
	if !found {
		return nil, false
	}
	value := make([]byte, p.size)
	if _, err := c.file.ReadAt(value, p.offset); err != nil || crc32.ChecksumIEEE(value) != p.sum {
		return nil, false
	}
	return value, true
}

// use marks a key as one that this run needs.
func (c *cache) use(key string) { c.used[key] = true }

// put adds a record.
func (c *cache) put(key string, value []byte) error {
	if len(key) > 255 || uint64(len(value)) > 1<<32-1 {
		return fmt.Errorf("cache: a record of %d bytes is too large", len(value))
	}
	record := slices.Grow([]byte(nil), len(key)+len(value)+9)
	record = append(record, byte(len(key)))
	record = append(record, key...)
	record = binary.BigEndian.AppendUint32(record, uint32(len(value)))
	sum := crc32.ChecksumIEEE(value)
	record = binary.BigEndian.AppendUint32(record, sum)
	start := c.end + int64(len(record))
	record = append(record, value...)
	if _, err := c.file.WriteAt(record, c.end); err != nil {
		return fmt.Errorf("writing the cache: %w", err)
	}
	c.mu.Lock()
	c.index[key] = place{start, uint32(len(value)), sum}
	c.mu.Unlock()
	c.end += int64(len(record))
	c.use(key)
	return nil
}

// close leaves on disk what this run used, once more than half of the file is something else.
func (c *cache) close() error {
	if c.name == "" {
		err := c.file.Close()
		os.Remove(c.file.Name())
		return err
	}
	live := int64(0)
	for key := range c.used {
		live += int64(c.index[key].size)
	}
	if c.end > 2*live+1<<16 {
		if err := c.compact(); err != nil {
			return errors.Join(err, c.file.Close())
		}
	}
	return c.file.Close()
}

// compact writes the records in use to a new file, in the order they stand, and puts it in the old one's place.
func (c *cache) compact() error {
	keys := make([]string, 0, len(c.used))
	for key := range c.used {
		if _, found := c.index[key]; found {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b string) int { return int(c.index[a].offset - c.index[b].offset) })
	f, err := os.CreateTemp(filepath.Dir(c.name), ".articles-*")
	if err != nil {
		return err
	}
	smaller := &cache{file: f, name: c.name, index: map[string]place{}, used: map[string]bool{}}
	err = smaller.begin()
	for _, key := range keys {
		value, found := c.get(key)
		if err == nil && found {
			err = smaller.put(key, value)
		}
	}
	if err != nil {
		f.Close()
		os.Remove(f.Name())
		return err
	}
	c.file.Close()
	c.file, c.index, c.end = smaller.file, smaller.index, smaller.end
	return os.Rename(f.Name(), c.name)
}
