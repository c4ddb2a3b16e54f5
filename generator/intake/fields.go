package intake

import (
	"fmt"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"broadsheet/generator/news"
)

// setter sets what a column or member says.
type setter func(r *Record, value string)

// setters are the keys of an article, and the texts, as a table may name them.
var setters = map[string]setter{
	"title": text(func(r *Record) *string { return &r.Title }), "deck": text(func(r *Record) *string { return &r.Deck }),
	"date": (*Record).setDate, "date_note": text(func(r *Record) *string { return &r.DateNote }), "lastmod": setModified,
	"byline":  text(func(r *Record) *string { return &r.Byline.Printed }),
	"authors": list(";|", func(r *Record) *[]string { return &r.Byline.Authors }),
	"signed":  text(func(r *Record) *string { return &r.Signed }),
	"credit":  text(func(r *Record) *string { return &r.Byline.Credit }), "dateline": text(func(r *Record) *string { return &r.Dateline.Printed }),
	"publication": text(func(r *Record) *string { return &r.Publication }), "edition": text(func(r *Record) *string { return &r.Edition }),
	"print_page": text(func(r *Record) *string { return &r.PrintPage }), "section": text(func(r *Record) *string { return &r.Section }),
	"genre": text(func(r *Record) *string { return &r.Genre }), "language": text(func(r *Record) *string { return &r.Language }),
	"tags":          list(";|,", func(r *Record) *[]string { return &r.Tags }),
	"categories":    setCategories,
	"people":        list(";|", func(r *Record) *[]string { return &r.Named[news.Person] }),
	"places":        list(";|", func(r *Record) *[]string { return &r.Named[news.Place] }),
	"organizations": list(";|", func(r *Record) *[]string { return &r.Named[news.Organization] }),
	"description":   text(func(r *Record) *string { return &r.Description }), "source": setAddress,
	"license": text(func(r *Record) *string { return &r.License }), "rights": setRights, "images": setImages,
	"scan": text(func(r *Record) *string { return &r.Scan }), "corrections": list("|", func(r *Record) *[]string { return &r.Corrections }),
	"corrects":       text(func(r *Record) *string { return &r.Corrects }),
	"identifiers":    list(";|", func(r *Record) *[]string { return &r.Identifiers }),
	"translation_of": text(func(r *Record) *string { return &r.TranslationOf }),
	"id":             text(func(r *Record) *string { return &r.Key }), "slug": text(func(r *Record) *string { return &r.Slug }),
	"url": setAddress, "aliases": list(";|", func(r *Record) *[]string { return &r.Aliases }), "draft": setDraft,
	"body": setText, "html": setHTML, "markdown": setMarkdown, "file": setFile,
}

// otherNames are common names of columns.
var otherNames = map[string]string{
	"headline": "title", "heading": "title", "subtitle": "deck", "subhead": "deck", "standfirst": "deck",
	"author": "authors", "creator": "authors", "by": "byline", "published": "date", "publish_date": "date", "published_at": "date",
	"pub_date": "date", "pubdate": "date", "modified": "lastmod", "updated": "lastmod", "text": "body", "content": "body",
	"article": "body", "body_html": "html", "content_html": "html", "body_markdown": "markdown", "md": "markdown",
	"link": "url", "permalink": "url", "web_url": "url", "summary": "description", "abstract": "description", "excerpt": "description",
	"newspaper": "publication", "paper": "publication", "lang": "language", "category": "categories", "desk": "section",
	"page": "print_page", "status": "draft", "keywords": "tags", "tag": "tags", "guid": "id", "filename": "file", "path": "file", "image": "images",
	"licence": "license", "copyright": "license",
}

// Keys lists what a column may be made to say, in alphabetical order.
func Keys() []string {
	var all []string
	for key := range setters {
		all = append(all, key)
	}
	slices.Sort(all)
	return all
}

