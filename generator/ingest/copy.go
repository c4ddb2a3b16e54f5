package ingest

import (
	"slices"
	"strings"
	"unicode"
)

// The rules for the marks that copy carries on its way to the paper and into it: who sends it, which piece of it this is, where
// it goes on and where it ends.
const (
	release    = "sent with the copy"
	slug       = "slug"
	jumpLine   = "jump line"
	endMark    = "end mark"
	mailHeader = "mail header"
	wireMark   = "wire mark"
)

// markCopy takes out of a clean file what came with the copy and is not of the story.
func (r *reading) markCopy() {
	r.markMail()
	r.markRelease()
	r.markReferences()
	for i := range r.lines {
		l := &r.lines[i]
		if l.rule != "" || l.keep || l.piece || l.words > copyWords {
			continue
		}
		switch {
		case isEndMark(l.text):
			l.rule = endMark
		case isJump(l.text):
			l.rule = jumpLine
			r.markJumpHead(i)
		case isAdd(l.text), isTransmission(l.text), strings.HasPrefix(l.text, toEditors):
			l.rule = slug
		case isNumberedRow(l.text):
			l.rule = navigation
		}
	}
	r.markSlug()
}

// copyWords is the most words of a line that came with the copy.
const copyWords = 20

// isEndMark reports whether a line says that the copy ends, "-30-", "# # #", "ENDS", or goes on, "(more)".
func isEndMark(text string) bool {
	mark := strings.Trim(text, "-–—#*() .")
	set := strings.ContainsAny(text[:1], "-#*(") || strings.HasPrefix(text, "–") || strings.HasPrefix(text, "—")
	switch strings.ToLower(mark) {
	case "":
		return strings.Count(text, "#") > 1
	case "30", "xxx":
		return set
	case "more", "end", "ends":
		return set || shouts(text)
	}
	return false
}

// isJump reports whether a line sends the reader to another page or says which one the story comes from: "Please see
// SCHOOLS, Page A4", "(Continued from Page One)".
func isJump(text string) bool {
	text = strings.ToLower(strings.Trim(text, "()[]. –—-"))
	for _, opening := range [...]string{"please see ", "see ", "please turn to ", "turn to ", "continued on ", "continued from ", "cont. on ", "cont. from ", "cont'd on ", "cont'd from "} {
		rest, found := strings.CutPrefix(text, opening)
		if !found {
			continue
		}
		if i := strings.LastIndex(rest, "page "); i >= 0 {
			return len(rest)-i <= len("page one, column 3")
		}
		part := rest[strings.LastIndexByte(rest, ' ')+1:]
		return strings.HasPrefix(opening, "cont") && len(part) <= pageBytes && hasFigures(part)
	}
	return false
}

// markJumpHead takes out the word in capitals right above the line that says which page the story comes from.
func (r *reading) markJumpHead(i int) {
	if i > 0 && r.lines[i-1].rule == "" && !r.lines[i-1].keep && r.lines[i-1].words <= 2 && shouts(r.lines[i-1].text) && strings.Contains(strings.ToLower(r.lines[i].text), "from ") {
		r.lines[i-1].rule = jumpLine
	}
}

// isSlug reports whether a line is what an agency calls a story on its wire: "BC-Dam Collapse, 2nd Ld-Writethru, 550".
func isSlug(text string) bool {
	cycle, rest, found := strings.Cut(text, "-")
	return found && len(cycle) == 2 && shouts(cycle) && rest != "" && !unicode.IsSpace(rune(rest[0])) && !endsSentence(text)
}

// isTransmission reports whether a line says by which wire the copy went and when: "a043 02-12 0412", "APWR-10-16-98 0512EST".
func isTransmission(text string) bool {
	words := strings.FieldsFunc(text, func(c rune) bool { return c == ' ' || c == '-' })
	if len(words) < 4 || countWords(text) > transmissionWords {
		return false
	}
	time := strings.TrimRight(words[len(words)-1], "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	if len(time) != 4 || !isNumber(time) {
		return false
	}
	last := len(words) - 2
	return isPair(words[last-1], words[last], text) || last > 1 && isPair(words[last-2], words[last-1], text) && isNumber(words[last])
}

// isPair reports whether month and day stand in text as "02-12".
func isPair(month, day, text string) bool {
	return len(month) == 2 && len(day) == 2 && isNumber(month) && isNumber(day) && strings.Contains(text, month+"-"+day)
}

// transmissionWords is the most words of a line that says how copy went: "r i BC-Briefs 10-16 0543".
const transmissionWords = 6

func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// toEditors begins a note of an agency's to those who print its copy.
const toEditors = "Eds: "

// markSlug takes out what the agency calls the story where the next line is a headline.
func (r *reading) markSlug() {
	top := r.storyTop()
	for i := range top {
		if l := &r.lines[i]; l.rule != "" || l.keep || !isSlug(l.text) {
			continue
		}
		next := i + 1
		for next < top && r.lines[next].rule != "" {
			next++
		}
		if next < top && r.headlineBelow(next-1, next+1) {
			r.lines[i].rule = slug
		}
	}
}

