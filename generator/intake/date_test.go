package intake

import (
	"slices"
	"testing"
)

func TestParseDate(t *testing.T) {
	for _, test := range []struct {
		words, date string
		certain     bool
	}{
		{"2002-04-05", "2002-04-05", true},
		{"1916?", "1916?", true},
		{"2002-04-05 10:22:33", "2002-04-05T10:22:33", true},
		{"2002-04-05T10:22:33.123+01:00", "2002-04-05T10:22:33.123+01:00", true},
		{"2002-04-05T10:22:33 CET", "2002-04-05T10:22:33", true},
		{"Fri, 05 Apr 2002 10:22:33 +0000", "2002-04-05", true},
		{"April 5, 2002 Friday", "2002-04-05", true},
		{"April 5, 2002, Friday", "2002-04-05", true},
		{"Friday, 5 April 2002", "2002-04-05", true},
		{"20020405", "2002-04-05", true},
		{"25/12/2002", "2002-12-25", true},
		{"12/25/2002", "2002-12-25", true},
		{"05.05.2002", "2002-05-05", true},
		{"04/05/2002", "2002", false},
		{"31/31/2002", "2002", false},
		{"0000-00-00 00:00:00", "", false},
		{"June 1995", "1995-06", true},
		{"c. 1916", "1916~", true},
		{"le 5 avril 2002", "2002-04-05", true},
		{"5th of April, 2002", "2002-04-05", true},
		{"2002-02-30", "", false},
		{"next Friday", "", false},
	} {
		d, certain := parseDate(test.words, "")
		if d.String() != test.date || certain != test.certain {
			t.Errorf("%q is %q, %t; want %q, %t", test.words, d, certain, test.date, test.certain)
		}
	}
}

// TestDetect holds how a file's format is seen.
func TestDetect(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, content := range map[string]string{
		"a.html": "", "b.csv.gz": zipped("title\nFlood\n"), "c.warc.gz": zipped("WARC/1.0\r\n"), "d.ndjson": "{}",
		"e.xml": `<rss xmlns:wp="http://wordpress.org/export/1.2/">`, "f.xml.gz": zipped(`<rss xmlns:wp="http://wordpress.org/export/1.2/">`),
		"g.xml": "<rss>", "h.txt": "A story\n", "i.txt": "1 of 2 DOCUMENTS\n\nLENGTH: 20 words\n", "j.jpg": "\xff\xd8",
	} {
		writeFile(t, "in/"+name, content)
	}
	sources, err := Sources([]string{"in"}, "auto")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range sources {
		got = append(got, s.Format)
	}
	want := []string{"html", "csv", "warc", "jsonl", "wordpress", "wordpress", "", "text", "news", ""}
	if !slices.Equal(got, want) {
		t.Errorf("formats %q, want %q", got, want)
	}
}
