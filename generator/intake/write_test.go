package intake

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"broadsheet/generator/diag"
)

// childKey, in the environment, makes the test binary a program that imports in/ into out/ of its working folder and
// writes a byte for every read of the source, so that it can be killed in the middle.
const childKey = "INTAKE_TEST_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(childKey) != "" {
		importAsChild()
		return
	}
	os.Exit(m.Run())
}

func importAsChild() {
	sources, err := Sources([]string{"in"}, "")
	if err == nil {
		_, err = Import(context.Background(), sources, Options{}, Target{
			Into: "out", Journal: "journal.tsv", Report: func(diag.Diagnostic) { os.Stdout.Write([]byte{'.'}) },
		})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

var kills = flag.Int("kills", 10, "how often TestKilledImportCompletes kills an import")

// TestKilledImportCompletes kills imports at points spread over the whole run, and holds that the next run completes
// each: the tree is that of an undisturbed run. Every record has a warning, and the child tells of each, so the parent
// knows how far it has come.
func TestKilledImportCompletes(t *testing.T) {
	const records = 120
	t.Chdir(t.TempDir())
	writeFile(t, "in/stories.jsonl", manyStories(records))
	writeFile(t, ".scratch-1", "what a killed import left")
	importAll(t, "", nil)
	want := readTree(t, "out")
	for n := range *kills {
		for _, name := range []string{"out", "journal.tsv"} {
			if err := os.RemoveAll(name); err != nil {
				t.Fatal(err)
			}
		}
		killAfter(t, 1 + records*n / *kills)
		importAll(t, "", nil)
		if d := cmp.Diff(want, readTree(t, "out")); d != "" {
			t.Fatalf("killed after %d records, the next run made another tree:\n%s", 1 + records*n / *kills, d)
		}
		if left, _ := filepath.Glob(".scratch*"); len(left) > 0 {
			t.Fatalf("%q is left", left)
		}
	}
}

func manyStories(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"id": "%d", "title": "Story %d", "date": "no date", "body": %q, "x": 1}`+"\n", i, i%(n/2), strings.Repeat("words ", 300))
	}
	return b.String()
}

// killAfter kills an import once it has told of so many records; one that was quicker is at its end.
func killAfter(t *testing.T, records int) {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), childKey+"=1")
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.CopyN(io.Discard, out, int64(records)); err != nil {
		t.Fatalf("the import ended before record %d: %v", records, err)
	}
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	c.Wait()
}

const twoStories = `{"id": 1, "title": "Flood", "date": "1916-03-04", "markdown": "The river rose."}
{"id": 2, "title": "Ferry", "date": "1916-03-05", "markdown": "It sank."}
`

const flood = "out/1916/03/1916-03-04-flood.md"

// TestEditedFileStays holds that an import overwrites its own files alone, and says so of the others.
func TestEditedFileStays(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "in/a.jsonl", twoStories)
	importAll(t, "", nil)
	edited := readTree(t, "out")[flood] + "\nIt fell again.\n"
	writeFile(t, flood, edited)
	writeFile(t, "in/a.jsonl", strings.ReplaceAll(strings.ReplaceAll(twoStories, "rose", "rose high"), "sank", "sank fast"))

	before := readTree(t, "out")
	journal := readTree(t, "journal.tsv")
	var shown bytes.Buffer
	importAll(t, "", &shown)
	for _, line := range []string{"-The river rose.\n", "+The river rose high.\n", "-It fell again.\n"} {
		if !strings.Contains(shown.String(), line) {
			t.Errorf("the difference lacks %q:\n%s", line, shown.String())
		}
	}
	if !maps.Equal(before, readTree(t, "out")) || !maps.Equal(journal, readTree(t, "journal.tsv")) {
		t.Error("showing differences wrote something")
	}

	report := importAll(t, "", nil)
	if !strings.Contains(report, "1916-03-04-flood.md has been edited; it stays as it is") || !strings.Contains(report, "Changed:1 Same:0 Edited:1") {
		t.Errorf("report:\n%s", report)
	}
	after := readTree(t, "out")
	if after[flood] != edited || !strings.Contains(after["out/1916/03/1916-03-05-ferry.md"], "It sank fast.") {
		t.Errorf("files:\n%v", after)
	}
}

// TestRecordKeepsItsFile holds that a record stays where it is when its headline or its order changes, that a file that
// was deleted comes back, and that an empty one is taken for what a crash left.
func TestRecordKeepsItsFile(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "in/a.jsonl", twoStories)
	importAll(t, "", nil)
	lines := strings.SplitAfter(strings.ReplaceAll(twoStories, "Flood", "Great flood"), "\n")
	writeFile(t, "in/a.jsonl", lines[1]+lines[0])
	writeFile(t, "out/1916/03/1916-03-05-ferry.md", "")
	report := importAll(t, "", nil)
	if got := readTree(t, "out"); len(got) != 2 || !strings.Contains(got[flood], "Great flood") || !strings.Contains(report, "{New:1 Changed:1 ") {
		t.Errorf("%s%v", report, got)
	}
	if err := os.Remove(flood); err != nil {
		t.Fatal(err)
	}
	importAll(t, "", nil)
	if _, err := os.Stat(flood); err != nil {
		t.Errorf("a deleted file did not come back: %v", err)
	}
}

// TestSidecarComesAndGoes holds that a text stays where it is when its source begins to say something about it.
func TestSidecarComesAndGoes(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "in/a.csv", "id,body,language\n1,Some words.,\n")
	importAll(t, "", nil)
	first := readTree(t, "out")
	writeFile(t, "in/a.csv", "id,body,language\n1,Some words.,en\n")
	importAll(t, "", nil)
	second := readTree(t, "out")
	if len(first) != 1 || len(second) != 2 {
		t.Errorf("%v\n%v", first, second)
	}
}

// TestSomebodyElsesFile holds that a file that was there before any import is never touched, unless it says the same.
func TestSomebodyElsesFile(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "in/a.jsonl", twoStories)
	writeFile(t, flood, "somebody's own\n")
	writeFile(t, "out/1916/03/1916-03-05-ferry.md", "+++\ntitle = \"Ferry\"\ndate = \"1916-03-05\"\n+++\n\nIt sank.\n")
	report := importAll(t, "", nil)
	got := readTree(t, "out")
	if len(got) != 3 || got[flood] != "somebody's own\n" || !strings.Contains(report, "{New:1 Changed:0 Same:1 ") {
		t.Errorf("%s%v", report, got)
	}
	importAll(t, "", nil)
	if again := readTree(t, "out"); !maps.Equal(got, again) {
		t.Errorf("a second import changed\n%s", cmp.Diff(got, again))
	}
}

// TestDamagedJournal holds that a journal whose last line was cut short is read, and one of another kind is an error.
func TestDamagedJournal(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "in/a.jsonl", twoStories)
	importAll(t, "", nil)
	whole := readTree(t, "journal.tsv")["journal.tsv"]
	writeFile(t, "journal.tsv", whole[:len(whole)-5])
	importAll(t, "", nil)
	if again := readTree(t, "journal.tsv")["journal.tsv"]; again != whole {
		t.Errorf("journal:\n%s\nwant\n%s", again, whole)
	}
	writeFile(t, "journal.tsv", "something else\n")
	if _, err := Import(context.Background(), nil, Options{}, Target{Into: "out", Journal: "journal.tsv"}); err == nil {
		t.Error("a file that is no journal was read as one")
	}
}

// TestSidecarBesideItsText holds that a row that names a text below the folder of the import gives it a sidecar and
// leaves the text alone.
func TestSidecarBesideItsText(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "out/scans/p1.txt", "As scanned\n")
	writeFile(t, "out/scans/p2.txt", "As scanned\n")
	writeFile(t, "secret.txt", "Nobody's business\n")
	writeFile(t, "in/a.csv", "file,title,rights\n../out/scans/p1.txt,Page one,private\n../out/scans/p2.txt,,\n../secret.txt,Secret,\n")
	report := importAll(t, "", nil)
	if !strings.Contains(report, "lies outside of the table's folder") || !strings.Contains(report, "row that says nothing of its text:1") {
		t.Errorf("report:\n%s", report)
	}
	want := map[string]string{"out/scans/p1.txt": "As scanned\n", "out/scans/p2.txt": "As scanned\n", "out/scans/p1.toml": "title = \"Page one\"\nrights = \"private\"\n"}
	if d := cmp.Diff(want, readTree(t, "out")); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}
