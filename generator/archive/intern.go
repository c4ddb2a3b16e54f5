package archive

import (
	"hash/maphash"
	"sync"
	"unsafe"

	"broadsheet/generator/news"
)

// interner keeps strings: of those that are alike one copy, all of them side by side in large blocks. A card has some
// sixty strings, most of them names and labels that thousands of cards have; each on its own would cost more than its
// letters.
type interner struct {
	seed   maphash.Seed
	shards [16]shard

	mu   sync.Mutex
	tags map[news.Tag]*news.Tag
}

type shard struct {
	mu    sync.Mutex
	known map[string]string
	letters
}

const mostShared = 32 // bytes; longer strings are headlines and ledes, each like no other

func newInterner() *interner {
	n := &interner{seed: maphash.MakeSeed(), tags: map[news.Tag]*news.Tag{}}
	for i := range n.shards {
		n.shards[i].known = map[string]string{}
	}
	return n
}

// keep is s, apart from the memory it came in.
func (n *interner) keep(s string) string {
	if s == "" {
		return ""
	}
	shard := &n.shards[maphash.String(n.seed, s)%uint64(len(n.shards))]
	shard.mu.Lock()
	defer shard.mu.Unlock()
	if len(s) > mostShared {
		return shard.letters.keep(s)
	}
	kept, found := shard.known[s]
	if !found {
		kept = shard.letters.keep(s)
		shard.known[kept] = kept
	}
	return kept
}

// tag is the one of all tags that are alike.
func (n *interner) tag(t *news.Tag) *news.Tag {
	n.mu.Lock()
	defer n.mu.Unlock()
	if kept, found := n.tags[*t]; found {
		return kept
	}
	n.tags[*t] = t
	return t
}

// letters keeps strings side by side in large blocks. Each on its own would take more, and be one more thing for the garbage
// collector to look after.
type letters struct {
	block []byte // strings are appended to it and never changed
}

const blockBytes = 1 << 16

// keep is s, apart from the memory it came in. It is not empty.
func (l *letters) keep(s string) string {
	if len(l.block)+len(s) > cap(l.block) {
		l.block = make([]byte, 0, max(blockBytes, len(s)))
	}
	start := len(l.block)
	l.block = append(l.block, s...)
	return unsafe.String(&l.block[start], len(s))
}
