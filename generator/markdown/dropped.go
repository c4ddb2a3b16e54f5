package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"
)

// rawHTML drops one tag or comment among words.
func (w *walker) rawHTML(n *ast.RawHTML) {
	raw := string(n.Segments.Value(w.src))
	line := w.line(n.Segments.At(0).Start)
	name, closing := tagName(raw)
	switch {
	case w.hidden != "":
		w.unseen = append(w.unseen, raw...)
		if closing && name == w.hidden {
			w.show()
		}
	case !closing && (name == "script" || name == "style"):
		w.hide(name, line, raw)
	default:
		w.drop(line, raw, RuleHTML)
		if partsWords(name) {
			w.newline(hardBreak)
		}
	}
}

// hide begins an element whose content goes with it.
func (w *walker) hide(name string, line int, tag string) {
	w.hidden, w.unseenAt, w.unseen = name, line, []byte(tag)
}

// show ends what hide began, and puts it on record. An element no one closed ends with its block.
func (w *walker) show() {
	if w.hidden != "" {
		w.drop(w.unseenAt, string(w.unseen), RuleScript)
		w.hidden, w.unseen = "", nil
	}
}

// tagName is the name in a tag, in lower case; "" for a comment.
func tagName(tag string) (name string, closing bool) {
	tag = strings.TrimPrefix(tag, "<")
	tag, closing = strings.CutPrefix(tag, "/")
	end := strings.IndexFunc(tag, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '-')
	})
	return strings.ToLower(tag[:max(end, 0)]), closing
}

// partsWords reports whether a reader sees what stands before and after the tag as apart: <br>, <p>, <td>, but not <b>.
func partsWords(name string) bool {
	switch name {
	case "", "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
		"img", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
		"strong", "sub", "sup", "time", "tt", "u", "var", "wbr":
		return false
	}
	return true
}

// htmlBlock writes the words of a block of HTML as paragraphs and drops its tags.
func (w *walker) htmlBlock(n *ast.HTMLBlock) {
	source, line := w.htmlLines(n)
	p := looseText{w: w, opened: -1}
	tags := html.NewTokenizer(bytes.NewReader(source))
	for at := 0; at < len(source); {
		kind := tags.Next()
		raw := tags.Raw()
		if kind == html.ErrorToken {
			raw = source[at:]
		}
		w.htmlToken(&p, tags, kind, string(raw), line)
		at += len(raw)
		line += bytes.Count(raw, []byte("\n"))
	}
	p.end()
	w.show()
}

func (w *walker) htmlLines(n *ast.HTMLBlock) (source []byte, line int) {
	source = n.Lines().Value(w.src)
	if n.HasClosure() {
		source = append(source[:len(source):len(source)], n.ClosureLine.Value(w.src)...)
	}
	return source, w.line(n.Lines().At(0).Start)
}

func (w *walker) htmlToken(p *looseText, tags *html.Tokenizer, kind html.TokenType, raw string, line int) {
	name, closing := tagName(raw)
	switch {
	case w.hidden != "":
		w.unseen = append(w.unseen, raw...)
		if kind == html.EndTagToken && closing && name == w.hidden {
			w.show()
		}
	case kind == html.TextToken:
		p.say(tags.Text())
	case kind == html.StartTagToken && (name == "script" || name == "style"):
		p.end()
		w.hide(name, line, raw)
	default:
		if strings.TrimSpace(raw) != "" {
			w.drop(line, strings.TrimRight(raw, "\n"), RuleHTML)
		}
		tags.NextIsNotRawText()
		if partsWords(name) {
			p.part(name)
		}
	}
}

// looseText writes words that stand in no Markdown as paragraphs.
type looseText struct {
	w      *walker
	opened int // mark of the open paragraph; -1 when there is none
}

// say writes text; a blank line in it ends the paragraph.
func (p *looseText) say(text []byte) {
	lines := bytes.Split(text, []byte("\n"))
	for i, line := range lines {
		blank := len(bytes.TrimSpace(line)) == 0
		switch {
		case i > 0 && blank && i < len(lines)-1:
			p.end()
			continue
		case i > 0:
			p.w.newline(softBreak)
			line = bytes.TrimLeft(line, " \t")
		}
		if i < len(lines)-1 {
			line = bytes.TrimRight(line, " \t")
		}
		if !blank || p.opened >= 0 {
			p.begin()
			p.w.say(line, false)
		}
	}
}

func (p *looseText) begin() {
	if p.opened < 0 {
		p.w.part()
		p.opened = p.w.open(block, "<p>")
	}
}

func (p *looseText) end() {
	if p.opened >= 0 {
		p.w.close(p.opened, "</p>")
		p.opened = -1
	}
}

// part ends the paragraph, or the line where the tag is a line break.
func (p *looseText) part(name string) {
	if name == "br" {
		p.w.newline(hardBreak)
	} else {
		p.end()
	}
}
