package markdown

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/net/html"

	"broadsheet/generator/golden"
	"broadsheet/generator/news"
)

// Each golden holds a body (in.md), and may name words to link (links, one a line) beside what is expected of it.
func TestGoldens(t *testing.T) {
	golden.Run(t, "testdata/*.txtar", func(t *testing.T, in *txtar.Archive) *txtar.Archive {
		files := golden.Texts(in)
		d := Parse([]byte(files["in.md"] + "\n"))
		o := Options{Links: linksTo(d.Text(), strings.Split(files["links"], "\n"))}
		out := &txtar.Archive{Comment: in.Comment}
		for _, f := range in.Files {
			if f.Name == "in.md" || f.Name == "links" {
				out.Files = append(out.Files, f)
			}
		}
		add := func(name, text string) {
			if text = strings.TrimSpace(text); text != "" {
				out.Files = append(out.Files, txtar.File{Name: name, Data: []byte(text + "\n")})
			}
		}
		add("text", d.Text())
		add("html", string(d.AppendHTML(nil, o)))
		add("dropped", printed(d.Dropped()))
		add("images", printed(d.Images()))
		add("targets", strings.Join(d.Links(), "\n"))
		add("anchors", strings.Join(d.Anchors(), "\n"))
		return out
	})
}

func printed[T any](values []T) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	for _, v := range values {
		encoder.Encode(v)
	}
	return b.String()
}

// linksTo links every occurrence of the words, of two that begin together the longer, none over another.
func linksTo(text string, words []string) []Link {
	var links []Link
	for _, w := range words {
		for at := 0; w != ""; {
			i := strings.Index(text[at:], w)
			if i < 0 {
				break
			}
			links = append(links, Link{Span: news.Span{Start: at + i, End: at + i + len(w)}, URL: "to/" + strings.ToLower(w[:1]), Class: "name"})
			at += i + len(w)
		}
	}
	slices.SortFunc(links, func(a, b Link) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	return apart(links)
}

// apart drops links that begin before the one before them has ended.
func apart(links []Link) []Link {
	end := 0
	return slices.DeleteFunc(links, func(l Link) bool {
		if l.Start < end {
			return true
		}
		end = l.End
		return false
	})
}

func TestLede(t *testing.T) {
	for _, test := range []struct{ src, want string }{
		{"", ""},
		{"# Head\n\n> Said\n\n- one\n\nFirst *real*\nparagraph.\n\nSecond.", "First real paragraph."},
		{"![a](b.jpg)\n\n* * *\n\n\\* \\* \\*\n\nWords.", "Words."},
	} {
		if got := Parse([]byte(test.src)).Lede(); got != test.want {
			t.Errorf("lede of %q is %q, want %q", test.src, got, test.want)
		}
	}
}

func TestRewriting(t *testing.T) {
	d := Parse([]byte("[in](b.md) [out](https://x.org/) [gone](nowhere)\n\n![near](a b.jpg) ![near](<a b.jpg>) ![far](https://x.org/p.png) [![far](//x.org/q.png)](b.md)"))
	got := string(d.AppendHTML(nil, Options{
		Href: func(url string) string {
			switch url {
			case "b.md":
				return "../b.html"
			case "nowhere":
				return ""
			}
			return url
		},
		Src: func(url string) string {
			if strings.Contains(url, "//") {
				return ""
			}
			return "../" + url
		},
	}))
	want := `<p><a href="../b.html">in</a> <a href="https://x.org/">out</a> gone</p>

<p>![near](a b.jpg) <img src="../a%20b.jpg" alt="near" loading="lazy"> <a class="picture" href="https://x.org/p.png">far</a> <a href="../b.html"><span class="picture">far</span></a></p>`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A reader of the HTML sees the text, whatever was written; links change nothing but their own characters.
func FuzzHTMLIsText(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, src []byte, cuts []byte) {
		d := Parse(src)
		plain := d.AppendHTML(nil, Options{})
		if got, want := squeeze(words(t, plain, nil)), squeeze(d.Text()); got != want {
			t.Fatalf("HTML reads\n%q\ntext is\n%q\nHTML\n%s", got, want, plain)
		}
		links := cut(d.Text(), cuts)
		var linked []string
		page := d.AppendHTML(nil, Options{Links: links})
		if got, want := squeeze(words(t, page, &linked)), squeeze(d.Text()); got != want {
			t.Fatalf("with links, HTML reads\n%q\ntext is\n%q\nHTML\n%s", got, want, page)
		}
		sameSpans(t, d.Text(), links, linked)
		if again := Parse(src).AppendHTML([]byte("x"), Options{Links: links}); string(again[1:]) != string(page) {
			t.Fatalf("read twice, the HTML differs:\n%s\n%s", page, again[1:])
		}
	})
}

func seed(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(archive.Files[0].Data, []byte{3, 4, 1, 9, 0, 20, 5, 5, 2, 2})
	}
	f.Add([]byte("before\n\n```\n```\n\nafter"), []byte{0, 3})
	f.Add([]byte("a *b **c** d* e"), []byte{0, 1, 1, 1, 1, 1, 1, 5})
	f.Add([]byte("*a*b*c*\\\n&amp;&lt;&nbsp;é\n| a | b |\n|:-:|--|\n| x | <b>y</b> |"), []byte{1, 2, 0, 3})
	f.Add([]byte("{{%}} {{</*/>}} {{< a >}}x{{< /a >}} <script>a\n\nb</script>\n<td>c<br>\nd"), []byte{1, 2, 0, 3})
}

