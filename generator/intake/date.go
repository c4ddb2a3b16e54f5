package intake

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"broadsheet/generator/news"
)

// layouts are the forms of a date that can be read one way alone, beside those of news.ParseDate.
var layouts = []string{
	time.RFC1123Z, time.RFC1123, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", time.RFC850, time.ANSIC,
	"2006/1/2", "20060102",
	"January 2, 2006", "Jan 2, 2006", "January 2 2006", "2 January 2006", "2 Jan 2006", "2 January, 2006", "2-Jan-2006",
}

var (
	weekday   = regexp.MustCompile(`(?i)^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? +|,? +(?:mon|tues|wednes|thurs|fri|satur|sun)day$`)
	dayFirst  = regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b`)
	isoPrefix = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?`)
)

// setDate takes the date from words, as far as it is certain; it warns about the rest and keeps it as a note.
func (r *Record) setDate(words string) {
	words = strings.TrimSpace(words)
	if words == "" {
		return
	}
	if strings.HasPrefix(words, "0000") {
		r.warn("the date " + strconv.Quote(words) + " is none")
		return
	}
	d, certain := parseDate(words)
	r.Date = d
	if !certain {
		r.warn("the date " + strconv.Quote(words) + " cannot be read with certainty")
		r.DateNote = "The source has " + words + "."
	}
}

// parseDate reads a date as exports write it. Where day and month could be either, the year alone is known.
func parseDate(s string) (d news.Date, certain bool) {
	s = strings.TrimSpace(s)
	if d, err := news.ParseDate(s); err == nil {
		return d, true
	}
	if d, err := news.ParseDate(isoPrefix.FindString(s)); err == nil && !d.IsZero() {
		return d, true
	}
	for _, layout := range layouts {
		for _, form := range []string{s, weekday.ReplaceAllString(s, "")} {
			if t, err := time.Parse(layout, form); err == nil {
				return news.Date{Year: t.Year(), Month: int(t.Month()), Day: t.Day()}, true
			}
		}
	}
	return allNumbers(s)
}

func allNumbers(s string) (news.Date, bool) {
	m := dayFirst.FindStringSubmatch(s)
	if m == nil {
		return news.Date{}, false
	}
	a, _ := strconv.Atoi(m[1])
	b, _ := strconv.Atoi(m[2])
	year, _ := strconv.Atoi(m[3])
	switch {
	case year == 0:
		return news.Date{}, false
	case 1 <= a && a <= 12 && 12 < b && b <= news.DaysIn(year, a):
		return news.Date{Year: year, Month: a, Day: b}, true
	case 1 <= b && b <= 12 && (12 < a || a == b) && 1 <= a && a <= news.DaysIn(year, b):
		return news.Date{Year: year, Month: b, Day: a}, true
	}
	return news.Date{Year: year}, false
}
