package ingest

import (
	"slices"
	"strings"
	"unicode"

	"broadsheet/generator/prose"
)

// longCaption is the most words of a caption that names who took the picture.
const longCaption = 100

// isCaption reports whether a line is the caption of a picture that is not there, or says who took it.
func isCaption(l line) bool {
	if l.words > longCaption {
		return false
	}
	if isCredit(l) || isPlaceInGallery(l) || endsInCredit(l) {
		return true
	}
	// What a photographer's name stands before is longer than a notice of copyright, and has no year there.
	if name, found := strings.CutPrefix(l.text, "©"); found && l.words > 8 && !strings.Contains(name, "ights") && !strings.Contains(name, "opyright") && startsUpper(strings.TrimSpace(name)) {
		return true
	}
	text := strings.ToLower(strings.Trim(l.text, "()[] "))
	if l.words <= 60 && strings.Contains(text, " file photo") || saysWhenTaken(l) {
		return true
	}
	for _, opening := range [...]string{
		"photo by ", "photo: ", "photograph by ", "photograph: ", "photos by ", "photo credit", "image credit", "image: ", "image source",
		"picture: ", "getty images", "credit: ", "file - ", "file photo", "pictured ", "image caption", "media caption", "image copyright", "video caption", "video: ",
	} {
		if strings.HasPrefix(text, opening) {
			return true
		}
	}
	tail := text[max(0, len(text)-60):]
	for _, credit := range [...]string{
		"getty images", "/getty", "image: ", "(photo", "photo by ", "photo: ", "photo/", "/ap", "/reuters", "/afp", "via ap", "via reuters",
		"shutterstock", "(credit: ", "credit...", "image courtesy", "photo courtesy", "/ ap file", "submitted photo", "image credit", "photo credit", "file photo)", "credit: ",
	} {
		if strings.Contains(tail, credit) {
			return true
		}
	}
	return false
}

// saysWhenTaken reports whether a sentence names the day to the year and its weekday, as agencies do below pictures and
// in no story: "Teachers rally in Indianapolis, Tuesday, Nov. 19, 2019."
func saysWhenTaken(l line) bool {
	if l.words < 12 || l.words > 45 {
		return false
	}
	for before, rest := range cuts(l.text, ", ") {
		weekday, date, found := strings.Cut(rest, ", ")
		if before == "" || !found || !weekdays[strings.ToLower(weekday)] || weekday == strings.ToLower(weekday) {
			continue
		}
		tokens := tokenize(date[:min(len(date), datelineBytes)])
		if len(tokens) > 0 {
			d, _, ok := dateAt(tokens, 0, dating{})
			return ok && d.Day > 0
		}
	}
	return false
}

// endsInCredit reports whether a line is a sentence and, after it, who took the picture: "The pier in 2023. Jane Doe".
func endsInCredit(l line) bool {
	if l.words < 7 || endsSentence(l.text) || !strings.Contains(l.text, ". ") {
		return false
	}
	sentences := prose.Sentences(nil, l.text)
	last := sentences[len(sentences)-1]
	return len(sentences) > 1 && isName(l.text[last.Start:last.End])
}

// isCredit reports whether a line ends with the makers of a picture in brackets: "(NASA/JPL)", "[Jane Doe/Reuters]", "(AP)".
func isCredit(l line) bool {
	last := strings.TrimRight(l.text, " .")
	if l.words > 40 || last == "" || !strings.ContainsRune(")]", rune(last[len(last)-1])) {
		return false
	}
	i := strings.LastIndexAny(last, "([")
	inside := last[i+1 : len(last)-1]
	if i > 0 && agency(inside) != "" {
		return true
	}
	return i >= 0 && (strings.Contains(inside, "/") || strings.Contains(inside, " via ")) && !strings.Contains(inside, "//") && countWords(inside) <= 6 && !strings.ContainsAny(inside, "0123456789")
}

// isPictureLabel reports whether a line says that who took the picture comes next: "Image:".
func isPictureLabel(l line) bool {
	return isCaption(l) || l.words == 1 && strings.HasSuffix(l.text, ":") && isCaption(line{text: l.text + " x"})
}

