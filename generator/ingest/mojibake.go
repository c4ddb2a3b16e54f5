package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/generator/diag"
	"broadsheet/generator/news"

	"golang.org/x/text/encoding/charmap"
)

// mend repairs text that was UTF-8, was read as Windows-1252 (or Latin-1) and stored again, once or twice: "donâ€™t",
// "cafÃ©". Each line with a repair is on record, with what stood there. Where a file has nothing that only this mishap makes, it stays as it is:
// a capital "Ã" before a closing quotation mark is Portuguese.
func mend(file, text string) (string, []news.Removal, diag.List) {
	once, garbled := mendOnce(text)
	if garbled == nil {
		return text, nil, nil
	}
	twice, _ := mendOnce(once)
	var repairs []news.Removal
	n := 0
	for _, g := range garbled {
		n += g.count
		repairs = append(repairs, news.Removal{Line: g.line, Text: g.text, Rule: mended})
	}
	d := diag.Warn(file, "%s of UTF-8 had been read as Windows-1252, repaired", count(n, "character"))
	d = d.At([]byte(text), garbled[0].line, 0)
	return twice, repairs, diag.List{d.WithHint("look at the line; if it reads well, nothing needs doing")}
}

// garble is what was repaired in one line.
type garble struct {
	line  int
	text  string // the sequences, parted by blanks
	count int
}

func mendOnce(text string) (string, []garble) {
	if !hasEvident(text) {
		return text, nil
	}
	var out strings.Builder
	out.Grow(len(text))
	var garbled []garble
	line, counted, done := 1, 0, 0
	for i := nextLead(text, 0); i >= 0; {
		r, size := misreadAt(text, i)
		if size == 0 {
			i = nextLead(text, i+2)
			continue
		}
		line += strings.Count(text[counted:i], "\n")
		counted = i
		garbled = record(garbled, line, text[i:i+size])
		out.WriteString(text[done:i])
		out.WriteRune(r)
		done = i + size
		i = nextLead(text, done)
	}
	out.WriteString(text[done:])
	return out.String(), garbled
}

func record(garbled []garble, line int, sequence string) []garble {
	if last := len(garbled) - 1; last >= 0 && garbled[last].line == line {
		garbled[last].text += " " + sequence
		garbled[last].count++
		return garbled
	}
	return append(garbled, garble{line, sequence, 1})
}

// nextLead is the place of the next character from i on that the first byte of a longer one is read as: U+00C2 to
// U+00F4, which UTF-8 writes in two bytes; -1 where there is none.
func nextLead(text string, i int) int {
	for i < len(text) {
		next := strings.IndexByte(text[i:], 0xC3)
		if next < 0 || i+next+1 == len(text) {
			return -1
		}
		if i += next; 0x82 <= text[i+1] && text[i+1] <= 0xB4 {
			return i
		}
		i += 2
	}
	return -1
}

// misreadAt is the character that was misread at i, and how many bytes it takes up there; 0 where nothing was.
func misreadAt(text string, i int) (r rune, size int) {
	lead, size := utf8.DecodeRuneInString(text[i:])
	length := 2
	switch {
	case lead >= 0xF0:
		length = 4
	case lead >= 0xE0:
		length = 3
	}
	original := [utf8.UTFMax]byte{byte(lead)}
	for n := 1; n < length; n++ {
		next, width := utf8.DecodeRuneInString(text[i+size:])
		c, ok := byteOf(next)
		if !ok || width == 0 || c < 0x80 || c > 0xBF {
			return 0, 0
		}
		original[n] = c
		size += width
	}
	r, width := utf8.DecodeRune(original[:length])
	if width != length || !isPlausible(r) {
		return 0, 0
	}
	return r, size
}

// byteOf is the byte that Windows-1252 or Latin-1 reads as r.
func byteOf(r rune) (byte, bool) {
	if 0x80 <= r && r <= 0xFF {
		return byte(r), true
	}
	return charmap.Windows1252.EncodeRune(r)
}

// isPlausible reports whether r is of those that papers of the Latin scripts use: letters with marks, punctuation, signs
// of money, ligatures, pictographs. Others come about by chance: "é »" would be a Chinese character.
func isPlausible(r rune) bool {
	switch {
	case 0xA0 <= r && r <= 0x17F, 0x2010 <= r && r <= 0x2046, 0x20A0 <= r && r <= 0x22FF, 0xFB00 <= r && r <= 0xFB06, 0x1F300 <= r && r <= 0x1FAFF:
		return true
	}
	return r == 0x200B || r == 0x2009 || r == 0x202F
}

// hasEvident reports whether text has a sequence that no clean text has: one of three characters, or one of two where
// the first, a capital, follows a small letter, or the second is no mark that may follow a capital.
func hasEvident(text string) bool {
	for i := nextLead(text, 0); i >= 0; i = nextLead(text, i+2) {
		_, size := misreadAt(text, i)
		if size == 0 {
			continue
		}
		lead, width := utf8.DecodeRuneInString(text[i:])
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		second, _ := utf8.DecodeRuneInString(text[i+width:])
		if lead >= 0xE0 || unicode.IsLower(before) || !strings.ContainsRune(afterCapital, second) {
			return true
		}
	}
	return false
}

// afterCapital are the marks among the misread that may stand behind a capital in clean text.
const afterCapital = "\u00A0\u00AD‘’“”‚„‹›«»–—…•·™®©ªº°¹²³¡¿†‡´¨¸ˆ˜¯"
