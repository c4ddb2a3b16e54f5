package ingest

import (
	"strings"
	"unicode"
)

// Legibility is how much of text, as Markdown or plain, reads as words, in per cent: of what stands between blanks, the
// share that has the shape of a word, a number or a mark of its own. Typed text has 95 and more, old print that a scanner
// read 65 and more. It is 0 for text without any words. Shape alone tells: a wrong word that looks like a word is not
// found out.
func Legibility(text string) int {
	all, legible := 0, 0
	for word := range strings.FieldsSeq(text) {
		all++
		if isLegible(word) {
			legible++
		}
	}
	if all == 0 {
		return 0
	}
	return 100 * legible / all
}

func isLegible(word string) bool {
	core := strings.Trim(word, "\\.,;:!?\"'“”‘’„«»()[]*_-–—…&")
	switch {
	case core == "":
		return word == "&" || strings.Trim(word, "-–—") == "" || strings.Trim(word, ".…") == "" && len(word) > 2
	case strings.ContainsFunc(core, unicode.IsDigit):
		return isFigure(core)
	}
	for part := range strings.FieldsFuncSeq(core, func(c rune) bool { return strings.ContainsRune("-–—'’./&", c) }) {
		if !isWordShape(part) {
			return false
		}
	}
	return isMoreThanLetter(core)
}

// isFigure reports whether a word with digits is one that print has: "1,250.75", "$3.5m", "20th", "1914-18", "9:30am".
func isFigure(word string) bool {
	word = strings.TrimLeft(word, "$£€#+")
	letters := strings.TrimLeft(word, "0123456789.,:/-–½¼¾")
	switch strings.ToLower(strings.TrimRight(letters, "%")) {
	case "", "st", "nd", "rd", "th", "s", "m", "bn", "km", "am", "pm", "a.m", "p.m", "c", "d", "ft", "in", "lb", "lbs", "mm", "cm", "kg", "f":
		return len(letters) < len(word)
	}
	return false
}

// isMoreThanLetter reports whether a word is longer than a letter, or one of those letters that are words or begin names.
func isMoreThanLetter(word string) bool {
	return len(word) > 1 || unicode.IsUpper(rune(word[0])) || strings.Contains("aoyeiu", word)
}

// isWordShape reports whether letters could be a word: nothing else among them, no capital after a small letter but one
// as in McDonald, a vowel where there are more than three of a Latin script, never three alike or six consonants in a row.
func isWordShape(letters string) bool {
	var before rune
	alike, consonants, vowels, humps, n, latin := 0, 0, 0, 0, 0, 0
	for _, c := range letters {
		if !unicode.IsLetter(c) && !unicode.IsMark(c) {
			return false
		}
		n++
		if unicode.IsUpper(c) && unicode.IsLower(before) {
			humps++
		}
		folded := unicode.ToLower(c)
		if folded == unicode.ToLower(before) {
			alike++
		} else {
			alike = 0
		}
		switch {
		case isVowel(folded):
			vowels++
			consonants = 0
		default:
			consonants++
		}
		if c < 0x250 {
			latin++
		}
		if latin == n && (alike > 1 || consonants > 5) || humps > 1 {
			return false
		}
		before = c
	}
	return latin < n || vowels > 0 || n < 4 || strings.ToUpper(letters) == letters
}

func isVowel(c rune) bool { return c >= 0xC0 || strings.ContainsRune("aeiouy", c) }
