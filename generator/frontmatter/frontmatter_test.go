package frontmatter

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"broadsheet/generator/diag"
	"broadsheet/generator/golden"
	"broadsheet/generator/news"
)

// Each golden holds files as people write them, and in "want" what an empty article becomes through each.
func TestGoldens(t *testing.T) {
	golden.Want(t, "testdata/*.txtar", func(t *testing.T, in *txtar.Archive) string {
		var out strings.Builder
		for _, f := range in.Files {
			described(&out, f.Name, f.Data)
		}
		return out.String()
	})
}

// read is all there is to know of a file.
func read(name string, src []byte) (m Matter, a news.Article, body []byte, line int, found diag.List) {
	if strings.HasSuffix(name, ".toml") {
		m, found = ParseTOML(name, src)
	} else {
		m, body, line, found = Parse(name, src)
	}
	a, wrong := m.Apply(news.Article{})
	return m, a, body, line, append(append(found, wrong...), m.Unknown()...)
}

func described(w *strings.Builder, name string, src []byte) {
	m, a, body, line, found := read(name, src)
	fmt.Fprintf(w, "%s: %s", name, m.Origin)
	if m.Broken {
		w.WriteString(", broken")
	}
	w.WriteString("\n")
	fields(w, a)
	if line > 0 {
		fmt.Fprintf(w, "  body from line %d: %q\n", line, body)
	}
	found.Sorted().Write(w)
	w.WriteString("\n")
}

// fields writes every field of the article that is not zero.
func fields(w *strings.Builder, a news.Article) {
	from := a.From
	a.From = nil
	v := reflect.ValueOf(a)
	for i := range v.NumField() {
		if f := v.Field(i); !f.IsZero() {
			line, _ := json.Marshal(f.Interface())
			fmt.Fprintf(w, "  %s %s\n", v.Type().Field(i).Name, line)
		}
	}
	if len(from) > 0 {
		fmt.Fprintf(w, "  From %s\n", strings.Join(slices.Sorted(maps.Keys(from)), " "))
	}
}

// The same words in the three forms of front matter and in a sidecar say the same.
func TestFormsAgree(t *testing.T) {
	forms := map[string]string{
		"a.md": "+++\ntitle = \"Flood\"\ndate = 1916-03-04\ntags = [\"rain\", \"rivers\"]\ndraft = true\nweight = 3\n" +
			"mine = {n = 1, x = 1.5, on = false, list = [\"a\", 2]}\n+++\n",
		"b.md": "---\ntitle: Flood\ndate: 1916-03-04\ntags:\n- rain\n- rivers\ndraft: true\nweight: 3\n" +
			"mine:\n  n: 1\n  x: 1.5\n  on: false\n  list: [a, 2]\n---\n",
		"c.md": `{"title": "Flood", "date": "1916-03-04", "tags": ["rain", "rivers"], "draft": true, "weight": 3,
			"mine": {"n": 1, "x": 1.5, "on": false, "list": ["a", 2]}}` + "\n",
		"d.toml": "title = 'Flood'\ndate = \"1916-03-04\"\ntags = [\n  \"rain\", # wet\n  \"rivers\",\n]\ndraft = true\nweight = 3\n" +
			"[mine]\nn = 1\nx = 1.5\non = false\nlist = [\"a\", 2]\n",
	}
	want := news.Article{
		Title: "Flood", Date: news.Date{Year: 1916, Month: 3, Day: 4}, Tags: []string{"rain", "rivers"}, Draft: true, Weight: 3,
		Extra: map[string]any{"mine": map[string]any{"n": int64(1), "x": 1.5, "on": false, "list": []any{"a", int64(2)}}},
	}
	for name, src := range forms {
		m, a, _, _, _ := read(name, []byte(src))
		for key, where := range a.From {
			if where != m.Origin {
				t.Errorf("%s: %s is from %q", name, key, where)
			}
		}
		a.From = nil
		if !reflect.DeepEqual(a, want) {
			t.Errorf("%s: got\n%+v\nwant\n%+v", name, a, want)
		}
	}
}

