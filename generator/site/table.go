package site

import (
	"bytes"
	"encoding/csv"

	"broadsheet/generator/manifest"
	"broadsheet/generator/render"
)

// A table lists the articles of a year for a spreadsheet, those of a decade where no more is known, or those without a date:
// CSV as RFC 4180 has it, in UTF-8, in the archive's order. Another article changes the table of its year alone. Tables lie
// beside the search index and are brought up to date with it.

var tableColumns = []string{"date", "title", "byline", "publication", "section", "page", "genre", "language", "url", "id"}

func tableURL(name string) string { return searchFolder + "articles-" + name + ".csv" }

// tabled parts all articles into those of each table.
func (p *plan) tabled() []period {
	cards := make([]int, len(p.Cards))
	for i := range cards {
		cards[i] = i
	}
	return p.runs(cards, p.yearOf())
}

// tableLinks lead to every table, to that of what has no date last.
func (p *plan) tableLinks() []render.Link {
	var dated, undated []render.Link
	for _, t := range p.tabled() {
		link := render.Link{Label: t.label, URL: tableURL(t.name)}
		if t.name == undatedName {
			undated = append(undated, link)
		} else {
			dated = append(dated, link)
		}
	}
	return append(dated, undated...)
}

// tables adds them to the plan.
func (x *indexer) tables() {
	for _, t := range x.tabled() {
		var h manifest.Hasher
		h.String("table")
		h.Digest(x.siteKey)
		for _, i := range t.cards {
			h.Digest(x.digests[i])
			h.String(x.Cards[i].Section)
			h.String(x.Cards[i].Genre)
		}
		x.add(tableURL(t.name), h.Key(), func(b *bytes.Buffer) error { return x.table(b, t.cards) })
	}
}

func (p *plan) table(b *bytes.Buffer, cards []int) error {
	w := csv.NewWriter(b)
	err := w.Write(tableColumns)
	for _, i := range cards {
		if err == nil {
			err = w.Write(p.row(i))
		}
	}
	w.Flush()
	return err
}

func (p *plan) row(i int) []string {
	c := &p.Cards[i]
	url := p.absolute(p.URLs[i])
	if url == "" {
		url = escape(p.URLs[i])
	}
	return []string{c.Date.String(), p.heading(c), p.byline(c), c.Publication, c.Section, c.PrintPage, c.Genre, c.Language, url, c.ID}
}
