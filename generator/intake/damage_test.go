package intake

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// post is one item of a WordPress export.
func post(id int, title, content string) string {
	return fmt.Sprintf("\t<item>\n\t\t<title>%s</title>\n\t\t<guid>g%d</guid>\n\t\t<content:encoded><![CDATA[%s]]></content:encoded>\n\t\t<wp:post_id>%d</wp:post_id>\n\t\t<wp:post_date>2010-01-05 10:00:00</wp:post_date>\n\t\t<wp:status>publish</wp:status>\n\t\t<wp:post_type>post</wp:post_type>\n\t</item>\n", title, id, content, id)
}

func export(items ...string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>` + "\n<rss xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel>\n" + strings.Join(items, "") + "</channel></rss>\n"
}

// TestDamagedWordPress holds that damage to one item costs nothing or that item, and is reported.
func TestDamagedWordPress(t *testing.T) {
	first, second, third := post(1, "One", "First."), post(2, "Two", "Second."), post(3, "Three", "Third.")
	for _, test := range []struct {
		name, source string
		want         string // the beginning of the count
		said         string // part of the messages
		text         string // in the second article, where it is imported
	}{
		{"control characters", export(first, post(2, "Two\x00", "Sec\x08ond.\x0b"), third), "{New:3 ", "3 control characters left out", "Second."},
		{"another encoding", export(first, post(2, "Two", "Caf\xe9 \x93open\x94"), third), "{New:3 ", "not UTF-8", "Café “open”"},
		{"a bare ampersand", export(first, post(2, "This & that &nbsp; more", "Second."), third), "{New:3 ", "", `title = "This & that more"`},
		{"no end tag of a field", export(first, strings.Replace(second, "</wp:post_id>", "", 1), third), "{New:3 ", "nothing says whether it was public", "Second."},
		{"no end of the item", export(first, strings.Replace(second, "</item>", "", 1), third), "{New:", "export.xml:", ""},
		{"the file breaks off", export(first, second)[:450], "{New:1 ", "cannot be read", ""},
		{"no CDATA end", export(first, strings.Replace(second, "]]>", "", 1), third), "{New:2 ", "cannot be read", ""},
		{"an item too long", export(first, post(2, "Two", strings.Repeat("x", mostBytes)), third), "{New:2 ", "longer than", ""},
		{"an item in the words", export(first, post(2, "Two", "<pre>&lt;item&gt;</pre>\n<item>\n</item>\n<item>\nSecond."), third), "{New:3 ", "", "Second."},
		{"all on one line", strings.NewReplacer("\n", "", "\t", "").Replace(export(first, second, third)), "{New:3 ", "", "Second."},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			writeFile(t, "in/export.xml", test.source)
			report := importAll(t, "", nil)
			if !strings.Contains(report, test.want) || !strings.Contains(report, test.said) {
				t.Errorf("want %s and %q:\n%.2000s", test.want, test.said, report)
			}
			if len(test.said) == 0 && !strings.HasPrefix(report, "{") {
				t.Errorf("messages:\n%.2000s", report)
			}
			all := fmt.Sprint(readTree(t, "out"))
			if !strings.Contains(all, "First.") || !strings.Contains(all, test.text) {
				t.Errorf("want %q in\n%.2000s", test.text, all)
			}
		})
	}
}

// FuzzImport holds, for any bytes in any format, that an import ends, counts every record as one thing, and that a
// second one writes nothing.
func FuzzImport(f *testing.F) {
	names := []string{"a.txt", "a.html", "a.warc", "a.xml", "a.jsonl", "a.csv", "news.txt"}
	formats := []string{"text", "html", "warc", "wordpress", "jsonl", "csv", "news"}
	goldens, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for i := range names {
		for _, golden := range goldens {
			a, err := txtar.ParseFile(golden)
			if err != nil {
				f.Fatal(err)
			}
			for _, file := range a.Files {
				if strings.HasPrefix(file.Name, "in/") && filepath.Ext(file.Name) == filepath.Ext(names[i]) {
					f.Add(i, file.Data)
				}
			}
		}
	}
	f.Add(2, []byte(strings.Join(captured(), "")))
	f.Fuzz(func(t *testing.T, i int, src []byte) {
		if i < 0 || i >= len(names) {
			return
		}
		dir := t.TempDir()
		name := filepath.Join(dir, names[i])
		if err := os.WriteFile(name, src, 0o666); err != nil {
			t.Fatal(err)
		}
		source := Source{Path: name, Format: formats[i], Bytes: int64(len(src))}
		records := 0
		for _, err := range Read(source, Options{}) {
			if err != nil {
				t.Fatal(err)
			}
			records++
		}
		_, count := importSources(t, Target{Into: filepath.Join(dir, "out"), Journal: filepath.Join(dir, "journal.tsv")}, Options{}, source)
		sum := count.Articles() + count.Duplicates + count.Broken
		for _, n := range count.Passed {
			sum += n
		}
		if sum != records {
			t.Errorf("%d records, %d counted: %+v", records, sum, count)
		}
		before := readTree(t, filepath.Join(dir, "out"))
		_, again := importSources(t, Target{Into: filepath.Join(dir, "out"), Journal: filepath.Join(dir, "journal.tsv")}, Options{}, source)
		if d := cmp.Diff(before, readTree(t, filepath.Join(dir, "out"))); d != "" || again.New+again.Changed+again.Edited > 0 {
			t.Errorf("a second import: %+v\n%s", again, d)
		}
	})
}
