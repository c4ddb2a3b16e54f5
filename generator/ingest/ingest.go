// Package ingest makes an article of a text file as archives really hold it: a page saved as text, wire copy, an
// export, the text a scanner read off a newspaper page.
//
// What a reader may rely on:
//
//   - Every word of the file is in the body, in a field, or among the removals with the rule that took it out. A line
//     that became a field is named in From ("line 3") and is no removal; a field read off a line that stays in the
//     body (the dateline) leaves the text as it was.
//   - What people say of the article beside its text (Options.Given) holds. A first line is the headline then only if it
//     prints theirs, with a slip or two at most, or stands above a byline or a date; else it is the story's. Any other line
//     that was taken for a field they give otherwise is among the removals.
//   - A field is filled only where something in the file says so. No date is ever taken from a running sentence, and a
//     first line that reads like a paragraph is no headline.
//   - A date comes from the first of these that has one: a line of the head, a paragraph near it that is a day and
//     nothing else, the dateline (when it names a year), the source's URL, the file's name, the names of its folders. A
//     dateline without a year may make a coarser date of the last three exact. Days that head the parts of a timeline or
//     a calendar date nothing. A label may give a date as catalogues have it: "Date: c. 1916", "Date: 191X".
//   - An all-number date that could be read both ways gives its year alone, unless Options.DateOrder settles it, or the
//     dateline, the URL or the name of the file or its folders has one of the two days, or the month of one. What order a source has is settled
//     by its dates that have one reading, three at least and fifty times as many as say otherwise (DateOrders), until it
//     is recorded (Decisions).
//   - A year of two digits is read where the name of the file or of one of its folders has the year that ends in them.
//   - The genre is that of a label above the headline ("OBITUARY"), of the words before the headline's colon or bar
//     ("Opinion: …", "Review | …"), of the section's name, or of a letter's salutation; else there is none.
//   - A letter's signature, up to five lines at its end from one that can be a name on, or its byline, is signed and no
//     byline: who writes to a paper is no author of it. The lines leave the body, and the address in them with it.
//   - A line that is nothing but a name is the byline only where something vouches for it: an office, an agency, "By" or
//     a date beside it, a line about when the story appeared below it, the same name outside the story as one who writes,
//     or its place between headline and first paragraph in a text that does not name the person again.
//   - Boilerplate is taken out line by line. A line goes when it is, as a whole, one of the phrases that pages carry
//     ("Skip to content", "Share on Facebook"); never for words inside a sentence. Only in a file that is evidently a
//     saved page do lines also go for where they stand and what they look like: before the story or after it, by
//     rules that look at this file alone.
//   - Above a clean file's headline a row of labels between bars, the name of the paper with its motto, and the title of the
//     page go where another line can be the headline and a story stands below; the name of a section there is the section.
//   - What came with the copy of a clean file goes: the headers of a letter by electronic mail but for its date, the label of
//     a press release and whom to ask, an agency's slugs, notes to editors and marks for typesetting ("^By JANE DOE<"), end
//     marks ("-30-", "(more)", "# # #"), lines that send the reader to another page ("Please see SCHOOLS, Page A4"), the
//     numbered links of a browser in text.
//   - A catalogue, of products, of results, that stands right below a saved page's story, or that it seems to end in, is of it.
//   - A line that stands on a saved page twice, each time beside the same line, goes where its other place is outside the
//     story or close by, and with it the section above it and the teaser below: it is a link to another story.
//   - A line of at least five words that recurs in three files of a source (a folder, or the host of the file's URL)
//     goes as well: from a saved page's story wherever it stands, from a clean file only in a row of such lines, of six
//     to thirty words, at its end. Bylines, dates and short lines never recur, and from a text of which more than a
//     third recurs, because it ran before, nothing goes. What people decided (Decisions) comes before all of this;
//     from when a source's lines are recorded, what it newly learns waits for them.
//   - Lines broken at a column are joined to paragraphs, and a word divided at a line's end is made whole when its
//     second half begins in lower case. A line that ends amid a sentence goes on in the next, whatever that begins with,
//     where the next word would not have fitted the column that the text's other lines tell of. No field and no phrase is
//     looked for in such a line. Verse, lists and tables keep their lines. Where each line is a paragraph, it stays one.
//   - The body is Markdown that shows the source's characters: all that Markdown would take for a mark is escaped.
//     Tags with the names of HTML elements are taken out, each a removal; the words between them stay.
//   - Text that is not UTF-8 or UTF-16 is read in the encoding declared (Options.Charset), else in the one that fits:
//     Windows-1252, Mac Roman, or that of another script; with a warning at the first. UTF-8 that was once read as
//     Windows-1252 is repaired, on record and with a warning. Control characters are removed. Account proves all this.
//   - A saved page whose file name has the day of saving is not dated by it, and one that prints only the day of an
//     update is dated to its year.
//
// A whole newspaper page that nobody has cut into stories gets the genre "page", date and page of its file's name, and
// no headline. With Options.Plain nothing is looked for and nothing is removed but control characters.
//
// Time and memory are linear in the size of the file.
package ingest

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"broadsheet/generator/diag"
	"broadsheet/generator/news"
)

