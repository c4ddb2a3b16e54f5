package ingest

import (
	"path"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/generator/news"
)

// dated is a line that is there to give a date.
type dated struct {
	date     news.Date
	modified news.Date // of an update, where the line gives one
	rest     string    // what else stands on the line: a byline, or nothing
}

// dateLineBytes is the longest line looked at for a date; a longer one is running text.
const dateLineBytes = 120

// dateLine reads a line that gives a date, with its weekday, time and label: "Published: Jan. 28, 2019, 11:36 am EST".
func dateLine(text, order string) (dated, bool) {
	if len(text) > dateLineBytes || !strings.ContainsFunc(text, unicode.IsDigit) {
		return dated{}, false
	}
	var found dated
	var rest []string
	tokens := tokenize(text)
	label := 0 // where the words before the next date begin
	for i := 0; i < len(tokens); {
		d, next, ok := dateAt(tokens, i, order)
		switch {
		case ok:
			found.add(d, isUpdate(tokens[label:i]))
			i, label = next, next
		case isDateNoise(tokens, i):
			i++
		default:
			rest = append(rest, tokens[i].spaced())
			i++
		}
	}
	found.rest = trimMarks(strings.Join(rest, ""))
	return found, !found.date.IsZero() || !found.modified.IsZero()
}

func (d *dated) add(date news.Date, update bool) {
	value := &d.date
	if update {
		value = &d.modified
	}
	if value.IsZero() {
		*value = date
	}
}

// isDateLine reports whether the line gives a date and nothing beside it but a byline.
func isDateLine(text, order string) bool {
	d, ok := dateLine(text, order)
	if !ok || d.rest == "" {
		return ok
	}
	_, ok = bylineBesideDate(d.rest)
	return ok
}

func trimMarks(s string) string { return strings.Trim(s, " \t|•·-–—:,;*.") }

func isUpdate(before []token) bool {
	for _, t := range before {
		switch strings.ToLower(t.text) {
		case "updated", "modified", "update":
			return true
		case "published", "posted":
			return false
		}
	}
	return false
}

// token is a run of letters, a run of digits, or one other character.
type token struct {
	text  string
	space bool // white space stands before it
}

func (t token) spaced() string {
	if t.space {
		return " " + t.text
	}
	return t.text
}

func (t token) number() (value, digits int) {
	if !isDigit(t.text[0]) {
		return 0, 0
	}
	value, err := strconv.Atoi(t.text)
	if err != nil {
		return 0, 0
	}
	return value, len(t.text)
}

func (t token) month() int { return months[strings.ToLower(t.text)] }

func tokenize(text string) []token {
	var tokens []token
	space := false
	for i := 0; i < len(text); {
		c, size := utf8.DecodeRuneInString(text[i:])
		if unicode.IsSpace(c) {
			space = true
			i += size
			continue
		}
		end := i + size
		for end < len(text) {
			next, n := utf8.DecodeRuneInString(text[end:])
			if !(unicode.IsLetter(c) && unicode.IsLetter(next) || c < utf8.RuneSelf && isDigit(byte(c)) && next < utf8.RuneSelf && isDigit(byte(next))) {
				break
			}
			end += n
		}
		tokens = append(tokens, token{text[i:end], space})
		space = false
		i = end
	}
	return tokens
}

// dateAt reads the date that begins at token i, and gives the token after it.
func dateAt(tokens []token, i int, order string) (d news.Date, next int, ok bool) {
	_, digits := tokens[i].number()
	switch {
	case digits > 0:
		if i > 0 && !tokens[i].space && strings.Contains("-/.:", tokens[i-1].text) {
			return d, i, false // the middle of another number
		}
		if d, next, ok = allNumbers(tokens, i, order); !ok {
			d, next, ok = dayMonthYear(tokens, i)
		}
	case tokens[i].month() != 0:
		d, next, ok = monthDayYear(tokens, i)
	}
	return d, next, ok
}

