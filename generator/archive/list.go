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
	for _, g := range a.groupings(o) {
		*g.listings = a.listing(g)
	}
	a.noteTags()
	a.nameSections()
}

// grouping is one kind of listing.
type grouping struct {
	listings *[]news.Listing
	folder   string
	least    int // articles before one has a page
	of       func(*news.Card) []*news.Tag
}

func (a *Archive) groupings(o Options) []grouping {
	return []grouping{
		{&a.Tags, "tags", o.MinTag, func(c *news.Card) []*news.Tag { return c.Tags }},
		{&a.Sections, "sections", 1, func(c *news.Card) []*news.Tag { return labels(c.Section) }},
		{&a.Publications, "publications", 1, func(c *news.Card) []*news.Tag { return labels(c.Publication) }},
		{&a.Authors, "authors", 1, func(c *news.Card) []*news.Tag { return labels(c.Authors...) }},
	}
}

// noteTags gives tags what tags.toml notes of them.
func (a *Archive) noteTags() {
	for i := range a.Tags {
		if entry, found := a.Tag(path.Base(a.Tags[i].ID)); found {
			a.Tags[i].Note = entry.Note
		}
	}
}

// labels are words that stand for themselves, as tags do.
func labels(words ...string) []*news.Tag {
	var tags []*news.Tag
	for _, w := range words {
		if slug := prose.Slug(w); slug != "" {
			tags = append(tags, &news.Tag{Slug: slug, Label: w})
		}
	}
	return tags
}

// listing groups the cards under folder/slug, each group newest first, the groups by id.
func (a *Archive) listing(g grouping) []news.Listing {
	groups := map[string]*news.Listing{}
	for i := range a.Cards {
		c := &a.Cards[i]
		for _, t := range g.of(c) {
			l := groups[t.Slug]
			if l == nil {
				first := g.listing(t.Slug, c)
				l = &first
				groups[t.Slug] = l
			}
			if last := len(l.Cards) - 1; last < 0 || l.Cards[last] != i {
				l.Cards = append(l.Cards, i)
			}
		}
	}
	list := make([]news.Listing, 0, len(groups))
	for _, l := range groups {
		slices.Reverse(l.Cards)
		l.Page = len(l.Cards) >= g.least
		list = append(list, *l)
	}
	slices.SortFunc(list, func(x, y news.Listing) int { return cmp.Compare(x.ID, y.ID) })
	return list
}

// listing is the empty listing of a slug. It goes by the label that its earliest article gives it.
func (g *grouping) listing(slug string, earliest *news.Card) news.Listing {
	for _, t := range g.of(earliest) {
		if t.Slug == slug {
			return news.Listing{ID: g.folder + "/" + slug, Label: t.Label, Sort: sortForm(g.folder, t.Label)}
		}
	}
	panic("archive: an article is listed where it does not belong")
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
	if a.files == nil {
		a.files = make([]string, len(a.Cards))
		for i := range a.Cards {
			a.files[i] = a.Cards[i].File
		}
		slices.Sort(a.files)
	}
	if a.heads == nil {
		for _, name := range a.tree.sections {
			a.heads = append(a.heads, a.readHead(name))
		}
	}
	for _, h := range a.heads {
		a.tell(listed, h.found...)
		a.describe(h.folder, below(a.files, h.folder), h.title, h.note)
	}
}

// sectionHead is what an _index.md says of its folder, and what is to be said of it.
type sectionHead struct {
	folder      string // with a slash at its end; "" for content/ itself
	title, note string
	found       diag.List
}

func (a *Archive) readHead(name string) sectionHead {
	h := sectionHead{folder: strings.TrimPrefix(path.Dir(name)+"/", "./")}
	src, err := a.tree.read(name)
	if err != nil {
		h.found = diag.List{diag.Fail(contentPath(name), "cannot be read: %v", err)}
		h.folder = "/" // no folder's
		return h
	}
	m, body, _, found := frontmatter.Parse(contentPath(name), src)
	section, wrong := m.Apply(news.Article{})
	h.title, h.note, h.found = section.Title, section.Description, slices.Concat(found, wrong)
	if h.note == "" {
		h.note = strings.TrimSpace(plain(body))
	}
	return h
}

// plainSections takes from the listings what an _index.md gave them.
func (a *Archive) plainSections() {
	for _, was := range slices.Backward(a.titled) {
		for _, listings := range [][]news.Listing{a.Sections, a.Publications} {
			if i, found := slices.BinarySearchFunc(listings, was.ID, func(l news.Listing, id string) int { return cmp.Compare(l.ID, id) }); found {
				listings[i].Label, listings[i].Note = was.Label, was.Note
			}
		}
	}
	a.titled = nil
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
			a.titled = append(a.titled, *l)
			if title != "" {
				l.Label = title
			}
			if note != "" {
				l.Note = note
			}
		}
	}
}
