package markdown

import (
	"slices"

	"github.com/yuin/goldmark/util"

	"broadsheet/generator/news"
)

// A document is kept as its text and the marks that stand in it, so that the HTML is the text with the marks written
// at their places: both come from one walk, and an offset into the one is a place in the other.
type mark struct {
	at   int // offset in the text before which it stands
	pair int // index of the mark that closes it or that it closes; its own when it stands alone
	kind kind
	tag  string
	to   *target // of an anchor or a picture; its tag is empty
}

type kind uint8

const (
	phrase  kind = iota // emphasis and the like, a line break: may stand inside a link
	block               // ends what a link can go around
	still               // a heading or code: takes no links
	anchor              // an author's link: takes no other
	picture             // stands alone
)

// target is where an author's link leads, or what a picture shows.
type target struct {
	url, title, alt string
	linked          bool // a picture inside a link
}

// Link is a link to put around the characters of a span of Text.
type Link struct {
	news.Span
	URL   string
	Class string // of the <a>: "name person"; "" for none
}

// Options say how to write a document as HTML.
type Options struct {
	// Links are put around exactly their spans. They are sorted, none over another. One is left out where it would
	// stand in a heading, in code or in an author's link, or where its ends stand in different elements.
	Links []Link
	// Href rewrites where an author's link leads; "" leaves the words without a link. It gets what the author wrote,
	// with escapes resolved. Nil changes nothing.
	Href func(url string) string
	// Src rewrites the place of a picture; "" shows the picture as a plain link, through Href, with its words.
	Src func(url string) string
	// Anchors gives each paragraph an id made of its own words: "p" and six hexadecimal digits. Paragraphs put in or
	// taken out around it leave it as it is, and so do its marks and blanks. Of equal paragraphs the first has it.
	Anchors bool
}

// AppendHTML appends the document as HTML to dst and returns it.
func (d *Document) AppendHTML(dst []byte, o Options) []byte {
	w := writer{d: d, o: o, html: dst, links: o.Links}
	for i := range d.marks {
		w.linksAt(i)
		w.textTo(d.marks[i].at)
		w.mark(&d.marks[i], i)
	}
	w.linksAt(len(d.marks))
	w.textTo(len(d.text))
	return w.html
}

// writer is one pass over a document.
type writer struct {
	d      *Document
	o      Options
	html   []byte
	at     int      // text before it is written
	still  int      // open elements that take no links
	linked bool     // the open anchor leads somewhere
	links  []Link   // those not yet done with
	plan   around   // of links[0], once planned
	given  []uint32 // ids of paragraphs
}

// around is the run of marks [first, end) that a link goes around.
type around struct {
	first, end int
	planned    bool
	open       bool
}

// linksAt writes the starts and ends of links that stand before mark i.
func (w *writer) linksAt(i int) {
	at := len(w.d.text)
	if i < len(w.d.marks) {
		at = w.d.marks[i].at
	}
	for len(w.links) > 0 && w.links[0].Start <= at {
		if !w.plan.planned {
			w.plan = w.d.around(w.links[0].Span, i, w.at)
		}
		if !w.plan.open && w.plan.first == i {
			w.openLink()
		}
		if w.plan.end != i {
			return
		}
		w.closeLink()
	}
}

func (w *writer) openLink() {
	if w.still > 0 || w.plan.end < w.plan.first {
		w.plan.end = w.plan.first
		return
	}
	link := w.links[0]
	w.textTo(link.Start)
	w.plan.open = true
	w.html = append(w.html, `<a href="`...)
	w.html = appendAttribute(w.html, link.URL)
	if link.Class != "" {
		w.html = append(w.html, `" class="`...)
		w.html = appendAttribute(w.html, link.Class)
	}
	w.html = append(w.html, `">`...)
}

func (w *writer) closeLink() {
	if w.plan.open {
		w.textTo(w.links[0].End)
		w.html = append(w.html, "</a>"...)
	}
	w.links, w.plan = w.links[1:], around{}
}

// around finds the marks from i on that a link around span has inside it: those within the span, and of those at its
// ends just as many as make every element inside whole. Where there is no such run, the end is before the first.
// Text before written has been written and takes no more links.
func (d *Document) around(span news.Span, i, written int) around {
	none := around{first: i, end: i - 1, planned: true}
	if span.Start < written || span.End <= span.Start || span.End > len(d.text) {
		return none
	}
	first := i
	for first < len(d.marks) && d.marks[first].at <= span.Start {
		first++
	}
	end := first
	for end < len(d.marks) && d.marks[end].at < span.End {
		end++
	}
	for low, high := first, first; low > first || high < end; {
		k := high
		if low > first {
			low--
			k = low
		} else {
			high++
		}
		pair := d.marks[k].pair
		switch {
		case d.marks[k].kind != phrase:
			return none
		case pair < first && (pair < i || d.marks[pair].at != span.Start):
			return none
		case pair >= end && d.marks[pair].at != span.End:
			return none
		}
		first, end = min(first, pair), max(end, pair+1)
	}
	return around{first: first, end: end, planned: true}
}

