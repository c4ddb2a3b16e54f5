package ingest

import (
	"strings"

	"broadsheet/generator/news"
	"broadsheet/generator/prose"
)

// headLimit is the most lines a clean file's head has.
const headLimit = 20

// readHead takes the fields that stand before the story, and gives the line where the story begins.
func (r *reading) readHead() int {
	r.keepSubheads()
	for i := range r.lines[:min(len(r.lines), headLimit)] {
		switch {
		case r.lines[i].piece:
			return i
		case r.lines[i].field || r.lines[i].rule != "" || r.takeField(i) || r.takeTitleAgain(i):
		case r.options.gives("title"):
			if !r.takeGivenTitle(i) && !r.takeDeck(i) {
				return i
			}
		case r.article.Title == "" && r.isHeadline(i):
			r.article.Title = r.lines[i].text
			r.take(i, "title")
		case !r.takeDeck(i):
			return i
		}
	}
	return min(len(r.lines), headLimit)
}

func (r *reading) takeDeck(i int) bool {
	if !r.isDeck(i) {
		return false
	}
	r.article.Deck = r.lines[i].text
	r.take(i, "deck")
	return true
}

// keepSubheads lets a single word stay that is a phrase of pages but stands alone amid a story, where it may well be
// a subhead.
func (r *reading) keepSubheads() {
	first, last := len(r.lines), -1
	for i, l := range r.lines {
		if l.prose() {
			first, last = min(first, i), i
		}
	}
	for i := first + 1; i < last; i++ {
		l := &r.lines[i]
		if l.words == 1 && l.rule != advert && l.rule != ruled && r.lines[i-1].rule == "" && r.lines[i+1].rule == "" {
			l.rule = ""
		}
	}
}

// isHeadline reports whether line i is the headline of a clean file. Where in doubt it is not: a single word above
// another label is as likely the name of a section.
func (r *reading) isHeadline(i int) bool {
	l := r.lines[i]
	if !headlineShape(l) || len(rowLabels(l.text)) >= leastRow && r.isBesideRow(i) {
		return false
	}
	for j := i + 1; j < len(r.lines); j++ {
		next := r.lines[j]
		if next.rule != "" {
			continue
		}
		if _, signed := parseByline(next.text); signed {
			return true
		}
		goesOn := !next.gap && j == i+1 && next.indent <= l.indent && (startsLower(next.text) || l.words > 2 && endsAmid(l.text))
		return !goesOn && (l.words > 1 || next.prose())
	}
	return false // nothing stands below it
}

// endsAmid reports whether a line ends in a word that a sentence goes on after: "Talks on export quotas at the".
func endsAmid(text string) bool { return linkingWords[text[strings.LastIndexByte(text, ' ')+1:]] }

var linkingWords = words("the a an of its their his her said and or that from for und der des le la les du et el los las")

// headlineShape reports whether a line could be a headline: short, one sentence at most, no dateline, no address.
func headlineShape(l line) bool {
	if l.words > 32 || l.width > 240 || isURL(l.text) || isSalutation(l.text) || l.day || !strings.ContainsFunc(l.text, isLetterOrDigit) {
		return false
	}
	if endsSentence(l.text) && strings.HasSuffix(l.text, ".") && l.words > 14 && !shouts(l.text) {
		return false
	}
	if l.words > 16 && len(prose.Sentences(nil, l.text)) > 2 {
		return false
	}
	word, _, _ := strings.Cut(l.text, " ")
	if word == strings.ToLower(word) && startsLower(word) {
		return false
	}
	if start, end := dash(l.text); start > 0 && isFamilyNotice(l.text[:start], l.text[end:]) {
		return false
	}
	_, _, filed := parseDateline(l.text)
	return !filed
}

// isDeck reports whether line i stands between the headline and a byline or date: what is in between sums the story
// up and is not its first paragraph.
func (r *reading) isDeck(i int) bool {
	l := r.lines[i]
	if r.article.Title == "" || r.article.Deck != "" || l.words > 45 || l.words < 4 || isCaption(l) || strings.HasPrefix(l.text, "(") {
		return false
	}
	return r.isAboveField(i)
}

// isAboveField reports whether the next line below line i is a byline or a date, or a paragraph with a dateline.
func (r *reading) isAboveField(i int) bool {
	for _, next := range r.lines[i+1:] {
		if next.rule == "" {
			_, _, filed := parseDateline(next.text)
			return filed && next.gap || !next.day && r.isField(next)
		}
	}
	return false
}

// takeField takes line i when it is, as a whole, a field of the head.
func (r *reading) takeField(i int) bool {
	text := r.lines[i].text
	if len(text) > phraseBytes*2 || r.lines[i].day {
		return false
	}
	return r.takeLabelled(i) || r.takeSource(i, text) || r.takeDate(i, text) || r.takeByline(i, text, text) || r.takeLicense(i)
}

