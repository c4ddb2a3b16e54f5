// Package prose cuts text into sentences and words, and folds words for comparison. It knows nothing of news.
//
// Every offset is a byte offset into the text as given. Nothing here allocates per word but Fold and Slug.
package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Token is the half-open byte range [Start, End) of a text.
type Token struct{ Start, End int }

// Of is the token's text.
func (t Token) Of(text string) string { return text[t.Start:t.End] }

// Words appends to dst the words and marks of text in order and returns it. A word is a run of letters, digits and
// combining marks, with the apostrophes, hyphens, full stops and commas that stand inside it ("Dong-won", "U.S.",
// "37,000", "O'Brien"); a possessive "'s" is a token of its own. Every other character that is not white space is a
// token by itself.
func Words(dst []Token, text string) []Token {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsSpace(r):
			i += size
		case isWord(r):
			end := wordEnd(text, i)
			if cut := possessive(text[i:end]); cut > 0 {
				dst = append(dst, Token{i, i + cut}, Token{i + cut, end})
			} else {
				dst = append(dst, Token{i, end})
			}
			i = end
		default:
			dst = append(dst, Token{i, i + size})
			i += size
		}
	}
	return dst
}

func isWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// wordEnd is the end of the word that starts at i.
func wordEnd(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if isWord(r) {
			i += size
			continue
		}
		next, _ := utf8.DecodeRuneInString(text[i+size:])
		switch {
		case strings.ContainsRune("'’-‐‑.,&", r) && isWord(next) && joins(r, text, i, next):
			i += size
		case r == '.' && abbreviated(text[:i]):
			return i + size
		default:
			return i
		}
	}
	return i
}

// joins reports whether the mark r at i stands inside one word: a full stop between single letters or digits, a
// comma between digits, "&" between capitals, a hyphen or apostrophe between any.
func joins(r rune, text string, i int, next rune) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	switch r {
	case '.':
		return unicode.IsDigit(before) && unicode.IsDigit(next) || singleLetter(text[:i])
	case ',':
		return unicode.IsDigit(before) && unicode.IsDigit(next)
	case '&':
		return unicode.IsUpper(before) && unicode.IsUpper(next)
	}
	return true
}

// singleLetter reports whether text ends in a letter that stands alone or after another "X.".
func singleLetter(text string) bool {
	r, size := utf8.DecodeLastRuneInString(text)
	if !unicode.IsLetter(r) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(text[:len(text)-size])
	return !isWord(before) && before != '\'' && before != '’' && before != '-'
}

// abbreviated reports whether the word that ends text takes a full stop after it: an initial ("J.", "U.S.") or one
// of the common abbreviations.
func abbreviated(text string) bool {
	start := len(text)
	for start > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:start])
		if !isWord(r) && r != '.' {
			break
		}
		start -= size
	}
	word := text[start:]
	if abbreviations[word] {
		return true
	}
	r, size := utf8.DecodeLastRuneInString(word)
	if !unicode.IsUpper(r) {
		return false
	}
	return size == len(word) || strings.HasSuffix(word[:len(word)-size], ".")
}

// abbreviations take a full stop and rarely end a sentence.
var abbreviations = map[string]bool{
	"Mr": true, "Mrs": true, "Ms": true, "Dr": true, "Prof": true, "Rev": true, "Hon": true, "St": true,
	"Gen": true, "Col": true, "Maj": true, "Capt": true, "Lt": true, "Sgt": true, "Cpl": true, "Adm": true, "Cmdr": true,
	"Lieut": true, "Sergt": true, "Comdr": true, "Pte": true, "Coun": true, "Cllr": true, "Ald": true,
	"Gov": true, "Sen": true, "Rep": true, "Pres": true, "Supt": true, "Insp": true, "Messrs": true, "Mme": true,
	"Jr": true, "Sr": true, "Inc": true, "Corp": true, "Ltd": true, "Bros": true, "Mt": true, "Ft": true, "No": true,
	"Jan": true, "Feb": true, "Mar": true, "Apr": true, "Aug": true, "Sept": true, "Sep": true, "Oct": true, "Nov": true, "Dec": true,
	"Ala": true, "Ariz": true, "Ark": true, "Calif": true, "Colo": true, "Conn": true, "Del": true, "Fla": true, "Ga": true,
	"Ill": true, "Ind": true, "Kan": true, "Ky": true, "La": true, "Mass": true, "Md": true, "Mich": true, "Minn": true,
	"Miss": true, "Mo": true, "Mont": true, "Neb": true, "Nev": true, "Okla": true, "Ore": true, "Pa": true, "Penn": true,
	"Tenn": true, "Tex": true, "Va": true, "Vt": true, "Wash": true, "Wis": true, "Wyo": true,
	"Ont": true, "Que": true, "Sask": true, "Qld": true, "Eng": true, "Esq": true,
	"Wm": true, "Chas": true, "Geo": true, "Jas": true, "Thos": true, "Jos": true, "Benj": true, "Saml": true, "Danl": true,
	"Robt": true, "Edw": true, "Jno": true, "Richd": true,
	"vs": true, "etc": true, "cf": true,
}

