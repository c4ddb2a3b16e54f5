// Package config reads site.toml. Every key is optional and has a default that suits a news archive; an unknown key
// or a value out of range is an error at its line, with a suggestion. Settings documents each key; the README's
// table is held to it by a test.
package config

import (
	"bytes"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"broadsheet/generator/diag"
	"broadsheet/generator/news"
)

// File is the name of the settings file in a site's folder.
const File = "site.toml"

// Site is the settings of one site.
type Site struct {
	Title        string     `toml:"title"`
	Description  string     `toml:"description"`
	BaseURL      string     `toml:"base_url"`
	Language     string     `toml:"language"`
	Publication  string     `toml:"publication"`
	Contact      string     `toml:"contact"`
	Menu         []MenuItem `toml:"menu"`
	Permalink    string     `toml:"permalink"`
	RemoteImages bool       `toml:"remote_images"`
	Rights       Rights     `toml:"rights"`
	Ingest       Ingest     `toml:"ingest"`
	Import       Import     `toml:"import"`
	Entities     Entities   `toml:"entities"`
	Tags         Tags       `toml:"tags"`
	Listings     Listings   `toml:"listings"`
	Feeds        Feeds      `toml:"feeds"`
	Search       Search     `toml:"search"`
	Publish      Publish    `toml:"publish"`
}

// MenuItem is one of the author's own links at the head of every page.
type MenuItem struct {
	Label string `toml:"label"`
	URL   string `toml:"url"`
}

// Rights is what may be shown of an article that does not say.
type Rights struct {
	Default string `toml:"default"`
}

// Ingest says how texts are read.
type Ingest struct {
	DateOrder string `toml:"date_order"`
	Charset   string `toml:"charset"`
	Originals bool   `toml:"originals"`
}

// Import says how tables are read.
type Import struct {
	Map map[string]string `toml:"map"` // from field to column
}

// Entities says which names are found, and which have a page.
type Entities struct {
	Recognize   bool `toml:"recognize"`
	MinArticles int  `toml:"min_articles"`
	IndexPeople bool `toml:"index_people"`
}

// Tags says which articles the rules of tags.toml apply to, and which tags have a page.
type Tags struct {
	Assign      string `toml:"assign"`
	MinArticles int    `toml:"min_articles"`
}

// Listings says when a list is split.
type Listings struct {
	SplitAbove int `toml:"split_above"`
}

// Feeds says what has a feed, and how long it is.
type Feeds struct {
	Items       int `toml:"items"`
	MinArticles int `toml:"min_articles"`
}

// Search says whether there is a search, how its index is kept, and whether another may be made.
type Search struct {
	Enabled  bool `toml:"enabled"`
	Packs    bool `toml:"packs"`
	Pagefind bool `toml:"pagefind"`
}

// Publish says where the site goes.
type Publish struct {
	Target string `toml:"target"`
}

// Default is a site without site.toml.
func Default() Site {
	return Site{
		Title:     "News archive",
		Language:  "en",
		Permalink: "articles/{year}/{month}/{slug}.html",
		Rights:    Rights{Default: string(news.Open)},
		Ingest:    Ingest{DateOrder: "auto", Charset: "auto", Originals: true},
		Entities:  Entities{Recognize: true, MinArticles: 2},
		Tags:      Tags{Assign: "untagged", MinArticles: 2},
		Listings:  Listings{SplitAbove: 100},
		Feeds:     Feeds{Items: 20, MinArticles: 10},
		Search:    Search{Enabled: true},
	}
}

// Parse reads site.toml over the defaults. Every fault is an error.
func Parse(src []byte) (Site, diag.List) {
	s := Default()
	if list := diag.DecodeTOML(File, src, &s); list != nil {
		return s, list
	}
	list := s.faults(src)
	s.BaseURL, _ = ParseBaseURL(s.BaseURL) // a fault, if it has one
	return s, list
}

// ParseBaseURL reads the address of a site; what it returns ends in a slash, or is "".
func ParseBaseURL(address string) (string, error) {
	address = strings.TrimSpace(address)
	if address == "" {
		return "", nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return "", fmt.Errorf("no web address: %q", address)
	}
	return strings.TrimSuffix(address, "/") + "/", nil
}

// BasePath is the path of base_url, with a slash at either end: "/" where there is none.
func (s Site) BasePath() string {
	u, err := url.Parse(s.BaseURL)
	if err != nil || u.Path == "" {
		return "/"
	}
	return u.Path
}

// checker collects what is wrong with the values of a file.
type checker struct {
	src  []byte
	list diag.List
}

// wrong reports a value at its key.
func (c *checker) wrong(key, hint, format string, args ...any) {
	line, col := Find(c.src, key)
	c.list = append(c.list, diag.Fail(File, format, args...).At(c.src, line, col).WithHint("%s", hint))
}

