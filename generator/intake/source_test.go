package intake

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestFolderOfAllSorts holds that what cannot be read in a folder, or is no source, is counted and stops nothing.
func TestFolderOfAllSorts(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "in/a.html", storyPage("Strike ends"))
	writeFile(t, "in/._a.html", "\x00\x05\x16\x07 what another system keeps beside a file")
	writeFile(t, "in/.git/config.txt", "no text of ours")
	writeFile(t, "in/z.html", storyPage("Strike begins"))
	writeFile(t, "in/short.html.gz", "\x1f\x8b\x08")
	writeFile(t, "in/long.html.gz", zipped(strings.Repeat("<p>words</p>", mostBytes/10)))
	for name, target := range map[string]string{"in/gone.html": "nowhere.html", "in/loop.html": ".", "in/self.txt": "self.txt"} {
		if err := os.Symlink(target, name); err != nil {
			t.Fatal(err)
		}
	}
	report := importAll(t, "", nil)
	for _, part := range []string{
		"{New:2 ", "Broken:4 Passed:map[hidden file:1 hidden folder:1 no regular file:1]",
		"in/gone.html: this symbolic link leads nowhere", "in/self.txt: too many levels of symbolic links", "in/short.html.gz: ", "in/long.html.gz: the file cannot be read on from here: longer than 16 MB",
	} {
		if !strings.Contains(report, part) {
			t.Errorf("want %q:\n%s", part, report)
		}
	}
	if _, err := Sources([]string{"in", "nowhere"}, ""); err == nil {
		t.Error("a source that is not there is no error")
	}
}

// TestNamesOfTexts holds that a text keeps its name and its folder, whatever characters they have.
func TestNamesOfTexts(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Log("names with tabs, line ends and quotation marks are those of other systems")
		return
	}
	t.Chdir(t.TempDir())
	names := []string{"a\tb.txt", "line\nend.txt", `"quoted".txt`, `back\slash.txt`, "Übung 東京.txt", "sub/1916/p.txt", "sub/1917/p.txt"}
	for _, name := range names {
		writeFile(t, "in/"+name, "Some words of "+name)
	}
	if report := importAll(t, "", nil); !strings.Contains(report, fmt.Sprintf("{New:%d ", len(names))) {
		t.Error(report)
	}
	got := readTree(t, "out")
	for _, name := range names {
		if got["out/"+name] != "Some words of "+name {
			t.Errorf("%q is not there: %q", name, got)
		}
	}
	if report := importAll(t, "", nil); !strings.Contains(report, fmt.Sprintf("New:0 Changed:0 Same:%d Edited:0", len(names))) {
		t.Errorf("a second import: %s", report)
	}
}

// TestTextAndItsRow holds that a text is one article, and keeps its folder, when both it and the row that names it are
// imported, in whatever order.
func TestTextAndItsRow(t *testing.T) {
	for _, table := range []string{"in/a.csv", "in/z.csv"} {
		t.Chdir(t.TempDir())
		writeFile(t, table, "file,title\nscans/p1.txt,Page one\n")
		writeFile(t, "in/scans/p1.txt", "As scanned\n")
		for range 2 {
			importAll(t, "", nil)
			if got := readTree(t, "out"); len(got) != 2 || got["out/scans/p1.txt"] != "As scanned\n" || got["out/scans/p1.toml"] == "" {
				t.Errorf("%s: %q", table, got)
			}
		}
	}
}

// TestInTheWay holds that a folder that lies where a file is to be, or the other way round, harms one record, and that
// a text below the folder of the import is not copied.
func TestInTheWay(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "in/a.jsonl", twoStories+`{"id": 3, "title": "Fog", "date": "1917-01-01", "markdown": "It was thick."}`)
	writeFile(t, flood+"/file", "somebody's own")
	writeFile(t, "out/1917", "somebody's own")
	writeFile(t, "out/there.txt", "A story")
	report, count := importInto(t, Target{Into: "out", Journal: "journal.tsv"}, Options{}, "in", "out/there.txt")
	if count.New != 1 || count.Broken != 2 || count.Passed["text that lies where it should"] != 1 {
		t.Errorf("%s%+v", report, count)
	}
}

// TestUnreadableFile holds that a file that may not be read stops nothing.
func TestUnreadableFile(t *testing.T) {
	dir := t.TempDir()
	gone := Source{Path: filepath.Join(dir, "gone.html"), Format: "html"}
	for r, err := range Read(gone, Options{}) {
		if err != nil || !strings.Contains(r.Broken, "gone.html") {
			t.Errorf("%+v, %v", r, err)
		}
	}
}
