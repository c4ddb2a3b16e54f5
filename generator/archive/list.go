package archive

import (
	"cmp"
	"path"
	"slices"
	"sort"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/frontmatter"
	"broadsheet/generator/news"
	"broadsheet/generator/prose"
)

// list groups the cards by tag, section, publication and author.
func (a *Archive) list(o Options) {
	a.Tags = a.listing("tags", o.MinTag, func(c *news.Card) []news.Tag { return c.Tags })
	for i := range a.Tags {
		if entry, found := a.Tag(path.Base(a.Tags[i].ID)); found {
			a.Tags[i].Note = entry.Note
		}
	}
	a.Sections = a.listing("sections", 1, func(c *news.Card) []news.Tag { return labels(c.Section) })
	a.Publications = a.listing("publications", 1, func(c *news.Card) []news.Tag { return labels(c.Publication) })
	a.Authors = a.listing("authors", 1, func(c *news.Card) []news.Tag { return labels(c.Authors...) })
	a.nameSections()
}

// labels are words that stand for themselves, as tags do.
func labels(words ...string) []news.Tag {
	var tags []news.Tag
	for _, w := range words {
		if slug := prose.Slug(w); slug != "" {
			tags = append(tags, news.Tag{Slug: slug, Label: w})
		}
	}
	return tags
}

// listing groups the cards under folder/slug, each group newest first, the groups by id. A group goes by the label
// its earliest article gives it.
func (a *Archive) listing(folder string, minArticles int, of func(*news.Card) []news.Tag) []news.Listing {
	groups := map[string]*news.Listing{}
	for i := range a.Cards {
		c := &a.Cards[i]
		for _, t := range of(c) {
			g := groups[t.Slug]
			if g == nil {
				g = &news.Listing{ID: folder + "/" + t.Slug, Label: t.Label, Sort: sortForm(folder, t.Label)}
				groups[t.Slug] = g
			}
			if last := len(g.Cards) - 1; last < 0 || g.Cards[last] != i {
				g.Cards = append(g.Cards, i)
			}
		}
	}
	list := make([]news.Listing, 0, len(groups))
	for _, g := range groups {
		slices.Reverse(g.Cards)
		g.Page = len(g.Cards) >= minArticles
		list = append(list, *g)
	}
	slices.SortFunc(list, func(x, y news.Listing) int { return cmp.Compare(x.ID, y.ID) })
	return list
}

// sortForm files authors under the last word of their name, everything else without a leading article.
func sortForm(folder, label string) string {
	if first, last, found := cutLast(label); found && folder == "authors" {
		return last + ", " + first
	}
	return strings.TrimPrefix(label, "The ")
}

func cutLast(s string) (before, last string, found bool) {
	i := strings.LastIndexByte(s, ' ')
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}

// nameSections lets the _index.md of a folder title the section or publication that has just its articles: its title
// is the label, its words the note.
func (a *Archive) nameSections() {
	if len(a.tree.sections) == 0 {
		return
	}
	files := make([]string, len(a.Cards))
	for i := range a.Cards {
		files[i] = a.Cards[i].File
	}
	slices.Sort(files)
	for _, name := range a.tree.sections {
		src, err := a.tree.read(name)
		if err != nil {
			a.Found = append(a.Found, diag.Fail(contentPath(name), "cannot be read: %v", err))
			continue
		}
		m, body, _, found := frontmatter.Parse(contentPath(name), src)
		a.Found = append(a.Found, found...)
		section, wrong := m.Apply(news.Article{})
		a.Found = append(a.Found, wrong...)
		note := section.Description
		if note == "" {
			note = strings.TrimSpace(plain(body))
		}
		folder := path.Dir(name) + "/"
		if folder == "./" {
			folder = ""
		}
		a.describe(folder, below(files, folder), section.Title, note)
	}
}

// below counts the files, which are sorted, that begin with a prefix.
func below(files []string, prefix string) int {
	from, _ := slices.BinarySearch(files, prefix)
	return sort.Search(len(files)-from, func(n int) bool { return !strings.HasPrefix(files[from+n], prefix) })
}

// describe gives the section and the publication that are the folder, article for article, a title and a note. The
// folder is all files with a prefix, and holds so many articles.
func (a *Archive) describe(prefix string, articles int, title, note string) {
	outside := func(card int) bool { return !strings.HasPrefix(a.Cards[card].File, prefix) }
	for _, listings := range [][]news.Listing{a.Sections, a.Publications} {
		for i := range listings {
			l := &listings[i]
			if len(l.Cards) != articles || slices.ContainsFunc(l.Cards, outside) {
				continue
			}
			if title != "" {
				l.Label = title
			}
			if note != "" {
				l.Note = note
			}
		}
	}
}
