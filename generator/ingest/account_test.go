package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"broadsheet/generator/diag"
	"broadsheet/generator/news"

	"github.com/rogpeppe/go-internal/txtar"
)

// goldenSources are the files of testdata as an archive has them, by golden.
func goldenSources(t testing.TB) map[string]txtar.File {
	sources := map[string]txtar.File{}
	goldens, _ := filepath.Glob("testdata/*.txtar")
	for _, golden := range goldens {
		archive, err := txtar.ParseFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		sources[golden] = archive.Files[0]
	}
	return sources
}

func TestAccountBalancesForTheArchive(t *testing.T) {
	for file, src := range contentTexts(t) {
		a, _ := Read(file, src, Options{})
		if list := Account(file, src, Options{}, a); len(list) > 0 {
			t.Errorf("%v\n  %s", list, list[0].Source)
		}
	}
	for golden, file := range goldenSources(t) {
		for _, o := range []Options{{}, {Plain: true}} {
			a, _ := Read(file.Name, file.Data, o)
			if list := Account(file.Name, file.Data, o, a); len(list) > 0 {
				t.Errorf("%s, plain %v: %v\n  %s", golden, o.Plain, list, list[0].Source)
			}
		}
	}
}

// TestAccountCatchesOneByte changes one byte after the other of the body, of the original, and takes away one removal
// and one field after the other.
func TestAccountCatchesOneByte(t *testing.T) {
	for golden, file := range goldenSources(t) {
		a, _ := Read(file.Name, file.Data, Options{})
		caught := func(src []byte, changed news.Article, what string, at int) {
			t.Helper()
			if Account(file.Name, src, Options{}, changed) == nil {
				t.Errorf("%s: %s %d is not missed", golden, what, at)
			}
		}
		for i, c := range []byte(a.Body) {
			if c == ' ' || c == '\n' || c == '\\' {
				continue
			}
			changed := a
			changed.Body = a.Body[:i] + "\x01" + a.Body[i+1:]
			caught(file.Data, changed, "byte of the body", i)
		}
		for i := range a.Removed {
			changed := a
			changed.Removed = slices.Delete(slices.Clone(a.Removed), i, i+1)
			caught(file.Data, changed, "removal", i)
		}
		if strings.HasPrefix(a.From["title"], "line ") {
			changed := a
			changed.Title += "!"
			caught(file.Data, changed, "title", 0)
		}
		sum := sha256.Sum256(file.Data)
		a.SHA256 = hex.EncodeToString(sum[:])
		if list := Account(file.Name, file.Data, Options{}, a); list != nil {
			t.Errorf("%s: %v", golden, list)
		}
		for i := range file.Data {
			changed := slices.Clone(file.Data)
			changed[i] ^= 1
			caught(changed, a, "byte of the file", i)
		}
	}
}

// TestAccountCountsDividedWords holds that a hyphen may be missing at a line's end alone, and as often as is on record.
func TestAccountCountsDividedWords(t *testing.T) {
	src := []byte("A headline of some words\n\nThe members of the committee met in the har-\nbour office on the first of the month, and\nthe chairman spoke of the well-known matter\nof the pier at some length, as he always did.\n")
	a, _ := Read("f.txt", src, Options{})
	if !strings.Contains(a.Body, "harbour") || a.From["body"] != "text, 1 divided word joined" {
		t.Fatalf("body %q, from %q", a.Body, a.From["body"])
	}
	if list := Account("f.txt", src, Options{}, a); list != nil {
		t.Error(list)
	}
	a.Body = strings.Replace(a.Body, "well-known", "wellknown", 1)
	if Account("f.txt", src, Options{}, a) == nil {
		t.Error("a hyphen that was lost amid a line is not missed")
	}
}

// FuzzAccount holds that whatever is read is accounted for.
func FuzzAccount(f *testing.F) {
	for _, file := range goldenSources(f) {
		f.Add(file.Name, file.Data, false)
	}
	f.Add("2019-01-28.txt", []byte("By\nJane Doe\n28/01/2019\ncafÃ© \x00 <b>x</b> don\x92t"), true)
	f.Fuzz(func(t *testing.T, name string, src []byte, plain bool) {
		o := Options{Plain: plain}
		a, _ := Read(name, src, o)
		if list := Account(name, src, o, a); len(list) > 0 {
			t.Errorf("%q: %v\n%q\n%+v", src, list, list[0].Source, a)
		}
	})
}

// TestKeepPutsBack holds that the entry a report gives for a removed line puts it back: into the body, or where it is
// the evidence of a field.
func TestKeepPutsBack(t *testing.T) {
	tried := 0
	for golden, file := range goldenSources(t) {
		without, _ := Read(file.Name, file.Data, Options{})
		for _, removed := range without.Removed {
			if removed.Part {
				continue
			}
			tried++
			d, list := ParseDecisions("b.toml", []byte("[[keep]]\ntext = "+diag.QuoteTOML(removed.Text)+"\n"))
			if len(list) > 0 {
				t.Fatal(list)
			}
			o := Options{Told: d.Told(LinesOf(file.Name, file.Data, Options{}), nil)}
			with, _ := Read(file.Name, file.Data, o)
			if slices.Contains(with.Removed, removed) {
				t.Errorf("%s:%d: %q stays removed, %s", golden, removed.Line, removed.Text, removed.Rule)
			}
			if list := Account(file.Name, file.Data, o, with); list != nil {
				t.Errorf("%s:%d: %v", golden, removed.Line, list)
			}
		}
	}
	if tried < 80 {
		t.Errorf("only %d lines were tried", tried)
	}
}

// FuzzGiven holds that whatever headline people give, what is read is accounted for.
func FuzzGiven(f *testing.F) {
	for _, file := range goldenSources(f) {
		f.Add(file.Name, file.Data, "A headline of somebody's own")
	}
	f.Add("a.txt", []byte("The baths reopened\non Saturday.\n\nBy Jane Doe\n\nThe mayor swam."), "The baths reopened on Saturday")
	f.Fuzz(func(t *testing.T, name string, src []byte, title string) {
		o := Options{Given: news.Article{Title: title, From: map[string]string{"title": "sidecar"}}}
		a, _ := Read(name, src, o)
		a.Title = title
		if list := Account(name, src, o, a); len(list) > 0 {
			t.Errorf("%q, %q: %v\n%q\n%+v", src, title, list, list[0].Source, a)
		}
	})
}
