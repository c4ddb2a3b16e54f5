package search

import (
	"bytes"
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

	Newest bool // no article before the newest segment has it
}

// cardColumns is cards as they are kept: lines of their URLs, then of their headlines, dates and publications. In a URL a "*" stands
// for the slug of its headline.
type cardColumns [4]bytes.Buffer

func (c *cardColumns) add(card Card) {
	clean := strings.NewReplacer("\t", " ", "\n", " ", "\r", " ")
	title, url := clean.Replace(card.Title), clean.Replace(card.URL)
	if slug := prose.Slug(title); isASCII(slug) && len(slug) > 2 && !strings.Contains(url, "*") {
		if folder, name := path.Split(url); strings.HasPrefix(name, slug) {
			url = folder + "*" + name[len(slug):]
		}
	}
	for n, text := range [...]string{url, title, clean.Replace(card.Date), clean.Replace(card.Publication)} {
		c[n].WriteString(text + "\n")
	}
}

// finish is the columns, one after the other, and begins anew.
func (c *cardColumns) finish() (all []byte) {
	for n := range c {
		all = append(all, c[n].Bytes()...)
		c[n].Reset()
	}
	return all
}

// readCard is the nth of some cards.
func readCard(b []byte, n int) (Card, error) {
	lines := strings.Split(string(b), "\n")
	together := len(lines) / len(cardColumns{})
	if n >= together {
		return Card{}, errDamaged
	}
	url, title, date, publication := lines[n], lines[n+together], lines[n+2*together], lines[n+3*together]
	return Card{URL: strings.Replace(url, "*", prose.Slug(title), 1), Title: title, Date: date, Publication: publication}, nil
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
