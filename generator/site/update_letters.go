package site

import (
	"cmp"
	"slices"
)

// findLetters finds the letters of long A-Zs under which an entry has changed, come or gone. Where the A-Zs have the same pages as
// before, these are to be planned, and no others.
func (u *update) findLetters() {
	p, w := u.now, u.was
	letters := map[string]bool{}
	for n := range p.rooms {
		now, was := &p.rooms[n], &w.rooms[n]
		if now.split() != was.split() || len(now.entries) == 0 != (len(was.entries) == 0) {
			return
		}
		if !now.split() {
			continue
		}
		if !slices.EqualFunc(now.letters(), was.letters(), func(a, b letter) bool { return a.name == b.name }) {
			return
		}
		u.compareEntries(now, was, func(e *entry) { letters[now.page(letterOf(e.sort))] = true })
	}
	p.letters = letters
}

// compareEntries calls other with the entries of one list that are not in the other, as they were and as they are.
func (u *update) compareEntries(now, was *room, other func(*entry)) {
	before := 0
	for n := range now.entries { // both in order of id
		e := &now.entries[n]
		for ; before < len(was.entries) && cmp.Less(was.entries[before].id, e.id); before++ {
			other(&was.entries[before])
		}
		if before == len(was.entries) || was.entries[before].id != e.id {
			other(e)
			continue
		}
		if b := &was.entries[before]; !u.sameEntry(e, b) {
			other(e)
			other(b)
		}
		before++
	}
	for ; before < len(was.entries); before++ {
		other(&was.entries[before])
	}
}

// sameEntry reports whether a line of an A-Z is as it was.
func (u *update) sameEntry(now, was *entry) bool {
	return now.label == was.label && now.sort == was.sort && now.page == was.page && now.articles == was.articles &&
		(now.page || u.now.URLs[now.newest] == u.places[was.newest])
}
