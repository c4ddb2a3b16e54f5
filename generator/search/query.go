package search

import (
	"slices"
	"strconv"
	"strings"
)

// A query is words and these, with blanks between them:
//
//	a b             articles that have both
//	a OR b          either; OR binds closer than the blank
//	-a              articles that do not have it
//	"a b"           one right after the other
//	kore*           words that begin so
//	person:NAME     of a person; place:, org:, tag:, by: (an author) and section: likewise; NAME in quotes where it has blanks
//	2002-04..2003   published from April 2002 to 2003; either end may be left out
//	before:2002     published earlier; after:2002 later
//
// A date counts as the earliest day it can mean. Of what makes no sense, the words are looked for.

// clause is what must hold of an article, or with not must not: one of its atoms.
type clause struct {
	not   bool
	atoms []atom
}

// atom is one thing to look for.
type atom struct {
	terms    []string // words of which all must be there
	phrase   bool     // one after the other
	prefix   bool     // the last one is a beginning
	kind     string   // a folder: an id of it, by name
	name     string
	from, to int // days, of an atom without terms and kind
}

// fields are what can stand before a colon, with the folder of the ids it means.
var fields = map[string]string{
	"person": "people", "people": "people", "place": "places", "org": "organizations", "organization": "organizations",
	"tag": "tags", "by": "authors", "author": "authors", "section": "sections", "publication": "publications", "language": "languages",
}

const latest = 1 << 30 // later than any day

// parse reads a query.
func parse(query string, words *analyzer) []clause {
	var clauses []clause
	or := false
	for _, word := range cutQuery(query) {
		if word == "OR" {
			or = len(clauses) > 0
			continue
		}
		not := len(word) > 1 && word[0] == '-'
		if not {
			word = word[1:]
		}
		a, ok := parseAtom(word, words)
		if !ok {
			continue
		}
		if last := len(clauses) - 1; or && !not && !clauses[last].not {
			clauses[last].atoms = append(clauses[last].atoms, a)
		} else {
			clauses = append(clauses, clause{not, []atom{a}})
		}
		or = false
	}
	return clauses
}

// cutQuery parts a query at its blanks, but for those in quotes.
func cutQuery(query string) []string {
	var parts []string
	quoted := false
	start := -1
	for i, r := range query {
		blank := strings.ContainsRune(" \t\n\r\f\v\u00a0\u3000", r)
		switch {
		case strings.ContainsRune(`"“”`, r):
			quoted = !quoted
			if start < 0 {
				start = i
			}
		case blank && !quoted && start >= 0:
			parts, start = append(parts, query[start:i]), -1
		case !blank && start < 0:
			start = i
		}
	}
	if start >= 0 {
		parts = append(parts, query[start:])
	}
	return parts
}

func parseAtom(word string, words *analyzer) (atom, bool) {
	if field, value, found := strings.Cut(word, ":"); found {
		value = strings.Trim(value, `"“”`)
		if folder := fields[strings.ToLower(field)]; folder != "" && value != "" {
			return atom{kind: folder, name: value}, true
		}
		if from, to, ok := parseDay(value); ok {
			switch strings.ToLower(field) {
			case "before":
				return atom{from: 1, to: from - 1}, true
			case "after":
				return atom{from: to + 1, to: latest}, true
			}
		}
	}
	if from, to, found := strings.Cut(word, ".."); found && from+to != "" {
		first, _, ok := parseDay(from)
		_, last, fits := parseDay(to)
		if (ok || from == "") && (fits || to == "") {
			a := atom{from: 1, to: latest}
			if from != "" {
				a.from = first
			}
			if to != "" {
				a.to = last
			}
			return a, true
		}
	}
	phrase := strings.ContainsAny(word, `"“”`)
	a := atom{terms: words.split(word), phrase: phrase, prefix: !phrase && strings.HasSuffix(word, "*")}
	if a.prefix { // the beginning of a word is not stemmed
		a.terms = unstemmed().split(word)
	}
	if len(a.terms) == 1 && isSolid([]rune(a.terms[0])[0]) && len([]rune(a.terms[0])) == 1 {
		a.prefix = true // one letter of a script that is kept in pairs
	}
	a.phrase = a.phrase && len(a.terms) > 1
	return a, len(a.terms) > 0
}

// parseDay is the first and the last day that a date means: 2002, 2002-04, 2002-04-05.
func parseDay(s string) (first, last int, ok bool) {
	parts := strings.Split(s, "-")
	if len(parts) > 3 || len(parts[0]) != 4 {
		return 0, 0, false
	}
	numbers := []int{0, 0, 0}
	for i, p := range parts {
		n, err := strconv.Atoi(p)
		if err != nil || n < 1 || len(p) > 4 || i > 0 && len(p) > 2 || i == 1 && n > 12 || i == 2 && n > 31 {
			return 0, 0, false
		}
		numbers[i] = n
	}
	first = (numbers[0]*12+max(numbers[1], 1)-1)*32 + max(numbers[2], 1)
	last = first
	switch len(parts) {
	case 1:
		last = (numbers[0]*12+11)*32 + 31
	case 2:
		last = first + 30
	}
	return first, last, true
}

// nameOf is the name a query may be, as names are kept: of words alone, or of one phrase.
func nameOf(query string, clauses []clause) (string, bool) {
	if strings.ContainsAny(query, "*:") || len(clauses) == 0 || slices.Contains(strings.Fields(query), "OR") {
		return "", false
	}
	for _, c := range clauses {
		if c.not || len(c.atoms[0].terms) == 0 || c.atoms[0].phrase && len(clauses) > 1 {
			return "", false
		}
	}
	return foldName(query), true
}

// foldName is a name without case, accents and marks, its words parted by one blank.
func foldName(name string) string {
	return strings.Join(unstemmed().split(name), " ")
}

func unstemmed() *analyzer { return &analyzer{known: map[string][]string{}} }
