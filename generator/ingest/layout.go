package ingest

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// markdown is the body the lines make, in paragraphs. A paragraph of several lines is one that keeps them: verse,
// a list, a table.
func markdown(lines []line) string {
	size := 0
	for _, l := range lines {
		size += len(l.text) + 2
	}
	var out strings.Builder
	var paragraph bytes.Buffer
	out.Grow(size + size/32)
	arrange := arrangement(lines)
	for i, l := range lines {
		if i > 0 {
			switch arrange(lines, i) {
			case apart:
				writeParagraph(&out, &paragraph)
			case below:
				paragraph.WriteByte('\n')
			case joined:
				paragraph.WriteByte(' ')
			case divided:
				paragraph.Truncate(paragraph.Len() - len("-"))
			}
		}
		paragraph.WriteString(l.text)
	}
	writeParagraph(&out, &paragraph)
	return out.String()
}

// writeParagraph adds the paragraph to out and empties it. A backslash at a line's end keeps the line.
func writeParagraph(out *strings.Builder, paragraph *bytes.Buffer) {
	if paragraph.Len() == 0 {
		return
	}
	if out.Len() > 0 {
		out.WriteByte('\n')
	}
	text := paragraph.String()
	paragraph.Reset()
	if strings.IndexByte(text, '\n') < 0 {
		escape(out, text)
	} else {
		out.WriteString(strings.ReplaceAll(Escape(text), "\n", "\\\n"))
	}
	out.WriteByte('\n')
}

// plainMarkdown is the lines as they are: a blank line parts paragraphs, and nothing is joined or divided.
func plainMarkdown(lines []line) string {
	var out, paragraph strings.Builder
	for i, l := range lines {
		if i > 0 && l.gap {
			escape(&out, paragraph.String())
			out.WriteString("\n\n")
			paragraph.Reset()
		} else if i > 0 {
			paragraph.WriteByte('\n')
		}
		paragraph.WriteString(l.text)
	}
	if paragraph.Len() > 0 {
		escape(&out, paragraph.String())
		out.WriteByte('\n')
	}
	return out.String()
}

// seam is how a line follows the one before it.
type seam uint8

const (
	apart   seam = iota // as a new paragraph
	below               // as a line of its own in the same paragraph
	joined              // as the same paragraph going on
	divided             // in the middle of a word
)

// arrangement chooses how the lines of a text follow each other.
func arrangement(lines []line) func(lines []line, i int) seam {
	switch {
	case isWrapped(lines):
		return wrappedSeam
	case isSpaced(lines):
		return spacedSeam
	}
	return func([]line, int) seam { return apart }
}

// columnWidth is the most characters a line has in text broken at a column; longer ones are paragraphs.
const columnWidth = 110

// isWrapped reports whether lines are broken at a column: running text then goes on in lower case on the next line,
// which it hardly does where each line is a paragraph. Lines of a word or two tell nothing: menus are in lower case, too.
func isWrapped(lines []line) bool {
	pairs, goOn, long := 0, 0, 0
	for i, l := range lines {
		if l.width > columnWidth {
			long++
		}
		if i > 0 && !l.gap && l.words > 2 && lines[i-1].words > 2 {
			pairs++
			if startsLower(l.text) {
				goOn++
			}
		}
	}
	return goOn > 0 && 4*goOn >= pairs && 10*long <= len(lines)
}

// isSpaced reports whether blank lines part the paragraphs.
func isSpaced(lines []line) bool {
	gaps := 0
	for _, l := range lines {
		if l.gap {
			gaps++
		}
	}
	return gaps > 1 && 4*gaps >= len(lines)
}

// verseWidth is the most characters in a line of verse, of a list or of a table.
const verseWidth = 80

func spacedSeam(lines []line, i int) seam {
	before, l := lines[i-1], lines[i]
	if l.gap || l.width > verseWidth || before.width > verseWidth || before.prose() {
		return apart
	}
	return below
}

func wrappedSeam(lines []line, i int) seam {
	before, l := lines[i-1], lines[i]
	switch {
	case l.gap, l.indent > before.indent+1, before.width > columnWidth:
		return apart
	case listMark(l.text):
		return below
	case isDivided(before.text, l.text):
		return divided
	case startsLower(l.text) && !shouts(before.text):
		return joined
	case isFull(lines, i-1) && !shouts(before.text) && !shouts(l.text):
		return joined
	case endsSentence(before.text), shouts(before.text) != shouts(l.text):
		return apart
	}
	return below
}

// isDivided reports whether a word is divided between two lines: "mem-" and "bers".
func isDivided(before, next string) bool {
	stem, found := strings.CutSuffix(before, "-")
	if !found || !startsLower(next) {
		return false
	}
	c, _ := utf8.DecodeLastRuneInString(stem)
	return unicode.IsLetter(c)
}

// neighbours is how many lines on either side tell the width of a column; on a printed page it changes.
const neighbours = 4

// isFull reports whether the first word of the next line would not have fitted on line i.
func isFull(lines []line, i int) bool {
	column := 0
	for _, l := range lines[max(0, i-neighbours):min(len(lines), i+neighbours+1)] {
		if l.width <= columnWidth {
			column = max(column, l.width)
		}
	}
	word, _, _ := strings.Cut(lines[i+1].text, " ")
	return lines[i].words > 2 && lines[i].width+1+utf8.RuneCountInString(word) > column
}

// listMark reports whether the line begins like an entry of a list.
func listMark(text string) bool {
	if listNumber(text) > 0 {
		return true
	}
	mark, rest, found := strings.Cut(text, " ")
	return found && rest != "" && strings.Contains("- -- * + • · – — ▪ ◦", mark)
}

// paragraphWidth is the most characters of a line that a scanner reads across columns; a longer one is a whole paragraph.
const paragraphWidth = 200

// pageColumn is the most characters the columns of a newspaper page commonly hold.
const pageColumn = 60

// A newspaper page has this many lines, and where the file's name says that it is one, this many, of any width.
const (
	leastPageLines  = 30
	leastNamedLines = 12
)

// isPrintPage reports whether the lines are a newspaper page as a scanner read it: many narrow, broken lines one
// below the other, with hardly a blank line or an indent, which wire copy has at every paragraph.
func isPrintPage(lines []line, named bool) bool {
	least, column := leastPageLines, pageColumn
	if named {
		least, column = leastNamedLines, columnWidth
	}
	if len(lines) < least || !isWrapped(lines) {
		return false
	}
	narrow, gaps, paragraphs := 0, 0, 0
	for i, l := range lines {
		if l.width <= column {
			narrow++
		}
		if l.width > paragraphWidth {
			paragraphs++
		}
		if l.gap || i > 0 && l.indent > lines[i-1].indent {
			gaps++
		}
	}
	return 4*narrow >= 3*len(lines) && 8*gaps <= len(lines) && 50*paragraphs <= len(lines) && !hasFurniture(lines)
}

// hasFurniture reports whether the lines have what stands on pages of the web and in no paper.
func hasFurniture(lines []line) bool {
	found := 0
	for _, l := range lines {
		switch phraseRule(l) {
		case comments, related, sharing, notice, loading:
			found++
		}
	}
	return found >= leastFurniture
}

const leastFurniture = 4
