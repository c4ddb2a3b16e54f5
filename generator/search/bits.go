package search

import "math/bits"

// bitWriter writes numbers of bits, the highest first.
type bitWriter struct {
	b    []byte
	hold uint64 // bits that make no byte yet, the last one lowest
	n    uint   // of them
}

func (w *bitWriter) bits(v uint64, n uint) {
	for n > 32 {
		w.bits(v>>32, n-32)
		v, n = v&(1<<32-1), 32
	}
	w.hold, w.n = w.hold<<n|v, w.n+n
	for w.n >= 8 {
		w.n -= 8
		w.b = append(w.b, byte(w.hold>>w.n))
	}
}

// unary writes n zeros and a one.
func (w *bitWriter) unary(n uint64) {
	for ; n >= 32; n -= 32 {
		w.bits(0, 32)
	}
	w.bits(1, uint(n)+1)
}

// gamma writes v ≥ 1 by Elias: as many zeros as it has bits beyond the first, then itself.
func (w *bitWriter) gamma(v uint64) {
	n := uint(bits.Len64(v))
	w.bits(0, n-1)
	w.bits(v, n)
}

// rice writes v by Rice: v>>k in unary, then its last k bits.
func (w *bitWriter) rice(v uint64, k uint) {
	w.unary(v >> k)
	w.bits(v&(1<<k-1), k)
}

// below writes v < n in truncated binary: where n is no power of two, the lower numbers take a bit less.
func (w *bitWriter) below(v, n uint64) {
	k := uint(bits.Len64(n)) - 1
	if short := 2<<k - n; v < short {
		w.bits(v, k)
	} else {
		w.bits(v+short, k+1)
	}
}

// finish fills the last byte and returns all.
func (w *bitWriter) finish() []byte {
	if w.n > 0 {
		w.bits(0, 8-w.n)
	}
	return w.b
}

func (w *bitWriter) reset() { w.b, w.hold, w.n = w.b[:0], 0, 0 }

// bitReader reads what bitWriter wrote. Past the end it reads zeros; over tells.
type bitReader struct {
	b   []byte
	pos int // bits read
}

func (r *bitReader) over() bool { return r.pos > 8*len(r.b) }

// peek is the next 32 bits.
func (r *bitReader) peek() uint32 {
	i, v := r.pos>>3, uint64(0)
	for n := range 5 {
		v <<= 8
		if i+n < len(r.b) {
			v |= uint64(r.b[i+n])
		}
	}
	return uint32(v >> (8 - uint(r.pos&7)))
}

func (r *bitReader) bits(n uint) uint32 {
	if n == 0 {
		return 0
	}
	v := r.peek() >> (32 - n)
	r.pos += int(n)
	return v
}

func (r *bitReader) unary() uint32 {
	q := uint32(0)
	for {
		v := r.peek()
		n := bits.LeadingZeros32(v)
		q += uint32(n)
		if v != 0 {
			r.pos += n + 1
			return q
		}
		if r.pos += 32; r.over() {
			return q
		}
	}
}

func (r *bitReader) gamma() uint32 {
	n := uint(r.unary())
	if n > 31 {
		r.pos = 8*len(r.b) + 1 // damaged
		return 1
	}
	return 1<<n | r.bits(n)
}

func (r *bitReader) rice(k uint) uint32 {
	q := r.unary()
	return q<<k | r.bits(k)
}

func (r *bitReader) below(n uint64) uint32 {
	if n == 0 {
		r.pos = 8*len(r.b) + 1 // damaged
		return 0
	}
	k := uint(bits.Len64(n)) - 1
	v, short := r.bits(k), uint32(2<<k-n)
	if v < short {
		return v
	}
	return v<<1 + r.bits(1) - short
}

// riceFor is the parameter for numbers of that mean, as sum/count: log2 of 11/16 of it, rounded down.
func riceFor(sum, count uint64) uint {
	if mean := sum * 11 / (count * 16); mean > 1 {
		return uint(bits.Len64(mean)) - 1
	}
	return 0
}
