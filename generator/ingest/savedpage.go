package ingest

import (
	"slices"
	"strings"
)

// isSavedPage reports whether the file is a web page saved as text: menus and bars stand around the story, not only a
// line or two of them, or a menu in whatever language stands above it. Where no blank line parts the lines, as in no
// typed text, one of them is enough, or a line about the copyright.
func isSavedPage(lines []line) bool {
	furniture, short, gaps := 0, 0, 0
	for _, l := range lines {
		if l.rule != "" && l.rule != ruled && !l.piece {
			furniture++
		}
		if l.words <= 4 {
			short++
		}
		if l.gap {
			gaps++
		}
	}
	switch {
	case furniture >= 4:
		return true
	case gaps <= 1 && len(lines) >= leastPage && (furniture > 0 || slices.ContainsFunc(lines, isLicense)):
		return true
	case furniture >= 2 && short >= 10 && 3*short >= len(lines):
		return true
	}
	return hasMenu(lines)
}

// leastPage is the fewest lines of a saved page.
const leastPage = 15

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
	r.findRepeats()
	found := r.newPage().bestStory()
	found.title = r.givenTitle(found.title, found.start)
	end = r.belowList(found.end)
	if found.title >= 0 {
		r.article.Title = r.lines[found.title].text
		r.take(found.title, "title")
	}
	start = r.readPageHead(found.title, found.start, end)
	end = r.aboveNotes(start, end)
	r.markAmid(start, end)
	end = r.belowCatalogue(start, end)
	r.markRange(0, start, pageHead)
	r.markRange(end, len(r.lines), pageFoot)
	return start, end
}

// belowList is the line below the list that follows the densest text: results, dates of a tour, prices. Its entries
// have figures in them, which those of a menu have not. Who wrote the post that the text ends with is of it too.
func (r *reading) belowList(end int) int {
	last := end
	for i := end; i < min(len(r.lines), last+3); i++ {
		l := r.lines[i]
		if l.rule != "" || isStamp(l) || isSmallPrint(l) || isLicense(l) {
			break
		}
		if l.words > 3 && hasFigures(l.text) {
			last = i + 1
		}
	}
	if last < len(r.lines) && isPoster(r.lines[last]) {
		last++
	}
	return last
}

// linksBelowNotes is how many links may stand below the last of the notes.
const linksBelowNotes = 3

// aboveNotes is the line after the story's last, where notes about its writers or to its readers follow, with the links
// between them.
func (r *reading) aboveNotes(start, end int) int {
	for i := end - 1; i > max(start, end-1-noteLines); i-- {
		if namesWriter(r.lines[i], r.article.Byline.Authors) {
			end = i
		}
	}
	noted := false
	for i := end - 1; i > start; i-- {
		if !noted && end-i > linksBelowNotes {
			break
		}
		switch l := r.lines[i]; {
		case l.rule != "":
		case isPoster(l):
			if noted {
				return i + 1
			}
			return end
		case isNote(l, r.writers(i)) || isStamp(l) || isSmallPrint(l) || isReferral(l):
			noted = true
		case !l.prose() && !listMark(l.text) && !strings.HasSuffix(l.text, ":"):
		case noted:
			return i + 1
		default:
			return end
		}
	}
	return end
}

// writers is the names of those that a note on line i may be about: the story's, and one that stands alone right above.
func (r *reading) writers(i int) []string {
	names := r.article.Byline.Authors
	for j := max(0, i-noteLines); j < i; j++ {
		if text := r.lines[j].text; isName(text) {
			names = append(slices.Clip(names), text)
		}
	}
	return names
}

// noteLines is how far above a note about a writer her name stands: an address may stand between.
const noteLines = 3

func (r *reading) markCaptions() {
	for i := range r.lines {
		l := &r.lines[i]
		if l.rule == "" && !l.keep && isCreditLine(*l) && strings.HasPrefix(l.text, courtesy) {
			l.rule = picture
		}
		credited := i+1 < len(r.lines) && (strings.HasSuffix(l.text, " (") && isPictureLabel(r.lines[i+1]) || l.prose() && l.words <= 60 && isCreditLine(r.lines[i+1]))
		if l.rule == "" && !l.keep && (isCaption(*l) || credited || i > 0 && isPlaceInGallery(r.lines[i-1])) {
			l.rule = picture
		}
	}
}

