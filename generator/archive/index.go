package archive

import (
	"cmp"
	"encoding/binary"
	"slices"

	"broadsheet/generator/manifest"
)

// index is where the records of a cache are. A map of two million would take three times the memory: this is a list, and a
// table of numbers with open addressing. Keys are hashes, so their first bytes are as good as any.
type index struct {
	keys   []manifest.Digest
	places []place
	used   []bool   // asked for or written in this run
	slots  []uint32 // 1 + a number of the lists, 0 for none; a power of two, half of them empty at least
}

// place is where a value stands in the file of a cache.
type place struct {
	offset int64
	size   uint32
	sum    uint32
}

// newIndex is an index with room for so many records.
func newIndex(records int) *index {
	x := &index{keys: make([]manifest.Digest, 0, records), places: make([]place, 0, records), used: make([]bool, 0, records)}
	x.makeSlots(records)
	return x
}

func (x *index) makeSlots(records int) {
	size := 8
	for size < 2*records {
		size *= 2
	}
	x.slots = make([]uint32, size)
	for n := range x.keys {
		*x.slot(x.keys[n]) = uint32(n + 1)
	}
}

// slot is the one of a key, or the empty one where it belongs.
func (x *index) slot(key manifest.Digest) *uint32 {
	for i := binary.LittleEndian.Uint64(key[:]); ; i++ {
		s := &x.slots[i&uint64(len(x.slots)-1)]
		if *s == 0 || x.keys[*s-1] == key {
			return s
		}
	}
}

// find is the number of a key's record, or -1.
func (x *index) find(key manifest.Digest) int { return int(*x.slot(key)) - 1 }

// put notes where the record of a key is now.
func (x *index) put(key manifest.Digest, p place, used bool) {
	if n := x.find(key); n >= 0 {
		x.places[n], x.used[n] = p, used
		return
	}
	if 2*len(x.keys) >= len(x.slots) {
		x.makeSlots(2 * len(x.keys))
	}
	x.keys, x.places, x.used = append(x.keys, key), append(x.places, p), append(x.used, used)
	*x.slot(key) = uint32(len(x.keys))
}

// inOrder is the numbers of all records, as they stand in the file.
func (x *index) inOrder() []int32 {
	order := make([]int32, len(x.keys))
	for n := range order {
		order[n] = int32(n)
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Compare(x.places[a].offset, x.places[b].offset) })
	return order
}
