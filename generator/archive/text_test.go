package archive

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"broadsheet/generator/markdown"
)

// TestPagesShowTheText takes every text of the demonstration archive from end to end as body: what a reader sees on
// the page is the source, character for character, up to white space.
func TestPagesShowTheText(t *testing.T) {
	o := options("../../content")
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
		if want := squeeze(string(source)); squeeze(shown) != want {
			t.Errorf("%s: the page shows\n%.300s\nthe source is\n%.300s", c.File, squeeze(shown), want)
		}
		compared++
	}
	if compared < 290 {
		t.Errorf("compared %d texts only", compared)
	}
}

// squeeze leaves out white space, and what is no character to see: marks of order and control characters.
func squeeze(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return r <= ' ' || r == '\u00a0' || r == '\ufeff' || r == '\u200b' || r >= '\u2000' && r <= '\u200a' || r == '\u3000' || r == '\u0085' || r == '\u2028'
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