// isCreditLine reports whether a line is nothing but who took the picture above it: "(Jane Doe)", "Courtesy of Jane Doe".
func isCreditLine(l line) bool {
	if strings.HasPrefix(l.text, courtesy) {
		return l.words <= pictureCredit
	}
	if !strings.HasPrefix(l.text, "(") {
		return false
	}
	name, found := strings.CutSuffix(l.text[1:], ")")
	return isCaption(l) || found && (isName(name) || agency(name) != "" || isPaper(name, false))
}

const courtesy = "Courtesy of "

// isPlaceInGallery reports whether a line says which of a row of pictures this is: "Image 3 of 12".
func isPlaceInGallery(l line) bool {
	rest := l.text
	for _, thing := range [...]string{"Image ", "Photo ", "Slide ", "Picture "} {
		rest = strings.TrimPrefix(rest, thing)
	}
	return l.words <= 6 && rest != l.text && strings.Trim(rest, "0123456789 of/") == ""
}

// isReferral reports whether a line sends the reader to another story: "Related: A wall for the harbour".
func isReferral(l line) bool {
	if l.words > 30 {
		return false
	}
	if rest, found := strings.CutPrefix(strings.ToLower(l.text), "also on "); found {
		site, _, _ := strings.Cut(rest, " ")
		return strings.Contains(site, ".")
	}
	label, rest, found := strings.Cut(strings.TrimLeft(l.text, "[("), ":")
	if !found || rest == "" {
		return false
	}
	if label = strings.ToLower(label); slices.Contains(referralLabels[:], label) {
		return true
	}
	on, site, found := strings.Cut(label, " ")
	return found && (on == "on" || on == "more from") && strings.Contains(site, ".") && !strings.Contains(site, " ")
}

// isReferralLabel reports whether a line says that links to other stories come next: "More:".
func isReferralLabel(text string) bool {
	label, found := strings.CutSuffix(text, ":")
	return found && slices.Contains(referralLabels[:], strings.ToLower(label))
}

var referralLabels = [...]string{
	"related", "related story", "related article", "related post", "related stories", "related content", "read more", "read also", "read next", "read", "also read", "see also", "see more", "more", "watch", "watch live", "listen", "must read",
	"don't miss", "don’t miss", "photos", "more on this", "more on this story", "lire aussi", "leia também", "leia mais", "lesen sie auch", "читайте также", "baca juga", "lea también", "leggi anche", "leggi anche su",
}

// shoutsLink reports whether a line is a link to another story that is set in capitals, but for a word or two.
func shoutsLink(l line) bool {
	if l.words < 8 || endsSentence(l.text) {
		return false
	}
	upper, lower := 0, 0
	for _, c := range l.text {
		switch {
		case unicode.IsUpper(c):
			upper++
		case unicode.IsLower(c):
			lower++
		}
	}
	return upper > 8*lower
}

// isPageSpeech reports whether the page speaks to its reader: of what a page has and a story has not, an inbox or a
// subscription, in a sentence that says "you" or tells the reader to do something.
func isPageSpeech(l line) bool {
	text := strings.ToLower(l.text)
	if strings.HasPrefix(text, "by signing up") || strings.HasPrefix(text, "by clicking") {
		return true
	}
	if l.words > 40 || strings.ContainsAny(l.text, "\"“”„«") {
		return false
	}
	for _, words := range [...]string{
		"our newsletter", "your inbox", "privacy policy", "terms of use", "terms of service", "all rights reserved", "has not loaded", "failed to load", "valid email", "your email", "signing you up", "junk folder", "reserved for subscribers",
		"subject to copyright", "opens in new window", "by signing up", "back to video", "follow us on", "thanks for signing up", "error processing your", "opt-in box",
	} {
		if strings.Contains(text, words) {
			return true
		}
	}
	said, things := 0, 0
	seen := map[string]bool{} // a word counts once, in whatever number
	orders, addresses, letters := false, false, false
	for w := range strings.FieldsSeq(prose.Fold(text)) {
		one := strings.TrimSuffix(w, "s")
		again := seen[one]
		seen[one] = true
		switch {
		case addressed[w]:
			addresses = true
		case again:
		case pageThings[w]:
			things++
			letters = letters || strings.HasPrefix(w, "newsletter")
		case paperThings[w]:
			said++
		}
	}
	first, _, _ := strings.Cut(text, " ")
	orders = requests[first]
	switch {
	case things == 0:
		return orders && (said >= 2 || addresses && said > 0) && l.words <= 12 || orders && said >= 3 && l.words <= 20
	case orders:
		return things+said >= 2 || l.words <= 12
	case l.words <= 8:
		return things+said >= 2 || letters
	}
	return addresses && things+said >= 3
}