// isAdd reports whether a line is the slug of a further piece of a story: "BC-Dam Collapse, 1st add".
func isAdd(text string) bool {
	return isSlug(text) && strings.Contains(strings.ToLower(text), " add")
}

// isNumberedRow reports whether a line is a row of the links that a browser in text numbers: "[1]Home [2]News".
func isNumberedRow(text string) bool {
	if !strings.HasPrefix(text, "[") {
		return false
	}
	links, known := 0, false
	for part := range strings.SplitSeq(text[1:], "[") {
		number, label, found := strings.Cut(part, "]")
		if !found || number == "" || strings.Trim(number, "0123456789") != "" || countWords(label) > labelWords+1 || endsSentence(label) {
			return false
		}
		links++
		known = known || phraseRule(line{text: strings.Trim(label, "| "), words: 1}) != ""
	}
	return links >= leastRow || known
}

// markReferences takes out the list of addresses that a browser in text sets below the page.
func (r *reading) markReferences() {
	first := len(r.lines)
	for first > 0 {
		number := listNumber(r.lines[first-1].text)
		if number < 0 || !isURL(strings.TrimSpace(r.lines[first-1].text[number+1:])) {
			break
		}
		first--
	}
	if first == 0 || first == len(r.lines) || r.lines[first-1].text != "References" && r.lines[first-1].text != "Visible links" {
		return
	}
	r.markRange(first-1, len(r.lines), navigation)
}

// isReleaseLabel reports whether a line says that what follows may be printed, or must not wait: "FOR IMMEDIATE RELEASE".
func isReleaseLabel(text string) bool {
	text = strings.ToLower(strings.Trim(text, "*:-–— "))
	switch text {
	case "for immediate release", "for release", "press release", "news release", "media release", "immediate release", "bulletin", "urgent", "flash", "media advisory", "news advisory":
		return true
	}
	return strings.HasPrefix(text, "embargoed until ") || strings.HasPrefix(text, "for release ") || strings.HasPrefix(text, "embargoed for ")
}

// markRelease takes out the label of a press release and whom to ask: the lines from "Contact:" to a blank one.
func (r *reading) markRelease() {
	top := min(len(r.lines), headLimit)
	label := slices.IndexFunc(r.lines[:top], func(l line) bool { return l.rule == "" && !l.piece && isReleaseLabel(l.text) })
	if label < 0 || label > labelLines || label+2 >= len(r.lines) || r.lines[label].keep {
		return
	}
	r.lines[label].rule = release
	for i := label + 1; i < top; i++ {
		head, _, found := strings.Cut(strings.ToLower(r.lines[i].text), ":")
		if !found || strings.TrimPrefix(strings.TrimPrefix(head, "media "), "press ") != "contact" && head != "for more information" && head != "contacts" {
			continue
		}
		for j := i; j < top && (j == i || !r.lines[j].gap) && !r.lines[j].prose(); j++ {
			if !r.lines[j].keep {
				r.lines[j].rule, r.lines[j].piece = release, false
			}
		}
	}
}

// leastHeaders is how many headers a letter by electronic mail has at least.
const leastHeaders = 3

// markMail takes the headers off a letter by electronic mail, but for its date; its subject is the headline where none stands
// below.
func (r *reading) markMail() {
	end, subject := 0, -1
	for end < len(r.lines) && (end == 0 || !r.lines[end].gap) && isMailHeader(r.lines[end].text) {
		if label, value, _ := strings.Cut(r.lines[end].text, ":"); strings.EqualFold(label, "subject") && strings.TrimSpace(value) != "" {
			subject = end
		}
		end++
	}
	if end < leastHeaders || end == len(r.lines) {
		return
	}
	for i := range end {
		l := &r.lines[i]
		l.piece = false
		label, value, _ := strings.Cut(l.text, ":")
		if strings.EqualFold(label, "date") && r.takeDayIn(i, value) || l.keep {
			continue
		}
		l.rule = mailHeader
	}
	if subject >= 0 && !r.isHeadline(end) && !r.lines[subject].keep {
		_, value, _ := strings.Cut(r.lines[subject].text, ":")
		r.article.Title = strings.TrimSpace(value)
		r.lines[subject].rule = ""
		r.take(subject, "title")
	}
}

// takeDayIn takes the first day that part of line i has, whatever else stands there: "Fri, 14 Mar 2003 09:22:11 -0500".
func (r *reading) takeDayIn(i int, part string) bool {
	if !r.article.Date.IsZero() {
		return false
	}
	tokens := tokenize(part)
	for n := range tokens {
		if d, _, ok := dateAt(tokens, n, r.dating); ok && d.Day > 0 {
			r.article.Date = d
			r.take(i, "date")
			return true
		}
	}
	return false
}

var mailHeaders = words("from to cc bcc date subject sent reply-to return-path received message-id mime-version content-type content-transfer-encoding importance attachments organization newsgroups")

func isMailHeader(text string) bool {
	label, _, found := strings.Cut(text, ":")
	label = strings.ToLower(label)
	return found && (mailHeaders[label] || strings.HasPrefix(label, "x-") && !strings.Contains(label, " "))
}
