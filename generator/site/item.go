package site

import (
	"strings"

	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
	"broadsheet/generator/prose"
	"broadsheet/generator/render"
)

// item is card i as a list shows it.
func (p *plan) item(i int) render.Item {
	c := &p.Cards[i]
	return render.Item{
		URL: p.URLs[i], Headline: p.heading(c), Summary: summary(c), Date: p.words.Date(c.Date),
		Byline: p.byline(c), Publication: p.publication(c), Language: p.foreign(c.Language), Key: p.digests[i],
	}
}

// publication is left out where the whole site is one paper.
func (p *plan) publication(c *news.Card) string {
	if c.Publication == p.o.Publication {
		return ""
	}
	return c.Publication
}

// foreign is a language where it is not that of the words on the page.
func (p *plan) foreign(language string) string {
	if language == p.words.Language {
		return ""
	}
	return language
}

// untitledBytes is how much of an untitled article's first words stand for its headline.
const untitledBytes = 60

// heading is what an article is called: its headline; an untitled one goes by publication, date and page, or by its first
// words where nobody knows the publication.
func (p *plan) heading(c *news.Card) string {
	switch {
	case c.Title != "":
		return c.Title
	case c.Publication == "" && c.Lede != "":
		return prose.Cut(c.Lede, untitledBytes)
	}
	parts := []string{c.Publication}
	if c.Publication == "" {
		parts[0] = c.ID
	}
	if date := p.words.Date(c.Date).Text; date != "" {
		parts = append(parts, date)
	}
	if c.PrintPage != "" {
		parts = append(parts, p.words.PrintPage+" "+c.PrintPage)
	}
	return strings.Join(parts, ", ")
}

func (p *plan) byline(c *news.Card) string {
	switch n := len(c.Authors); n {
	case 0:
		return c.Credit
	case 1:
		return c.Authors[0]
	default:
		return strings.Join(c.Authors[:n-1], ", ") + " " + p.words.And + " " + c.Authors[n-1]
	}
}

func (p *plan) items(cards []int) []render.Item {
	items := make([]render.Item, len(cards))
	for n, i := range cards {
		items[n] = p.item(i)
	}
	return items
}

// shown adds what lists of these cards show to a key.
func (p *plan) shown(h *manifest.Hasher, cards []int) {
	h.Int(len(cards))
	for _, i := range cards {
		h.Digest(p.digests[i])
	}
}
