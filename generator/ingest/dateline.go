package ingest

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/generator/news"
	"broadsheet/generator/prose"
)

// datelineBytes is how far into a paragraph the dash of a dateline may stand.
const datelineBytes = 90

// readDateline reads the dateline of the story's first paragraphs; it stays in the text.
func (r *reading) readDateline(body []line) {
	for _, l := range body[:min(len(body), 3)] {
		d, agency, ok := parseDateline(l.text)
		if !ok {
			continue
		}
		r.article.Dateline = d
		r.found("dateline", "text")
		if agency != "" && r.article.Byline.Credit == "" {
			r.article.Byline.Credit = agency
			r.found("credit", "dateline")
		}
		r.inLine = datelineDate(d.Printed)
		return
	}
}

// parseDateline reads the dateline at the beginning of a paragraph: "AUBURN, Wash. (AP) —", "SEOUL, April 5
// (Reuters) -", "WHITBY, England, March 3, 1921.-". The place is in capitals, or an agency stands in brackets before or behind the
// dash, or a day and a full stop before it: "London, Aug. 11.—".
func parseDateline(text string) (d news.Dateline, credit string, ok bool) {
	end, after := dash(text)
	if end <= 0 {
		return dayDateline(text)
	}
	place := strings.TrimSpace(text[:end])
	if unstopped, found := strings.CutSuffix(place, ")."); found {
		place = unstopped + ")"
	}
	if open := strings.LastIndexByte(place, '('); open > 0 && strings.HasSuffix(place, ")") {
		if credit = agency(place[open:]); credit == "" {
			return d, "", false
		}
		place = strings.TrimSpace(place[:open])
	} else {
		credit, after = agencyBehind(text, after)
	}
	where := placeOf(place)
	vouched := credit != "" || isDated(where, place) && beginsStory(strings.TrimLeft(text[after:], " "))
	if !isPlace(where, vouched) || credit == "" && (!hasMonthOrDay(text[:end]) && headlineGoesOn(text[after:]) || isFamilyNotice(where, text[after:])) {
		return d, "", false
	}
	return news.Dateline{Printed: strings.TrimSpace(text[:after]), Place: properPlace(where)}, credit, true
}

// isDated reports whether all that stands before a dash is a place as names are written and a day that a full stop ends. Old print
// has its places in small capitals, of which scans and typists make small letters.
func isDated(place, text string) bool {
	day := text[len(place):]
	if !strings.HasSuffix(strings.TrimRight(day, ":"), ".") || hasMonthOrDay(place) || datelineDate(day).Day == 0 || !isDayAlone(day) {
		return false
	}
	first, _, _ := strings.Cut(place, " ")
	if linkingWords[strings.ToLower(first)] || datelineLinks[strings.ToLower(first)] {
		return false
	}
	for word := range strings.FieldsSeq(place) {
		if startsLower(word) && !datelineLinks[word] {
			return false
		}
	}
	return true
}

// datelineLinks are the small words within the names of places: "Stoke on Trent", "Rome, via Paris".
var datelineLinks = words("at by da de del der di do du en in la le near nigh on over sub sur the under upon via")

// agencyBehind is the agency whose name and another dash come after that of a dateline, "—(AP)—", and where what follows begins.
func agencyBehind(text string, after int) (credit string, end int) {
	name, rest, closed := strings.Cut(strings.TrimPrefix(text[after:], "("), ")")
	if !closed || text[after] != '(' {
		return "", after
	}
	story := strings.TrimLeft(rest, " .-–—")
	for _, by := range [...]string{"By ", "by ", "The ", "the "} {
		name = strings.TrimPrefix(name, by)
	}
	if credit = agency(strings.TrimSuffix(name, ".")); credit == "" || story == rest {
		return "", after
	}
	return credit, len(text) - len(story)
}

// headlineGoesOn reports whether what follows a dash goes on with a headline and not with a story: it is in capitals, or a few words
// that no stop ends, as in "ROE - DOE WEDDING". A day before the dash makes it a dateline all the same: "BOSTON, March 3 - Oper shr 34 cts".
func headlineGoesOn(text string) bool {
	return shouts(text) || countWords(text) < storyWords && !endsSentence(text)
}

// isFamilyNotice reports whether what stands about a dash begins the notice of a birth, a marriage or a death: a surname, and "On
// the 3rd inst." or "In loving memory". A story that a town's name opens is dated before the dash, or by a day of the week.
func isFamilyNotice(name, text string) bool {
	if surname, _, _ := strings.Cut(name, " "); !shouts(surname) || hasMonthOrDay(name) {
		return false
	}
	text = strings.ToLower(strings.TrimSpace(text))
	if strings.HasPrefix(text, "in loving memory") || strings.HasPrefix(text, "in memoriam") || strings.HasPrefix(text, "in memory of") {
		return true
	}
	const near = 4 // words: "on october the 3rd"
	words := strings.Fields(text[:min(len(text), datelineBytes)])
	return strings.HasPrefix(text, "on ") && slices.ContainsFunc(words[:min(near, len(words))], isDayOfMonth)
}

// isDayOfMonth reports whether a word is one: "3rd", "14,".
func isDayOfMonth(word string) bool {
	number := strings.TrimRight(word, "stndrh,.")
	value, err := strconv.Atoi(number)
	return err == nil && value > 0 && value <= 31 && len(word) <= len("31st,.")
}

// storyWords is the least words of a story's first line.
const storyWords = 6

