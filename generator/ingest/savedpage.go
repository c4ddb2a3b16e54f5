package ingest

import (
	"strings"

	"broadsheet/generator/prose"
)

// isSavedPage reports whether the file is a web page saved as text: menus and bars stand around the story, not only a
// line or two of them, or a menu in whatever language stands above it.
func isSavedPage(lines []line) bool {
	furniture, short := 0, 0
	for _, l := range lines {
		if l.rule != "" && l.rule != ruled {
			furniture++
		}
		if l.words <= 4 {
			short++
		}
	}
	return furniture >= 4 || furniture >= 2 && short >= 10 && 3*short >= len(lines) || hasMenu(lines)
}

// leastMenu is how many entries a menu has that is known by its shape alone.
const leastMenu = 12

// hasMenu reports whether many short lines stand above the first running text. Those with figures do not count: they
// may be what a recipe takes, or a table.
func hasMenu(lines []line) bool {
	entries := 0
	for i, l := range lines {
		switch {
		case l.prose():
			return entries >= leastMenu && i < len(lines)-1
		case l.words <= 4 && !strings.ContainsAny(l.text, "0123456789"):
			entries++
		}
	}
	return false
}

// findStory finds the story in a saved page and takes the fields of its head; lines before and after it are removed.
// It gives the range of the body's lines.
func (r *reading) findStory() (start, end int) {
	r.markCaptions()
	start, end = densest(r.lines)
	start = r.belowByline(start)
	end = r.belowList(end)
	title := r.headline(start, end)
	if title >= 0 {
		r.article.Title = r.lines[title].text
		r.take(title, "title")
	}
	start = r.readPageHead(title, start, end)
	r.markRange(0, start, pageHead)
	r.markRange(end, len(r.lines), pageFoot)
	r.markAmid(start, end)
	return start, end
}

// belowByline is the line below the byline or date that stands little above start, where running text stands between
// the two: a first paragraph that advertisements part from the story.
func (r *reading) belowByline(start int) int {
	first := start
	for i := start - 1; i >= max(0, start-bylineLines); i-- {
		switch l := r.lines[i]; {
		case l.rule == "" && !isStampAgo(l.text) && r.isField(l):
			return first
		case l.rule == "" && l.prose() && !isSmallPrint(l):
			first = i
		}
	}
	return start
}

// bylineLines is how far above the densest text a byline may stand.
const bylineLines = 15

// belowList is the line below the list that follows the densest text: results, dates of a tour, prices. Its entries
// have figures in them, which those of a menu have not.
func (r *reading) belowList(end int) int {
	last := end
	for i := end; i < min(len(r.lines), last+3); i++ {
		l := r.lines[i]
		if l.rule != "" || isStamp(l) || isSmallPrint(l) || isLicense(l) {
			break
		}
		if l.words > 3 && strings.ContainsAny(l.text, "0123456789") {
			last = i + 1
		}
	}
	return last
}

func (r *reading) markCaptions() {
	for i := range r.lines {
		if l := &r.lines[i]; l.rule == "" && !l.keep && isCaption(*l) {
			l.rule = picture
		}
	}
}

func (r *reading) markRange(from, to int, rule string) {
	for i := from; i < to; i++ {
		if r.lines[i].rule == "" && !r.lines[i].keep {
			r.lines[i].rule = rule
		}
	}
}

// isCaption reports whether a line is the caption of a picture that is not there, or says who took it.
func isCaption(l line) bool {
	if l.words > 60 {
		return false
	}
	text := strings.ToLower(strings.Trim(l.text, "()[] "))
	for _, opening := range [...]string{
		"photo by ", "photo: ", "photograph by ", "photograph: ", "photos by ", "photo credit", "image credit", "image: ", "image source",
		"picture: ", "getty images", "credit: ", "file - ", "file photo", "pictured ",
	} {
		if strings.HasPrefix(text, opening) {
			return true
		}
	}
	tail := text[max(0, len(text)-60):]
	for _, credit := range [...]string{
		"getty images", "/getty", "image: ", "(photo", "photo by ", "photo: ", "photo/", "/ap", "/reuters", "/afp", "via ap", "via reuters",
		"shutterstock", "(credit: ", "credit...", "image courtesy", "photo courtesy",
	} {
		if strings.Contains(tail, credit) {
			return true
		}
	}
	return false
}

// markAmid takes out what a page sets amid a story: small print, and the headline over again.
func (r *reading) markAmid(start, end int) {
	for i := start; i < end; i++ {
		l := &r.lines[i]
		switch {
		case l.rule != "" || l.field || l.keep:
		case l.text == r.article.Title:
			l.rule = headlineRow
		case isPageSpeech(*l):
			l.rule = smallPrint
		}
	}
}

// isPageSpeech reports whether the page speaks to its reader, in words no story uses of itself.
func isPageSpeech(l line) bool {
	if l.words > 60 {
		return false
	}
	text := strings.ToLower(l.text)
	for _, words := range [...]string{
		"our newsletter", "your inbox", "privacy policy", "terms of use", "terms of service", "all rights reserved", "enable javascript", "your browser", "has not loaded", "failed to load",
		"opens in new window", "sign up for ", "by signing up", "sign in to ", "valid email", "your email", "back to video", "continue with your reading", "follow us on", "click here", "free trial",
	} {
		if strings.Contains(text, words) {
			return true
		}
	}
	return false
}

