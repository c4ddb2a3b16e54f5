package site

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
	"broadsheet/generator/render"
)

// hasFeeds reports whether feeds can be made: they need addresses, and an article whose day is known.
func (p *plan) hasFeeds() bool {
	return p.o.BaseURL != "" && slices.ContainsFunc(p.Cards, func(c news.Card) bool { return c.Date.Precision() == news.ToDay })
}

// siteFeeds plans the feeds of the whole site.
func (p *plan) siteFeeds() {
	if !p.site.Feed {
		return
	}
	cards := p.fed(p.newestFirst())
	p.feedFile("feed.xml", "index.html", p.o.Title, cards, render.RSS)
	p.feedFile("atom.xml", "index.html", p.o.Title, cards, render.Atom)
	p.feedFile("feed.json", "index.html", p.o.Title, cards, render.JSONFeed)
}

// feed plans the feed of one listing.
func (p *plan) feed(s shelf) {
	p.feedFile(s.id+"/feed.xml", s.id+"/index.html", p.o.Title+": "+s.heading, s.fed, render.RSS)
}

// fed is the newest cards whose day is known.
func (p *plan) fed(cards []int) []int {
	var fed []int
	for _, i := range cards {
		if len(fed) == p.o.FeedItems {
			break
		}
		if p.Cards[i].Date.Precision() == news.ToDay {
			fed = append(fed, i)
		}
	}
	return fed
}

func (p *plan) feedFile(url, home, title string, cards []int, write func(io.Writer, render.Feed) error) {
	var h manifest.Hasher
	for _, part := range []string{url, p.siteKey, home, title} {
		h.String(part)
	}
	p.shown(&h, cards)
	p.add(url, h.Sum(), func(b *bytes.Buffer) error {
		feed := render.Feed{Title: title, Description: p.o.Description, Home: p.absolute(home), Self: p.absolute(url), Language: p.o.Language}
		for _, i := range cards {
			feed.Items = append(feed.Items, p.feedItem(i))
		}
		return write(b, feed)
	})
}

func (p *plan) feedItem(i int) render.FeedItem {
	c := p.Cards[i]
	item := p.item(i)
	authors := c.Authors
	if len(authors) == 0 && c.Credit != "" {
		authors = []string{c.Credit}
	}
	return render.FeedItem{ID: p.absolute(item.URL), Title: heading(c), URL: p.absolute(item.URL), Date: c.Date, Summary: item.Summary, Authors: authors}
}

const sitemapURL = "sitemap.xml"

// sitemaps plans sitemap.xml, which leads to a sitemap of the site's own pages and one of articles for each year. A year
// or a site too long for one sitemap has several.
func (p *plan) sitemaps() {
	if p.o.BaseURL == "" {
		return
	}
	byYear := map[string][]render.URL{}
	for i, c := range p.Cards {
		year, _, _ := strings.Cut(c.Date.Folder(), "/")
		byYear[year] = append(byYear[year], render.URL{Loc: p.absolute(p.URLs[i]), LastMod: c.Modified})
	}
	var parts []render.URL
	parts = p.sitemap(parts, "sitemap-pages", p.maps)
	for _, year := range sortedKeys(byYear) {
		parts = p.sitemap(parts, "sitemap-"+year, byYear[year])
	}
	p.add(sitemapURL, p.urlsKey(sitemapURL, parts), func(b *bytes.Buffer) error { return render.SitemapIndex(b, parts) })
}

func (p *plan) sitemap(parts []render.URL, name string, urls []render.URL) []render.URL {
	slices.SortFunc(urls, func(a, b render.URL) int { return cmp.Compare(a.Loc, b.Loc) })
	for n := 0; len(urls) > 0; n++ {
		url := name + ".xml"
		if n > 0 {
			url = fmt.Sprintf("%s-%d.xml", name, n+1)
		}
		some := urls[:min(len(urls), render.SitemapURLs)]
		urls = urls[len(some):]
		p.add(url, p.urlsKey(url, some), func(b *bytes.Buffer) error { return render.Sitemap(b, some) })
		parts = append(parts, render.URL{Loc: p.absolute(url)})
	}
	return parts
}

func (p *plan) urlsKey(name string, urls []render.URL) string {
	var h manifest.Hasher
	h.String(p.siteKey)
	h.String(name)
	for _, u := range urls {
		h.String(u.Loc)
		h.String(u.LastMod.String())
	}
	return h.Sum()
}

// robots plans robots.txt, unless the site's static/ has one.
func (p *plan) robots() {
	if _, own := p.taken("robots.txt"); own {
		return
	}
	sitemap := p.absolute(sitemapURL)
	p.add("robots.txt", manifest.Key(p.siteKey, sitemap), func(b *bytes.Buffer) error { return render.Robots(b, sitemap) })
}
