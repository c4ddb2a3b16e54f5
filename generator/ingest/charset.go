package ingest

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// hasUTF8 reports whether src has a character of several bytes in UTF-8, which in an older encoding of a Latin script
// hardly comes about by chance.
func hasUTF8(src []byte) bool {
	for len(src) > 0 {
		r, size := utf8.DecodeRune(src)
		if size > 1 && r != utf8.RuneError {
			return true
		}
		src = src[size:]
	}
	return false
}

// scriptSample is how many bytes tell the script.
const scriptSample = 1 << 16

// leastConfidence is the least a detected encoding must have, of 100.
const leastConfidence = 25

// otherScript is the encoding of a text whose letters are mostly no ASCII: Cyrillic, Greek, Chinese, Japanese. Of Latin
// scripts the library knows too little, and takes Mac Roman for Windows-1252; there it is not asked.
func otherScript(src []byte) (encoding.Encoding, string) {
	src = src[:min(len(src), scriptSample)]
	high, letters := 0, 0
	for _, c := range src {
		switch {
		case c >= utf8.RuneSelf:
			high++
		case isLetter(c):
			letters++
		}
	}
	if high < 8 || high <= letters {
		return nil, ""
	}
	candidates, err := chardet.NewTextDetector().DetectAll(src)
	if err != nil {
		return nil, ""
	}
	// The library lists encodings it holds equally likely in the order in which its goroutines ended.
	best := slices.MaxFunc(candidates, func(a, b chardet.Result) int {
		return cmp.Or(cmp.Compare(a.Confidence, b.Confidence), cmp.Compare(b.Charset, a.Charset))
	})
	if best.Confidence < leastConfidence || best.Charset == "UTF-8" {
		return nil, ""
	}
	e, err := htmlindex.Get(best.Charset)
	if err != nil {
		return nil, ""
	}
	return e, best.Charset
}

// isMacRoman reports whether src makes sense in Mac Roman and none in Windows-1252.
func isMacRoman(src []byte) bool {
	windows := oddness(src, charmap.Windows1252)
	return windows > 1 && 4*oddness(src, charmap.Macintosh) <= windows
}

// oddness counts the characters that stand where a Latin script does not have them when src is read by the table: a
// capital after a small letter, a quotation mark that opens behind a letter, a sign of money amid a word.
func oddness(src []byte, table *charmap.Charmap) int {
	odd := 0
	for i, c := range src {
		if c < utf8.RuneSelf {
			continue
		}
		before, after := ' ', ' '
		if i > 0 {
			before = table.DecodeByte(src[i-1])
		}
		if i+1 < len(src) {
			after = table.DecodeByte(src[i+1])
		}
		if isOdd(before, table.DecodeByte(c), after) {
			odd++
		}
	}
	return odd
}

func isOdd(before, c, after rune) bool {
	switch {
	case isUnread(c):
		return true
	case c == '“' || c == '‘' || c == '«':
		return unicode.IsLetter(before)
	case c == '”' || c == '»':
		return unicode.IsLetter(after)
	case unicode.IsUpper(c):
		return unicode.IsLower(before)
	case unicode.IsLower(c):
		return unicode.IsUpper(after)
	case unicode.IsLetter(c), unicode.IsSymbol(c):
		return unicode.IsLetter(before) && unicode.IsLetter(after)
	}
	return false
}
