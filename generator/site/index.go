package site

import (
	"cmp"
	"slices"

	"broadsheet/generator/manifest"
	"broadsheet/generator/prose"
	"broadsheet/generator/render"
)

// foremost is how many names the first page of a long A-Z shows.
const foremost = 60

// indexes plans the A-Z of every kind.
func (p *sheet) indexes() {
	for n := range p.rooms {
		if r := &p.rooms[n]; r.split() {
			p.splitIndex(r)
		} else if len(r.entries) > 0 {
			letters := r.letters()
			shown := make([]render.Letter, len(letters))
			for i, l := range letters {
				shown[i] = p.letter(r, l)
			}
			p.index(r, r.folder+"/index.html", shown, nil, nil)
		}
	}
}

// splitIndex plans a page a letter and a first page that leads to them.
func (p *sheet) splitIndex(r *room) {
	up := &render.Link{Label: r.heading, URL: r.folder + "/index.html"}
	letters := r.letters()
	heads := make([]render.Letter, len(letters))
	for i, l := range letters {
		url := r.page(l.name)
		heads[i] = render.Letter{Letter: l.name, Anchor: letterSlug(l.name), URL: url, Count: len(l.entries)}
		if p.letters == nil || p.letters[url] {
			p.index(r, url, []render.Letter{p.letter(r, l)}, nil, up)
		}
	}
	p.index(r, r.folder+"/index.html", heads, p.most(r, foremost), nil)
}

// letter is one letter with its entries, as a page shows it.
func (p *plan) letter(r *room, l letter) render.Letter {
	shown := render.Letter{Letter: l.name, Anchor: letterSlug(l.name), Count: len(l.entries), Entries: make([]render.Link, len(l.entries))}
	for n, f := range l.entries {
		shown.Entries[n] = p.entryLink(&r.entries[f.n])
	}
	return shown
}

func (p *sheet) index(r *room, url string, letters []render.Letter, mostPresent []render.Link, up *render.Link) {
	total := 0
	var h manifest.Hasher
	h.String(r.heading)
	for _, l := range letters {
		h.String(l.Letter)
		h.String(l.URL)
		h.Int(l.Count)
		links(&h, l.Entries)
		total += l.Count
	}
	links(&h, mostPresent)
	p.render(url, "index.html", &h, func() any {
		page := p.page(url, r.heading)
		if up != nil {
			page.Title = r.heading + ": " + letters[0].Letter
		}
		return &render.Index{Page: page, Kind: r.folder, Heading: r.heading, Total: total, Letters: letters, Most: mostPresent, Up: up}
	})
	p.mapped(url)
}

// filed puts entries in order, those that are wanted.
func filed(entries []entry, wanted func(n int) bool) []filing {
	order := make([]filing, 0, len(entries))
	for n, e := range entries {
		if wanted == nil || wanted(n) {
			order = append(order, fileUnder(e.sort, n))
		}
	}
	slices.SortFunc(order, func(a, b filing) int { return compareEntries(entries, a, b) })
	return order
}

func compareEntries(entries []entry, a, b filing) int {
	return cmp.Or(compareFilings(a, b), cmp.Compare(entries[a.n].label, entries[b.n].label), cmp.Compare(a.n, b.n))
}

// filedAgain is filed for a room that was in order before: what has the same name as then stays in the order it had, and
// what is new goes among it.
func filedAgain(before *room, entries []entry) []filing {
	now := make([]int, len(before.entries)) // where each entry is that has the same name, or -1
	fresh := make([]bool, len(entries))
	was := 0
	for n := range entries {
		for ; was < len(now) && before.entries[was].id < entries[n].id; was++ {
			now[was] = -1
		}
		same := was < len(now) && before.entries[was].id == entries[n].id
		if fresh[n] = true; same {
			now[was] = -1
			if b := &before.entries[was]; b.sort == entries[n].sort && b.label == entries[n].label {
				now[was], fresh[n] = n, false
			}
			was++
		}
	}
	for ; was < len(now); was++ {
		now[was] = -1
	}
	come := filed(entries, func(n int) bool { return fresh[n] })
	order := make([]filing, 0, len(entries))
	for _, f := range before.order {
		if f.n = now[f.n]; f.n < 0 {
			continue
		}
		for len(come) > 0 && compareEntries(entries, come[0], f) < 0 {
			order, come = append(order, come[0]), come[1:]
		}
		order = append(order, f)
	}
	return append(order, come...)
}

// filing is where the n-th of some names stands in an A-Z; it is worked out once, not at each comparison.
type filing struct {
	letter string
	folded string
	n      int
}

func fileUnder(name string, n int) filing { return filing{letterOf(name), prose.Fold(name), n} }

func compareFilings(a, b filing) int {
	return cmp.Or(compareLetters(a.letter, b.letter), cmp.Compare(a.folded, b.folded))
}

func compareLetters(a, b string) int {
	switch {
	case a == b:
		return 0
	case a == "#":
		return 1
	case b == "#":
		return -1
	}
	return cmp.Compare(a, b)
}

// most is the entries with the most articles, those alike in order of name.
func (p *plan) most(r *room, n int) []render.Link {
	best := leading(len(r.entries), n, func(a, b int) int {
		x, y := &r.entries[a], &r.entries[b]
		if x.articles != y.articles {
			return cmp.Compare(y.articles, x.articles)
		}
		return cmp.Compare(x.sort, y.sort)
	})
	list := make([]render.Link, len(best))
	for i, e := range best {
		list[i] = p.entryLink(&r.entries[e])
	}
	return list
}

// leading is the first few of the numbers below n in an order, those alike as they stand. They are few among many, and hardly
// any is looked at twice.
func leading(n, few int, compare func(a, b int) int) []int {
	best := make([]int, 0, few+1)
	for i := range n {
		if len(best) == few && (few == 0 || compare(i, best[few-1]) >= 0) {
			continue
		}
		at := len(best)
		for at > 0 && compare(i, best[at-1]) < 0 {
			at--
		}
		best = slices.Insert(best, at, i)
		best = best[:min(few, len(best))]
	}
	return best
}
