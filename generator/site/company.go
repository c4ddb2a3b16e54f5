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

// company is the entities that stand most often in the same articles as one, in two at least, equal ones by id; which of
// them stand together; and, on a place's page, where the places among them lie.
type company struct {
	with  []render.Link
	pairs []render.Pair
	pins  []render.Pin
}

// companyOf finds it. The key of a page has what is shown of it, and not what it is found in: of ten pages of names that stand
// beside one which has changed, nine show others.
func (p *plan) companyOf(s shelf) (c company) {
	if s.entity == nil {
		return c
	}
	counts := p.counted(s.cards)
	var others []int
	for e := range counts {
		if p.Entities[e].Page && &p.Entities[e] != s.entity {
			at, _ := slices.BinarySearchFunc(others, e, func(a, b int) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
			if at < companyShown {
				others = slices.Insert(others, at, e)
				others = others[:min(companyShown, len(others))]
			}
		}
	}
	for _, e := range others {
		c.with = append(c.with, render.Link{Label: p.Entities[e].Name, URL: p.Entities[e].ID + "/index.html", Count: counts[e]})
	}
	c.pairs = p.together(s.cards, others, 2, pairsShown)
	if s.entity.Kind == news.Place && s.entity.At != nil {
		c.pins = p.pins(others, counts)
		main := p.pin(s.entity, len(s.cards))
		main.Main = true
		c.pins = append(c.pins, main)
	}
	return c
}

func (c *company) key(h *manifest.Hasher) {
	links(h, c.with)
	h.Int(len(c.pairs))
	for _, pair := range c.pairs {
		h.Int(pair.A)
		h.Int(pair.B)
		h.Int(pair.Count)
	}
	h.Int(len(c.pins))
	for _, pin := range c.pins {
		links(h, []render.Link{pin.Link})
		h.Int(pin.X)
		h.Int(pin.Y)
		h.Bool(pin.Main)
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
