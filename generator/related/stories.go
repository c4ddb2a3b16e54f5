package related

import (
	"cmp"
	"slices"
)

// Stories is what Group works on, kept so that it costs little when a few articles have changed: the pairs that meet and are
// alike, by band, in the order in which Group compares them.
type Stories struct {
	alike [bands][]pair
}

// NewStories compares all sketches.
func NewStories(sketches []Sketch) *Stories {
	s := &Stories{}
	for band := range bands {
		s.alike[band] = alikes(sketches, seats(sketches, band), nil)
	}
	return s
}

// alikes adds to list the pairs among seats that are alike.
func alikes(sketches []Sketch, seats []seat, list []pair) []pair {
	meet(seats, func(p pair) {
		if alike(sketches[p.a], sketches[p.b]) >= Enough {
			list = append(list, p)
		}
	})
	return list
}

// Update takes in that articles have gone, come or got other texts: changed is their sketches, the old ones and the new.
// now is where each article stands that stood at a place before, those that stay in the same order; nil where none has
// moved. It looks at every sketch once, and compares those that agree with a changed one in a band. It reports whether
// there are other pairs than before, or had been.
func (s *Stories) Update(sketches []Sketch, now []int, changed []Sketch) (other bool) {
	var keys [bands][]uint64
	for band := range bands {
		for _, c := range changed {
			if len(c) >= bandBytes*(band+1) && !slices.Contains(keys[band], c.key(band)) {
				keys[band] = append(keys[band], c.key(band))
			}
		}
	}
	seats := seatsOf(sketches, &keys)
	for band := range bands {
		before := len(s.alike[band])
		list := slices.DeleteFunc(s.alike[band], func(p pair) bool { return slices.Contains(keys[band], p.key) })
		other = other || len(list) < before
		if now != nil {
			for n := range list {
				list[n].a, list[n].b = now[list[n].a], now[list[n].b]
			}
		}
		stayed := len(list)
		if list = alikes(sketches, seats[band], list); len(list) > stayed {
			other = true
			slices.SortFunc(list, comparePairs)
		}
		s.alike[band] = list
	}
	return other
}

// seatsOf is the seats that have some keys, of every band.
func seatsOf(sketches []Sketch, keys *[bands][]uint64) (found [bands][]seat) {
	for i, s := range sketches {
		for band := range len(s) / bandBytes {
			key := s.key(band)
			if slices.Contains(keys[band], key) {
				found[band] = append(found[band], seat{key, i})
			}
		}
	}
	for band := range found {
		slices.SortFunc(found[band], compareSeats)
	}
	return found
}

func comparePairs(x, y pair) int {
	return cmp.Or(cmp.Compare(x.key, y.key), cmp.Compare(x.b, y.b), cmp.Compare(x.a, y.a))
}

// Group is what the function of that name gives for these sketches.
func (s *Stories) Group(sketches []Sketch, ids []string, d Decisions) [][]int {
	g := newGroups(sketches, ids, d)
	for band := range bands {
		for _, p := range s.alike[band] {
			g.compare(p.a, p.b)
		}
	}
	return g.stories()
}
