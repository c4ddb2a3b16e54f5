package site

import (
	"path"
	"strings"

	"broadsheet/generator/manifest"
	"broadsheet/generator/render"
)

// missing plans 404.html, which a host shows at any address: its links start from base_url's path. A site's own, in
// static/, stands in its place.
func (p *sheet) missing() {
	if _, own := p.taken("404.html"); own {
		return
	}
	var h manifest.Hasher
	h.String(p.o.BasePath)
	p.render("404.html", "missing.html", &h, func() any {
		page := p.page("404.html", p.words.NotFound)
		page.Root, page.Canonical, page.NoIndex = p.o.BasePath, "", true
		return &render.Missing{Page: page}
	})
}

// moved plans the pages that lead from former addresses to present ones.
func (p *sheet) moved() {
	for _, alias := range sortedKeys(p.Moved) {
		p.source = "content/" + p.Moved[alias].File
		p.leads(alias, p.Moved[alias].URL)
	}
	for _, url := range sortedKeys(p.Kept) {
		if _, taken := p.taken(url); !taken {
			p.leads(url, p.Kept[url])
		}
	}
}

// leads plans a page that leads to another.
func (p *sheet) leads(from, to string) {
	var h manifest.Hasher
	h.String(to)
	p.render(from, "moved.html", &h, func() any {
		page := p.page(from, p.words.Moved)
		page.NoIndex, page.Canonical = true, p.absolute(to)
		return &render.Moved{Page: page, To: render.Link{Label: path.Base(strings.TrimSuffix(to, "/index.html")), URL: to}}
	})
}
