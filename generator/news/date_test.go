package news

import (
	"testing"
	"time"
)

func TestParseDate(t *testing.T) {
	tests := []struct {
		in, out   string // out "" means the same as in
		precision Precision
		folder    string
	}{
		{"2002-04-05", "", ToDay, "2002/04"},
		{"2002-4-5", "2002-04-05", ToDay, "2002/04"},
		{"2002-04", "", ToMonth, "2002/04"},
		{"2002", "", ToYear, "2002"},
		{"191X", "", ToDecade, "1910s"},
		{"1916?", "", ToYear, "1916"},
		{"1916-03~", "", ToMonth, "1916/03"},
		{"1916%", "", ToYear, "1916"},
		{"1914/1918", "", ToYear, "1914"},
		{"1914-07-28/1918-11-11", "", ToYear, "1914"},
		{"2002-04-05T14:05:00+01:00", "", ToDay, "2002/04"},
		{"2002-04-05 14:05", "2002-04-05T14:05", ToDay, "2002/04"},
		{"2002-04-05 14:05:00 +0100", "2002-04-05T14:05:00 +0100", ToDay, "2002/04"},
		{"", "", Undated, "undated"},
	}
	for _, tt := range tests {
		d, err := ParseDate(tt.in)
		if err != nil {
			t.Errorf("ParseDate(%q): %v", tt.in, err)
			continue
		}
		want := tt.out
		if want == "" {
			want = tt.in
		}
		if got := d.String(); got != want {
			t.Errorf("ParseDate(%q) is %q, want %q", tt.in, got, want)
		}
		if d.Precision() != tt.precision || d.Folder() != tt.folder {
			t.Errorf("ParseDate(%q): precision %d in %q, want %d in %q", tt.in, d.Precision(), d.Folder(), tt.precision, tt.folder)
		}
	}
}

func TestParseDateRefuses(t *testing.T) {
	for _, s := range []string{
		"2002-13", "2002-00", "2002-02-30", "2001-02-29", "0000", "0000-00-00", "000X", "yesterday", "5 April 2002",
		"04/05/2002", "2002-04-05T", "1918/1914", "191X/1920", "20020405", "2002-04-05-06",
	} {
		if d, err := ParseDate(s); err == nil {
			t.Errorf("ParseDate(%q) is %v, want an error", s, d)
		}
	}
}

func TestCompareByEarliestDay(t *testing.T) {
	order := []string{"", "1909-12-31", "191X", "1910-01-02", "1914/1918", "1914-02", "2002", "2002-01-02", "2002-04-05", "2002-04-05T09:00", "2002-04-05T14:05"}
	for i := 1; i < len(order); i++ {
		before, _ := ParseDate(order[i-1])
		after, _ := ParseDate(order[i])
		if before.Compare(after) >= 0 || after.Compare(before) <= 0 {
			t.Errorf("%q does not come before %q", order[i-1], order[i])
		}
	}
}

func TestWeekdayAgreesWithTime(t *testing.T) {
	for d := time.Date(1890, 1, 1, 0, 0, 0, 0, time.UTC); d.Year() < 2110; d = d.AddDate(0, 0, 1) {
		if got := Weekday(d.Year(), int(d.Month()), d.Day()); got != int(d.Weekday()) {
			t.Fatalf("%s is %v, got %d", d.Format(time.DateOnly), d.Weekday(), got)
		}
		if d.Day() == 1 && DaysIn(d.Year(), int(d.Month())) != d.AddDate(0, 1, -1).Day() {
			t.Fatalf("wrong number of days in %s", d.Format("2006-01"))
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2002-04-05", "191X", "1916%", "1914/1918", "2002-04-05T14:05:00Z", "9999-12-31?", "/"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		if err != nil {
			return
		}
		again, err := ParseDate(d.String())
		if err != nil || again != d {
			t.Errorf("%q is read as %#v and written %q, which is read as %#v, %v", s, d, d.String(), again, err)
		}
	})
}