// Options is what is known about a file before it is read.
type Options struct {
	Plain     bool   // the whole file is body: no headline, no fields, no boilerplate; tags are text
	Language  string // BCP 47; "" lets the text tell, where it does
	Charset   string // of text that is not UTF-8; "auto" or "" looks for it
	Genre     string // as its folder has it, "letter"; "" lets the text tell, where it does
	DateOrder string // of all-number dates: "dmy", "mdy" or "ymd"; "auto" or "" takes only what has one reading
	Told      Told   // what the archive and its people say of the file's lines

	// Given is what people say of the article beside its text. Its From names the fields they give; they hold, whatever the
	// text has.
	Given news.Article
}

// Empty reports whether src holds nothing to read.
func Empty(src []byte) bool {
	return len(bytes.TrimSpace(bytes.TrimPrefix(src, []byte(utf8Mark)))) == 0
}

// Read makes an article of the text src. File is its path below content/; it names the file in diagnostics, and its
// parts may tell the date. An empty file gives an article without title and body, and a warning.
func Read(file string, src []byte, o Options) (news.Article, diag.List) {
	r, warnings := newReading(file, src, o)
	switch {
	case len(r.lines) == 0:
		warnings = append(warnings, diag.Warn(file, "empty file, left out").WithHint("delete it, or give it some text"))
	case o.Plain:
		r.article.Body = plainMarkdown(r.lines)
	case isPrintPage(r.lines, pageInName(file) != ""):
		r.readPrintPage()
	default:
		r.readStory()
	}
	return r.article, warnings
}

// reading is one file on its way to an article.
type reading struct {
	file    string
	options Options
	dating  dating
	lines   []line
	article news.Article
	inLine  news.Date // the dateline's day; its Year is 0 where the dateline has none
	saved   bool      // the file is a web page saved as text
	start   int       // the line where the story begins
}

// newReading decodes src and cuts it into lines. What that took out of lines is among the removals.
func newReading(file string, src []byte, o Options) (*reading, diag.List) {
	text, warnings := decode(file, src, o.Charset)
	r := &reading{file: file, options: o, dating: dating{order: o.DateOrder}}
	if d, _ := DateOf(file); d.EndYear == 0 {
		r.dating.year = d.Year
	}
	r.article.From = map[string]string{}
	r.article.Language = o.Language
	if !o.Plain {
		repaired, repairs, list := mend(file, text)
		text, r.article.Removed, warnings = repaired, repairs, append(warnings, list...)
	}
	r.lines = r.split(text)
	for i := range r.article.Removed {
		r.article.Removed[i].Part = true
	}
	slices.SortStableFunc(r.article.Removed, byLine)
	return r, warnings
}