// A later file wins over an earlier one, and changes neither's article.
func TestApplyCopies(t *testing.T) {
	first, _ := ParseTOML("_defaults.toml", []byte("publication = \"The Bay\"\ntags = [\"a\"]\nextra = 1"))
	second, _ := ParseTOML("x.toml", []byte("tags = [\"b\"]\nmore = 2\npeople = []\nlanguage = \"\""))
	one, _ := first.Apply(news.Article{Language: "en"})
	two, _ := second.Apply(one)
	if !slices.Equal(one.Tags, []string{"a"}) || len(one.Extra) != 1 || one.From["tags"] != Defaults {
		t.Errorf("the first article changed: %+v", one)
	}
	if !slices.Equal(two.Tags, []string{"b"}) || len(two.Extra) != 2 || two.From["tags"] != Sidecar || two.From["publication"] != Defaults {
		t.Errorf("the second article is %+v", two)
	}
	if two.Language != "en" || two.Named[news.Person] == nil || two.Named[news.Place] != nil {
		t.Errorf("an empty value is absent, an empty list is not: %+v", two)
	}
}

// A byte order mark and the line ends of Windows change nothing.
func TestWindows(t *testing.T) {
	for _, src := range []string{"---\ntitle: Flood\n---\nBody\n", "+++\ntitle = \"Flood\"\n+++\nBody\n", "{\n\"title\":\n\"Flood\"}\nBody\n"} {
		_, a, body, line, found := read("x.md", []byte("\uFEFF"+strings.ReplaceAll(src, "\n", "\r\n")))
		if a.Title != "Flood" || string(body) != "Body\r\n" || line != 4 || found != nil {
			t.Errorf("%q gives title %q and body %q on line %d, %v", src, a.Title, body, line, found)
		}
	}
}

func TestHas(t *testing.T) {
	m, _ := ParseTOML("x.toml", []byte("Author = \"A\"\ntitle = \"\"\npeople = []"))
	for key, want := range map[string]bool{"authors": true, "author": true, "AUTHORS": true, "title": false, "people": true, "date": false} {
		if m.Has(key) != want {
			t.Errorf("Has(%q) is %v", key, !want)
		}
	}
}

func TestByline(t *testing.T) {
	for _, test := range []struct{ printed, authors, credit string }{
		{"By Jane Doe", "Jane Doe", ""},
		{"BY JANE DOE and John Roe, AP", "JANE DOE|John Roe", "AP"},
		{"Jane Doe, John Roe and Ann Poe, Associated Press", "Jane Doe|John Roe|Ann Poe", "Associated Press"},
		{"By Jane Doe, Staff Writer", "Jane Doe", ""},
		{"By John Roe, Jr., Special to The Bay", "John Roe, Jr.", ""},
		{"Reuters", "", "Reuters"},
		{"By Sandy Andrews", "Sandy Andrews", ""},
		{"", "", ""},
	} {
		authors, credit := byline(test.printed)
		if got := strings.Join(authors, "|"); got != test.authors || credit != test.credit {
			t.Errorf("%q gives %q, %q", test.printed, got, credit)
		}
	}
}

func TestURLs(t *testing.T) {
	for given, want := range map[string]string{
		"/about/": "about/index.html", "about": "about/index.html", "a/b.html": "a/b.html", "/a//b.htm": "a/b.htm",
		"/v1.2": "v1.2/index.html", "/story.php": "story.php/index.html", "/caf%C3%A9/": "café/index.html",
		"/": "", "../x": "", "a/../../x": "", "a/%2e%2e/x": "", `a\b`: "", "https://example.org/x": "", "//example.org/x": "",
		"javascript:x": "", "a?b": "", "a#b": "", "a%zz": "", "a%00b": "", strings.Repeat("a", 201): "",
	} {
		got, bad := page(given)
		if got != want || (bad == nil) != (want != "") {
			t.Errorf("%q is %q (%v), want %q", given, got, bad, want)
		}
	}
}

func TestKeysAreExplained(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range Keys() {
		if k.Means == "" || seen[k.Name] || elsewhere[k.Name] || otherNames[k.Name] != "" {
			t.Errorf("key %q is not explained, or stands twice", k.Name)
		}
		seen[k.Name] = true
	}
	for other, name := range otherNames {
		if !seen[name] {
			t.Errorf("%q stands for %q, which is no key", other, name)
		}
	}
}

// Whatever is read, messages point into the file, the body is its end, and the article can be shown again.
func FuzzParse(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, one := range archive.Files {
			f.Add(one.Data)
		}
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		for _, name := range []string{"x.md", "x.toml"} {
			m, a, body, line, found := read(name, src)
			inside(t, src, found)
			if !bytes.HasSuffix(src, body) {
				t.Fatalf("%s: body %q is not the end of the file", name, body)
			}
			if want := 1 + bytes.Count(src[:len(src)-len(body)], []byte("\n")); body != nil && line != want {
				t.Fatalf("%s: body begins on line %d, not %d", name, want, line)
			}
			if m.Broken && (len(m.Fields) > 0 || len(found) != 1) {
				t.Fatalf("%s: broken, with %d fields and %d messages", name, len(m.Fields), len(found))
			}
			safe(t, a)
		}
	})
}

