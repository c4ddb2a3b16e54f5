package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/generator/diag"
	"broadsheet/generator/news"
)

// Account proves that nothing of src was lost or made up when a was read from it: what is left of src without white
// space is, line by line, in a's body in its order, a field that From names, or among the removals; and the body and
// the removals hold nothing else. The one character that may be missing is the hyphen at the end of a line that
// divided a word; From["body"] says how many were. Article a is to be as it is shown, after people had their say; its From
// and its body are as Read gave them, with the same options. Where a has the SHA256 of its original, every byte must be the same.
//
// The list is empty when the account balances; else it names the first line where it does not.
func Account(file string, src []byte, o Options, a news.Article) diag.List {
	if sum := sha256.Sum256(src); a.SHA256 != "" && a.SHA256 != hex.EncodeToString(sum[:]) {
		return diag.List{diag.Warn(file, "is not the file the article was made of, byte for byte")}
	}
	r, _ := newReading(file, src, o)
	l := ledger{removed: a.Removed, fields: fieldLines(a.From), article: a, body: squeezed(unescape(a.Body))}
	if d := l.balance(r.lines, r.article.Removed); d.Message != "" {
		d.File = file
		return diag.List{d}
	}
	return nil
}

// ledger is what is still to be found in the source.
type ledger struct {
	removed []news.Removal
	fields  map[int][]string // keys by line number
	article news.Article
	body    string // without white space
	divided int
}

// balance takes from the ledger, in the order of the source, the parts that were cut out of lines and then the lines.
func (l *ledger) balance(lines []line, parts []news.Removal) diag.Diagnostic {
	for _, line := range lines {
		for len(parts) > 0 && parts[0].Line <= line.number {
			if !l.takeRemoval(parts[0].Line, parts[0].Text) {
				return unbalanced(parts[0].Line, parts[0].Text, "was taken out of the text and is not on record")
			}
			parts = parts[1:]
		}
		if !l.takeRemoval(line.number, line.text) && !l.takeField(line) && !l.takeBody(line.text) {
			return unbalanced(line.number, line.text, "is neither in the body nor a field nor on record")
		}
	}
	for _, part := range parts {
		if !l.takeRemoval(part.Line, part.Text) {
			return unbalanced(part.Line, part.Text, "was taken out of the text and is not on record")
		}
	}
	return l.remainder()
}

// remainder is what the article has that the source does not.
func (l *ledger) remainder() diag.Diagnostic {
	switch {
	case len(l.removed) > 0:
		return unbalanced(l.removed[0].Line, l.removed[0].Text, "is on record as removed and does not stand in the file")
	case l.body != "":
		return unbalanced(0, l.body[:min(len(l.body), 80)], "is in the body and does not stand in the file")
	case bodyEvidence(l.divided) != l.article.From["body"]:
		return unbalanced(0, "", fmt.Sprintf("%s were joined, which is not what is on record", count(l.divided, "divided word")))
	}
	return diag.Diagnostic{}
}

func unbalanced(line int, text, what string) diag.Diagnostic {
	return diag.Diagnostic{Line: line, Message: what, Source: strings.ToValidUTF8(text, ""), Hint: "this is a fault of the program, not yours; please report it with the file"}
}

func (l *ledger) takeRemoval(number int, text string) bool {
	if len(l.removed) == 0 || l.removed[0].Line != number || l.removed[0].Text != text {
		return false
	}
	l.removed = l.removed[1:]
	return true
}

// takeField takes one of the fields that From finds on this line and that has its value there. Tags cut a line into several,
// of one number: what one was taken for, another is not.
func (l *ledger) takeField(line line) bool {
	keys := l.fields[line.number]
	i := slices.IndexFunc(keys, func(key string) bool { return holds(l.article, key, line.text) })
	if i < 0 {
		return false
	}
	l.fields[line.number] = slices.Delete(keys, i, i+1)
	return true
}

