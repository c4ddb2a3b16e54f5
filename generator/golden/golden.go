// Package golden runs the tests whose cases are files: txtar archives, each with what goes in and what must come out.
// Only tests import it. With -update what comes out is written into the archives instead, to be read before it is
// committed.
package golden

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// Update says that expectations are to be written, not held.
var Update = flag.Bool("update", false, "write what the tests find into testdata")

// Run tests each archive that the pattern matches: what comes out must be the archive itself, file for file.
func Run(t *testing.T, pattern string, run func(t *testing.T, in *txtar.Archive) (out *txtar.Archive)) {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("%s matches no golden: %v", pattern, err)
	}
	for _, name := range names {
		name, err := filepath.Abs(name) // run may change the folder
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			in, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			want := txtar.Format(in)
			got := txtar.Format(run(t, in))
			if bytes.Equal(got, want) {
				return
			}
			if !*Update {
				t.Errorf("%s (-want +got):\n%s", filepath.Base(name), cmp.Diff(string(want), string(got)))
			} else if err := os.WriteFile(name, got, 0o666); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// Want tests each archive that the pattern matches: what comes out of the other files, in order, must be its file "want".
func Want(t *testing.T, pattern string, run func(t *testing.T, in *txtar.Archive) string) {
	t.Helper()
	Run(t, pattern, func(t *testing.T, in *txtar.Archive) *txtar.Archive {
		out := &txtar.Archive{Comment: in.Comment, Files: slices.Clone(in.Files)}
		at := slices.IndexFunc(out.Files, func(f txtar.File) bool { return f.Name == "want" })
		if at < 0 {
			at = len(out.Files)
			out.Files = append(out.Files, txtar.File{Name: "want"})
		} else {
			in.Files = slices.Delete(in.Files, at, at+1)
		}
		out.Files[at].Data = []byte(run(t, in))
		return out
	})
}

// Texts are the files of an archive by name, each without the line break that ends it.
func Texts(a *txtar.Archive) map[string]string {
	texts := map[string]string{}
	for _, f := range a.Files {
		texts[f.Name] = strings.TrimSuffix(string(f.Data), "\n")
	}
	return texts
}

// Tree is the files below a folder, by their paths below it, slash-separated.
func Tree(dir string) (map[string]string, error) {
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		name, _ := filepath.Rel(dir, p)
		files[filepath.ToSlash(name)] = string(b)
		return err
	})
	return files, err
}
