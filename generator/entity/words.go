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
	lower uint64 // its hash in lower case; of marks too
	class class  // as printed
	plain class  // in lower case, for a word that begins with a capital
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
	opens, last, address := true, 0, 0
	for _, t := range tokens {
		parts := strings.Contains(text[last:t.Start], "\n") && !awaits(dst)
		if t.Start >= address {
			address = addressEnd(text, t)
		}
		for _, piece := range pieces(text, t) {
			if piece.End == 0 {
				continue
			}
			if before := len(dst) - 2; before >= 0 && continues(dst[before:], piece.Of(text)) {
				dst[before] = lex.mended(&dst[before], piece, text)
				dst, parts = dst[:before+1], false
				continue
			}
			w := lex.look(piece, piece.Of(text))
			if t.Start < address {
				w.shape, w.class = mark, 0
			}
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

// awaits reports whether words end in a title that a name must follow, whatever line begins there: "Mr."
func awaits(words []word) bool {
	return len(words) > 0 && words[len(words)-1].is(title) && strings.HasSuffix(words[len(words)-1].text, ".")
}

// addressEnd is where the web address or the handle ends that begins with t; 0 where none does.
func addressEnd(text string, t prose.Token) int {
	rest := text[t.End:]
	handle := t.Start > 0 && text[t.Start-1] == '@'
	if !handle && !strings.HasPrefix(rest, "://") && !(t.Of(text) == "www" && strings.HasPrefix(rest, ".")) {
		return 0
	}
	if blank := strings.IndexAny(rest, " \t\n\u00a0"); blank >= 0 {
		return t.End + blank
	}
	return len(text)
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

// pieces parts "South-North" into two words and a hyphen, so that each is read as in "South and North", and a name
// from the caption that a saved page has run it into: "Jane DoeImage: Jane Doe".
func pieces(text string, t prose.Token) [3]prose.Token {
	if stem, found := strings.CutSuffix(t.Of(text), "Image"); found && stem != "" && strings.HasPrefix(text[t.End:], ":") {
		return [3]prose.Token{{Start: t.Start, End: t.Start + len(stem)}, {Start: t.Start + len(stem), End: t.End}}
	}
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

// lineBreak is how scans print the hyphen of a word that a line's end breaks.
const lineBreak = "¬"

// continues reports whether s goes on with the first of two words, which the second breaks: "Al ¬ bany".
func continues(last []word, s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return last[1].text == lineBreak && last[0].shape > mark && last[0].shape != number && unicode.IsLower(first)
}

func (lex *lexicon) mended(w *word, rest prose.Token, text string) word {
	whole := lex.look(prose.Token{Start: w.Start, End: rest.End}, w.text+rest.Of(text))
	whole.opens, whole.parts = w.opens, w.parts
	return whole
}

func (lex *lexicon) look(t prose.Token, printed string) word {
	w := word{Token: t, text: printed, lower: hashLower(printed)}
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
	if e == (entry{}) {
		switch {
		case contracted(w.text):
			w.class = never
		case lex.adjective(w.text):
			w.class = demonym
		case tailed(w.text):
			w.shape = lower
			return w
		}
	}
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

// lowerShape tells al-Assad, d'Estaing and Ó hÉalaithe from other words in lower case.
func lowerShape(s string) shape {
	if mutated(s) {
		return capital
	}
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

// mutated reports whether a word is an Irish name with the letter that grammar puts before its capital: hÉalaithe, tSaoir.
func mutated(s string) bool {
	switch s[0] {
	case 'h', 't', 'n', 'g', 'b', 'd', 'm':
	default:
		return false
	}
	second, size := utf8.DecodeRuneInString(s[1:])
	third, _ := utf8.DecodeRuneInString(s[1+size:])
	return len(s) > shortest && unicode.IsUpper(second) && unicode.IsLower(third) && strings.IndexFunc(s[1+size:], unicode.IsUpper) < 0
}

func arabicArticle(s string) bool {
	switch s {
	case "al", "el", "ul", "as", "ash", "ar", "an", "ad", "az", "d", "l":
		return true
	}
	return false
}

// contracted reports whether a word is a pronoun and a verb: I’ve, We're.
func contracted(s string) bool {
	at := strings.IndexAny(s, "'’")
	if at < 1 {
		return false
	}
	_, size := utf8.DecodeRuneInString(s[at:])
	switch s[at+size:] {
	case "ve", "m", "ll", "d", "re", "t":
		return true
	}
	return false
}

// adjective reports whether a hyphenated word is made of names and is none: Pro-Beijing, Israeli-Palestinian.
func (lex *lexicon) adjective(s string) bool {
	first, last, found := strings.Cut(s, "-")
	if !found {
		return false
	}
	switch first {
	case "Pro", "Anti", "Mid", "Non", "Ex", "Post", "Pre", "Trans", "Inter", "Multi", "Semi", "Pan", "Anglo", "Sino", "Franco", "Afro", "Indo", "Euro", "Greco", "Russo", "Judeo":
		return true
	}
	if lex.words[first].class&never != 0 {
		return true // HIV-positive
	}
	return lex.words[first].class&demonym != 0 && lex.words[last].class&demonym != 0
}

// tailed reports whether a word in lower case hangs on a name and makes it an adjective: London-listed, US-based.
func tailed(s string) bool {
	at := strings.LastIndexByte(s, '-')
	if at < 1 || at+1 == len(s) {
		return false
	}
	tail := s[at+1:]
	switch tail {
	case "led", "based", "born", "era", "style", "like", "wide", "only", "free", "made", "run", "friendly", "type", "class", "safe", "side", "driven", "speaking":
		return true
	}
	return len(tail) > 4 && strings.HasSuffix(tail, "ed") && shapeOf(tail) == lower
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
