package ingest

import (
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

// dating is how the dates of a file are read.
type dating struct {
	order string // of day and month where all is numbers, as Options.DateOrder has it
	year  int    // that the name of the file or of its folders tells, 0 for none: a year of two digits is this one, or none
}

// yearAt is the year that tokens[i] is. One of two digits ends a date: "March 3, 21:00" has none.
func (h dating) yearAt(tokens []token, i int) (year int, ok bool) {
	value, digits := tokens[i].number()
	if digits == yearDigits {
		return value, true
	}
	if digits != 2 || h.year == 0 || value != h.year%100 || follows(tokens, i, ":") || isHalfOfDay(tokens, i+1) {
		return 0, false
	}
	inNumber := i+2 < len(tokens) && !tokens[i+1].space && !tokens[i+2].space && strings.Contains("-/.,", tokens[i+1].text) && isDigit(tokens[i+2].text[0])
	return h.year, !inNumber
}

// dateLineBytes is the longest line looked at for a date; a longer one is running text.
const dateLineBytes = 120

// dateLine reads a line that gives a date, with its weekday, time and label: "Published: Jan. 28, 2019, 11:36 am EST".
func dateLine(text string, how dating) (dated, bool) {
	if len(text) > dateLineBytes || !strings.ContainsFunc(text, unicode.IsDigit) {
		return dated{}, false
	}
	var found dated
	var rest []string
	tokens := tokenize(text)
	label := 0 // where the words before the next date begin
	for i := 0; i < len(tokens); {
		d, next, ok := dateAt(tokens, i, how)
		switch {
		case ok:
			found.add(d, isUpdate(tokens[label:i]))
			rest = append(rest, " |")
			i, label = next, next
		case isDateNoise(tokens, i):
			if tokens[i].text == "," {
				rest = append(rest, ",")
			}
			i++
		default:
			rest = append(rest, tokens[i].spaced())
			i++
		}
	}
	found.rest = trimMarks(strings.Join(rest, ""))
	return found, !found.date.IsZero() || !found.modified.IsZero()
}

// ParseDate reads a date that stands alone, as a cell of a table has it: in EDTF, or in any form of a line of a text. The
// order is that of Options.DateOrder. It is not certain where the day cannot be told from the month, and is the year then,
// or where text says anything else; then it is the zero date.
func ParseDate(text, order string) (d news.Date, certain bool) {
	text = strings.TrimSpace(text)
	if d, ok := partlyKnown(text); ok && !d.IsZero() {
		return d, true
	}
	line, ok := dateLine(text, dating{order: order})
	if !ok || line.rest != "" || line.date.IsZero() {
		return news.Date{}, false
	}
	return line.date, line.date.Month != 0
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
func isDateLine(text string, how dating) bool {
	d, ok := dateLine(text, how)
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
			if !sameToken(c, next) || unicode.IsUpper(next) && endsLower(text[i:end]) {
				break
			}
			end += n
		}
		if end-i > yearDigits && isYear(text[i:i+yearDigits]) && strings.HasPrefix(text[end:], ":") {
			end = i + yearDigits // the time of day was run into the year: "20194:29"
		}
		tokens = append(tokens, token{text[i:end], space})
		space = false
		i = end
	}
	return tokens
}

const yearDigits = 4

func isYear(digits string) bool { return digits[:2] == "19" || digits[:2] == "20" }

func sameToken(c, next rune) bool {
	return unicode.IsLetter(c) && unicode.IsLetter(next) || '0' <= c && c <= '9' && '0' <= next && next <= '9'
}

// endsLower reports whether a capital after text begins another word, which a saved page ran into it: "PressApril".
func endsLower(text string) bool {
	c, _ := utf8.DecodeLastRuneInString(text)
	return unicode.IsLower(c)
}

// dateAt reads the date that begins at token i, and gives the token after it.
func dateAt(tokens []token, i int, how dating) (d news.Date, next int, ok bool) {
	_, digits := tokens[i].number()
	switch {
	case digits > 0:
		if i > 0 && !tokens[i].space && strings.Contains("-/.:", tokens[i-1].text) {
			return d, i, false // the middle of another number
		}
		if d, next, ok = allNumbers(tokens, i, how); !ok {
			d, next, ok = dayMonthYear(tokens, i, how)
		}
		if !ok {
			d, next, ok = yearMonthDay(tokens, i)
		}
	case tokens[i].month() != 0:
		d, next, ok = monthDayYear(tokens, i, how)
	}
	return d, next, ok
}

