package ingest

import (
	"bytes"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"golang.org/x/net/html"
)

// shown is the text a reader sees of Markdown, as words parted by single blanks.
func shown(t testing.TB, markdown string) string {
	t.Helper()
	var page bytes.Buffer
	md := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Footnote, extension.DefinitionList, extension.TaskList))
	if err := md.Convert([]byte(markdown), &page); err != nil {
		t.Fatal(err)
	}
	tree, err := html.Parse(&page)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for node := range tree.Descendants() {
		switch {
		case node.Type == html.TextNode:
			text.WriteString(node.Data)
		case node.Type == html.ElementNode && node.Data == "br":
			text.WriteByte('\n')
		case node.Type == html.ElementNode && !strings.Contains(" html head body p ", " "+node.Data+" "):
			t.Fatalf("markup <%s> in the HTML of %q", node.Data, markdown)
		}
	}
	return squeeze(text.String())
}

func squeeze(text string) string { return strings.Join(strings.Fields(text), " ") }

func TestEscapeSetsBackslashesOnlyWhereNeeded(t *testing.T) {
	for _, c := range []struct{ text, markdown string }{
		{"Plain words, 3 < 4 and AT&T.", "Plain words, 3 < 4 and AT&T."},
		{"a * b * c", "a * b * c"},
		{"*stars* and _lines_", `\*stars\* and \_lines\_`},
		{"one footnote* only", "one footnote* only"},
		{"snake_case_name", "snake_case_name"},
		{"~5 km", "~5 km"},
		{"~~gone~~", `\~\~gone\~\~`},
		{"1986. A great year", `1986\. A great year`},
		{"1986.5 was no year", "1986.5 was no year"},
		{"2) second", `2\) second`},
		{"- item", `\- item`},
		{"-5 degrees", "-5 degrees"},
		{"+ plus", `\+ plus`},
		{"# 1 song", `\# 1 song`},
		{"#hashtag", "#hashtag"},
		{"> quoted", `\> quoted`},
		{"Title\n=====", "Title\n\\====="},
		{"Title\n---", "Title\n\\---"},
		{"a|b\n-|-", "a|b\n\\-|-"},
		{"a\n:-", "a\n:\\-"},
		{"___", `\_\_\_`},
		{"~~~", `\~\~\~`},
		{": said he", `\: said he`},
		{"{{< figure >}}", `\{{< figure >}}`},
		{"&copy; 2002 &copy all", `\&copy; 2002 &copy all`},
		{"&#169;", `\&#169;`},
		{`C:\Temp\*`, `C:\Temp\\*`},
		{`ends in \`, `ends in \\`},
		{"<b>bold</b>", `\<b>bold\</b>`},
		{"<me@example.org>", `\<me@example.org>`},
		{"<24@example.org> <3", `\<24@example.org> <3`},
		{"[1] and [sic]", "[1] and [sic]"},
		{"[text](url)", `[text\](url)`},
		{"[name]: a definition", `[name\]: a definition`},
		{"[^1] a note", `\[^1] a note`},
		{"one ` alone", "one ` alone"},
		{"two `ticks`", "two \\`ticks\\`"},
	} {
		if got := Escape(c.text); got != c.markdown {
			t.Errorf("Escape(%q) = %q, want %q", c.text, got, c.markdown)
		}
		if got := shown(t, Escape(c.text)); got != squeeze(c.text) {
			t.Errorf("Escape(%q) is shown as %q", c.text, got)
		}
	}
}

func FuzzEscape(f *testing.F) {
	for _, seed := range []string{
		"***", "* * *", "a *b* c", "__a__ _b", "x\n===", "| a |\n| - |", "[a](b) ![c](d)", "[a]: b\n[a]", "<!-- x -->", "&amp;&#0;",
		"\\*a\\*", "~a~ ~~b~~", "```go", "1) a\n2) b", "http://example.org/_a_", "“*a*”", "*a**b*", "a\\", "<a@b.c>", "[^1]: x [^1]",
	} {
		f.Add(seed)
	}
	// escape.corpus is what fuzzing found worth keeping, a Go string a line.
	found, err := os.ReadFile("testdata/escape.corpus")
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(string(found)) {
		seed, err := strconv.Unquote(strings.TrimSpace(line))
		if err != nil {
			f.Fatal(line, err)
		}
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		plain := plainMarkdown((&reading{options: Options{Plain: true}}).split(decoded(text)))
		want := squeeze(strings.Map(func(c rune) rune {
			if isControl(c) && c != '\n' && c != '\f' && c != '\v' {
				return -1
			}
			return c
		}, decoded(text)))
		if got := shown(t, plain); got != want {
			t.Errorf("%q\nMarkdown %q\nis shown as %q\nnot as      %q", text, plain, got, want)
		}
	})
}

func decoded(text string) string {
	s, _ := decode("fuzz.txt", []byte(text), "")
	return s
}
