package ingest

import (
	"fmt"
	"path"
	"strconv"
	"strings"
)

// genres are the labels papers print above a story, in lower case, and the genre each stands for.
var genres = map[string]string{
	"opinion": "opinion", "opinions": "opinion", "op-ed": "opinion", "commentary": "opinion", "column": "opinion", "comment is free": "opinion", "viewpoint": "opinion", "guest column": "opinion",
	"editorial": "editorial", "editorials": "editorial", "leading article": "editorial", "our view": "editorial",
	"letter": "letter", "letters": "letter", "letter to the editor": "letter", "letters to the editor": "letter", "reader's letter": "letter", "readers' letters": "letter", "your letters": "letter",
	"letters from readers": "letter", "letters from our readers": "letter", "a letter to the editor": "letter",
	"obituary": "obituary", "obituaries": "obituary", "death notice": "obituary", "death notices": "obituary", "in memoriam": "obituary",
	"review": "review", "reviews": "review", "book review": "review", "film review": "review", "movie review": "review", "music review": "review", "album review": "review", "theatre review": "review", "theater review": "review", "tv review": "review", "concert review": "review", "restaurant review": "review",
	"interview": "interview", "q&a": "interview", "questions and answers": "interview",
	"public notice": "notice", "legal notice": "notice", "notices": "notice", "public notices": "notice", "legal notices": "notice",
}

// genreOf is the genre a label stands for, or "".
func genreOf(label string) string {
	return genres[strings.ReplaceAll(strings.ToLower(strings.Trim(label, " :.-–—|[]()")), "’", "'")]
}

// labelLines is how many lines from the top a clean file may carry labels.
const labelLines = 3

// pageInName is the number of the page in a file's name: "1" of day-book-1916-01-15-page-1.txt and of ed-1_seq-1.txt.
func pageInName(file string) string {
	name := strings.TrimSuffix(path.Base(file), path.Ext(file))
	parts := strings.FieldsFunc(strings.ToLower(name), func(c rune) bool { return strings.ContainsRune("-_. ", c) })
	for i, part := range parts {
		number := strings.TrimLeft(part, "abcdefghijklmnopqrstuvwxyz")
		label := strings.TrimSuffix(part, number)
		if number == "" && i+1 < len(parts) {
			number = parts[i+1]
		}
		switch label {
		case "page", "pg", "p", "seq":
			if n, ok := digitsOf(number, 3); ok && n > 0 {
				return strconv.Itoa(n)
			}
		}
	}
	return ""
}

// readLabels takes the lines above the headline of a clean file that say nothing but the story's genre: "OBITUARY".
func (r *reading) readLabels() {
	if len(r.lines) < labelLines {
		return
	}
	for i, n := 0, 0; i < len(r.lines) && n < labelLines; i++ {
		if r.lines[i].rule != "" {
			continue
		}
		n++
		genre := genreOf(r.lines[i].text)
		if genre == "" || r.article.Genre != "" || r.lines[i].piece {
			return
		}
		r.article.Genre = genre
		r.lines[i].rule = kindLabel // nothing looks at it again
		r.take(i, "genre")
	}
}

// readGenre settles the genre by the words before the headline's colon, by the section, or by the salutation of a letter.
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
}

// readSection takes the section's name that stands beside a date: "Politics / January 11, 2024".
func (r *reading) readSection(start int) {
	for _, l := range r.lines[:min(start, len(r.lines))] {
		if !l.field || r.article.Section != "" {
			continue
		}
		d, ok := dateLine(l.text, r.dating)
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

// salutationBytes is how much may stand after "To the Editor" of a salutation: "of the Daily Times:".
const salutationBytes = 60

func isSalutation(text string) bool {
	text = strings.ToLower(text[:min(len(text), len("to the editor")+salutationBytes)])
	for _, opening := range [...]string{"dear editor", "dear sir", "dear madam", "sir,", "sir:", "sir -", "sir –", "sir —", "sirs,"} {
		if strings.HasPrefix(text, opening) {
			return true
		}
	}
	rest, found := strings.CutPrefix(text, "to the editor")
	return found && (strings.HasPrefix(rest, ",") || strings.HasPrefix(rest, ".") || strings.ContainsAny(rest, ":—"))
}
