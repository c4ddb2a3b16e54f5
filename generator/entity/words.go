package entity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/generator/prose"
)

// shape is how a word is printed.
type shape uint8

const (
	mark    shape = iota // punctuation, a possessive
	lower                // and: all else that is no name's
	number               // begins with a digit
	capital              // Seoul, McDonald, al-Assad
	upper                // KEDO, U.S.
	initial              // J, J.
)

// word is one word of the text with what is known of it.
type word struct {
	prose.Token
	text  string
	class class // as printed
	plain class // in lower case, for a word that begins with a capital
	shape shape
	reach uint8
	opens bool // stands where a capital says nothing: first of a sentence, a quotation, a heading
	parts bool // a new paragraph begins here
}

func (w *word) named() bool     { return w.shape >= capital }
func (w *word) is(c class) bool { return w.class&c != 0 }
func (w *word) isCommon() bool  { return w.plain&common != 0 }

// cut looks every word of the text up.
func (lex *lexicon) cut(dst []word, tokens []prose.Token, text string) []word {
	opens, last := true, 0
	for _, t := range tokens {
		parts := strings.Contains(text[last:t.Start], "\n")
		for _, piece := range compassPair(text, t) {
			if piece.End == 0 {
				continue
			}
			w := lex.look(piece, text)
			w.parts = parts
			w.opens = opens || parts
			dst = append(dst, w)
			opens = opensNext(w, opens || parts)
			parts = false
		}
		last = t.End
	}
	return dst
}

// opensNext reports whether the word after w stands where a capital says nothing.
func opensNext(w word, opens bool) bool {
	switch w.text {
	case ".", "!", "?", ":", "•", "*", "…", "-", "–", "—", "“", "\"", "‘", ";":
		return true
	case ")", "”", "’", "'", "(":
		return opens
	}
	return false
}

// compassPair parts "South-North" into two words and a hyphen, so that each is read as in "South and North".
func compassPair(text string, t prose.Token) [3]prose.Token {
	a, b, found := strings.Cut(t.Of(text), "-")
	if !found || !compass(a) || !compass(b) {
		return [3]prose.Token{t}
	}
	hyphen := t.Start + len(a)
	return [3]prose.Token{{Start: t.Start, End: hyphen}, {Start: hyphen, End: hyphen + 1}, {Start: hyphen + 1, End: t.End}}
}

func compass(s string) bool {
	return s == "North" || s == "South" || s == "East" || s == "West"
}

func (lex *lexicon) look(t prose.Token, text string) word {
	w := word{Token: t, text: t.Of(text)}
	w.shape = shapeOf(w.text)
	if w.shape == mark || w.shape == number {
		return w
	}
	e := lex.words[w.text]
	w.class, w.reach = e.class, e.reach
	if w.shape == lower {
		return w
	}
	if stem, found := strings.CutSuffix(w.text, "."); found && e == (entry{}) {
		w.class = lex.words[stem].class & (never | calendar | title) // Jan., Sen.
	}
	w.plain = lex.lowered(w.text)
	if w.shape == upper && e == (entry{}) && len(w.text) > 2 {
		e = lex.words[titleCase(w.text)]
		w.reach = e.reach
		if len(w.text) > 3 {
			w.class = e.class // a shorter one is an acronym rather than a name
		}
	}
	return w
}

// lowered is the classes of a word in lower case; it copies to the stack.
func (lex *lexicon) lowered(s string) class {
	var buf [32]byte
	if len(s) > len(buf) {
		return 0
	}
	n := copy(buf[:], s)
	for i, c := range buf[:n] {
		if c >= utf8.RuneSelf {
			return lex.words[strings.ToLower(s)].class
		}
		if 'A' <= c && c <= 'Z' {
			buf[i] = c + 'a' - 'A'
		}
	}
	return lex.words[string(buf[:n])].class
}

// titleCase is SEOUL as Seoul.
func titleCase(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return s[:size] + strings.ToLower(s[size:])
}

func shapeOf(s string) shape {
	first, size := utf8.DecodeRuneInString(s)
	switch {
	case unicode.IsDigit(first):
		return number
	case !unicode.IsLetter(first):
		return mark
	case !unicode.IsUpper(first):
		return lowerShape(s)
	case size == len(s) || s[size:] == ".":
		return initial
	}
	if strings.IndexFunc(s, unicode.IsLower) < 0 {
		return upper
	}
	return capital
}

// lowerShape tells al-Assad and d'Estaing from other words in lower case.
func lowerShape(s string) shape {
	at := strings.IndexAny(s, "-'’")
	if at < 1 || at > 4 {
		return lower
	}
	_, size := utf8.DecodeRuneInString(s[at:])
	if next, _ := utf8.DecodeRuneInString(s[at+size:]); unicode.IsUpper(next) && arabicArticle(s[:at]) {
		return capital
	}
	return lower
}

func arabicArticle(s string) bool {
	switch s {
	case "al", "el", "ul", "as", "ash", "ar", "an", "ad", "az", "d", "l":
		return true
	}
	return false
}

// inflected reports whether a word is a common one with an ending: Tensions, Warned.
func (lex *lexicon) inflected(s string) bool {
	for _, ending := range [...]string{"s", "es", "ed", "d", "ing", "ly", "ers"} {
		if stem, found := strings.CutSuffix(s, ending); found && len(stem) > 3 && lex.lowered(stem)&common != 0 {
			return true
		}
	}
	return false
}
