package render

import (
	"encoding/json"
	"html/template"
)

// StructuredData is the article as schema.org describes it, in JSON-LD. It says what the page says and no more: a date
// only as far as it is known, no names that the program alone has found.
func StructuredData(a *Article) template.JS {
	text, err := json.Marshal(describe(a))
	if err != nil {
		panic("render: " + err.Error()) // strings always marshal
	}
	return template.JS(text)
}

type newsArticle struct {
	Context     string  `json:"@context"`
	Type        string  `json:"@type"`
	Headline    string  `json:"headline"`
	Description string  `json:"description,omitempty"`
	Published   string  `json:"datePublished,omitempty"`
	Modified    string  `json:"dateModified,omitempty"`
	Author      []thing `json:"author,omitempty"`
	Publisher   *thing  `json:"publisher,omitempty"`
	Section     string  `json:"articleSection,omitempty"`
	PrintPage   string  `json:"printPage,omitempty"`
	Edition     string  `json:"printEdition,omitempty"`
	Dateline    string  `json:"dateline,omitempty"`
	Language    string  `json:"inLanguage,omitempty"`
	URL         string  `json:"url,omitempty"`
	BasedOn     string  `json:"isBasedOn,omitempty"`
	License     string  `json:"license,omitempty"`
	About       []thing `json:"about,omitempty"`
}

type thing struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

func describe(a *Article) newsArticle {
	described := newsArticle{
		Context: "https://schema.org", Type: schemaType(a.Genre), Headline: a.Headline, Description: a.Deck,
		Published: a.Date.ISO, Modified: a.Modified.ISO, Section: a.Section.Label, PrintPage: a.PrintPage,
		Edition: a.Edition, Dateline: a.Dateline, Language: language(&a.Page), URL: a.Canonical,
		BasedOn: a.Source.URL, License: a.License.URL,
	}
	described.Author = things(nil, "Person", a.Authors)
	if described.Author == nil && a.Credit != "" {
		described.Author = []thing{{"Organization", a.Credit}}
	}
	if a.Publication.Label != "" {
		described.Publisher = &thing{"NewsMediaOrganization", a.Publication.Label}
	}
	if !a.ByMachine {
		described.About = things(described.About, "Person", a.People)
		described.About = things(described.About, "Place", a.Places)
		described.About = things(described.About, "Organization", a.Organizations)
	}
	return described
}

// schemaType is the nearest of schema.org's kinds of article.
func schemaType(genre string) string {
	switch genre {
	case "opinion", "editorial", "letter":
		return "OpinionNewsArticle"
	case "review":
		return "ReviewNewsArticle"
	case "notice", "page":
		return "Article"
	}
	return "NewsArticle"
}

func things(list []thing, kind string, names []Link) []thing {
	for _, name := range names {
		list = append(list, thing{kind, name.Label})
	}
	return list
}

func language(p *Page) string {
	if p.Language != "" {
		return p.Language
	}
	return p.Site.Language
}
