package frontmatter

import (
	"strconv"
	"strings"
)

// Value is a value as it was written.
type Value struct {
	kind  kind
	text  string // of a scalar: as written, escapes and quotation marks resolved
	list  []Value
	table []Field
	place
}

type kind uint8

const (
	nothing kind = iota
	words
	number
	truth
	moment // a date, with or without a time
	list
	table
)

func (k kind) String() string {
	return [...]string{"nothing", "text", "a number", "true or false", "a date", "a list", "a table"}[k]
}

// Any is the value as templates get it: string, int64, float64, bool, []any, map[string]any or nil. A date is a string.
func (v Value) Any() any {
	switch v.kind {
	case nothing:
		return nil
	case number:
		return numeral(v.text)
	case truth:
		return strings.EqualFold(v.text, "true")
	case list:
		values := make([]any, len(v.list))
		for i := range v.list {
			values[i] = v.list[i].Any()
		}
		return values
	case table:
		values := make(map[string]any, len(v.table))
		for _, f := range v.table {
			values[f.Key] = f.Value.Any()
		}
		return values
	}
	return v.text
}

func numeral(text string) any {
	if n, err := strconv.ParseInt(text, 0, 64); err == nil {
		return n
	}
	if x, err := strconv.ParseFloat(strings.ReplaceAll(text, "_", ""), 64); err == nil {
		return x
	}
	return text
}

// empty reports whether the value says nothing. An empty list says "none".
func (v Value) empty() bool {
	switch v.kind {
	case nothing:
		return true
	case list:
		return false
	case table:
		return len(v.table) == 0
	}
	return strings.TrimSpace(v.text) == ""
}

// wrong is what is the matter with a value, and what to do.
type wrong struct {
	message, hint string
	at            place // where it is not the whole value
}

// line is a scalar on one line.
func (v Value) line() (string, *wrong) {
	if v.kind == list || v.kind == table {
		return "", &wrong{message: "want text, found " + v.kind.String()}
	}
	if strings.ContainsFunc(v.text, isControl) {
		return strings.Join(strings.FieldsFunc(v.text, func(r rune) bool { return r == ' ' || isControl(r) }), " "), nil
	}
	return strings.TrimSpace(v.text), nil
}

func isControl(r rune) bool { return r < ' ' || r == 0x7f }

// lines is a list of scalars, those that are empty left out. It is never nil.
func (v Value) lines() ([]string, *wrong) {
	values := v.list
	if v.kind != list {
		values = []Value{v}
	}
	found := make([]string, 0, len(values))
	for _, item := range values {
		s, bad := item.line()
		if bad != nil {
			bad.message = "want a list of texts, found " + item.kind.String()
			bad.at = item.place
			return nil, bad
		}
		if s != "" {
			found = append(found, s)
		}
	}
	return found, nil
}
