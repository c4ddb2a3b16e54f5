package search

import "math/bits"

// A list is the articles of a term, grouped by impact, the highest first: for each group the distance from the impact
// before it (9 at first) and the number of its articles, both gamma codes, then the gaps between these, Rice codes
// whose parameter follows from their number and that of the articles they are among. Those are the segment's that stand in no group before:
// where most have a word, the last group costs hardly a bit an article.
//
// Grouped so, an impact costs less than its bits, and any beginning of a list holds the articles that matter most.

// posting is one article of a list.
type posting struct {
	doc    int32
	impact int32
	count  int32 // of the word in the article
}

// lister writes lists.
type lister struct {
	w      bitWriter
	groups [highestImpact + 1][]int32
	taken
}

// taken is the articles of the groups before, in order. Walked through by those of a group, in order, it takes these in.
type taken struct {
	docs, more []int32 // before the group; with what of it has come
	passed     int     // of docs
}

func (t *taken) reset() { t.docs, t.more, t.passed = t.docs[:0], t.more[:0], 0 }

// rank is how many articles that stand in no group before come before doc.
func (t *taken) rank(doc int32) int32 {
	for t.passed < len(t.docs) && t.docs[t.passed] < doc {
		t.pass()
	}
	t.more = append(t.more, doc)
	return doc - int32(t.passed)
}

// doc is the article of a rank.
func (t *taken) doc(rank int32) int32 {
	for t.passed < len(t.docs) && t.docs[t.passed] <= rank+int32(t.passed) {
		t.pass()
	}
	t.more = append(t.more, rank+int32(t.passed))
	return rank + int32(t.passed)
}

func (t *taken) pass() {
	t.more = append(t.more, t.docs[t.passed])
	t.passed++
}

// next begins the next group.
func (t *taken) next() {
	t.docs, t.more, t.passed = append(t.more, t.docs[t.passed:]...), t.docs[:0], 0
}

func (l *lister) list(postings []posting, articles int) []byte {
	for _, p := range postings {
		l.groups[p.impact] = append(l.groups[p.impact], p.doc)
	}
	l.w.reset()
	l.taken.reset()
	before := highestImpact + 1
	for impact := highestImpact; impact > 0; impact-- {
		group := l.groups[impact]
		if len(group) == 0 {
			continue
		}
		l.w.gamma(uint64(before - impact))
		l.w.gamma(uint64(len(group)))
		among := articles - len(l.taken.docs)
		for n, doc := range group {
			group[n] = l.rank(doc)
		}
		l.next()
		l.docs(group, among)
		l.groups[impact], before = group[:0], impact
	}
	return l.w.finish()
}

// docs writes the gaps of articles in order.
func (l *lister) docs(docs []int32, articles int) {
	k, last := riceFor(uint64(articles), uint64(len(docs))), int32(-1)
	for _, doc := range docs {
		l.w.rice(uint64(doc-last-1), k)
		last = doc
	}
}

// readList calls each with the articles of a list of df articles, and reports whether it had them all.
func readList(b []byte, df, articles int, each func(doc, impact int)) (whole bool) {
	r, t := bitReader{b: b}, taken{}
	for impact, left := highestImpact+1, df; left > 0 && !r.over(); t.next() {
		impact -= int(r.gamma())
		count := min(int(r.gamma()), left)
		if !readDocs(&r, count, articles-len(t.docs), func(rank int) { each(int(t.doc(int32(rank))), impact) }) {
			return false
		}
		left -= count
	}
	return !r.over()
}

func readDocs(r *bitReader, count, articles int, each func(doc int)) (whole bool) {
	k, doc := riceFor(uint64(articles), uint64(count)), -1
	for range count {
		doc += int(r.rice(k)) + 1
		if doc >= articles || r.over() {
			return false
		}
		each(doc)
	}
	return true
}

// Positions of a word stand article by article, in parts that each begin at a byte: how often the word stands there, then
// its one position as a number below the article's room, or the gaps between them, Rice codes whose parameter follows from
// room and number. An article's room is its length rounded up: see roomOf.
//
// How often a word stands in an article shows from its impact there, or nearly. Where counts gives bounds, the number above the
// lower one follows in truncated binary, no bit where they are one. Else it is a Rice code of 0 for the least, then 1, 2, 3,
// 4 … for one more, one less, two more, two less …, since a word of the headline reaches the impact more easily.

