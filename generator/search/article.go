package search

import (
	"strings"

	"broadsheet/generator/news"
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

func (c Card) line() string {
	clean := strings.NewReplacer("\t", " ", "\n", " ", "\r", " ")
	return strings.Join([]string{clean.Replace(c.URL), clean.Replace(c.Title), clean.Replace(c.Date), clean.Replace(c.Publication)}, "\t")
}

func parseCard(line string) Card {
	parts := strings.SplitN(line+"\t\t\t", "\t", 5)
	return Card{URL: parts[0], Title: parts[1], Date: parts[2], Publication: parts[3]}
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
