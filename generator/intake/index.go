package intake

import (
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// index finds a number by the hash of a name. It lies in a scratch file and takes no memory, however much it holds:
// an export of 4 GB has millions of records, and each is looked up by its id and by its path.
//
// The file is a table of slots of 16 bytes: hash and number, big-endian; a hash of 0 is an empty slot. A hash stands in
// the slot its lowest bits say, or in one of the next, round the end. At most half of the slots are taken.
type index struct {
	file  *os.File
	dir   string
	slots int64 // a power of two
	taken int64
}

const (
	slotBytes   = 16
	fewestSlots = 1 << 12
	slotsRead   = 16 // at once; there is an empty one among them nearly always
)

// newIndex makes an empty index in a folder, with room for so many hashes before it grows.
func newIndex(dir string, room int64) (*index, error) {
	x := &index{dir: dir, slots: fewestSlots}
	for x.slots < 2*room {
		x.slots *= 2
	}
	var err error
	if x.file, err = scratch(dir); err != nil {
		return nil, err
	}
	return x, x.file.Truncate(x.slots * slotBytes)
}

// scratch is a file that is gone when it is closed, and, on systems that let an open file be removed, when the program
// is killed.
func scratch(dir string) (*os.File, error) {
	f, err := os.CreateTemp(dir, scratchNames)
	if err == nil {
		os.Remove(f.Name())
	}
	return f, err
}

const scratchNames = ".scratch-*"

// sweep removes the scratch files that killed imports have left in a folder.
func sweep(dir string) error {
	left, err := fs.Glob(os.DirFS(dir), scratchNames)
	for _, name := range left {
		err = errors.Join(err, os.Remove(filepath.Join(dir, name)))
	}
	return err
}

// discard closes a scratch file.
func discard(f *os.File) error {
	err := f.Close()
	if gone := os.Remove(f.Name()); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
		err = errors.Join(err, gone)
	}
	return err
}

func (x *index) close() error { return discard(x.file) }

// get is the number of a hash.
func (x *index) get(hash uint64) (number int64, found bool, err error) {
	_, number, found, err = x.slot(hash)
	return number, found, err
}

// put sets the number of a hash.
func (x *index) put(hash uint64, number int64) error {
	at, _, found, err := x.slot(hash)
	if err != nil {
		return err
	}
	var b [slotBytes]byte
	binary.BigEndian.PutUint64(b[:8], max(hash, 1))
	binary.BigEndian.PutUint64(b[8:], uint64(number))
	if _, err := x.file.WriteAt(b[:], at*slotBytes); err != nil || found {
		return err
	}
	if x.taken++; 2*x.taken > x.slots {
		return x.grow()
	}
	return nil
}

// slot is where a hash stands, or, where it is not found, is to stand.
func (x *index) slot(hash uint64) (at, number int64, found bool, err error) {
	hash = max(hash, 1) // 0 is an empty slot
	var b [slotsRead * slotBytes]byte
	at = int64(hash & uint64(x.slots-1))
	for {
		n := min(slotsRead, x.slots-at)
		if _, err := x.file.ReadAt(b[:n*slotBytes], at*slotBytes); err != nil {
			return 0, 0, false, err
		}
		for i := range n {
			slot := b[i*slotBytes:]
			switch binary.BigEndian.Uint64(slot) {
			case hash:
				return at + i, int64(binary.BigEndian.Uint64(slot[8:])), true, nil
			case 0:
				return at + i, 0, false, nil
			}
		}
		at = (at + n) % x.slots
	}
}

// grow moves all to a table of twice the size.
func (x *index) grow() error {
	larger, err := newIndex(x.dir, x.slots)
	if err != nil {
		return err
	}
	part := make([]byte, fewestSlots*slotBytes)
	for from := int64(0); from < x.slots; from += fewestSlots {
		if _, err := x.file.ReadAt(part, from*slotBytes); err != nil {
			return err
		}
		for slot := part; len(slot) > 0; slot = slot[slotBytes:] {
			if hash := binary.BigEndian.Uint64(slot); hash != 0 {
				if err := larger.put(hash, int64(binary.BigEndian.Uint64(slot[8:]))); err != nil {
					return err
				}
			}
		}
	}
	err = x.close()
	*x = *larger
	return err
}
