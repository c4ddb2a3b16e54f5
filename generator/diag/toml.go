package diag

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
)

// DecodeTOML reads src into a pointer to a struct. Every fault is an Error at its line and column; a key the struct
// does not have is one, with the nearest key it does have as a hint.
func DecodeTOML(file string, src []byte, into any) List {
	src = bytes.TrimPrefix(src, []byte("\ufeff")) // Windows' Notepad begins a file so
	if !utf8.Valid(src) {
		return List{Fail(file, "not UTF-8").WithHint("save the file as UTF-8")}
	}
	decoder := toml.NewDecoder(strings.NewReader(string(src)))
	decoder.DisallowUnknownFields()
	return FromTOML(file, src, decoder.Decode(into), keysOf(reflect.TypeOf(into), nil))
}

// FromTOML places go-toml's error in the file; known are the keys to suggest for one that is unknown.
func FromTOML(file string, src []byte, err error, known []string) List {
	var missing *toml.StrictMissingError
	var fault *toml.DecodeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &missing):
		var list List
		for _, e := range missing.Errors {
			list = append(list, unknownKey(file, src, e, known))
		}
		return list
	case errors.As(err, &fault):
		line, col := fault.Position()
		return List{Fail(file, "%s", plainWords(fault)).At(src, line, col)}
	}
	return List{Fail(file, "%s", strings.TrimPrefix(err.Error(), "toml: "))}
}

// mistyped is how go-toml tells of a value of the wrong type.
var mistyped = regexp.MustCompile(`^cannot (?:decode|store) TOML (.+?) (?:in|into) .*(?:of type|a Go) (\S+)`)

// plainWords is go-toml's message without the words of Go.
func plainWords(fault *toml.DecodeError) string {
	message := strings.TrimPrefix(fault.Error(), "toml: ")
	m := mistyped.FindStringSubmatch(message)
	if m == nil {
		return message
	}
	want := map[string]string{"string": "a text", "[]string": "a list of texts", "int": "a whole number", "bool": "true or false", "slice": "a list"}[m[2]]
	switch {
	case want != "":
	case strings.Contains(m[2], "."), strings.HasPrefix(m[2], "map"): // a struct of ours
		want = "a table, { … }"
	default:
		want = "something else"
	}
	key := ""
	if path := fault.Key(); len(path) > 0 {
		key = strings.Join(path, ".") + ": "
	}
	return key + "want " + want + ", found " + m[1]
}

func unknownKey(file string, src []byte, e toml.DecodeError, known []string) Diagnostic {
	line, col := e.Position()
	path := e.Key()
	key := path[len(path)-1]
	d := Fail(file, "unknown key %q", strings.Join(path, ".")).At(src, line, col)
	if near := Nearest(key, known); near != "" {
		return d.WithHint("did you mean %q?", near)
	}
	return d.WithHint("known keys are listed in the README")
}

// keysOf lists the TOML keys of a struct and of the structs in it.
func keysOf(t reflect.Type, keys []string) []string {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return keys
	}
	for i := range t.NumField() {
		f := t.Field(i)
		key, _, _ := strings.Cut(f.Tag.Get("toml"), ",")
		if key == "" || key == "-" {
			continue
		}
		keys = keysOf(f.Type, append(keys, key))
	}
	return keys
}

// Panicked is the message for a step that met input it could not bear; it names the file so that a person can take
// it out and tell us.
func Panicked(file string, cause any) Diagnostic {
	return Fail(file, "broadsheet failed on this file: %s", fmt.Sprint(cause)).WithHint("please report this; moving the file out of content/ lets the build go on")
}

// QuoteTOML is text as a basic string of TOML, which knows fewer escapes than Go.
func QuoteTOML(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range text {
		switch {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteRune(c)
		case c == '\n':
			b.WriteString(`\n`)
		case c < ' ' || c >= 0x7f && c < 0xa0:
			fmt.Fprintf(&b, `\u%04X`, c)
		default:
			b.WriteRune(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}
