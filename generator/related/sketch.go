package related

import (
	"encoding/binary"
	"math/bits"
	"unicode"
	"unicode/utf8"
)

// Sketch is what remains of a text for comparing it with others: the smallest hash in each of 64 classes of its
// three-word runs, cut to 16 bits, big endian (one-permutation MinHash: Li, Owen and Zhang 2012, empty classes filled
// as in Shrivastava 2017). Two texts that share the part s of their runs agree in about s of the classes. A text of
// fewer than Few runs has no Sketch but the hash of its words: it equals only its like.
type Sketch []byte

const (
	classes = 64
	run     = 3 // words
	// Few is the least number of three-word runs that can tell a story from another of its form: two reports of a
	// quarter's earnings share most of their few words.
	Few = 40
)

// Of makes the sketch of a text; nil for one without words. Case, punctuation and white space do not count.
func Of(text string) Sketch {
	var least [classes]uint64
	var filled [classes]bool
	var last [run]uint64
	words, whole := 0, uint64(offset)
	for word := range fold(text) {
		copy(last[:], last[1:])
		last[run-1] = word
		whole = mix(whole ^ word)
		if words++; words < run {
			continue
		}
		h := mix(last[0] ^ bits.RotateLeft64(last[1], 21) ^ bits.RotateLeft64(last[2], 42))
		class := h % classes
		if !filled[class] || h < least[class] {
			least[class], filled[class] = h, true
		}
	}
	if words == 0 {
		return nil
	}
	if words-run+1 < Few {
		return binary.BigEndian.AppendUint64(nil, whole)
	}
	return pack(&least, &filled)
}

// pack keeps 16 bits of each class; an empty class borrows from one that its own number picks, the same in every
// text.
func pack(least *[classes]uint64, filled *[classes]bool) Sketch {
	s := make(Sketch, 0, 2*classes)
	for class := range classes {
		from := class
		for try := uint64(1); !filled[from]; try++ {
			from = int(mix(uint64(class)<<32|try) % classes)
		}
		s = binary.BigEndian.AppendUint16(s, uint16(mix(least[from])>>48))
	}
	return s
}

const (
	offset = 14695981039346656037 // FNV-1a, 64 bits
	prime  = 1099511628211
)

// fold gives the hash of each word of a text: letters and digits, in lower case.
func fold(text string) func(yield func(uint64) bool) {
	return func(yield func(uint64) bool) {
		h, inside := uint64(offset), false
		for i := 0; i < len(text); {
			r, size := rune(text[i]), 1
			if r >= utf8.RuneSelf {
				r, size = utf8.DecodeRuneInString(text[i:])
			}
			i += size
			switch {
			case r == '\'' || r == '’':
			case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
				h, inside = (h^uint64(r))*prime, true
			case unicode.IsLetter(r) || unicode.IsDigit(r):
				h, inside = (h^uint64(unicode.ToLower(r)))*prime, true
			case inside:
				if !yield(h) {
					return
				}
				h, inside = offset, false
			}
		}
		if inside {
			yield(h)
		}
	}
}

// mix spreads the bits of a hash (the finalizer of MurmurHash3, Appleby, public domain).
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// alike is how many of 64 classes two sketches share; sketches of short texts share all or none.
func alike(a, b Sketch) int {
	if len(a) != len(b) || len(a) == 0 {
		return 0
	}
	if len(a) != 2*classes {
		if string(a) == string(b) {
			return classes
		}
		return 0
	}
	same := 0
	for i := 0; i < len(a); i += 2 {
		if a[i] == b[i] && a[i+1] == b[i+1] {
			same++
		}
	}
	return same
}
