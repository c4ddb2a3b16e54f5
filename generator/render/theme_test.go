package render

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"broadsheet/generator/diag"
	"broadsheet/generator/golden"
	"broadsheet/generator/manifest"
	"broadsheet/templates"
)

func defaultTheme(t testing.TB) *Theme {
	t.Helper()
	theme, err := Parse(&english, templates.Files)
	if err != nil {
		t.Fatal(err)
	}
	return theme
}

// layer is a site's own templates, given as name and text in turn.
func layer(files ...string) fstest.MapFS {
	fs := fstest.MapFS{}
	for pair := range slices.Chunk(files, 2) {
		fs[pair[0]] = &fstest.MapFile{Data: []byte(pair[1])}
	}
	return fs
}

// Each golden is a site's own templates and the messages they give.
func TestFaults(t *testing.T) {
	golden.Want(t, "testdata/faults/*.txtar", func(t *testing.T, in *txtar.Archive) string {
		own := fstest.MapFS{}
		for _, f := range in.Files {
			own[strings.TrimPrefix(f.Name, "templates/")] = &fstest.MapFile{Data: f.Data}
		}
		_, err := Parse(&english, templates.Files, own)
		list, ok := diag.AsList(err)
		if !ok {
			t.Fatalf("Parse: %v, not a list of diagnostics", err)
		}
		var out strings.Builder
		if err := list.Write(&out); err != nil {
			t.Fatal(err)
		}
		return out.String()
	})
}

func TestLaterLayerWins(t *testing.T) {
	theme, err := Parse(&english, templates.Files,
		layer("page.html", "first"),
		os.DirFS(filepath.Join(t.TempDir(), "absent")),
		layer("page.html", "ours: {{.Headline}}", "_links.html", "<b>{{len .Links}}</b>", "README.md", "{{", ".draft.html", "{{"))
	if err != nil {
		t.Fatal(err)
	}
	if got := execute(t, theme, "page.html", sampleStanding()); got != "ours: About this archive" {
		t.Errorf("a site's own page: %q", got)
	}
	if got := execute(t, theme, "front.html", sampleFront()); !strings.Contains(got, "<b>4</b>") {
		t.Error("the default front page does not use the site's own partial")
	}
}

func TestKey(t *testing.T) {
	names := []string{"article.html", "page.html"}
	keys := func(own fstest.MapFS) []string {
		theme, err := Parse(&english, templates.Files, own)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, name := range names {
			all = append(all, theme.Key(name))
		}
		return all
	}
	plain, again := keys(layer()), keys(layer())
	own, partial := keys(layer("page.html", "x")), keys(layer("_bars.html", "{{.Root}}"))
	if !slices.Equal(plain, again) {
		t.Error("the same templates have different keys")
	}
	if own[0] != plain[0] || own[1] == plain[1] {
		t.Error("a page's own template is to change its key and no other")
	}
	if partial[0] == plain[0] || partial[1] == plain[1] {
		t.Error("a partial is to change every key")
	}
}

func TestExecutionFault(t *testing.T) {
	theme, err := Parse(&english, templates.Files, layer("page.html", "<h1>{{.Headline}}</h1>\n<p>{{index .Site.Menu 7}}</p>"))
	if err != nil {
		t.Fatal(err)
	}
	var d diag.Diagnostic
	if err := theme.Execute(io.Discard, "page.html", sampleStanding()); !errors.As(err, &d) {
		t.Fatalf("%v is no diagnostic", err)
	}
	if d.Position() != "templates/page.html:2:6" || d.Source != "<p>{{index .Site.Menu 7}}</p>" || d.Severity != diag.Error {
		t.Errorf("got %+v", d)
	}
}

func TestWriterFault(t *testing.T) {
	err := defaultTheme(t).Execute(closed{}, "page.html", sampleStanding())
	if _, isDiagnostic := diag.AsList(err); isDiagnostic || !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("a full disk is not the author's mistake: %v", err)
	}
}

func execute(t testing.TB, theme *Theme, name string, data any) string {
	t.Helper()
	var b bytes.Buffer
	if err := theme.Execute(&b, name, data); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Whatever a site's template holds, Parse ends with a theme, or with faults that lie inside the template.
func FuzzParse(f *testing.F) {
	for _, file := range []string{"article.html", "_items.html", "listing.html"} {
		text, err := templates.Files.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Add("{{range $i, $x := .Tags}}{{$x.Label.Length}}{{end}}")
	f.Add("{{with $y := .Site}}{{$y.Menu.Label}}{{end}}{{$}}")
	f.Add("{{range $i, $i = 0}}{{end}}{{range 999999999999}}{{end}}")
	f.Add("{{define \"a\"}}{{template \"a\" .}}{{end}}{{template \"a\" .}}<script>{{.Body}}")
	f.Fuzz(func(t *testing.T, text string) {
		_, err := Parse(&english, templates.Files, layer("article.html", text))
		list, ok := diag.AsList(err)
		if err != nil && !ok {
			t.Fatalf("%v is not a list of diagnostics", err)
		}
		lines := strings.Count(text, "\n") + 1
		for _, d := range list {
			if d.File != "templates/article.html" || d.Line < 0 || d.Line > lines || d.Message == "" {
				t.Errorf("misplaced: %+v", d)
			}
		}
	})
}

// TestTeasersTellItemsApart changes what a fragment is kept by. An item without a key is shown as it is every time.
func TestTeasersTellItemsApart(t *testing.T) {
	layer := fstest.MapFS{itemPartial: {Data: []byte("{{.Root}} {{.Headline}}\n")}}
	theme, err := Parse(&english, templates.Files, layer)
	if err != nil {
		t.Fatal(err)
	}
	show := func(root string, item Item) string {
		t.Helper()
		shown, err := theme.parts.teasers(root, []Item{item})
		if err != nil {
			t.Fatal(err)
		}
		return string(shown)
	}
	key := manifest.Digest{1}
	for n, c := range []struct {
		root string
		item Item
		kept bool
	}{
		{"", Item{Key: key}, false}, {"", Item{Key: key}, true},
		{"../", Item{Key: key}, false}, {"", Item{Key: manifest.Digest{2}}, false},
		{"", Item{Key: key, Publication: "x"}, false}, {"", Item{Key: key, Language: "x"}, false},
		{"", Item{}, false}, {"", Item{}, false},
	} {
		c.item.Headline = fmt.Sprint("made ", n)
		if shown, want := show(c.root, c.item), c.root+" "+c.item.Headline+"\n"; (shown != want) != c.kept {
			t.Errorf("%d: shown as %q, kept %v", n, shown, c.kept)
		}
	}
}
