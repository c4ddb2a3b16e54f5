package ingest

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// markdown is the body the lines make, in paragraphs. A paragraph of several lines is one that keeps them: verse,
// a list, a table.
//
// Divided is how many words were divided between two lines.
func markdown(lines []line) (body string, divided int) {
	size := 0
	for _, l := range lines {
		size += len(l.text) + 2
	}
	var out strings.Builder
	var paragraph bytes.Buffer
	out.Grow(size + size/32)
	set := settingOf(lines)
	for i, l := range lines {
		if i > 0 {
			switch set.seam(lines, i) {
			case apart:
				writeParagraph(&out, &paragraph)
			case below:
				paragraph.WriteByte('\n')
			case joined:
				paragraph.WriteByte(' ')
			case amid:
				divided++
				paragraph.Truncate(paragraph.Len() - len("-"))
			}
		}
		paragraph.WriteString(l.text)
	}
	writeParagraph(&out, &paragraph)
	return out.String(), divided
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
	apart  seam = iota // as a new paragraph
	below              // as a line of its own in the same paragraph
	joined             // as the same paragraph going on
	amid               // in the middle of a word
)

// setting is how the lines of a text are set.
type setting struct {
	column int  // characters; the lines are broken at it. 0 where each line is a paragraph, or keeps to itself
	widest int  // the most characters of a line that is broken
	even   bool // one column holds throughout; on a printed page it changes
	spaced bool // blank lines part the paragraphs
}

// columnWidth is the most characters that a column is taken to hold; only where most lines are broken at one place may
// there be more, up to paragraphWidth.
const columnWidth = 110

// settingOf tells how lines are set. Broken at a column, running text goes on in lower case on the next line, which it
// hardly does where each line is a paragraph; or, in a text of few lines, those that end amid a sentence are all filled up.
// Lines of a word or two tell nothing: menus are in lower case, too.
func settingOf(lines []line) setting {
	s := setting{spaced: isSpaced(lines)}
	pairs, goOn, kept := 0, 0, 0
	var open breaks
	for i := 1; i < len(lines); i++ {
		before, l := &lines[i-1], &lines[i]
		if l.gap || before.words <= 2 || l.words <= 2 && (before.width < leastColumn || isURL(l.text)) {
			continue
		}
		pairs++
		if goesOn(l.text) {
			goOn++
		}
		switch {
		case l.indent > before.indent+1 || endsSentence(before.text):
		case before.isCells() || listMark(l.text) || shouts(before.text):
			kept++
		default:
			open.add(before.indent+before.width, l.text)
		}
	}
	low, high, n := open.column()
	switch {
	case goOn > 0 && 4*goOn >= pairs && 4*n >= 3*open.n:
		s.column, s.widest, s.even = low, max(high, columnWidth), true
	case goOn > 0 && 4*goOn >= pairs:
		s.column, s.widest = columnWidth, columnWidth
	case n > 0 && 4*n >= 3*(open.n+kept) && high >= leastColumn:
		s.column, s.widest, s.even = low, high, true
	}
	long := 0
	for _, l := range lines {
		if l.width > s.widest {
			long++
		}
	}
	if 10*long > len(lines) {
		s.column = 0
	}
	return s
}

// leastColumn is the fewest characters of a column that only its full lines tell of: verse has fewer.
const leastColumn = 56

// breaks are the places where lines end.
type breaks struct {
	n    int
	fits [paragraphWidth + 1]int16 // by width of a column, as a sum of differences: how many lines had no more room for the next word
}

func (b *breaks) add(width int, next string) {
	b.n++
	if width < len(b.fits) {
		b.fits[width]++
		if after := width + firstWidth(next) + 1; after < len(b.fits) {
			b.fits[after]--
		}
	}
}

// column is the widths, from low to high, that fit most breaks, and how many these are.
func (b *breaks) column() (low, high, fits int) {
	sum := 0
	for w, n := range b.fits {
		sum += int(n)
		switch {
		case sum > fits:
			low, high, fits = w, w, sum
		case sum == fits && high == w-1:
			high = w
		}
	}
	return low, high, fits
}

func firstWidth(text string) int {
	if i := strings.IndexByte(text, ' '); i >= 0 {
		text = text[:i]
	}
	return utf8.RuneCountInString(text)
}

