package search

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// A query is words and these, with blanks between them:
//
//	a b             articles that have both; a AND b likewise
//	a OR b          either; OR binds closer than the blank
//	-a              articles that do not have it
//	"a b"           one right after the other
//	kore*           words that begin so, in all their forms
//	person:NAME     of a person; place:, org:, tag:, by: (an author) and section: likewise; NAME in quotes where it has blanks, or as it
//	                stands in the address of the page, of one of several who share it
//	2002-04..2003   published from April 2002 to 2003; either end may be left out
//	before:2002     published earlier; after:2002 later
//
// A date counts as the earliest day it can mean. Of what makes no sense, the words are looked for. Quotes may be those of any
// language, and the last ones left out.

// clause is what must hold of an article, or with not must not: one of its atoms.
type clause struct {
	not   bool
	atoms []atom
}

// atom is one thing to look for.
type atom struct {
	text     string   // as it was written, of words
	terms    []string // words of which all must be there
	phrase   bool     // one after the other
	prefix   bool     // the last one is a beginning
	stems    []string // what words count as that begin so, where that is no longer than the beginning
	kind     string   // a folder: an id of it, by name
	name     string
	from, to int // days, of an atom without terms and kind
}

// fields are what can stand before a colon, with the folder of the ids it means.
var fields = map[string]string{
	"person": "people", "people": "people", "place": "places", "org": "organizations", "organization": "organizations",
	"tag": "tags", "by": "authors", "author": "authors", "section": "sections", "publication": "publications", "language": "languages",
}

const (
	latest = 1 << 30 // later than any day
	quotes = `"“”„«»`
)

// parse reads a query.
func parse(query string, words *analyzer) []clause {
	var clauses []clause
	or := false
	for _, word := range cutQuery(query) {
		if word == "OR" || word == "AND" {
			or = word == "OR" && len(clauses) > 0
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
		blank := unicode.IsSpace(r)
		switch {
		case strings.ContainsRune(quotes, r):
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
		value = strings.Trim(value, quotes)
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
		first, end, ok := parseDay(from)
		begin, last, fits := parseDay(to)
		switch {
		case ok && fits && first > last:
			return atom{from: begin, to: end}, true
		case ok && fits:
			return atom{from: first, to: last}, true
		case ok && to == "":
			return atom{from: first, to: latest}, true
		case fits && from == "":
			return atom{from: 1, to: last}, true
		}
	}
	phrase := strings.ContainsAny(word, quotes)
	a := atom{text: word, terms: words.split(word), prefix: !phrase && strings.HasSuffix(word, "*")}
	last := len(a.terms) - 1
	if last < 0 {
		return a, false
	}
	if a.prefix {
		a.terms[last], a.stems = words.beginning(word)
	} else if r := []rune(a.terms[last]); last == 0 && len(r) == 1 && isSolid(r[0]) {
		a.prefix = true // one letter of a script that is kept in pairs
	}
	a.phrase = phrase && last > 0
	return a, true
}

// endings are what words have after their stems, most often in English. Those of other languages are found without them, but for
// beginnings and suggestions a little less often.
var endings = strings.Fields("s ion ment ent er ation ing ed es ence ance ity ism ist al ic ly ive able ous ization e")

// beginning is the last word of a text as a beginning, which is not stemmed, and the stems of words that begin so but have a shorter
// one, as "election" has beside "electio": those of the word as it stands, and with what may be left of an ending.
func (a *analyzer) beginning(text string) (term string, stems []string) {
	var word string
	plain := unstemmed()
	for at, end := nextWord(text, 0); at < end; at, end = nextWord(text, end) {
		if terms := plain.terms(text[at:end]); len(terms) > 0 {
			word, term = text[at:end], terms[len(terms)-1]
		}
	}
	for _, ending := range append([]string{""}, endings...) {
		for at := range len(ending) + 1 {
			tail := ending[at:]
			if stem := a.terms(word + tail); len(stem) == 1 && !strings.HasPrefix(stem[0], term) && (tail == "" || strings.HasPrefix(term, stem[0])) && !slices.Contains(stems, stem[0]) {
				stems = append(stems, stem[0])
			}
		}
	}
	return term, stems
}

// parseDay is the first and the last day that a date means: 2002, 2002-04, 2002-04-05.
func parseDay(s string) (first, last int, ok bool) {
	parts := strings.Split(s, "-")
	if len(parts) > 3 || len(parts[0]) != 4 {
		return 0, 0, false
	}
	numbers := []int{0, 0, 0}
	for i, p := range parts {
		n, err := strconv.ParseUint(p, 10, 16) // no signs
		if err != nil || n < 1 || i > 0 && len(p) > 2 || i == 1 && n > 12 || i == 2 && n > 31 {
			return 0, 0, false
		}
		numbers[i] = int(n)
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

// nameOf is the name that the words of a query may be, as names are kept: all it has, or one phrase; or "". With it come the clauses
// of these words, and the others.
func nameOf(clauses []clause) (name string, words, others []clause) {
	var texts []string
	for _, c := range clauses {
		a := c.atoms[0]
		switch {
		case c.not || !slices.ContainsFunc(c.atoms, func(a atom) bool { return a.text != "" }):
			others = append(others, c)
			continue
		case len(c.atoms) > 1 || strings.ContainsAny(a.text, "*:"):
			return "", nil, nil
		}
		words, texts = append(words, c), append(texts, a.text)
	}
	if len(words) > 1 && slices.ContainsFunc(words, func(c clause) bool { return c.atoms[0].phrase }) {
		return "", nil, nil
	}
	return foldName(strings.Join(texts, " ")), words, others
}

// foldName is a name without case, accents and marks, its words parted by one blank.
func foldName(name string) string {
	return strings.Join(unstemmed().split(name), " ")
}

func unstemmed() *analyzer { return &analyzer{known: map[string][]string{}} }
