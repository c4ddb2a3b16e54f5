package site

import (
	"cmp"
	"maps"
	"slices"

	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
	"broadsheet/generator/render"
)

// What an entity's page shows of others: so many of them, and so many pairs that stand together.
const (
	companyShown = 12
	pairsShown   = 24
)

// keepCompany sets the entities that stand most often in the same articles, in two at least, equal ones by id; which of
// them stand together; and, on a place's page, where the places among them lie.
func (p *plan) keepCompany(l *render.Listing, s shelf) {
	if s.entity == nil {
		return
	}
	counts := p.counted(s.cards)
	var others []int
	for e := range counts {
		if p.Entities[e].Page && &p.Entities[e] != s.entity {
			others = append(others, e)
		}
	}
	slices.SortFunc(others, func(a, b int) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	others = others[:min(companyShown, len(others))]
	for _, e := range others {
		l.With = append(l.With, render.Link{Label: p.Entities[e].Name, URL: p.Entities[e].ID + "/index.html", Count: counts[e]})
	}
	l.Pairs = p.together(s.cards, others, 2, pairsShown)
	if s.entity.Kind == news.Place && s.entity.At != nil {
		l.Pins = p.pins(others, counts)
		main := p.pin(s.entity, len(s.cards))
		main.Main = true
		l.Pins = append(l.Pins, main)
	}
}

// counted is how many of the cards name each entity, of those that two of them name at least.
func (p *plan) counted(cards []int) map[int]int {
	const many = 256 // cards, from which a place for every entity is less than a map of those they name
	counts := map[int]int{}
	if len(cards) < many {
		for _, i := range cards {
			for _, e := range p.names[i] {
				counts[int(e)]++
			}
		}
		maps.DeleteFunc(counts, func(_, n int) bool { return n < 2 })
		return counts
	}
	every := make([]int, len(p.Entities))
	for _, i := range cards {
		for _, e := range p.names[i] {
			every[e]++
		}
	}
	for e, n := range every {
		if n > 1 {
			counts[e] = n
		}
	}
	return counts
}

// together counts which of some entities stand in the same of these cards: the pairs of so many at least, the most
// frequent first.
func (p *plan) together(cards, entities []int, least, most int) []render.Pair {
	at := make(map[int32]int, len(entities))
	var some [64]uint64 // what stands in at, and little else: most names are not asked for
	for n, e := range entities {
		at[int32(e)] = n
		some[e>>6&63] |= 1 << (e & 63)
	}
	counts := make([]int, len(entities)*len(entities))
	var here []int
	for _, i := range cards {
		here = here[:0]
		for _, e := range p.names[i] {
			if some[e>>6&63]>>(e&63)&1 == 0 {
				continue
			}
			if n, found := at[e]; found {
				here = append(here, n)
			}
		}
		for x, a := range here {
			for _, b := range here[x+1:] {
				counts[min(a, b)*len(entities)+max(a, b)]++
			}
		}
	}
	var pairs []render.Pair
	for n, count := range counts {
		if count >= least {
			pairs = append(pairs, render.Pair{A: n / len(entities), B: n % len(entities), Count: count})
		}
	}
	slices.SortStableFunc(pairs, func(a, b render.Pair) int { return cmp.Compare(b.Count, a.Count) })
	return pairs[:min(most, len(pairs))]
}

// pins is those of some entities that are places known to lie somewhere.
func (p *plan) pins(entities []int, counts map[int]int) []render.Pin {
	var pins []render.Pin
	for _, n := range entities {
		if e := &p.Entities[n]; e.Kind == news.Place && e.At != nil {
			pins = append(pins, p.pin(e, counts[n]))
		}
	}
	return pins
}

func (p *plan) pin(e *news.Entity, count int) render.Pin {
	pin := render.Pin{Link: render.Link{Label: e.Name, URL: e.ID + "/index.html", Count: count}}
	pin.X, pin.Y = render.Project(*e.At)
	return pin
}

// companyKey adds to a key what keepCompany is made from.
func (p *plan) companyKey(h *manifest.Hasher, s shelf) {
	if s.entity == nil {
		return
	}
	for _, i := range s.cards {
		h.Digest(p.company[i])
	}
}

func positionKey(h *manifest.Hasher, e *news.Entity) {
	h.Bool(e.At != nil)
	if e.At != nil {
		h.Int(e.At.Latitude)
		h.Int(e.At.Longitude)
	}
}
