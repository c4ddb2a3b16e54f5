package markdown

import (
	"bytes"
	"sort"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"broadsheet/generator/news"
)

// walker goes once through a parsed document and writes down its text and marks.
type walker struct {
	whole   []byte
	at      int    // offset of the piece at hand
	src     []byte // it
	text    []byte
	marks   []mark
	parted  int // length of the text when a blank line last ended it
	anchors []string
	lede    string
	dropped []news.Removal
	images  []news.Image
	links   []string

	anchored bool // inside an author's link or code: a bare URL stays bare
	due      lineBreak
	hidden   string // "script" or "style" while inside one
	unseen   []byte // it, as far as it was read
	unseenAt int    // the line it began on
	highest  int    // level of the body's highest heading
	ids      map[string]bool
	lines    []int // offsets of the line ends of src, once asked for
}

var parting = []byte("\n\n")

// part ends the block before with a blank line.
func (w *walker) part() {
	w.due = noBreak
	w.show()
	if len(w.text) > w.parted {
		w.text = append(w.text, parting...)
		w.parted = len(w.text)
	}
}

// open writes the start of an element and returns its mark, for close.
func (w *walker) open(k kind, tag string) int {
	i := len(w.marks)
	w.marks = append(w.marks, mark{at: len(w.text), pair: i, kind: k, tag: tag})
	return i
}

func (w *walker) close(opened int, tag string) {
	i := len(w.marks)
	w.marks[opened].pair = i
	w.marks = append(w.marks, mark{at: len(w.text), pair: opened, kind: w.marks[opened].kind, tag: tag})
}

// alone writes what has no end: <hr>.
func (w *walker) alone(k kind, tag string) { w.open(k, tag) }

func (w *walker) blocks(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		w.block(n)
	}
}

// within writes an element with the blocks of n in it.
func (w *walker) within(n ast.Node, start, end string) {
	w.part()
	opened := w.open(block, start)
	w.blocks(n)
	w.close(opened, end)
}

// words writes an element with the inlines of n in it.
func (w *walker) words(n ast.Node, k kind, start, end string) {
	w.part()
	opened := w.open(k, start)
	w.inlines(n)
	w.close(opened, end)
}

func (w *walker) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph:
		w.paragraph(n.Parent().Kind() == ast.KindDocument, func() { w.inlines(n) })
	case *ast.TextBlock:
		w.part()
		w.inlines(n)
	case *ast.Heading:
		w.heading(n)
	case *ast.Blockquote:
		w.within(n, "<blockquote>", "</blockquote>")
	case *ast.List:
		w.list(n)
	case *ast.ListItem:
		w.within(n, "<li>", "</li>")
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		w.codeBlock(n)
	case *ast.HTMLBlock:
		w.htmlBlock(n)
	case *ast.ThematicBreak:
		w.part()
		w.alone(block, "<hr>\n")
	default:
		w.extendedBlock(n)
	}
}

// extendedBlock is a block CommonMark does not know.
func (w *walker) extendedBlock(n ast.Node) {
	switch n := n.(type) {
	case *extast.Table:
		w.table(n)
	case *extast.TableRow:
		w.within(n, "<tr>", "</tr>")
	case *extast.TableCell:
		w.cell(n)
	case *extast.DefinitionList:
		w.within(n, "<dl>", "</dl>")
	case *extast.DefinitionTerm:
		w.words(n, block, "<dt>", "</dt>")
	case *extast.DefinitionDescription:
		w.within(n, "<dd>", "</dd>")
	case *extast.FootnoteList:
		w.within(n, `<section class="footnotes" role="doc-endnotes"><ol>`, "</ol></section>")
	case *extast.Footnote:
		w.within(n, `<li id="fn-`+strconv.Itoa(n.Index)+`">`, "</li>")
	case *extast.FootnoteBacklink:
		w.backlink(n)
	}
}

// paragraph writes <p> with what words writes in it, and nothing where that is nothing. The first that stands in no other
// block and has words is the lede.
func (w *walker) paragraph(outermost bool, words func()) {
	w.part()
	start, opened := len(w.text), w.open(block, "<p>")
	words()
	if len(w.marks) == opened+1 && len(w.text) == start {
		w.marks = w.marks[:opened]
		return
	}
	w.close(opened, "</p>")
	if outermost && w.lede == "" {
		w.lede = lede(w.text[start:])
	}
}

// lede is a paragraph on one line, or "" where it has neither letter nor digit.
func lede(paragraph []byte) string {
	if bytes.IndexFunc(paragraph, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0 {
		return ""
	}
	return strings.ReplaceAll(string(bytes.TrimSpace(paragraph)), "\n", " ")
}

var headings = [...][2]string{
	{"<h2", "</h2>"}, {"<h3", "</h3>"}, {"<h4", "</h4>"}, {"<h5", "</h5>"}, {"<h6", "</h6>"}, {"<h6", "</h6>"},
}

func (w *walker) heading(n *ast.Heading) {
	tags := headings[n.Level-w.highest]
	start := tags[0]
	if id := w.headingID(n); id != "" {
		start += ` id="` + string(appendAttribute(nil, id)) + `"`
	}
	w.words(n, still, start+">", tags[1])
}

// headingID is the id the author gave to a heading; "" where it cannot be one or stands on the page already.
func (w *walker) headingID(n *ast.Heading) string {
	value, _ := n.AttributeString("id")
	given, _ := value.([]byte)
	id := string(given)
	note := strings.HasPrefix(id, "fn-") || strings.HasPrefix(id, "fnref-")
	if id == "" || note || w.ids[id] || strings.ContainsFunc(id, unicode.IsSpace) {
		return ""
	}
	if w.ids == nil {
		w.ids = map[string]bool{}
	}
	w.ids[id] = true
	w.anchors = append(w.anchors, id)
	return id
}

func (w *walker) list(n *ast.List) {
	switch {
	case !n.IsOrdered():
		w.within(n, "<ul>", "</ul>")
	case n.Start == 1:
		w.within(n, "<ol>", "</ol>")
	default:
		w.within(n, `<ol start="`+strconv.Itoa(n.Start)+`">`, "</ol>")
	}
}

func (w *walker) codeBlock(n ast.Node) {
	w.part()
	opened := w.open(still, "<pre><code>")
	start := len(w.text)
	for _, line := range n.Lines().Sliced(0, n.Lines().Len()) {
		w.text = append(w.text, line.Value(w.src)...)
	}
	code := bytes.TrimSuffix(w.text[start:], newline)
	blankControls(code)
	w.text = w.text[:start+len(code)]
	w.close(opened, "</code></pre>")
}

func (w *walker) table(n *extast.Table) {
	w.part()
	table := w.open(block, "<table>")
	row := n.FirstChild()
	if head, is := row.(*extast.TableHeader); is {
		w.within(head, "<thead><tr>", "</tr></thead>")
		row = row.NextSibling()
	}
	if row != nil {
		body := w.open(block, "<tbody>")
		for ; row != nil; row = row.NextSibling() {
			w.block(row)
		}
		w.close(body, "</tbody>")
	}
	w.close(table, "</table>")
}

func (w *walker) cell(n *extast.TableCell) {
	start, end := "<td", "</td>"
	if n.Parent().Kind() == extast.KindTableHeader {
		start, end = "<th", "</th>"
	}
	if n.Alignment != extast.AlignNone {
		start += ` class="` + n.Alignment.String() + `"`
	}
	w.words(n, block, start+">", end)
}

// noteID is the id of the place that refers to a footnote.
func noteID(index, ref int) string {
	id := "fnref-" + strconv.Itoa(index)
	if ref > 0 {
		id += "-" + strconv.Itoa(ref+1)
	}
	return id
}

func (w *walker) noteLink(n *extast.FootnoteLink) {
	i := strconv.Itoa(n.Index)
	w.alone(block, `<sup id="`+noteID(n.Index, n.RefIndex)+`"><a href="#fn-`+i+`" class="note" role="doc-noteref">`+i+`</a></sup>`)
}

func (w *walker) backlink(n *extast.FootnoteBacklink) {
	w.alone(block, ` <a href="#`+noteID(n.Index, n.RefIndex)+`" class="back" role="doc-backlink">↩</a>`)
}

// line is the 1-based line of an offset into the piece.
func (w *walker) line(offset int) int {
	if w.lines == nil {
		w.lines = make([]int, 0, 64) // not nil, even where the source is one line
		for i, c := range w.whole {
			if c == '\n' {
				w.lines = append(w.lines, i)
			}
		}
	}
	return 1 + sort.SearchInts(w.lines, w.at+offset)
}

func (w *walker) drop(line int, text, rule string) {
	w.dropped = append(w.dropped, news.Removal{Line: line, Text: text, Rule: rule})
}
