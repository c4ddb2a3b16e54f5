package site

import (
	"cmp"
	"fmt"
	"slices"

	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
	"broadsheet/generator/render"
)

const exploreURL = "explore/index.html"

// What the page of pictures shows.
const (
	tagsExplored   = 24
	spansExplored  = 26 // columns of the table over time, at most
	namesExplored  = 40
	pairsExplored  = 120
	placesExplored = 300
)

// explored reports whether there is enough to draw: names or tags with pages.
func (p *plan) explored() bool {
	return slices.ContainsFunc(p.Entities, func(e news.Entity) bool { return e.Page }) || slices.ContainsFunc(p.Tags, func(l news.Listing) bool { return l.Page })
}

// explore plans the page of pictures: tags over the years, who stands with whom, and the map.
func (p *sheet) explore() {
	if !p.explored() {
		return
	}
	data := render.Explore{}
	data.Spans, data.Tags = p.strips()
	data.Names, data.Pairs = p.ring()
	data.Pins = p.everyPin()
	var h manifest.Hasher
	h.Strings(data.Spans)
	for _, strip := range data.Tags {
		links(&h, []render.Link{strip.Link})
		for _, cell := range strip.Cells {
			h.Int(cell.Count)
		}
	}
	links(&h, data.Names)
	for _, pair := range data.Pairs {
		h.Int(pair.A)
		h.Int(pair.B)
		h.Int(pair.Count)
	}
	for _, pin := range data.Pins {
		links(&h, []render.Link{pin.Link})
		h.Int(pin.X)
		h.Int(pin.Y)
	}
	p.render(exploreURL, "explore.html", &h, func() any {
		shown := data
		shown.Page = p.page(exploreURL, p.words.Explore)
		return &shown
	})
	p.mapped(exploreURL)
}

// strips is the tags with most articles over the years: a column for each year from the first to the last, or for so many
// years together that the columns are few.
func (p *plan) strips() (spans []string, strips []render.Strip) {
	first, last := 0, 0
	tags := foremostGroups(p.Tags, tagsExplored)
	for _, l := range tags {
		for _, i := range l.Cards {
			if o := p.outlines[i]; o.known >= news.ToYear {
				if year := int(o.year); first == 0 || year < first {
					first = year
				}
				last = max(last, int(o.year))
			}
		}
	}
	if first == 0 {
		return nil, nil
	}
	step := spanOf(last - first + 1)
	first -= first % step
	for year := first; year <= last; year += step {
		if step == 1 {
			spans = append(spans, fmt.Sprintf("%04d", year))
		} else {
			spans = append(spans, fmt.Sprintf("%04d–%02d", year, (year+step-1)%100))
		}
	}
	for _, l := range tags {
		strip := render.Strip{Link: groupLink(l), Cells: make([]render.Cell, len(spans))}
		for _, i := range l.Cards {
			if o := p.outlines[i]; o.known >= news.ToYear {
				strip.Cells[(int(o.year)-first)/step].Count++
			}
		}
		strips = append(strips, strip)
	}
	shadeStrips(strips)
	return spans, strips
}

func shadeStrips(strips []render.Strip) {
	most := 0
	for _, strip := range strips {
		for _, cell := range strip.Cells {
			most = max(most, cell.Count)
		}
	}
	for _, strip := range strips {
		for n := range strip.Cells {
			strip.Cells[n].Shade = render.Shade(strip.Cells[n].Count, most)
		}
	}
}

// spanOf is how many years one column stands for.
func spanOf(years int) int {
	for _, step := range []int{1, 2, 5, 10, 20, 50, 100} {
		if years/step < spansExplored {
			return step
		}
	}
	return 500
}

// foremostGroups is the listings that have a page, those with most articles first.
func foremostGroups(listings []news.Listing, most int) []*news.Listing {
	var list []*news.Listing
	for n := range listings {
		if l := &listings[n]; l.Page {
			list = append(list, l)
		}
	}
	best := leading(len(list), most, func(a, b int) int { return cmp.Compare(len(list[b].Cards), len(list[a].Cards)) })
	chosen := make([]*news.Listing, len(best))
	for n, i := range best {
		chosen[n] = list[i]
	}
	return chosen
}

// foremostEntities is those that have a page and are wanted, the most present first, and of those alike the first by id.
func (p *plan) foremostEntities(most int, wanted func(*news.Entity) bool) []int {
	var list []int
	for n := range p.Entities {
		if e := &p.Entities[n]; e.Page && wanted(e) {
			list = append(list, n)
		}
	}
	best := leading(len(list), most, func(a, b int) int {
		return cmp.Compare(len(p.Entities[list[b]].Articles), len(p.Entities[list[a]].Articles))
	})
	for n, i := range best {
		best[n] = list[i]
	}
	return best
}

// ring is the most present people and organizations, each beside those it stands with, and the pairs among them. Places
// stand with everybody, and would say little.
func (p *plan) ring() (names []render.Link, pairs []render.Pair) {
	entities := p.foremostEntities(namesExplored, func(e *news.Entity) bool { return e.Kind != news.Place })
	pairs = p.together(p.newestFirst(), entities, 2, pairsExplored)
	entities, pairs = seated(entities, pairs)
	for _, n := range entities {
		e := &p.Entities[n]
		names = append(names, render.Link{Label: e.Name, URL: e.ID + "/index.html", Count: len(e.Articles)})
	}
	return names, pairs
}

// seated puts names in an order in which each stands near those it has most to do with, leaves out those that stand with
// nobody, and gives the pairs their new places: from the first on, the next is the one that has most in common with the
// last few.
func seated(entities []int, pairs []render.Pair) ([]int, []render.Pair) {
	const near = 3
	n := len(entities)
	weight := make([]int, n*n)
	free := map[int]bool{}
	for _, pair := range pairs {
		weight[pair.A*n+pair.B], weight[pair.B*n+pair.A] = pair.Count, pair.Count
		free[pair.A], free[pair.B] = true, true
	}
	var order []int
	for len(free) > 0 {
		best, most := -1, -1
		for x := range n {
			if !free[x] {
				continue
			}
			sum := 0
			for back, y := range order[max(0, len(order)-near):] {
				sum += (back + 1) * weight[x*n+y]
			}
			if sum > most {
				best, most = x, sum
			}
		}
		order = append(order, best)
		delete(free, best)
	}
	seat := make([]int, n)
	seats := make([]int, len(order))
	for at, x := range order {
		seat[x], seats[at] = at, entities[x]
	}
	moved := slices.Clone(pairs)
	for k := range moved {
		moved[k].A, moved[k].B = seat[moved[k].A], seat[moved[k].B]
	}
	return seats, moved
}

// everyPin is the most present places that are known to lie somewhere.
func (p *plan) everyPin() []render.Pin {
	var pins []render.Pin
	for _, n := range p.foremostEntities(placesExplored, func(e *news.Entity) bool { return e.Kind == news.Place && e.At != nil }) {
		pins = append(pins, p.pin(&p.Entities[n], len(p.Entities[n].Articles)))
	}
	return pins
}