// part is some articles' positions.
type part struct {
	docs int
	spot
}

// frequencies knows the bounds of an index.
type frequencies struct {
	average int // room of its articles
	known   map[[2]byte][2]int
}

func newFrequencies(average int) *frequencies {
	return &frequencies{average, map[[2]byte][2]int{}}
}

// bounds is counts for an impact and the code of a room.
func (f *frequencies) bounds(impact int, code byte) (least, most int) {
	at := [2]byte{byte(impact), code}
	b, known := f.known[at]
	if !known {
		b[0], b[1] = counts(impact, roomOf(code), f.average)
		f.known[at] = b
	}
	return b[0], b[1]
}

// oftenRice is the parameter for numbers around that one.
func oftenRice(least int) uint { return uint(max(bits.Len(uint(least))-2, 0)) }

func (f *frequencies) write(w *bitWriter, n, impact int, code byte) {
	least, most := f.bounds(impact, code)
	switch {
	case most < openEnd:
		w.below(uint64(n-least), uint64(most-least+1))
	case n <= least:
		w.rice(uint64(2*(least-n)), oftenRice(least))
	default:
		w.rice(uint64(2*(n-least)-1), oftenRice(least))
	}
}

func (f *frequencies) read(r *bitReader, impact int, code byte) int {
	least, most := f.bounds(impact, code)
	if most < openEnd {
		return least + int(r.below(uint64(most-least+1)))
	}
	if n := int(r.rice(oftenRice(least))); n%2 == 0 {
		return least - n/2
	} else {
		return least + (n+1)/2
	}
}

// positioner writes positions.
type positioner struct {
	w bitWriter
	*frequencies
}

// positions cuts the gaps of a word's positions into parts of at most partBytes, as nearly as articles let it.
func (p *positioner) positions(postings []posting, gaps []int32, rooms []byte, partBytes int) (b []byte, parts []part) {
	for len(postings) > 0 {
		p.w.reset()
		n := 0
		for n < len(postings) && (n == 0 || len(p.w.b) < partBytes-64) {
			code, count := rooms[postings[n].doc], int(postings[n].count)
			room := uint64(roomOf(code))
			p.write(&p.w, count, int(postings[n].impact), code)
			if count == 1 {
				p.w.below(uint64(gaps[0]), room)
			} else {
				k := riceFor(room, uint64(count+1))
				for _, gap := range gaps[:count] {
					p.w.rice(uint64(gap), k)
				}
			}
			gaps, n = gaps[count:], n+1
		}
		written := p.w.finish()
		b, parts = append(b, written...), append(parts, part{n, spot{size: len(written)}})
		postings = postings[n:]
	}
	return b, parts
}

// readPositions calls each with the positions of the articles of a part, and reports whether it had them all.
func (f *frequencies) readPositions(b []byte, docs []int, impacts []uint8, rooms []byte, each func(doc int, positions []int)) (whole bool) {
	r := bitReader{b: b}
	var positions []int
	for _, doc := range docs {
		count, room := f.read(&r, int(impacts[doc]), rooms[doc]), roomOf(rooms[doc])
		positions = positions[:0]
		if count == 1 {
			positions = append(positions, int(r.below(uint64(room))))
		} else {
			k := riceFor(uint64(room), uint64(max(count, 0)+1))
			for at := -1; len(positions) < count && !r.over(); {
				at += int(r.rice(k)) + 1
				positions = append(positions, at)
			}
		}
		if count < 1 || r.over() {
			return false
		}
		each(doc, positions)
	}
	return true
}

// room is the code of the least room that holds n positions: a byte, and no more than an eighth too large.
func room(n int) byte {
	c := 0
	for roomOf(byte(c)) < n && c < 255 {
		c++
	}
	return byte(c)
}

// roomOf is how many positions an article with that code has at most: the code itself up to 15, then 18, 20, 22 … 32, 36, 40 … 64, 72
// and so on, eight to a doubling.
func roomOf(code byte) int {
	if code < 16 {
		return int(code)
	}
	c := int(code) - 16
	return (9 + c%8) << (c/8 + 1)
}
