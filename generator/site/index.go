package site

import (
	"cmp"
	"slices"

	"broadsheet/generator/manifest"
	"broadsheet/generator/prose"
	"broadsheet/generator/render"
)

// lettersAbove is the length from which an A-Z has a page a letter, and foremost how many the first page then shows.
const (
	lettersAbove = 400
	foremost     = 60
)

// indexes plans the A-Z of every kind.
func (p *sheet) indexes() {
	for _, r := range p.rooms {
		if len(r.entries) == 0 {
			continue
		}
		letters := r.letters()
		if len(r.entries) <= lettersAbove {
			p.index(r, r.folder+"/index.html", letters, nil, nil)
			continue
		}
		p.splitIndex(r, letters)
	}
}

// splitIndex plans a page a letter and a first page that leads to them.
func (p *sheet) splitIndex(r room, letters []render.Letter) {
	up := &render.Link{Label: r.heading, URL: r.folder + "/index.html"}
	heads := slices.Clone(letters)
	for i := range letters {
		url := r.folder + "/" + letters[i].Anchor + ".html"
		p.index(room{folder: r.folder, heading: r.heading}, url, letters[i:i+1], nil, up)
		heads[i].URL, heads[i].Entries = url, nil
	}
	p.index(r, r.folder+"/index.html", heads, most(r.entries, foremost), nil)
}

func (p *sheet) index(r room, url string, letters []render.Letter, mostPresent []render.Link, up *render.Link) {
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
			page.Title += ": " + letters[0].Letter
		}
		return &render.Index{Page: page, Kind: r.folder, Heading: r.heading, Total: total, Letters: letters, Most: mostPresent, Up: up}
	})
	p.mapped(url)
}

// letters parts the entries by letter; what begins with none comes last.
func (r *room) letters() []render.Letter {
	var letters []render.Letter
	for _, f := range r.order {
		if n := len(letters); n == 0 || letters[n-1].Letter != f.letter {
			letters = append(letters, render.Letter{Letter: f.letter, Anchor: letterSlug(f.letter)})
		}
		l := &letters[len(letters)-1]
		l.Entries = append(l.Entries, r.entries[f.n].link)
		l.Count++
	}
	return letters
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
	return cmp.Or(compareFilings(a, b), cmp.Compare(entries[a.n].link.Label, entries[b.n].link.Label), cmp.Compare(a.n, b.n))
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
			if b := &before.entries[was]; b.sort == entries[n].sort && b.link.Label == entries[n].link.Label {
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
func most(entries []entry, n int) []render.Link {
	best := leading(len(entries), n, func(a, b int) int {
		return cmp.Or(cmp.Compare(entries[b].link.Count, entries[a].link.Count), cmp.Compare(entries[a].sort, entries[b].sort))
	})
	list := make([]render.Link, len(best))
	for i, e := range best {
		list[i] = entries[e].link
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