func (r *reading) readStory() {
	r.markPhrases()
	r.markPieces()
	start, end := 0, len(r.lines)
	if r.saved = isSavedPage(r.lines); r.saved {
		start, end = r.findStory()
	} else {
		r.freePieces()
		r.markCopy()
		r.markDays()
		r.markNotices()
		r.markMasthead()
		r.readLabels()
		start = r.readHead()
	}
	r.start = start
	r.article.Title = cmp.Or(r.article.Title, r.options.Given.Title)
	r.readWriter(start, end)
	r.readGenre(start, end)
	r.readTail(start, end)
	r.readDay(start, end)
	r.markRecurring(start, end)
	r.readSignature(start, end)
	start, end = r.widen(start, end)
	body := kept(r.lines[start:end])
	r.readDateline(body)
	r.settleDate()
	r.settleLanguage(body)
	r.creditByline()
	r.makeBody(body)
	r.recordOverruled()
	r.recordRemovals()
}

func (r *reading) readPrintPage() {
	r.article.Genre = "page"
	if page := pageInName(r.file); page != "" {
		r.article.PrintPage = page
		r.found("print_page", "file name")
	}
	r.settleDate()
	r.settleLanguage(r.lines)
	r.makeBody(r.lines)
}

func (r *reading) makeBody(body []line) {
	text, divided := markdown(body)
	r.article.Body = text
	if evidence := bodyEvidence(divided); evidence != "" {
		r.found("body", evidence)
	}
}

// found records where a field's value stands.
func (r *reading) found(field, evidence string) {
	if before := r.article.From[field]; before != "" {
		evidence = before + ", " + evidence
	}
	r.article.From[field] = evidence
}

// take makes line i the evidence of a field.
func (r *reading) take(i int, field string) {
	r.lines[i].field = true
	r.found(field, fmt.Sprintf("line %d", r.lines[i].number))
}

func (r *reading) remove(number int, text, rule string) {
	r.article.Removed = append(r.article.Removed, news.Removal{Line: number, Text: text, Rule: rule})
}

func byLine(a, b news.Removal) int { return cmp.Compare(a.Line, b.Line) }

// recordRemovals adds the lines that rules took out to the removals, in the order of the file.
func (r *reading) recordRemovals() {
	parts := r.article.Removed // of lines: tags, control characters
	r.article.Removed = nil
	for _, l := range r.lines {
		for len(parts) > 0 && parts[0].Line <= l.number {
			r.article.Removed = append(r.article.Removed, parts[0])
			parts = parts[1:]
		}
		if l.rule != "" && !l.field {
			r.remove(l.number, l.text, l.rule)
		}
	}
	r.article.Removed = append(r.article.Removed, parts...)
}

// kept is the lines that are neither removed nor a field.
func kept(lines []line) []line {
	body := make([]line, 0, len(lines))
	gap := false
	for _, l := range lines {
		gap = gap || l.gap
		if l.rule == "" && !l.field {
			l.gap = gap
			body = append(body, l)
			gap = false
		}
	}
	return body
}

// settleLanguage names the text's language where its small words leave no doubt.
func (r *reading) settleLanguage(body []line) {
	if r.article.Language != "" {
		return
	}
	if language := evidentLanguage(body); language != "" {
		r.article.Language = language
		r.found("language", "text")
	}
}

// creditByline records that authors and credit were read off the byline, where they were.
func (r *reading) creditByline() {
	a := &r.article
	for key, found := range map[string]bool{"authors": len(a.Byline.Authors) > 0, "credit": a.Byline.Credit != ""} {
		if where := a.From["byline"]; found && a.From[key] == "" && where != "" {
			a.From[key] = where
		}
	}
}

// markPhrases marks the lines that are boilerplate by their words alone, wherever they stand.
func (r *reading) markPhrases() {
	for i := range r.lines {
		r.lines[i].rule = phraseRule(r.lines[i])
	}
	r.applyRules()
}
