package ingest

import (
	"slices"
	"strings"
	"unicode"

	"broadsheet/generator/news"
)

// bylineBytes is the longest byline.
const bylineBytes = 160

// parseByline reads a whole line as a byline: "By Jane Doe and John Roe, AP", "Jane Doe | Reuters", "Jane Doe Staff
// Writer". A line without "By" is one only where an agency or a reporter's office stands beside the name.
func parseByline(text string) (news.Byline, bool) {
	if len(text) > bylineBytes || strings.HasPrefix(text, "(") {
		return news.Byline{}, false
	}
	rest, signed := cutBy(text)
	c := credits{lenient: signed}
	if !c.read(rest) {
		return news.Byline{}, false
	}
	by := news.Byline{Printed: text, Authors: c.authors, Credit: c.credit}
	if signed {
		return by, true
	}
	return by, len(c.authors) > 0 && (c.credit != "" || c.office)
}

// bylineBesideDate reads what is left of a line when its date is taken away; beside a date a name needs no "By". The
// name of a section, "Politics", may stand there too; it makes a byline without authors.
func bylineBesideDate(rest string) (news.Byline, bool) {
	if by, ok := parseByline(rest); ok {
		return by, true
	}
	if sectionNames[strings.ToLower(trimMarks(rest))] {
		return news.Byline{}, true
	}
	if parts := bylineParts(rest); leadsToDate(rest) || len(parts) == 0 || !isName(parts[0]) && agency(parts[0]) == "" {
		return news.Byline{}, false
	}
	by, ok := parseByline("By " + rest)
	by.Printed = trimMarks(rest)
	return by, ok
}

// leadsToDate reports whether text goes on with the date that followed it, as a headline does: "Trade Deficit Narrows In".
func leadsToDate(text string) bool {
	return prepositions[strings.ToLower(text[strings.LastIndexByte(text, ' ')+1:])]
}

var prepositions = words("in on at of for from since until till by to with after before during between and")

// cutBy is the byline without its "By".
func cutBy(text string) (rest string, found bool) {
	text = strings.TrimLeft(text, "-–—|• ")
	for _, opening := range [...]string{"by ", "by: ", "written by ", "posted by ", "reported by ", "story by ", "words by ", "author: "} {
		if len(text) > len(opening) && strings.EqualFold(text[:len(opening)], opening) {
			return strings.TrimSpace(text[len(opening):]), true
		}
	}
	return cutForeignBy(text)
}

// cutForeignBy is the byline without the word that opens it in another language. That word may open a headline, and a name,
// too; so only names may follow.
func cutForeignBy(text string) (rest string, found bool) {
	for _, opening := range [...]string{"Von ", "VON ", "Par ", "PAR ", "Por ", "POR ", "Di ", "Door ", "Av ", "Af ", "Текст: ", "Автор: "} {
		if name, found := strings.CutPrefix(text, opening); found && areNames(name) {
			return name, true
		}
	}
	return text, false
}

// areNames reports whether text is one name or several, with at most an agency or a paper after them.
func areNames(text string) bool {
	for i, part := range bylineParts(text) {
		if !isName(part) && (i == 0 || agency(part) == "" && !isPaperName(part)) {
			return false
		}
	}
	return text != ""
}

// credits gathers what the parts of a byline say.
type credits struct {
	lenient bool // after "By", a part in capitals that is neither a name nor an agency may follow a name
	authors []string
	credit  string
	office  bool // a part says what an author does
}

func (c *credits) read(text string) bool {
	for _, part := range bylineParts(text) {
		if !c.add(part) {
			return false
		}
	}
	return len(c.authors) > 0 || c.credit != "" || c.office
}

