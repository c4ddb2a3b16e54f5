package frontmatter

import (
	"strings"
	"time"
	"unicode/utf8"
)

// readSimple reads YAML of the simplest kind, as most articles have it: on each line a key and its value, which is words, a
// day or a moment, true or false, or a list of words in brackets. The library takes as long over it as over a page of
// Markdown. It reports false, and has read nothing, where anything else stands, or what the library might take for
// something else.
func (b *builder) readSimple() bool {
	const most = 1 << 16 // bytes
	if len(b.part) > most {
		return false
	}
	fields := make([]Field, 0, 16)
	at := place{b.ruler.at(b.base).Line, 1}
	for line := range strings.Lines(string(b.part)) {
		f, simple := simpleField(strings.TrimSuffix(line, "\n"), at)
		if !simple {
			return false
		}
		fields = append(fields, f)
		at.Line++
	}
	for _, f := range fields {
		b.putIn(&b.fields, []key{{f.Key, f.place}}, f.Value)
	}
	return true
}

func simpleField(line string, at place) (f Field, simple bool) {
	name, text, found := strings.Cut(line, ": ")
	if !found || !simpleName(name) || text == "" {
		return f, false
	}
	f.Key, f.place = name, at
	at.Col += len(name) + len(": ")
	switch text[0] {
	case '"':
		var rest string
		f.Value, rest, simple = quoted(text, at)
		return f, simple && rest == ""
	case '[':
		f.Value, simple = simpleList(text, at)
		return f, simple
	}
	f.Value = Value{text: text, place: at}
	switch {
	case text == "true" || text == "false":
		f.Value.kind = truth
	case isMoment(text):
		f.Value.kind = moment
	case bareWords(text):
		f.Value.kind = words
	default:
		return f, false
	}
	return f, true
}

// simpleName reports whether a key is letters of ASCII and lines below them.
func simpleName(name string) bool {
	const most = 64 // bytes
	for i := range len(name) {
		if !letter(name[i]) && name[i] != '_' {
			return false
		}
	}
	return name != "" && len(name) <= most
}

func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// quoted reads the words between double quotes at the start of text, without escapes.
func quoted(text string, at place) (v Value, rest string, simple bool) {
	inside, rest, closed := strings.Cut(text[1:], `"`)
	for _, r := range inside {
		if r == '\\' || !printable(r) {
			return v, rest, false
		}
	}
	return Value{kind: words, text: inside, place: at}, rest, closed
}

// printable reports whether a character stands on a line and is beyond doubt.
func printable(r rune) bool {
	switch r {
	case 0x7f, '\u2028', '\u2029', '\ufeff', utf8.RuneError:
		return false
	}
	return r >= ' ' && (r < 0x80 || r >= 0xa0) && r < 0xfff0
}

// bareWords reports whether text is words without quotation marks: letters and figures of ASCII after a letter, with what
// may stand among them.
func bareWords(text string) bool {
	for i := range len(text) {
		c := text[i]
		if !letter(c) && (i == 0 || (c < '0' || c > '9') && strings.IndexByte(" .'()/-", c) < 0) {
			return false
		}
	}
	switch strings.ToLower(text) {
	case "", "true", "false", "null":
		return false
	}
	return text[len(text)-1] != ' '
}

// simpleList reads words in brackets, with a comma and a blank between two.
func simpleList(text string, at place) (v Value, simple bool) {
	v = Value{kind: list, place: at}
	inside, closed := strings.CutSuffix(text[1:], "]")
	for at.Col++; closed && inside != ""; {
		var item Value
		var rest string
		if inside[0] == '"' {
			item, rest, simple = quoted(inside, at)
			at.Col += 2 // quotation marks
		} else {
			end := len(inside)
			if comma := strings.IndexByte(inside, ','); comma >= 0 {
				end = comma
			}
			item, rest = Value{kind: words, text: inside[:end], place: at}, inside[end:]
			simple = bareWords(item.text)
		}
		if !simple {
			return v, false
		}
		v.list = append(v.list, item)
		if inside = rest; rest != "" {
			inside, closed = strings.CutPrefix(rest, ", ")
			closed = closed && inside != ""
		}
		at.Col += utf8.RuneCountInString(item.text) + len(", ")
	}
	return v, closed
}

// isMoment reports whether text is a day, or a second of one by the clock of Greenwich.
func isMoment(text string) bool {
	layout := time.DateOnly
	if len(text) > len(layout) {
		layout = "2006-01-02T15:04:05Z"
	}
	_, err := time.Parse(layout, text)
	return err == nil && len(text) == len(layout)
}
