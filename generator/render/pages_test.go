package render

import (
	"bytes"
	"flag"
	"html/template"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"
)

var look = flag.String("look", "", "write the sample pages into this folder, to be looked at in a browser")

func TestPages(t *testing.T) {
	theme := defaultTheme(t)
	for path, page := range sample() {
		t.Run(path, func(t *testing.T) {
			text := execute(t, theme, page.template, page.data)
			checkPage(t, text)
			if *look != "" {
				writePage(t, filepath.Join(*look, filepath.FromSlash(path)), text)
			}
		})
	}
	for name, page := range bare() {
		t.Run("bare "+name, func(t *testing.T) { checkPage(t, execute(t, theme, page.template, page.data)) })
	}
}

func TestValuesAndPointersRenderAlike(t *testing.T) {
	theme, a := defaultTheme(t), sampleArticle()
	if execute(t, theme, "article.html", a) != execute(t, theme, "article.html", *a) {
		t.Error("a value and a pointer to it make different pages")
	}
}

func TestManyPagesAtOnce(t *testing.T) {
	theme, a := defaultTheme(t), sampleArticle()
	want := execute(t, defaultTheme(t), "article.html", a)
	var workers sync.WaitGroup
	for range 8 {
		workers.Go(func() {
			var b bytes.Buffer
			if err := theme.Execute(&b, "article.html", a); err != nil || b.String() != want {
				t.Errorf("a page made beside others differs: %v", err)
			}
		})
	}
	workers.Wait()
}

func writePage(t *testing.T, file, text string) {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// page is what checkPage has seen of a page so far.
type page struct {
	t       *testing.T
	open    []string
	ids     map[string]bool
	refs    []string // ids that are referred to
	heading int      // level of the last heading
	count   map[string]int
}

// checkPage holds a page to the rules a browser would quietly repair: every element closed in its place, ids once,
// headings in order, one h1 and one main, no empty link, no picture without words.
func checkPage(t *testing.T, text string) {
	t.Helper()
	p := &page{t: t, ids: map[string]bool{}, count: map[string]int{}}
	for z := html.NewTokenizer(strings.NewReader(text)); z.Next() != html.ErrorToken; {
		switch token := z.Token(); token.Type {
		case html.SelfClosingTagToken: // of a drawing
			p.start(token)
			p.end(token.Data)
		case html.StartTagToken:
			p.start(token)
		case html.EndTagToken:
			p.end(token.Data)
		case html.TextToken:
			p.words(token.Data)
		}
	}
	for _, tag := range []string{"html", "title", "h1", "main"} {
		if p.count[tag] != 1 {
			t.Errorf("%d <%s>", p.count[tag], tag)
		}
	}
	for _, id := range p.refs {
		if !p.ids[id] {
			t.Errorf("no element has id %q", id)
		}
	}
	if len(p.open) > 0 {
		t.Errorf("left open: %v", p.open)
	}
}

var (
	void    = []string{"meta", "link", "img", "br", "hr", "input", "wbr"}
	trade   = regexp.MustCompile(`(?i)\b(surfaces?|clusters?|entit(y|ies)|cards?|null|nil|undefined|ZgotmplZ)\b`)
	oneWord = map[string]bool{"id": true, "href": true, "src": true, "class": true, "lang": true, "datetime": true, "content": true}
)

func (p *page) start(token html.Token) {
	if token.Data == "title" && slices.Contains(p.open, "svg") {
		token.Data = "svg title"
	}
	p.count[token.Data]++
	if !slices.Contains(void, token.Data) {
		p.open = append(p.open, token.Data)
	}
	if level, ok := strings.CutPrefix(token.Data, "h"); ok && len(level) == 1 && level >= "1" && level <= "6" {
		n := int(level[0] - '0')
		if n > p.heading+1 {
			p.t.Errorf("<h%d> after <h%d>", n, p.heading)
		}
		p.heading = n
	}
	for _, a := range token.Attr {
		p.attribute(token, a)
	}
	if token.Data == "img" && !slices.ContainsFunc(token.Attr, func(a html.Attribute) bool { return a.Key == "alt" }) {
		p.t.Errorf("%s has no alt", token)
	}
}

func (p *page) attribute(token html.Token, a html.Attribute) {
	if oneWord[a.Key] && strings.TrimSpace(a.Val) == "" {
		p.t.Errorf("%s: empty %s", token, a.Key)
	}
	p.words(a.Val)
	switch {
	case a.Key == "id" && p.ids[a.Val]:
		p.t.Errorf("id %q twice", a.Val)
	case a.Key == "id":
		p.ids[a.Val] = true
	case a.Key == "aria-labelledby":
		p.refs = append(p.refs, a.Val)
	case a.Key == "href" && strings.HasPrefix(a.Val, "#"):
		id, err := url.PathUnescape(a.Val[1:])
		if err != nil {
			p.t.Errorf("%s: %v", token, err)
		}
		p.refs = append(p.refs, id)
	case a.Key == "href" && strings.HasPrefix(a.Val, "/"):
		p.t.Errorf("%s does not open from a folder", token)
	}
}

func (p *page) end(tag string) {
	if tag == "title" && slices.Contains(p.open, "svg") {
		tag = "svg title"
	}
	if len(p.open) == 0 || p.open[len(p.open)-1] != tag {
		p.t.Fatalf("</%s> while %v is open", tag, p.open)
	}
	p.open = p.open[:len(p.open)-1]
}

// words reports what a reader should never see.
func (p *page) words(text string) {
	if word := trade.FindString(text); word != "" {
		p.t.Errorf("%q in %q", word, text)
	}
}

func TestEveryYearWithArticlesHasABarAndARow(t *testing.T) {
	text := execute(t, defaultTheme(t), "listing.html", sampleListing())
	want := 0
	for _, bar := range sampleBars() {
		want += min(bar.Count, 1)
	}
	_, chart, _ := strings.Cut(text, `<svg class="chart"`)
	chart, table, _ := strings.Cut(chart, "</svg>")
	table, _, _ = strings.Cut(table, "</table>")
	if bars, rows := strings.Count(chart, "M"), strings.Count(table, "<tr><td>"); bars != want || rows != want {
		t.Errorf("%d bars and %d rows, want %d", bars, rows, want)
	}
}

func TestRelativeLinks(t *testing.T) {
	text := execute(t, defaultTheme(t), "article.html", sampleArticle())
	for _, want := range []string{
		`href="../../../style.css"`, `href="../../../people/kim-jong-il/index.html"`, `href="../../../2002/04.html#d05"`,
		`href="https://www.voanews.com/"`, `href="mailto:archive@example.org"`, `src="../../../articles/2002/04/map.svg"`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s", want)
		}
	}
}