// cut makes links from pairs of gap and length.
func cut(text string, cuts []byte) []Link {
	var links []Link
	at := 0
	for i := 0; i+1 < len(cuts); i += 2 {
		start := at + int(cuts[i])
		end := start + int(cuts[i+1])
		for start < len(text) && !boundary(text, start) {
			start++
		}
		for end < len(text) && !boundary(text, end) {
			end++
		}
		links = append(links, Link{Span: news.Span{Start: start, End: end}, URL: fmt.Sprint("to/", i/2), Class: "name"})
		at = end
	}
	return links
}

func boundary(text string, i int) bool { return text[i]&0xC0 != 0x80 }

// sameSpans fails where a link that was written does not have exactly the characters of its span.
func sameSpans(t *testing.T, text string, links []Link, linked []string) {
	for _, l := range linked {
		url, words, _ := strings.Cut(l, "\n")
		i := slices.IndexFunc(links, func(l Link) bool { return l.URL == url })
		if i < 0 {
			t.Fatalf("link to %q is none of those given", url)
		}
		if want := text[links[i].Start:links[i].End]; words != want {
			t.Fatalf("link %d goes around %q, want %q", i, words, want)
		}
	}
}

// words reads HTML as a strict reader: every element is closed in order, and only known elements stand in it. The
// numbers of footnotes are left out. The names linked are added to linked as "URL\nwords".
func words(t *testing.T, page []byte, linked *[]string) string {
	r := reader{linked: linked}
	tokens := html.NewTokenizer(bytes.NewReader(page))
	for tokens.Next() != html.ErrorToken {
		if fault := r.read(tokens.Token()); fault != "" {
			t.Fatalf("%s in\n%s", fault, page)
		}
	}
	if len(r.open) > 0 {
		t.Fatalf("%v left open in\n%s", r.open, page)
	}
	return r.text.String()
}

type reader struct {
	text   strings.Builder
	open   []string
	unread int     // open elements inside something generated
	name   *string // the link being read
	linked *[]string
}

func (r *reader) read(token html.Token) (fault string) {
	switch token.Type {
	case html.TextToken:
		if r.unread == 0 {
			r.text.WriteString(token.Data)
			if r.name != nil {
				*r.name += token.Data
			}
		}
	case html.StartTagToken:
		return r.start(token)
	case html.EndTagToken:
		return r.end(token.Data)
	default:
		return fmt.Sprintf("unexpected %v %q", token.Type, token.Data)
	}
	return ""
}

func (r *reader) start(token html.Token) (fault string) {
	switch {
	case !known[token.Data]:
		return "unknown element " + token.Data
	case token.Data == "a" && slices.Contains(r.open, "a"):
		return "a link in a link"
	case void[token.Data]:
		return ""
	}
	r.open = append(r.open, token.Data)
	if r.unread > 0 || generated(token) {
		r.unread++
	}
	if class(token) == "name" {
		name := attribute(token, "href") + "\n"
		r.name = &name
	}
	return ""
}

func (r *reader) end(element string) (fault string) {
	last := len(r.open) - 1
	if last < 0 || r.open[last] != element {
		return fmt.Sprintf("</%s> closes %v", element, r.open)
	}
	r.open = r.open[:last]
	r.unread = max(0, r.unread-1)
	if element == "a" && r.name != nil {
		if r.linked != nil {
			*r.linked = append(*r.linked, *r.name)
		}
		r.name = nil
	}
	return ""
}

func generated(token html.Token) bool {
	return token.Data == "sup" || class(token) == "back" || class(token) == "picture"
}

func class(token html.Token) string { return attribute(token, "class") }

func attribute(token html.Token, name string) string {
	for _, a := range token.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

var void = set("br", "hr", "img")

var known = set("a", "blockquote", "br", "code", "dd", "del", "dl", "dt", "em", "h2", "h3", "h4", "h5", "h6", "hr", "img",
	"li", "ol", "p", "pre", "section", "span", "strong", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul")

func set(names ...string) map[string]bool {
	m := map[string]bool{}
	for _, n := range names {
		m[n] = true
	}
	return m
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// A paragraph's anchor is made of its words: it stays when others come and go, and when marks change.
func TestAnchorsAreMadeOfTheWords(t *testing.T) {
	html := func(src string) string { return string(Parse([]byte(src)).AppendHTML(nil, Options{Anchors: true})) }
	id := regexp.MustCompile(`<p id="(p[0-9a-f]{6})">`)
	alone := id.FindStringSubmatch(html("The river rose."))
	if alone == nil {
		t.Fatal("no anchor in " + html("The river rose."))
	}
	for _, src := range []string{"Before.\n\nThe river rose.", "*The* river  rose!\n\nAfter.", "> The River rose."} {
		if !strings.Contains(html(src), alone[0]) {
			t.Errorf("%q has %s, without %s", src, html(src), alone[0])
		}
	}
	if twice := html("Same.\n\nSame."); len(id.FindAllString(twice, -1)) != 1 {
		t.Error("an anchor stands twice: " + twice)
	}
	if none := html("* * *\n\n\\* \\*"); id.MatchString(none) {
		t.Error("what has no words has an anchor: " + none)
	}
}
