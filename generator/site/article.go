package site

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
	"broadsheet/generator/render"
)

// articles plans a page for every card, some at a time: see part. All workers make the keys; the addresses are claimed in
// turn.
func (p *sheet) articles() {
	const some = 16
	keys := make([]manifest.Digest, len(p.Cards))
	p.share(len(p.Cards), func(i int) { keys[i] = p.articleKey(i) })
	for from := 0; from < len(p.Cards); from += some {
		first, end := len(p.pages), min(from+some, len(p.Cards))
		for i := from; i < end; i++ {
			p.source = "content/" + p.Cards[i].File
			p.add(p.URLs[i], keys[i], nil)
		}
		p.parts = append(p.parts, part{first, len(p.pages) - first, func(to *sheet) {
			for i := from; i < end; i++ {
				to.articlePage(i, manifest.Digest{}) // the plan has its key
			}
		}})
	}
}

const articleTemplate = "article.html"

// articleKey is the key of the page of card i.
func (p *plan) articleKey(i int) manifest.Digest {
	var h manifest.Hasher
	h.Digest(p.Key(i))
	h.String(p.Cards[i].ID)
	p.nameKeys(&h, i)
	h.String(p.original(&p.Cards[i]))
	b := p.beside(i)
	p.shown(&h, p.AlsoRan[i])
	p.shown(&h, b.related)
	p.shown(&h, b.translations)
	p.shown(&h, b.correctedBy)
	p.shown(&h, b.corrects)
	links(&h, present(b.issue))
	for _, n := range []int{b.previous, b.next} {
		if n >= 0 {
			h.Digest(p.digests[n])
		}
		h.Bool(n >= 0)
	}
	h.String(p.URLs[i])
	h.Digest(p.siteKey)
	h.String(p.o.Theme.Key(articleTemplate))
	return h.Key()
}

// articlePage plans the page of card i. Its data is read from the cache, which may fail.
func (p *sheet) articlePage(i int, key manifest.Digest) {
	p.add(p.URLs[i], key, func(b *bytes.Buffer) error {
		a, err := p.article(i, p.beside(i))
		if err != nil {
			return err
		}
		return p.o.Theme.Execute(b, articleTemplate, a)
	})
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
	last := slices.Repeat([]int{-1}, len(p.publications)) // so far
	for i, o := range p.outlines {
		previous[i], next[i] = -1, -1
		if o.known != news.ToDay {
			continue
		}
		if before := last[o.publication]; before >= 0 {
			previous[i], next[before] = before, i
		}
		last[o.publication] = i
	}
	return previous, next
}

// around is what the articles' pages lead to beside what they name, by card.
type around struct {
	previous, next []int // cards, or -1
	related        [][]int
	translations   map[int][]int
	correctedBy    map[int][]int // printed corrections of it
	corrects       map[int][]int // what it, a printed correction, puts right
	issues         []*render.Link
}

func (p *plan) lookAround() {
	p.around.previous, p.around.next = p.neighbours()
	p.around.translations, p.around.issues = p.translated(), p.issueLinks()
}

func (p *plan) findRelated() {
	p.around.related = make([][]int, len(p.Cards))
	p.share(len(p.Cards), func(i int) { p.around.related[i] = p.readOn(i) })
}

func (p *plan) beside(i int) beside {
	a := &p.around
	return beside{a.previous[i], a.next[i], a.related[i], a.translations[i], a.correctedBy[i], a.corrects[i], a.issues[i]}
}

// beside is what else an article's page leads to.
type beside struct {
	previous, next int // cards, or -1
	related        []int
	translations   []int
	correctedBy    []int
	corrects       []int
	issue          *render.Link
}

// translated is, by card, the cards that are the same article in another language.
func (p *plan) translated() map[int][]int {
	groups := map[string][]int{}
	for i := range p.outlines {
		if p.has(i, isTranslation) {
			id := p.Cards[i].TranslationOf
			groups[id] = append(groups[id], i)
		}
	}
	others := map[int][]int{}
	if len(groups) == 0 {
		return others
	}
	for i := range p.Cards {
		if id := p.Cards[i].ID; groups[id] != nil && p.Cards[i].TranslationOf == "" {
			groups[id] = slices.Insert(groups[id], 0, i)
		}
	}
	for _, group := range groups {
		for n, i := range group {
			others[i] = slices.Concat(group[:n], group[n+1:])
		}
	}
	return others
}

