package intake

import (
	"net/url"
	"strings"
	"unicode"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// newConverter makes Markdown of HTML. The library's own escaping is off: it does not know the marks that articles have
// beyond CommonMark, and lets some of a quotation through.
func newConverter() *converter.Converter {
	c := converter.NewConverter(converter.WithEscapeMode(converter.EscapeModeDisabled), converter.WithPlugins(
		base.NewBasePlugin(), commonmark.NewCommonmarkPlugin(), strikethrough.NewStrikethroughPlugin(),
		table.NewTablePlugin(table.WithHeaderPromotion(true)),
	))
	registerNotes(c)
	c.Register.TextTransformer(func(_ converter.Context, words string) string { return escape(words) }, converter.PriorityEarly)
	return c
}

// markdown is the record's HTML as Markdown that holds all its words, with the links of pictures that were found
// leading to them.
func (c *composer) markdown(d *draft) (string, error) {
	body, err := fragment(d.Body)
	if err != nil {
		return "", err
	}
	c.settle(body, d)
	words := visible(body)
	out, err := c.convert.ConvertNode(body)
	if err != nil {
		return "", err
	}
	text := shortcodes.Replace(string(out))
	if lost := missingFrom(text, words); lost != "" {
		d.warn("words near " + lost + " were lost on the way to Markdown")
	}
	return text, nil
}

// shortcodes keeps braces that are left, in code, from being read as a shortcode. The backslash shows: better than that
// the words do not.
var shortcodes = strings.NewReplacer("{{<", `\{{<`, "{{%", `\{{%`)

// fragment parses what stands in a page's body.
func fragment(src string) (*html.Node, error) {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(src), body)
	for _, n := range nodes {
		body.AppendChild(n)
	}
	return body, err
}

// settle makes the tree fit for Markdown, with what a browser would show: an embedded frame becomes a link to what it
// shows, pictures lead to where they will lie, and powers and quotation marks are characters.
func (c *composer) settle(body *html.Node, d *draft) {
	settleNotes(body)
	from, _ := url.Parse(d.Base)
	for n := range body.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Sup:
			raise(n)
		case atom.Q:
			n.InsertBefore(&html.Node{Type: html.TextNode, Data: "“"}, n.FirstChild)
			n.AppendChild(&html.Node{Type: html.TextNode, Data: "”"})
		case atom.Table:
			settleCaption(n)
		case atom.Figure:
			settleFigure(n)
		case atom.Iframe, atom.Embed, atom.Video, atom.Audio, atom.Source:
			frameToLink(n)
		case atom.Img:
			c.link(n, "src", from, d)
		case atom.A:
			c.link(n, "href", from, d)
		}
	}
}

// raised are the digits of a power.
var raised = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")

// raise keeps a power from being read as part of its number: 10⁶ is not 106.
func raise(n *html.Node) {
	if words := n.FirstChild; words != nil && words.Type == html.TextNode && words.NextSibling == nil && strings.Trim(words.Data, "0123456789") == "" {
		words.Data = raised.Replace(words.Data)
	}
}

// settleCaption makes the caption of a table a paragraph before it.
func settleCaption(table *html.Node) {
	for n := range table.ChildNodes() {
		if n.DataAtom == atom.Caption && table.Parent != nil {
			table.RemoveChild(n)
			n.Data, n.DataAtom = "p", atom.P
			table.Parent.InsertBefore(n, table)
			return
		}
	}
}

// settleFigure makes a paragraph of a picture with its caption, which stands below it in italics: it is no paragraph of the story.
func settleFigure(figure *html.Node) {
	var words *html.Node
	pictures := false
	for n := range figure.Descendants() {
		switch n.DataAtom {
		case atom.Img:
			pictures = true
		case atom.Figcaption:
			words = n
		}
	}
	if words == nil || !pictures || strings.TrimSpace(visible(words)) == "" {
		return
	}
	for n := range words.Descendants() {
		switch n.DataAtom {
		case atom.P, atom.Div, atom.Em, atom.I:
			n.Data, n.DataAtom = "span", atom.Span
		}
	}
	figure.Data, figure.DataAtom = "p", atom.P
	words.Data, words.DataAtom = "em", atom.Em
	words.Parent.InsertBefore(&html.Node{Type: html.ElementNode, Data: "br", DataAtom: atom.Br}, words)
}

func frameToLink(n *html.Node) {
	src := attribute(n, "src")
	if src == "" {
		return
	}
	if n.DataAtom == atom.Iframe || n.DataAtom == atom.Embed || n.DataAtom == atom.Source {
		n.FirstChild, n.LastChild = nil, nil
	}
	n.Data, n.DataAtom = "a", atom.A
	n.Attr = []html.Attribute{{Key: "href", Val: src}}
	if n.FirstChild == nil {
		n.AppendChild(&html.Node{Type: html.TextNode, Data: src})
	}
}

// link settles where one link leads.
func (c *composer) link(n *html.Node, key string, from *url.URL, d *draft) {
	for i := range n.Attr {
		a := &n.Attr[i]
		if a.Key != key || strings.HasPrefix(a.Val, "data:") || strings.HasPrefix(a.Val, "#") {
			continue
		}
		target, err := url.Parse(strings.TrimSpace(a.Val))
		if err != nil {
			continue
		}
		if place, found := c.media.find(target, from, &d.Record); found {
			d.Media = append(d.Media, place)
			a.Val = place.from(d.Folder)
			continue
		}
		c.report(n.DataAtom, target, from, d)
		if from != nil && from.Host != "" {
			a.Val = from.ResolveReference(target).String()
		}
	}
}

// report lists a picture, or a file that was uploaded, that should have been found.
func (c *composer) report(kind atom.Atom, target, from *url.URL, d *draft) {
	if !sameSite(target, from) || kind == atom.A && !strings.Contains(target.Path, "/uploads/") {
		return
	}
	d.Missing++
	if c.media.Dir != "" {
		d.warn("the picture or file " + target.String() + " is not in " + c.media.Dir)
	}
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// silent elements hold no words that a reader sees.
var silent = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Head: true, atom.Template: true, atom.Textarea: true,
}

// visible is the words of a tree.
func visible(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
			b.WriteByte(' ')
		}
		for child := n.FirstChild; child != nil && !silent[n.DataAtom]; child = child.NextSibling {
			walk(child)
		}
	}
	walk(n)
	return b.String()
}

// missingFrom is the first part of words whose letters do not follow each other in text, which may hold more; "" when
// all is there.
func missingFrom(text, words string) string {
	const shown = 20
	rest := text
	for i, c := range words {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			continue
		}
		at := strings.IndexRune(rest, c)
		if at < 0 {
			return `"` + string([]rune(words[i:min(len(words), i+4*shown)])[:min(shown, len([]rune(words[i:min(len(words), i+4*shown)])))]) + `"`
		}
		rest = rest[at+len(string(c)):]
	}
	return ""
}

// plain is HTML as words on one line.
func plain(src string) string {
	if !strings.ContainsAny(src, "<&") {
		return strings.Join(strings.Fields(src), " ")
	}
	body, err := fragment(src)
	if err != nil {
		return src
	}
	return strings.Join(strings.Fields(visible(body)), " ")
}