// YAML that is read without the library reads as the library has it.
func FuzzSimpleYAML(f *testing.F) {
	for _, text := range []string{
		"title: \"Merck Ups 1987: \u00e9 \u4e16 #11\"\ndate: 2020-02-29T04:18:47Z\ntags: [\"\u4e16\", \"b\"]\npeople: []\n", "title: Merck ups (it's) 11.5 - a/b\ndraft: true\nlist: [a b, \"c\", d]\nDate: 2002-04-05",
		"a: 2002-02-30", "a: 2002-4-5", "a: null", "a: No", "a: b #c", "a: b: c", "a: [b,c]", "a: [b, c", "a: [b, ]", "a: [\"b\" , c]", "a: [b, [c]]", "a: \"b\\n\"", "a:  b", "a: b ", "a: \"b\" ",
		"a: b\n c", "a: b\n\nc: d", "a: b\na: c", "a: \"b\nc\"", "a: [b\n, c]", "a: \u0085", "a: \"\u2028\"", "a: \"\ufeff\"", "null: b", "y: n", "true: b", "a: e1", "a: x.y", "a: [true, False]", "rights: open\nrights: open",
		"a: -b", "a: b-\n", "a: 'b'", "a: b'", "a: [b']", "a: [\"b\"c]", "a: [\"b\", \"c\"]]", "---: a", "a: ---", "a: [a - b, c.]",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		build := func() *builder {
			return &builder{part: []byte(text), ruler: ruler{src: []byte(text), place: place{1, 1}}}
		}
		simple, tree := build(), build()
		if !utf8.ValidString(text) || !simple.readSimple() {
			return
		}
		if bad := readYAMLTree(tree); bad != nil {
			t.Fatalf("%q is no YAML: %v", text, bad)
		}
		if !reflect.DeepEqual(simple.fields, tree.fields) || !reflect.DeepEqual(simple.again, tree.again) {
			t.Fatalf("%q\nreads %+v\nnot   %+v", text, simple.fields, tree.fields)
		}
	})
}

func inside(t *testing.T, src []byte, found diag.List) {
	lines := strings.Split(string(src), "\n")
	for _, d := range found {
		if d.Severity != diag.Warning || d.Line < 0 || d.Line > len(lines) {
			t.Fatalf("message outside the file: %v", d)
		}
		if d.Line > 0 && d.Col > len([]rune(lines[d.Line-1]))+1 {
			t.Fatalf("message outside its line %q: %v", lines[d.Line-1], d)
		}
	}
}

func safe(t *testing.T, a news.Article) {
	for _, p := range append([]string{a.URL, a.Slug}, a.Aliases...) {
		if p != "" && !filepath.IsLocal(p) || strings.ContainsAny(p, "\\\x00\n") {
			t.Fatalf("path %q leads outside", p)
		}
	}
	if d, err := news.ParseDate(a.Date.String()); err != nil || d != a.Date {
		t.Fatalf("date %v reads back as %v, %v", a.Date, d, err)
	}
}

func BenchmarkYAML(b *testing.B) { benchmark(b, yamlArticle) }
func BenchmarkTOML(b *testing.B) { benchmark(b, tomlArticle) }

func benchmark(b *testing.B, src string) {
	b.ReportAllocs()
	for b.Loop() {
		m, _, _, _ := Parse("x.md", []byte(src))
		m.Apply(news.Article{})
	}
}

const yamlArticle = `---
title: "North, South Close to Restarting Peace Process"
date: 2002-04-05
byline: By Jane Doe, AP
publication: The Harbour Chronicle
section: World
tags: [peace, korea]
source: https://example.org/archive/2002/04/05/peace.html
license: CC BY 2.5
---
Body.
`

const tomlArticle = `+++
title = "North, South Close to Restarting Peace Process"
date = 2002-04-05
byline = "By Jane Doe, AP"
publication = "The Harbour Chronicle"
section = "World"
tags = ["peace", "korea"]
source = "https://example.org/archive/2002/04/05/peace.html"
license = "CC BY 2.5"
+++
Body.
`
