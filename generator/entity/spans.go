package entity

import (
	"slices"
	"strings"

	"broadsheet/generator/news"
	"broadsheet/generator/prose"
)

// span is a name found: the words [from, to) of the text.
type span struct {
	from, to int
	kind     news.Kind // 0 while it is not known
	canon    string    // the gazetteer's full form, or ""
	sure     bool      // its own words say what it is; else it may learn from the rest of the text
	capital  bool      // a seat of government
	shared   bool      // every state has one
	fixed    bool      // the rules have the last word
	titled   bool      // a person's title stands before it
	guess    news.Kind // what an unsure name is when nothing else is known; 0 for nothing
	faint    bool      // nothing vouches for it; it counts if the text has it often
	hinted   bool      // the guess comes of what stands beside it, and speaks for the same name elsewhere
}

// reader finds the names of one text.
type reader struct {
	lex    *lexicon
	text   string
	tokens []prose.Token
	words  []word
	spans  []span
	lower  map[uint64]bool // words the text prints in lower case, by their hash

	reads    legibility
	evidence *evidence
}

// printsLower reports whether the text has a word in lower case, and the language has not.
func (r *reader) printsLower(w *word) bool { return r.lower[w.lower] }

// read cuts the text into runs of capitalised words and finds the names in each.
func (r *reader) read() {
	for i := 0; i < len(r.words); {
		if next := r.compassPlaces(i); next > i {
			i = next
			continue
		}
		if next := r.creditEnd(i); next > i {
			r.mute(i, next)
			i = next
			continue
		}
		if !r.words[i].named() {
			i++
			continue
		}
		end := r.runEnd(i)
		r.run(i, end)
		i = end
	}
}

// mute makes words no part of any name.
func (r *reader) mute(i, j int) {
	for ; i < j; i++ {
		r.words[i].shape = mark
	}
}

// longestCredit is the most words of a picture's credit; what is longer is a caption.
const longestCredit = 8

// creditEnd is where the credit of a picture ends that begins at i, "Image: Jane Doe.", else i. Whom it names the
// story does not.
func (r *reader) creditEnd(i int) int {
	switch r.words[i].text {
	case "Image", "Photo", "Photograph", "Picture":
	default:
		return i
	}
	if i+1 >= len(r.words) || r.words[i+1].text != ":" {
		return i
	}
	for j := i + 2; j < len(r.words) && j <= i+1+longestCredit; j++ {
		switch {
		case r.words[j].parts, r.words[j].text == ".", r.words[j].text == "(", r.words[j].text == ")":
			return j
		}
	}
	return i
}

// runEnd is where the run of capitalised words that begins at i ends. Small words join what an organisation's or a
// person's name joins with them: "Ministry of Trade and Industry", "Charles de Gaulle".
func (r *reader) runEnd(i int) int {
	j := i + r.reach(i)
	for j < len(r.words) && !r.words[j].parts {
		w := &r.words[j]
		switch {
		case w.is(calendar) && !r.words[j-1].is(given):
			return j
		case w.plain&function != 0 && w.shape == capital && !w.is(family|particle):
			return j
		case w.named():
			j += r.reach(j)
		case w.text == "&" && r.capitalAt(j+1):
			j += 2
		case w.is(particle) && r.capitalAt(j+1) && !r.words[j-1].is(orgHead):
			j += 2
		case r.joins(i, j) > 0:
			j += r.joins(i, j)
		default:
			return j
		}
	}
	return j
}

// reach is how many words the run goes on for at j: all of the gazetteer's names, "Securities and Exchange Commission".
func (r *reader) reach(j int) int {
	if r.words[j].reach < 2 {
		return 1
	}
	end := j + 1
	for end < len(r.words) && end < j+int(r.words[j].reach) && !r.words[end].parts {
		end++
	}
	_, known := r.longest(j, end)
	return max(known, 1)
}

func (r *reader) capitalAt(j int) bool {
	return j < len(r.words) && r.words[j].named() && !r.words[j].parts && !r.words[j].is(calendar)
}

// joins is how many words a small word at j adds to the run that began at i, or 0.
func (r *reader) joins(i, j int) int {
	switch r.words[j].text {
	case "of", "for", "on":
		if r.office(j) {
			return 2
		}
		if !r.headBefore(j) {
			return 0
		}
		if r.capitalAt(j + 1) {
			return 2
		}
		if j+1 < len(r.words) && r.words[j+1].text == "the" && r.capitalAt(j+2) {
			return 3
		}
	case "and":
		if r.capitalAt(j+1) && r.inTitle(i, j) {
			return 2
		}
	case "'s", "’s", "'", "’":
		if r.ofMany(j) {
			return 2
		}
	}
	return 0
}

// ofMany reports whether the possessive at j stands inside a name: Workers' Party, Women's Day, Prosecutor's Office.
func (r *reader) ofMany(j int) bool {
	owner := &r.words[j-1]
	return r.capitalAt(j+1) && r.words[j+1].is(headWord) && !owner.is(given|headWord) && (owner.isCommon() || r.lex.inflected(owner.text))
}

