package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Escape is the lines of one paragraph as Markdown that shows exactly their characters: CommonMark with tables and
// strikethrough. A backslash is set only before a mark that would be taken for markup where it stands, so that the
// Markdown stays as readable as the text. Lines are to be trimmed and not blank.
func Escape(text string) string {
	var b strings.Builder
	b.Grow(len(text) + len(text)/32)
	escape(&b, text)
	return b.String()
}

func escape(b *strings.Builder, text string) {
	paired := pairs(text)
	for rest := text; ; {
		end := strings.IndexByte(rest, '\n')
		if end < 0 {
			escapeLine(b, rest, paired)
			return
		}
		escapeLine(b, rest[:end], paired)
		b.WriteByte('\n')
		rest = rest[end+1:]
	}
}

// pairing says which of the marks that work in pairs occur more than once in a paragraph; one alone is only itself.
type pairing struct{ star, underscore, tilde, backtick bool }

func pairs(text string) pairing {
	twice := func(mark byte) bool {
		first := strings.IndexByte(text, mark)
		return first >= 0 && strings.IndexByte(text[first+1:], mark) >= 0
	}
	return pairing{twice('*'), twice('_'), twice('~'), twice('`')}
}

func escapeLine(b *strings.Builder, line string, paired pairing) {
	if at := blockMark(line); at >= 0 {
		// What stands before a block's mark is digits, colons or pipes, and needs no backslash itself.
		b.WriteString(line[:at])
		b.WriteByte('\\')
		b.WriteByte(line[at])
		escapeInline(b, line, at+1, paired)
		return
	}
	escapeInline(b, line, 0, paired)
}

func escapeInline(b *strings.Builder, line string, from int, paired pairing) {
	done := from
	for i := from; i < len(line); i++ {
		switch c := line[i]; c {
		case '*', '_', '~':
			end := runEnd(line, i)
			if paired.has(c) && emphasizes(line, i, end) {
				b.WriteString(line[done:i])
				for range end - i {
					b.WriteByte('\\')
					b.WriteByte(c)
				}
				done = end
			}
			i = end - 1
		default:
			if works(line, i, paired) {
				b.WriteString(line[done:i])
				b.WriteByte('\\')
				done = i
			}
		}
	}
	b.WriteString(line[done:])
}

func (p pairing) has(mark byte) bool {
	return mark == '*' && p.star || mark == '_' && p.underscore || mark == '~' && p.tilde
}

// runEnd is the end of the run of equal characters that begins at i.
func runEnd(line string, i int) int {
	end := i + 1
	for end < len(line) && line[end] == line[i] {
		end++
	}
	return end
}

// emphasizes reports whether the run of marks line[start:end] could open or close emphasis: not between blanks, and an
// underscore not inside a word.
func emphasizes(line string, start, end int) bool {
	before, after := ' ', ' '
	if start > 0 {
		before, _ = utf8.DecodeLastRuneInString(line[:start])
	}
	if end < len(line) {
		after, _ = utf8.DecodeRuneInString(line[end:])
	}
	if unicode.IsSpace(before) && unicode.IsSpace(after) {
		return false
	}
	return line[start] != '_' || !isLetterOrDigit(before) || !isLetterOrDigit(after)
}

// works reports whether the character at i would be taken for markup other than emphasis.
func works(line string, i int, paired pairing) bool {
	switch line[i] {
	case '`':
		return paired.backtick
	case '\\':
		return i+1 == len(line) || isPunctuation(line[i+1])
	case '<':
		return i+1 < len(line) && (isLetter(line[i+1]) || strings.IndexByte("/!?", line[i+1]) >= 0 || opensMail(line[i+1:]))
	case '&':
		return isReference(line[i+1:])
	case '{': // a shortcode
		return strings.HasPrefix(line[i:], "{{<") || strings.HasPrefix(line[i:], "{{%")
	case '[':
		return i+1 < len(line) && line[i+1] == '^'
	case ']':
		return i+1 < len(line) && (line[i+1] == '(' || line[i+1] == ':' && line[0] == '[')
	}
	return false
}

// opensMail reports whether rest, after a "<", is an address that would become a link: "24@example.org>".
func opensMail(rest string) bool {
	end := strings.IndexAny(rest, "> <\t")
	return end > 0 && rest[end] == '>' && strings.IndexByte(rest[:end], '@') > 0
}

func isLetterOrDigit(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isPunctuation reports whether a backslash before c would vanish.
func isPunctuation(c byte) bool {
	return '!' <= c && c <= '/' || ':' <= c && c <= '@' || '[' <= c && c <= '`' || '{' <= c && c <= '~'
}

// referenceBytes is longer than any character reference there is.
const referenceBytes = 40

// isReference reports whether rest, after an ampersand, has the form of a character reference: "amp;", "#8217;".
func isReference(rest string) bool {
	rest = strings.TrimPrefix(rest, "#")
	for i := 0; i < len(rest) && i < referenceBytes; i++ {
		if rest[i] == ';' {
			return i > 0
		}
		if !isAlphanumeric(rest[i]) {
			return false
		}
	}
	return false
}

// blockMark is the place of the character that would make the line a heading, a list, a quotation, a definition, a rule, a
// fence or the ruled line of a table; -1 where it is none of them.
func blockMark(line string) int {
	if line == "" {
		return -1
	}
	switch c := line[0]; c {
	case '>':
		return 0
	case '#':
		if n := len(line) - len(strings.TrimLeft(line, "#")); n <= 6 && blankAt(line, n) {
			return 0
		}
	case '=':
		if strings.Trim(line, "= \t") == "" {
			return 0
		}
	case '+':
		if blankAt(line, 1) {
			return 0
		}
	case '*', '-', '_':
		if c != '_' && blankAt(line, 1) || strings.Trim(line, line[:1]+" \t") == "" {
			return 0
		}
		return ruledLine(line)
	case '~', '`':
		if strings.HasPrefix(line, "~~~") {
			return 0
		}
	case ':':
		if blankAt(line, 1) {
			return 0
		}
		return ruledLine(line)
	case '|':
		return ruledLine(line)
	default:
		return listNumber(line)
	}
	return -1
}

// ruledLine is the place of the first hyphen of a line that rules a table off: "--|--", "| :-: |".
func ruledLine(line string) int {
	if strings.Trim(line, "|-: \t") != "" {
		return -1
	}
	return strings.IndexByte(line, '-')
}

// listNumber is the place of the mark after a number that would begin a list: "1986. A great year".
func listNumber(line string) int {
	n := 0
	for n < len(line) && isDigit(line[n]) {
		n++
	}
	if n == 0 || n > 9 || n == len(line) || line[n] != '.' && line[n] != ')' || !blankAt(line, n+1) {
		return -1
	}
	return n
}

func blankAt(line string, i int) bool {
	return i >= len(line) || line[i] == ' ' || line[i] == '\t'
}
