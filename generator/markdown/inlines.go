package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"broadsheet/generator/news"
)

func (w *walker) inlines(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if t, is := n.(*ast.Text); is {
			n = w.textRun(t)
			continue
		}
		w.inline(n)
	}
}

func (w *walker) inline(n ast.Node) {
	if n.Kind() != ast.KindRawHTML {
		w.breakLine()
	}
	switch n := n.(type) {
	case *ast.Emphasis:
		if n.Level == 2 {
			w.phrase(n, "<strong>", "</strong>")
		} else {
			w.phrase(n, "<em>", "</em>")
		}
	case *extast.Strikethrough:
		w.phrase(n, "<del>", "</del>")
	case *ast.CodeSpan:
		w.codeSpan(n)
	case *ast.Link:
		w.link(n)
	case *ast.AutoLink:
		w.autoLink(n)
	case *ast.Image:
		w.image(n)
	case *ast.RawHTML:
		w.rawHTML(n)
	case *ast.String:
		w.say(n.Value, !n.IsRaw())
	case *extast.FootnoteLink:
		w.noteLink(n)
	case *extast.FootnoteBacklink:
		w.backlink(n)
	case *extast.TaskCheckBox:
		w.checkBox(n)
	}
}

// textRun writes the text of n and of the texts right after it, which the parser cut apart where markup might have
// begun, and returns the last of them.
func (w *walker) textRun(n *ast.Text) ast.Node {
	segment := n.Segment
	for !n.SoftLineBreak() && !n.HardLineBreak() {
		next, is := n.NextSibling().(*ast.Text)
		if !is || next.Segment.Start != segment.Stop || next.Segment.Padding > 0 || next.IsRaw() != n.IsRaw() {
			break
		}
		n, segment.Stop = next, next.Segment.Stop
	}
	w.say(segment.Value(w.src), !n.IsRaw())
	switch {
	case n.HardLineBreak():
		w.newline(hardBreak)
	case n.SoftLineBreak():
		w.newline(softBreak)
	}
	return n
}

// say writes words; as Markdown they have escapes and entities resolved.
func (w *walker) say(s []byte, asMarkdown bool) {
	if w.hidden != "" {
		w.unseen = append(w.unseen, s...)
		return
	}
	if len(s) == 0 {
		return
	}
	w.breakLine()
	start := len(w.text)
	if asMarkdown {
		w.text = appendPlain(w.text, s)
	} else {
		w.text = append(w.text, s...)
	}
	blankControls(w.text[start:])
	if !w.anchored {
		w.bareLinks(start)
	}
}

// newline puts off a line break until words follow, so that no block ends in one.
func (w *walker) newline(b lineBreak) {
	if w.hidden != "" {
		w.unseen = append(w.unseen, '\n')
		return
	}
	w.due = max(w.due, b)
}

// lineBreak is one that is due before the next words.
type lineBreak uint8

const (
	noBreak lineBreak = iota
	softBreak
	hardBreak // shown: <br>
)

// breakLine writes the line break that is due. Blocks do not begin with one, and it never makes a blank line.
func (w *walker) breakLine() {
	due := w.due
	w.due = noBreak
	n := len(w.text)
	if due == noBreak || n == w.parted || w.text[n-1] == '\n' {
		return
	}
	if due == hardBreak {
		w.alone(phrase, "<br>")
	}
	w.text = append(w.text, '\n')
}

func (w *walker) phrase(n ast.Node, start, end string) {
	opened := w.open(phrase, start)
	w.inlines(n)
	w.close(opened, end)
}

// codeSpan is text on one line, every character as written.
func (w *walker) codeSpan(n *ast.CodeSpan) {
	was := w.anchored
	w.anchored = true
	opened := w.open(still, "<code>")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, is := c.(*ast.Text); is {
			w.say(bytes.ReplaceAll(t.Segment.Value(w.src), []byte("\n"), []byte(" ")), false)
		}
	}
	w.close(opened, "</code>")
	w.anchored = was
}

func (w *walker) link(n *ast.Link) {
	to := &target{url: plain(n.Destination), title: plain(n.Title)}
	switch {
	case to.url == "":
		w.inlines(n)
	case !safe(to.url, false):
		w.drop(w.line(n.Pos()), to.url, RuleLink)
		w.inlines(n)
	default:
		w.anchor(to, func() { w.inlines(n) })
	}
}

func (w *walker) autoLink(n *ast.AutoLink) {
	url := string(n.URL(w.src))
	if n.AutoLinkType == ast.AutoLinkEmail {
		url = "mailto:" + url
	}
	if !safe(url, false) {
		w.drop(w.line(n.Pos()), url, RuleLink)
		w.say(n.Label(w.src), false)
		return
	}
	w.anchor(&target{url: url}, func() { w.say(n.Label(w.src), false) })
}

// anchor writes a link around what words writes.
func (w *walker) anchor(to *target, words func()) {
	was := w.anchored
	w.anchored = true
	opened := w.open(anchor, "")
	w.marks[opened].to = to
	words()
	w.close(opened, "")
	w.anchored = was
	w.links = append(w.links, to.url)
}

func (w *walker) image(n *ast.Image) {
	to := &target{url: plain(n.Destination), title: plain(n.Title), alt: string(w.alt(nil, n)), linked: w.anchored}
	switch {
	case w.hidden != "":
		w.unseen = append(w.unseen, to.alt...)
	case to.url == "":
		w.say([]byte(to.alt), false)
	case !safe(to.url, true):
		w.drop(w.line(n.Pos()), to.url, RuleLink)
		w.say([]byte(to.alt), false)
	default:
		w.alone(picture, "")
		w.marks[len(w.marks)-1].to = to
		w.images = append(w.images, news.Image{File: to.url, Alt: to.alt, Caption: to.title})
	}
}

// alt appends the words that stand for a picture.
func (w *walker) alt(dst []byte, parent ast.Node) []byte {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			dst = appendPlain(dst, n.Segment.Value(w.src))
			if n.SoftLineBreak() || n.HardLineBreak() {
				dst = append(dst, ' ')
			}
		case *ast.AutoLink:
			dst = append(dst, n.Label(w.src)...)
		default:
			dst = w.alt(dst, n)
		}
	}
	blankControls(dst)
	return dst
}

func (w *walker) checkBox(n *extast.TaskCheckBox) {
	if n.IsChecked {
		w.say([]byte("☑ "), false)
	} else {
		w.say([]byte("☐ "), false)
	}
}
