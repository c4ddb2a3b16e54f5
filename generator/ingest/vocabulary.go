package ingest

import (
	"iter"
	"strings"

	"broadsheet/generator/prose"
)

// vocabulary is the words of a text that tell what it is about.
type vocabulary map[string]bool

func vocabularyOf(lines []line) vocabulary {
	v := vocabulary{}
	for _, l := range lines {
		v.learn(l.text)
	}
	return v
}

func (v vocabulary) learn(text string) {
	for w := range contentWords(text) {
		v[w] = true
	}
}

// count is how many content words a text has, and how many of them are known.
func (v vocabulary) count(text string) (all, known int) {
	for w := range contentWords(text) {
		all++
		if v[w] {
			known++
		}
	}
	return all, known
}

// share is the share of a text's content words that are known, in hundredths.
func (v vocabulary) share(text string) int {
	all, known := v.count(text)
	if all == 0 {
		return 0
	}
	return 100 * known / all
}

// contentWords yields the words of text that tell what it is about, folded and cut to their first letters, so that
// "elect", "elected" and "election" are one.
func contentWords(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for w := range strings.FieldsSeq(prose.Fold(text)) {
			if len(w) > 3 && !functionWords[w] && !yield(stem(w)) {
				return
			}
		}
	}
}

// stemLetters is how many letters of a word are compared.
const stemLetters = 6

func stem(word string) string {
	n := 0
	for i := range word {
		if n == stemLetters {
			return word[:i]
		}
		n++
	}
	return word
}

// functionWords are words of four letters and more that stand in any text; shorter ones are never looked at.
var functionWords = words(`that with have this from they will would there their what about which when more were been said also than after other over
	into could some most just like only them then these because through where while should being before between during under against
	many much such even very still your year years people time make made take first last those does dont cant know need want says here
	every each both same well down back going since until another around news story stories`)
