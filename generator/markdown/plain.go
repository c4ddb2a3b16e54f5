package markdown

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// plain is Markdown's text with escapes and entities resolved, on one line.
func plain(s []byte) string {
	text := appendPlain(nil, s)
	for i, c := range text {
		if c == '\n' {
			text[i] = ' '
		}
	}
	blankControls(text)
	return string(text)
}

// appendPlain appends s with backslash escapes and entity references resolved, as CommonMark has them.
func appendPlain(dst, s []byte) []byte {
	for {
		i := bytes.IndexAny(s, `\&`)
		if i < 0 || i+1 == len(s) {
			return append(dst, s...)
		}
		dst = append(dst, s[:i]...)
		size := 1
		switch {
		case s[i] == '&':
			dst, size = appendEntity(dst, s[i:])
		case util.IsPunct(s[i+1]):
			dst, size = append(dst, s[i+1]), 2
		default:
			dst = append(dst, '\\')
		}
		s = s[i+size:]
	}
}

// appendEntity appends the character that the reference at the start of s stands for, and says how long the
// reference is; what is no reference is an ampersand.
func appendEntity(dst, s []byte) ([]byte, int) {
	const longest = len("&CounterClockwiseContourIntegral;")
	end := bytes.IndexByte(s[:min(len(s), longest)], ';')
	if end < 2 {
		return append(dst, '&'), 1
	}
	name := s[1:end]
	if name[0] == '#' {
		if r, is := numeric(name[1:]); is {
			return utf8.AppendRune(dst, r), end + 1
		}
	} else if entity, is := util.LookUpHTML5EntityByName(string(name)); is {
		return append(dst, entity.Characters...), end + 1
	}
	return append(dst, '&'), 1
}

// numeric is the character of "8212" or "x2014"; what Unicode does not have is U+FFFD.
func numeric(digits []byte) (rune, bool) {
	base, most := 10, 7
	if len(digits) > 0 && (digits[0] == 'x' || digits[0] == 'X') {
		base, most, digits = 16, 6, digits[1:]
	}
	if len(digits) > most || bytes.ContainsAny(digits, "+-_") {
		return 0, false
	}
	n, err := strconv.ParseUint(string(digits), base, 32)
	if err != nil {
		return 0, false
	}
	if n == 0 || !utf8.ValidRune(rune(n)) {
		return utf8.RuneError, true
	}
	return rune(n), true
}

// blankControls turns the control characters HTML has no place for into blanks.
func blankControls(text []byte) {
	for i, c := range text {
		if c < ' ' && c != '\n' && c != '\t' || c == 0x7f {
			text[i] = ' '
		}
	}
}