// dayDateline reads a dateline that a day closes: "LONDON, Thursday, Nov. 15.", "NEUSTADT, 12. Mai 1999. Die".
func dayDateline(text string) (d news.Dateline, credit string, ok bool) {
	head := text[:min(len(text), datelineBytes)]
	comma := strings.IndexByte(head, ',')
	if comma < 0 || !shouts(head[:comma]) || !isPlace(head[:comma], false) {
		return d, "", false
	}
	for i := comma; i < len(head); i++ {
		if head[i] != '.' || i+1 < len(head) && head[i+1] != ' ' || datelineDate(head[:i]).Day == 0 {
			continue
		}
		place := placeOf(head[:i])
		ok = len(place) <= comma && isDayAlone(head[comma:i])
		return news.Dateline{Printed: head[:i+1], Place: properPlace(place)}, "", ok
	}
	return d, "", false
}

// isDayAlone reports whether text is a day and its weekday, with or without a year, and nothing else.
func isDayAlone(text string) bool {
	for _, t := range tokenize(text) {
		word := strings.ToLower(t.text)
		if _, digits := t.number(); digits == 0 && t.month() == 0 && !weekdays[word] && !dateWords[word] && isAlphanumeric(word[0]) {
			return false
		}
	}
	return true
}

// dash is the dash that closes a dateline: where it begins and where what follows it does.
func dash(text string) (start, end int) {
	head := text[:min(len(text), datelineBytes)]
	start = -1
	for _, mark := range [...]string{"—", " – ", " -- ", " - ", "--", "―", " -", " _ "} {
		if i := strings.Index(head, mark); i > 0 && (start < 0 || i < start) {
			start, end = i, i+len(mark)
		}
	}
	for i, c := range head {
		if start >= 0 && i >= start {
			break
		}
		if after := i + utf8.RuneLen(c); (c == '-' || c == '–') && i > 0 && endsDateline(head[:i]) && beginsStory(head[after:]) {
			return i, after
		}
	}
	return start, end
}

// endsDateline reports whether a dash that no blank parts from what precedes it can close a dateline, and joins no words: after an
// agency, after a day that a comma parts from its place, or after the full stop of a town or a state. "U.S.-Japan" has none.
func endsDateline(text string) bool {
	if strings.HasSuffix(text, ")") || strings.HasSuffix(text, ").") {
		return true
	}
	comma := strings.LastIndexByte(text, ',')
	if comma > 0 && hasMonthOrDay(text[comma+1:]) {
		return true
	}
	text, stopped := strings.CutSuffix(text, ".")
	word := text[strings.LastIndexByte(text, ' ')+1:]
	const initials, town = 1, 4 // letters
	return stopped && !strings.Contains(word, ".") && (comma > 0 && len(word) > initials || shouts(word) && len(word) >= town)
}

// beginsStory reports whether text goes on as a story does behind the dash of its dateline.
func beginsStory(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	word, _, _ := strings.Cut(text, " ")
	return (unicode.IsUpper(first) || strings.ContainsRune("\"'“‘(", first)) && !hasMonthOrDay(word)
}

// placeOf is the place of a dateline without the day that may follow it.
func placeOf(text string) string {
	parts := strings.Split(text, ",")
	last := len(parts) - 1
	for last > 0 && hasMonthOrDay(parts[last]) {
		last--
	}
	return strings.TrimSpace(strings.Join(parts[:last+1], ","))
}

func hasMonthOrDay(text string) bool {
	for word := range strings.FieldsSeq(text) {
		w := strings.ToLower(strings.Trim(word, ".,:"))
		if months[w] != 0 || weekdays[w] {
			return true
		}
	}
	number := strings.Trim(text, " .:")
	return number != "" && strings.Trim(number, "0123456789") == ""
}

// isPlace reports whether text can be the place of a dateline: one to six words, the first part in capitals unless an
// agency vouches for it.
func isPlace(text string, vouched bool) bool {
	if words := len(strings.Fields(text)); words == 0 || words > 6 || strings.ContainsAny(text, ":;!?\"“”()") {
		return false
	}
	if strings.ContainsFunc(text, unicode.IsDigit) {
		return false
	}
	city, _, within := strings.Cut(text, ",")
	if vouched {
		first, _ := utf8.DecodeRuneInString(city)
		return unicode.IsUpper(first) || unicode.IsLetter(first) && !unicode.IsLower(first) // scripts without capitals
	}
	isDay := !within && !strings.Contains(city, " ") && hasMonthOrDay(city)
	return shouts(city) && len(city) > 3 && !isDay && (within || !isHeading(city))
}

// isHeading reports whether a word or two in capitals before a dash head what follows instead of placing it: "NOTICE.—", "FILE -".
func isHeading(text string) bool {
	label := prose.Fold(text)
	return headings[label] || isMenuLabel(label) || genreOf(text) != ""
}

var headings = folded("file,file photo,photo,video,note,editors note,notice,correction,update,updated,breaking,wanted,lost,found,born,married,died,deaths,births,marriages,for sale,to let,to rent")

// properPlace writes the capitals of a dateline as elsewhere: "AUBURN, Wash." is Auburn, Wash., "PARIS." is Paris.
func properPlace(place string) string {
	city, rest, found := strings.Cut(place, ",")
	city = properName(city)
	if bare := strings.TrimSuffix(city, "."); !found && !strings.Contains(bare, ".") {
		return bare
	}
	if !found {
		return city
	}
	return city + "," + rest
}

// datelineDate is the day in a dateline, as far as it says: Year is 0 where it names none.
func datelineDate(printed string) news.Date {
	tokens := tokenize(printed)
	for i := range tokens {
		if d, _, ok := dateAt(tokens, i, dating{}); ok {
			return d
		}
		if d, ok := monthAndDay(tokens, i); ok {
			return d
		}
	}
	return news.Date{}
}
