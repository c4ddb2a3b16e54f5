package render

import (
	"fmt"
	"testing"
	"time"

	"broadsheet/generator/news"
)

func TestDate(t *testing.T) {
	for _, test := range []struct {
		edtf string
		want Date
	}{
		{"", Date{}},
		{"2002-04-05", Date{ISO: "2002-04-05", Text: "5 April 2002", URL: "2002/04.html#d05"}},
		{"2002-04", Date{ISO: "2002-04", Text: "April 2002", URL: "2002/04.html"}},
		{"2002", Date{ISO: "2002", Text: "2002", URL: "2002/index.html"}},
		{"191X", Date{Text: "1910s", URL: "1910s.html"}},
		{"191X?", Date{Text: "perhaps 1910s", URL: "1910s.html"}},
		{"1916~", Date{Text: "about 1916", URL: "1916/index.html"}},
		{"1916?", Date{Text: "perhaps 1916", URL: "1916/index.html"}},
		{"1916%", Date{Text: "perhaps about 1916", URL: "1916/index.html"}},
		{"1916-11-03?", Date{Text: "perhaps 3 November 1916", URL: "1916/11.html#d03"}},
		{"1914/1918", Date{Text: "1914 to 1918", URL: "1914/index.html"}},
		{"1914-06/1914-08", Date{Text: "June to August 1914", URL: "1914/index.html"}},
		{"2002-04-05/2002-04-07", Date{Text: "5 to 7 April 2002", URL: "2002/index.html"}},
		{"2002-04-28/2002-05-02", Date{Text: "28 April to 2 May 2002", URL: "2002/index.html"}},
		{"2001-12-31/2002-01-01", Date{Text: "31 December 2001 to 1 January 2002", URL: "2001/index.html"}},
		{"2002/2002-05", Date{Text: "2002 to May 2002", URL: "2002/index.html"}},
		{"2002/2002", Date{Text: "2002", URL: "2002/index.html"}},
		{"2002-04-05T14:05", Date{ISO: "2002-04-05T14:05", Text: "5 April 2002", Clock: "14:05", URL: "2002/04.html#d05"}},
		{"2002-04-05T9:05:07Z", Date{ISO: "2002-04-05T09:05:07Z", Text: "5 April 2002", Clock: "09:05 UTC", URL: "2002/04.html#d05"}},
		{"2002-04-05 14:05:00.25 +0130", Date{ISO: "2002-04-05T14:05:00+01:30", Text: "5 April 2002", Clock: "14:05 +01:30", URL: "2002/04.html#d05"}},
		{"2002-04-05T14:05 UTC", Date{ISO: "2002-04-05T14:05Z", Text: "5 April 2002", Clock: "14:05 UTC", URL: "2002/04.html#d05"}},
		{"2002-04-05T25:61", Date{ISO: "2002-04-05", Text: "5 April 2002", URL: "2002/04.html#d05"}},
		{"0999", Date{ISO: "0999", Text: "999", URL: "0999/index.html"}},
	} {
		d, err := news.ParseDate(test.edtf)
		if err != nil {
			t.Fatal(err)
		}
		if got := english.Date(d); got != test.want {
			t.Errorf("%q: got %+v, want %+v", test.edtf, got, test.want)
		}
	}
}

// A date of the archive always gives feeds a moment that other programs read, and HTML a form that stands for itself.
func FuzzDate(f *testing.F) {
	for _, s := range []string{"2002-04-05", "2002-04-05T9:05 UTC", "2002-04-05T14:05:59.999+23:59", "2002-04-05T99:99Z", "191X", "1914/1918", "0001-01-01T00:00:60"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := news.ParseDate(s)
		if err != nil || d.IsZero() {
			return
		}
		shown := english.Date(d)
		if shown.Text == "" || shown.URL == "" {
			t.Errorf("%q is shown as %+v", s, shown)
		}
		if d.Precision() != news.ToDay {
			return
		}
		if _, err := time.Parse(time.RFC3339, rfc3339(d)); err != nil {
			t.Errorf("%q: %v", s, err)
		}
		if _, err := time.Parse(time.RFC1123Z, rfc822(d)); err != nil {
			t.Errorf("%q: %v", s, err)
		}
	})
}

func ExampleWords_Day() {
	fmt.Println(WordsFor("en").Day(2002, 4, 5))
	// Output: Friday 5 April
}