// translations is them as links, by the names the languages have for themselves.
func (p *plan) translations(cards []int) []render.Translation {
	var list []render.Translation
	for _, i := range cards {
		tag := p.Cards[i].Language
		list = append(list, render.Translation{Language: tag, Link: render.Link{Label: languageName(tag), URL: p.URLs[i]}, Address: p.absolute(p.URLs[i])})
	}
	return list
}

func languageName(tag string) string {
	parsed, err := language.Parse(tag)
	if name := display.Self.Name(parsed); err == nil && name != "" {
		return name
	}
	return tag
}

// article is the data of card i's page.
func (p *plan) article(i int, b beside) (*render.Article, error) {
	a, err := p.Article(i)
	if err != nil {
		return nil, err
	}
	c := &p.Cards[i]
	data := &render.Article{
		Page: p.page(p.URLs[i], p.heading(c)), Headline: p.heading(c), Deck: c.Deck,
		Byline: a.Byline.Printed, Credit: a.Byline.Credit, Dateline: a.Dateline.Place,
		Date: p.words.Date(a.Date), Modified: p.words.Date(a.Modified), DateNote: a.DateNote, Identifiers: a.Identifiers,
		Genre: p.words.Genre(a.Genre), Type: a.Genre, Edition: a.Edition, PrintPage: a.PrintPage, Draft: a.Draft, Corrections: a.Corrections,
		HardlyLegible: a.Reach == news.HardlyLegible, NoModel: a.Reach == news.NoModel,
		Section: p.grouped("sections", a.Section), Publication: p.grouped("publications", a.Publication),
		Source: linked(a.Source), License: linked(a.License), SHA256: a.SHA256,
		Previous: p.neighbour(b.previous), Next: p.neighbour(b.next), Issue: b.issue,
		Related: p.items(b.related), Translations: p.translations(b.translations),
		CorrectedBy: p.items(b.correctedBy), Corrects: p.items(b.corrects),
		Withheld: a.Rights == news.Metadata,
	}
	if data.Description = a.Description; data.Description == "" || data.Withheld {
		data.Description = summary(c)
	}
	data.Description = brief(data.Description)
	data.Language = p.foreign(a.Language)
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
		data.Original = render.Link{Label: p.words.AsReceived, URL: escape(url)}
	}
	if !data.Withheld {
		data.Body, data.TextSum = p.body(&a, i)
		data.Signed, data.Removed = a.Signed, p.leftOut(a.Removed)
		data.Figures, data.Scan = p.figures(&a)
	}
	data.JSONLD = render.StructuredData(data)
	return data, nil
}

// brief is a text as long as search engines show one, cut after a word.
func brief(text string) string {
	const most = 160 // bytes
	if len(text) <= most {
		return text
	}
	if end := strings.LastIndexByte(text[:most], ' '); end > 0 {
		return strings.TrimRight(text[:end], " ,;:") + " …"
	}
	return text // a script without blanks
}

// leftOut is the removed lines as a page has them: each with why in the site's language, and with control characters, which
// no page can hold, as the symbols for them.
func (p *plan) leftOut(removed []news.Removal) []news.Removal {
	shown := slices.Clone(removed)
	for i := range shown {
		shown[i].Rule = p.words.Rule(shown[i].Rule)
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

// namesListed is how many names of a kind stand beside an article; the others are linked in its text.
const namesListed = 5

// subjectsTold is how many of the things an article is about its structured data names, and of those it mentions.
const subjectsTold = 4

func (p *plan) neighbour(i int) *render.Link {
	if i < 0 {
		return nil
	}
	return &render.Link{Label: p.heading(&p.Cards[i]), URL: p.URLs[i]}
}
