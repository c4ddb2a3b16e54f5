package tag

import (
	"fmt"
	"strings"
	"testing"

	"broadsheet/generator/golden"
	"broadsheet/generator/news"

	"github.com/rogpeppe/go-internal/txtar"
)

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
	golden.Want(t, "testdata/assign/*.txtar", func(t *testing.T, in *txtar.Archive) string {
		files := golden.Texts(in)
		v := parse(t, files["tags.toml"])
		return format(v.Assign(files["title"], files["text"])) + format(v.Written(strings.Split(files["labels"], "\n")))
	})
}

func TestParse(t *testing.T) {
	golden.Want(t, "testdata/parse/*.txtar", func(t *testing.T, in *txtar.Archive) string {
		files := golden.Texts(in)
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