// allNumbers reads 2019-01-28, 2019/01/28, 28.1.2019, 28.1.19.
func allNumbers(tokens []token, i int, how dating) (d news.Date, next int, ok bool) {
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
		if clock, after := clockAt(tokens, i+5); ok && mark == "-" && clock != "" {
			d.Clock = clock
			return d, after, true
		}
	case aDigits < 3:
		if year, whole := how.yearAt(tokens, i+4); whole {
			d, ok = numberDate(a, b, year, how.order)
		}
	}
	return d, i + 5, ok
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

// partlyKnown reads a date as a catalogue has it: in EDTF, "1916?", "191X", "1914/1918", or as "c. 1916", "1910s".
func partlyKnown(text string) (news.Date, bool) {
	for _, about := range [...]string{"c.", "ca.", "circa ", "about "} {
		if rest, found := strings.CutPrefix(strings.ToLower(text), about); found {
			text = strings.TrimSpace(rest) + "~"
		}
	}
	if decade, found := strings.CutSuffix(text, "0s"); found {
		text = decade + "X"
	}
	d, err := news.ParseDate(text)
	if _, known := day(d.Year, max(d.Month, 1), d.Day); err != nil || !known {
		return news.Date{}, false
	}
	return d, true
}

// monthDayYear reads "January 28, 2019", "Jan. 28th 2019", "Jan. 28, '19" and "January 2019".
func monthDayYear(tokens []token, i int, how dating) (d news.Date, next int, ok bool) {
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
	return how.inYear(tokens, i, month, value)
}

// dayMonthYear reads "28 January 2019", "5th of April, 2002".
func dayMonthYear(tokens []token, i int, how dating) (d news.Date, next int, ok bool) {
	value, digits := tokens[i].number()
	i = pass(tokens, i+1, "st", "nd", "rd", "th", "er", "of", "de", ".", "º", "-")
	if digits > 2 || i == len(tokens) || tokens[i].month() == 0 {
		return d, i, false
	}
	month := tokens[i].month()
	i = pass(tokens, i+1, ".", ",", "de", "of", "-")
	return how.inYear(tokens, i, month, value)
}

// inYear is that day of the year that tokens[i] is.
func (h dating) inYear(tokens []token, i, month, dayOfMonth int) (d news.Date, next int, ok bool) {
	if i+1 < len(tokens) && (tokens[i].text == "'" || tokens[i].text == "’") {
		i++
	}
	if i == len(tokens) {
		return d, i, false
	}
	year, ok := h.yearAt(tokens, i)
	if !ok {
		return d, i, false
	}
	d, ok = day(year, month, dayOfMonth)
	return d, i + 1, ok
}

// yearMonthDay reads "2019年1月28日" and "2019년 1월 28일".
func yearMonthDay(tokens []token, i int) (d news.Date, next int, ok bool) {
	if i+5 >= len(tokens) {
		return d, i, false
	}
	var numbers [3]int
	for n, unit := range [...]string{"年년", "月월", "日일"} {
		value, digits := tokens[i+2*n].number()
		if digits == 0 || !strings.Contains(unit, tokens[i+2*n+1].text) {
			return d, i, false
		}
		numbers[n] = value
	}
	d, ok = day(numbers[0], numbers[1], numbers[2])
	return d, i + 6, ok
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

// clockAt is the time of day, as written, that follows a day as ISO 8601 has it, "T11:36:01Z" or " 11:36:01+01:00", and
// the token after it; "" where there is none.
func clockAt(tokens []token, i int) (clock string, next int) {
	if i < len(tokens) && tokens[i].text == "T" && !tokens[i].space {
		i++
	}
	var b strings.Builder
	for ; i < len(tokens) && (b.Len() == 0 || !tokens[i].space); i++ {
		b.WriteString(tokens[i].text)
	}
	clock = b.String()
	if strings.Count(clock, ":") < 2 {
		return "", i
	}
	if _, err := news.ParseDate("2000-01-01T" + clock); err != nil {
		return "", i
	}
	return clock, i
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
var dateWords = words(`published posted updated update modified last first on at date time publication created issued filed the edition early late final morning afternoon evening a p m am pm
	est edt et cst cdt ct mst mdt mt pst pdt pt gmt utc bst cet cest ist sast aest aedt jst kst hkt sgt wib z h hrs st nd rd th le am um uhr`)
