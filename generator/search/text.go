package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"golang.org/x/text/unicode/norm"
)

// longestTerm, in characters, is where a term is cut.
const longestTerm = 48

// token is one term of a text, and the word it stands for: the half-open byte range [start, end).
type token struct {
	term       string
	start, end int
}

// analyzer makes terms of texts. It remembers the words it has seen, and belongs to one goroutine.
type analyzer struct {
	language string                       // of the stemmer
	stem     func(*snowballstem.Env) bool // nil where words are not stemmed
	env      *snowballstem.Env
	known    map[string][]string // by word as printed: its terms
}

// newAnalyzer is for texts of a site in that language (BCP 47).
func newAnalyzer(language string) *analyzer {
	language = Stemmer(language)
	return &analyzer{language: language, stem: stemmers[language], env: snowballstem.NewEnv(""), known: map[string][]string{}}
}

// tokens calls each with every term of the text in order.
func (a *analyzer) tokens(text string, each func(token)) {
	for at := 0; ; {
		start, end := nextWord(text, at)
		if start == end {
			return
		}
		at = end
		for _, term := range a.terms(text[start:end]) {
			each(token{term, start, end})
		}
	}
}

// split is the terms of a text.
func (a *analyzer) split(text string) []string {
	var terms []string
	a.tokens(text, func(t token) { terms = append(terms, t.term) })
	return terms
}

// terms is what one word counts as: itself, stemmed and folded; in scripts that part no words, every two letters.
func (a *analyzer) terms(word string) []string {
	if terms, known := a.known[word]; known {
		return terms
	}
	terms := a.analyze(word)
	if len(a.known) > 1<<18 {
		clear(a.known)
	}
	a.known[strings.Clone(word)] = terms
	return terms
}

func (a *analyzer) analyze(word string) []string { return fold(a.reduce(withoutPossessive(word))) }

func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.Is(unicode.N, r)
}

func isWord(r rune) bool { return isLetter(r) || r >= utf8.RuneSelf && unicode.IsMark(r) }

// nextWord is the first word of text from at on; an empty range is none. A word is a run of letters, digits and marks
// that begins with no mark. Apostrophes stand inside it, a comma between digits too, and full stops between single
// letters ("U.S.").
func nextWord(text string, at int) (start, end int) {
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		if isLetter(r) {
			break
		}
		at += size
	}
	if at == len(text) {
		return at, at
	}
	if end := acronymEnd(text, at); end > 0 {
		return at, end
	}
	for end = at; end < len(text); {
		r, size := utf8.DecodeRuneInString(text[end:])
		if !isWord(r) && !joins(text, end, r, size) {
			break
		}
		end += size
	}
	return at, end
}

// joins reports whether the mark r at i stands between two parts of one word.
func joins(text string, i int, r rune, size int) bool {
	switch r {
	case '\'', '’':
		next, _ := utf8.DecodeRuneInString(text[i+size:])
		return isLetter(next)
	case ',':
		return i+1 < len(text) && isDigit(text[i-1]) && isDigit(text[i+1])
	}
	return false
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// acronymEnd is where single letters with full stops between them end, or 0.
func acronymEnd(text string, at int) (end int) {
	for n := 0; ; n++ {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !unicode.IsLetter(r) {
			return end
		}
		at += size
		for {
			if r, size = utf8.DecodeRuneInString(text[at:]); !unicode.IsMark(r) {
				break
			}
			at += size
		}
		if n > 0 && !isWord(r) {
			end = at
		}
		if r != '.' {
			return end
		}
		at += size
	}
}

// withoutPossessive is the word before a closing "'s".
func withoutPossessive(word string) string {
	for _, tail := range [...]string{"'s", "’s", "'S", "’S"} {
		if stem, found := strings.CutSuffix(word, tail); found {
			return stem
		}
	}
	return word
}

// fold is a word without case and accents, cut into pairs of letters where its script parts no words.
func fold(word string) []string {
	if folded, ok := foldASCII(word); ok {
		return folded
	}
	var parts []string
	var run []rune // of letters of one kind
	solid := false // those of a script that parts no words
	flush := func() {
		if len(run) == 0 {
			return
		}
		if !solid || len(run) == 1 {
			parts = append(parts, string(run[:min(len(run), longestTerm)]))
		} else {
			for i := range len(run) - 1 {
				parts = append(parts, string(run[i:i+2]))
			}
		}
		run = run[:0]
	}
	for _, r := range norm.NFKD.String(word) {
		if unicode.IsMark(r) || !isLetter(r) {
			continue
		}
		if is := isSolid(r); is != solid {
			flush()
			solid = is
		}
		run = appendFolded(run, r)
	}
	flush()
	return parts
}

func foldASCII(word string) ([]string, bool) {
	var b [longestTerm]byte
	n := 0
	for i := range len(word) {
		c := word[i]
		switch {
		case c >= utf8.RuneSelf:
			return nil, false
		case !isLetter(rune(c)), n == longestTerm:
			continue
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		}
		b[n] = c
		n++
	}
	if n == 0 {
		return nil, true
	}
	return []string{string(b[:n])}, true
}

// appendFolded adds a letter in lower case; a few that no normal form takes apart are spelled as they are typed.
func appendFolded(run []rune, r rune) []rune {
	switch r = unicode.ToLower(r); r {
	case 'ß':
		return append(run, 's', 's')
	case 'æ':
		return append(run, 'a', 'e')
	case 'œ':
		return append(run, 'o', 'e')
	case 'þ':
		return append(run, 't', 'h')
	case 'ø':
		r = 'o'
	case 'đ', 'ð':
		r = 'd'
	case 'ł':
		r = 'l'
	case 'ı':
		r = 'i'
	case 'ς':
		r = 'σ'
	}
	return append(run, r)
}

// isSolid reports whether words of the letter's script stand without blanks between them.
func isSolid(r rune) bool {
	return r >= 0xe00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
