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
		got, _ := dateLine(c.line, dating{order: c.order})
		if got.date.String() != c.date || c.date != "" && got.rest != c.rest {
			t.Errorf("%q (%s): %q and %q, want %q and %q", c.line, c.order, got.date, got.rest, c.date, c.rest)
		}
	}
}

// TestShortYears reads years of two digits where it is known which they are, and only there.
func TestShortYears(t *testing.T) {
	for line, want := range map[string]string{
		"28/1/98": "1998-01-28", "28.1.98": "1998-01-28", "1-28-98": "1998-01-28", "3/4/98": "1998", "28/01/1997": "1997-01-28",
		"Jan. 28, '98": "1998-01-28", "January 28, 98": "1998-01-28", "28 January ’98": "1998-01-28", "28-Jan-98": "1998-01-28", "Published: 28/1/98, 11:36 am": "1998-01-28",
		"28/1/97": "", "Jan. 28, '97": "", "28/1/98/2": "", "28.1.98.4": "", "January 28, 98:10": "", "January 28, 98 pm": "", "January '98": "", "98": "", "May 98": "",
	} {
		if got, _ := dateLine(line, dating{year: 1998}); got.date.String() != want {
			t.Errorf("%q: %q, want %q", line, got.date, want)
		}
		if got, _ := dateLine(line, dating{}); got.date.String() != want && !got.date.IsZero() {
			t.Errorf("%q with no year known: %q", line, got.date)
		}
	}
	for file, want := range map[string]string{
		"1998/council.txt": "1998-01-28", "1898/council.txt": "1898-01-28", "1998-02-01-council.txt": "1998-01-28", "council.txt": "", "1997/council.txt": "1997",
	} {
		a, _ := Read(file, []byte("Council meets\n\n28/1/98\n\nThe council met on the roads of the town, and the mayor said that they would be mended.\n"), Options{})
		if a.Date.String() != want {
			t.Errorf("%s: %q, want %q", file, a.Date, want)
		}
	}
	for file, want := range map[string]string{"1998/council.txt": "1998", "1998/04/council.txt": "1998-04-03", "1998/03/council.txt": "1998-03-04", "1998/05/council.txt": "1998"} {
		a, _ := Read(file, []byte("Council meets\n\n3/4/98\n\nThe council met on the roads of the town, and the mayor said that they would be mended.\n"), Options{})
		if a.Date.String() != want {
			t.Errorf("%s: %q, want %q", file, a.Date, want)
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
		d, ok := dateLine(line, dating{order: "auto"})
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
