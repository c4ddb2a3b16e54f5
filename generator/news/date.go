package news

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Date is a calendar date as exactly as it is known: the part of the Extended Date/Time Format (EDTF, ISO 8601-2)
// that archives need. The zero Date is "not known". The forms, with what String writes for them:
//
//	2002-04-05   2002-04   2002        a day, a month, a year
//	191X                               a decade (Year is its first year)
//	1916?  1916~  1916%                uncertain, approximate, both; after any of the forms above
//	1914/1918                          a range, each end a day, month or year
//	2002-04-05T14:05:00+01:00          a day with time and offset, kept as written
type Date struct {
	Year, Month, Day          int // 0 where not known
	EndYear, EndMonth, EndDay int // the end of a range; EndYear 0 when there is none
	Decade                    bool
	Uncertain, Approximate    bool
	Clock                     string // "14:05", "14:05:00Z", "14:05:00+01:00", as written, a "T" or blank before it left out
}

// Precision says how much of a date is known.
type Precision uint8

const (
	Undated Precision = iota
	ToDecade
	ToYear
	ToMonth
	ToDay
)

var (
	dayForm    = regexp.MustCompile(`^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?([?~%])?$`)
	decadeForm = regexp.MustCompile(`^(\d{3})X([?~%])?$`)
	clockForm  = regexp.MustCompile(`^(\d{4}-\d{1,2}-\d{1,2})(?:[Tt]| +)(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?:Z|z|UTC|[+-]\d{2}:?\d{2}))?)$`)
)

// ParseDate reads the forms above; the empty string is the zero Date. The error says what is wrong in words for the
// person who wrote the date.
func ParseDate(s string) (Date, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return Date{}, nil
	}
	if from, to, found := strings.Cut(s, "/"); found {
		return parseRange(s, from, to)
	}
	if m := clockForm.FindStringSubmatch(s); m != nil {
		d, err := parseDay(m[1])
		d.Clock = strings.TrimSpace(m[2])
		return d, err
	}
	return parseDay(s)
}

func parseDay(s string) (Date, error) {
	if m := decadeForm.FindStringSubmatch(s); m != nil {
		year, _ := strconv.Atoi(m[1] + "0")
		d := Date{Year: year, Decade: true}
		d.qualify(m[2])
		if year == 0 {
			return Date{}, fmt.Errorf("%q: there is no decade of a year 0", s)
		}
		return d, nil
	}
	m := dayForm.FindStringSubmatch(s)
	if m == nil {
		return Date{}, fmt.Errorf("%q is no date: want 2002-04-05, 2002-04, 2002, 191X, 1916? or 1914/1918", s)
	}
	var d Date
	d.Year, _ = strconv.Atoi(m[1])
	d.Month, _ = strconv.Atoi(m[2])
	d.Day, _ = strconv.Atoi(m[3])
	d.qualify(m[4])
	switch {
	case d.Year == 0:
		return Date{}, fmt.Errorf("%q: there is no year 0", s)
	case m[2] != "" && (d.Month < 1 || d.Month > 12):
		return Date{}, fmt.Errorf("%q: there is no month %s", s, m[2])
	case m[3] != "" && (d.Day < 1 || d.Day > DaysIn(d.Year, d.Month)):
		return Date{}, fmt.Errorf("%q: that month has no day %s", s, m[3])
	}
	return d, nil
}

func parseRange(s, from, to string) (Date, error) {
	d, err := parseDay(strings.TrimSpace(from))
	if err != nil {
		return Date{}, err
	}
	end, err := parseDay(strings.TrimSpace(to))
	if err != nil {
		return Date{}, err
	}
	if d.Decade || end.Decade || end.Uncertain || end.Approximate {
		return Date{}, fmt.Errorf("%q: the ends of a range are plain years, months or days", s)
	}
	if end.Compare(d) < 0 {
		return Date{}, fmt.Errorf("%q ends before it begins", s)
	}
	d.EndYear, d.EndMonth, d.EndDay = end.Year, end.Month, end.Day
	return d, nil
}

func (d *Date) qualify(mark string) {
	d.Uncertain = mark == "?" || mark == "%"
	d.Approximate = mark == "~" || mark == "%"
}

// String writes the date in EDTF; ParseDate reads it back to the same value.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	s := ymd(d.Year, d.Month, d.Day)
	if d.Decade {
		s = fmt.Sprintf("%03dX", d.Year/10)
	}
	switch {
	case d.Uncertain && d.Approximate:
		s += "%"
	case d.Uncertain:
		s += "?"
	case d.Approximate:
		s += "~"
	}
	if d.EndYear != 0 {
		s += "/" + ymd(d.EndYear, d.EndMonth, d.EndDay)
	}
	if d.Clock != "" {
		s += "T" + d.Clock
	}
	return s
}

func ymd(year, month, day int) string {
	switch {
	case month == 0:
		return fmt.Sprintf("%04d", year)
	case day == 0:
		return fmt.Sprintf("%04d-%02d", year, month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
}

// IsZero reports whether nothing is known.
func (d Date) IsZero() bool { return d.Year == 0 }

// Precision is how exactly the (first) day is known. A range is known to its first year.
func (d Date) Precision() Precision {
	switch {
	case d.Year == 0:
		return Undated
	case d.Decade:
		return ToDecade
	case d.Month == 0 || d.EndYear != 0:
		return ToYear
	case d.Day == 0:
		return ToMonth
	}
	return ToDay
}

// Compare orders dates by their earliest possible day, then by time of day as written; what is not known at all
// comes first.
func (d Date) Compare(e Date) int {
	if d.Year != e.Year { // mostly; a large archive is put in order by it
		return cmp.Compare(d.Year, e.Year)
	}
	if order := cmp.Or(cmp.Compare(max(d.Month, 1), max(e.Month, 1)), cmp.Compare(max(d.Day, 1), max(e.Day, 1))); order != 0 {
		return order
	}
	return cmp.Compare(d.Clock, e.Clock)
}

// Folder is the date as article URLs have it: "2002/04", "2002", "1910s", "undated". A range stands in its first year.
func (d Date) Folder() string {
	switch d.Precision() {
	case ToDay, ToMonth:
		return fmt.Sprintf("%04d/%02d", d.Year, d.Month)
	case ToYear:
		return fmt.Sprintf("%04d", d.Year)
	case ToDecade:
		return fmt.Sprintf("%04ds", d.Year)
	}
	return "undated"
}

// DaysIn is the number of days of a month in the Gregorian calendar.
func DaysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// Weekday is the day of the week of a known day, 0 for Sunday, by Zeller's congruence (Gregorian calendar).
func Weekday(year, month, day int) int {
	if month < 3 {
		month += 12
		year--
	}
	return (day + 13*(month+1)/5 + year + year/4 - year/100 + year/400 + 6) % 7
}

func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

func (d *Date) UnmarshalText(text []byte) error {
	parsed, err := ParseDate(string(text))
	*d = parsed
	return err
}