// findRepeats marks the lines that stand on the page twice beside another that does: what a template sets, pictures of
// a gallery, links to other stories. A line that stands twice alone may be a quotation drawn out of its story.
// A page most of whose text stands twice, as for screens of two widths, keeps it.
func (r *reading) findRepeats() {
	pairs := map[[2]string]int{}
	for i := 1; i < len(r.lines); i++ {
		pairs[[2]string{r.lines[i-1].text, r.lines[i].text}]++
	}
	var twice []int
	all, repeated := 0, 0
	for i, l := range r.lines {
		if l.prose() {
			all += l.words
		}
		if l.rule != "" || l.keep || l.words < repeatWords {
			continue
		}
		if i > 0 && (l.text == r.lines[i-1].text || pairs[[2]string{r.lines[i-1].text, l.text}] > 1) ||
			i+1 < len(r.lines) && (l.text == r.lines[i+1].text || pairs[[2]string{l.text, r.lines[i+1].text}] > 1) {
			twice = append(twice, i)
			if l.prose() {
				repeated += l.words
			}
		}
	}
	if 3*repeated > all && all-repeated < leastStory {
		return
	}
	for _, i := range twice {
		r.lines[i].twice = true
	}
}

// leastStory is how many words of running text a page has at least that stand on it once where its story is among them.
const leastStory = 60

// repeatWords is how many words a line has that is looked for a second time.
const repeatWords = 5

func (r *reading) markRange(from, to int, rule string) {
	for i := from; i < to; i++ {
		if r.lines[i].rule == "" && !r.lines[i].keep {
			r.lines[i].rule = rule
		}
	}
}

// repeats is the lines from start to end that stand twice as what a page sets amid a story does: a second time outside
// it, or close by, as a picture's link and its headline. Links in a row need not stand outside in that order.
func (r *reading) repeats(start, end int) map[int]bool {
	last, outside, links := map[string]int{}, map[string]bool{}, map[string]bool{}
	for i, l := range r.lines {
		if i < start || i >= end {
			outside[l.text] = outside[l.text] || l.twice
			links[l.text] = isTeaserHead(l)
		}
	}
	again := map[int]bool{}
	for i := start; i < end; i++ {
		l := r.lines[i]
		if i > start && links[l.text] && links[r.lines[i-1].text] {
			again[i-1], again[i] = true, true
		}
		if !l.twice {
			continue
		}
		before, found := last[l.text]
		near := found && i-before <= nearby
		if outside[l.text] && l.words < paragraphWords || near {
			again[i] = true
		}
		if near {
			again[before] = true
		}
		last[l.text] = i
	}
	return again
}

// sectionWords is how many words the name of the section above a link has.
const sectionWords = 3

// paragraphWords is the fewest words of a line that is no link.
const paragraphWords = 25

// nearby is how many lines apart a link and its second mention stand.
const nearby = 8

// markAmid takes out what a page sets amid a story: small print, links to other stories, and the headline over again.
func (r *reading) markAmid(start, end int) {
	again := r.repeats(start, end)
	listed := false // the lines below a heading like "Related stories"
	for i := start; i < end; i++ {
		l := &r.lines[i]
		listed = l.rule == related || listed && !l.prose()
		switch {
		case l.rule != "" || l.field || l.keep:
		case l.text == r.article.Title:
			l.rule = headlineRow
		case again[i], again[i+1] && l.words <= sectionWords:
			l.rule = repeat
		case listed && l.words > 4 && !strings.HasSuffix(l.text, ":"), isReferral(*l), shoutsLink(*l), isMarkedLink(*l), isTeaser(r.lines, i):
			l.rule = related
		case isPageSpeech(*l), isEntryStamp(*l):
			l.rule = smallPrint
		}
	}
}