// densest is the range of lines with the greatest sum of weights: running text weighs for it, the furniture of a page
// against. (The maximum subsequence, which Pasternack and Roth proposed for article text in 2009.)
func densest(lines []line) (start, end int) {
	best, sum, from := 0, 0, 0
	for i := range lines {
		sum += weight(lines, i)
		if sum <= 0 {
			sum, from = 0, i+1
		}
		if sum > best {
			best, start, end = sum, from, i+1
		}
	}
	return start, end
}

// weight says how much line i speaks for being in the story, or against it. Running text counts by its words, and by
// half after a line that may be the headline of a teaser; what a comment's author and hour look like weighs most
// against, so that a long discussion is no part of the story. The figures are those that kept most of the story and
// least of the page over some 200 saved pages.
func weight(lines []line, i int) int {
	l := lines[i]
	switch {
	case l.rule == comments:
		return -60
	case l.rule == related:
		return -30
	case l.rule != "":
		return -6
	case isStamp(l):
		return -60
	case isSmallPrint(l):
		return -20
	case l.prose() && i > 0 && isTeaserHead(lines[i-1]):
		return min(l.words, 40) / 2
	case l.prose():
		return min(l.words, 40)
	case isTeaserHead(l):
		return -4
	case l.words > 3:
		return -2
	}
	return -5
}

// isTeaserHead reports whether a line has the length of a headline and no full stop.
func isTeaserHead(l line) bool { return l.words >= 6 && !l.prose() }

// isStamp reports whether a line says when a comment or an update was posted: "2 days ago", "November 19, 2019 at 6:34
// am".
func isStamp(l line) bool {
	if l.words > 12 || !strings.ContainsAny(l.text, "0123456789") {
		return false
	}
	if isStampAgo(l.text) {
		return true
	}
	d, ok := dateLine(l.text, "")
	return ok && d.date.Day > 0 && len(d.rest) < nameBytes
}

// nameBytes is the longest name of a comment's author.
const nameBytes = 40

func isStampAgo(text string) bool {
	return strings.HasSuffix(text, " ago") || strings.Contains(text, " ago at ")
}

// isSmallPrint reports whether a sentence belongs to the page, not to a story: what its owner says of cookies, terms
// and letters to be mailed.
func isSmallPrint(l line) bool {
	if l.words > 60 {
		return false
	}
	text := strings.ToLower(l.text)
	for _, words := range [...]string{
		"all rights reserved", "our newsletter", "privacy policy", "terms of use", "terms of service", "cookies", "email address", "may not be published", "may not be reproduced", "subscribe", "sign up",
		"javascript", "your browser", "©", "click here", "log in", "comment", "advertis", "our website", "contact us",
	} {
		if strings.Contains(text, words) {
			return true
		}
	}
	return false
}

// headLines is how far above the body a headline is looked for.
const headLines = 40

// headline is the line that is the story's headline: it has a headline's shape, shares its words with the story, and
// stands little above it, or above a byline or date. It is -1 where none is good enough.
func (r *reading) headline(start, end int) int {
	story := vocabulary(r.lines[start:end])
	best, bestScore := -1, leastHeadline
	distance := 0
	for i := min(start+2, end) - 1; i >= max(0, start-headLines); i-- {
		if r.lines[i].rule != "" {
			continue
		}
		if i < start {
			distance++
		}
		if score := r.headlineScore(i, story) - distance/8; score > bestScore && (i < start || r.fieldBelow(i)) {
			best, bestScore = i, score
		}
	}
	return best
}

// leastHeadline is the score a headline must pass.
const leastHeadline = 14

func (r *reading) headlineScore(i int, story map[string]bool) int {
	l := r.lines[i]
	if l.words < 3 || !headlineShape(l) || isSmallPrint(l) || isStamp(l) || r.isField(l) {
		return 0
	}
	score := min(l.words, 8) + sharedWords(l.text, story)/6 - max(0, l.words-18)
	if l.prose() {
		score -= 5
	}
	if r.fieldBelow(i) {
		score += 8
	}
	return score
}

// fieldBelow reports whether one of the next lines is a byline or a date.
func (r *reading) fieldBelow(i int) bool {
	seen := 0
	for _, next := range r.lines[i+1:] {
		if next.rule != "" {
			continue
		}
		if r.isField(next) || isStamp(next) {
			return true
		}
		if seen++; seen == 3 {
			break
		}
	}
	return false
}

// isField reports whether a line is a byline or a date.
func (r *reading) isField(l line) bool {
	if _, ok := parseByline(l.text); ok {
		return true
	}
	return isDateLine(l.text, r.options.DateOrder)
}

// vocabulary is the words of four letters and more in the lines, folded.
func vocabulary(lines []line) map[string]bool {
	words := map[string]bool{}
	for _, l := range lines {
		for w := range strings.FieldsSeq(prose.Fold(l.text)) {
			if len(w) > 3 {
				words[w] = true
			}
		}
	}
	return words
}

// sharedWords is the share of text's words of four letters and more that are in words, in hundredths.
func sharedWords(text string, words map[string]bool) int {
	all, shared := 0, 0
	for w := range strings.FieldsSeq(prose.Fold(text)) {
		if len(w) > 3 {
			all++
			if words[w] {
				shared++
			}
		}
	}
	if all == 0 {
		return 0
	}
	return 100 * shared / all
}