func (r *reading) takeSource(i int, text string) bool {
	if !isURL(text) || r.article.Source != "" && r.article.Source != text {
		return false
	}
	r.article.Source = text
	r.take(i, "source")
	return true
}

func isURL(text string) bool {
	rest, found := strings.CutPrefix(text, "https://")
	if !found {
		rest, found = strings.CutPrefix(text, "http://")
	}
	return found && strings.Contains(rest, ".") && !strings.ContainsAny(rest, " \t")
}

// takeDate takes a line that holds a date and, beside it, at most a byline. A second date that differs is none of
// ours, unless one of the two says it is of an update.
func (r *reading) takeDate(i int, text string) bool {
	d, ok := dateLine(text, r.dating)
	if !ok {
		return false
	}
	var by news.Byline
	if d.rest != "" && !r.takePaperBeside(i, text, d.rest) {
		if by, ok = bylineBesideDate(d.rest); !ok {
			return false
		}
	}
	if clashes(r.article.Date, d.date) || clashes(r.article.Modified, d.modified) {
		return false
	}
	if !d.date.IsZero() {
		r.article.Date = d.date
		r.take(i, "date")
	}
	if !d.modified.IsZero() {
		r.article.Modified = d.modified
		r.take(i, "lastmod")
	}
	if by.Printed != "" && r.article.Byline.Printed == "" {
		r.article.Byline = by
		r.take(i, "byline")
	}
	return true
}

// takePaperBeside reports whether line i, above the headline, has the paper's name beside its date; the page is taken from it.
func (r *reading) takePaperBeside(i int, text, rest string) bool {
	if r.saved || r.article.Title != "" {
		return false
	}
	page, found := paperBeside(text, rest)
	if found && page != "" && r.article.PrintPage == "" {
		r.article.PrintPage = page
		r.take(i, "print_page")
	}
	return found
}

// clashes reports whether two dates, where both are known, differ.
func clashes(a, b news.Date) bool {
	return !a.IsZero() && !b.IsZero() && !sameDay(a, b)
}

func sameDay(a, b news.Date) bool {
	return a.Year == b.Year && a.Month == b.Month && a.Day == b.Day
}

func (r *reading) takeByline(i int, printed, text string) bool {
	by, ok := parseByline(text)
	if !ok || r.article.Byline.Printed != "" {
		return false
	}
	if _, foreign := cutForeignBy(text); foreign && r.article.Title == "" && !r.saved {
		return false // "Von Trapp Singers Return"
	}
	by.Printed = printed
	r.article.Byline = by
	r.take(i, "byline")
	r.takeOfficeBelow(i)
	return true
}

// takeOfficeBelow takes the lines right below a byline that say nothing but what the writer does, for whom, or where mail
// reaches her: "Staff Writer", "Of the Chronicle staff", "Associated Press", "jdoe@example.org".
func (r *reading) takeOfficeBelow(i int) {
	for i++; i < len(r.lines) && r.lines[i].rule == "" && r.lines[i].words <= creditWords; i++ {
		credit, found := officeOf(r.lines[i].text)
		if !found {
			return
		}
		if r.article.Byline.Credit == "" {
			r.article.Byline.Credit = credit
		}
		r.article.Byline.Printed = joinNames(r.article.Byline.Printed, r.lines[i].text)
		r.take(i, "byline")
	}
}

// officeOf is the agency or paper that a line below a byline names; found is false where it says anything else.
func officeOf(text string) (credit string, found bool) {
	if hasMail(text) && !strings.Contains(text, " ") {
		return "", true
	}
	for _, opening := range [...]string{"Of ", "of ", "The ", "the "} {
		text = strings.TrimPrefix(text, opening)
	}
	if paper, found := strings.CutSuffix(text, " staff"); found && isPaper(paper, false) {
		return paper, true
	}
	c := credits{}
	if c.read(text) && len(c.authors) == 0 {
		return c.credit, true
	}
	return "", offices[strings.ToLower(text[strings.LastIndexByte(text, ' ')+1:])] && isTitle(text) // "Chronicle Outdoors Writer"
}

// takeTitleAgain takes out a line that prints the headline a second time, with or without the date.
func (r *reading) takeTitleAgain(i int) bool {
	rest, found := strings.CutPrefix(r.lines[i].text, r.article.Title)
	if r.article.Title == "" || !found {
		return false
	}
	if rest != "" {
		d, ok := dateLine(rest, r.dating)
		if !ok || d.rest != "" {
			return false
		}
		if r.article.Date.IsZero() && !d.date.IsZero() {
			r.article.Date = d.date
			r.take(i, "date")
		}
	}
	r.lines[i].rule = headlineRow
	return true
}

