package archive

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"broadsheet/generator/manifest"
)

// stamp is what tells without reading a file whether it is as it was.
type stamp struct {
	size     int64 // bytes
	modified int64 // nanoseconds of Unix time
}

// stamps remembers the hash of every file with its stamp, so that a build reads only what has another stamp now.
//
// A stamp counts once it is older than the tick of the disk's clock: a file that is written again within it has the same stamp
// and other bytes. What has been written a moment ago is therefore read again by the next build. A file that is put in place
// with the size and the very time of the old one is taken for it; --clean reads all.
//
// On disk it is a line "broadsheet inputs 2", then a record a file, sorted by name,
//
//	name      a varint for its length, and its bytes
//	size      varint
//	modified  varint; both are unsettled's where the stamp does not count
//	hash      16 bytes
//
// and the CRC-32 (IEEE) of all before it, 4 bytes, big endian. What is not whole is as if it were not there.
type stamps struct {
	name  string // of the file; "" keeps nothing
	known []input
	begun int64 // when this run began to look
}

const (
	stampsHeader = "broadsheet inputs 2\n"

	// How long a stamp may stay the same while a file is written: where times are whole seconds, as long as on the coarsest disk
	// still in use, FAT's; else some ticks of a system's clock.
	coarseTick = 2 * time.Second
	fineTick   = 100 * time.Millisecond
)

// settled reports whether a file with this stamp that is written at a moment, or later, gets another.
func (s stamp) settled(moment int64) bool {
	tick := fineTick
	if s.modified%int64(time.Second) == 0 {
		tick = coarseTick
	}
	return s.modified < moment-int64(tick)
}

// unsettled is the stamp of no file.
var unsettled = stamp{-1, -1}

// readStamps reads what the last build left in dir; a clean build trusts none of it.
func readStamps(dir string, clean bool) *stamps {
	s := &stamps{begun: time.Now().UnixNano()}
	if dir == "" {
		return s
	}
	s.name = filepath.Join(dir, "inputs")
	b, err := os.ReadFile(s.name)
	if err == nil && !clean {
		s.known = parseStamps(b)
	}
	return s
}

func parseStamps(b []byte) (known []input) {
	const sum = 4
	body, found := bytes.CutPrefix(b, []byte(stampsHeader))
	if !found || len(body) < sum || crc32.ChecksumIEEE(b[:len(b)-sum]) != binary.BigEndian.Uint32(b[len(b)-sum:]) {
		return nil
	}
	defer func() {
		if recover() != nil {
			known = nil
		}
	}()
	for r := (record{rest: string(body[:len(body)-sum])}); r.rest != ""; {
		known = append(known, input{name: r.string(), stamp: stamp{int64(r.uint()), int64(r.uint())}, sum: r.digest()})
	}
	return known
}

// of is what is known of a file.
func (s *stamps) of(name string) (input, bool) {
	i, found := slices.BinarySearchFunc(s.known, name, func(f input, name string) int { return strings.Compare(f.name, name) })
	if !found {
		return input{}, false
	}
	return s.known[i], true
}

// weigh finds the hash of every file, but of articles that nobody knows yet. Files that no article is made of, pictures,
// count by their stamps: no build reads them to see that they are as they were.
func (t *tree) weigh(ctx context.Context, workers int, known *stamps) error {
	err := parallel(ctx, workers, len(t.files), func(i int) error {
		f := t.files[i]
		info, err := os.Stat(f.path())
		if err != nil {
			return err
		}
		f.stamp = stamp{info.Size(), info.ModTime().UnixNano()}
		if !IsSource(f.name) && f.name != PublishedFile {
			f.sum = manifest.DigestOf(fmt.Appendf(nil, "%d %d", f.size, f.modified))
			return nil
		}
		before, found := known.of(f.name)
		switch {
		case found && before.stamp == f.stamp:
			f.sum = before.sum
			return nil
		case f.article && !found:
			return nil // it is read once, when its article is
		}
		return f.read() // and most likely is as it was, though its stamp is not: no build is needed then
	})
	if err != nil {
		return err
	}
	return t.readFew()
}

// readFew reads the articles that have come, unless they are many: then they are read once.
func (t *tree) readFew() error {
	var few []*input
	for _, f := range t.files {
		if f.unknown() {
			few = append(few, f)
		}
	}
	if len(few) > mostRenewed {
		return nil
	}
	for _, f := range few {
		if err := f.read(); err != nil {
			return err
		}
	}
	return nil
}

func (f *input) read() error {
	b, err := os.ReadFile(f.path())
	f.sum = manifest.DigestOf(b)
	return err
}

// keep writes the stamps of all files for the next build, unless they are what is there.
func (s *stamps) keep(t *tree) error {
	if s.name == "" {
		return nil
	}
	kept := make([]input, len(t.files))
	for n, f := range t.files {
		kept[n] = input{name: f.name, stamp: f.stamp, sum: f.sum}
		if !f.settled(s.begun) {
			kept[n].stamp = unsettled
		}
	}
	if slices.Equal(kept, s.known) {
		return nil
	}
	return replaceFile(s.name, appendStamps(nil, kept))
}

func appendStamps(b []byte, list []input) []byte {
	start := len(b)
	b = append(b, stampsHeader...)
	for _, f := range list {
		b = appendString(b, f.name)
		b = binary.AppendUvarint(b, uint64(f.size))
		b = binary.AppendUvarint(b, uint64(f.modified))
		b = append(b, f.sum[:]...)
	}
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[start:]))
}

// replaceFile puts a file in place whole.
func replaceFile(name string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
