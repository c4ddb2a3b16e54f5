package ingest

import "strings"

// The marks by which agencies told typesetting machines where a line to be centred begins and where it ends: "^By JANE DOE<",
// "^Associated Press Writer=".
const (
	wireBegins = "^"
	wireEnds   = "<="
)

// hasWireMarks reports whether a text has such lines.
func hasWireMarks(text string) bool {
	const least = 2
	n := 0
	for begin := strings.Index(text, wireBegins); begin >= 0 && n < least; {
		line, rest, _ := strings.Cut(text[begin:], "\n")
		if line = strings.TrimSpace(line); strings.ContainsAny(line[len(line)-1:], wireEnds) && strings.TrimSpace(text[strings.LastIndexByte(text[:begin], '\n')+1:begin]) == "" {
			n++
		}
		text = rest
		begin = strings.Index(text, wireBegins)
	}
	return n == least
}

// dropWireMarks takes the marks out of a line that has them at its ends.
func (r *reading) dropWireMarks(number int, raw string) string {
	text := strings.TrimSpace(raw)
	if begun, marked := strings.CutPrefix(text, wireBegins); marked {
		r.remove(number, wireBegins, wireMark)
		text = begun
	}
	if bare := strings.TrimRight(text, wireEnds); len(text)-len(bare) == 1 {
		r.remove(number, text[len(bare):], wireMark)
		text = bare
	}
	return strings.Replace(raw, strings.TrimSpace(raw), text, 1)
}
