package check

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"broadsheet/generator/news"
)

func date(t *testing.T, s string) news.Date {
	t.Helper()
	d, err := news.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestReport(t *testing.T) {
	r := NewReport(date(t, "2020-01-01"))
	share := func(line int) []news.Removal {
		return []news.Removal{{Line: line, Text: `Share "this"`, Rule: "navigation"}}
	}
	for i := range 60 {
		r.Add(Article{
			File: fmt.Sprintf("mail/%02d.txt", i), Title: "A story", Date: date(t, fmt.Sprint(1990+i%3)), Words: 200,
			Removed: share(i + 1), Text: "shown <b>", Source: "received <b>",
		})
	}
	r.Add(Article{File: "a.md", Words: 3, Removed: []news.Removal{{Line: 1, Text: "Menu", Rule: "navigation"}}})
	r.Add(Article{File: "b.txt", Title: "With a tag", Date: date(t, "1991"), Words: 100, Removed: []news.Removal{{Line: 2, Text: "<b>", Rule: "tag", Part: true}}})
	r.Add(Article{File: "z.txt", Title: "Too late", Date: date(t, "2030-01"), Words: 100, Source: "x"})
	dir := filepath.Join(t.TempDir(), "report")
	if err := r.Write(dir); err != nil {
		t.Fatal(err)
	}
	read := func(name string) string {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	for name, want := range map[string]string{
		"removed.csv": "count,rule,text,examples,keep\n" +
			"60,navigation,\"Share \"\"this\"\"\",content/mail/00.txt:1 content/mail/01.txt:2 content/mail/02.txt:3,\"[[keep]]\ntext = \"\"Share \\\"\"this\\\"\"\"\"\n\"\n" +
			"1,tag,<b>,content/b.txt:2,\n" +
			"1,navigation,Menu,content/a.md:1,\"[[keep]]\ntext = \"\"Menu\"\"\n\"\n",
		"articles.csv": "why,file,date,title\nundated,content/a.md,,\nuntitled,content/a.md,,\nvery short: 3 words,content/a.md,,\ndated in the future,content/z.txt,2030-01,Too late\n",
		"years.csv":    "year,articles,before,after\n1990,20,0,21\n1991,21,20,20\n1992,20,21,0\n1993,0,20,0\n2029,0,0,1\n2030,1,0,0\n",
	} {
		if got := read(name); got != want {
			t.Errorf("%s is\n%s\nwant\n%s", name, got, want)
		}
	}
	sample := strings.SplitN(read("sample.csv"), "\n", 3)
	if sample[0] != "file,date,title,shown,received" || !strings.HasPrefix(sample[1], "content/") || strings.Count(sample[2], "\n") != 49 {
		t.Errorf("sample.csv is\n%s", strings.Join(sample, "\n"))
	}
	page := read("index.html")
	if n := strings.Count(page, `class="beside"`); n != 50 {
		t.Errorf("%d articles stand beside their originals, want 50", n)
	}
	if strings.Contains(page, "shown <b>") || !strings.Contains(page, "received &lt;b&gt;") {
		t.Error("text is not escaped")
	}
}
