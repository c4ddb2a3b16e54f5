package archive

import (
	"flag"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"golang.org/x/text/encoding/charmap"

	"broadsheet/generator/markdown"
)

var texts = flag.String("texts", "../../content", "the folder of texts that TestPagesShowTheText reads")

// TestPagesShowTheText takes every text of the demonstration archive from end to end as body: what a reader sees on
// the page is the source, character for character, up to white space.
func TestPagesShowTheText(t *testing.T) {
	o := options(*texts)
	o.Plain, o.Recognize, o.Authority = true, false, t.TempDir()
	a := read(t, o)
	compared := 0
	for i, c := range a.Cards {
		article, err := a.Article(i)
		if err != nil {
			t.Fatal(err)
		}
		if article.Original == "" || article.File != article.Original {
			continue
		}
		source, err := a.tree.read(c.File)
		if err != nil {
			t.Fatal(err)
		}
		shown := visible(t, markdown.Parse([]byte(article.Body)).AppendHTML(nil, markdown.Options{}))
		if d := cmp.Diff(squeeze(decoded(t, source)), squeeze(shown)); d != "" {
			t.Errorf("%s: -source +page:\n%.600s", c.File, d)
		}
		compared++
	}
	if compared < len(a.Cards)/2 {
		t.Errorf("compared %d texts of %d articles only", compared, len(a.Cards))
	}
	t.Logf("%d texts compared", compared)
}

// decoded is a source as its characters; what is not UTF-8 in the folders this test is run on is Windows-1252.
func decoded(t *testing.T, source []byte) string {
	t.Helper()
	if utf8.Valid(source) {
		return string(source)
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(source)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// squeeze leaves out white space, and what is no character to see: marks of order and control characters.
func squeeze(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return r <= ' ' || r == '\u00a0' || r == '\x7f' || r == '\ufeff' || r == '\u200b' || r >= '\u2000' && r <= '\u200a' || r == '\u3000' || r == '\u0085' || r == '\u2028'
	}), "")
}

// visible is the text a browser shows of a fragment of HTML.
func visible(t *testing.T, page []byte) string {
	t.Helper()
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(string(page)))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.WriteString(html.UnescapeString(string(z.Raw())))
		}
	}
}