// office reports whether "of" at j stands in a minister's title: Secretary of State.
func (r *reader) office(j int) bool {
	if r.words[j].text != "of" || !r.words[j-1].is(title) || !r.capitalAt(j+2) {
		return false
	}
	switch r.words[j+1].text {
	case "State", "Defense", "Defence", "Commerce", "Labor", "Agriculture", "Energy", "Education", "Transportation", "Staff":
		return true
	}
	return false
}

// headBefore reports whether the word before j can be followed by "of": University of, Bank of, Gulf of.
func (r *reader) headBefore(j int) bool {
	w := &r.words[j-1]
	if w.is(headWord) {
		return true
	}
	if r.words[j].text != "of" {
		return false
	}
	switch w.text {
	case "House", "Organization", "Republic", "Gulf":
		return true
	}
	return false
}

// inTitle reports whether "and" at j stands inside an organisation's name: after "Ministry of Trade", or between
// plain words that a head follows, as in "Food and Drug Administration".
func (r *reader) inTitle(i, j int) bool {
	before, next := &r.words[j-1], &r.words[j+1]
	if !r.learned(j+1) || before.is(headWord) {
		return false
	}
	for k := i; k < j; k++ {
		if of := r.words[k].text; of == "of" || of == "for" {
			return r.learned(j-1) || !before.is(given|surname) && !r.placed(j-1)
		}
	}
	if !r.learned(j-1) || next.is(given) {
		return false
	}
	for k := j + 1; k < len(r.words) && k < j+5 && r.words[k].named(); k++ {
		if r.words[k].is(orgHead) {
			return true
		}
	}
	return false
}

// placed reports whether the word at i is a place's name.
func (r *reader) placed(i int) bool {
	n, words := r.longest(i, i+1)
	return words > 0 && n.kind == news.Place
}

// learned reports whether the word at i is of the language rather than a name: Trade, Diseases, Seismology.
func (r *reader) learned(i int) bool {
	w := &r.words[i]
	if w.isCommon() || r.printsLower(w) {
		return true
	}
	for _, ending := range [...]string{"ology", "ics", "ism", "tion", "ment", "ity", "ic", "graphy", "ness", "ing", "ure"} {
		if len(w.text) > len(ending)+2 && strings.HasSuffix(w.text, ending) && !w.is(given|surname) {
			return true
		}
	}
	return w.shape == capital && !w.is(given|surname) && r.lex.inflected(w.text)
}

// compassPlaces reads "North and South Korea", "North, South Korea", "South-North Korea" at i as two places, and
// returns where it ends, else i.
func (r *reader) compassPlaces(i int) int {
	if i+3 >= len(r.words) || !compass(r.words[i].text) || !compass(r.words[i+2].text) || !r.words[i+3].named() {
		return i
	}
	switch r.words[i+1].text {
	case "and", "or", ",", "-", "–", "/":
	default:
		return i
	}
	base := r.words[i+3].text
	first, ok := r.lex.compassPlace(r.words[i].text, base)
	second, also := r.lex.compassPlace(r.words[i+2].text, base)
	if !ok || !also {
		return i
	}
	r.spans = append(r.spans,
		span{from: i, to: i + 1, kind: news.Place, canon: first.canon, sure: true, fixed: true},
		span{from: i + 2, to: i + 4, kind: news.Place, canon: second.canon, sure: true, fixed: true})
	return i + 4
}

// longest is the gazetteer's longest name at i that ends by end, and how many words it has.
func (r *reader) longest(i, end int) (name, int) {
	for n := min(int(r.words[i].reach), end-i); n > 0; n-- {
		if found, ok := r.lookup(i, i+n); ok {
			return found, n
		}
	}
	return name{}, 0
}

func (r *reader) lookup(i, j int) (name, bool) {
	text := r.joined(i, j)
	found, ok := r.lex.names[text]
	if !ok && r.words[i].shape == upper && len(text) > 3 {
		found, ok = r.lex.names[r.titled(i, j)]
	}
	return found, ok
}

// joined is the words [i, j) parted by single blanks: a slice of the text wherever it is printed so and nothing is misread.
func (r *reader) joined(i, j int) string {
	printed := r.text[r.words[i].Start:r.words[j-1].End]
	if slices.ContainsFunc(r.words[i:j], func(w word) bool { return w.text != w.Of(r.text) }) {
		return r.mended(i, j)
	}
	for k := i + 1; k < j; k++ {
		if gap := r.text[r.words[k-1].End:r.words[k].Start]; gap != " " && gap != "" {
			return strings.Join(strings.Fields(printed), " ")
		}
	}
	return printed
}

// titled is the words in capitals as a name is printed elsewhere: "LOS ANGELES" as "Los Angeles".
func (r *reader) titled(i, j int) string {
	parts := make([]string, 0, j-i)
	for k := i; k < j; k++ {
		parts = append(parts, titleCase(r.words[k].text))
	}
	return strings.Join(parts, " ")
}

func (r *reader) add(s span) { r.spans = append(r.spans, s) }

// mended is the words as they are read rather than printed, with blanks where print has them.
func (r *reader) mended(i, j int) string {
	var b strings.Builder
	for k := i; k < j; k++ {
		if k > i && r.words[k].Start > r.words[k-1].End {
			b.WriteByte(' ')
		}
		b.WriteString(r.words[k].text)
	}
	return b.String()
}
