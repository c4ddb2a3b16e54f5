package ingest

import (
	"slices"
	"strings"

	"broadsheet/generator/news"
)

// settleDate dates the article by the best evidence there is. A page that prints no day but that of its update was
// published in that year, most likely; more is not known.
func (r *reading) settleDate() {
	a := &r.article
	if !a.Date.IsZero() {
		r.settleReading()
		return
	}
	if r.inLine.Year != 0 {
		a.Date = r.inLine
		r.found("date", "dateline")
		return
	}
	coarse, from := dateInURL(a.Source), "URL"
	if coarse.IsZero() {
		coarse, from = r.dateOfFile()
	}
	if !coarse.IsZero() {
		a.Date = coarse
		r.found("date", from)
		if r.completes(coarse) {
			a.Date.Month, a.Date.Day = r.inLine.Month, r.inLine.Day
			r.found("date", "dateline")
		}
		return
	}
	if !a.Modified.IsZero() {
		a.Date = news.Date{Year: a.Modified.Year}
		r.found("date", a.From["lastmod"]+" (updated)")
	}
}

// settleReading settles which of its two readings an all-number date of the head has, where the dateline, the URL, or the
// name of the file or its folders has one of them, or its month.
func (r *reading) settleReading() {
	a := &r.article
	if a.Date.Precision() != news.ToYear {
		return
	}
	file, from := DateOf(r.file)
	for _, other := range [...]struct {
		date news.Date
		from string
	}{
		{news.Date{Year: a.Date.Year, Month: r.inLine.Month, Day: r.inLine.Day}, "dateline"}, {dateInURL(a.Source), "URL"}, {file, from},
	} {
		if d, found := r.readingOf(other.date); found {
			a.Date = d
			r.found("date", other.from)
			return
		}
	}
}

// readingOf is the day that a line which dates the article can be read as, where d is that day or its month.
func (r *reading) readingOf(d news.Date) (news.Date, bool) {
	if d.Day != 0 {
		return dayOf(d), r.headGives(d)
	}
	fields := fieldLines(map[string]string{"date": r.article.From["date"]})
	for _, l := range r.lines {
		if fields[l.number] == nil {
			continue
		}
		for _, order := range [...]string{dayFirst, monthFirst} {
			read, ok := dateLine(l.text, dating{order, d.Year})
			if ok && read.date.Day != 0 && read.date.Year == d.Year && read.date.Month == d.Month {
				return read.date, true
			}
		}
	}
	return news.Date{}, false
}

// headGives reports whether a line that dates the article can be read as d.
func (r *reading) headGives(d news.Date) bool {
	dating := fieldLines(map[string]string{"date": r.article.From["date"]})
	return slices.ContainsFunc(r.lines, func(l line) bool { return dating[l.number] != nil && givesDate(l.text, d) })
}

// readDay takes the line that gives the day of a story whose head does not.
func (r *reading) readDay(start, end int) {
	switch {
	case !r.article.Date.IsZero():
	case r.saved:
		r.takePublished()
	default:
		r.takeOwnDay(start, end)
	}
}

// takePartlyKnown takes the date of a labelled line that no calendar has.
func (r *reading) takePartlyKnown(i int, value string) bool {
	d, ok := partlyKnown(value)
	if !ok || !r.article.Date.IsZero() {
		return false
	}
	r.article.Date = d
	r.take(i, "date")
	return true
}

// markDays marks the days that head the parts of a timeline, a diary or a calendar.
func (r *reading) markDays() {
	var days []int
	var first news.Date
	several := false
	for i := range r.lines[:max(0, len(r.lines)-1)] {
		d, ok := r.headingDay(i)
		if !ok {
			continue
		}
		if days = append(days, i); len(days) == 1 {
			first = d
		}
		several = several || !sameDay(d, first)
	}
	for _, i := range days {
		r.lines[i].day = several
	}
}

