// Package related tells which articles are one story that ran more than once: wire copy printed in two papers, under
// another headline, or without its last paragraph.
//
// Each text leaves a Sketch. Group puts sketches into bands and looks only at those that agree in a band, so its cost
// is linear in the articles. Two articles are the same story when they share at least Enough of 64 classes of their
// three-word runs, which is about that part of their text; a story cut by a quarter is found, a follow-up is not.
//
// People have the last word, in content/duplicates.toml:
//
//	[[same]]
//	articles = ["mail/1998/flood", "chronicle/1998/floods"]    # ids: one story, whatever the texts
//
//	[[different]]
//	articles = ["mail/1998/tide-1", "mail/1998/tide-2"]        # never one story
//
// An id that no article has is left alone: the article may come back.
package related

import (
	"cmp"
	"encoding/binary"
	"slices"

	"broadsheet/generator/diag"
)

// Enough is how many of 64 classes two sketches of one story share at least.
const Enough = 40

// bands of four classes, eight bytes of a sketch: two texts that share six tenths meet in one nine times in ten.
const (
	bands     = classes / 4
	bandBytes = 2 * classes / bands
)

// Decisions is what people said in duplicates.toml. The zero value says nothing.
type Decisions struct {
	Same      []Articles `toml:"same"`
	Different []Articles `toml:"different"`
}

// Articles is the ids one decision is about.
type Articles struct {
	Articles []string `toml:"articles"`
}

// Parse reads duplicates.toml; every fault is an error.
func Parse(file string, src []byte) (Decisions, diag.List) {
	var d Decisions
	list := diag.DecodeTOML(file, src, &d)
	if list != nil {
		return d, list
	}
	for _, kind := range []struct {
		table     string
		decisions []Articles
	}{{"same", d.Same}, {"different", d.Different}} {
		for n, a := range kind.decisions {
			if len(a.Articles) < 2 {
				line, col := diag.Block{Table: kind.table, N: n}.Find(src, "articles")
				list = append(list, diag.Fail(file, "a decision names %d article, and needs two", len(a.Articles)).At(src, line, col).
					WithHint(`articles = ["mail/1998/flood", "chronicle/1998/floods"]`))
			}
		}
	}
	return d, list
}

// Group returns the stories that ran more than once: the articles of each by index in order, the stories by their
// first article. ids are the articles' ids; sketches, where nil, are like no other.
func Group(sketches []Sketch, ids []string, d Decisions) [][]int {
	g := newGroups(sketches, ids, d)
	for band := range bands {
		meet(seats(sketches, band), func(p pair) { g.compare(p.a, p.b) })
	}
	return g.stories()
}

// groups is a partition under way. Every article has a leader, the first of its group; a lone one leads itself.
type groups struct {
	sketches []Sketch
	leader   []int
	members  map[int][]int // of groups of two and more, by leader
	apart    map[[2]int]bool
}

func newGroups(sketches []Sketch, ids []string, d Decisions) *groups {
	g := &groups{sketches: sketches, leader: make([]int, len(sketches)), members: map[int][]int{}}
	for i := range g.leader {
		g.leader[i] = i
	}
	g.decide(ids, d)
	return g
}

// decide puts together what people put together, and notes what they keep apart.
func (g *groups) decide(ids []string, d Decisions) {
	if len(d.Same)+len(d.Different) == 0 {
		return
	}
	at := make(map[string]int, len(ids))
	for i, id := range ids {
		at[id] = i
	}
	pairs := func(list []Articles, do func(a, b int)) {
		for _, l := range list {
			for n, first := range l.Articles {
				for _, second := range l.Articles[n+1:] {
					a, foundA := at[first]
					b, foundB := at[second]
					if foundA && foundB && a != b {
						do(min(a, b), max(a, b))
					}
				}
			}
		}
	}
	g.apart = map[[2]int]bool{}
	pairs(d.Different, func(a, b int) { g.apart[[2]int{a, b}] = true })
	pairs(d.Same, g.join)
}

// seat is an article in one band, by the four classes the band looks at; a short text has a seat in the first alone.
type seat struct {
	key     uint64
	article int
}

// seats is those of a band in order.
func seats(sketches []Sketch, band int) []seat {
	list := make([]seat, 0, len(sketches))
	for i, s := range sketches {
		if len(s) >= bandBytes*(band+1) {
			list = append(list, seat{s.key(band), i})
		}
	}
	slices.SortFunc(list, compareSeats)
	return list
}

func compareSeats(a, b seat) int {
	return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.article, b.article))
}

// key is what a sketch has in a band.
func (s Sketch) key(band int) uint64 { return binary.BigEndian.Uint64(s[bandBytes*band:]) }

// pair is two articles that agree in a band.
type pair struct {
	key  uint64
	a, b int // a before b
}

// meet calls each with the articles that are to be compared. Of those that agree the first is compared with all others, and
// each with the one before it: thousands that agree cost thousands of comparisons, not millions.
func meet(seats []seat, each func(pair)) {
	for first, n := 0, 1; n < len(seats); n++ {
		if seats[n].key != seats[first].key {
			first = n
			continue
		}
		each(pair{seats[n].key, seats[first].article, seats[n].article})
		if first < n-1 {
			each(pair{seats[n].key, seats[n-1].article, seats[n].article})
		}
	}
}

// compare joins the groups of two articles where they are one story. Both are held against the first of the other's
// group too, so that a chain of small changes does not make one story of two.
func (g *groups) compare(a, b int) {
	x, y := g.leader[a], g.leader[b]
	if x == y || alike(g.sketches[a], g.sketches[b]) < Enough || alike(g.sketches[x], g.sketches[y]) < Enough {
		return
	}
	g.join(min(x, y), max(x, y))
}

// join makes one group of two, unless somebody keeps one of the one apart from one of the other.
func (g *groups) join(a, b int) {
	a, b = g.leader[a], g.leader[b]
	if a == b {
		return
	}
	if b < a {
		a, b = b, a
	}
	ours, theirs := g.group(a), g.group(b)
	for _, x := range ours {
		for _, y := range theirs {
			if len(g.apart) > 0 && g.apart[[2]int{min(x, y), max(x, y)}] {
				return
			}
		}
		if len(g.apart) == 0 {
			break
		}
	}
	for _, y := range theirs {
		g.leader[y] = a
	}
	delete(g.members, b)
	g.members[a] = append(ours, theirs...)
}

func (g *groups) group(leader int) []int {
	if members, found := g.members[leader]; found {
		return members
	}
	return []int{leader}
}

func (g *groups) stories() [][]int {
	stories := make([][]int, 0, len(g.members))
	for _, members := range g.members {
		slices.Sort(members)
		stories = append(stories, members)
	}
	slices.SortFunc(stories, func(a, b []int) int { return cmp.Compare(a[0], b[0]) })
	return stories
}
