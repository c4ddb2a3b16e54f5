package frontmatter

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// readJSON reads the JSON object that begins the part, and cuts the part to it.
func readJSON(b *builder) *fault {
	d := json.NewDecoder(bytes.NewReader(b.part))
	d.UseNumber()
	t := &jsonTree{builder: b, decoder: d}
	v, err := t.value(0)
	b.part = b.part[:d.InputOffset()]
	b.fields = v.table
	if err != nil {
		return t.fault(err)
	}
	return t.tooBig
}

type jsonTree struct {
	*builder
	decoder *json.Decoder
}

var errTooDeep = errors.New("lists and tables stand too deep in each other")

func (t *jsonTree) fault(err error) *fault {
	offset := t.decoder.InputOffset()
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) && syntax.Offset > offset {
		offset = syntax.Offset - 1 // within a token it counts the byte that is wrong, between two it does not
	}
	message := err.Error()
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		message = "the { at the beginning is never closed"
		offset = 0
	}
	return &fault{message: message, hint: "check the quotation marks and commas", place: t.ruler.at(t.base + int(offset))}
}

// token is the next token and where it begins.
func (t *jsonTree) token() (json.Token, place, error) {
	from := t.decoder.InputOffset()
	skipped := len(t.part[from:]) - len(bytes.TrimLeft(t.part[from:], " \t\r\n,:"))
	at := t.ruler.at(t.base + int(from) + skipped)
	token, err := t.decoder.Token()
	return token, at, err
}

func (t *jsonTree) value(deep int) (Value, error) {
	token, at, err := t.token()
	if err == nil && deep > mostDeep {
		err = errTooDeep
	}
	v := Value{place: at}
	switch token := token.(type) {
	case json.Delim:
		if token == '{' {
			return t.table(v, deep)
		}
		return t.list(v, deep)
	case json.Number:
		v.kind, v.text = number, token.String()
	case bool:
		v.kind, v.text = truth, fmt.Sprint(token)
	case string:
		v.kind, v.text = words, token
	}
	return v, err
}

func (t *jsonTree) table(v Value, deep int) (Value, error) {
	v.kind = table
	for t.decoder.More() {
		name, at, err := t.token()
		if err != nil {
			return v, err
		}
		value, err := t.value(deep + 1)
		if err != nil {
			return v, err
		}
		t.putIn(&v.table, []key{{fmt.Sprint(name), at}}, value)
		if t.tooBig != nil {
			return v, nil
		}
	}
	_, _, err := t.token()
	return v, err
}

func (t *jsonTree) list(v Value, deep int) (Value, error) {
	v.kind = list
	for t.decoder.More() {
		item, err := t.value(deep + 1)
		if err != nil {
			return v, err
		}
		v.list = append(v.list, item)
	}
	_, _, err := t.token()
	return v, err
}