// possessive is the length of word before a closing "'s", or 0.
func possessive(word string) int {
	for _, tail := range [...]string{"'s", "’s", "'S", "’S"} {
		if stem, found := strings.CutSuffix(word, tail); found && stem != "" {
			return len(stem)
		}
	}
	return 0
}

// Sentences appends to dst the sentences of text in order and returns it. A blank line always ends a sentence; a
// full stop, question or exclamation mark does when what follows can begin one.
func Sentences(dst []Token, text string) []Token {
	start := 0
	end := func(i int) {
		if s := strings.TrimLeftFunc(text[start:i], unicode.IsSpace); s != "" {
			dst = append(dst, Token{i - len(s), i - len(s) + len(strings.TrimSpace(s))})
		}
		start = i
	}
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\n':
			if blankLine(text[i+1:]) {
				end(i)
			}
		case '.', '?', '!':
			if stop := sentenceEnd(text, i); stop > 0 {
				end(stop)
				i = stop - 1
			}
		}
	}
	end(len(text))
	return dst
}

func blankLine(rest string) bool {
	line, _, _ := strings.Cut(rest, "\n")
	return strings.TrimSpace(line) == ""
}

// sentenceEnd is where the sentence ends whose closing mark stands at i, or 0 when it goes on.
func sentenceEnd(text string, i int) int {
	stop := i + 1
	for stop < len(text) {
		r, size := utf8.DecodeRuneInString(text[stop:])
		if !strings.ContainsRune(`.?!"'”’)]`, r) {
			break
		}
		stop += size
	}
	if stop == len(text) {
		return stop
	}
	space, _ := utf8.DecodeRuneInString(text[stop:])
	if !unicode.IsSpace(space) {
		return 0
	}
	if text[i] == '.' && stop == i+1 && abbreviated(text[:i]) {
		return 0
	}
	next := strings.TrimLeftFunc(text[stop:], unicode.IsSpace)
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(next, `"'“‘([`))
	if unicode.IsLower(first) {
		return 0
	}
	return stop
}

// Fold is s for comparison: compatibility characters resolved, case and accents gone, hyphens and apostrophes and
// every run of white space one blank or none. "Kim Jong-il" and "Kim Jong Il" fold alike.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	put := func(r rune) {
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(r)
	}
	if !ascii(s) {
		s = norm.NFKD.String(s)
	}
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Mn, r), r == '\'' || r == '’' || r == '.':
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			put(foldRune(r))
		case r == '&' || r == '+':
			gap = true
			put(r)
			gap = true
		default:
			gap = true
		}
	}
	return b.String()
}

func foldRune(r rune) rune {
	switch r = unicode.ToLower(r); r {
	case 'ø':
		return 'o'
	case 'đ', 'ð':
		return 'd'
	case 'ł':
		return 'l'
	case 'ı':
		return 'i'
	}
	return r
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Cut is s, or its first words that fit into most bytes and an ellipsis.
func Cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for !utf8.RuneStart(s[most]) {
		most--
	}
	short := s[:most]
	if blank := strings.LastIndexByte(short, ' '); blank > 0 {
		short = short[:blank]
	}
	return strings.TrimRight(short, " ,;:.–—-") + " …"
}

// slugBytes is the longest slug; file systems allow 255 bytes, and a name carries suffixes and extensions.
const slugBytes = 80

// Slug is s as the last part of a URL: letters of any script in NFC and lower case, digits, and single hyphens for
// everything between them, cut at a hyphen to at most 80 bytes. It is "" when s has neither letter nor digit.
func Slug(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFC.String(s) {
		switch {
		case r == '\'' || r == '’':
		case isWord(r):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		default:
			gap = true
		}
	}
	return cutSlug(norm.NFC.String(b.String())) // what stood apart may join now: a'\u0301
}

func cutSlug(slug string) string {
	if len(slug) <= slugBytes {
		return slug
	}
	cut := slugBytes
	for !utf8.RuneStart(slug[cut]) {
		cut--
	}
	short := slug[:cut]
	if hyphen := strings.LastIndexByte(short, '-'); slug[cut] != '-' && hyphen > 0 {
		short = short[:hyphen]
	}
	return strings.TrimRight(short, "-")
}
