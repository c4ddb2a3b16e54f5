package render

import (
	"encoding/json"
	"html/template"

	"broadsheet/generator/news"
)

// StructuredData is the article as schema.org describes it, in JSON-LD. It says what the page says and no more: a date
// only as far as it is known, and of names the Subjects alone.
func StructuredData(a *Article) template.JS {
	text, err := json.Marshal(describe(a))
	if err != nil {
		panic("render: " + err.Error()) // strings always marshal
	}
	return template.JS(text)
}

type newsArticle struct {
	Context    string   `json:"@context"`
	Type       any      `json:"@type"` // a name, or several
	Headline   string   `json:"headline"`
	Published  string   `json:"datePublished,omitempty"`
	Modified   string   `json:"dateModified,omitempty"`
	Author     []thing  `json:"author,omitempty"`
	Publisher  *thing   `json:"publisher,omitempty"`
	PartOf     *thing   `json:"isPartOf,omitempty"`
	Held       *thing   `json:"holdingArchive,omitempty"`
	Section    string   `json:"articleSection,omitempty"`
	Pagination string   `json:"pagination,omitempty"` // of what is no news
	PrintPage  string   `json:"printPage,omitempty"`
	Edition    string   `json:"printEdition,omitempty"`
	Dateline   string   `json:"dateline,omitempty"`
	Language   string   `json:"inLanguage,omitempty"`
	URL        string   `json:"url,omitempty"`
	Image      []string `json:"image,omitempty"`
	BasedOn    string   `json:"isBasedOn,omitempty"`
	License    string   `json:"license,omitempty"`
	Identifier []string `json:"identifier,omitempty"`
	Correction []string `json:"correction,omitempty"`
	About      []thing  `json:"about,omitempty"`
	Mentions   []thing  `json:"mentions,omitempty"`
}

type thing struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

func describe(a *Article) newsArticle {
	kind := schemaType(a.Type)
	described := newsArticle{
		Context: "https://schema.org", Type: kind, Headline: a.Headline,
		Published: a.Date.ISO, Modified: a.Modified.ISO, Section: a.Section.Label, Language: a.Language, URL: a.Canonical,
		BasedOn: a.Source.URL, License: a.License.URL, Identifier: a.Identifiers,
		About: subjects(a.About), Mentions: subjects(a.Mentions),
	}
	if kind == plainArticle {
		described.Pagination = a.PrintPage
	} else {
		described.PrintPage, described.Edition, described.Dateline = a.PrintPage, a.Edition, a.Dateline
	}
	if held(a) {
		described.Type = []string{kind, "ArchiveComponent"}
		described.Held = &thing{Type: "ArchiveOrganization", Name: a.Site.Title}
	}
	if described.Language == "" {
		described.Language = a.Site.Language
	}
	for _, author := range a.Authors {
		described.Author = append(described.Author, thing{Type: "Person", Name: author.Label})
	}
	if described.Author == nil && a.Credit != "" {
		described.Author = []thing{{Type: "Organization", Name: a.Credit}}
	}
	if name := a.Publication.Label; name != "" {
		if a.PrintPage != "" || a.Edition != "" {
			described.PartOf = &thing{Type: "Newspaper", Name: name}
		} else {
			described.Publisher = &thing{Type: "NewsMediaOrganization", Name: name}
		}
	}
	for _, f := range a.Figures {
		if !f.Away && a.Site.BaseURL != "" {
			described.Image = append(described.Image, a.Site.BaseURL+f.URL)
		}
	}
	return described
}

// held reports whether the archive keeps the article as it was received, and not only its text.
func held(a *Article) bool { return a.Original.URL != "" || a.Scan != nil && !a.Scan.Away }

// plainArticle is what schema.org calls an article that is no news; it has no dateline, edition or print page.
const plainArticle = "Article"

// schemaType is the nearest of schema.org's kinds of article.
func schemaType(genre string) string {
	switch genre {
	case "opinion", "editorial", "letter":
		return "OpinionNewsArticle"
	case "review":
		return "ReviewNewsArticle"
	case "notice", "page":
		return plainArticle
	}
	return "NewsArticle"
}

func subjects(list []Subject) (things []thing) {
	names := [...]string{news.Person: "Person", news.Place: "Place", news.Organization: "Organization"}
	for _, s := range list {
		things = append(things, thing{names[s.Kind], s.Name})
	}
	return things
}
