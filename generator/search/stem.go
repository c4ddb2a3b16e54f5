package search

import (
	"slices"
	"strings"
	"unicode"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/finnish"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/hungarian"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
	"golang.org/x/text/unicode/norm"
)

// stemmers are Snowball's, by language. static/search/stem has the same for the browser.
var stemmers = map[string]func(*snowballstem.Env) bool{
	"da": danish.Stem, "de": german.Stem, "en": english.Stem, "es": spanish.Stem, "fi": finnish.Stem, "fr": french.Stem, "hu": hungarian.Stem,
	"it": italian.Stem, "nl": dutch.Stem, "no": norwegian.Stem, "pt": portuguese.Stem, "ru": russian.Stem, "sv": swedish.Stem,
}

// Stemmer is the language (ISO 639-1) whose stemmer is for a site in a language (BCP 47), or "".
func Stemmer(language string) string {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	if base == "nb" || base == "nn" {
		base = "no"
	}
	if stemmers[base] == nil {
		return ""
	}
	return base
}

// elided are articles and the like that lose their vowel before another: "homme" is the word in "l'homme".
var elided = map[string][]string{
	"fr": {"c", "d", "j", "jusqu", "l", "lorsqu", "m", "n", "puisqu", "qu", "quoiqu", "s", "t"},
	"it": {"agl", "all", "c", "d", "dagl", "dall", "degl", "dell", "gl", "l", "m", "negl", "nell", "quell", "quest", "s", "sugl", "sull", "t", "un", "v"},
}

// reduce is the stem of a word, or the word where it is not all letters.
func (a *analyzer) reduce(word string) string {
	if a.stem == nil {
		return word
	}
	if at := strings.IndexAny(word, "'’"); at > 0 && slices.Contains(elided[a.language], strings.ToLower(word[:at])) {
		word = strings.TrimLeft(word[at:], "'’")
	}
	letters := a.letters(word)
	if letters == "" {
		return word
	}
	a.env.SetCurrent(letters)
	a.stem(a.env)
	return a.env.Current()
}

// letters is a word as its stemmer takes it, in lower case; "" where something else stands among its letters. The English and
// the Dutch take no accents, which others want.
func (a *analyzer) letters(word string) string {
	if a.language == "en" || a.language == "nl" {
		if parts := fold(word); len(parts) == 1 && !strings.ContainsFunc(parts[0], func(r rune) bool { return r < 'a' || r > 'z' }) {
			return parts[0]
		}
		return ""
	}
	var letters []rune
	for _, r := range norm.NFC.String(word) {
		switch {
		case isSolid(r) || unicode.Is(unicode.N, r):
			return ""
		case unicode.IsLetter(r):
			if r = unicode.ToLower(r); r == 'ё' {
				r = 'е' // as Russian is mostly printed
			}
			letters = append(letters, r)
		}
	}
	return string(letters)
}
