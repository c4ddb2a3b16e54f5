package intake

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"broadsheet/generator/diag"
)

var update = flag.Bool("update", false, "rewrite the expected output in testdata")

// TestImport imports in/ of each archive in testdata and compares what was written with out/, and the messages and the
// count with report. Lines of the comment are options: "media: DIR", "map: FIELD=COLUMN". A second import must change
// nothing.
func TestImport(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) < 5 {
		t.Fatalf("found %d archives in testdata, %v", len(names), err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			golden, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			name, err := filepath.Abs(name)
			if err != nil {
				t.Fatal(err)
			}
			t.Chdir(t.TempDir())
			want := unpack(t, golden)
			report := importAll(t, string(golden.Comment), nil)
			got := readTree(t, "out")
			got["report"] = report
			if *update {
				pack(t, name, golden, got)
				return
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
			importAll(t, string(golden.Comment), nil)
			again := readTree(t, "out")
			again["report"] = report
			if d := cmp.Diff(got, again); d != "" {
				t.Errorf("a second import changed\n%s", d)
			}
		})
	}
}

// unpack writes in/ below the working folder and returns what is expected.
func unpack(t *testing.T, a *txtar.Archive) map[string]string {
	t.Helper()
	want := map[string]string{}
	for _, f := range a.Files {
		if strings.HasPrefix(f.Name, "in/") {
			writeFile(t, f.Name, string(f.Data))
		} else {
			want[f.Name] = string(f.Data)
		}
	}
	return want
}

// pack writes what an import made into its archive.
func pack(t *testing.T, name string, a *txtar.Archive, got map[string]string) {
	t.Helper()
	a.Files = slices.DeleteFunc(a.Files, func(f txtar.File) bool { return !strings.HasPrefix(f.Name, "in/") })
	for _, file := range slices.Sorted(maps.Keys(got)) {
		a.Files = append(a.Files, txtar.File{Name: file, Data: []byte(got[file])})
	}
	if err := os.WriteFile(name, txtar.Format(a), 0o666); err != nil {
		t.Fatal(err)
	}
}

func writeFile(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}

// importAll imports in/ into out/ and returns messages and count.
func importAll(t *testing.T, comment string, diff io.Writer) string {
	t.Helper()
	o := Options{Columns: map[string]string{}}
	target := Target{Into: "out", Journal: "journal.tsv", Diff: diff}
	for line := range strings.Lines(comment) {
		switch key, value, _ := strings.Cut(strings.TrimSpace(line), ": "); key {
		case "media":
			target.Media = value
		case "map":
			field, column, _ := strings.Cut(value, "=")
			o.Columns[field] = column
		}
	}
	report, count := importInto(t, target, o, "in")
	return report + printed(count) + "\n"
}

func printed(c Count) string { return fmt.Sprintf("%+v", c) }

func importInto(t *testing.T, target Target, o Options, paths ...string) (string, Count) {
	t.Helper()
	sources, err := Sources(paths, "")
	if err != nil {
		t.Fatal(err)
	}
	return importSources(t, target, o, sources...)
}

func importSources(t *testing.T, target Target, o Options, sources ...Source) (string, Count) {
	t.Helper()
	var report bytes.Buffer
	target.Report = func(d diag.Diagnostic) { diag.List{d}.Write(&report) }
	count, err := Import(context.Background(), sources, o, target)
	if err != nil {
		t.Fatal(err)
	}
	return report.String(), count
}

// readTree is the files below a folder by their paths, the folder's name included.
func readTree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		files[filepath.ToSlash(p)] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
