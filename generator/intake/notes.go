package intake

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Footnotes are made of links within the page: what a short link leads to, further down, is a note, and what leads from
// the note back to the text goes. Other links within the page lead nowhere in Markdown, and only their words stay.

// The elements that stand for a mark in the text and for its note until they are Markdown; their label is an attribute.
const (
	noteMark = "note-mark"
	noteText = "note-text"
)

// longestMark, in characters, is what a mark in the text may have: "[12]", "**".
const longestMark = 4

// settleNotes makes footnotes of a page's.
func settleNotes(body *html.Node) {
	targets, place := map[string]*html.Node{}, map[*html.Node]int{}
	var links []*html.Node
	for n := range body.Descendants() {
		place[n] = len(place)
		for _, key := range []string{"id", "name"} {
			if name := attribute(n, key); name != "" && targets[name] == nil {
				targets[name] = n
			}
		}
		if n.DataAtom == atom.A && strings.HasPrefix(attribute(n, "href"), "#") {
			links = append(links, n)
		}
	}
	var notes []*html.Node
	labels := map[*html.Node]int{} // of the notes, from 1
	for _, link := range links {
		note := noteOf(targets[strings.TrimPrefix(attribute(link, "href"), "#")])
		isMark := utf8.RuneCountInString(strings.TrimSpace(visible(link))) <= longestMark
		switch {
		case isMark && inNote(link, labels):
			link.Parent.RemoveChild(link)
		case isMark && note != nil && place[note] > place[link]: // so the link is not in it
			if labels[note] == 0 {
				notes = append(notes, note)
				labels[note] = len(notes)
			}
			link.Data, link.DataAtom, link.FirstChild, link.LastChild = noteMark, 0, nil, nil
			link.Attr = []html.Attribute{{Key: "label", Val: strconv.Itoa(labels[note])}}
		default:
			unwrap(link)
		}
	}
	for i, note := range notes {
		moveNote(body, note, i+1)
	}
}

// inNote reports whether a node is in one of the notes.
func inNote(n *html.Node, labels map[*html.Node]int) bool {
	for ; n != nil; n = n.Parent {
		if labels[n] > 0 {
			return true
		}
	}
	return false
}

// noteOf is the block that a target begins; nil for none that can be a note.
func noteOf(target *html.Node) *html.Node {
	for n := target; n != nil; n = n.Parent {
		switch n.DataAtom {
		case atom.Li, atom.P, atom.Dd:
			return n
		case atom.Div, atom.Aside:
			if n == target {
				return n
			}
			return nil
		}
	}
	return nil
}

// moveNote puts a note at the end of the page, and takes its list away where it was the last in it.
func moveNote(body, note *html.Node, label int) {
	list := note.Parent
	if list == nil { // inside another note
		return
	}
	list.RemoveChild(note)
	if list != body && list.Parent != nil && strings.TrimSpace(visible(list)) == "" {
		list.Parent.RemoveChild(list)
	}
	text := &html.Node{Type: html.ElementNode, Data: noteText, Attr: []html.Attribute{{Key: "label", Val: strconv.Itoa(label)}}}
	for note.FirstChild != nil {
		child := note.FirstChild
		note.RemoveChild(child)
		text.AppendChild(child)
	}
	body.AppendChild(text)
}

// unwrap puts the children of an element in its place.
func unwrap(n *html.Node) {
	for n.FirstChild != nil {
		child := n.FirstChild
		n.RemoveChild(child)
		n.Parent.InsertBefore(child, n)
	}
	n.Parent.RemoveChild(n)
}

// registerNotes writes marks and notes as Markdown has them.
func registerNotes(c *converter.Converter) {
	c.Register.RendererFor(noteMark, converter.TagTypeInline, func(_ converter.Context, w converter.Writer, n *html.Node) converter.RenderStatus {
		w.WriteString("[^" + attribute(n, "label") + "]")
		return converter.RenderSuccess
	}, converter.PriorityEarly)
	c.Register.RendererFor(noteText, converter.TagTypeBlock, func(ctx converter.Context, w converter.Writer, n *html.Node) converter.RenderStatus {
		var words strings.Builder
		ctx.RenderChildNodes(ctx, &words, n)
		w.WriteString("\n\n[^" + attribute(n, "label") + "]: " + strings.ReplaceAll(strings.TrimSpace(words.String()), "\n", "\n    ") + "\n\n")
		return converter.RenderSuccess
	}, converter.PriorityEarly)
}