// allNumbers reads 2019-01-28, 2019/01/28, 28.1.2019.
func allNumbers(tokens []token, i int, order string) (d news.Date, next int, ok bool) {
	if i+4 >= len(tokens) {
		return d, i, false
	}
	mark := tokens[i+1].text
	if !strings.Contains("-/.", mark) || tokens[i+3].text != mark {
		return d, i, false
	}
	a, aDigits := tokens[i].number()
	b, bDigits := tokens[i+2].number()
	c, cDigits := tokens[i+4].number()
	switch {
	case bDigits == 0 || bDigits > 2:
		return d, i, false
	case aDigits == 4 && cDigits > 0 && cDigits < 3:
		d, ok = day(a, b, c)
	case cDigits == 4 && aDigits < 3:
		d, ok = numberDate(a, b, c, order)
	}
	return d, afterClock(tokens, i+5), ok
}

// numberDate reads the first two numbers of an all-number date as day and month in the order they are known to have;
// where both orders are possible and none is known, the year is all there is.
func numberDate(a, b, year int, order string) (news.Date, bool) {
	dmy, dmyOK := day(year, b, a)
	mdy, mdyOK := day(year, a, b)
	switch {
	case order == "dmy" && dmyOK, dmyOK && !mdyOK, dmyOK && a == b:
		return dmy, true
	case order == "mdy" && mdyOK, mdyOK && !dmyOK:
		return mdy, true
	case dmyOK && mdyOK:
		return news.Date{Year: year}, true
	}
	return news.Date{}, false
}

// monthDayYear reads "January 28, 2019", "Jan. 28th 2019" and "January 2019".
func monthDayYear(tokens []token, i int) (d news.Date, next int, ok bool) {
	month := tokens[i].month()
	i = pass(tokens, i+1, ".", ",", "de", "of")
	if i == len(tokens) {
		return d, i, false
	}
	value, digits := tokens[i].number()
	switch {
	case digits == 4:
		d, ok = day(value, month, 0)
		return d, i + 1, ok
	case digits == 0 || digits > 2:
		return d, i, false
	}
	i = pass(tokens, i+1, "st", "nd", "rd", "th", ",")
	if i == len(tokens) {
		return d, i, false
	}
	year, digits := tokens[i].number()
	if digits != 4 {
		return d, i, false
	}
	d, ok = day(year, month, value)
	return d, i + 1, ok
}

// dayMonthYear reads "28 January 2019", "5th of April, 2002".
func dayMonthYear(tokens []token, i int) (d news.Date, next int, ok bool) {
	value, digits := tokens[i].number()
	i = pass(tokens, i+1, "st", "nd", "rd", "th", "of", "de", ".", "º", "-")
	if digits > 2 || i == len(tokens) || tokens[i].month() == 0 {
		return d, i, false
	}
	month := tokens[i].month()
	i = pass(tokens, i+1, ".", ",", "de", "of", "-")
	if i == len(tokens) {
		return d, i, false
	}
	year, digits := tokens[i].number()
	if digits != 4 {
		return d, i, false
	}
	d, ok = day(year, month, value)
	return d, i + 1, ok
}

// monthAndDay reads "April 5" or "5 April" without a year.
func monthAndDay(tokens []token, i int) (news.Date, bool) {
	month, at := tokens[i].month(), pass(tokens, i+1, ".")
	if at == len(tokens) {
		return news.Date{}, false
	}
	value, digits := tokens[at].number()
	if month == 0 {
		month = tokens[at].month()
		value, digits = tokens[i].number()
	}
	if month == 0 || digits == 0 || digits > 2 || value < 1 || value > 31 {
		return news.Date{}, false
	}
	return news.Date{Month: month, Day: value}, true
}

// pass is the first token from i on that is none of words.
func pass(tokens []token, i int, words ...string) int {
	for i < len(tokens) {
		passed := false
		for _, w := range words {
			passed = passed || strings.EqualFold(tokens[i].text, w)
		}
		if !passed {
			break
		}
		i++
	}
	return i
}

