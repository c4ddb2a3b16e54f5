package render

import (
	"sync"

	"broadsheet/generator/manifest"
)

// kept is some of the latest fragments by the hash of what they were made from. What is asked for stays; when the newer
// half is full, the older one goes. It holds no pointers, so that the garbage collector need not look into it.
type kept struct {
	mu           sync.RWMutex
	newer, older half
}

type half struct {
	at   map[manifest.Digest]place
	html []byte
}

// place is where in html a fragment stands.
type place struct{ start, end uint32 }

// halfBytes is the most that one half holds. With 4 to 16 MB a build of 10,000 articles takes as long as with 40, and one of 100,000
// three quarters of it: what is asked for again is asked for soon.
const halfBytes = 8 << 20

// appendTo appends the fragment of a key, made where it is not kept. That of the zero key is not kept.
func (k *kept) appendTo(b []byte, key manifest.Digest, make func([]byte) ([]byte, error)) ([]byte, error) {
	if key == (manifest.Digest{}) {
		return make(b)
	}
	start := len(b)
	b, found := k.append(b, key)
	if found {
		return b, nil
	}
	b, err := make(b)
	if err == nil {
		k.put(key, b[start:])
	}
	return b, err
}

func (k *kept) append(b []byte, key manifest.Digest) ([]byte, bool) {
	k.mu.RLock()
	if p, found := k.newer.at[key]; found {
		b = append(b, k.newer.html[p.start:p.end]...)
		k.mu.RUnlock()
		return b, true
	}
	p, found := k.older.at[key]
	start := len(b)
	if found {
		b = append(b, k.older.html[p.start:p.end]...)
	}
	k.mu.RUnlock()
	if found {
		k.put(key, b[start:])
	}
	return b, found
}

func (k *kept) put(key manifest.Digest, html []byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.newer.at == nil || len(k.newer.html) > halfBytes {
		k.newer, k.older = k.older.emptied(), k.newer
	}
	start := uint32(len(k.newer.html))
	k.newer.html = append(k.newer.html, html...)
	k.newer.at[key] = place{start, uint32(len(k.newer.html))}
}

// emptied is the half with nothing in its memory.
func (h half) emptied() half {
	if h.at == nil {
		return half{at: map[manifest.Digest]place{}}
	}
	clear(h.at)
	return half{h.at, h.html[:0]}
}
