package ingest

import (
	"strings"

	"broadsheet/generator/news"
)

// settleDate dates the article by the best evidence there is. A page that prints no day but that of its update was
// published in that year, most likely; more is not known.
func (r *reading) settleDate() {
	a := &r.article
	if !a.Date.IsZero() {
		return
	}
	if r.saved && r.takePublished() {
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

// takePublished takes the line, wherever it stands, that says when the page was published, in that word; but none where
// a second line says otherwise, since other stories of a page have theirs.
func (r *reading) takePublished() bool {
	published := -1
	for i, l := range r.lines {
		if l.field || !saysPublished(l.text) {
			continue
		}
		d, ok := dateLine(l.text, r.options.DateOrder)
		if !ok || d.rest != "" || d.date.Day == 0 {
			continue
		}
		if clashes(r.article.Date, d.date) {
			r.article.Date = news.Date{}
			return false
		}
		if r.article.Date.IsZero() {
			r.article.Date, published = d.date, i
		}
	}
	if published < 0 {
		return false
	}
	r.take(published, "date")
	return true
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
		if shown, ok := dateLine(l.text, ""); ok && shown.rest == "" && sameDay(shown.date, d) {
			return true
		}
	}
	return false
}

func dayOf(d news.Date) news.Date { return news.Date{Year: d.Year, Month: d.Month, Day: d.Day} }
