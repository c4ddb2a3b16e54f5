package site

import (
	"bytes"
	"html/template"
	"path"
	"slices"
	"strings"

	"broadsheet/generator/archive"
	"broadsheet/generator/manifest"
	"broadsheet/generator/markdown"
	"broadsheet/generator/news"
	"broadsheet/generator/prose"
	"broadsheet/generator/render"
)

// articles plans a page for every card.
func (p *sheet) articles() {
	defer func() { p.source = "" }()
	previous, next := p.neighbours()
	for i := range p.Cards {
		p.source = "content/" + p.Cards[i].File
		var h manifest.Hasher
		h.Digest(p.Key(i))
		h.String(p.Cards[i].ID)
		p.nameKeys(&h, i)
		h.String(p.original(&p.Cards[i]))
		p.shown(&h, p.AlsoRan[i])
		for _, n := range []int{previous[i], next[i]} {
			if n >= 0 {
				h.Digest(p.digests[n])
			}
			h.Bool(n >= 0)
		}
		url := p.URLs[i]
		p.renderArticle(url, &h, func() (*render.Article, error) { return p.article(i, previous[i], next[i]) })
	}
}

// renderArticle is render for data that is read from the cache, which may fail.
func (p *sheet) renderArticle(url string, h *manifest.Hasher, data func() (*render.Article, error)) {
	const name = "article.html"
	h.String(url)
	h.Digest(p.siteKey)
	h.String(p.o.Theme.Key(name))
	p.add(url, h.Key(), func(b *bytes.Buffer) error {
		a, err := data()
		if err != nil {
			return err
		}
		return p.o.Theme.Execute(b, name, a)
	})
}

// nameKeys adds what an article shows of other things: what its tags, section, publication, authors and entities are
// called and where they lead, and whether the files it refers to are there.
func (p *plan) nameKeys(h *manifest.Hasher, i int) {
	c := &p.Cards[i]
	for _, t := range c.Tags {
		groupKey(h, p.tagLink(t.Slug))
	}
	groupKey(h, p.grouped("sections", c.Section))
	groupKey(h, p.grouped("publications", c.Publication))
	for _, author := range c.Authors {
		groupKey(h, p.grouped("authors", author))
	}
	p.referenceKeys(h, c.Files)
	for _, e := range p.Of[i] {
		h.Int(min(e, 0))
		if e >= 0 {
			h.Digest(p.linked[e])
		}
	}
}

func groupKey(h *manifest.Hasher, l render.Link) {
	h.String(l.Label)
	h.String(l.URL)
}

func (p *plan) referenceKeys(h *manifest.Hasher, files []string) {
	for _, f := range files {
		_, there := p.File(f)
		h.Bool(there)
		h.String(p.ByFile[f])
	}
}

// neighbours is the card before and after each in the same publication, by date; -1 where there is none. What has no
// day has no neighbour.
func (p *plan) neighbours() (previous, next []int) {
	previous, next = make([]int, len(p.Cards)), make([]int, len(p.Cards))
	last := map[string]int{}
	for i := range p.Cards {
		c := &p.Cards[i]
		previous[i], next[i] = -1, -1
		if c.Date.Precision() != news.ToDay {
			continue
		}
		if before, found := last[c.Publication]; found {
			previous[i], next[before] = before, i
		}
		last[c.Publication] = i
	}
	return previous, next
}

// article is the data of card i's page.
func (p *plan) article(i, previous, next int) (*render.Article, error) {
	a, err := p.Article(i)
	if err != nil {
		return nil, err
	}
	c := &p.Cards[i]
	data := &render.Article{
		Page: p.page(p.URLs[i], heading(c)), Headline: heading(c), Deck: c.Deck,
		Byline: a.Byline.Printed, Credit: a.Byline.Credit, Dateline: a.Dateline.Place,
		Date: render.ShowDate(a.Date), Modified: render.ShowDate(a.Modified), DateNote: a.DateNote, Identifiers: a.Identifiers,
		Genre: a.Genre, Edition: a.Edition, PrintPage: a.PrintPage, Draft: a.Draft, Corrections: a.Corrections,
		Section: p.grouped("sections", a.Section), Publication: p.grouped("publications", a.Publication),
		Source: linked(a.Source), License: linked(a.License), SHA256: a.SHA256,
		Previous: p.neighbour(previous), Next: p.neighbour(next),
		Withheld: a.Rights == news.Metadata,
	}
	if data.Description = a.Description; data.Description == "" || data.Withheld {
		data.Description = summary(c)
	}
	if a.Language != p.o.Language {
		data.Language = a.Language
	}
	data.Permalink = data.Canonical
	if data.Permalink == "" {
		data.Permalink = p.URLs[i]
	}
	for _, author := range a.Byline.Authors {
		data.Authors = append(data.Authors, p.grouped("authors", author))
	}
	for _, t := range c.Tags {
		data.Tags = append(data.Tags, p.tagLink(t.Slug))
	}
	p.nameLinks(data, i)
	data.AlsoRan = p.items(p.AlsoRan[i])
	if url := p.original(c); url != "" {
		data.Original = render.Link{Label: "the text as it was received", URL: escape(url)}
	}
	if !data.Withheld {
		data.Body, data.Signed = p.body(&a, i), a.Signed
		data.Removed = visible(a.Removed)
		data.Figures = p.figures(&a)
	}
	data.JSONLD = render.StructuredData(data)
	return data, nil
}

// visible is the removed lines with control characters, which no page can hold, as the symbols for them.
func visible(removed []news.Removal) []news.Removal {
	shown := slices.Clone(removed)
	for i := range shown {
		shown[i].Text = strings.Map(func(r rune) rune {
			if r < ' ' && r != '\t' {
				return '\u2400' + r
			}
			if r == 0x7f {
				return '\u2421'
			}
			return r
		}, shown[i].Text)
	}
	return shown
}

