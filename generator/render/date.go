package render

import (
	"strconv"
	"strings"

	"broadsheet/generator/news"
)

// UndatedURL is the shelf of articles of which no date is known.
const UndatedURL = "undated.html"

// Date is d as it is read, never more exact than it is known, with the page that lists what was published then:
//
//	2002-04-05              5 April 2002             2002/04.html#d05
//	2002-04                 April 2002               2002/04.html
//	2002                    2002                     2002/index.html
//	191X                    1910s                    1910s.html
//	1916~  1916?  1916%     about 1916, perhaps 1916, perhaps about 1916
//	1914/1918               1914 to 1918             1914/index.html
//	2002-04-05/2002-04-07   5 to 7 April 2002        2002/index.html
//
// A time of day goes into ISO and Clock, not into Text: "14:05", "14:05 UTC", "14:05 +01:00".
func (w *Words) Date(d news.Date) Date {
	switch {
	case d.IsZero():
		return Date{}
	case d == news.Date{Year: d.Year, Month: d.Month, Day: d.Day, Clock: d.Clock} && d.Day != 0:
		return w.day(d)
	}
	return Date{ISO: isoDate(d), Text: w.dateText(d), Clock: clockText(d.Clock), URL: dateURL(d)}
}

// day is Date of what most articles have, a day and perhaps a time: parts of one string, since lists show so many.
func (w *Words) day(d news.Date) Date {
	c, _ := parseClock(d.Clock)
	b := appendISO(make([]byte, 0, 128), d, c)
	iso := len(b)
	b = append(append(strconv.AppendInt(b, int64(d.Day), 10), w.DayMark...), ' ')
	b = append(append(b, w.Months[d.Month]...), ' ')
	b = strconv.AppendInt(b, int64(d.Year), 10)
	text := len(b)
	b = c.appendText(b)
	clock := len(b)
	all := string(appendDayURL(b, d))
	return Date{ISO: all[:iso], Text: all[iso:text], Clock: all[text:clock], URL: all[clock:]}
}

func (w *Words) dateText(d news.Date) string {
	text := w.dayText(d.Year, d.Month, d.Day)
	if d.Decade {
		text = w.Decade(d.Year)
	}
	if d.EndYear != 0 {
		text = w.rangeText(d)
	}
	if d.Approximate {
		text = w.About + text
	}
	if d.Uncertain {
		text = w.Perhaps + text
	}
	return text
}

func (w *Words) dayText(year, month, day int) string {
	switch {
	case month == 0:
		return strconv.Itoa(year)
	case day == 0:
		return w.Month(year, month)
	}
	return w.DayOfYear(month, day) + " " + strconv.Itoa(year)
}

// rangeText leaves out of the first end what the second says again: "5 to 7 April 2002".
func (w *Words) rangeText(d news.Date) string {
	from, to := w.dayText(d.Year, d.Month, d.Day), w.dayText(d.EndYear, d.EndMonth, d.EndDay)
	switch sameYear := d.Year == d.EndYear; {
	case from == to:
		return from
	case sameYear && d.Month == d.EndMonth && d.Day != 0 && d.EndDay != 0:
		from = strconv.Itoa(d.Day) + w.DayMark
	case sameYear && d.Month != 0 && d.EndMonth != 0:
		from = strings.TrimSuffix(from, " "+strconv.Itoa(d.Year))
	}
	return from + w.To + to
}

func dateURL(d news.Date) string {
	switch d.Precision() {
	case news.ToDay:
		return string(appendDayURL(nil, d))
	case news.ToYear:
		return d.Folder() + "/index.html"
	default:
		return d.Folder() + ".html"
	}
}

func appendDayURL(b []byte, d news.Date) []byte {
	b = append(appendDigits(b, d.Year, 4), '/')
	b = append(appendDigits(b, d.Month, 2), ".html#d"...)
	return appendDigits(b, d.Day, 2)
}

// DayAnchor is the id of a day's group on its month's page: "d05"; "d00" for the day that is not known.
func DayAnchor(day int) string { return string(appendDigits([]byte{'d'}, day, 2)) }

// isoDate is the date in a form that HTML and schema.org have, or "": neither has one for decades, ranges and doubt.
func isoDate(d news.Date) string {
	if d.IsZero() || d.Decade || d.Uncertain || d.Approximate || d.EndYear != 0 {
		return ""
	}
	if d.Day != 0 {
		c, _ := parseClock(d.Clock)
		return string(appendISO(nil, d, c))
	}
	d.Clock = ""
	return d.String()
}
