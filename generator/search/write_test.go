package search

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"broadsheet/generator/manifest"
)

// TestStopped has the making of a segment stopped: no worker reads more than the article it is at.
func TestStopped(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	read := 0
	_, err := WriteSegment(ctx, Source{
		Articles: runArticles, Language: "en", Scratch: t.TempDir(), Jobs: 1,
		Read: func(int) (Article, error) {
			if read++; read == 3 {
				stop()
			}
			return Article{Text: "The river rose."}, nil
		},
	}, func(string, []byte) error { return nil })
	if !errors.Is(err, context.Canceled) || read != 3 {
		t.Errorf("%d articles read, %v", read, err)
	}
}

// TestKeptRuns writes an archive again after one article has changed: only those of its run are read, and the files equal a
// clean build's. A run that was damaged is made anew, and one that is no longer needed goes.
func TestKeptRuns(t *testing.T) {
	articles := shortArticles(t, overYears(20, 2000, 120))
	dir, state := t.TempDir(), t.TempDir()
	write := func(runs *Runs) (files map[string][]byte, read int) {
		files = map[string][]byte{}
		s := Source{
			Articles: len(articles), Language: "en", Scratch: state, Jobs: 1, Runs: runs,
			Read: func(i int) (Article, error) {
				read++
				return articles[i], nil
			},
			Key: func(i int) manifest.Digest { return manifest.DigestOf([]byte(articles[i].Title + articles[i].Text)) },
		}
		if runs != nil {
			runs.Use(s)
		}
		head, err := WriteSegment(t.Context(), s, func(name string, b []byte) error {
			files[name] = b
			return nil
		})
		files["head"] = head
		if err == nil && runs != nil {
			err = runs.Prune()
		}
		if err != nil {
			t.Fatal(err)
		}
		return files, read
	}
	again := func(what string, want int) {
		t.Helper()
		got, read := write(&Runs{Folder: dir})
		clean, _ := write(nil)
		if files, _ := changed(clean, got); files > 0 || len(got) != len(clean) {
			t.Errorf("%s: the files are not a clean build's", what)
		}
		if read != want {
			t.Errorf("%s: %d articles were read, want %d", what, read, want)
		}
	}
	again("from nothing", len(articles))
	again("nothing changed", 0)
	articles[runArticles+5].Title = "Another headline"
	again("a headline", len(articles)-runArticles)
	kept, err := os.ReadDir(dir)
	if want := (len(articles) + runArticles - 1) / runArticles; err != nil || len(kept) != want {
		t.Fatalf("%d runs are kept, want %d: %v", len(kept), want, err)
	}
	name := filepath.Join(dir, kept[0].Name())
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2]++
	if err := os.WriteFile(name, b, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, read := write(&Runs{Folder: dir}); read == 0 {
		t.Error("a run that was damaged is taken as it is")
	}
}