func (w *writer) textTo(at int) {
	if at > w.at {
		w.html = appendText(w.html, w.d.text[w.at:at])
		w.at = at
	}
}

func (w *writer) mark(m *mark, i int) {
	switch {
	case m.kind == picture:
		w.picture(m.to)
	case m.kind == anchor && m.pair > i:
		w.still++
		w.openAnchor(m.to)
	case m.kind == anchor:
		w.still--
		if w.linked {
			w.html = append(w.html, "</a>"...)
		}
	case m.kind == still && m.pair > i:
		w.still++
		w.html = append(w.html, m.tag...)
	case m.kind == still && m.pair < i:
		w.still--
		w.html = append(w.html, m.tag...)
	case w.o.Anchors && m.tag == "<p>":
		w.paragraph(w.d.text[m.at:w.d.marks[m.pair].at])
	default:
		w.html = append(w.html, m.tag...)
	}
}

// paragraph opens one with its id.
func (w *writer) paragraph(text string) {
	const hex = "0123456789abcdef"
	id, words := wordsHash(text)
	if !words || slices.Contains(w.given, id) {
		w.html = append(w.html, "<p>"...)
		return
	}
	w.given = append(w.given, id)
	w.html = append(w.html, `<p id="p`...)
	for shift := 20; shift >= 0; shift -= 4 {
		w.html = append(w.html, hex[id>>shift&15])
	}
	w.html = append(w.html, `">`...)
}

// wordsHash is 24 bits of the FNV-1a of a text's letters and digits, ASCII ones in lower case. It reports false where
// there are none.
func wordsHash(text string) (h uint32, words bool) {
	h = 2166136261
	for i := range len(text) {
		c := text[i]
		switch {
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case c < '0' || c > '9' && c < 'a' || c > 'z' && c < 0x80:
			continue
		}
		h, words = (h^uint32(c))*16777619, true
	}
	return h>>24 ^ h&0xffffff, words
}

func (w *writer) openAnchor(to *target) {
	url := w.href(to.url)
	w.linked = url != ""
	if !w.linked {
		return
	}
	w.html = append(w.html, `<a href="`...)
	w.html = appendURL(w.html, url)
	w.title(to)
	w.html = append(w.html, '>')
}

// picture writes an image, or a link with the picture's words where Src has no place for it.
func (w *writer) picture(to *target) {
	url := to.url
	if w.o.Src != nil {
		url = w.o.Src(url)
	}
	if url == "" {
		w.pictureLink(to)
		return
	}
	w.html = append(w.html, `<img src="`...)
	w.html = appendURL(w.html, url)
	w.html = append(w.html, `" alt="`...)
	w.html = appendAttribute(w.html, to.alt)
	w.title(to)
	w.html = append(w.html, ` loading="lazy">`...)
}

func (w *writer) pictureLink(to *target) {
	url := w.href(to.url)
	words := to.alt
	if words == "" {
		words = to.url
	}
	if url == "" || to.linked {
		w.html = append(w.html, `<span class="picture">`...)
		w.html = appendText(w.html, words)
		w.html = append(w.html, "</span>"...)
		return
	}
	w.html = append(w.html, `<a class="picture" href="`...)
	w.html = appendURL(w.html, url)
	w.html = append(w.html, `">`...)
	w.html = appendText(w.html, words)
	w.html = append(w.html, "</a>"...)
}

// title ends the attribute before it, and writes the title where there is one.
func (w *writer) title(to *target) {
	if to.title != "" {
		w.html = append(w.html, `" title="`...)
		w.html = appendAttribute(w.html, to.title)
	}
	w.html = append(w.html, '"')
}

func (w *writer) href(url string) string {
	if w.o.Href == nil {
		return url
	}
	return w.o.Href(url)
}

// appendText appends s as the text of an element.
func appendText(dst []byte, s string) []byte { return appendEscaped(dst, s, `"`) }

// appendAttribute appends s as the value of an attribute in double quotes.
func appendAttribute(dst []byte, s string) []byte { return appendEscaped(dst, s, "&quot;") }

func appendEscaped(dst []byte, s, quote string) []byte {
	from := 0
	for i := range len(s) {
		var escaped string
		switch s[i] {
		case '&':
			escaped = "&amp;"
		case '<':
			escaped = "&lt;"
		case '>':
			escaped = "&gt;"
		case '"':
			escaped = quote
		default:
			continue
		}
		dst = append(dst, s[from:i]...)
		dst = append(dst, escaped...)
		from = i + 1
	}
	return append(dst, s[from:]...)
}

// appendURL appends a URL as the value of an attribute; what a URL cannot hold is percent-encoded, what is encoded
// already stays.
func appendURL(dst []byte, url string) []byte {
	return appendAttribute(dst, string(util.URLEscape([]byte(url), false)))
}
