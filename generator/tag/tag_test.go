package tag

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"broadsheet/generator/news"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what the tests found into their goldens")

// goldens runs every archive of a folder: tags.toml, title, text and labels go in, what comes out must be want.
func goldens(t *testing.T, folder string, run func(t *testing.T, files map[string]string) string) {
	names, err := filepath.Glob(filepath.Join("testdata", folder, "*.txtar"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no goldens in %s: %v", folder, err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			last := len(archive.Files) - 1
			if archive.Files[last].Name != "want" {
				t.Fatal("want is not the last file")
			}
			files := map[string]string{}
			for _, f := range archive.Files[:last] {
				files[f.Name] = strings.TrimSuffix(string(f.Data), "\n")
			}
			got := run(t, files)
			if *update {
				archive.Files[last].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if want := string(archive.Files[last].Data); got != want {
				t.Errorf("got\n%swant\n%s", got, want)
			}
		})
	}
}

func format(tags []news.Tag) string {
	var out strings.Builder
	for _, t := range tags {
		fmt.Fprintf(&out, "%s (%s): %s\n", t.Slug, t.Label, t.Why)
	}
	return out.String()
}

func parse(t *testing.T, src string) *Vocabulary {
	v, faults := Parse("tags.toml", []byte(src))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return v
}

func TestAssign(t *testing.T) {
	goldens(t, "assign", func(t *testing.T, files map[string]string) string {
		v := parse(t, files["tags.toml"])
		return format(v.Assign(files["title"], files["text"])) + format(v.Written(strings.Split(files["labels"], "\n")))
	})
}

func TestParse(t *testing.T) {
	goldens(t, "parse", func(t *testing.T, files map[string]string) string {
		v, faults := Parse("tags.toml", []byte(files["tags.toml"]))
		if (v == nil) != (faults.Errors() > 0) {
			t.Errorf("vocabulary %v with %d errors", v, faults.Errors())
		}
		var out strings.Builder
		if err := faults.Sorted().Write(&out); err != nil {
			t.Fatal(err)
		}
		return out.String()
	})
}

func TestLookup(t *testing.T) {
	v := parse(t, "[[tag]]\nlabel = \"Peace\"\nbroader = [\"Politics\"]\n[[tag]]\nlabel = \"Politics\"\nnote = \"n\"\n[[tag]]\nlabel = \"War\"\nbroader = [\"politics\"]\n")
	e, found := v.Lookup("politics")
	if !found || e.Note != "n" || fmt.Sprint(e.Narrower) != "[peace war]" {
		t.Errorf("got %+v, %t", e, found)
	}
	if e, _ := v.Lookup("war"); fmt.Sprint(e.Broader) != "[politics]" {
		t.Errorf("got %+v", e)
	}
	if _, found := v.Lookup("sport"); found {
		t.Error("sport is there")
	}
}

func TestNil(t *testing.T) {
	var v *Vocabulary
	if got := v.Assign("Peace", "peace"); got != nil {
		t.Errorf("assigned %v", got)
	}
	if got := format(v.Written([]string{"Peace talks", " peace  Talks", "—"})); got != "peace-talks (Peace talks): front matter\n" {
		t.Errorf("written %q", got)
	}
	if _, found := v.Lookup("peace"); found {
		t.Error("found")
	}
}

// FuzzAssign: a phrase that stands in the text is found there, whatever stands around it.
func FuzzAssign(f *testing.F) {
	f.Add("peace talks", "The ", " failed.")
	f.Add("cease-fire*", "“", "”s")
	f.Add("US", "the ", "'s")
	f.Fuzz(func(t *testing.T, phrase, before, after string) {
		v, faults := Parse("tags.toml", fmt.Appendf(nil, "[[tag]]\nlabel = 'x'\n[[tag.rules]]\nany = ['''%s''']\n", phrase))
		if faults.Errors() > 0 {
			return
		}
		_ = v.Assign(before, after)
		if strings.ContainsAny(phrase, "*") || len(fold(phrase)) != len(strings.Fields(joined(fold(phrase)))) {
			return
		}
		if got := v.Assign("", before+" \n. "+phrase+" .\n "+after); len(got) != 1 {
			t.Errorf("%q is not found between %q and %q", phrase, before, after)
		}
	})
}

func joined(words []read) string {
	var texts []string
	for _, w := range words {
		texts = append(texts, w.word)
	}
	return strings.Join(texts, " ")
}

// BenchmarkAssign has five hundred tags with four phrases each, and an article of six hundred words.
func BenchmarkAssign(b *testing.B) {
	var file strings.Builder
	for i := range 500 {
		fmt.Fprintf(&file, "[[tag]]\nlabel = \"Tag %d\"\n[[tag.rules]]\nany = [\"peace talks %d\", \"ceasefire%d*\", \"word%d\", \"talks\"]\nleast = 90\n", i, i, i, i)
	}
	v, faults := Parse("tags.toml", []byte(file.String()))
	if len(faults) > 0 {
		b.Fatal(faults)
	}
	text := strings.Repeat("The peace talks went on in Seoul, and nobody knew. ", 60)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		v.Assign("Talks", text)
	}
}
