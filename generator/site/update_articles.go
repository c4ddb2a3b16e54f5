package site

import (
	"maps"
	"slices"
)

// findArticles notes the articles that show something which has changed.
func (u *update) findArticles() {
	for _, i := range u.changed {
		u.cards[i] = true
	}
	for _, i := range u.r.Told {
		u.cards[i] = true
	}
	u.findBeside()
	u.findRelated()
	u.findReferring()
}

// findBeside notes the articles that have other neighbours, printings, translations or an issue of another place.
func (u *update) findBeside() {
	now, was := &u.now.around, &u.was.around
	if u.steady {
		for _, i := range u.changed {
			for _, n := range []int{now.previous[i], now.next[i]} {
				if n >= 0 && u.other(i, i) {
					u.cards[n] = true
				}
			}
		}
	} else {
		u.compareNeighbours()
	}
	for _, lists := range [][2]map[int][]int{{u.now.AlsoRan, u.was.stood.alsoRan}, {now.translations, was.translations},
		{now.correctedBy, was.correctedBy}, {now.corrects, was.corrects}} {
		for i, list := range lists[0] {
			if before := u.r.Was[i]; before >= 0 && u.others(list, lists[1][before]) {
				u.cards[i] = true
			}
		}
		for before, list := range lists[1] {
			if i := u.here[before]; i >= 0 && u.others(lists[0][i], list) {
				u.cards[i] = true
			}
		}
	}
}

func (u *update) compareNeighbours() {
	now, was := &u.now.around, &u.was.around
	for i, before := range u.r.Was {
		if before < 0 {
			continue
		}
		if u.other(now.previous[i], was.previous[before]) || u.other(now.next[i], was.next[before]) {
			u.cards[i] = true
		}
		if x, y := now.issues[i], was.issues[before]; (x == nil) != (y == nil) || x != nil && *x != *y {
			u.cards[i] = true
		}
	}
}

// other reports whether a list shows another card now than before, or something else of it.
func (u *update) other(now, before int) bool {
	if now < 0 || before < 0 {
		return now >= 0 || before >= 0
	}
	return u.now.digests[now] != u.was.digests[before]
}

func (u *update) others(now, before []int) bool {
	return !slices.EqualFunc(now, before, func(n, b int) bool { return !u.other(n, b) })
}

// findReferring notes the articles that refer to a file which has come, gone or another page.
func (u *update) findReferring() {
	for i := range u.now.outlines {
		if !u.now.has(i, hasFiles) {
			continue
		}
		for _, f := range u.now.Cards[i].Files {
			if u.now.ByFile[f] != u.was.stood.byFile[f] || u.r.Files[f] {
				u.cards[i] = true
			}
		}
	}
}

// planArticles plans the articles anew.
func (u *update) planArticles() {
	first := len(u.gone)
	for was, f := range u.r.Gone {
		u.gone = append(u.gone, u.places[was])
		if original := u.was.original(&f.Card); original != "" {
			u.gone = append(u.gone, original)
		}
	}
	for _, i := range u.changed {
		if before := u.r.Was[i]; before >= 0 {
			u.gone = append(u.gone, u.places[before])
		}
	}
	cards := slices.Sorted(maps.Keys(u.cards))
	s := &sheet{plan: u.now, again: true}
	for _, i := range cards {
		s.articlePage(i, s.articleKey(i))
		if u.r.Was[i] < 0 {
			s.originalPage(i)
		}
	}
	own := slices.Clone(u.gone[first:])
	for _, i := range cards {
		if _, changed := slices.BinarySearch(u.changed, i); !changed {
			own = append(own, u.now.URLs[i])
		}
	}
	slices.Sort(own)
	u.claim(own, s.pages)
	u.pages = append(u.pages, s.pages...)
	planned := sortedPaths(s.pages)
	u.gone = slices.DeleteFunc(u.gone, func(path string) bool {
		_, stays := slices.BinarySearch(planned, path)
		return stays
	})
}