// summary is what lists and search engines show of an article.
func summary(c *news.Card) string {
	if c.Deck != "" {
		return c.Deck
	}
	return c.Lede
}

// grouped is the link to an author, a section or a publication.
func (p *plan) grouped(folder, label string) render.Link {
	if l := p.groups[folder+"/"+prose.Slug(label)]; l != nil {
		return groupLink(l)
	}
	return render.Link{Label: label}
}

func (p *plan) tagLink(slug string) render.Link { return groupLink(p.groups["tags/"+slug]) }

func groupLink(l *news.Listing) render.Link {
	link := render.Link{Label: l.Label}
	if l.Page {
		link.URL = l.ID + "/index.html"
	}
	return link
}

// nameLinks sets the people, places and organizations of card i.
func (p *plan) nameLinks(data *render.Article, i int) {
	for _, n := range p.names[i] {
		e := &p.Entities[n]
		link := render.Link{Label: e.Name}
		if e.Page {
			link.URL = e.ID + "/index.html"
		}
		data.ByMachine = data.ByMachine || !e.Confirmed && !p.Cards[i].Named[e.Kind]
		switch e.Kind {
		case news.Person:
			data.People = append(data.People, link)
		case news.Place:
			data.Places = append(data.Places, link)
		case news.Organization:
			data.Organizations = append(data.Organizations, link)
		}
	}
}

func (p *plan) neighbour(i int) *render.Link {
	if i < 0 {
		return nil
	}
	return &render.Link{Label: heading(&p.Cards[i]), URL: p.URLs[i]}
}

// body is the article as HTML, each entity that has a page linked where it is first mentioned.
func (p *plan) body(a *news.Article, i int) template.HTML {
	root := strings.Repeat("../", strings.Count(p.URLs[i], "/"))
	o := p.references(a.File, root)
	linkedTo := map[int]bool{}
	for _, m := range a.Mentions {
		e := p.Of[i][m.Cluster]
		if e < 0 || linkedTo[e] || !p.Entities[e].Page {
			continue
		}
		linkedTo[e] = true
		o.Links = append(o.Links, markdown.Link{Span: m.Span, URL: root + escape(p.Entities[e].ID) + "/index.html", Class: "name"})
	}
	return template.HTML(markdown.Parse([]byte(a.Body)).AppendHTML(nil, o))
}

// references rewrites what an author refers to: files below content/ lead to their copies, articles and pages to
// their pages, and a picture elsewhere on the web becomes a link.
func (p *plan) references(from, root string) markdown.Options {
	return markdown.Options{
		Href: func(reference string) string {
			name := archive.Resolve(from, reference)
			if to, found := p.ByFile[name]; found {
				return root + escape(to) + fragment(reference)
			}
			if _, found := p.File(name); found && name != "" {
				if archive.IsSource(name) {
					return "" // an article that is not shown
				}
				return root + escape(filesFolder+name)
			}
			return reference
		},
		Src: func(reference string) string {
			name := archive.Resolve(from, reference)
			if _, found := p.File(name); found && name != "" {
				return root + escape(filesFolder+name)
			}
			return ""
		},
	}
}

func fragment(reference string) string {
	if i := strings.IndexByte(reference, '#'); i >= 0 {
		return reference[i:]
	}
	return ""
}

// figures are the pictures the front matter names; one that is not there is left out, and check says so.
func (p *plan) figures(a *news.Article) []render.Figure {
	images := a.Images
	if a.Scan != "" {
		images = append(images[:len(images):len(images)], news.Image{File: a.Scan, Alt: "The printed page", Caption: "The page as it was printed"})
	}
	var figures []render.Figure
	for _, image := range images {
		name := archive.Resolve(a.File, image.File)
		if _, found := p.File(name); found && name != "" {
			figures = append(figures, render.Figure{URL: escape(filesFolder + name), Alt: image.Alt, Caption: image.Caption, Credit: image.Credit})
		}
	}
	return figures
}

// linked is words with the web address in them, if there is one: "CC BY 2.5 <https://…>".
func linked(s string) render.Link {
	for _, scheme := range []string{"https://", "http://"} {
		start := strings.Index(s, scheme)
		if start < 0 {
			continue
		}
		url := s[start:]
		if end := strings.IndexAny(url, "<> \t)"); end >= 0 {
			url = url[:end]
		}
		label := strings.Trim(strings.Replace(s, url, "", 1), " <>()")
		if label == "" {
			label = strings.TrimPrefix(strings.TrimPrefix(url, "https://"), "http://")
		}
		return render.Link{Label: label, URL: url}
	}
	return render.Link{Label: s}
}

// standing plans the pages below content/pages/.
func (p *sheet) standing() {
	defer func() { p.source = "" }()
	for _, s := range p.Pages {
		p.source = "content/" + s.File
		var h manifest.Hasher
		h.String(s.Key)
		p.referenceKeys(&h, s.Files)
		p.render(s.URL, "page.html", &h, func() any {
			page := p.page(s.URL, s.Title)
			page.Description, page.Language = s.Summary, s.Language
			o := p.references(s.File, page.Root)
			body := markdown.Parse([]byte(s.Body)).AppendHTML(nil, o)
			return &render.Standing{Page: page, Headline: s.Title, Body: template.HTML(body)}
		})
		p.mapped(s.URL)
	}
}

// mapped notes a page for the sitemap.
func (p *sheet) mapped(url string) {
	switch {
	case path.Ext(url) != ".html":
	case p.again:
		p.pages[len(p.pages)-1].mapped = true
	default:
		p.maps = append(p.maps, escape(url))
	}
}
