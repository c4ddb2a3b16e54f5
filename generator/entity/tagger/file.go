package tagger

import (
	"encoding/binary"
	"errors"
	"slices"
)

// Bytes is the model as it is kept: the weights of pairs, how many features there are, and these in order, each as the
// distance from the one before, a set of the tags that have weights, and these. All are numbers of varying length as
// encoding/binary has them. Compressed it would be a tenth smaller and take almost twice as long to read.
func (m *Model) Bytes() []byte {
	var b []byte
	for _, row := range m.next {
		for _, weight := range row {
			b = binary.AppendVarint(b, int64(weight))
		}
	}
	keys := slices.DeleteFunc(slices.Clone(m.keys), func(k uint32) bool { return k == 0 })
	slices.Sort(keys)
	b = binary.AppendUvarint(b, uint64(len(keys)))
	last := uint32(0)
	for _, key := range keys {
		b = binary.AppendUvarint(b, uint64(key-last))
		b = appendWeights(b, &m.rows[m.slot(key)])
		last = key
	}
	return b
}

func appendWeights(b []byte, w *Weights) []byte {
	set := uint64(0)
	for t, weight := range w {
		if weight != 0 {
			set |= 1 << t
		}
	}
	b = binary.AppendUvarint(b, set)
	for _, weight := range w {
		if weight != 0 {
			b = binary.AppendVarint(b, int64(weight))
		}
	}
	return b
}

// Read reads what Bytes makes.
func Read(b []byte) (*Model, error) {
	in := numbers{rest: b}
	var next [Tags]Weights
	for p := range next {
		for t := range next[p] {
			next[p][t] = int16(in.signed())
		}
	}
	n := in.unsigned()
	if n > uint64(len(b)) {
		return nil, errors.New("read the model: it says it has more features than bytes")
	}
	m := New(int(n), next)
	key := uint32(0)
	for range n {
		key += uint32(in.unsigned())
		var w Weights
		set := in.unsigned()
		for t := range w {
			if set&(1<<t) != 0 {
				w[t] = int16(in.signed())
			}
		}
		if in.short || key == 0 {
			return nil, errors.New("read the model: it is cut short")
		}
		m.Add(key, w)
	}
	return m, nil
}

// numbers reads numbers of varying length.
type numbers struct {
	rest  []byte
	short bool
}

func (n *numbers) unsigned() uint64 {
	v, size := binary.Uvarint(n.rest)
	n.skip(size)
	return v
}

func (n *numbers) signed() int64 {
	v, size := binary.Varint(n.rest)
	n.skip(size)
	return v
}

func (n *numbers) skip(size int) {
	if size <= 0 {
		n.short = true
		return
	}
	n.rest = n.rest[size:]
}
