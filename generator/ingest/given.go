package ingest

import (
	"strings"

	"broadsheet/generator/prose"
)

// gives reports whether people say a field of the article beside its text.
func (o Options) gives(key string) bool { return o.Given.From[key] != "" }

// titleLines is how many lines from i on are the headline that people give, as the text prints it; 0 where the text goes
// on with its story.
func (r *reading) titleLines(i int) int {
	printed := ""
	for n := 1; n <= mostTitleLines && i+n <= len(r.lines); n++ {
		l := r.lines[i+n-1]
		if n > 1 && (l.gap || l.rule != "" || l.field) {
			break
		}
		printed += " " + l.text
		if alike(printed, r.options.Given.Title) {
			return n
		}
	}
	return 0
}

// mostTitleLines is over how many lines a headline is set.
const mostTitleLines = 4

// takeGivenTitle takes the lines from i on that print the headline people give, and a line above a byline or a date, which
// is a headline whatever it says. Where it says something else the article shows theirs, and the lines go on record.
func (r *reading) takeGivenTitle(i int) bool {
	if r.article.Title != "" {
		return false
	}
	n := r.titleLines(i)
	if n == 0 && r.isHeadline(i) && r.isAboveField(i) {
		n = 1
	}
	if n == 1 {
		r.article.Title = r.lines[i].text
		r.take(i, "title")
	}
	if n > 1 {
		r.article.Title = r.options.Given.Title
		for j := i; j < i+n; j++ {
			r.lines[j].rule = headlineRow
		}
	}
	return n > 0
}

// givenTitle is the line, of those above a saved page's story, that prints the headline people give; where none does, title.
func (r *reading) givenTitle(title, start int) int {
	for i := max(0, start-headReach); r.options.Given.Title != "" && i < start; i++ {
		if l := r.lines[i]; l.rule == "" && alike(l.text, r.options.Given.Title) {
			return i
		}
	}
	return title
}

// alike reports whether two texts are one but for marks, case and a slip or two: four in five of their pairs of letters are
// the same (the coefficient of Dice).
func alike(a, b string) bool {
	a, b = letters(a), letters(b)
	if a == "" || b == "" || len(a) > 2*len(b) || len(b) > 2*len(a) {
		return false
	}
	if a == b {
		return true
	}
	pairs := map[string]int{}
	for i := range len(a) - 1 {
		pairs[a[i:i+2]]++
	}
	shared := 0
	for i := range len(b) - 1 {
		if pairs[b[i:i+2]] > 0 {
			pairs[b[i:i+2]]--
			shared++
		}
	}
	return 5*2*shared >= 4*(len(a)+len(b)-2)
}

func letters(text string) string { return strings.ReplaceAll(prose.Fold(text), " ", "") }

// recordOverruled puts the lines on record that were taken for a field of which people say something else: the article
// shows theirs, and the line is nowhere else.
func (r *reading) recordOverruled() {
	if len(r.options.Given.From) == 0 {
		return
	}
	keys := fieldLines(r.article.From)
	for i := range r.lines {
		if l := &r.lines[i]; l.field && r.options.overrule(keys[l.number], l.text) {
			l.field, l.rule = false, overruled
		}
	}
}

// overrule reports whether one of the fields that a line was taken for is given and is not what the line says.
func (o Options) overrule(keys []string, text string) bool {
	for _, key := range keys {
		if o.gives(key) && !holds(o.Given, key, text) {
			return true
		}
	}
	return false
}
