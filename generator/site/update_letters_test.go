package site

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"broadsheet/generator/archive"
	"broadsheet/generator/news"
	"broadsheet/generator/render"
)

// TestFindLetters changes long A-Zs at random. A letter that is not found to have changed has the entries it had.
func TestFindLetters(t *testing.T) {
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 1))
		was := lettered(r, lettersAbove+1+r.IntN(100))
		now := &plan{Archive: &archive.Archive{Entities: slices.Clone(was.Entities), URLs: slices.Clone(was.URLs)}, words: was.words}
		for range 1 + r.IntN(4) {
			n := r.IntN(len(now.Entities))
			switch e := &now.Entities[n]; r.IntN(5) {
			case 0:
				e.Name += "x"
			case 1:
				e.Sort = string(rune('A'+r.IntN(26))) + e.Sort
			case 2:
				e.Articles = append(slices.Clone(e.Articles), news.Appearance{Card: 1})
			case 3:
				e.Page = !e.Page
			case 4:
				now.URLs[r.IntN(2)] += "moved"
			}
			if r.IntN(3) == 0 {
				now.Entities = slices.Delete(now.Entities, n, n+1)
			}
		}
		was.rooms = was.everyRoom(nil)
		now.rooms = now.everyRoom(was.rooms)
		u := &update{Press: &Press{places: was.URLs}, was: was, now: now}
		u.findLetters()
		if now.letters == nil {
			continue // all are planned
		}
		for n := range now.rooms {
			if !now.rooms[n].split() {
				continue
			}
			before := was.rooms[n].letters()
			for i, l := range now.rooms[n].letters() {
				a, b := now.letter(&now.rooms[n], l), was.letter(&was.rooms[n], before[i])
				if !now.letters[now.rooms[n].page(l.name)] && !slices.Equal(a.Entries, b.Entries) {
					t.Errorf("seed %d: letter %s has changed", seed, l.name)
				}
			}
		}
	}
}

// lettered is a plan with so many people.
func lettered(r *rand.Rand, people int) *plan {
	p := &plan{Archive: &archive.Archive{URLs: []string{"a.html", "b.html"}}, words: render.WordsFor("en")}
	for n := range people {
		name := fmt.Sprintf("%c %d", 'A'+r.IntN(26), n)
		p.Entities = append(p.Entities, news.Entity{
			ID: fmt.Sprintf("people/%05d", n), Kind: news.Person, Name: name, Sort: name, Page: r.IntN(2) == 0, Articles: []news.Appearance{{Card: int32(r.IntN(2))}},
		})
	}
	return p
}
