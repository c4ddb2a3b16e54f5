package intake

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Headline, byline and date of an old page are in no <meta>: they are the first lines of its story.
const (
	mostHeadLines = 8
	longestHead   = 120 // bytes; with a longer line the story has begun
)

// line is a line as a reader sees it: the texts between two breaks.
type line struct {
	texts []*html.Node
	words string
}

// remove takes the line's words out of the page.
func (l line) remove() {
	for _, t := range l.texts {
		t.Data = ""
	}
}

// inline elements do not end a line.
var inline = map[atom.Atom]bool{
	atom.A: true, atom.Abbr: true, atom.B: true, atom.Big: true, atom.Cite: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Small: true,
	atom.Span: true, atom.Strong: true, atom.Sub: true, atom.Sup: true, atom.Time: true, atom.Tt: true, atom.U: true,
}

// headLines lists the lines before the story begins.
func headLines(story *html.Node) []line {
	var lines []line
	var open line
	end := func() {
		if open.words = strings.Join(strings.Fields(open.words), " "); open.words != "" {
			lines = append(lines, open)
		}
		open = line{}
	}
	var walk func(n *html.Node) (goOn bool)
	walk = func(n *html.Node) bool {
		breaks := n.Type == html.ElementNode && !inline[n.DataAtom]
		if breaks {
			end()
		}
		if n.Type == html.TextNode {
			open.texts, open.words = append(open.texts, n), open.words+n.Data
		}
		for child := range n.ChildNodes() {
			if len(open.words) > longestHead || !walk(child) {
				return false
			}
		}
		if breaks {
			end()
		}
		return len(open.words) <= longestHead && len(lines) < mostHeadLines
	}
	walk(story)
	return lines
}

var (
	bylineForm  = regexp.MustCompile(`^(?i:by):? (?:\p{Lu}[^.?!;]*(?:\p{Lu}\.[^.?!;]*)*|(?i:(?:the|our|an?) [^.?!;]*(?:correspondent|reporter|editor|writer|staff|desk|newsroom)s?))$`)
	beforeDate  = regexp.MustCompile(`(?i)^(?:first )?(?:published|posted|date)(?: on)?:? `)
	clock       = regexp.MustCompile(`(?i),?(?: [-|·])?(?: at)? \d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?$|^\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?,?(?: [-|·])?(?: on)? `)
	betweenPart = " :|»·•/–—-"
)

// takeHead takes headline, byline and date from the first lines of a story, and out of it what they say in full.
func (r *Record) takeHead(story *html.Node) {
	bylineTaken := false
	for _, l := range headLines(story) {
		switch {
		case r.isHeadline(l.words):
			l.remove()
		case !bylineTaken && r.isByline(l.words):
			bylineTaken = true
			r.Byline.Printed, r.Byline.Authors = l.words, nil
			l.remove()
		case r.isDate(l.words):
			l.remove()
		}
	}
}

// isHeadline reports whether words are the page's title, or what its title has beside the name of the site; then they
// are the title.
func (r *Record) isHeadline(words string) bool {
	if strings.EqualFold(words, r.Title) {
		return true
	}
	part := partOf(r.Title, words)
	if part != "" {
		r.Title = part
	}
	return part != ""
}

// partOf is the part of a title at one of its ends that says words, where a mark parts it from the rest; else "".
func partOf(title, words string) string {
	at := len(title) - len(words)
	if at <= 0 || !strings.Contains(words, " ") {
		return ""
	}
	for _, cut := range []struct {
		part, rest string
	}{{title[:len(words)], title[len(words):]}, {title[at:], title[:at]}} {
		mark := strings.Trim(cut.rest, " ")
		first, _ := utf8.DecodeRuneInString(mark)
		last, _ := utf8.DecodeLastRuneInString(mark)
		if strings.EqualFold(cut.part, words) && (cut.part == title[at:] && strings.ContainsRune(betweenPart, last) || cut.part == title[:len(words)] && strings.ContainsRune(betweenPart, first)) {
			return cut.part
		}
	}
	return ""
}

// isByline reports whether words name whom the page names, or have the form of a byline; what is printed says more than
// the page's head, where the author often is the paper.
func (r *Record) isByline(words string) bool {
	known := names(r.Byline.Printed + " " + strings.Join(r.Byline.Authors, " "))
	return known != "" && names(words) == known || bylineForm.MatchString(words) && len(strings.Fields(words)) <= 12
}

// names is the letters of a byline without its small words.
func names(byline string) string {
	var b strings.Builder
	for _, word := range strings.FieldsFunc(strings.ToLower(byline), func(c rune) bool { return !unicode.IsLetter(c) }) {
		if word != "by" && word != "and" {
			b.WriteString(word)
		}
	}
	return b.String()
}

// isDate reports whether words are the date of the story and nothing else. A date with a clock is taken too, and stays.
func (r *Record) isDate(words string) bool {
	bare := beforeDate.ReplaceAllString(words, "")
	d, certain := r.parseDate(clock.ReplaceAllString(bare, ""))
	if !certain || d.Day == 0 {
		return false
	}
	if r.Date.IsZero() {
		r.Date, r.DateNote = d, ""
	}
	return d == r.Date && !clock.MatchString(bare)
}
