package ingest

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"broadsheet/generator/diag"
	"broadsheet/generator/golden"
	"broadsheet/generator/news"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestRead holds testdata/*.txtar: a file as an archive has it, then what is made of it.
func TestRead(t *testing.T) {
	golden.Want(t, "testdata/*.txtar", func(t *testing.T, in *txtar.Archive) string {
		file := in.Files[0]
		o := Options{DateOrder: "auto", Plain: strings.Contains(string(in.Comment), "Plain.")}
		article, list := Read(file.Name, file.Data, o)
		if o.Plain {
			if text := shown(t, article.Body); text != squeeze(string(file.Data)) {
				t.Errorf("a reader sees\n%s", text)
			}
		}
		return show(article, list)
	})
}

// show is the article as the goldens have it: fields that are filled, then removals and warnings, then the body.
func show(a news.Article, list diag.List) string {
	var b strings.Builder
	for _, f := range []struct{ key, value string }{
		{"title", a.Title}, {"deck", a.Deck}, {"byline", a.Byline.Printed}, {"authors", strings.Join(a.Byline.Authors, "; ")}, {"credit", a.Byline.Credit}, {"signed", a.Signed},
		{"dateline", a.Dateline.Printed}, {"place", a.Dateline.Place}, {"date", a.Date.String()}, {"lastmod", a.Modified.String()},
		{"section", a.Section}, {"print_page", a.PrintPage}, {"source", a.Source}, {"license", a.License}, {"genre", a.Genre}, {"language", a.Language},
	} {
		if f.value == "" {
			continue
		}
		fmt.Fprintf(&b, "%s: %s", f.key, f.value)
		if from := a.From[f.key]; from != "" {
			fmt.Fprintf(&b, " [%s]", from)
		}
		b.WriteByte('\n')
	}
	for _, r := range a.Removed {
		fmt.Fprintf(&b, "removed %d, %s: %s\n", r.Line, r.Rule, r.Text)
	}
	for _, d := range list {
		fmt.Fprintf(&b, "warning: %v\n", d)
	}
	return b.String() + "\n" + a.Body
}

// TestEveryWordIsAccountedFor holds the first promise of the package: a word of a file is in the body, a field, or a
// removal.
func TestEveryWordIsAccountedFor(t *testing.T) {
	goldens, _ := filepath.Glob("testdata/*.txtar")
	for _, golden := range goldens {
		archive, err := txtar.ParseFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		file := archive.Files[0]
		a, _ := Read(file.Name, file.Data, Options{})
		accounted := shown(t, a.Body)
		for _, r := range a.Removed {
			accounted += " " + r.Text
		}
		source := strings.Split(string(file.Data), "\n")
		for _, key := range slices.Sorted(maps.Keys(a.From)) {
			for part := range strings.SplitSeq(a.From[key], ", ") {
				var n int
				if _, err := fmt.Sscanf(part, "line %d", &n); err == nil {
					accounted += " " + source[n-1]
				}
			}
		}
		for _, word := range strings.Fields(string(file.Data)) {
			whole := strings.TrimSuffix(word, "-")
			if !strings.Contains(accounted, whole) && !strings.ContainsAny(word, "<>&^=") {
				t.Errorf("%s: %q is neither in the body nor on record", golden, word)
			}
		}
	}
}

func TestEmptyFileIsLeftOutWithAWarning(t *testing.T) {
	for _, src := range []string{"", " \n\t\r\n", utf8Mark, utf8Mark + "\n"} {
		a, list := Read("empty.txt", []byte(src), Options{})
		if !Empty([]byte(src)) || a.Body != "" || a.Title != "" || len(list) != 1 || list[0].Message != "empty file, left out" {
			t.Errorf("%q: Empty %v, article %+v, messages %v", src, Empty([]byte(src)), a, list)
		}
	}
}

func TestDecode(t *testing.T) {
	for _, c := range []struct{ name, src, text, warning string }{
		{"UTF-8", "na\u00efve", "na\u00efve", ""},
		{"UTF-8 with a mark", utf8Mark + "text", "text", ""},
		{"UTF-16, little end first", "\xFF\xFEh\x00\xe9\x00\n\x00", "h\u00e9\n", ""},
		{"UTF-16, big end first", "\xFE\xFF\x00h\x00\xe9", "h\u00e9", ""},
		{"line ends of three systems", "a\r\nb\rc\nd", "a\nb\nc\nd", ""},
		{"Windows-1252", "one\ntwo caf\xe9s \x93quoted\x94", "one\ntwo caf\u00e9s \u201cquoted\u201d", "f.txt:2:8: not UTF-8: 3 bytes read as Windows-1252"},
		{"both in one file", "caf\u00e9 caf\xe9", "caf\u00e9 caf\u00e9", "f.txt:1:9: not UTF-8: 1 byte read as Windows-1252"},
		{"neither", "a\x81b", "a\ufffdb", "f.txt:1:2: not UTF-8: 1 byte could not be read"},
	} {
		text, list := decode("f.txt", []byte(c.src), "")
		if text != c.text {
			t.Errorf("%s: %q, want %q", c.name, text, c.text)
		}
		if got := list.Error(); got != c.warning {
			t.Errorf("%s: warning %q, want %q", c.name, got, c.warning)
		}
	}
}

func TestControlCharactersGoOnRecord(t *testing.T) {
	a, _ := Read("f.txt", []byte("A headline for the\x00 test\n\nOne\x07 sentence here\fand more of it.\n"), Options{})
	want := []news.Removal{{Line: 1, Text: "\x00", Rule: "control character", Part: true}, {Line: 3, Text: "\x07", Rule: "control character", Part: true}}
	if !slices.Equal(a.Removed, want) || a.Title != "A headline for the test" || a.Body != "One sentence here and more of it.\n" {
		t.Errorf("title %q, body %q, removed %+v", a.Title, a.Body, a.Removed)
	}
}

func BenchmarkRead(b *testing.B) {
	archive, err := txtar.ParseFile("testdata/wikinews.txtar")
	if err != nil {
		b.Fatal(err)
	}
	head, story, _ := strings.Cut(string(archive.Files[0].Data), "\n\n")
	for _, copies := range []int{1, 100, 10000} {
		src := []byte(head + "\n\n" + strings.Repeat(story+"\n\n", copies))
		b.Run(fmt.Sprintf("%dkB", len(src)/1000), func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				Read("2019-01-28-flood.txt", src, Options{})
			}
		})
	}
}

func TestTrimDate(t *testing.T) {
	for name, want := range map[string]string{
		"2019-01-28-flood": "flood", "20190128_flood": "flood", "2019_01-flood": "flood", "1916.01.07 flood": "flood",
		"2019-01-28": "2019-01-28", "19160107-sn84020558-ed-1_seq-1": "sn84020558-ed-1_seq-1", "flood-2019": "flood-2019", "": "",
	} {
		if got := TrimDate(name); got != want {
			t.Errorf("TrimDate(%q) is %q, want %q", name, got, want)
		}
	}
}

func TestPageInName(t *testing.T) {
	for file, want := range map[string]string{
		"19160115-sn83045487-ed-1_seq-1.txt": "1", "day-book-1916-01-15-page-12.txt": "12", "1916_01_15_p003.txt": "3", "mail 1916 Pg 4.txt": "4",
		"page.txt": "", "page-one.txt": "", "day-book-1916.txt": "", "p-1916.txt": "", "sn83045487.txt": "",
	} {
		if got := pageInName(file); got != want {
			t.Errorf("%s: page %q, want %q", file, got, want)
		}
	}
}

// TestHeadlineWithDateIsNoByline holds that a headline that ends in a date is neither a writer's name nor the story's date.
func TestHeadlineWithDateIsNoByline(t *testing.T) {
	for _, headline := range []string{"HARBOUR TRADE DEFICIT NARROWS IN OCTOBER 1986", "Ferry Traffic Down Since January 5, 1987", "Oil Output Rises In March 2004"} {
		a, _ := Read("f.txt", []byte(headline+"\n\nThe deficit narrowed by a third in the month, the bank said on Monday, and will narrow more.\n"), Options{})
		if a.Title != headline || !a.Date.IsZero() || a.Byline.Printed != "" {
			t.Errorf("%q: title %q, dated %s, by %q", headline, a.Title, a.Date, a.Byline.Printed)
		}
	}
}