// keysOf lists the keys that a column says: those the map gives it, else the one it is named for, unless the map finds
// that in another of the record's columns, or in none.
func (o Options) keysOf(column string, there func(column string) bool) []string {
	var keys []string
	for key, from := range o.Columns {
		if from == column {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	if key := keyNamed(column); len(keys) == 0 && key != "" {
		if from, given := o.Columns[key]; !given || from != "" && !there(from) {
			keys = append(keys, key)
		}
	}
	return keys
}

// keyNamed is the key that a column is named for, "" for none.
func keyNamed(column string) string {
	name := strings.ReplaceAll(strings.ToLower(strings.TrimSpace(column)), " ", "_")
	name = strings.ReplaceAll(name, "-", "_")
	if _, is := setters[name]; is {
		return name
	}
	return otherNames[name]
}

func text(field func(*Record) *string) setter {
	return func(r *Record, value string) { *field(r) = strings.Join(strings.Fields(value), " ") }
}

// list takes a list whose parts any of the marks part.
func list(marks string, field func(*Record) *[]string) setter {
	return func(r *Record, value string) {
		for part := range strings.FieldsFuncSeq(value, func(c rune) bool { return strings.ContainsRune(marks, c) || c == '\n' }) {
			if part = strings.Join(strings.Fields(part), " "); part != "" {
				*field(r) = append(*field(r), part)
			}
		}
	}
}

func setModified(r *Record, value string) {
	d, certain := r.parseDate(value)
	if certain {
		r.Modified = d
	} else {
		r.warn("the date " + value + " of the last change cannot be read with certainty")
	}
}

// setCategories takes the first for the section and the others for tags.
func setCategories(r *Record, value string) {
	var names []string
	list(";|,", func(*Record) *[]string { return &names })(r, value)
	if len(names) > 0 && r.Section == "" {
		r.Section, names = names[0], names[1:]
	}
	r.Tags = append(r.Tags, names...)
}

// setAddress takes a whole address for the source, and a path for the article's own address.
func setAddress(r *Record, value string) {
	value = strings.TrimSpace(value)
	u, err := url.Parse(value)
	if err == nil && u.Host == "" && strings.HasPrefix(value, "/") {
		r.URL = value
		return
	}
	r.Source = value
	if err == nil && u.Host != "" {
		r.Base = value
	}
}

func setRights(r *Record, value string) {
	rights, err := news.ParseRights(strings.ToLower(strings.TrimSpace(value)))
	if err != nil {
		r.warn(err.Error() + "; until that is settled the article is private")
		rights = news.Private
	}
	r.Rights = rights
}

func setImages(r *Record, value string) {
	var files []string
	list(";|", func(*Record) *[]string { return &files })(r, value)
	for _, f := range files {
		r.Images = append(r.Images, news.Image{File: f})
	}
}

func setDraft(r *Record, value string) {
	switch strings.ToLower(strings.TrimSpace(value)) {
	case "", "0", "false", "no", "n", "published", "public", "publish", "live", "online", "active":
	case "1", "true", "yes", "y", "draft", "private", "pending", "future", "trash", "unpublished", "hidden":
		r.Draft = true
	default: // what is not said clearly to be public stays hidden
		r.Draft = true
		r.warn(fmt.Sprintf("%q does not say whether it was public; it is a draft", value))
	}
}

// setText takes a text. One that has tags is HTML, whatever its column is called, with its blank lines as WordPress reads them.
func setText(r *Record, value string) {
	if tagged.MatchString(value) {
		setHTML(r, paragraphs(newlines(value)))
		return
	}
	r.Body, r.Form = value, Text
}

var tagged = regexp.MustCompile(`(?i)</(?:p|div|span|a|b|i|em|strong|h[1-6]|li|ul|ol|blockquote|table|td|figure)>|<(?:p|br)\s*/?>`)

func setHTML(r *Record, value string)     { r.Body, r.Form = value, HTML }
func setMarkdown(r *Record, value string) { r.Body, r.Form = value, Markdown }

// setFile takes a path from the table's folder.
func setFile(r *Record, value string) {
	name := filepath.FromSlash(strings.TrimSpace(value))
	if !filepath.IsAbs(name) {
		name = filepath.Join(filepath.Dir(r.Path), name)
	}
	r.Beside = name
	if !isFile(name) {
		r.Broken = "the file " + value + " is not there"
	}
}
