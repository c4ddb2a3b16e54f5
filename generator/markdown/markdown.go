// Package markdown reads the body of an article: Markdown to the plain text a reader sees, and to HTML with links put
// at offsets into that text.
//
// The Markdown is CommonMark with tables, strikethrough, footnotes, definition lists and task lists; a bare URL in the
// words becomes a link. Smart punctuation is off: what is printed is what was written.
//
// # Text
//
// Every block that holds words (a paragraph, a heading, a list item, a table cell, a block of code) is parted from the
// next by one blank line; a line break inside a block, soft or hard, is one "\n". Markup, the text that stands for a
// picture, and the numbers of footnotes are no part of it; footnotes come last. Other control characters than "\n" and
// "\t" read as blanks.
//
// # HTML
//
// A headline is the page's h1, so the body's highest headings are h2 and the lower ones follow. An id is given to a heading only
// where the author gives one: ## Sources {#sources}. Columns are aligned by the classes left, right and center; there
// is no inline style. Links lead only to relative places, http, https, ftp, mailto, tel, news, gopher and geo, pictures
// may be data: images too; of any other link the words alone remain. Taking the tags out of the HTML gives Text, but
// for the numbers and arrows of footnotes and the words of pictures shown as links.
//
// # What is dropped
//
// HTML tags and comments go and the words between them stay, parted where the tags part them; <script> and <style> go
// with what is in them. Hugo's shortcodes, {{< >}} and {{% %}}, go and what they enclose stays; a backslash before the
// braces keeps one as it is. Dropped has every one of these.
package markdown

import (
	"bytes"
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"

	"broadsheet/generator/news"
)

// Rules, as Dropped names them.
const (
	RuleHTML      = "raw HTML"
	RuleScript    = "script or style"
	RuleShortcode = "shortcode"
	RuleLink      = "unsafe link"
)

// Document is one body of Markdown, read. It does not change, and any number of goroutines may use it.
type Document struct {
	text    string
	marks   []mark
	lede    string
	dropped []news.Removal
	images  []news.Image
	links   []string
	anchors []string
}

// goldmark's parser holds no state of a document and may be shared.
var commonmark = goldmark.New(
	goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Footnote, extension.DefinitionList, extension.TaskList),
	goldmark.WithParserOptions(parser.WithHeadingAttribute()),
).Parser()

// Parse reads src. Anything is Markdown, so nothing can go wrong.
func Parse(src []byte) *Document {
	src, dropped := withoutShortcodes(normal(src))
	return read(src, parse(src), dropped)
}

// read goes through the pieces of a source.
func read(src []byte, pieces []piece, dropped []news.Removal) *Document {
	w := &walker{
		whole:   src,
		text:    make([]byte, 0, len(src)),
		marks:   make([]mark, 0, 16+len(src)/64),
		dropped: dropped,
		highest: highestHeading(pieces),
	}
	for i := range pieces {
		w.piece(&pieces[i])
	}
	return w.document()
}

// highestHeading is the level of a body's highest heading, 6 where it has none.
func highestHeading(pieces []piece) int {
	highest := 6
	for i := range pieces {
		if pieces[i].plain {
			continue
		}
		_ = ast.Walk(pieces[i].root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			if h, ok := n.(*ast.Heading); ok {
				highest = min(highest, h.Level)
			}
			if entering && n.Type() == ast.TypeInline {
				return ast.WalkSkipChildren, nil
			}
			return ast.WalkContinue, nil
		})
	}
	return highest
}

// normal is src in valid UTF-8 with lines that end in "\n".
func normal(src []byte) []byte {
	if bytes.IndexByte(src, '\r') >= 0 {
		src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
		src = bytes.ReplaceAll(src, []byte("\r"), []byte("\n"))
	}
	if !utf8.Valid(src) {
		src = bytes.ToValidUTF8(src, []byte("\uFFFD"))
	}
	return src
}

// document is what was walked.
func (w *walker) document() *Document {
	w.show()
	if len(w.text) == w.parted {
		w.text = bytes.TrimSuffix(w.text, parting)
	}
	for i := len(w.marks) - 1; i >= 0 && w.marks[i].at > len(w.text); i-- {
		w.marks[i].at = len(w.text)
	}
	slices.SortStableFunc(w.dropped, func(a, b news.Removal) int { return cmp.Compare(a.Line, b.Line) })
	return &Document{
		text: string(w.text), marks: w.marks, lede: w.lede, dropped: w.dropped,
		images: w.images, links: w.links, anchors: w.anchors,
	}
}

// Text is the plain text a reader sees; offsets of mentions are into it.
func (d *Document) Text() string { return d.text }

// Lede is the text of the first paragraph that stands in no list, quotation or table and holds a letter or digit, on
// one line; "" when there is none.
func (d *Document) Lede() string { return d.lede }

// Dropped lists what of the source is neither in Text nor in the HTML, by line. Lines are 1-based in the source.
func (d *Document) Dropped() []news.Removal { return d.dropped }

// Images lists the pictures shown, in order. File is as the author wrote it, a path or a URL; a title is the Caption.
func (d *Document) Images() []news.Image { return d.images }

// Links lists where the author's links lead, in order, as written; bare URLs and mail addresses are among them.
func (d *Document) Links() []string { return d.links }

// Anchors lists the ids the author gave to headings, in order.
func (d *Document) Anchors() []string { return d.anchors }
