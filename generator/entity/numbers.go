package entity

import "hash/maphash"

// numbers gives texts numbers, equal texts equal ones, for as long as the archive is kept. They lie in shards by hash, so
// that many texts can be numbered at once, each shard by one worker and in the memory next to the processor.
type numbers struct {
	seed   maphash.Seed
	shards [numberShards]numberShard
}

// numberShards is a power of two: of a million articles, some ten thousand texts in each.
const numberShards = 256

// numberShard is a hash table with open addressing: a map would keep the texts once more, and hash them when it grows.
type numberShard struct {
	texts []string
	slots []slot // a power of two, more than half of them empty
	asked int    // how many of the texts fresh has told of
}

// slot is where a text may be found: its hash, and 1 + its place in texts, 0 for none.
type slot struct{ hash, at uint32 }

func newNumbers() *numbers { return &numbers{seed: maphash.MakeSeed()} }

func (n *numbers) hash(text string) uint64 { return maphash.String(n.seed, text) }

func (n *numbers) number(text string) int32 { return n.numberOf(text, n.hash(text)) }

// numberOf is the number of a text with a hash.
func (n *numbers) numberOf(text string, hash uint64) int32 {
	s := &n.shards[hash%numberShards]
	if 2*len(s.texts) >= len(s.slots) {
		s.grow()
	}
	at := s.find(text, uint32(hash>>32))
	if at.at == 0 {
		s.texts = append(s.texts, text)
		*at = slot{uint32(hash >> 32), uint32(len(s.texts))}
	}
	return numberAt(int(at.at-1), int(hash%numberShards))
}

func numberAt(place, shard int) int32 { return int32(place*numberShards + shard) }

// find is the slot of a text, or the empty one where it belongs.
func (s *numberShard) find(text string, hash uint32) *slot {
	for i := hash; ; i++ {
		at := &s.slots[int(i)&(len(s.slots)-1)]
		if at.at == 0 || at.hash == hash && s.texts[at.at-1] == text {
			return at
		}
	}
}

func (s *numberShard) grow() {
	old := s.slots
	s.slots = make([]slot, max(8, 2*len(old)))
	for _, moved := range old {
		if moved.at > 0 {
			i := int(moved.hash)
			for s.slots[i&(len(s.slots)-1)].at > 0 {
				i++
			}
			s.slots[i&(len(s.slots)-1)] = moved
		}
	}
}

// known is the number of a text that has one, else -1.
func (n *numbers) known(text string) int32 {
	hash := n.hash(text)
	s := &n.shards[hash%numberShards]
	if len(s.slots) == 0 {
		return -1
	}
	at := s.find(text, uint32(hash>>32)).at
	if at == 0 {
		return -1
	}
	return numberAt(int(at-1), int(hash%numberShards))
}

func (n *numbers) text(number int32) string {
	return n.shards[number%numberShards].texts[number/numberShards]
}

// bound is above every number.
func (n *numbers) bound() int {
	most := 0
	for i := range n.shards {
		most = max(most, len(n.shards[i].texts))
	}
	return most * numberShards
}

// fresh is the numbers that were given since it was last asked.
func (n *numbers) fresh() []int32 {
	var fresh []int32
	for i := range n.shards {
		s := &n.shards[i]
		for ; s.asked < len(s.texts); s.asked++ {
			fresh = append(fresh, numberAt(s.asked, i))
		}
	}
	return fresh
}

// waiting is a text to be numbered, and where its number goes.
type waiting struct {
	text string
	hash uint64
	at   int
}

// atOnce is of how many things the texts wait together, which bounds the memory that takes.
const atOnce = 1 << 16

// all numbers the texts of so many things: texts hands over those of one, each with the place of into where its number goes.
func (n *numbers) all(into []int32, things int, texts func(thing int, hand func(at int, text string))) {
	lists := make([][numberShards][]waiting, workers())
	for first := 0; first < things; first += atOnce {
		inPieces(min(atOnce, things-first), func(worker, from, to int) {
			lists := &lists[worker]
			hand := func(at int, text string) {
				hash := n.hash(text)
				lists[hash%numberShards] = append(lists[hash%numberShards], waiting{text, hash, at})
			}
			for thing := from; thing < to; thing++ {
				texts(first+thing, hand)
			}
		})
		inParts(numberShards, func(_, shard int) {
			for w := range lists {
				for _, t := range lists[w][shard] {
					into[t.at] = n.numberOf(t.text, t.hash)
				}
				lists[w][shard] = lists[w][shard][:0]
			}
		})
	}
}
