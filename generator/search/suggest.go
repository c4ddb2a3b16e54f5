package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// suggest is the query with words that no article has replaced by the likeliest ones that some have; "" where there
// are none.
func (x *Index) suggest(query string, clauses []clause, weights map[string]int) (string, error) {
	missing := missingWords(clauses, weights)
	var better strings.Builder
	from, done := 0, 0 // of the query: where the next part is looked for, and up to where it has been written
	for _, part := range cutQuery(query) {
		from += strings.Index(query[from:], part)
		for at, end := nextWord(part, 0); at < end && !strings.ContainsAny(part, ":*"); at, end = nextWord(part, end) {
			terms := x.words.terms(part[at:end])
			if len(terms) != 1 || !missing[terms[0]] {
				continue
			}
			likelier, err := x.likelier(part[at:end], terms[0])
			if err != nil || likelier == "" {
				return "", err
			}
			better.WriteString(query[done:from+at] + likelier)
			done = from + end
		}
		from += len(part)
	}
	if done == 0 {
		return "", nil
	}
	return better.String() + query[done:], nil
}

// missingWords is the words that a query looks for and no article has.
func missingWords(clauses []clause, weights map[string]int) map[string]bool {
	missing := map[string]bool{}
	for _, c := range clauses {
		for _, a := range c.atoms {
			for n, term := range a.terms {
				if !c.not && a.kind == "" && !a.prefixAt(n) && weights[term] == 0 {
					missing[term] = true
				}
			}
		}
	}
	return missing
}

// likelier is the word nearest to one that no article has, among those of the largest segment whose stems begin like it. Figures
// that nothing has are no slip of the pen.
func (x *Index) likelier(word, term string) (string, error) {
	s := x.largest()
	if s == nil || strings.ContainsFunc(word, unicode.IsNumber) {
		return "", nil
	}
	entries, err := x.near(s, term)
	if err != nil {
		return "", err
	}
	typed := foldName(word)
	best, most, distance := "", 0, 3
	if len([]rune(term)) < 5 {
		distance = 2
	}
	own, _ := strings.CutPrefix(typed, term)
	for i := range entries {
		e := &entries[i]
		if isID(e.term) {
			continue
		}
		for _, form := range formsOf(e.term, own) {
			d := edits(typed, form, distance+1)
			if nearer := d < distance || d == distance && best != "" && e.articles > most; nearer && x.isForm(form, e.term) {
				best, most, distance = form, e.articles, d
			}
		}
	}
	return best, nil
}

// formsOf is what may be words with that stem: with endings that are not long for it, with that of the word that was typed, and the stem.
func formsOf(stem, own string) []string {
	var forms []string
	if root, found := strings.CutSuffix(stem, "i"); found {
		forms = append(forms, root+"y")
	}
	for _, ending := range endings {
		if len(ending)+2 <= utf8.RuneCountInString(stem) {
			forms = append(forms, stem+ending)
		}
	}
	return append(forms, stem+own, stem)
}

// isForm reports whether a word counts as a term; a stem stands for words whose endings are not known.
func (x *Index) isForm(word, term string) bool {
	return word == term || slices.Equal(x.words.terms(word), []string{term})
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