func (c *credits) add(part string) bool {
	name, office := cutOffice(part)
	first := len(c.authors) == 0 && c.credit == ""
	switch {
	case agency(part) != "":
		c.credit = agency(part)
	case isDigit(part[0]):
		return c.lenient && !first
	case isOffice(part):
		c.office = true
	case !first && office && offices[strings.ToLower(name[strings.LastIndexByte(name, ' ')+1:])]: // "Chronicle Staff Reporter"
		c.office = true
	case isPaper(part, first), !first && isPaperName(part):
		c.setCredit(properName(strings.TrimPrefix(part, "The ")))
	case isName(name), first && c.lenient && isSingleName(name):
		c.addAuthor(properName(name))
		c.office = c.office || office
	default:
		return c.lenient && !first && isAside(part)
	}
	return true
}

func (c *credits) addAuthor(name string) {
	if !slices.Contains(c.authors, name) {
		c.authors = append(c.authors, name)
	}
}

func (c *credits) setCredit(name string) {
	if c.credit == "" {
		c.credit = name
	}
}

// creditWords is the most words of a line that says which agency a story is from.
const creditWords = 6

// takeCredit takes a line below the story that is nothing but the agency it is from: "(AP)", "— Reuters", "Source: AFP".
func (r *reading) takeCredit(i int) bool {
	l, credit := r.lines[i], &r.article.Byline.Credit
	if l.rule != "" || l.field || l.words > creditWords {
		return false
	}
	name := creditIn(l.text)
	if name == "" || *credit != "" && *credit != name {
		return false
	}
	*credit = name
	r.take(i, "credit")
	return true
}

// creditIn is the agency that a line is nothing but the name of, or "".
func creditIn(text string) string {
	label, name, labelled := strings.Cut(text, ":")
	switch strings.ToLower(label) {
	case "source", "credit", "agency", "from":
	default:
		labelled = false
	}
	if !labelled {
		name = text
	}
	return agency(strings.Trim(name, "()[]-–—. "))
}

// isAside reports whether a part after an author may be passed over: a place, a degree, a topic, a number of comments.
func isAside(part string) bool {
	return len(strings.Fields(part)) <= 6 && !endsSentence(part) && !startsLower(part)
}

// bylineParts cuts a byline at the marks and words that stand between its names.
func bylineParts(text string) []string {
	text = joints.Replace(cutHandle(text))
	parts := strings.Split(text, "|")
	kept := make([]string, 0, len(parts))
	for _, part := range parts {
		part = once(strings.TrimRight(strings.Trim(part, " .,:;*/•·()"), " 0123456789"))
		if part != "" {
			kept = append(kept, unglued(part)...)
		}
	}
	return kept
}

var joints = strings.NewReplacer(" and ", "|", " und ", "|", " et ", "|", " y ", "|", " AND ", "|", " & ", "|", " with ", "|", ", ", "|", "; ", "|", " - ", "|", " – ", "|", " — ", "|",
	" -- ", "|", " for ", "|", " of ", "|", " in ", "|", " IN ", "|", " • ", "|", " · ", "|", " / ", "|", " (", "|")

// cutHandle is the text before an address or a handle: "Jane Doe jdoe@example.org", "Jane Doe@janedoe".
func cutHandle(text string) string {
	before, _, found := strings.Cut(text, "@")
	if last := strings.LastIndexByte(before, ' '); found && startsLower(before[last+1:]) {
		return before[:max(last, 0)]
	}
	return before
}

// once is a name that stands twice in a row, as pages have it beside a portrait, a single time.
func once(name string) string {
	if half := len(name) / 2; len(name) > 2 && name[half] == ' ' && name[:half] == name[half+1:] {
		return name[:half]
	}
	return name
}

// unglued parts a name from the office or agency that follows it without a mark, or that a saved page ran into it:
// "Jane DoeStaff Writer", "Jane Doe Associated Press".
func unglued(part string) []string {
	for i := 1; i < len(part); i++ {
		parted := part[i-1] == ' ' || isUpper(part[i]) && isLower(part[i-1])
		if !parted || !isName(strings.TrimSpace(part[:i])) {
			continue
		}
		if agency(part[i:]) != "" || part[i-1] != ' ' && isOffice(part[i:]) {
			return []string{strings.TrimSpace(part[:i]), part[i:]}
		}
	}
	return []string{part}
}

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }

func isLower(c byte) bool { return 'a' <= c && c <= 'z' }

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
