package site

import (
	"math/bits"
	"slices"

	"broadsheet/generator/news"
)

// findRelated finds anew what articles lead on to, where that may be something else than before or show otherwise, and notes those
// of which it is.
func (u *update) findRelated() {
	again := u.mayLeadElsewhere()
	before := make(map[int][]int, len(again))
	related := u.was.around.related
	for _, i := range again {
		if was := u.r.Was[i]; was >= 0 {
			before[i] = slices.Clone(related[was])
		}
	}
	if u.moved {
		related = u.renumbered(related)
	}
	u.now.around.related = related
	u.now.share(len(again), func(n int) { related[again[n]] = u.now.readOn(again[n]) })
	for i, list := range before {
		if u.others(related[i], list) {
			u.cards[i] = true
		}
	}
}

// renumbered is lists of cards, by card, in the cards' new order and by their new numbers.
func (u *update) renumbered(lists [][]int) [][]int {
	now := make([][]int, len(u.r.Was))
	for i, was := range u.r.Was {
		if was >= 0 {
			now[i] = lists[was]
		}
		for n, before := range now[i] {
			now[i][n] = u.here[before]
		}
	}
	return now
}

// mayLeadElsewhere is the articles of which readOn may find others than before, or others that show otherwise, each once. What
// it finds depends on the names an article has, how many articles each of them has, and which of these are near.
func (u *update) mayLeadElsewhere() []int {
	p, w := u.now, u.was
	again := map[int]bool{}
	if bits.Len(uint(len(p.Cards))) != bits.Len(uint(len(w.digests))) {
		return p.newestFirst()
	}
	for _, i := range u.changed {
		again[i] = true
		for _, n := range p.names[i] {
			u.addNear(again, int(n), i)
		}
	}
	for was := range u.r.Gone {
		for _, before := range w.names[was] {
			if n := u.nowOf(int(before)); n >= 0 {
				u.addNear(again, n, u.place(was))
			}
		}
	}
	for _, i := range u.renamed {
		again[i] = true
	}
	for n := range u.regrouped {
		addAll(again, p.Entities[n].Articles)
	}
	for _, r := range u.recounted {
		u.addRecounted(again, r)
	}
	for i := range u.cards { // no article leads to another printing of itself
		if was := u.r.Was[i]; p.AlsoRan[i] != nil || was >= 0 && w.stood.alsoRan[was] != nil {
			again[i] = true
		}
	}
	list := make([]int, 0, len(again))
	for i := range again {
		list = append(list, i)
	}
	return list
}

func (u *update) nowOf(before int) int {
	if u.become == nil {
		return before
	}
	return u.become[before]
}

// place is where a card would be now that stood at a place before.
func (u *update) place(was int) int {
	for ; was < len(u.was.digests); was++ {
		if i := u.here[was]; i >= 0 {
			return i
		}
	}
	return len(u.now.Cards)
}

// addNear adds the articles that name an entity near some place: as near as readOn looks, and with whatever has come and gone
// between.
func (u *update) addNear(to map[int]bool, entity, place int) {
	near := readOnNear + len(u.changed) + len(u.r.Gone)
	in := u.now.Entities[entity].Articles
	at, _ := slices.BinarySearchFunc(in, int32(place), byCard)
	addAll(to, in[max(0, at-near):min(len(in), at+near+1)])
}

func addAll(to map[int]bool, in []news.Appearance) {
	for _, a := range in {
		to[int(a.Card)] = true
	}
}

// addRecounted adds the articles of an entity to which it matters in how many it stands now: all, if it weighs more or less than
// it did; else those with another name that may be rarer now, or may not be any more.
func (u *update) addRecounted(to map[int]bool, r recounted) {
	p := u.now
	in := p.Entities[r.entity].Articles
	if bits.Len(uint(r.was)) != bits.Len(uint(r.now)) {
		addAll(to, in)
		return
	}
	least, most := min(r.was, r.now), max(r.was, r.now)
	others := -1 // it is one of them
	for n := least; n <= most; n++ {
		others += u.alike[n]
	}
	if others == 0 {
		return
	}
	for _, a := range in {
		names := p.names[a.Card]
		if len(names) > readOnNames && slices.ContainsFunc(names, func(n int32) bool {
			articles := len(p.Entities[n].Articles)
			return int(n) != r.entity && least <= articles && articles <= most
		}) {
			to[int(a.Card)] = true
		}
	}
}
