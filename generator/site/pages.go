package site

import (
	"html/template"
	"path"

	"broadsheet/generator/manifest"
	"broadsheet/generator/markdown"
	"broadsheet/generator/render"
)

// standing plans the pages below content/pages/.
func (p *sheet) standing() {
	for _, s := range p.Pages {
		p.source = "content/" + s.File
		var h manifest.Hasher
		h.String(s.Key)
		p.referenceKeys(&h, s.Files)
		p.render(s.URL, "page.html", &h, func() any {
			page := p.page(s.URL, s.Title)
			page.Description, page.Language = s.Summary, p.foreign(s.Language)
			o := p.references(s.File, page.Root)
			body := markdown.Parse([]byte(s.Body)).AppendHTML(nil, o)
			return &render.Standing{Page: page, Headline: s.Title, Body: template.HTML(body)}
		})
		p.mapped(s.URL)
	}
}

// mapped notes the page planned last for the sitemap.
func (p *sheet) mapped(url string) {
	last := len(p.pages) - 1
	if path.Ext(url) != ".html" || p.pages[last].path != url { // its address is taken
		return
	}
	p.pages[last].mapped = true
	if !p.again {
		p.maps = append(p.maps, escape(url))
	}
}
