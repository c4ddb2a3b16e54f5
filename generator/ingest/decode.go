package ingest

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"broadsheet/generator/diag"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

const (
	utf8Mark    = "\xEF\xBB\xBF"
	utf16Little = "\xFF\xFE"
	utf16Big    = "\xFE\xFF"
)

// KnownCharset reports whether name is "auto", "" or an encoding of the WHATWG list: "windows-1252", "macintosh".
func KnownCharset(name string) bool {
	if name == "" || name == "auto" {
		return true
	}
	_, err := htmlindex.Get(name)
	return err == nil
}

// decode is src as UTF-8 with "\n" at line ends. A byte-order mark settles the encoding and is dropped; text that has
// the form of UTF-8 is UTF-8, whatever is declared; then the declared encoding holds, else one is looked for.
func decode(file string, src []byte, charset string) (string, diag.List) {
	var text string
	var warnings diag.List
	rest := bytes.TrimPrefix(src, []byte(utf8Mark))
	switch {
	case bytes.HasPrefix(src, []byte(utf16Little)), bytes.HasPrefix(src, []byte(utf16Big)):
		text = decodeAll(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), src)
	case isUTF16(src, 1):
		text = decodeAll(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), src)
	case isUTF16(src, 0):
		text = decodeAll(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), src)
	case utf8.Valid(rest):
		text = string(rest)
	default:
		text, warnings = decodeOld(file, rest, charset)
	}
	return newlines(text), warnings
}

// decodeAll never fails: what the encoding does not know becomes U+FFFD.
func decodeAll(e encoding.Encoding, src []byte) string {
	text, _ := e.NewDecoder().Bytes(src)
	return string(text)
}

// isUTF16 reports whether src is UTF-16 without a mark: nearly every second byte, from the one at first on, is zero, as
// in text of the Latin alphabet, and hardly one of the others.
func isUTF16(src []byte, first int) bool {
	pairs := len(src) / 2
	if pairs < 2 || len(src)%2 != 0 {
		return false
	}
	zeros, others := 0, 0
	for i := 0; i < len(src); i += 2 {
		if src[i+first] == 0 {
			zeros++
		}
		if src[i+1-first] == 0 {
			others++
		}
	}
	return 4*zeros >= 3*pairs && 20*others <= pairs
}

func newlines(text string) string {
	if strings.IndexByte(text, '\r') < 0 {
		return text
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}

// decodeOld reads text that is not UTF-8 as the declared encoding or the one that fits best.
func decodeOld(file string, src []byte, charset string) (string, diag.List) {
	if declared, err := htmlindex.Get(charset); err == nil {
		name, _ := htmlindex.Name(declared)
		return decodeAs(file, src, declared, name, true)
	}
	if e, name := otherScript(src); e != nil {
		return decodeAs(file, src, e, name, false)
	}
	if !hasUTF8(src) && isMacRoman(src) {
		return decodeMixed(file, src, charmap.Macintosh, "Mac Roman")
	}
	return decodeMixed(file, src, charmap.Windows1252, "Windows-1252")
}

// decodeAs reads the whole of src in one encoding. What was declared is no news; what could not be read is.
func decodeAs(file string, src []byte, e encoding.Encoding, name string, declared bool) (string, diag.List) {
	text := decodeAll(e, src)
	lost := strings.Count(text, "\uFFFD")
	first := strings.IndexFunc(text, func(c rune) bool { return c == utf8.RuneError || !declared && c >= utf8.RuneSelf })
	message := fmt.Sprintf("not UTF-8: read as %s", name)
	switch {
	case declared && lost == 0:
		return text, nil
	case lost > 0:
		message += fmt.Sprintf(", %s could not be read", count(lost, "character"))
	}
	return text, misread(file, text, max(first, 0), message)
}

// decodeMixed reads each byte that is no part of UTF-8 by the table, so that a file pasted together from both is read
// right throughout.
func decodeMixed(file string, src []byte, table *charmap.Charmap, name string) (string, diag.List) {
	var b strings.Builder
	b.Grow(len(src) + len(src)/16)
	first, guessed, lost := -1, 0, 0
	for len(src) > 0 {
		r, size := utf8.DecodeRune(src)
		if r == utf8.RuneError && size == 1 {
			if first < 0 {
				first = b.Len()
			}
			if r = table.DecodeByte(src[0]); isUnread(r) {
				r = utf8.RuneError
				lost++
			} else {
				guessed++
			}
		}
		b.WriteRune(r)
		src = src[size:]
	}
	return b.String(), misread(file, b.String(), first, mixture(guessed, lost, name))
}

// isUnread reports whether a table of characters has nothing but a control code for a byte.
func isUnread(r rune) bool { return r == utf8.RuneError || 0x80 <= r && r < 0xA0 }

func misread(file, text string, first int, message string) diag.List {
	line, col := position(text, first)
	d := diag.Warn(file, "%s", message).At([]byte(newlines(text)), line, col)
	return diag.List{d.WithHint("look at the line; if it reads well, save the file as UTF-8 to end this message, else set charset below [ingest] in site.toml")}
}

func mixture(guessed, lost int, name string) string {
	switch {
	case lost == 0:
		return fmt.Sprintf("not UTF-8: %s read as %s", count(guessed, "byte"), name)
	case guessed == 0:
		return fmt.Sprintf("not UTF-8: %s could not be read", count(lost, "byte"))
	}
	return fmt.Sprintf("not UTF-8: %s read as %s, %d could not be read", count(guessed, "byte"), name, lost)
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
