package ingest

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"broadsheet/generator/prose"
)

var pages = flag.String("pages", "testdata/marked", "the folder of marked pages that TestMarkedPages reads")

// TestMarkedPages measures what is taken of saved pages whose lines somebody has marked: NAME.txt is the page, and
// NAME.labels.tsv its lines, each after a mark and a tab: T for the headline, B for the body, X for what is neither.
// A line counts as kept where its words stand in the body; one of X with three words or fewer may as well stand in
// the story and does not count.
func TestMarkedPages(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(*pages, "*.labels.tsv"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no marked pages in %s: %v", *pages, err)
	}
	kept, lost, wrong, headlines, right := 0, 0, 0, 0, 0
	for _, file := range files {
		marks, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		src, err := os.ReadFile(strings.TrimSuffix(file, ".labels.tsv") + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		a, _ := Read("page.txt", src, Options{})
		body := " " + prose.Fold(a.Body) + " "
		headline, found := false, false
		for l := range strings.Lines(string(marks)) {
			mark, text, _ := strings.Cut(strings.TrimRight(l, "\r\n"), "\t")
			folded := prose.Fold(text)
			stands := folded != "" && strings.Contains(body, " "+folded+" ")
			switch {
			case folded == "":
			case mark == "B" && stands:
				kept++
			case mark == "B":
				lost++
			case mark == "X" && stands && len(strings.Fields(folded)) > 3:
				wrong++
			case mark == "T":
				headline, found = true, found || folded == prose.Fold(a.Title)
			}
		}
		if headline {
			headlines++
		}
		if found {
			right++
		}
	}
	t.Logf("%d pages: of %d body lines %d lost, %d others kept; %d of %d headlines right", len(files), kept+lost, lost, wrong, right, headlines)
	if 100*kept < 97*(kept+lost) || 100*kept < 95*(kept+wrong) || 100*right < 90*headlines {
		t.Error("below the floors: 0.97 of the body lines, 0.95 of the lines kept, 0.90 of the headlines")
	}
}