func TestUnsafeAddressesLeadNowhere(t *testing.T) {
	a := sampleArticle()
	a.Source.URL = "javascript:alert(1)"
	if text := execute(t, defaultTheme(t), "article.html", a); strings.Contains(text, "javascript:") {
		t.Error("a script stands in a link")
	}
}

func TestWithheldArticleSaysWhereToReadIt(t *testing.T) {
	a := sampleArticle()
	a.Withheld, a.Body, a.Figures = true, "", nil
	text := execute(t, defaultTheme(t), "article.html", a)
	if !strings.Contains(text, `<a href="https://www.voanews.com/">Read it where it was published</a>`) {
		t.Error("no way to the source")
	}
}

// An article page is to weigh little beside its text, since an archive has a million of them.
func TestWeight(t *testing.T) {
	a := sampleArticle()
	a.Body = template.HTML("")
	if n := len(execute(t, defaultTheme(t), "article.html", a)); n > 8<<10 {
		t.Errorf("an article page weighs %d bytes without its text", n)
	}
}

// The usual article has no figures, corrections, deck, page or removed lines; the full one has everything.
func BenchmarkArticle(b *testing.B) {
	usual := sampleArticle()
	usual.Figures, usual.Corrections, usual.Removed, usual.Deck, usual.PrintPage, usual.Edition = nil, nil, nil, "", "", ""
	usual.Genre, usual.DateNote, usual.Modified, usual.Dateline = "", "", Date{}, ""
	b.Run("usual", func(b *testing.B) { benchmark(b, "article.html", usual) })
	b.Run("full", func(b *testing.B) { benchmark(b, "article.html", sampleArticle()) })
}

func BenchmarkListing(b *testing.B) {
	listing := sampleListing()
	for len(listing.Items) < 100 {
		listing.Items = append(listing.Items, listing.Items...)
	}
	listing.Items = listing.Items[:100]
	benchmark(b, "listing.html", listing)
}

func benchmark(b *testing.B, name string, data any) {
	theme := defaultTheme(b)
	var page bytes.Buffer
	b.ReportAllocs()
	for b.Loop() {
		page.Reset()
		if err := theme.Execute(&page, name, data); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(page.Len()))
}
