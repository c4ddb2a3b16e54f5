package ingest

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// line is a line of the source that is not blank, with the shape that rules look at.
type line struct {
	number int    // 1-based, in the original
	text   string // without the white space around it
	indent int    // characters of white space before it
	gap    bool   // a blank line stands before it
	words  int
	width  int    // characters
	rule   string // that takes the line out; "" where it stays
	field  bool   // the line became a field
	keep   bool   // a person says that it stays
	piece  bool   // it is a piece of a paragraph that is broken at a column
	twice  bool   // it stands on the page twice, each time beside the same line
	day    bool   // it is one of several days that the text is about, and so none of them is its date
}

// split cuts the text into its lines. Control characters go here, and so do tags unless the text is plain.
func (r *reading) split(text string) []line {
	lines := make([]line, 0, strings.Count(text, "\n")+1)
	tagged, wired := !r.options.Plain && hasTags(text), !r.options.Plain && hasWireMarks(text)
	number, gap := 0, true
	for raw := range strings.SplitSeq(text, "\n") {
		number++
		raw = r.dropControls(number, raw)
		if wired {
			raw = r.dropWireMarks(number, raw)
		}
		if !tagged {
			lines, gap = appendLine(lines, number, gap, raw)
			continue
		}
		for _, part := range r.dropTags(number, raw) {
			lines, gap = appendLine(lines, number, gap, part)
		}
	}
	return lines
}

func appendLine(lines []line, number int, gap bool, raw string) ([]line, bool) {
	text := strings.TrimSpace(raw)
	if text == "" {
		return lines, true
	}
	l := line{number: number, text: text, gap: gap}
	l.indent = strings.Index(raw, text)
	l.words = countWords(text)
	l.width = utf8.RuneCountInString(text)
	return append(lines, l), false
}

// dropControls takes the control characters out of a line; a tab, and the marks for a new page or a vertical tab,
// are white space.
func (r *reading) dropControls(number int, raw string) string {
	if strings.IndexFunc(raw, isControl) < 0 {
		return raw
	}
	var dropped strings.Builder
	clean := strings.Map(func(c rune) rune {
		switch {
		case c == '\f' || c == '\v':
			return ' '
		case isControl(c):
			dropped.WriteRune(c)
			return -1
		}
		return c
	}, raw)
	if dropped.Len() > 0 {
		r.remove(number, dropped.String(), control)
	}
	return clean
}

func isControl(c rune) bool { return c < ' ' && c != '\t' || c == 0x7F }

// countWords counts the words of text. Two characters of a script that sets no blanks between words count as one.
func countWords(text string) int {
	n, inside, unspaced := 0, false, 0
	for _, c := range text {
		if c >= 0x3040 && c < 0xA000 {
			unspaced++
		}
		space := c == ' ' || c == '\t' || c == 0xA0
		if inside && space {
			inside = false
		} else if !inside && !space {
			inside = true
			n++
		}
	}
	return n + unspaced/2
}

// endsSentence reports whether text closes with a full stop or the like, quotation marks and brackets aside.
func endsSentence(text string) bool {
	c, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text, `"'”’»)]`))
	return strings.ContainsRune(".!?…。", c)
}

func startsLower(text string) bool {
	c, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLower(c)
}

func startsUpper(text string) bool {
	c, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(c)
}

// shouts reports whether text is all in capitals.
func shouts(text string) bool {
	upper := 0
	for _, c := range text {
		if unicode.IsLower(c) {
			return false
		}
		if unicode.IsUpper(c) {
			upper++
		}
	}
	return upper > 1
}

// prose reports whether the line reads as running text rather than as a label, a heading or an entry of a menu.
func (l line) prose() bool {
	return l.words >= 25 || l.words >= 7 && endsSentence(l.text)
}

// cuts yields text cut at each place where mark stands in it.
func cuts(text, mark string) iter.Seq2[string, string] {
	return func(yield func(before, after string) bool) {
		for i := 0; ; {
			n := strings.Index(text[i:], mark)
			if n < 0 || !yield(text[:i+n], text[i+n+len(mark):]) {
				return
			}
			i += n + len(mark)
		}
	}
}
