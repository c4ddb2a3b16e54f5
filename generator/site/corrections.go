package site

import (
	"bytes"
	"strings"

	"broadsheet/generator/manifest"
	"broadsheet/generator/render"
)

const correctionsURL = "corrections/index.html"

// corrections is the cards that have some, newest first.
func (p *plan) corrections() []int {
	var cards []int
	for i := len(p.Cards) - 1; i >= 0; i-- {
		if len(p.Cards[i].Corrections) > 0 {
			cards = append(cards, i)
		}
	}
	return cards
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
		h.Strings(p.Cards[i].Corrections)
	}
	shown := h.Key()
	p.render(correctionsURL, "listing.html", &h, func() any {
		l := &render.Listing{Page: p.page(correctionsURL, p.words.Corrections), Heading: p.words.Corrections, Note: p.words.CorrectionsNote, Total: len(cards)}
		l.Items = p.items(cards)
		for n, i := range cards {
			l.Items[n].Summary = strings.Join(p.Cards[i].Corrections, " ")
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
			item.Summary = strings.Join(p.Cards[i].Corrections, " ")
			feed.Items = append(feed.Items, item)
		}
		return render.RSS(b, feed)
	})
}
