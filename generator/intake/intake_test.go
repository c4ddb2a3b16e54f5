package intake

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"broadsheet/generator/diag"
	"broadsheet/generator/golden"
)

// TestImport imports in/ of each archive in testdata and compares what was written with out/, and the messages and the
// count with report. Lines of the comment are options: "media: DIR", "map: FIELD=COLUMN". A second import must change
// nothing.
func TestImport(t *testing.T) {
	golden.Run(t, "testdata/*.txtar", func(t *testing.T, in *txtar.Archive) *txtar.Archive {
		t.Chdir(t.TempDir())
		out := &txtar.Archive{Comment: in.Comment}
		for _, f := range in.Files {
			if strings.HasPrefix(f.Name, "in/") {
				writeFile(t, f.Name, string(f.Data))
				out.Files = append(out.Files, f)
			}
		}
		report := importAll(t, string(in.Comment), nil)
		written := readTree(t, "out")
		importAll(t, string(in.Comment), nil)
		if d := cmp.Diff(written, readTree(t, "out")); d != "" {
			t.Errorf("a second import changed\n%s", d)
		}
		written["report"] = report
		for _, name := range slices.Sorted(maps.Keys(written)) {
			out.Files = append(out.Files, txtar.File{Name: name, Data: []byte(written[name])})
		}
		return out
	})
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
	below, err := golden.Tree(dir)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for name, text := range below {
		files[path.Join(dir, name)] = text
	}
	return files
}
