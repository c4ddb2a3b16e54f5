package check

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"broadsheet/generator/diag"
	"broadsheet/generator/golden"
)

// Each file of testdata is an output folder under out/ and the messages it must give. A first line "base: URL" sets
// the base URL.
func TestLinks(t *testing.T) {
	golden.Want(t, "testdata/*.txtar", func(t *testing.T, in *txtar.Archive) string {
		return said(Links(site(in), baseOf(in)))
	})
}

func site(archive *txtar.Archive) fs.FS {
	out := fstest.MapFS{}
	for _, f := range archive.Files {
		if name, found := strings.CutPrefix(f.Name, "out/"); found {
			out[name] = &fstest.MapFile{Data: f.Data}
		}
	}
	return out
}

func baseOf(archive *txtar.Archive) string {
	first, _, _ := strings.Cut(string(archive.Comment), "\n")
	base, found := strings.CutPrefix(first, "base: ")
	if !found {
		return ""
	}
	return base
}

func said(count Count, list diag.List) string {
	var b strings.Builder
	fmt.Fprintf(&b, "files %d, pages %d, links %d, anchors %d\n", count.Files, count.Pages, count.Links, count.Anchors)
	list.Write(&b)
	return b.String()
}

// A dead link is a warning: it never stops a build.
func TestFaultsAreWarnings(t *testing.T) {
	out := fstest.MapFS{"index.html": {Data: []byte(`<a href="gone.html">`)}}
	_, list := Links(out, "")
	if len(list) != 3 || list.Errors() != 0 {
		t.Errorf("%d messages, %d errors; want 3 and 0:\n%v", len(list), list.Errors(), list)
	}
}

// The same folder gives the same messages, however the workers share the pages.
func TestOrderDoesNotMatter(t *testing.T) {
	out := largeSite(100)
	want := said(Links(out, ""))
	for range 5 {
		if diff := cmp.Diff(want, said(Links(out, ""))); diff != "" {
			t.Fatalf("a second run differs (-first +second):\n%s", diff)
		}
	}
}

func TestUnreadable(t *testing.T) {
	dir := t.TempDir()
	if err := os.Symlink("nowhere", filepath.Join(dir, "page.html")); err != nil {
		t.Fatal(err)
	}
	_, list := Links(os.DirFS(dir), "")
	if len(list) != 1 || list.Errors() != 1 || !strings.Contains(list[0].Message, "cannot be read") {
		t.Errorf("messages: %v", list)
	}
}

func TestResolve(t *testing.T) {
	b := parseBase("https://example.org/archive/")
	for _, c := range []struct{ address, want string }{
		{"x.html", "tags/x.html"},
		{"../x.html#a", "x.html#a"},
		{" x.html\n", "tags/x.html"},
		{"./", "tags/"},
		{"..", "."},
		{"", "tags/peace.html"},
		{"#a%20b", "tags/peace.html#a b"},
		{"#50%", "tags/peace.html#50%"},
		{"a:b.html", "elsewhere"},
		{"./a:b.html", "tags/a:b.html"},
		{"2002:04.html", "tags/2002:04.html"},
		{"/archive", "."},
		{"/archive/../x", "elsewhere"},
		{"/archives/x", "elsewhere"},
		{"https://example.org/archive/x#y", "x#y"},
		{"https://example.org", "elsewhere"},
		{"https://example.org:8443/archive/x", "elsewhere"},
		{"http://example.org/archive/x", "elsewhere"},
		{"//EXAMPLE.org/archive/x/", "x/"},
		{"javascript:void(0)", "elsewhere"},
		{"../../x.html", "leads out of the site"},
		{"%", "cannot be decoded"},
	} {
		if got := resolved(b.resolve("tags/peace.html", c.address)); got != c.want {
			t.Errorf("%q on tags/peace.html is %q, want %q", c.address, got, c.want)
		}
	}
}

func resolved(to target, internal bool, fault string) string {
	switch {
	case !internal:
		return "elsewhere"
	case fault != "":
		return fault
	}
	s := to.path
	if to.folder {
		s += "/"
	}
	if to.fragment != "" {
		s += "#" + to.fragment
	}
	return s
}

// Whatever a page holds, every message has a place in it, and every tag shown stands where the message says.
func FuzzPage(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, member := range archive.Files {
			f.Add(string(member.Data))
		}
	}
	f.Fuzz(func(t *testing.T, src string) {
		for one := range tags([]byte(src)) {
			if one.offset >= one.end || one.end > len(src) || src[one.offset] != '<' {
				t.Fatalf("tag %q at [%d, %d) of %q", one.name, one.offset, one.end, src)
			}
		}
		_, list := Links(fstest.MapFS{"a/page.html": {Data: []byte(src)}, "feed.xml": {Data: []byte(src)}}, "https://example.org/a/")
		lines := strings.Split(src, "\n")
		for _, d := range list {
			if d.Line < 0 || d.Line > len(lines) || d.Line > 0 && (d.Col < 1 || d.Col > len(lines[d.Line-1])) {
				t.Errorf("no such place: %s", d.Error())
			}
		}
	})
}

// largeSite has pages of about the size and number of links of an article's, with a dead link on every tenth.
func largeSite(pages int) fstest.MapFS {
	out := fstest.MapFS{"style.css": {}, "index.html": {Data: []byte("<html lang=\"en\"><title>Front</title>")}}
	words := strings.Repeat("<p>Words of the story with a <a href=\"../index.html#top\">link</a> and more words after it.</p>\n", 60)
	for i := range pages {
		var b strings.Builder
		fmt.Fprintf(&b, "<!DOCTYPE html>\n<html lang=\"en\">\n<head><title>Story %d</title><link rel=\"stylesheet\" href=\"../style.css\"></head>\n", i)
		fmt.Fprintf(&b, "<body id=\"top\"><h1 id=\"story\">Story %d</h1>\n", i)
		for j := range 30 {
			fmt.Fprintf(&b, "<a href=\"story-%d.html#story\">another</a>\n", (i*7+j*13)%pages)
		}
		if i%10 == 0 {
			fmt.Fprintf(&b, "<a href=\"story-%d.html#end\">dead</a> <a href=\"story-x%d.html\">dead</a>\n", i, i)
		}
		b.WriteString(words)
		out[fmt.Sprintf("articles/story-%d.html", i)] = &fstest.MapFile{Data: []byte(b.String())}
	}
	return out
}

func BenchmarkLinks(b *testing.B) {
	for _, pages := range []int{100, 1000, 10000} {
		b.Run(fmt.Sprint(pages), func(b *testing.B) {
			out := largeSite(pages)
			b.ReportAllocs()
			for b.Loop() {
				Links(out, "")
			}
		})
	}
}
