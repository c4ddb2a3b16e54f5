package ingest

import (
	"slices"
	"strings"
)

// mayBeHeadline reports whether line i has a headline's shape. One of two words needs a byline or a date close below.
func (p *page) mayBeHeadline(i int) bool {
	l := p.lines[i]
	if l.rule != "" || l.words < 2 || l.words == 2 && p.fieldScore(i) < closeField {
		return false
	}
	if i+1 < len(p.lines) && strings.HasPrefix(p.lines[i+1].text, "— ") {
		return false // the line is quoted, and the next says who said it
	}
	return headlineShape(l) && !isLabel(l) && !isSmallPrint(l) && !isStamp(l) && !p.fields[i]
}

// isLabel reports whether a line is one that pages set about a story, though it may have a headline's length: a path
// through the site, a list of keywords, an instruction.
func isLabel(l line) bool {
	if strings.ContainsAny(l.text, "»@›→") || strings.Contains(l.text, " > ") || strings.Contains(l.text, "http") || strings.Contains(l.text, "(Opens in") || strings.HasSuffix(l.text, ":") {
		return true
	}
	first, _, _ := strings.Cut(strings.ToLower(l.text), " ")
	switch strings.Trim(first, ":") {
	case "—", "–", "-", "*", "•":
		return true // an entry of a list, a footnote, who said what is quoted above
	case "click", "tags", "tag", "updated", "published", "posted", "follow", "copyright", "share", "skip", "subscribe":
		return true
	}
	return strings.HasPrefix(l.text, "Last ") && hasFigures(l.text)
}

// labelsField reports whether a line says nothing but what the line below it is: "Author:", "Publish date:".
func labelsField(l line) bool {
	return strings.HasSuffix(l.text, ":") && isBylineLabel(l.text)
}

// headlineScore is how well line i does as the headline of a story with these words.
func (p *page) headlineScore(i int, story vocabulary) int {
	l := p.lines[i]
	score := min(l.words, 8) - max(0, l.words-18) + sharedScore(l.text, story) + p.fieldScore(i)
	if l.words > 2 && p.isEchoed(i) {
		score += 10
	}
	if l.words > 3 && p.times[l.text] > 1 {
		score += 8
	}
	switch {
	case l.prose() && !(strings.HasSuffix(l.text, "?") && p.fieldScore(i) >= closeField):
		score -= 5
	case isName(l.text):
		score -= 8
	}
	return score
}

// sharedScore says how many content words of a headline the story has, and how many it has not.
func sharedScore(headline string, story vocabulary) int {
	all, shared := story.count(headline)
	return max(0, 3*min(6, shared)-(all-shared))
}

// closeField is the least fieldScore of a line with a byline or a date directly below it, or but for one line.
const closeField = 8

// fieldScore says how near below line i a byline or a date stands: 10 for the next line that no rule takes out, down to 4.
func (p *page) fieldScore(i int) int {
	score := 10
	for j := i + 1; j < min(len(p.lines), i+headReach) && score >= 4; j++ {
		next := p.lines[j]
		switch {
		case next.rule != "":
		case p.fields[j] || isStamp(next) || isSigned(next) || p.isPortrait(j):
			return score
		default:
			score -= 2
		}
	}
	return 0
}

// isPortrait reports whether line j is the name of a writer whose picture stands beside it: the picture has it too.
func (p *page) isPortrait(j int) bool {
	return j+1 < len(p.lines) && p.lines[j].text == p.lines[j+1].text && isName(p.lines[j].text)
}

// isSigned reports whether a line begins like a byline, whatever else it holds.
func isSigned(l line) bool {
	const by = "By "
	return len(l.text) > len(by) && strings.EqualFold(l.text[:len(by)], by) && !startsLower(l.text[len(by):]) && l.words <= 14 && !endsSentence(l.text)
}

// echoLines is how far apart a headline and what holds it may stand.
const echoLines = 20

// isEchoed reports whether a line above holds line i and more: the title of the page, which stands first, "Text - Chronicle",
// or the path to it, "Home » News » Text".
func (p *page) isEchoed(i int) bool {
	echoes := func(l line) bool { return frames(l.text, p.lines[i].text) }
	return slices.ContainsFunc(p.lines[:min(i, titleLines)], echoes) || slices.ContainsFunc(p.lines[max(0, i-echoLines):i], echoes)
}

// titleLines is how many lines from the top the title of a page may stand.
const titleLines = 3

// isEcho reports whether a line little below line i is the headline that line i holds.
func (p *page) isEcho(i int) bool {
	for _, l := range p.lines[i+1 : min(len(p.lines), i+echoLines)] {
		if l.words > 2 && 2*len(l.text) > len(p.lines[i].text) && frames(p.lines[i].text, l.text) {
			return true
		}
	}
	return false
}

// frames reports whether long ends with short, or begins with it and a mark, and has more.
func frames(long, short string) bool {
	if len(long) <= len(short)+2 {
		return false
	}
	if rest, found := strings.CutPrefix(long, short); found {
		return strings.ContainsAny(rest[:min(4, len(rest))], "|-–—:»")
	}
	return strings.HasSuffix(long, short)
}

// topmost is the highest line that does for the candidate's headline nearly as well: what repeats its words below it is a
// deck, a caption, a link.
func (p *page) topmost(c candidate) int {
	if c.title < 0 || p.isEchoed(c.title) {
		return c.title
	}
	story := vocabularyOf(p.lines[c.start:min(c.end, c.start+coreLines)])
	below := p.lines[c.title]
	least := max(8, sharedScore(below.text, story)*9/10)
	for i := max(0, c.start-headReach); i < c.title; i++ {
		l := p.lines[i]
		if l.words < 4 || l.prose() || !p.mayBeHeadline(i) || strings.Contains(l.text, below.text) {
			continue
		}
		score, next := sharedScore(l.text, story), c.title-i <= 2
		if next && score > 2 && (below.prose() || below.words > 18 || c.title-i == 1 && !shouts(l.text) && 2*below.words > 3*l.words) || (next || p.fieldScore(i) >= closeField) && score >= least {
			return i
		}
	}
	return c.title
}

// isField reports whether a line is a byline or a date.
func (r *reading) isField(l line) bool {
	if _, ok := parseByline(l.text); ok {
		return true
	}
	return isDateLine(l.text, r.dating)
}