// headingDay reads a line that is a day and nothing else, with a paragraph of the story below it.
func (r *reading) headingDay(i int) (news.Date, bool) {
	l := r.lines[i]
	if !l.gap || l.width > columnWidth/2 || l.rule != "" || !beginsDate(l.text) || !r.lines[i+1].prose() {
		return news.Date{}, false
	}
	d, ok := dateLine(l.text, r.dating)
	return d.date, ok && d.rest == "" && d.date.Day != 0
}

// beginsDate reports whether a line begins as a date does: with a number, a month or a weekday.
func beginsDate(text string) bool {
	word := text[:min(len(text), 12)]
	if end := strings.IndexAny(word, " ,."); end > 0 {
		word = word[:end]
	}
	word = strings.ToLower(word)
	return isDigit(word[0]) || months[word] != 0 || weekdays[word]
}

// takeOwnDay takes the paragraph among the story's first that is a day and nothing else, below a note to the reader or
// a caption.
func (r *reading) takeOwnDay(start, end int) {
	for i := start; i < min(end, start+storyLines, len(r.lines)-1); i++ {
		if d, ok := r.headingDay(i); ok && !r.lines[i].day && !r.lines[i].field {
			r.article.Date = d
			r.take(i, "date")
			return
		}
	}
}

// takePublished takes the line, wherever it stands, that says when the page was published, in that word; but none where
// a second line says otherwise, since other stories of a page have theirs.
func (r *reading) takePublished() {
	published := -1
	for i, l := range r.lines {
		if l.field || !saysPublished(l.text) {
			continue
		}
		d, ok := dateLine(l.text, r.dating)
		if !ok || d.rest != "" || d.date.Day == 0 {
			continue
		}
		if clashes(r.article.Date, d.date) {
			r.article.Date = news.Date{}
			return
		}
		if r.article.Date.IsZero() {
			r.article.Date, published = d.date, i
		}
	}
	if published >= 0 {
		r.take(published, "date")
	}
}

func saysPublished(text string) bool {
	word, _, _ := strings.Cut(strings.ToLower(text), " ")
	switch strings.TrimRight(word, ":") {
	case "published", "posted", "first":
		return true
	}
	return false
}

// completes reports whether the dateline's day makes a coarser date exact.
func (r *reading) completes(d news.Date) bool {
	if r.inLine.Month == 0 || d.Day != 0 || d.Month != 0 && d.Month != r.inLine.Month {
		return false
	}
	_, ok := day(d.Year, r.inLine.Month, r.inLine.Day)
	return ok
}

// dateOfFile is the date in the names of the file and its folders. The name of a saved page may tell the day of saving
// instead; it does when the page shows that day as its own, or says the story is older.
func (r *reading) dateOfFile() (news.Date, string) {
	d, from := DateOf(r.file)
	if r.saved && d.Day != 0 && (r.isOlder(d) || r.showsToday(d)) {
		return news.Date{}, ""
	}
	return d, from
}

// isOlder reports whether the page says that its story was published before d, or updated then.
func (r *reading) isOlder(d news.Date) bool {
	if !r.article.Modified.IsZero() && d.Compare(dayOf(r.article.Modified)) >= 0 {
		return true
	}
	from, to := r.headRange(r.start)
	for i := max(0, from-1); i < min(to, len(r.lines)); i++ {
		if text := r.lines[i].text; len(text) < dateLineBytes && isAgo(text) && !isHoursAgo(text) {
			return true
		}
	}
	return false
}

func isHoursAgo(text string) bool {
	text = strings.ToLower(text)
	return strings.Contains(text, "hour") || strings.Contains(text, "min")
}

// showsToday reports whether d stands above the story with its weekday, as the day of a whole paper's front.
func (r *reading) showsToday(d news.Date) bool {
	for _, l := range r.lines[:min(r.start, len(r.lines))] {
		word, _, _ := strings.Cut(strings.ToLower(l.text), ",")
		if l.field || !weekdays[word] {
			continue
		}
		if shown, ok := dateLine(l.text, dating{}); ok && shown.rest == "" && sameDay(shown.date, d) {
			return true
		}
	}
	return false
}

func dayOf(d news.Date) news.Date { return news.Date{Year: d.Year, Month: d.Month, Day: d.Day} }
