package markdown

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark/text"
)

// A source that is read in pieces reads as the parser has it.
func FuzzPieces(f *testing.F) {
	seed(f)
	for _, src := range []string{
		"One line.\nThe next, 1986 & 1987: see www.example.org.\n\n\nAT&T; &amp; \"more\" (less)!\n1986 was it.",
		"a\n\nb *c*\n\nd\n\n## e\n\nf\n\n# g {#h}\n\ni\n", "a\n\n- b\n\n- c\n\nd\n\n1. e\nf\n\ng\n\n1) h", "a\n\n> b\nc\n\nd\n\n    e\n\nf\n\n\tg\n \nh",
		"a\n\n```\nb\n\nc\n```", "a\n\n<script>\n\nb", "a\n\n: b", "a\n:b\n\nc\n\n - d\n\n   : e", "a\n\n[b]: c\n\n[b]", "a[^1]\n\n[^1]: b\n\nc",
		"a\n====\n\nb\n---\n\nc\n\n---\n\nd", "a  \nb", "  a\n\nb", "a\\\nb\n\nc", "+ a\n\n  b\n\nc", "\n\na!\n]\u00a0\nb\u2028c\n", "a\n|-|\n\nb",
		"a\n\n|b|\n|-|\n|c|\n\nd", "12", "a\x00b\n\nc", "\ufeffa\n\nb", "=a\n-\n\nb", "a\n\n![a](b) <i>c</i>\n\nd <!-- e\n\nf -->", "*a\n\nb*\n\nc",
		"-\n\na", "- \n\n  a\n\nb", "* a\n\n\nb\n* c", "a\u0085\nb\n\nc", "...\n\n\u00a0", "a\n\n*{{< b >}}*\n\n`c\n\nd`",
	} {
		f.Add([]byte(src), []byte{})
	}
	f.Fuzz(func(t *testing.T, src, _ []byte) {
		src, _ = withoutShortcodes(normal(src))
		whole := []piece{{src: src, root: commonmark.Parse(text.NewReader(src))}}
		got, want := read(src, parse(src), nil), read(src, whole, nil)
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(Document{}, mark{}, target{})); diff != "" {
			t.Fatalf("%q\nin pieces reads otherwise (-whole +pieces):\n%s", src, diff)
		}
	})
}
