package site

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
	"broadsheet/generator/render"
)

// hasFeeds reports whether feeds can be made: they need addresses, and an article whose day is known.
func (p *plan) hasFeeds() bool {
	return p.o.BaseURL != "" && p.hasDays()
}

// siteFeeds plans the feeds of the whole site.
func (p *sheet) siteFeeds() {
	if !p.site.Feed {
		return
	}
	cards := p.fed(p.newestFirst())
	p.feedFile("feed.xml", "index.html", p.o.Title, cards, p.o.Theme.RSS)
	p.feedFile("atom.xml", "index.html", p.o.Title, cards, render.Atom)
	p.feedFile("feed.json", "index.html", p.o.Title, cards, render.JSONFeed)
}

// feed plans the feed of one listing.
func (p *sheet) feed(s shelf) {
	p.feedFile(s.id+"/feed.xml", s.id+"/index.html", p.o.Title+": "+s.heading, s.fed, p.o.Theme.RSS)
}

// fed is the newest cards whose day is known.
func (p *plan) fed(cards []int) []int {
	var fed []int
	for _, i := range cards {
		if len(fed) == p.o.FeedItems {
			break
		}
		if p.outlines[i].known == news.ToDay {
			fed = append(fed, i)
		}
	}
	return fed
}

func (p *sheet) feedFile(url, home, title string, cards []int, write func(*bytes.Buffer, render.Feed) error) {
	h := p.hasher()
	h.Digest(p.siteKey)
	for _, part := range []string{url, home, title} {
		h.String(part)
	}
	p.shown(&h, cards)
	p.add(url, h.Key(), func(b *bytes.Buffer) error {
		feed := render.Feed{Title: title, Description: p.o.Description, Home: p.absolute(home), Self: p.absolute(url), Language: p.o.Language}
		feed.Items = make([]render.FeedItem, len(cards))
		for n, i := range cards {
			feed.Items[n] = p.feedItem(i)
		}
		return write(b, feed)
	})
}

func (p *plan) feedItem(i int) render.FeedItem {
	c := &p.Cards[i]
	url := p.absolute(p.URLs[i])
	authors := c.Authors
	if len(authors) == 0 && c.Credit != "" {
		authors = []string{c.Credit}
	}
	return render.FeedItem{ID: url, Title: p.heading(c), URL: url, Date: c.Date, Summary: summary(c), Authors: authors, Key: p.digests[i]}
}

const sitemapURL = "sitemap.xml"

// sitemaps plans sitemap.xml, which leads to a sitemap of the site's own pages and one of articles for each year. A year
// or a site too long for one sitemap has several.
func (p *sheet) sitemaps() {
	if p.o.BaseURL == "" {
		return
	}
	byYear := map[string][]location{}
	for i := range p.Cards {
		year, _, _ := strings.Cut(p.Cards[i].Date.Folder(), "/")
		byYear[year] = append(byYear[year], location{escape(p.URLs[i]), i})
	}
	own := make([]location, len(p.maps))
	for n, url := range p.maps {
		own[n] = location{url, -1}
	}
	var parts []location
	parts = p.sitemap(parts, "sitemap-pages", own)
	for _, year := range sortedKeys(byYear) {
		parts = p.sitemap(parts, "sitemap-"+year, byYear[year])
	}
	p.add(sitemapURL, p.locationsKey(sitemapURL, parts), func(b *bytes.Buffer) error { return render.SitemapIndex(b, p.located(parts)) })
}

// location is one line of a sitemap: its URL below the root, and the card that is shown there, or -1.
type location struct {
	url  string
	card int
}

func (p *sheet) sitemap(parts []location, name string, urls []location) []location {
	slices.SortFunc(urls, func(a, b location) int { return cmp.Compare(a.url, b.url) })
	for n := 0; len(urls) > 0; n++ {
		url := name + ".xml"
		if n > 0 {
			url = fmt.Sprintf("%s-%d.xml", name, n+1)
		}
		some := urls[:min(len(urls), render.SitemapURLs)]
		urls = urls[len(some):]
		p.add(url, p.locationsKey(url, some), func(b *bytes.Buffer) error { return render.Sitemap(b, p.located(some)) })
		parts = append(parts, location{escape(url), -1})
	}
	return parts
}

// located is the locations as a sitemap has them.
func (p *plan) located(list []location) []render.URL {
	urls := make([]render.URL, len(list))
	for n, l := range list {
		urls[n].Loc = p.o.BaseURL + l.url
		if l.card >= 0 {
			urls[n].LastMod = p.Cards[l.card].Modified
		}
	}
	return urls
}

func (p *plan) locationsKey(name string, list []location) manifest.Digest {
	var h manifest.Hasher
	h.Digest(p.siteKey)
	h.String(name)
	for _, l := range list {
		h.String(l.url)
		if l.card >= 0 {
			h.String(p.Cards[l.card].Modified.String())
		}
	}
	return h.Key()
}

// robots plans robots.txt, unless the site's static/ has one.
func (p *sheet) robots() {
	if _, own := p.taken("robots.txt"); own {
		return
	}
	sitemap := p.absolute(sitemapURL)
	p.add("robots.txt", keyOf(p.siteKey.String(), sitemap), func(b *bytes.Buffer) error { return render.Robots(b, sitemap) })
}
