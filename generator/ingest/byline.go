package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/generator/news"
)

// bylineBytes is the longest byline.
const bylineBytes = 160

// parseByline reads a whole line as a byline: "By Jane Doe and John Roe, AP", "Jane Doe | Reuters". A line without
// "By" is one only where an agency stands beside the name.
func parseByline(text string) (news.Byline, bool) {
	if len(text) > bylineBytes {
		return news.Byline{}, false
	}
	rest, signed := cutBy(text)
	by := news.Byline{Printed: text}
	for i, part := range bylineParts(rest) {
		name := strings.TrimSpace(part)
		switch {
		case agency(name) != "":
			by.Credit = agency(name)
		case isName(name) && (i == 0 || !isRole(name)):
			by.Authors = append(by.Authors, properName(name))
		case i > 0 && isRole(name):
		case i == 0 && signed && isSingleName(name):
			by.Authors = append(by.Authors, properName(name))
		default:
			return news.Byline{}, false
		}
	}
	return by, signed && (len(by.Authors) > 0 || by.Credit != "") || len(by.Authors) > 0 && by.Credit != ""
}

// bylineBesideDate reads what is left of a line when its date is taken away; beside a date a name needs no "By".
func bylineBesideDate(rest string) (news.Byline, bool) {
	if by, ok := parseByline(rest); ok {
		return by, true
	}
	by, ok := parseByline("By " + rest)
	by.Printed = rest
	return by, ok
}

// cutBy is the byline without its "By".
func cutBy(text string) (rest string, found bool) {
	text = strings.TrimLeft(text, "-–—|• ")
	for _, opening := range [...]string{"by ", "by: ", "written by ", "posted by ", "reported by ", "story by ", "words by "} {
		if len(text) > len(opening) && strings.EqualFold(text[:len(opening)], opening) {
			return strings.TrimSpace(text[len(opening):]), true
		}
	}
	return text, false
}

// bylineParts cuts a byline at the marks and words that stand between its names.
func bylineParts(text string) []string {
	text, _, _ = strings.Cut(text, "@")
	for _, between := range [...]string{" and ", " AND ", " & ", " with ", ", ", "; ", " | ", " - ", " – ", " — ", " for ", " of ", " in "} {
		text = strings.ReplaceAll(text, between, "|")
	}
	parts := strings.Split(text, "|")
	kept := parts[:0]
	for _, part := range parts {
		if part = strings.Trim(part, " .,:|"); part != "" {
			kept = append(kept, part)
		}
	}
	return kept
}

// isName reports whether text has the form of a person's name: two to five words in capitals, particles aside.
func isName(text string) bool {
	words := strings.Fields(text)
	if len(words) < 2 || len(words) > 5 {
		return false
	}
	for i, w := range words {
		if i > 0 && i < len(words)-1 && particles[strings.ToLower(w)] {
			continue
		}
		if !isNameWord(w) {
			return false
		}
	}
	return true
}

func isSingleName(text string) bool {
	return !strings.Contains(text, " ") && isNameWord(text) && utf8.RuneCountInString(text) > 2
}

func isNameWord(w string) bool {
	first, _ := utf8.DecodeRuneInString(w)
	if !unicode.IsUpper(first) || notNames[strings.ToLower(strings.Trim(w, "."))] {
		return false
	}
	return !strings.ContainsFunc(w, func(c rune) bool {
		return !unicode.IsLetter(c) && !strings.ContainsRune(".-'’", c)
	})
}

var particles = map[string]bool{
	"de": true, "da": true, "di": true, "du": true, "la": true, "le": true, "van": true, "von": true, "der": true, "den": true, "del": true,
	"della": true, "dos": true, "el": true, "al": true, "bin": true, "ibn": true, "ter": true, "zu": true, "y": true, "e": true,
}

// notNames are capitalised words that stand after "By" without being names.
var notNames = map[string]bool{
	"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true, "january": true,
	"february": true, "march": true, "april": true, "july": true, "august": true, "september": true, "october": true, "november": true,
	"december": true, "the": true, "a": true, "an": true, "this": true, "that": true, "his": true, "her": true, "its": true, "our": true,
	"now": true, "then": true, "contrast": true, "night": true, "day": true, "popular": true, "accident": true, "law": true,
}

// isRole reports whether text is what an author does rather than what she is called.
func isRole(text string) bool {
	words := strings.Fields(strings.ToLower(text))
	if len(words) == 0 || len(words) > 6 {
		return false
	}
	switch words[len(words)-1] {
	case "writer", "reporter", "correspondent", "editor", "columnist", "contributor", "staff", "critic", "journalist", "producer", "report", "reports", "agencies":
		return true
	}
	return words[0] == "special" || words[0] == "staff"
}

// agency is the agency or paper that text names, or "".
func agency(text string) string {
	text = strings.Trim(text, "()")
	folded := strings.ToLower(strings.TrimPrefix(strings.TrimPrefix(text, "The "), "THE "))
	for _, role := range [...]string{" writer", " reporter", " correspondent", " staff"} {
		folded = strings.TrimSuffix(folded, role)
	}
	return agencies[folded]
}

// agencies are the news agencies and services a byline or dateline credits, in lower case, with their names.
var agencies = map[string]string{
	"ap": "AP", "associated press": "Associated Press", "reuters": "Reuters", "afp": "AFP", "agence france-presse": "Agence France-Presse",
	"upi": "UPI", "united press": "United Press", "united press international": "United Press International", "bloomberg": "Bloomberg",
	"bloomberg news": "Bloomberg News", "press association": "Press Association", "pa": "PA", "pa media": "PA Media", "xinhua": "Xinhua",
	"kyodo": "Kyodo", "kyodo news": "Kyodo News", "yonhap": "Yonhap", "tass": "TASS", "itar-tass": "ITAR-TASS", "dpa": "dpa", "efe": "EFE", "ansa": "ANSA",
	"ians": "IANS", "ani": "ANI", "pti": "PTI", "press trust of india": "Press Trust of India", "bbc": "BBC", "bbc news": "BBC News", "cnn": "CNN",
	"fox news": "Fox News", "npr": "NPR", "voa": "VOA", "voice of america": "Voice of America", "wikinews": "Wikinews", "canadian press": "The Canadian Press",
	"australian associated press": "Australian Associated Press", "aap": "AAP", "international news service": "International News Service", "ins": "INS",
}

// properName is a name as it is written outside a byline: "JANE O'BRIEN" is Jane O'Brien. One that is not all in
// capitals stays.
func properName(name string) string {
	if !shouts(name) {
		return name
	}
	words := strings.Fields(name)
	for i, w := range words {
		words[i] = properWord(w)
	}
	return strings.Join(words, " ")
}

func properWord(w string) string {
	if strings.Trim(w, "IVX") == "" || strings.Count(w, ".") > 1 || particles[w] {
		return w
	}
	var b strings.Builder
	begin := true
	for _, c := range w {
		if begin {
			b.WriteRune(c)
		} else {
			b.WriteRune(unicode.ToLower(c))
		}
		begin = !unicode.IsLetter(c)
	}
	return b.String()
}
