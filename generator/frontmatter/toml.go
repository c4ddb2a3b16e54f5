package frontmatter

import (
	"bytes"
	"errors"
	"path"

	"github.com/pelletier/go-toml/v2/unstable"

	"broadsheet/generator/diag"
)

// ParseTOML reads a sidecar or, by its name, a folder's _defaults.toml.
func ParseTOML(file string, src []byte) (Matter, diag.List) {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	m := Matter{File: file, Origin: Sidecar, head: src}
	if path.Base(file) == "_defaults.toml" {
		m.Origin = Defaults
	}
	return m.read(readTOML, 0, len(src))
}

// readTOML reads TOML with the library's parser, which knows the grammar and where things stand; what the keys add up
// to is ours to see.
func readTOML(b *builder) *fault {
	parser := &unstable.Parser{}
	parser.Reset(b.part)
	var into []key
	for parser.NextExpression() {
		e := parser.Expression()
		var bad *fault
		switch e.Kind {
		case unstable.Table:
			into = b.tomlKeys(e.Key())
			bad = b.put(into, Value{kind: table, place: into[0].place})
		case unstable.ArrayTable:
			into = b.tomlKeys(e.Key())
			bad = b.put(into, Value{kind: list, list: []Value{{kind: table}}, place: into[0].place})
		case unstable.KeyValue:
			keys := b.tomlKeys(e.Key())
			bad = b.put(append(into[:len(into):len(into)], keys...), b.tomlValue(e.Value(), keys[0].place))
		}
		if bad != nil {
			return bad
		}
	}
	return b.tomlFault(parser.Error())
}

func (b *builder) tomlFault(err error) *fault {
	if err == nil {
		return nil
	}
	bad := &fault{message: err.Error(), hint: `words stand in quotation marks: title = "…"`, place: b.ruler.at(b.base)}
	var at *unstable.ParserError
	if errors.As(err, &at) {
		bad.message = at.Message
		// A slice of the part: what remains of the capacity tells where it begins.
		if offset := cap(b.part) - cap(at.Highlight); offset >= 0 && offset <= len(b.part) {
			bad.place = b.ruler.at(b.base + offset)
		}
	}
	return bad
}

func (b *builder) tomlKeys(it unstable.Iterator) []key {
	var keys []key
	for it.Next() {
		n := it.Node()
		keys = append(keys, key{string(n.Data), b.ruler.at(b.base + int(n.Raw.Offset))})
	}
	return keys
}

// tomlValue reads a value. An array has no place of its own in the library's tree, and gets that of its key.
func (b *builder) tomlValue(n *unstable.Node, at place) Value {
	if n.Raw.Length > 0 {
		at = b.ruler.at(b.base + int(n.Raw.Offset))
	}
	v := Value{text: string(n.Data), place: at}
	switch n.Kind {
	case unstable.Integer, unstable.Float:
		v.kind = number
	case unstable.Bool:
		v.kind = truth
	case unstable.LocalDate, unstable.LocalDateTime, unstable.DateTime:
		v.kind = moment
	case unstable.Array:
		v.kind = list
		for it := n.Children(); it.Next(); {
			if it.Node().Kind != unstable.Comment {
				v.list = append(v.list, b.tomlValue(it.Node(), at))
			}
		}
	case unstable.InlineTable:
		v.kind = table
		for it := n.Children(); it.Next(); {
			if it.Node().Kind == unstable.KeyValue {
				keys := b.tomlKeys(it.Node().Key())
				b.putIn(&v.table, keys, b.tomlValue(it.Node().Value(), keys[0].place))
			}
		}
	default:
		v.kind = words
	}
	return v
}
