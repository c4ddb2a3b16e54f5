package site

import (
	"crypto/sha256"
	"encoding/hex"
	"html/template"
	"strings"

	"broadsheet/generator/archive"
	"broadsheet/generator/markdown"
	"broadsheet/generator/news"
	"broadsheet/generator/render"
)

// body is the article as HTML, each entity that has a page linked where it is first mentioned, and the first digits of the
// SHA-256 of its text.
func (p *plan) body(a *news.Article, i int) (html template.HTML, sum string) {
	const bytesShown = 8
	root := strings.Repeat("../", strings.Count(p.URLs[i], "/"))
	o := p.references(a.File, root)
	linkedTo := map[int32]bool{}
	for _, m := range a.Mentions {
		e := p.Of[i][m.Cluster]
		if e < 0 || linkedTo[e] || !p.Entities[e].Page {
			continue
		}
		linkedTo[e] = true
		o.Links = append(o.Links, markdown.Link{Span: m.Span, URL: root + escape(p.Entities[e].ID) + "/index.html", Class: "name"})
	}
	o.Anchors = true
	doc := markdown.Parse([]byte(a.Body))
	text := sha256.Sum256([]byte(doc.Text()))
	return render.HTML(doc.AppendHTML(make([]byte, 0, len(a.Body)*5/4+1024), o)), hex.EncodeToString(text[:bytesShown])
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
			if p.o.RemoteImages && (strings.HasPrefix(reference, "https://") || strings.HasPrefix(reference, "http://")) {
				return reference
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

// figures are the pictures the front matter names, and the printed page; one that is not there is left out, and check
// says so. One that stands elsewhere on the web is a link, unless the site allows it.
func (p *plan) figures(a *news.Article) (figures []render.Figure, scan *render.Figure) {
	for _, image := range a.Images {
		if f, found := p.figure(a.File, image); found {
			figures = append(figures, f)
		}
	}
	if f, found := p.figure(a.File, news.Image{File: a.Scan, Caption: p.words.ThePrintedPage}); found && a.Scan != "" {
		scan = &f
	}
	return figures, scan
}

func (p *plan) figure(from string, image news.Image) (render.Figure, bool) {
	f := render.Figure{Alt: image.Alt, Caption: image.Caption, Credit: image.Credit}
	if strings.HasPrefix(image.File, "https://") || strings.HasPrefix(image.File, "http://") {
		f.URL, f.Away = image.File, !p.o.RemoteImages
		return f, true
	}
	name := archive.Resolve(from, image.File)
	_, found := p.File(name)
	f.URL = escape(filesFolder + name)
	return f, found && name != ""
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
		if label == "" { // a whole address would not be read, and printers write it out
			label, _, _ = strings.Cut(strings.TrimPrefix(strings.TrimPrefix(url, "https://"), "http://"), "/")
		}
		return render.Link{Label: label, URL: url}
	}
	return render.Link{Label: s}
}
