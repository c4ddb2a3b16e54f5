package published

import (
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"broadsheet/generator/golden"
)

// TestParse reads files: what is written then, or what is wrong with them.
func TestParse(t *testing.T) {
	golden.Want(t, "testdata/*.txtar", func(t *testing.T, in *txtar.Archive) string {
		r, faults := Parse("content/urls.tsv", in.Files[0].Data)
		if len(faults) == 0 {
			return string(r.Append(nil))
		}
		var out strings.Builder
		if err := faults.Sorted().Write(&out); err != nil {
			t.Fatal(err)
		}
		return out.String()
	})
}

func TestLookUp(t *testing.T) {
	r := New([]Line{{"b.html", Article, "one", ""}, {"c.html", Tag, "one", ""}, {"a.html", Article, "one", "b.html"}, {"d.html", Article, "two", ""}})
	if got, want := r.Of(Article, "one"), []string{"a.html", "b.html"}; !slices.Equal(got, want) {
		t.Errorf("the article is at %q, want %q", got, want)
	}
	if l, found := r.Find("c.html"); !found || l.Shows != Tag {
		t.Errorf("c.html shows %v, %v", l, found)
	}
	for _, empty := range []*Record{nil, New(nil)} {
		if _, found := empty.Find("a.html"); found || len(empty.Of(Tag, "one"))+len(empty.Lines()) > 0 {
			t.Error("an empty record has lines")
		}
	}
}

// FuzzParse holds that what is written is read as it was, whatever was read.
func FuzzParse(f *testing.F) {
	f.Add("url\tshows\tof\nb.html\tarticle\tone\na.html\tperson\tAnn\tb.html\n")
	f.Fuzz(func(t *testing.T, src string) {
		r, faults := Parse("urls.tsv", []byte(src))
		if len(faults) > 0 {
			return
		}
		written := r.Append(nil)
		again, faults := Parse("urls.tsv", written)
		if len(faults) > 0 || !slices.Equal(r.Lines(), again.Lines()) {
			t.Fatalf("%q is written as %q: %v", src, written, faults)
		}
	})
}