func (c *checker) oneOf(key, value string, allowed ...string) {
	if !slices.Contains(allowed, value) {
		c.wrong(key, "use one of: "+strings.Join(allowed, ", "), "%s has the unknown value %q", key, value)
	}
}

func (c *checker) atLeastOne(key string, value int) {
	if value < 1 {
		c.wrong(key, "use 1 or more", "%s must be at least 1", key)
	}
}

// faults checks every value that TOML's types alone do not.
func (s Site) faults(src []byte) diag.List {
	c := &checker{src: src}
	s.addresses(c)
	if _, err := language.Parse(s.Language); err != nil {
		c.wrong("language", `use a tag such as "en", "de" or "pt-BR"`, "unknown language %q", s.Language)
	}
	if _, err := news.ParseRights(s.Rights.Default); err != nil {
		c.wrong("rights.default", `"open" suits one's own paper, "metadata" shows headlines and sources alone, "private" nothing`, "%v", err)
	}
	c.oneOf("ingest.date_order", s.Ingest.DateOrder, "auto", "dmy", "mdy", "ymd")
	c.oneOf("tags.assign", s.Tags.Assign, "untagged", "all", "none")
	c.atLeastOne("entities.min_articles", s.Entities.MinArticles)
	c.atLeastOne("tags.min_articles", s.Tags.MinArticles)
	c.atLeastOne("listings.split_above", s.Listings.SplitAbove)
	c.atLeastOne("feeds.items", s.Feeds.Items)
	c.atLeastOne("feeds.min_articles", s.Feeds.MinArticles)
	return c.list
}

// addresses checks what leads somewhere.
func (s Site) addresses(c *checker) {
	if _, err := ParseBaseURL(s.BaseURL); err != nil {
		c.wrong("base_url", `write the address the site will have: base_url = "https://example.org/archive/"`, "base_url is %v", err)
	}
	if s.Contact != "" && !leads(s.Contact, "mailto", "https", "http") {
		c.wrong("contact", `write contact = "mailto:archive@example.org", or a web address`, "contact leads nowhere: %q", s.Contact)
	}
	if err := checkPermalink(s.Permalink); err != nil {
		c.wrong("permalink", `the default is "articles/{year}/{month}/{slug}.html"`, "%v", err)
	}
	for _, m := range s.Menu {
		if m.Label == "" || m.URL == "" {
			c.wrong("menu", `menu = [{ label = "About", url = "about.html" }]`, "a menu entry needs a label and a url")
		} else if !leads(m.URL, "", "https", "http", "mailto") {
			c.wrong("menu", "write a page of the site or a web address", "the menu entry %q leads nowhere: %q", m.Label, m.URL)
		}
	}
}

// leads reports whether an address has one of the schemes; "" stands for a page of the site.
func leads(address string, schemes ...string) bool {
	u, err := url.Parse(address)
	return err == nil && slices.Contains(schemes, u.Scheme)
}

var placeholder = regexp.MustCompile(`\{[^}]*\}`)

// checkPermalink reports what is wrong with a permalink pattern.
func checkPermalink(pattern string) error {
	if !strings.Contains(pattern, "{slug}") {
		return fmt.Errorf("permalink %q has no {slug}", pattern)
	}
	if !strings.HasSuffix(pattern, ".html") {
		return fmt.Errorf("permalink %q does not end in .html", pattern)
	}
	known := []string{"{year}", "{month}", "{day}", "{section}", "{publication}", "{slug}"}
	for _, p := range placeholder.FindAllString(pattern, -1) {
		if !slices.Contains(known, p) {
			return fmt.Errorf("permalink has the unknown part %s: known are %s", p, strings.Join(known, " "))
		}
	}
	for _, part := range strings.Split(pattern, "/") {
		if part == "" || part == "." || part == ".." {
			return fmt.Errorf("permalink %q is no path below the site", pattern)
		}
	}
	return nil
}

// Find is the 1-based line and column where site.toml sets a key ("tags.assign"), or 1, 1. It is for those, too, who
// alone know what a value is for.
func Find(src []byte, key string) (line, col int) {
	table := ""
	for n, text := range bytes.Split(src, []byte("\n")) {
		trimmed := bytes.TrimSpace(text)
		name, _, _ := bytes.Cut(trimmed, []byte("="))
		if bytes.HasPrefix(trimmed, []byte("[")) {
			head, _, _ := bytes.Cut(bytes.TrimLeft(trimmed, "[ "), []byte("]"))
			table, name = string(bytes.TrimSpace(head))+".", nil
		}
		if at := table + string(bytes.TrimSpace(name)); at == key || at == key+"." {
			return n + 1, bytes.Index(text, trimmed) + 1
		}
	}
	return 1, 1
}
