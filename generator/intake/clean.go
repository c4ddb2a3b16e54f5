package intake

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

var errTooLong = errors.New("longer than 16 MB")

const tooLong = "the record is longer than 16 MB"

// clean makes the record's words fit for a file: UTF-8, lines that end in "\n", no control characters. What it leaves
// out is a warning.
func (r *Record) clean() {
	if r.Verbatim {
		return
	}
	removed := 0
	for _, s := range []*string{&r.Title, &r.Deck, &r.Description, &r.Byline.Printed, &r.Byline.Credit, &r.Section, &r.Publication} {
		*s = strings.Join(strings.Fields(withoutControls(*s, &removed)), " ")
	}
	r.Body = strings.TrimSpace(withoutControls(newlines(r.Body), &removed))
	if removed > 0 {
		r.warn(plural(removed, "control character") + " left out")
	}
	if r.Broken == "" && r.Passed == "" && r.Title == "" && r.Form != Text && r.Beside == "" {
		r.warn("no title")
	}
}

func newlines(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// withoutControls leaves out what no text holds, tabs and line ends apart, and adds up how many.
func withoutControls(s string, removed *int) string {
	return strings.Map(func(c rune) rune {
		if isControl(c) {
			*removed++
			return -1
		}
		return c
	}, s)
}

func isControl(c rune) bool {
	return c < ' ' && c != '\n' && c != '\t' || 0x7F <= c && c < 0xA0 || c == '\uFEFF'
}

// toUTF8 is src as it is, or, where it is not UTF-8, with each byte that is no part of it read as Windows-1252; then
// the record says so.
func (r *Record) toUTF8(src []byte) string {
	if utf8.Valid(src) {
		return string(src)
	}
	r.warn("not UTF-8: read as Windows-1252 where it is not")
	var b strings.Builder
	for len(src) > 0 {
		c, size := utf8.DecodeRune(src)
		if c == utf8.RuneError && size == 1 {
			c = charmap.Windows1252.DecodeByte(src[0])
		}
		b.WriteRune(c)
		src = src[size:]
	}
	return b.String()
}

func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