var (
	addressed = words("you your yours")
	requests  = words("access activate add allow become browse buy check choose claim click contact continue create discover donate download email enable enjoy enter explore find follow get give help join keep learn like listen log login manage please read receive register save see send share sign stay submit subscribe support switch tap try turn unlock update upgrade visit want watch")
	// pageThings are what a page has and a story has not.
	pageThings = words("newsletter newsletters inbox subscriber subscribers subscription subscriptions subscribe subscribing unsubscribe cookies browser javascript email emails email signup sign signing login register registered registering registration account accounts adblocker blocker notifications password forums log logged ads")
	// paperThings are what a page speaks of, and a story may.
	paperThings = words("article articles story stories unlimited free month updates daily weekly digest latest morning headlines tip comment comments podcast channel page site website news app offers favourite favorite authors content consent facebook twitter instagram youtube whatsapp experience breaking delivered")
)

// isStamp reports whether a line says when a comment or an update was posted: "2 days ago", "November 19, 2019 at 6:34
// am".
func isStamp(l line) bool {
	if l.words > 12 || !strings.ContainsAny(l.text, "0123456789") {
		return false
	}
	if isAgo(l.text) || saysPosted(l.text) {
		return true
	}
	d, ok := dateLine(l.text, dating{})
	return ok && d.date.Day > 0 && len(d.rest) < nameBytes
}

// saysPosted reports whether a line says when the story was posted or updated, in that word: "Updated Nov 19, 9:41 AM".
func saysPosted(text string) bool {
	word, rest, _ := strings.Cut(strings.ToLower(text), " ")
	switch strings.Trim(word, ":") {
	case "updated", "posted", "published":
		return hasFigures(rest) && !endsSentence(text)
	}
	return false
}

// isEntryStamp reports whether a line is nothing but the hour of an entry in a running report, and its writer: "20:24Jane Doe".
func isEntryStamp(l line) bool {
	hour, rest, found := strings.Cut(l.text, ":")
	if !found || l.words > 5 || len(rest) < 2 || strings.Trim(hour, "0123456789") != "" || len(hour) == 0 || len(hour) > 2 || !isDigit(rest[0]) || !isDigit(rest[1]) {
		return false
	}
	return isName(strings.TrimSpace(rest[2:]))
}

// nameBytes is the longest name of a comment's author.
const nameBytes = 40

// isPoster reports whether a line says who wrote the post quoted above it, and when.
func isPoster(l line) bool {
	return strings.HasPrefix(l.text, "— ") && strings.Contains(l.text, "(@")
}

// isSmallPrint reports whether a sentence belongs to the page, not to a story: what its owner says of cookies, terms
// and letters to be mailed.
func isSmallPrint(l line) bool {
	if l.words > longPrint {
		return false
	}
	text := strings.ToLower(l.text)
	return holdsAny(text, ownersWords[:]) || l.words <= shortPrint && holdsAny(text, readersWords[:])
}

// longPrint is the most words of a line of small print. One that only has words to the reader in it is shorter: a paragraph
// of a story may have them too.
const (
	longPrint  = 60
	shortPrint = 30
)

var ownersWords = [...]string{
	"all rights reserved", "may not be published", "may not be reproduced", "privacy policy", "terms of use", "terms of service", "cookies", "©",
	"may earn a commission", "we may receive", "our newsletter", "our website", "comment policy", "comments powered",
}

