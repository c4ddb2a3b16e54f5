package archive

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/frontmatter"
	"broadsheet/generator/manifest"
	"broadsheet/generator/markdown"
	"broadsheet/generator/news"
	"broadsheet/generator/prose"
)

// Page is a standing page: content/pages/about.md, shown at about.html.
type Page struct {
	File     string
	URL      string
	Title    string
	Language string
	Summary  string
	Body     string   // Markdown
	Files    []string // what it shows and links to, below content/
	Pictures []string // those of Files it shows
	Aliases  []string
	Key      string // hash of all of the above
}

// readPages reads the standing pages.
func (a *Archive) readPages(o Options) error {
	for _, name := range a.tree.pages {
		src, err := a.tree.read(name)
		if err != nil {
			return fmt.Errorf("reading a page: %w", err)
		}
		if p, shown := a.page(name, src, o); shown {
			a.Pages = append(a.Pages, p)
			a.movedHere(p)
		}
	}
	slices.SortFunc(a.Pages, func(x, y Page) int { return cmp.Compare(x.URL, y.URL) })
	return nil
}

// movedHere notes the former addresses of a page, but for those that an article has.
func (a *Archive) movedHere(p Page) {
	for _, alias := range p.Aliases {
		if _, taken := a.Moved[alias]; taken || slices.Contains(a.URLs, alias) {
			a.tell(paged, diag.Warn(contentPath(p.File), "the alias %q belongs to an article", alias).
				WithHint("an address can lead to one place alone; remove it from one of the two"))
			continue
		}
		a.Moved[alias] = Alias{p.URL, p.File}
	}
}

func (a *Archive) page(name string, src []byte, o Options) (Page, bool) {
	m, body, _, found := frontmatter.Parse(contentPath(name), src)
	written, wrong := m.Apply(news.Article{From: map[string]string{}})
	a.tell(paged, append(found, wrong...)...)
	a.told[paged].Unknown = append(a.told[paged].Unknown, m.Unknown()...)
	if m.Broken || written.Draft && !o.Drafts || written.Rights == news.Private && !o.Private {
		return Page{}, false
	}
	if written.Rights == news.Metadata {
		a.tell(paged, diag.Warn(contentPath(name), "a standing page has nothing but its text, so with rights = \"metadata\" it is left out"))
		return Page{}, false
	}
	p := Page{File: name, URL: written.URL, Title: written.Title, Language: written.Language, Summary: written.Description, Aliases: written.Aliases, Body: string(body)}
	if head, rest, ok := headline(p.Body); ok && p.Title == "" {
		p.Title, p.Body = head, rest
	}
	stem := strings.TrimSuffix(strings.TrimPrefix(name, pagesFolder+"/"), ".md")
	if p.URL == "" {
		p.URL = slugs(stem) + ".html"
	}
	if p.Title == "" {
		p.Title = stem
	}
	if p.Language == "" {
		p.Language = o.Language
	}
	doc := markdown.Parse([]byte(p.Body))
	for _, dropped := range doc.Dropped() {
		a.tell(paged, diag.Warn(contentPath(name), "%s left out: %s", dropped.Rule, dropped.Text).WithHint("write it in Markdown"))
	}
	var shown []string
	for _, image := range doc.Images() {
		shown = append(shown, image.File)
	}
	p.Pictures = local(name, shown)
	p.Files = local(name, append(shown, doc.Links()...))
	p.Key = manifest.Key("page", p.File, p.URL, p.Title, p.Language, p.Summary, p.Body)
	return p, true
}

// slugs is a path with each of its parts made a slug.
func slugs(name string) string {
	parts := strings.Split(name, "/")
	for i, part := range parts {
		if parts[i] = prose.Slug(part); parts[i] == "" {
			parts[i] = manifest.Sum([]byte(name))[:6]
		}
	}
	return strings.Join(parts, "/")
}

// plain is a Markdown body's text.
func plain(body []byte) string { return markdown.Parse(body).Text() }
