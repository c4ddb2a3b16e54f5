package markdown

import (
	"bytes"

	"broadsheet/generator/news"
)

// withoutShortcodes is src without Hugo's shortcodes, {{< >}} and {{% %}}. Line breaks inside one stay, so that lines
// keep their numbers. One written to be shown, {{</* like this */>}}, is shown.
func withoutShortcodes(src []byte) ([]byte, []news.Removal) {
	if from, _, _ := nextShortcode(src); from < 0 {
		return src, nil
	}
	var kept []byte
	var dropped []news.Removal
	line := 1
	for {
		from, to, shown := nextShortcode(src)
		if from < 0 {
			return append(kept, src...), dropped
		}
		kept = append(kept, src[:from]...)
		line += bytes.Count(src[:from], newline)
		code := src[from:to]
		if shown {
			kept = appendShown(kept, code)
		} else {
			dropped = append(dropped, news.Removal{Line: line, Text: string(code), Rule: RuleShortcode})
			kept = append(kept, bytes.Repeat(newline, bytes.Count(code, newline))...)
		}
		line += bytes.Count(code, newline)
		src = src[to:]
	}
}

// longestShortcode, in bytes, bounds the search for the end of one that is never closed.
const longestShortcode = 4096

var newline = []byte("\n")

// nextShortcode finds the first shortcode that is closed and has no backslash before it; from is -1 when there is
// none. Shown ones have their content between /* and */.
func nextShortcode(src []byte) (from, to int, shown bool) {
	for at := 0; ; {
		i := bytes.Index(src[at:], []byte("{{"))
		if i < 0 {
			return -1, 0, false
		}
		from = at + i
		at = from + 2
		if from > 0 && src[from-1] == '\\' {
			continue
		}
		closing := closingMark(src[at:])
		if closing == nil {
			continue
		}
		inside, _, closed := bytes.Cut(src[at+1:min(len(src), at+longestShortcode)], closing)
		if !closed {
			continue
		}
		shown = len(inside) >= len("/**/") && bytes.HasPrefix(inside, []byte("/*")) && bytes.HasSuffix(inside, []byte("*/"))
		return from, at + 1 + len(inside) + len(closing), shown
	}
}

// closingMark ends the shortcode whose braces stand before rest; nil when none begins there.
func closingMark(rest []byte) []byte {
	switch {
	case bytes.HasPrefix(rest, []byte("<")):
		return []byte(">}}")
	case bytes.HasPrefix(rest, []byte("%")):
		return []byte("%}}")
	}
	return nil
}

// appendShown appends a shortcode without the /* and */ in it.
func appendShown(dst, code []byte) []byte {
	const mark = len("{{<")
	dst = append(dst, code[:mark]...)
	dst = append(dst, code[mark+2:len(code)-mark-2]...)
	return append(dst, code[len(code)-mark:]...)
}
