package render

import (
	"maps"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"broadsheet/generator/diag"
)

// stillOpen is where the tag, quotation mark, script or comment begins that is open at the end of a page: in its own
// template, else in a partial.
func stillOpen(sources map[string]string, name string) (file string, offset int) {
	for _, file := range append([]string{name}, slices.Sorted(maps.Keys(sources))...) {
		if file != name && !isPartial(file) {
			continue
		}
		if offset, open := openTag(sources[file]); open {
			return file, offset
		}
	}
	return name, max(0, strings.LastIndex(sources[name], "<script"), strings.LastIndex(sources[name], "<style"))
}

// openTag is where the last tag or comment of a template begins, where nothing ends it, or the tag of a script, style or title
// that is not closed.
func openTag(text string) (offset int, open bool) {
	z := html.NewTokenizer(strings.NewReader(withoutActions(text)))
	raw := -1 // where the element began whose text is being read as it stands
	at := 0
	for {
		kind := z.Next()
		size := len(z.Raw())
		switch kind {
		case html.ErrorToken:
			if raw >= 0 {
				return raw, true
			}
			return at, at < len(text)
		case html.CommentToken:
			if end := string(z.Raw()); strings.HasPrefix(end, "<!--") && !strings.HasSuffix(end, "-->") {
				return at, true
			}
		case html.StartTagToken:
			switch name, _ := z.TagName(); string(name) {
			case "script", "style", "title", "textarea":
				raw = at
			}
		case html.EndTagToken:
			raw = -1
		}
		at += size
	}
}

// withoutActions is a template with a letter in place of each byte of its actions.
func withoutActions(text string) string {
	b := []byte(text)
	for _, a := range actions(text) {
		for i := a.from; i < a.to; i++ {
			b[i] = 'x'
		}
	}
	return string(b)
}

// action is the bytes of one {{…}} in a template.
type action struct{ from, to int }

// actions finds those of a template that has been parsed.
func actions(text string) []action {
	var list []action
	for at := 0; ; {
		open := strings.Index(text[at:], "{{")
		if open < 0 {
			return list
		}
		a := action{from: at + open}
		a.to = a.from + actionLength(text[a.from:])
		list, at = append(list, a), a.to
	}
}

// actionLength is how long an action is that a text begins with. Its end within a string or a comment is none.
func actionLength(text string) int {
	if begin := strings.TrimLeft(strings.TrimPrefix(text[len("{{"):], "-"), " \t\n\r"); strings.HasPrefix(begin, "/*") {
		end := strings.Index(text, "*/")
		return max(end, 0) + strings.Index(text[max(end, 0):], "}}") + len("}}")
	}
	var quote byte
	for i := len("{{"); i < len(text); i++ {
		switch c := text[i]; {
		case quote != 0 && c == '\\' && quote != '`':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '`' || c == '\'':
			quote = c
		case strings.HasPrefix(text[i:], "}}"):
			return i + len("}}")
		}
	}
	return len(text)
}

// loosePipes reports the pipes that lead to nothing, which the parser lets pass.
func loosePipes(sources map[string]string, name string) diag.List {
	var faults diag.List
	for _, a := range actions(sources[name]) {
		inner := strings.TrimSuffix(strings.TrimSuffix(sources[name][a.from:a.to], "}}"), "-")
		if inner = strings.TrimRight(inner, " \t\n\r"); strings.HasSuffix(inner, "|") {
			faults = append(faults, placed(sources, name, a.from+len(inner)-1, "nothing stands after the pipe").
				WithHint("name the function that is to get the value, or take the | away"))
		}
	}
	return faults
}
