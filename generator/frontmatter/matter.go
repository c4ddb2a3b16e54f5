// Package frontmatter reads what people write about an article: at the head of a Markdown file, in the NAME.toml beside
// a text, and in a folder's _defaults.toml.
//
// # Forms
//
// At the head of a file stands TOML between two lines of +++, YAML between two lines of ---, or a JSON object. A file
// that begins with none of these is all body. So is one that begins with --- where the first line after it that says
// anything is not a word and a colon: there, --- is a line across the page. Sidecars and defaults are TOML.
//
// # Keys
//
// Keys lists them. Case does not count. `author` is read as authors, `lang` as language, `summary` as description and
// `publishDate` as date, each only where the key itself is absent. The first of `categories` is the section where none
// is given, the others join the tags. Where there is a byline and no authors, they are read from it: "By Jane Doe and
// John Roe, AP". Keys that other generators know and that say nothing about the story (layout, type, toc …) and keys
// nobody knows are kept in Article.Extra; Unknown lists the latter.
//
// # Values
//
// Values are taken as they are written: a number where words are wanted is its digits (title = 1984), a date is the
// date on the page whatever its time zone, one value where a list is wanted is a list of one. An empty value counts as
// absent, except for a list: people = [] says that there are none, and that none are to be looked for.
//
// A value that cannot be taken is a warning, and the key is as if absent; but where `rights` cannot be read the article
// is private, so that nothing is shown that might be forbidden. Of two keys alike the first counts, but two of rights or draft make the file one that cannot be read; an unreadable
// draft is a draft. What cannot be read
// at all is one warning, and the Matter is Broken.
package frontmatter

import (
	"strings"

	"broadsheet/generator/diag"
)

// Where a value was found, as Article.From has it.
const (
	FrontMatter = "front matter"
	Sidecar     = "sidecar"
	Defaults    = "defaults"
)

// Matter is what one file says about an article, in the order it says it.
type Matter struct {
	File   string
	Origin string  // FrontMatter, Sidecar or Defaults
	Fields []Field // no two keys alike
	Broken bool    // the file cannot be read: its article is to be set aside

	head []byte // the part of the file that holds the fields, from the file's beginning
}

// Field is one key with its value. Line and Col are 1-based and say where the key stands; Col counts characters.
type Field struct {
	Key   string // as written
	Value Value
	place
}

// place is where something stands in a file.
type place struct{ Line, Col int }

// Name is the key as Keys and Article.From have it, "authors" for `Author`; a key not known is in lower case.
func (f Field) Name() string {
	name := strings.ToLower(f.Key)
	if proper, is := otherNames[name]; is {
		return proper
	}
	return name
}

// otherNames are read where the key itself is absent.
var otherNames = map[string]string{
	"author":      "authors",
	"lang":        "language",
	"publishdate": "date",
	"summary":     "description",
}

// Has reports whether a key, or another name for it, is given a value.
func (m Matter) Has(key string) bool {
	_, found := m.field(key)
	return found
}

// field is the one that counts for a key: the key itself, else another name for it.
func (m Matter) field(key string) (field Field, found bool) {
	key = Field{Key: key}.Name()
	for _, f := range m.Fields {
		if f.Value.empty() || f.Name() != key {
			continue
		}
		if strings.EqualFold(f.Key, key) {
			return f, true
		}
		if !found {
			field, found = f, true
		}
	}
	return field, found
}

// Unknown is a warning for every key that neither we nor other generators know, with the nearest key we do.
func (m Matter) Unknown() diag.List {
	var list diag.List
	for _, f := range m.Fields {
		if _, known := keyNamed(f.Name()); known || elsewhere[f.Name()] {
			continue
		}
		d := m.warn(f.place, "unknown key %q", f.Key).WithHint("it is kept for templates and changes nothing else")
		if near := diag.Nearest(f.Key, names()); near != "" {
			d = d.WithHint("did you mean %q?", near)
		}
		list = append(list, d)
	}
	return list
}

// Warn is a warning about a key, where it stands; found is false where the file gives it no value.
func (m Matter) Warn(key, message string) (d diag.Diagnostic, found bool) {
	f, found := m.field(key)
	if !found {
		return d, false
	}
	return m.warn(f.place, "%s", message), true
}

func (m Matter) warn(at place, format string, args ...any) diag.Diagnostic {
	return diag.Warn(m.File, format, args...).At(m.head, at.Line, at.Col)
}

// elsewhere are keys that other generators read, in lower case.
var elsewhere = map[string]bool{
	"audio": true, "build": true, "cascade": true, "cover": true, "expirydate": true, "featured_image": true,
	"headless": true, "iscjklanguage": true, "keywords": true, "layout": true, "linktitle": true, "markup": true,
	"menu": true, "menus": true, "outputs": true, "params": true, "permalink": true, "resources": true, "series": true,
	"sitemap": true, "toc": true, "translationkey": true, "type": true, "videos": true,
}
