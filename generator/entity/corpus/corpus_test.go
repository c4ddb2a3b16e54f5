package corpus

import (
	"os"
	"testing"

	"broadsheet/generator/news"

	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
	got, err := Parse("[UK|place:1] acts\nhttps://example.org/\n\nA \\[sic\\] by [Jane Doe|person:2] of [\\[x\\]|organization:3].\n")
	want := Article{
		Title: "UK acts", TitleMarks: []Mark{{news.Span{Start: 0, End: 2}, news.Place, 1}},
		Text:  "A [sic] by Jane Doe of [x].\n",
		Marks: []Mark{{news.Span{Start: 11, End: 19}, news.Person, 2}, {news.Span{Start: 23, End: 26}, news.Organization, 3}},
	}
	if err != nil || !cmp.Equal(got, want) {
		t.Errorf("%v\n%s", err, cmp.Diff(want, got))
	}
	for _, src := range []string{"no body", "a\nb\n\n[c|animal:1]", "a\nb\n\n[c|person:x]", "a\nb\n\n[c|person:1", "a\nb\n\n[c"} {
		if _, err := Parse(src); err == nil {
			t.Errorf("%q is taken", src)
		}
	}
}

// TestRead reads all there is, and holds each mark to a name that stands apart from its neighbours.
func TestRead(t *testing.T) {
	for folder, want := range map[string]int{"train": 251, "test": 60, "scans": 53} {
		articles, err := Read(os.DirFS(folder))
		if err != nil || len(articles) != want {
			t.Fatalf("%s: %d articles, want %d: %v", folder, len(articles), want, err)
		}
		for _, a := range articles {
			end := 0
			kinds := map[int]news.Kind{}
			for _, m := range a.Marks {
				if m.Start < end || m.End <= m.Start {
					t.Errorf("%s: a mark at %d-%d after %d", a.File, m.Start, m.End, end)
				}
				end = m.End
				if k, found := kinds[m.Number]; found && k != m.Kind {
					t.Errorf("%s: number %d is %s and %s", a.File, m.Number, k, m.Kind)
				}
				kinds[m.Number] = m.Kind
			}
		}
	}
}
