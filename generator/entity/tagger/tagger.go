// Package tagger holds the model of names that ships with the program, and decides with it which words are names.
//
// The model is linear: every feature of a word has a weight for every tag, every pair of neighbouring tags has one, and
// the tags of a stretch of words are those with the highest sum. Features are hashes; what they are made of is the
// recogniser's. Weights and sums are whole numbers, so that every processor finds the same names.
//
// The weights are made by generator/entity/train; README.md is the model's card.
package tagger

import (
	_ "embed"
	"math"
	"math/bits"
	"slices"

	"broadsheet/generator/news"
)

//go:embed weights
var weights []byte

// Load reads the model that ships.
func Load() *Model {
	m, err := Read(weights)
	if err != nil {
		panic("tagger: " + err.Error())
	}
	return m
}

// Tag says what a word is of a name of which kind: the whole, the first, a middle or the last word. The zero Tag is
// that of a word outside names.
type Tag uint8

// The parts of a name, added to the first Tag of its kind.
const (
	whole Tag = iota
	begin
	middle
	last
	parts
)

// Tags is how many there are.
const Tags = 1 + len(news.Kinds)*int(parts)

func tagOf(kind news.Kind, part Tag) Tag { return 1 + Tag(kind-1)*parts + part }

// Name tags words as one name.
func Name(tags []Tag, kind news.Kind) {
	if len(tags) == 1 {
		tags[0] = tagOf(kind, whole)
		return
	}
	for i := range tags {
		tags[i] = tagOf(kind, middle)
	}
	tags[0], tags[len(tags)-1] = tagOf(kind, begin), tagOf(kind, last)
}

// Kind is the kind of the name, or 0.
func (t Tag) Kind() news.Kind {
	if t == 0 {
		return 0
	}
	return news.Kind((t-1)/parts) + 1
}

func (t Tag) part() Tag { return (t - 1) % parts }

// opens reports whether t may stand where no name is open.
func (t Tag) opens() bool { return t == 0 || t.part() <= begin }

// Closes reports whether no name is open after t.
func (t Tag) Closes() bool { return t == 0 || t.part() == whole || t.part() == last }

func (t Tag) follows(before Tag) bool {
	if before.Closes() {
		return t.opens()
	}
	return !t.opens() && t.Kind() == before.Kind()
}

// before lists the tags that each may follow.
var before = func() (before [Tags][]Tag) {
	for t := range Tag(Tags) {
		for p := range Tag(Tags) {
			if t.follows(p) {
				before[t] = append(before[t], p)
			}
		}
	}
	return before
}()

// Weights is how much something speaks for each tag.
type Weights [Tags]int16

// Model is what speaks for each tag: the features of a word, and the tag before.
type Model struct {
	keys []uint32 // of the features, open addressing from a key's first bits on, so that reading them is in order; 0 is free
	bits uint8    // the base 2 logarithm of how many keys there are room for
	rows []Weights
	next [Tags]Weights // by the tag before
	size int
}

// New makes a model of the weights of n features, none of which is 0; next are those of pairs, by the tag before.
func New(n int, next [Tags]Weights) *Model {
	size := bits.Len(uint(max(n, 8))) + 1
	return &Model{keys: make([]uint32, 1<<size), bits: uint8(size), rows: make([]Weights, 1<<size), next: next}
}

// Add adds a feature that the model does not have.
func (m *Model) Add(key uint32, w Weights) {
	at := m.slot(key)
	m.keys[at], m.rows[at] = key, w
	m.size++
}

// Size is how many features there are.
func (m *Model) Size() int { return m.size }

// slot is where a feature stands, or would.
func (m *Model) slot(key uint32) uint32 {
	mask := uint32(len(m.keys) - 1)
	at := key >> (32 - m.bits)
	for m.keys[at] != key && m.keys[at] != 0 {
		at = (at + 1) & mask
	}
	return at
}

// Sum adds up what features say. It is what Decoder takes for a word.
func (m *Model) Sum(features []uint32) (sum [Tags]int32) {
	for _, key := range features {
		if at := m.slot(key); m.keys[at] != 0 {
			for t, w := range &m.rows[at] {
				sum[t] += int32(w)
			}
		}
	}
	return sum
}

// Next is what the tag before says for each.
func (m *Model) Next() *[Tags]Weights { return &m.next }

// never is the sum of tags that cannot be.
const never = math.MinInt32 / 2

// cell is the best way to reach each tag at a word.
type cell struct {
	sum  [Tags]int32
	from [Tags]Tag
}

// Decoder finds the best tags of stretches of words. Its memory is used again for the next; the zero Decoder is ready.
type Decoder struct {
	cells []cell
}

// Reset begins a stretch.
func (d *Decoder) Reset() { d.cells = d.cells[:0] }

// Add adds a word of the stretch, with what its features say; next is what the tag before says.
func (d *Decoder) Add(sum [Tags]int32, next *[Tags]Weights) {
	c := cell{sum: sum}
	if len(d.cells) == 0 {
		for t := range c.sum {
			if !Tag(t).opens() {
				c.sum[t] = never
			}
		}
	} else {
		c.follow(&d.cells[len(d.cells)-1], next)
	}
	d.cells = append(d.cells, c)
}

func (c *cell) follow(last *cell, next *[Tags]Weights) {
	for t := range c.sum {
		best, from := int32(math.MinInt32), Tag(0)
		for _, p := range before[t] {
			if s := last.sum[p] + int32(next[p][t]); s > best {
				best, from = s, p
			}
		}
		c.sum[t] = max(c.sum[t]+best, never)
		c.from[t] = from
	}
}

// Best appends the tags of the stretch with the highest sum to dst.
func (d *Decoder) Best(dst []Tag) []Tag {
	n, at := len(d.cells), len(dst)
	if n == 0 {
		return dst
	}
	dst = slices.Grow(dst, n)[:at+n]
	best := Tag(0)
	for t := range Tag(Tags) {
		if t.Closes() && d.cells[n-1].sum[t] > d.cells[n-1].sum[best] {
			best = t
		}
	}
	for i := n - 1; i >= 0; i-- {
		dst[at+i] = best
		best = d.cells[i].from[best]
	}
	return dst
}
