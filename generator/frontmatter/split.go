package frontmatter

import (
	"bytes"

	"broadsheet/generator/diag"
)

// Parse parts a Markdown file into its front matter and its body; line is the 1-based line on which the body begins.
// Where the front matter is broken there is no body.
func Parse(file string, src []byte) (m Matter, body []byte, line int, found diag.List) {
	m = Matter{File: file, Origin: FrontMatter}
	start := len(src) - len(bytes.TrimPrefix(src, []byte("\uFEFF")))
	switch first, _ := cutLine(src[start:]); string(bytes.TrimRight(first, " \t\r\n")) {
	case "+++":
		return m.fenced(src, start, "+++", readTOML)
	case "---":
		if keyed(src[start+len(first):]) {
			return m.fenced(src, start, "---", readYAML)
		}
	}
	if object(src[start:]) {
		return m.object(src, start)
	}
	return m, src[start:], 1, nil
}

// fenced reads front matter between two lines of the same fence, the first of which stands at start.
func (m Matter) fenced(src []byte, start int, fence string, form func(*builder) *fault) (Matter, []byte, int, diag.List) {
	first, rest := cutLine(src[start:])
	from := start + len(first)
	to, line := from, 2
	for len(rest) > 0 {
		var next []byte
		next, rest = cutLine(rest)
		line++
		if string(bytes.TrimRight(next, " \t\r\n")) == fence {
			m.head = src[:to+len(next)]
			read, found := m.read(form, from, to)
			if read.Broken {
				return read, nil, line, found
			}
			return read, rest, line, found
		}
		to += len(next)
	}
	m.head = src
	read, found := m.broken(fault{
		"the " + fence + " on the first line is never closed",
		"put a line of " + fence + " after the last key", place{1, 1},
	})
	return read, nil, line, found
}

// object reads front matter that is one JSON object.
func (m Matter) object(src []byte, start int) (Matter, []byte, int, diag.List) {
	m.head = src
	end := start
	read, found := m.read(func(b *builder) *fault {
		bad := readJSON(b)
		end += len(b.part)
		return bad
	}, start, len(src))
	if read.Broken {
		return read, nil, 1, found
	}
	read.head = src[:end]
	body := src[end:]
	if ending, after := cutLine(body); len(bytes.TrimSpace(ending)) == 0 {
		end, body = end+len(ending), after
	}
	return read, body, 1 + bytes.Count(src[:end], []byte("\n")), found
}

// keyed reports whether the first line that is neither blank nor a comment begins with a word and a colon, or closes
// the fence again.
func keyed(text []byte) bool {
	for len(text) > 0 {
		var line []byte
		line, text = cutLine(text)
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		key, value, colon := bytes.Cut(line, []byte(":"))
		key = bytes.Trim(key, `"' `)
		return string(line) == "---" || colon && bare(key) && (len(value) == 0 || value[0] == ' ' || value[0] == '\t')
	}
	return false
}

// bare reports whether key is one word.
func bare(key []byte) bool {
	return len(key) > 0 && !bytes.ContainsAny(key, " \t\"'*`[]{}()!?,;&|<>")
}

// object reports whether text begins as a JSON object does that has a key.
func object(text []byte) bool {
	rest, opened := bytes.CutPrefix(text, []byte("{"))
	return opened && bytes.HasPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte(`"`))
}

// cutLine parts text after its first line end.
func cutLine(text []byte) (line, rest []byte) {
	if i := bytes.IndexByte(text, '\n'); i >= 0 {
		return text[:i+1], text[i+1:]
	}
	return text, nil
}
