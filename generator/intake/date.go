package intake

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"broadsheet/generator/ingest"
	"broadsheet/generator/news"
)

// layouts are the forms of a date that are written by programs alone, beside those of news.ParseDate.
var layouts = []string{
	time.RFC1123Z, time.RFC1123, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", time.RFC850, time.ANSIC, "20060102",
}

var (
	isoPrefix = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?`)
	yearLast  = regexp.MustCompile(`^\d{1,2}[/.-]\d{1,2}[/.-](\d{4})\b`)
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
	r.dated = words
	d, certain := r.parseDate(words)
	r.Date = d
	switch {
	case certain:
		return
	case d.IsZero() || !isDay(words, "dmy") || !isDay(words, "mdy"):
		r.warn("the date " + strconv.Quote(words) + " cannot be read with certainty")
	default:
		r.warn("day and month of the date " + strconv.Quote(words) + " cannot be told apart; ingest.date_order in site.toml says which comes first")
	}
	r.DateNote = "The source has " + words + "."
}

// parseDate asks for the order of day and month only where a date needs it.
func (r *Record) parseDate(words string) (d news.Date, certain bool) {
	if d, certain = parseDate(words, ""); certain || r.order == nil {
		return d, certain
	}
	return parseDate(words, r.order())
}

func isDay(words, order string) bool {
	d, _ := parseDate(words, order)
	return d.Day > 0
}

// parseDate reads a date as exports write it, with day and month in the given order. Where they could be either, or there is
// no such day, the year alone is known.
func parseDate(s, order string) (d news.Date, certain bool) {
	s = strings.TrimSpace(s)
	if d, err := news.ParseDate(s); err == nil {
		return d, true
	}
	if d, err := news.ParseDate(isoPrefix.FindString(s)); err == nil && !d.IsZero() {
		return d, true
	}
	for _, layout := range layouts {
		if t, err := time.Parse(layout, s); err == nil {
			return news.Date{Year: t.Year(), Month: int(t.Month()), Day: t.Day()}, true
		}
	}
	d, certain = ingest.ParseDate(s, order)
	if m := yearLast.FindStringSubmatch(s); m != nil && d.IsZero() {
		d.Year, _ = strconv.Atoi(m[1])
	}
	return d, certain
}

// orderOf settles in which order the dates of a source have day and month: as the settings say, else, in a table, as those
// of its dates that have one reading agree on. For that the table is read a second time, once a date is met that has two.
func orderOf(s Source, o Options, read reader) func() string {
	table := s.Format == "csv" || s.Format == "jsonl"
	if o.DateOrder != "" && o.DateOrder != "auto" || !table {
		return func() string { return o.DateOrder }
	}
	return sync.OnceValue(func() string {
		var found ingest.DateOrders
		o.order, o.Read = func() string { return "" }, o.Survey
		if read(s, o, func(r Record) bool {
			found = found.Add(ingest.Orders("", []byte(r.dated), ingest.Options{}))
			return true
		}) != nil {
			return "" // what is wrong with it is said where it is read for good
		}
		return found.Settled()
	})
}