// isCells reports whether a line is a row of a table: wide blanks or tabs part its cells, or a fourth of its words are figures.
func (l line) isCells() bool {
	if strings.IndexByte(l.text, '\t') >= 0 || strings.Contains(l.text, "   ") {
		return true
	}
	if !hasFigures(l.text) || endsSentence(l.text) {
		return false
	}
	figures := 0
	for word := range strings.FieldsSeq(l.text) {
		if isDigit(word[0]) {
			figures++
		}
	}
	return figures > 1 && 4*figures >= l.words
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

// seam is how line i follows the one before it.
func (s setting) seam(lines []line, i int) seam {
	switch {
	case s.column > 0:
		return s.brokenSeam(lines, i)
	case s.spaced:
		return spacedSeam(lines[i-1], lines[i])
	}
	return apart
}

func spacedSeam(before, l line) seam {
	if l.gap || l.width > verseWidth || before.width > verseWidth || before.prose() {
		return apart
	}
	return below
}

func (s setting) brokenSeam(lines []line, i int) seam {
	before, l := lines[i-1], lines[i]
	switch {
	case l.gap, l.indent > before.indent+1, before.width > s.widest, l.words <= 3 && isEndMark(l.text), s.indents(lines, i):
		return apart
	case listMark(l.text) && (endsSentence(before.text) || !s.isFull(lines, i-1) || s.isListed(lines, i-1)):
		return below
	case isDivided(before.text, l.text):
		return amid
	case (goesOn(l.text) || endsAmid(before.text)) && !shouts(before.text):
		return joined
	case before.isCells() && l.isCells():
		return below
	case endsSentence(before.text) && isLeftOver(lines, i):
		return apart
	case s.isFull(lines, i-1) && !shouts(before.text) && (!shouts(l.text) || l.words <= 2 && endsSentence(l.text)):
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
func (s setting) isFull(lines []line, i int) bool {
	column := 0
	if s.even {
		column = s.column
	} else {
		for _, l := range lines[max(0, i-neighbours):min(len(lines), i+neighbours+1)] {
			if l.width <= s.column {
				column = max(column, l.indent+l.width)
			}
		}
	}
	return lines[i].words > 2 && lines[i].indent+lines[i].width+1+firstWidth(lines[i+1].text) > column
}

// markPieces marks the lines that are pieces of paragraphs broken at a column: in a clean file no rule and no field looks at
// them. A headline, a byline, a date right above the text may fill its line too.
func (r *reading) markPieces() {
	set := settingOf(r.lines)
	if set.column == 0 {
		return
	}
	head := true // the story has not begun
	for i := 1; i < len(r.lines); i++ {
		if r.lines[i].gap {
			continue
		}
		switch set.seam(r.lines, i) {
		case joined:
			if head = head && i <= headLimit && r.isHead(i); head {
				continue
			}
		case amid:
		default:
			continue
		}
		for j := i - 1; j <= i; j++ {
			r.lines[j].piece = r.lines[j].rule != dropped
		}
	}
}

// freePieces frees the pieces of paragraphs of the phrases they look like.
func (r *reading) freePieces() {
	for i := range r.lines {
		if r.lines[i].piece {
			r.lines[i].rule = ""
		}
	}
}

// isHead reports whether line i, which would go on with the one before it, or that one is a field or a headline.
func (r *reading) isHead(i int) bool {
	before, l := r.lines[i-1], r.lines[i]
	if goesOn(l.text) {
		return strings.HasPrefix(l.text, "by ") && r.isField(l)
	}
	return isTitle(before.text) || r.isField(before) || r.isField(l)
}

// isTitle reports whether all words of four letters and more begin in capitals, as in many a headline.
func isTitle(text string) bool {
	for word := range strings.FieldsSeq(text) {
		if len(word) > 3 && startsLower(word) {
			return false
		}
	}
	return true
}

// isLeftOver reports whether line i, the last of its paragraph, is a few words that end in no stop: who signed what stands
// above it, whose it is.
func isLeftOver(lines []line, i int) bool {
	l := lines[i]
	last := i+1 == len(lines) || lines[i+1].gap || lines[i+1].indent > l.indent+1
	return last && l.words <= signatureWords && !endsSentence(l.text)
}

// signatureWords is the most words of a line that is left over.
const signatureWords = 4

// indents reports whether line i is the first of a paragraph by its indent, which the next line has not.
func (s setting) indents(lines []line, i int) bool {
	if i+1 == len(lines) || lines[i+1].gap || lines[i].indent <= lines[i+1].indent+1 {
		return false
	}
	return goesOn(lines[i+1].text) || s.isFull(lines, i)
}

// goesOn reports whether a line begins in lower case, as one that goes on with the line before does.
func goesOn(text string) bool {
	return startsLower(strings.TrimLeft(text, "\"'“‘«(—– ")) && !isURL(text)
}

// isListed reports whether line i or one above it in the paragraph begins like an entry of a list, or ends as what leads on to
// one.
func (s setting) isListed(lines []line, i int) bool {
	if strings.HasSuffix(lines[i].text, ":") {
		return true
	}
	for ; i >= 0; i-- {
		if listMark(lines[i].text) {
			return true
		}
		if lines[i].gap {
			break
		}
	}
	return false
}

// listMark reports whether the line begins like an entry of a list.
func listMark(text string) bool {
	if n := listNumber(text); n > 0 {
		return n < yearDigits
	}
	mark, rest, found := strings.Cut(text, " ")
	return found && rest != "" && strings.Contains("- -- * + • · – — ▪ ◦", mark)
}

// paragraphWidth is the most characters of a line that a scanner reads across columns; a longer one is a whole paragraph.
const paragraphWidth = 200

// pageColumn is the most characters the columns of a newspaper page commonly hold.
const pageColumn = 60

// slack is how many characters narrower a column may be that lines of pageColumn characters were typed in.
const slack = 10

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
	if len(lines) < least {
		return false
	}
	if set := settingOf(lines); set.column == 0 || set.even && set.column > pageColumn-slack && !named {
		return false // typed text, in long paragraphs
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