// holds reports whether a field of the article has what the line says that it was read from.
func holds(a news.Article, key, text string) bool {
	switch key {
	case "title":
		return a.Title != "" && strings.HasSuffix(text, a.Title)
	case "deck":
		return a.Deck != "" && strings.HasSuffix(text, a.Deck)
	case "section":
		return a.Section != "" && strings.Contains(text, a.Section)
	case "license":
		return a.License != "" && strings.HasSuffix(text, a.License)
	case "source":
		return a.Source != "" && strings.HasSuffix(text, a.Source)
	case "byline":
		by := a.Byline.Printed
		return isBylineLabel(text) || by != "" && (strings.Contains(text, by) || strings.Contains(by, text))
	case "authors":
		return len(a.Byline.Authors) > 0 && !slices.ContainsFunc(a.Byline.Authors, func(name string) bool { return !strings.Contains(text, name) })
	case "credit":
		return creditIn(text) == a.Byline.Credit
	case "signed":
		part := signaturePart(text)
		return a.Signed != "" && (strings.Contains(part, a.Signed) || strings.Contains(a.Signed, part))
	case "date", "lastmod":
		_, labelled, _ := strings.Cut(text, ":")
		if d, ok := partlyKnown(strings.TrimSpace(labelled)); ok && d == a.Date {
			return true
		}
		return slices.ContainsFunc([]string{text, labelled}, func(t string) bool { return givesDate(t, a.Date) || givesDate(t, a.Modified) })
	case "genre":
		return genreOf(text) == a.Genre
	case "print_page":
		return a.PrintPage != "" && strings.Contains(text, a.PrintPage)
	}
	return false
}

// givesDate reports whether text has a date of d's year and, where d has one, its day.
func givesDate(text string, d news.Date) bool {
	tokens := tokenize(text)
	for i := range tokens {
		for _, order := range [...]string{"", "dmy", "mdy"} {
			if read, _, ok := dateAt(tokens, i, dating{order, d.Year}); ok && read.Year == d.Year && (d.Day == 0 || sameDay(read, d)) {
				return true
			}
		}
	}
	return false
}

// takeBody takes the line from the front of what is left of the body.
func (l *ledger) takeBody(text string) bool {
	text = squeezed(text)
	if rest, found := strings.CutPrefix(l.body, text); found {
		l.body = rest
		return true
	}
	stem, divided := strings.CutSuffix(text, "-")
	rest, found := strings.CutPrefix(l.body, stem)
	if !divided || !found || !startsLower(rest) {
		return false
	}
	l.body = rest
	l.divided++
	return true
}

// fieldLines is the keys whose values From finds on each line: "line 3", "line 3, line 9".
func fieldLines(from map[string]string) map[int][]string {
	lines := map[int][]string{}
	for key, where := range from {
		for part := range strings.SplitSeq(where, ", ") {
			var number int
			if _, err := fmt.Sscanf(part, "line %d", &number); err == nil {
				lines[number] = append(lines[number], key)
			}
		}
	}
	return lines
}

// bodyEvidence is the record of the words that were made whole.
func bodyEvidence(divided int) string {
	if divided == 0 {
		return ""
	}
	return "text, " + count(divided, "divided word") + " joined"
}

// unescape is the characters that a body made by Read shows: a backslash before a mark or a line's end is none of them.
func unescape(body string) string {
	var b strings.Builder
	b.Grow(len(body))
	for i := 0; i < len(body); i++ {
		if body[i] == '\\' && i+1 < len(body) && (isPunctuation(body[i+1]) || body[i+1] == '\n') {
			i++
		}
		b.WriteByte(body[i])
	}
	return b.String()
}

// squeezed is text without white space.
func squeezed(text string) string {
	if isSqueezed(text) {
		return text
	}
	return strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) {
			return -1
		}
		return c
	}, text)
}

func isSqueezed(text string) bool {
	for _, c := range text {
		if unicode.IsSpace(c) || c == utf8.RuneError {
			return false
		}
	}
	return true
}
