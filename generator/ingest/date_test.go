package ingest

import (
	"testing"

	"broadsheet/generator/news"
)

func TestDateLine(t *testing.T) {
	for _, c := range []struct{ line, order, date, rest string }{
		{"2019-01-28", "", "2019-01-28", ""},
		{"2019/1/28", "", "2019-01-28", ""},
		{"Monday, January 28, 2019", "", "2019-01-28", ""},
		{"28 January 2019", "", "2019-01-28", ""},
		{"Jan. 28, 2019", "", "2019-01-28", ""},
		{"Published: Jan. 28th, 2019, 11:36 am EST", "", "2019-01-28", ""},
		{"Posted on 5th of April, 2002 at 9:05 p.m.", "", "2002-04-05", ""},
		{"2025-03-29T11:36:01Z", "", "2025-03-29T11:36:01Z", ""},
		{"2002-04-05 09:30:00+01:00", "", "2002-04-05T09:30:00+01:00", ""},
		{"Associated PressApril 28, 2023 GMT", "", "2023-04-28", "Associated Press"},
		{"April 2002", "", "2002-04", ""},
		{"28/01/2019", "", "2019-01-28", ""},
		{"01/28/2019", "auto", "2019-01-28", ""},
		{"03/04/2019", "auto", "2019", ""},
		{"03/04/2019", "dmy", "2019-04-03", ""},
		{"03/04/2019", "mdy", "2019-03-04", ""},
		{"04.04.2019", "", "2019-04-04", ""},
		{"Jane Doe - Nov 19, 2019, 10:31 pm CST", "", "2019-11-19", "Jane Doe"},
		{"Lundi 28 janvier 2019", "", "2019-01-28", ""},
		{"1er avril 2002", "", "2002-04-01", ""},
		{"28-JAN-1987 10:12:14.24", "", "1987-01-28", ""},
		{"Monday, January 28, 2019, Late Edition - Final", "", "2019-01-28", ""},
		{"Filed at 9:43 a.m. ET, January 28, 2019", "", "2019-01-28", ""},
		{"Friday Evening, January 28, 1916.", "", "1916-01-28", ""},
		{"28 января 2019", "", "2019-01-28", ""},
		{"28 stycznia 2019", "", "2019-01-28", ""},
		{"2019年1月28日", "", "2019-01-28", ""},
		{"2019년 1월 28일", "", "2019-01-28", ""},
		{"2019年2月30日", "", "", ""},
		{"28/01/19", "", "", ""},
		{"February 30, 2019", "", "", ""},
		{"1.2.3.4", "", "", ""},
		{"The year 1916", "", "", ""},
	} {
		got, _ := dateLine(c.line, c.order)
		if got.date.String() != c.date || c.date != "" && got.rest != c.rest {
			t.Errorf("%q (%s): %q and %q, want %q and %q", c.line, c.order, got.date, got.rest, c.date, c.rest)
		}
	}
}

// TestPartlyKnown reads dates as catalogues have them, which a label has to vouch for.
func TestPartlyKnown(t *testing.T) {
	for text, want := range map[string]string{
		"1916": "1916", "1916?": "1916?", "1916~": "1916~", "c. 1916": "1916~", "ca. 1916": "1916~", "Circa 1916": "1916~", "about 1916": "1916~",
		"191X": "191X", "1910s": "191X", "1914/1918": "1914/1918", "1916-03": "1916-03", "1916-13": "", "n.d.": "", "c. 16": "", "0199": "", "": "",
	} {
		if d, _ := partlyKnown(text); d.String() != want {
			t.Errorf("%q: %q, want %q", text, d, want)
		}
	}
}

func TestDateInNames(t *testing.T) {
	for file, want := range map[string]string{
		"2019-01-28-slug.txt":             "2019-01-28",
		"20190128-slug.txt":               "2019-01-28",
		"1916_01_07.txt":                  "1916-01-07",
		"chronicle-1916-01-07-page-1.txt": "1916-01-07",
		"1916-01 minutes.txt":             "1916-01",
		"sn84020558.txt":                  "",
		"1234567890.txt":                  "",
		"route-66.txt":                    "",
		"2019/01/28/flood.txt":            "2019-01-28",
		"paper/1916/01/flood.txt":         "1916-01",
		"paper/1916/flood.txt":            "1916",
		"paper/vol3/flood.txt":            "",
	} {
		if d, _ := DateOf(file); d.String() != want {
			t.Errorf("%s: %q, want %q", file, d, want)
		}
	}
	for url, want := range map[string]string{
		"https://example.org/2019/01/28/flood.html":   "2019-01-28",
		"https://example.org/news/2019/jan/28/flood":  "2019-01-28",
		"https://example.org/flood-2019-01-28":        "2019-01-28",
		"https://example.org/2019/flood":              "",
		"https://example.org/story?id=2019/01/28":     "",
		"https://2019-01-28.example.org/story/123456": "",
	} {
		if d := dateInURL(url); d.String() != want {
			t.Errorf("%s: %q, want %q", url, d, want)
		}
	}
}

// FuzzDateLine holds that a date is always one of the calendar, and that reading it never fails.
func FuzzDateLine(f *testing.F) {
	for _, seed := range []string{"2019-01-28", "Jan. 28, 2019", "28/01/2019 | Jane", "5th of April, 2002", "2025-03-29T11:36:01Z", "31 de dezembro de 1999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		d, ok := dateLine(line, "auto")
		if !ok {
			return
		}
		for _, date := range []news.Date{d.date, d.modified} {
			if _, valid := day(date.Year, max(date.Month, 1), date.Day); !valid && !date.IsZero() {
				t.Errorf("%q gives %v", line, date)
			}
		}
	})
}
