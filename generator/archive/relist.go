package archive

import (
	"slices"
	"strings"

	"broadsheet/generator/news"
)

// relist brings the listings up to date.
func (a *Archive) relist(r *Renewal) {
	a.plainSections()
	now := r.Now()
	for _, g := range a.groupings(a.kept.o) {
		*g.listings = a.regroup(g, r, now)
	}
	a.noteTags()
	for _, f := range r.Gone {
		if at, found := slices.BinarySearch(a.files, f.File); found {
			a.files = slices.Delete(a.files, at, at+1)
		}
	}
	for i, was := range r.Was {
		if was < 0 && len(a.tree.sections) > 0 {
			at, _ := slices.BinarySearch(a.files, a.Cards[i].File)
			a.files = slices.Insert(a.files, at, a.Cards[i].File)
		}
	}
	a.nameSections()
}

// regroup brings one kind of listing up to date: the groups of the cards that have gone or come are made anew, the
// others' cards get their new numbers.
func (a *Archive) regroup(g grouping, r *Renewal, now []int) []news.Listing {
	came := map[string][]int{} // by slug; rising
	anew := map[string]bool{}
	for _, f := range r.Gone {
		for _, t := range g.of(&f.Card) {
			anew[t.Slug] = true
		}
	}
	for i, was := range r.Was {
		if was >= 0 {
			continue
		}
		for _, t := range g.of(&a.Cards[i]) {
			anew[t.Slug] = true
			if cards := came[t.Slug]; len(cards) == 0 || cards[len(cards)-1] != i {
				came[t.Slug] = append(cards, i)
			}
		}
	}
	list := *g.listings
	shifted := shifts(r.Was)
	made := make([]news.Listing, 0, len(list)+len(came))
	for _, l := range list {
		slug := strings.TrimPrefix(l.ID, g.folder+"/")
		if !anew[slug] && !shifted {
			made = append(made, l)
			continue
		}
		cards := make([]int, 0, len(l.Cards)+len(came[slug]))
		for _, was := range l.Cards {
			if i := now[was]; i >= 0 {
				cards = append(cards, i)
			}
		}
		if anew[slug] {
			cards = append(cards, came[slug]...)
			slices.SortFunc(cards, func(a, b int) int { return b - a })
			delete(came, slug)
			if len(cards) == 0 {
				continue
			}
			l = g.listing(slug, &a.Cards[cards[len(cards)-1]])
		}
		l.Cards, l.Page = cards, len(cards) >= g.least
		made = append(made, l)
	}
	for slug, cards := range came {
		l := g.listing(slug, &a.Cards[cards[0]])
		slices.Reverse(cards)
		l.Cards, l.Page = cards, len(cards) >= g.least
		made = append(made, l)
	}
	slices.SortFunc(made, func(x, y news.Listing) int { return strings.Compare(x.ID, y.ID) })
	return made
}
