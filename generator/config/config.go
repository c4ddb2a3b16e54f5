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
	Title       string     `toml:"title"`
	Description string     `toml:"description"`
	BaseURL     string     `toml:"base_url"`
	Language    string     `toml:"language"`
	Publication string     `toml:"publication"`
	Contact     string     `toml:"contact"`
	Menu        []MenuItem `toml:"menu"`
	Permalink   string     `toml:"permalink"`
	Rights      Rights     `toml:"rights"`
	Ingest      Ingest     `toml:"ingest"`
	Entities    Entities   `toml:"entities"`
	Tags        Tags       `toml:"tags"`
	Listings    Listings   `toml:"listings"`
	Feeds       Feeds      `toml:"feeds"`
	Search      Search     `toml:"search"`
}

type MenuItem struct {
	Label string `toml:"label"`
	URL   string `toml:"url"`
}

type Rights struct {
	Default string `toml:"default"`
}

type Ingest struct {
	DateOrder string `toml:"date_order"`
	Originals bool   `toml:"originals"`
}

type Entities struct {
	Recognize   bool `toml:"recognize"`
	MinArticles int  `toml:"min_articles"`
}

type Tags struct {
	Assign      string `toml:"assign"`
	MinArticles int    `toml:"min_articles"`
}

type Listings struct {
	SplitAbove int `toml:"split_above"`
}

type Feeds struct {
	Items       int `toml:"items"`
	MinArticles int `toml:"min_articles"`
}

type Search struct {
	Enabled bool `toml:"enabled"`
}

// Default is a site without site.toml.
func Default() Site {
	return Site{
		Title:     "News archive",
		Language:  "en",
		Permalink: "articles/{year}/{month}/{slug}.html",
		Rights:    Rights{Default: string(news.Open)},
		Ingest:    Ingest{DateOrder: "auto", Originals: true},
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
	s.BaseURL = strings.TrimSpace(s.BaseURL)
	if s.BaseURL != "" && !strings.HasSuffix(s.BaseURL, "/") {
		s.BaseURL += "/"
	}
	return s, s.faults(src)
}

// BasePath is the path of base_url, with a slash at either end: "/" where there is none.
func (s Site) BasePath() string {
	u, err := url.Parse(s.BaseURL)
	if err != nil || u.Path == "" {
		return "/"
	}
	return u.Path
}

// faults checks every value that TOML's types alone do not.
func (s Site) faults(src []byte) diag.List {
	var list diag.List
	wrong := func(key, hint, format string, args ...any) {
		line, col := find(src, key)
		list = append(list, diag.Fail(File, format, args...).At(src, line, col).WithHint("%s", hint))
	}
	if s.BaseURL != "" && !webURL(s.BaseURL) {
		wrong("base_url", `write the address the site will have: base_url = "https://example.org/archive/"`, "base_url is no web address: %q", s.BaseURL)
	}
	if _, err := language.Parse(s.Language); err != nil {
		wrong("language", `use a tag such as "en", "de" or "pt-BR"`, "unknown language %q", s.Language)
	}
	if _, err := news.ParseRights(s.Rights.Default); err != nil {
		wrong("rights.default", `"open" suits one's own paper, "metadata" shows headlines and sources alone, "private" nothing`, "%v", err)
	}
	oneOf := func(key, value string, allowed ...string) {
		if !slices.Contains(allowed, value) {
			wrong(key, "use one of: "+strings.Join(allowed, ", "), "%s has the unknown value %q", key, value)
		}
	}
	oneOf("ingest.date_order", s.Ingest.DateOrder, "auto", "dmy", "mdy", "ymd")
	oneOf("tags.assign", s.Tags.Assign, "untagged", "all", "none")
	atLeastOne := func(key string, value int) {
		if value < 1 {
			wrong(key, "use 1 or more", "%s must be at least 1", key)
		}
	}
	atLeastOne("entities.min_articles", s.Entities.MinArticles)
	atLeastOne("tags.min_articles", s.Tags.MinArticles)
	atLeastOne("listings.split_above", s.Listings.SplitAbove)
	atLeastOne("feeds.items", s.Feeds.Items)
	atLeastOne("feeds.min_articles", s.Feeds.MinArticles)
	if err := CheckPermalink(s.Permalink); err != nil {
		wrong("permalink", `the default is "articles/{year}/{month}/{slug}.html"`, "%v", err)
	}
	for _, m := range s.Menu {
		if m.Label == "" || m.URL == "" {
			wrong("menu", `menu = [{ label = "About", url = "about.html" }]`, "a menu entry needs a label and a url")
		}
	}
	return list
}

func webURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.RawQuery == "" && u.Fragment == ""
}

var placeholder = regexp.MustCompile(`\{[^}]*\}`)

// Placeholders are what a permalink may hold.
var Placeholders = []string{"{year}", "{month}", "{day}", "{section}", "{publication}", "{slug}"}

// CheckPermalink reports what is wrong with a permalink pattern.
func CheckPermalink(pattern string) error {
	if !strings.Contains(pattern, "{slug}") {
		return fmt.Errorf("permalink %q has no {slug}", pattern)
	}
	if !strings.HasSuffix(pattern, ".html") {
		return fmt.Errorf("permalink %q does not end in .html", pattern)
	}
	for _, p := range placeholder.FindAllString(pattern, -1) {
		if !slices.Contains(Placeholders, p) {
			return fmt.Errorf("permalink has the unknown part %s: known are %s", p, strings.Join(Placeholders, " "))
		}
	}
	for _, part := range strings.Split(pattern, "/") {
		if part == "" || part == "." || part == ".." {
			return fmt.Errorf("permalink %q is no path below the site", pattern)
		}
	}
	return nil
}

// find is the 1-based line and column where a key ("tags.assign") is set, or 1, 1.
func find(src []byte, key string) (line, col int) {
	table := ""
	for n, text := range bytes.Split(src, []byte("\n")) {
		trimmed := bytes.TrimSpace(text)
		if bytes.HasPrefix(trimmed, []byte("[")) {
			table = string(bytes.Trim(trimmed, "[] ")) + "."
			continue
		}
		name, _, _ := bytes.Cut(trimmed, []byte("="))
		if table+string(bytes.TrimSpace(name)) == key {
			return n + 1, bytes.Index(text, trimmed) + 1
		}
	}
	return 1, 1
}
