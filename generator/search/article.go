package search

import (
	"path"
	"strings"
	"unicode/utf8"

	"broadsheet/generator/news"
	"broadsheet/generator/prose"
)

// Article is what the index is made from.
type Article struct {
	Title string
	Deck  string
	Text  string // plain; "" where the rights do not let it be read
	Terms []Term // what is said of it as a whole
	Date  news.Date
	Card  Card
}

// Term is something an article is found by beside its words: an id as listings and entities have it, "people/jane-doe",
// "tags/floods", or "languages/en".
type Term struct {
	ID     string
	Impact int // 1 to 8: About, Passing
}

// Card is what a hit shows before its page has been read.
type Card struct {
	URL         string `json:"url"` // below the site's root
	Title       string `json:"title"`
	Date        string `json:"date,omitempty"` // EDTF
	Publication string `json:"publication,omitempty"`
}

// Name is one form of an entity's name.
type Name struct {
	Text string
	ID   string // of the entity: "people/kim-jong-il"
	Name string // its preferred form
	Page bool   // it has a page of its own
}

// line is a card as it is kept. In its URL a "*" stands for the slug of its headline.
func (c Card) line() string {
	clean := strings.NewReplacer("\t", " ", "\n", " ", "\r", " ")
	title, url := clean.Replace(c.Title), clean.Replace(c.URL)
	if slug := prose.Slug(title); isASCII(slug) && len(slug) > 2 && !strings.Contains(url, "*") {
		if folder, name := path.Split(url); strings.HasPrefix(name, slug) {
			url = folder + "*" + name[len(slug):]
		}
	}
	return strings.Join([]string{url, title, clean.Replace(c.Date), clean.Replace(c.Publication)}, "\t")
}

func parseCard(line string) Card {
	parts := strings.SplitN(line+"\t\t\t", "\t", 5)
	return Card{URL: strings.Replace(parts[0], "*", prose.Slug(parts[1]), 1), Title: parts[1], Date: parts[2], Publication: parts[3]}
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

// isID reports whether a term is no word: words hold letters and digits alone.
func isID(term string) bool { return strings.Contains(term, "/") }

// month and day number the earliest day a date can mean, so that they stand in order; 0 is not known.
func month(d news.Date) int {
	if d.IsZero() {
		return 0
	}
	return d.Year*12 + max(d.Month, 1) - 1
}

func day(d news.Date) int {
	if d.IsZero() {
		return 0
	}
	return month(d)*32 + max(d.Day, 1)
}
