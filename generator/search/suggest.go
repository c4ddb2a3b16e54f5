package search

import (
	"strings"
)

// suggest is the query with words that no article has replaced by the likeliest ones that some have; "" where there
// are none.
func (x *Index) suggest(query string, clauses []clause, weights map[string]int) (string, error) {
	missing := missingWords(clauses, weights)
	better := query
	for _, part := range cutQuery(query) {
		if strings.ContainsAny(part, `":*`) {
			continue
		}
		for at := 0; ; {
			start, end := nextWord(part, at)
			if start == end {
				break
			}
			at = end
			word := part[start:end]
			terms := x.words.terms(word)
			if len(terms) != 1 || !missing[terms[0]] {
				continue
			}
			likelier, err := x.likelier(word, terms[0])
			if err != nil || likelier == "" {
				return "", err
			}
			better = strings.Replace(better, word, likelier, 1)
		}
	}
	if better == query {
		return "", nil
	}
	return better, nil
}

// missingWords is the words of a query that no article has.
func missingWords(clauses []clause, weights map[string]int) map[string]bool {
	missing := map[string]bool{}
	for _, c := range clauses {
		for _, a := range c.atoms {
			for n, term := range a.terms {
				if a.kind == "" && !a.prefixAt(n) && weights[term] == 0 {
					missing[term] = true
				}
			}
		}
	}
	return missing
}

// likelier is the word nearest to one that no article has, among those that begin like it in the largest segment.
func (x *Index) likelier(word, term string) (string, error) {
	s := x.largest()
	if s == nil {
		return "", nil
	}
	entries, err := x.near(s, term)
	if err != nil {
		return "", err
	}
	plain := strings.Join(fold(word), "")
	best, most, distance := "", 0, 3
	if len([]rune(term)) < 5 {
		distance = 2
	}
	for i := range entries {
		e := &entries[i]
		if isID(e.term) {
			continue
		}
		d := min(edits(term, e.term, distance+1), edits(plain, e.term, distance+1))
		if d < distance || d == distance && best != "" && e.articles > most {
			best, most, distance = e.term, e.articles, d
		}
	}
	return x.wordOf(best, plain, term), nil
}

func (x *Index) largest() *segment {
	var largest *segment
	for n := range x.segments {
		if s := &x.segments[n]; largest == nil || s.articles > largest.articles {
			largest = s
		}
	}
	return largest
}

// wordOf is a word whose stem is that, ending as the word that was typed if that can be.
func (x *Index) wordOf(stem, typed, typedStem string) string {
	var words []string
	if tail, found := strings.CutPrefix(typed, typedStem); found && tail != "" {
		words = append(words, stem+tail)
	}
	if root, found := strings.CutSuffix(stem, "i"); found {
		words = append(words, root+"y")
	}
	for _, ending := range [...]string{"", "e", "s", "ion", "ing", "ed"} {
		words = append(words, stem+ending)
	}
	for _, word := range words {
		if terms := x.words.terms(word); len(terms) == 1 && terms[0] == stem {
			return word
		}
	}
	return stem
}

// edits is how many letters must be put in, left out, changed or swapped with their neighbour to make b of a, or most
// if that is not fewer.
func edits(a, b string, most int) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) >= most || len(y)-len(x) >= most {
		return most
	}
	rows := [3][]int{make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(x); i++ {
		row, above, before := rows[i%3], rows[(i+2)%3], rows[(i+1)%3]
		row[0] = i
		for j := 1; j <= len(y); j++ {
			change := 1
			if x[i-1] == y[j-1] {
				change = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+change)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
	}
	return min(rows[len(x)%3][len(y)], most)
}