// afterClock is the token after the time of day that follows a date written as 2019-01-28T11:36:01Z.
func afterClock(tokens []token, i int) int {
	if i < len(tokens) && strings.EqualFold(tokens[i].text, "T") {
		for i++; i < len(tokens) && !tokens[i].space; i++ {
		}
	}
	return i
}

// day is a date when there is such a day, or such a month where d is 0, in a year that papers may have.
func day(year, month, d int) (news.Date, bool) {
	if year < 1450 || year > 2199 || month < 1 || month > 12 || d < 0 || d > news.DaysIn(year, month) {
		return news.Date{}, false
	}
	return news.Date{Year: year, Month: month, Day: d}, true
}

// isDateNoise reports whether token i says nothing beside a date: a label, a weekday, a time, a mark.
func isDateNoise(tokens []token, i int) bool {
	text := strings.ToLower(tokens[i].text)
	if weekdays[text] || dateWords[text] {
		return true
	}
	if c := text[0]; c < utf8.RuneSelf && !isAlphanumeric(c) {
		return strings.IndexByte(",:()[]|+", c) >= 0 || strings.IndexByte("-./", c) >= 0 && (i+1 == len(tokens) || tokens[i+1].space || tokens[i].space)
	}
	if text == "•" || text == "·" || text == "–" || text == "—" {
		return true
	}
	value, digits := tokens[i].number()
	return digits > 0 && digits <= 2 && value < 60 && (follows(tokens, i, ":") || follows(tokens, i, ".") || i > 0 && tokens[i-1].text == ":" || i > 0 && tokens[i-1].text == "." || isHalfOfDay(tokens, i+1))
}

func follows(tokens []token, i int, mark string) bool {
	return i+1 < len(tokens) && tokens[i+1].text == mark
}

func isHalfOfDay(tokens []token, i int) bool {
	if i >= len(tokens) {
		return false
	}
	switch strings.ToLower(tokens[i].text) {
	case "am", "pm", "a", "p", "h", "hrs":
		return true
	}
	return false
}

// dateWords are the words that stand beside a date without adding to it.
var dateWords = words(`published posted updated update modified last first on at date time publication created issued edition a p m am pm
	est edt et cst cdt ct mst mdt mt pst pdt pt gmt utc bst cet cest ist sast aest aedt jst kst hkt sgt wib z h hrs st nd rd th le am um uhr`)

var weekdays = words(`monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
	montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche
	lunes martes miércoles jueves viernes sábado domingo`)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}

// months are the names of months, in lower case, in the languages papers of the archive may be in.
var months = numbered(
	"january jan enero janvier januar gennaio janeiro januari", "february feb febrero février februar febbraio fevereiro februari",
	"march mar marzo mars märz março maart", "april apr abril avril aprile", "may mayo mai maggio maio mei",
	"june jun junio juin juni giugno junho", "july jul julio juillet juli luglio julho", "august aug agosto août augustus",
	"september sept sep septiembre septembre settembre setembro", "october oct octubre octobre oktober ottobre outubro",
	"november nov noviembre novembre novembro", "december dec diciembre décembre dezember dicembre dezembro",
)

func numbered(lists ...string) map[string]int {
	numbers := map[string]int{}
	for i, list := range lists {
		for name := range strings.FieldsSeq(list) {
			numbers[name] = i + 1
		}
	}
	return numbers
}

// settleDate dates the article by the best evidence there is.
func (r *reading) settleDate() {
	a := &r.article
	if !a.Date.IsZero() {
		return
	}
	if r.inLine.Year != 0 {
		a.Date = r.inLine
		r.found("date", "dateline")
		return
	}
	coarse, from := dateInURL(a.Source), "URL"
	if coarse.IsZero() {
		coarse, from = DateOf(r.file)
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
		a.Date = a.Modified
		r.found("date", a.From["lastmod"]+" (updated)")
	}
}