var readersWords = [...]string{
	"your email address", "subscribe to", "subscribe now", "subscribe today", "sign up for", "sign up to", "follow us", "follow me on", "like this story", "permalink", "check out our",
	"javascript", "your browser", "click here", "log in to", "your comment", "leave a comment", "post a comment", "log in to comment", "sign in to comment", "comments are ", "advertise with", "contact us",
}

func holdsAny(text string, phrases []string) bool {
	return slices.ContainsFunc(phrases, func(p string) bool { return strings.Contains(text, p) })
}

// isEditNotice reports whether a line says in which state the article is as a page, not what it says: "Article last
// amended: Mar 5 at 12:05", "This story is more than 5 years old."
func isEditNotice(l line) bool {
	if l.words > shortPrint {
		return false
	}
	thing, state, _ := strings.Cut(strings.TrimLeft(l.text, "-*( "), " ")
	if strings.EqualFold(thing, "this") {
		thing, state, _ = strings.Cut(state, " ")
	}
	switch strings.ToLower(thing) {
	case "article", "story", "page", "post", "item", "document", "entry":
	default:
		return false
	}
	state = strings.ToLower(state[:min(len(state), 2*noticeBytes)])
	state = strings.TrimPrefix(strings.TrimPrefix(state, "was "), "has been ")
	state = state[:min(len(state), noticeBytes)]
	return holdsAny(state, pageStates[:]) || strings.HasPrefix(state, "is more than ") && strings.Contains(state, " old")
}

// noticeBytes is how far into a notice its word for the state stands.
const noticeBytes = 40

var pageStates = [...]string{
	"last amended", "last edited", "last modified", "last updated", "last changed", "last revised", "last reviewed", "requires pre-publication", "requires review", "awaits review",
	"is archived", "no longer being updated",
}

// longNote is the most words of a note about a writer.
const longNote = 90

// isNote reports whether a line says who wrote the story: "Jane Doe is a reporter in Port Arthur."
func isNote(l line, authors []string) bool {
	if l.words > longNote {
		return false
	}
	if strings.HasPrefix(l.text, "Write to ") && hasMail(l.text) || strings.Contains(l.text, "contributed to this ") || strings.Contains(l.text, "contributed reporting") || l.words <= 30 && hasMail(l.text) {
		return true
	}
	if isDeskNote(l.text) {
		return true
	}
	for _, name := range authors {
		first, _, _ := strings.Cut(name, " ")
		for _, named := range [...]string{name, first} {
			if rest, found := strings.CutPrefix(l.text, named+" "); found && isAboutWriter(rest) {
				return true
			}
		}
	}
	for i := 1; i < len(l.text); i++ {
		if l.text[i] == ' ' && isAboutWriter(l.text[i+1:]) {
			return isName(l.text[:i])
		}
	}
	return false
}

// namesWriter reports whether a line speaks of one of those who wrote the story.
func namesWriter(l line, authors []string) bool {
	return l.words <= longNote && slices.ContainsFunc(authors, func(name string) bool { return strings.Contains(name, " ") && strings.Contains(l.text, name) })
}

// isDeskNote reports whether a line is an agency's note of who was at work: "(Reporting by Jane Doe; editing by John Roe)".
func isDeskNote(text string) bool {
	text = strings.TrimPrefix(text, "(")
	for _, opening := range deskNotes {
		if name, found := strings.CutPrefix(text, opening); found {
			return !startsLower(name)
		}
	}
	return false
}

var deskNotes = [...]string{"Reporting by ", "Additional reporting by ", "Writing by ", "Editing by ", "Compiled by "}

// hasMail reports whether a text has an address of electronic mail.
func hasMail(text string) bool {
	for word := range strings.FieldsSeq(text) {
		name, host, found := strings.Cut(strings.Trim(word, ".,;:()"), "@")
		if found && name != "" && strings.Contains(host, ".") {
			return true
		}
	}
	return false
}

func isAboutWriter(text string) bool {
	if strings.HasPrefix(text, "(") {
		_, text, _ = strings.Cut(text, ") ")
	}
	for _, opening := range [...]string{"is a ", "is an ", "is the ", "has been ", "joined ", "covers ", "writes ", "reports on ", "can be reached"} {
		if strings.HasPrefix(text, opening) {
			return true
		}
	}
	return false
}
