package ingest

import (
	"html"
	"strings"
)

// tag is one HTML tag of a text: text[start:end].
type tag struct {
	start, end int
	name       string
}

// hasTags reports whether text is HTML here and there: then its character references are read, too.
func hasTags(text string) bool {
	for i := 0; ; {
		next := strings.IndexByte(text[i:], '<')
		if next < 0 {
			return false
		}
		i += next
		if _, ok := tagAt(text, i); ok {
			return true
		}
		i++
	}
}

// dropTags takes the tags out of a line and reads its character references. Where a tag of a block stood the line
// is cut in parts, an empty one for a blank line between them.
func (r *reading) dropTags(number int, raw string) []string {
	var parts []string
	var b strings.Builder
	rest := 0
	for i := 0; i < len(raw); i++ {
		if raw[i] != '<' {
			continue
		}
		t, ok := tagAt(raw, i)
		if !ok {
			continue
		}
		r.remove(number, raw[t.start:t.end], htmlTag)
		b.WriteString(raw[rest:t.start])
		rest = t.end
		i = t.end - 1
		switch elements[t.name] {
		case block:
			parts = append(parts, html.UnescapeString(b.String()), "")
			b.Reset()
		case breaking:
			parts = append(parts, html.UnescapeString(b.String()))
			b.Reset()
		}
	}
	b.WriteString(raw[rest:])
	return append(parts, html.UnescapeString(b.String()))
}

// tagBytes is the longest tag looked for; a "<" further from its ">" is text.
const tagBytes = 2000

// tagAt reads the tag whose "<" stands at i: the name of an HTML element, then attributes up to ">" on the same line.
func tagAt(text string, i int) (tag, bool) {
	rest := text[i+1:]
	if len(rest) > tagBytes {
		rest = rest[:tagBytes]
	}
	if strings.HasPrefix(rest, "!--") {
		end := strings.Index(rest, "-->")
		return tag{start: i, end: i + 1 + end + 3, name: "!--"}, end >= 0 && !strings.Contains(rest[:end], "\n")
	}
	rest = strings.TrimPrefix(rest, "/")
	n := 0
	for n < len(rest) && isAlphanumeric(rest[n]) {
		n++
	}
	name := strings.ToLower(rest[:n])
	if _, known := elements[name]; !known || n == len(rest) || !strings.ContainsRune(" \t/>", rune(rest[n])) {
		return tag{}, false
	}
	end := strings.IndexAny(rest, "<>\n")
	if end < 0 || rest[end] != '>' {
		return tag{}, false
	}
	length := len(text[i+1:])
	if length > tagBytes {
		length = tagBytes
	}
	return tag{start: i, end: i + 1 + length - len(rest) + end + 1, name: name}, true
}

func isAlphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// display is what an element does to the line it stands in.
type display uint8

const (
	inline   display = iota
	breaking         // begins a new line
	block            // begins a new paragraph
)

// elements are the names that make a "<…>" a tag. Any other stands for itself: "<name@example.org>", "<sic>".
var elements = map[string]display{
	"a": inline, "abbr": inline, "acronym": inline, "b": inline, "big": inline, "cite": inline, "code": inline, "del": inline,
	"dfn": inline, "em": inline, "font": inline, "i": inline, "img": inline, "ins": inline, "kbd": inline, "mark": inline,
	"q": inline, "s": inline, "samp": inline, "small": inline, "span": inline, "strike": inline, "strong": inline,
	"sub": inline, "sup": inline, "time": inline, "tt": inline, "u": inline, "var": inline, "wbr": inline, "!--": inline,
	"button": inline, "iframe": inline, "input": inline, "label": inline, "link": inline, "meta": inline, "noscript": inline,
	"picture": inline, "script": inline, "source": inline, "style": inline, "svg": inline, "video": inline, "audio": inline,

	"br": breaking, "dd": breaking, "dt": breaking, "li": breaking, "tr": breaking, "option": breaking,

	"address": block, "article": block, "aside": block, "blockquote": block, "body": block, "center": block, "dl": block,
	"div": block, "fieldset": block, "figcaption": block, "figure": block, "footer": block, "form": block, "h1": block, "h2": block,
	"h3": block, "h4": block, "h5": block, "h6": block, "head": block, "header": block, "hr": block, "html": block, "main": block,
	"nav": block, "ol": block, "p": block, "pre": block, "section": block, "select": block, "table": block, "tbody": block, "td": inline,
	"textarea": block, "tfoot": block, "th": inline, "thead": block, "title": block, "ul": block,
}