// completes reports whether the dateline's day makes a coarser date exact.
func (r *reading) completes(d news.Date) bool {
	if r.inLine.Month == 0 || d.Day != 0 || d.Month != 0 && d.Month != r.inLine.Month {
		return false
	}
	_, ok := day(d.Year, r.inLine.Month, r.inLine.Day)
	return ok
}

// dateInURL is the date in the path of a URL: /2019/01/28/, /2019/jan/28/, /2019-01-28-.
func dateInURL(url string) news.Date {
	_, rest, found := strings.Cut(url, "://")
	if !found {
		return news.Date{}
	}
	_, rest, _ = strings.Cut(rest, "/")
	rest, _, _ = strings.Cut(rest, "?")
	if d := dateInFolders(rest); d.Precision() >= news.ToMonth {
		return d
	}
	for segment := range strings.SplitSeq(rest, "/") {
		if d := dateInName(segment); !d.IsZero() {
			return d
		}
	}
	return news.Date{}
}

// dateInFolders is the date the names of folders make: 2019/01/28, 1916/01, 1916, 2019-01.
func dateInFolders(folders string) news.Date {
	parts := strings.Split(folders, "/")
	for i := len(parts) - 1; i >= 0; i-- {
		if d := dateInName(parts[i]); !d.IsZero() {
			return d
		}
		year, ok := digitsOf(parts[i], 4)
		if !ok || year < 1450 || year > 2199 {
			continue
		}
		d := news.Date{Year: year}
		if i+1 < len(parts) {
			month, ok := digitsOf(parts[i+1], 2)
			if !ok {
				month = months[strings.ToLower(parts[i+1])]
			}
			if m, ok := day(year, month, 0); ok {
				d = m
			}
		}
		if d.Month != 0 && i+2 < len(parts) {
			if n, ok := digitsOf(parts[i+2], 2); ok && n > 0 {
				if m, ok := day(year, d.Month, n); ok {
					d = m
				}
			}
		}
		return d
	}
	return news.Date{}
}

func digitsOf(text string, most int) (int, bool) {
	if text == "" || len(text) > most || strings.Trim(text, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return n, err == nil
}

// dateInName is the date in a file's name, at its beginning or between other characters than letters and digits:
// 2019-01-28-flood.txt, 19160107-sn84020558.txt, 1916_01_07.txt, flood-2019-01.txt.
func dateInName(file string) news.Date {
	name := path.Base(file)
	for i := 0; i+7 <= len(name); i++ {
		if !isDigit(name[i]) || i > 0 && isAlphanumeric(name[i-1]) {
			continue
		}
		if d, ok := compactDate(name[i:]); ok {
			return d
		}
		if d, ok := partedDate(name[i:]); ok {
			return d
		}
	}
	return news.Date{}
}

// compactDate reads 19160107.
func compactDate(name string) (news.Date, bool) {
	if len(name) < 8 || len(name) > 8 && isAlphanumeric(name[8]) {
		return news.Date{}, false
	}
	n, ok := digitsOf(name[:8], 8)
	if !ok {
		return news.Date{}, false
	}
	d, ok := day(n/10000, n/100%100, n%100)
	return d, ok && d.Day > 0
}

// partedDate reads 2019-01-28, 1916_01_07, 1916.01.07 and 1916-01.
func partedDate(name string) (news.Date, bool) {
	mark := name[4]
	year, ok := digitsOf(name[:4], 4)
	if !ok || mark != '-' && mark != '_' && mark != '.' {
		return news.Date{}, false
	}
	month, ok := digitsOf(name[5:7], 2)
	if !ok || len(name) > 7 && isAlphanumeric(name[7]) {
		return news.Date{}, false
	}
	if len(name) >= 10 && name[7] == mark && (len(name) == 10 || !isAlphanumeric(name[10])) {
		if n, ok := digitsOf(name[8:10], 2); ok && n > 0 {
			return day(year, month, n)
		}
	}
	return day(year, month, 0)
}
