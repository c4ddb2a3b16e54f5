package intake

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"broadsheet/generator/markdown"
	"broadsheet/generator/news"
)

// convert is the Markdown of some HTML, and its warnings.
func convert(t *testing.T, src string) (string, []string) {
	t.Helper()
	c := &composer{convert: newConverter()}
	d := &draft{Record: Record{Article: news.Article{Body: src}, Form: HTML}}
	out, err := c.markdown(d)
	if err != nil {
		t.Fatal(err)
	}
	return out, d.Warnings
}

// letters is a text without white space.
func letters(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) || isControl(c) {
			return -1
		}
		return c
	}, s)
}

// TestMarkdownKeepsTheText holds that a reader of the Markdown sees the words of the HTML, character by character.
func TestMarkdownKeepsTheText(t *testing.T) {
	for _, src := range []string{
		"<p>One</p><p>Two<br>three</p>",
		"<p>2 * 3 * 4, a_b_c, **bold?**, `code`, ~~gone~~, [x](y), [^1], <b>b</b>old</p>",
		"<p># no heading</p><p>1. no list</p><p>- no list</p><p>&gt; no quotation</p><p>+ none</p><p>---</p><p>===</p>",
		"<p>&amp;amp; &lt;b&gt; &amp;lt; AT&amp;T \\ \\* C:\\dir</p>",
		"<p>{{&lt; ref \"x\" &gt;}} {{% note %}} {{ plain }}</p>",
		"<p>: a definition?</p><p>Term<br>: meaning</p>",
		"<p>a | b<br>--|--<br>c | d</p>",
		"<h2>Heading {#id}</h2><h3>Another</h3>",
		"<ul><li>one<ul><li>inner</li></ul></li><li><p>two</p><p>more</p></li></ul><ol start=7><li>seven</li></ol>",
		"<blockquote><p>said</p><p>again</p></blockquote>",
		"<pre>  for i {\n\n    x < y\n  }</pre><p>then <code>a `b` c</code></p>",
		"<table><tr><th>A</th><th>B</th></tr><tr><td>1 | 2</td><td><p>x</p><p>y</p></td></tr></table>",
		"<table><tr><td>only<table><tr><td>inner</td></tr></table></td></tr></table>",
		"<p><em>all</em><strong>together</strong> <em> spaced </em>now<i>adays</i></p>",
		"<div>loose <div>text</div> after</div> tail",
		"<dl><dt>Term</dt><dd>Meaning</dd></dl><figure><figcaption>Words below</figcaption></figure>",
		"<p>www.example.org and https://example.org/a_b_c and jane@example.org</p>",
		"<p>$5 ~5~ ^up^ ==mark== :smile: @jane #tag</p>",
		"<p><a href='https://example.org/a b(c)'>link [with] brackets</a> <a href=''>no target</a></p>",
		"<details><summary>More</summary>inside</details><address>1 Main St</address>",
		"<p>Übung naïve 東京 — “quoted” ‘it’s’ …</p>",
		"<b><p>block in inline</p></b><center>old</center><font color=red>tags</font>",
		"<p>line<br><br>verse<br>end</p><hr><p>after</p>",
	} {
		sameWords(t, src)
	}
}

// sameWords holds that a reader of the Markdown sees what a reader of the HTML does.
func sameWords(t *testing.T, src string) {
	t.Helper()
	body, err := fragment(src)
	if err != nil {
		t.Fatal(err)
	}
	want := letters(visible(body))
	out, warnings := convert(t, src)
	if got := letters(markdown.Parse([]byte(out)).Text()); got != want {
		t.Errorf("%s\nis made\n%s\na reader sees %q\nwant          %q", src, out, got, want)
	}
	if len(warnings) > 0 {
		t.Errorf("%s: %q", src, warnings)
	}
}

// FuzzWords puts words into the elements that stories have.
func FuzzWords(f *testing.F) {
	for _, words := range []string{"a & b", "1. x", "# y", "- z", "*a*b_c_", "[x](y)", ": d", "{#id}", "{{< x >}}", "`a", "a|b", "~~s~~", "&copy;", "\\", "<b>", "www.example.org", "===", "[^1]: x", "+++"} {
		f.Add(words)
	}
	f.Fuzz(func(t *testing.T, words string) {
		if !utf8.ValidString(words) || strings.ContainsFunc(words, isControl) {
			return
		}
		escaped := html.EscapeString(words)
		for _, form := range []string{"<p>%s</p>", "<p>a<br>%s b</p>", "<h2>%s</h2>", "<ul><li>%s</li></ul>", "<blockquote>%s</blockquote>", "<p>x <em>%s</em> y</p>"} {
			sameWords(t, strings.ReplaceAll(form, "%s", escaped))
		}
	})
}
