package related

import "encoding/binary"

// Append writes Stories after b: of each band the number of its pairs, and for each its key, 8 bytes, big endian, and its two
// articles. Numbers are varints.
func (s *Stories) Append(b []byte) []byte {
	for _, pairs := range s.alike {
		b = binary.AppendUvarint(b, uint64(len(pairs)))
		for _, p := range pairs {
			b = binary.BigEndian.AppendUint64(b, p.key)
			b = binary.AppendUvarint(binary.AppendUvarint(b, uint64(p.a)), uint64(p.b))
		}
	}
	return b
}

// ReadStories reads what Append wrote, and nothing else; it reports false for what is not that.
func ReadStories(b []byte) (s *Stories, whole bool) {
	defer func() {
		if recover() != nil {
			s, whole = nil, false
		}
	}()
	number := func() int {
		v, n := binary.Uvarint(b)
		b = b[max(n, 1):]
		return int(v)
	}
	s = &Stories{}
	for band := range s.alike {
		size := number()
		_ = b[:size]
		for range size {
			p := pair{key: binary.BigEndian.Uint64(b)}
			b = b[8:]
			p.a, p.b = number(), number()
			s.alike[band] = append(s.alike[band], p)
		}
	}
	return s, len(b) == 0
}
