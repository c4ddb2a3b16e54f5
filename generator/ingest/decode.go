package ingest

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"broadsheet/generator/diag"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

const (
	utf8Mark    = "\xEF\xBB\xBF"
	utf16Little = "\xFF\xFE"
	utf16Big    = "\xFE\xFF"
)

// decode is src as UTF-8 with "\n" at line ends. A byte-order mark settles the encoding and is dropped; without one,
// bytes that are not UTF-8 are taken for Windows-1252, which most archives of before 2005 are in.
func decode(file string, src []byte) (string, diag.List) {
	var text string
	var warnings diag.List
	rest := bytes.TrimPrefix(src, []byte(utf8Mark))
	switch {
	case bytes.HasPrefix(src, []byte(utf16Little)), bytes.HasPrefix(src, []byte(utf16Big)):
		decoded, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(src) // never fails: what is no UTF-16 becomes U+FFFD
		text = string(decoded)
	case utf8.Valid(rest):
		text = string(rest)
	default:
		text, warnings = guess(file, rest)
	}
	return newlines(text), warnings
}

func newlines(text string) string {
	if strings.IndexByte(text, '\r') < 0 {
		return text
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}

// guess reads each byte that is no part of UTF-8 as Windows-1252, so that a file pasted together from both is read
// right throughout.
func guess(file string, src []byte) (string, diag.List) {
	var b strings.Builder
	b.Grow(len(src) + len(src)/16)
	first, guessed, lost := -1, 0, 0
	for len(src) > 0 {
		r, size := utf8.DecodeRune(src)
		if r == utf8.RuneError && size == 1 {
			if first < 0 {
				first = b.Len()
			}
			if r = charmap.Windows1252.DecodeByte(src[0]); r == utf8.RuneError || 0x80 <= r && r < 0xA0 {
				r = utf8.RuneError
				lost++
			} else {
				guessed++
			}
		}
		b.WriteRune(r)
		src = src[size:]
	}
	text := b.String()
	line, col := position(text, first)
	d := diag.Warn(file, "%s", misread(guessed, lost)).At([]byte(newlines(text)), line, col)
	return text, diag.List{d.WithHint("look at the line; if it reads well, save the file as UTF-8 to end this message")}
}

func misread(guessed, lost int) string {
	switch {
	case lost == 0:
		return fmt.Sprintf("not UTF-8: %s read as Windows-1252", count(guessed, "byte"))
	case guessed == 0:
		return fmt.Sprintf("not UTF-8: %s could not be read", count(lost, "byte"))
	}
	return fmt.Sprintf("not UTF-8: %s read as Windows-1252, %d could not be read", count(guessed, "byte"), lost)
}

func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// position is the 1-based line and column, in characters, of the byte at offset.
func position(text string, offset int) (line, col int) {
	before := newlines(text[:offset])
	start := strings.LastIndexByte(before, '\n') + 1
	return strings.Count(before, "\n") + 1, utf8.RuneCountInString(before[start:]) + 1
}
