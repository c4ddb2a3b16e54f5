package intake

import "testing"

func TestIsByline(t *testing.T) {
	for words, want := range map[string]bool{
		"By Jane Doe": true, "BY JANE DOE": true, "by Jane Q. Doe and John Roe, AP": true, "By the editor": true, "By our own correspondent": true,
		"By: Jane Doe | Staff": true, "By Monday it was over.": false, "By the sea": false, "Jane Doe": false, "Bylaws": false,
		"By Jane Doe, who has written for this paper about the harbour and its ships": false,
	} {
		if got := (&Record{}).isByline(words); got != want {
			t.Errorf("%q: %t", words, got)
		}
	}
}

func TestPartOf(t *testing.T) {
	for _, test := range []struct{ title, words, want string }{
		{"Strike ends - The Mail", "Strike ends", "Strike ends"},
		{"The Mail: Strike ends", "STRIKE ENDS", "Strike ends"},
		{"The Mail | Strike ends", "The Mail", "The Mail"},
		{"Strike ends in harbour", "Strike ends", ""},
		{"Strike ends", "Strike ends", ""},
		{"Über uns – Post", "über uns", "Über uns"},
		{"Mail - Strike", "Strike", ""},
	} {
		if got := partOf(test.title, test.words); got != test.want {
			t.Errorf("%q of %q: %q, want %q", test.words, test.title, got, test.want)
		}
	}
}

func TestIsDate(t *testing.T) {
	for _, test := range []struct {
		words, date string
		whole       bool
	}{
		{"January 14, 1999", "1999-01-14", true},
		{"Published: Thursday, January 14, 1999", "1999-01-14", true},
		{"January 14, 1999 at 10:15 AM EST", "1999-01-14", false},
		{"3:04 PM EST March 4, 2020", "2020-03-04", false},
		{"January 1999", "", false},
		{"4/5/1999", "", false},
		{"Updated January 14, 1999", "", false},
		{"1999", "", false},
	} {
		var r Record
		if whole := r.isDate(test.words); whole != test.whole || r.Date.String() != test.date {
			t.Errorf("%q: %q, %t; want %q, %t", test.words, r.Date, whole, test.date, test.whole)
		}
	}
}
