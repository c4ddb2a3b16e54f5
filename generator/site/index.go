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
		letters := filed(r.entries)
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
		p.index(room{r.folder, r.heading, nil}, url, letters[i:i+1], nil, up)
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

// filed puts entries in order and parts them by letter; what begins with none comes last.
func filed(entries []entry) []render.Letter {
	order := make([]filing, len(entries))
	for i, e := range entries {
		order[i] = fileUnder(e.sort, i)
	}
	slices.SortFunc(order, func(a, b filing) int {
		return cmp.Or(compareFilings(a, b), cmp.Compare(entries[a.n].link.Label, entries[b.n].link.Label), cmp.Compare(a.n, b.n))
	})
	var letters []render.Letter
	for _, f := range order {
		if n := len(letters); n == 0 || letters[n-1].Letter != f.letter {
			letters = append(letters, render.Letter{Letter: f.letter, Anchor: letterSlug(f.letter)})
		}
		l := &letters[len(letters)-1]
		l.Entries = append(l.Entries, entries[f.n].link)
		l.Count++
	}
	return letters
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
	before := func(a, b *entry) bool {
		return cmp.Or(cmp.Compare(b.link.Count, a.link.Count), cmp.Compare(a.sort, b.sort)) < 0
	}
	best := make([]*entry, 0, n+1) // they are few among many: hardly any is looked at twice
	for i := range entries {
		e := &entries[i]
		if len(best) == n && !before(e, best[n-1]) {
			continue
		}
		at := len(best)
		for at > 0 && before(e, best[at-1]) {
			at--
		}
		best = slices.Insert(best, at, e)
		best = best[:min(n, len(best))]
	}
	list := make([]render.Link, len(best))
	for i, e := range best {
		list[i] = e.link
	}
	return list
}
