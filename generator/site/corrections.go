package site

import (
	"bytes"
	"slices"
	"strings"

	"broadsheet/generator/manifest"
	"broadsheet/generator/render"
)

const correctionsURL = "corrections/index.html"

// findCorrections finds what was put right: the cards with corrections, newest first, and which printed correction
// belongs to which article.
func (p *plan) findCorrections() {
	printed := map[string][]int{} // by the id of what they put right
	for i := range p.outlines {
		if p.has(i, isCorrection) {
			id := p.Cards[i].Corrects
			printed[id] = append(printed[id], i)
		}
	}
	p.around.correctedBy, p.around.corrects = map[int][]int{}, map[int][]int{}
	for i := len(p.Cards) - 1; i >= 0; i-- {
		if len(printed) > 0 {
			if by := printed[p.Cards[i].ID]; by != nil {
				p.around.correctedBy[i] = by
				for _, n := range by {
					p.around.corrects[n] = []int{i}
				}
			}
		}
		if p.has(i, isCorrected) || p.around.correctedBy[i] != nil {
			p.corrected = append(p.corrected, i)
		}
	}
}

// putRight is what was put right in card i: the corrections it has in words, then those that were printed.
func (p *plan) putRight(i int) []string {
	texts := slices.Clone(p.Cards[i].Corrections)
	for _, n := range p.around.correctedBy[i] {
		texts = append(texts, summary(&p.Cards[n]))
	}
	return texts
}

// correctionPages plans the page of all corrections, each with the article it puts right, and its feed.
func (p *sheet) correctionPages() {
	cards := p.corrected
	if len(cards) == 0 {
		return
	}
	const feedURL = "corrections/feed.xml"
	var h manifest.Hasher
	p.shown(&h, cards)
	for _, i := range cards {
		h.Strings(p.putRight(i))
	}
	shown := h.Key()
	p.render(correctionsURL, "listing.html", &h, func() any {
		l := &render.Listing{Page: p.page(correctionsURL, p.words.Corrections), Heading: p.words.Corrections, Note: p.words.CorrectionsNote, Total: len(cards)}
		l.Items = p.items(cards)
		for n, i := range cards {
			l.Items[n].Summary, l.Items[n].Key = strings.Join(p.putRight(i), " "), manifest.Digest{}
		}
		if p.site.Feed {
			l.Feed = &render.Link{Label: p.words.Corrections, URL: feedURL}
		}
		return l
	})
	p.mapped(correctionsURL)
	if !p.site.Feed {
		return
	}
	fed := p.fed(cards)
	var key manifest.Hasher
	key.Digest(shown)
	key.Digest(p.siteKey)
	key.String(feedURL)
	p.add(feedURL, key.Key(), func(b *bytes.Buffer) error {
		feed := render.Feed{Title: p.o.Title + ": " + p.words.Corrections, Home: p.absolute(correctionsURL), Self: p.absolute(feedURL), Language: p.o.Language}
		for _, i := range fed {
			item := p.feedItem(i)
			item.Summary, item.Key = strings.Join(p.putRight(i), " "), manifest.Digest{}
			feed.Items = append(feed.Items, item)
		}
		return p.o.Theme.RSS(b, feed)
	})
}
