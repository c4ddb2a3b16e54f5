package ingest

import (
	"fmt"
	"strings"

	"broadsheet/generator/news"
)

// genres are the labels papers print above a story, in lower case, and the genre each stands for.
var genres = map[string]string{
	"opinion": "opinion", "opinions": "opinion", "op-ed": "opinion", "commentary": "opinion", "column": "opinion", "comment is free": "opinion", "viewpoint": "opinion", "guest column": "opinion",
	"editorial": "editorial", "editorials": "editorial", "leading article": "editorial", "our view": "editorial",
	"letter": "letter", "letters": "letter", "letter to the editor": "letter", "letters to the editor": "letter", "reader's letter": "letter",
	"obituary": "obituary", "obituaries": "obituary", "death notice": "obituary", "death notices": "obituary", "in memoriam": "obituary",
	"review": "review", "reviews": "review", "book review": "review", "film review": "review", "movie review": "review", "music review": "review", "album review": "review", "theatre review": "review", "theater review": "review", "tv review": "review", "concert review": "review", "restaurant review": "review",
	"interview": "interview", "q&a": "interview", "questions and answers": "interview",
	"public notice": "notice", "legal notice": "notice", "notices": "notice", "public notices": "notice", "legal notices": "notice",
}

// genreOf is the genre a label stands for, or "".
func genreOf(label string) string {
	return genres[strings.ToLower(strings.Trim(label, " :.-–—|[]()"))]
}

// labelLines is how many lines from the top a clean file may carry labels.
const labelLines = 3

// readLabels takes the lines above the headline of a clean file that say nothing but the story's genre: "OBITUARY".
func (r *reading) readLabels() {
	if len(r.lines) < labelLines {
		return
	}
	for i := range r.lines[:labelLines] {
		genre := genreOf(r.lines[i].text)
		if genre == "" || r.article.Genre != "" {
			return
		}
		r.article.Genre = genre
		r.lines[i].rule = "label" // nothing looks at it again
		r.take(i, "genre")
	}
}

// readGenre settles the genre by the section, by the words before the headline's colon, or by the salutation of a letter.
func (r *reading) readGenre(start, end int) {
	r.readSection(start)
	a := &r.article
	label := headlineLabel(a.Title)
	switch {
	case a.Genre != "":
	case genreOf(label) != "":
		a.Genre = genreOf(label)
		r.found("genre", "headline")
	case genreOf(a.Section) != "":
		a.Genre = genreOf(a.Section)
		r.found("genre", "section")
	case start < end && isSalutation(r.lines[start].text):
		a.Genre = "letter"
		r.found("genre", "salutation")
	}
	if a.Genre == "letter" {
		r.readSignature(start, end)
	}
}

// readSection takes the section's name that stands beside a date: "Politics / January 11, 2024".
func (r *reading) readSection(start int) {
	for _, l := range r.lines[:min(start, len(r.lines))] {
		if !l.field || r.article.Section != "" {
			continue
		}
		d, ok := dateLine(l.text, r.options.DateOrder)
		if name := trimMarks(strings.Trim(d.rest, "/| ")); ok && sectionNames[strings.ToLower(name)] {
			r.article.Section = name
			r.found("section", fmt.Sprintf("line %d", l.number))
		}
	}
}

// headlineLabel is what stands before the first colon or bar of a headline: "Opinion: Save the pier", "Review | Hamlet".
func headlineLabel(title string) string {
	if i := strings.IndexAny(title, ":|"); i > 0 {
		return title[:i]
	}
	return ""
}

func isSalutation(text string) bool {
	text = strings.ToLower(text)
	for _, opening := range [...]string{"to the editor:", "to the editor,", "to the editor.", "dear editor", "dear sir", "dear madam", "sir,", "sir:", "sir -", "sir –", "sir —", "sirs,"} {
		if strings.HasPrefix(text, opening) {
			return true
		}
	}
	return false
}

// signatureLines is how many lines a letter's signature has: name, office or street, town.
const signatureLines = 3

// readSignature takes the signature of a letter out of its body and keeps it as the byline as printed. Whoever writes to a
// paper is no author of it, so no authors are made of it; and since it is no body, nobody is looked for in it.
func (r *reading) readSignature(start, end int) {
	first := end
	for i := end - 1; i > start && i >= end-signatureLines && isSignatureLine(r.lines[i]); i-- {
		first = i
	}
	for first < end && !isSigner(r.lines[first].text) {
		first++
	}
	if first == end || r.article.Byline.Printed != "" {
		return
	}
	var printed string
	for i := first; i < end; i++ {
		printed = joinNames(printed, r.lines[i].text)
		r.take(i, "byline")
	}
	r.article.Byline = news.Byline{Printed: printed}
}

// isSigner reports whether a line of a signature begins with a name: "Jane Doe", "JANE DOE, Whitby", "J. Roe, chairman".
func isSigner(text string) bool {
	name, _, _ := strings.Cut(strings.TrimLeft(text, "-–— "), ",")
	return isName(name) && len(strings.Fields(name)) <= 4
}

func isSignatureLine(l line) bool {
	return l.rule == "" && !l.field && l.words <= 8 && !l.prose() && !startsLower(l.text) && !strings.ContainsAny(l.text, "?!;:\"“”")
}
