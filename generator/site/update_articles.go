package site

import (
	"maps"
	"math/bits"
	"slices"
)

// findArticles notes the articles that show something which has changed.
func (u *update) findArticles() {
	for i, dirty := range u.dirty {
		if dirty {
			u.cards[i] = true
		}
	}
	u.findBeside()
	u.findRelated()
	u.findReferring()
}

// findBeside notes the articles that have other neighbours, printings, translations or an issue of another place.
func (u *update) findBeside() {
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

// other reports whether a card shown now is not the one shown before, or shows otherwise.
func (u *update) other(now, before int) bool {
	if now < 0 || before < 0 {
		return now >= 0 || before >= 0
	}
	return u.dirty[now] || u.r.Was[now] != before
}

func (u *update) others(now, before []int) bool {
	if len(now) != len(before) {
		return true
	}
	for n := range now {
		if u.other(now[n], before[n]) {
			return true
		}
	}
	return false
}

// findRelated finds what the articles lead on to: those that have a name in common with one that has changed may lead
// elsewhere now.
func (u *update) findRelated() {
	now, was := u.now, u.was
	again := make([]bool, len(now.Cards))
	for i := range again {
		again[i] = u.dirty[i]
	}
	all := bits.Len(uint(len(now.Cards))) != bits.Len(uint(len(was.digests)))
	if all {
		for i := range again {
			again[i] = true
		}
	} else {
		for id := range u.rejoined() {
			if n, found := now.entity(id); found {
				for _, a := range now.Entities[n].Articles {
					again[a.Card] = true
				}
			}
		}
		for i := range now.AlsoRan { // no article leads to another printing of itself
			again[i] = again[i] || u.cards[i]
		}
		for before := range was.stood.alsoRan {
			if i := u.here[before]; i >= 0 {
				again[i] = again[i] || u.cards[i]
			}
		}
	}
	now.around.related = make([][]int, len(now.Cards))
	changed := make([]bool, len(now.Cards))
	now.share(len(now.Cards), func(i int) {
		before := u.r.Was[i]
		if again[i] {
			now.around.related[i] = now.readOn(i)
		} else {
			now.around.related[i] = u.carried(was.around.related[before])
		}
		changed[i] = before >= 0 && u.others(now.around.related[i], was.around.related[before])
	})
	for i := range changed {
		if changed[i] {
			u.cards[i] = true
		}
	}
}

// rejoined is the ids of the entities that other articles name than before.
func (u *update) rejoined() map[string]bool {
	ids := maps.Clone(u.reheaded)
	for was := range u.r.Gone {
		before, now := u.was.names[was], []int(nil)
		if !u.moved && u.r.Was[was] < 0 {
			now = u.now.names[was]
		}
		for _, n := range before {
			id := u.was.stood.entities[n].ID
			if !slices.ContainsFunc(now, func(n int) bool { return u.now.Entities[n].ID == id }) {
				ids[id] = true
			}
		}
	}
	for i, was := range u.r.Was {
		if was >= 0 {
			continue
		}
		before := []int(nil)
		if _, stood := u.r.Gone[i]; stood && !u.moved {
			before = u.was.names[i]
		}
		for _, n := range u.now.names[i] {
			id := u.now.Entities[n].ID
			if !slices.ContainsFunc(before, func(n int) bool { return u.was.stood.entities[n].ID == id }) {
				ids[id] = true
			}
		}
	}
	return ids
}

// carried is a list of cards by their new numbers.
func (u *update) carried(cards []int) []int {
	if !u.moved || len(cards) == 0 {
		return cards
	}
	now := make([]int, len(cards))
	for n, before := range cards {
		now[n] = u.here[before]
	}
	return now
}

// findReferring notes the articles that refer to a file which has come, gone or another page.
func (u *update) findReferring() {
	for i := range u.now.Cards {
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
	for i := range u.dirty {
		if before := u.r.Was[i]; before >= 0 && u.dirty[i] {
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
		if !u.dirty[i] {
			own = append(own, u.now.URLs[i])
		}
	}
	u.claim(own, s.pages)
	u.pages = append(u.pages, s.pages...)
	planned := make(map[string]bool, len(s.pages))
	for _, page := range s.pages {
		planned[page.path] = true
	}
	u.gone = slices.DeleteFunc(u.gone, func(path string) bool { return planned[path] })
}