// takeLabelled takes a line as exports write them: "Byline: Jane Doe", "SECTION: News; Pg. A1".
func (r *reading) takeLabelled(i int) bool {
	label, value, found := strings.Cut(r.lines[i].text, ":")
	value = strings.TrimSpace(value)
	if !found || len(label) > 16 || value == "" {
		return false
	}
	field := labels[strings.ToLower(label)]
	a := &r.article
	switch field {
	case "title":
		return r.fill(i, field, &a.Title, value)
	case "deck":
		return r.fill(i, field, &a.Deck, value)
	case "section":
		return r.fill(i, field, &a.Section, value)
	case "license":
		return r.fill(i, field, &a.License, value)
	case "source":
		return r.fill(i, field, &a.Source, value)
	case "byline":
		name, _ := cutBy(value)
		return r.takeByline(i, value, "By "+name)
	case "date":
		return r.takeDate(i, value) || r.takePartlyKnown(i, value)
	}
	return false
}

func (r *reading) fill(i int, field string, value *string, text string) bool {
	if *value != "" {
		return false
	}
	*value = text
	r.take(i, field)
	return true
}

// labels are the words exports put before a field, in lower case, and the key of that field.
var labels = map[string]string{
	"title": "title", "headline": "title", "head": "title", "subtitle": "deck", "subhead": "deck", "deck": "deck", "summary": "deck",
	"byline": "byline", "by": "byline", "author": "byline", "authors": "byline", "date": "date", "published": "date", "publication date": "date",
	"section": "section", "source": "source", "url": "source", "link": "source", "license": "license", "licence": "license", "copyright": "license",
}

// readPageHead takes the fields that stand about the headline of a saved page, and the deck below it. It gives the
// line where the story begins: below the last field, where the body seemed to begin with the deck.
func (r *reading) readPageHead(title, start, end int) int {
	from, to := max(0, start-6), start
	if title >= 0 {
		from, to = max(0, title-3), max(start, title+1)
	}
	for i := from; i < min(to+4, end); i++ {
		l := r.lines[i]
		if l.rule != "" || l.field || i >= to && !r.isField(l) || isPoster(l) {
			continue
		}
		if r.takeField(i) {
			to = max(to, i+1)
		}
	}
	if title < 0 {
		return to
	}
	if i := r.nextBelow(title); i < to && r.lines[i].words >= 5 && r.lines[i].words <= 60 && !isStamp(r.lines[i]) && !isSigned(r.lines[i]) {
		r.article.Deck = r.lines[i].text
		r.take(i, "deck")
	}
	return to
}

// nextBelow is the first line below i that is neither removed nor a field.
func (r *reading) nextBelow(i int) int {
	for i++; i < len(r.lines) && (r.lines[i].rule != "" || r.lines[i].field); i++ {
	}
	return i
}

// tailLines is how many lines at the end of a clean file may say whose the text is.
const tailLines = 6

// readTail takes the lines below the story that say under which terms it may be used, and which agency it is from.
func (r *reading) readTail(start, end int) {
	if end == len(r.lines) {
		end = max(start, end-tailLines)
	}
	for i := end; i < len(r.lines); i++ {
		if r.lines[i].piece || r.takeLicense(i) || r.takeCredit(i) {
			continue
		}
		if l := &r.lines[i]; isLicense(*l) {
			l.rule = copyright
		}
	}
}

func (r *reading) takeLicense(i int) bool {
	if !isLicense(r.lines[i]) || r.article.License != "" {
		return false
	}
	r.article.License = r.lines[i].text
	r.take(i, "license")
	return true
}

// isLicense reports whether a line says whose the text is, or under which licence it stands.
func isLicense(l line) bool {
	if l.words > 40 || l.words < 2 || len(l.text) > 400 || strings.HasSuffix(l.text, "?") || !speaksOfRights(l.text) {
		return false
	}
	text := strings.ToLower(l.text)
	if rest, found := strings.CutPrefix(text, "copyright "); found {
		return strings.ContainsAny(rest[:1], "©@(0123456789") || strings.HasPrefix(rest, "by ")
	}
	switch {
	case strings.HasPrefix(text, "©"), strings.HasPrefix(text, "(c) "), strings.Contains(text, "© copyright"):
		return true
	case strings.Contains(text, "all rights reserved"):
		return l.words > 3
	case strings.Contains(text, "creative commons"):
		return strings.Contains(text, "licens") || strings.Contains(text, "licence")
	}
	return false
}

// speaksOfRights reports whether a line has a part of what isLicense looks for: most have none, and need not be made small.
func speaksOfRights(text string) bool {
	if strings.IndexByte("cC(", text[0]) >= 0 || strings.Contains(text, "©") {
		return true
	}
	for _, part := range []string{"eserved", "ESERVED", "ommons", "OMMONS"} {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}
