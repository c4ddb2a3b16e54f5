package intake

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	reference  = regexp.MustCompile(`^&#?\w+;`)
	attributes = regexp.MustCompile(`^\{[^{}]*\}\s*$`)
	listNumber = regexp.MustCompile(`^(\d{1,9})([.)])(?:\s|$)`)
)

// escape is the words of one text node, which hold no line ends, as Markdown that shows them as they are. Whether the
// node begins a line is not known, so its first mark is always escaped.
func escape(words string) string {
	var b strings.Builder
	b.Grow(len(words) + len(words)/32)
	start := len(words) - len(strings.TrimLeft(words, " "))
	b.WriteString(words[:start])
	if m := listNumber.FindStringSubmatch(words[start:]); m != nil {
		b.WriteString(m[1] + `\` + m[2])
		start += len(m[1] + m[2])
	} else if start < len(words) && strings.IndexByte("#+-=:|", words[start]) >= 0 {
		b.WriteString(`\` + words[start:start+1])
		start++
	}
	for i := start; i < len(words); i++ {
		switch c := words[i]; {
		case c == '&' && reference.MatchString(words[i:]):
			b.WriteString("&amp;")
		case c == '{' && (strings.HasPrefix(words[i:], "{{<") || strings.HasPrefix(words[i:], "{{%") || attributes.MatchString(words[i:])):
			b.WriteString("&#123;")
		case c == '#' && strings.TrimSpace(words[i+1:]) == "": // at the end of a heading it would be none of its words
			b.WriteString("&#35;")
		case isMark(words, i):
			b.WriteByte('\\')
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// isMark reports whether the character at i would be taken for a mark wherever in a line it stands.
func isMark(words string, i int) bool {
	rest := words[i+1:]
	switch words[i] {
	case '\\', '`', '*':
		return true
	case '~': // a home in an address is none
		return i == 0 || words[i-1] != '/'
	case '_':
		return !isInside(words, i)
	case '[':
		return strings.HasPrefix(rest, "^") || len(rest) > 1 && rest[1] == ']'
	case ']':
		return rest == "" || strings.IndexByte("(:[", rest[0]) >= 0
	}
	return false
}

// isInside reports whether the character at i has a letter or digit on both sides.
func isInside(words string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(words[:i])
	after, _ := utf8.DecodeRuneInString(words[i+1:])
	return isWord(before) && isWord(after)
}

func isWord(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }
