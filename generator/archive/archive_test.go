package archive

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"broadsheet/generator/golden"
	"broadsheet/generator/news"
)

func options(dir string) Options {
	return Options{
		Roots: []Root{{Dir: dir}}, Program: "test", Language: "en", Rights: news.Open, DateOrder: "auto", Recognize: true,
		AssignTags: "untagged", Permalink: "articles/{year}/{month}/{slug}.html", MinEntity: 1, MinTag: 1,
	}
}

func read(t *testing.T, o Options) *Archive {
	t.Helper()
	a, err := Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

// TestGolden reads each archive of testdata: files below content/ beside what becomes of them, in `want`.
func TestGolden(t *testing.T) {
	golden.Want(t, "testdata/*.txtar", func(t *testing.T, in *txtar.Archive) string {
		dir := t.TempDir()
		for _, f := range in.Files {
			save(t, filepath.Join(dir, f.Name), string(f.Data))
		}
		return describe(t, read(t, options(dir)))
	})
}

func save(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}

// describe is an archive in words.
func describe(t *testing.T, a *Archive) string {
	t.Helper()
	var b strings.Builder
	for i, c := range a.Cards {
		article, err := a.Article(i)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s\n  at %s\n  %q %s from %q\n", c.File, a.URLs[i], c.Title, c.Date, article.From["date"])
		fmt.Fprintf(&b, "  by %q %q in %q %q, %s, %s\n", c.Authors, c.Credit, c.Publication, c.Section, c.Language, c.Rights)
		for _, tag := range c.Tags {
			fmt.Fprintf(&b, "  tag %s (%s)\n", tag.Slug, tag.Why)
		}
		for _, e := range a.Of[i] {
			if e >= 0 {
				fmt.Fprintf(&b, "  names %s\n", a.Entities[e].ID)
			}
		}
		fmt.Fprintf(&b, "  body %q\n", article.Body)
	}
	for _, l := range slices.Concat(a.Tags, a.Sections, a.Publications, a.Authors) {
		fmt.Fprintf(&b, "%s %q: %d\n", l.ID, l.Label, len(l.Cards))
	}
	for _, p := range a.Pages {
		fmt.Fprintf(&b, "page %s at %s %q\n", p.File, p.URL, p.Title)
	}
	for _, d := range slices.Concat(a.Found, a.Unlike) {
		fmt.Fprintf(&b, "%s\n", d.Error())
	}
	return b.String()
}

// TestCollisions gives thirty articles one headline, date and slug: each has an address of its own, the first keeps
// the plain one, and what the thirty-first is called moves none of them.
func TestCollisions(t *testing.T) {
	dir := t.TempDir()
	story := func(n int) {
		save(t, fmt.Sprintf("%s/%02d/fire.txt", dir, n), fmt.Sprintf("Fire in the harbour\n2002-04-05\n\nA fire broke out in the harbour, the %dth this year.\n", n))
	}
	for n := range 30 {
		story(n)
	}
	urls := func() map[string]string {
		a := read(t, options(dir))
		of := map[string]string{}
		for i, c := range a.Cards {
			of[c.File] = a.URLs[i]
		}
		return of
	}
	before := urls()
	if before["00/fire.txt"] != "articles/2002/04/fire.html" {
		t.Errorf("the first article is at %s", before["00/fire.txt"])
	}
	distinct := map[string]bool{}
	for _, url := range before {
		distinct[url] = true
	}
	if len(distinct) != 30 {
		t.Errorf("thirty articles have %d addresses", len(distinct))
	}
	story(30)
	after := urls()
	delete(after, "30/fire.txt")
	if d := cmp.Diff(before, after); d != "" {
		t.Errorf("one more article moved others:\n%s", d)
	}
}

func TestPermalink(t *testing.T) {
	for _, tt := range []struct{ pattern, date, want string }{
		{"articles/{year}/{month}/{slug}.html", "2002-04-05", "articles/2002/04/flood.html"},
		{"articles/{year}/{month}/{slug}.html", "2002-04", "articles/2002/04/flood.html"},
		{"articles/{year}/{month}/{slug}.html", "2002", "articles/2002/flood.html"},
		{"articles/{year}/{month}/{slug}.html", "191X", "articles/1910s/flood.html"},
		{"articles/{year}/{month}/{slug}.html", "1914/1918", "articles/1914/flood.html"},
		{"articles/{year}/{month}/{slug}.html", "", "articles/undated/flood.html"},
		{"{section}/{year}/{month}/{day}/{slug}.html", "2002-04-05", "city-news/2002/04/05/flood.html"},
		{"{publication}/{slug}.html", "2002", "flood.html"},
	} {
		d, err := news.ParseDate(tt.date)
		if err != nil {
			t.Fatal(err)
		}
		if got := Permalink(tt.pattern, &news.Card{Date: d, Slug: "flood", Section: "City news"}); got != tt.want {
			t.Errorf("%s of %q is %s, want %s", tt.pattern, tt.date, got, tt.want)
		}
	}
}

func TestResolveReference(t *testing.T) {
	for reference, want := range map[string]string{
		"map.svg": "a/b/map.svg", "../map.svg#x": "a/map.svg", "/map.svg?v=1": "map.svg", "../../../etc/passwd": "",
		"https://example.org/x": "", "//example.org/x": "", "#top": "", "": "", "mailto:x@example.org": "",
	} {
		if got := Resolve("a/b/story.md", reference); got != want {
			t.Errorf("%q means %q, want %q", reference, got, want)
		}
	}
}

// TestNothingIsReadTwice builds twice with one cache: the second time no article is read anew, and one that changed
// alone is, or of whom people say something else.
func TestNothingIsReadTwice(t *testing.T) {
	dir := t.TempDir()
	o := options(dir)
	o.Cache = t.TempDir()
	save(t, dir+"/a.txt", "First story\n\nIt was told in full in Seoul.\n")
	save(t, dir+"/b.txt", "Second story\n\nIt was told in full in Berlin.\n")
	open := func(want int) string {
		t.Helper()
		a, err := Open(context.Background(), o)
		if err != nil {
			t.Fatal(err)
		}
		defer a.Close()
		if a.Read != want {
			t.Errorf("%d articles read anew, want %d", a.Read, want)
		}
		return describe(t, a)
	}
	first := open(2)
	if again := open(0); again != first {
		t.Errorf("from the cache the archive is\n%s\nwant\n%s", again, first)
	}
	save(t, dir+"/b.txt", "Second story\n\nIt was told in full in Paris.\n")
	open(1)
	save(t, dir+"/entities.toml", "[[place]]\nname = 'Paris'\nnote = 'France.'\n")
	open(1) // the other does not name it
	save(t, dir+"/entities.toml", "[[place]]\nname = 'Paris'\nnote = 'In France.'\n")
	open(0)
	o.Clean = true
	open(2)
}

// TestSetAside breaks the front matter of an article: it stays as it last was, with a message, until it is mended.
func TestSetAside(t *testing.T) {
	dir := t.TempDir()
	o := options(dir)
	o.Cache = t.TempDir()
	open := func() string {
		t.Helper()
		a, err := Open(context.Background(), o)
		if err != nil {
			t.Fatal(err)
		}
		defer a.Close()
		return describe(t, a)
	}
	save(t, dir+"/a.md", "+++\ntitle = 'Flood'\n+++\nThe river rose.\n")
	good := open()
	save(t, dir+"/a.md", "+++\ntitle = 'Flood\n+++\nThe river fell.\n")
	for range 2 {
		broken := open()
		if !strings.HasPrefix(broken, strings.TrimSuffix(good, "\n")) || !strings.Contains(broken, "content/a.md:2:") {
			t.Errorf("with broken front matter:\n%s\nwas:\n%s", broken, good)
		}
	}
	o.Cache = t.TempDir()
	if got := open(); strings.Contains(got, "Flood\"") || !strings.Contains(got, "content/a.md:2:") {
		t.Errorf("with broken front matter and nothing known of the article:\n%s", got)
	}
}
