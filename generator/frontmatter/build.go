package frontmatter

import (
	"strings"
	"unicode/utf8"

	"broadsheet/generator/diag"
)

// key is one part of a dotted key.
type key struct {
	name string
	place
}

// fault is why a file cannot be read.
type fault struct {
	message, hint string
	place
}

// mostKeys in one table, and mostDeep tables in each other, are more than any person writes. Past them a file is no
// front matter, and reading on would cost time or stack.
const (
	mostKeys = 1000
	mostDeep = 50
)

// builder gathers the fields of a part of a file.
type builder struct {
	part   []byte // of the file
	base   int    // offset of the part in the file
	ruler  ruler  // of the file
	fields []Field
	again  []key // keys that were there already
	tooBig *fault
}

// read reads the part [from, to) of the head with one of the three readers.
func (m Matter) read(form func(*builder) *fault, from, to int) (Matter, diag.List) {
	b := &builder{part: m.head[from:to], base: from, ruler: ruler{src: m.head, place: place{1, 1}}}
	if !utf8.Valid(b.part) {
		return m.broken(fault{"front matter is not UTF-8", "save the file as UTF-8", place{}})
	}
	bad := form(b)
	if bad == nil {
		bad = b.tooBig
	}
	if bad != nil {
		return m.broken(*bad)
	}
	m.Fields = b.fields
	var list diag.List
	for _, k := range b.again {
		if k.name == "rights" || k.name == "draft" { // to guess which holds could show what must not be shown
			return m.broken(fault{k.name + " is given twice", "keep the one that holds", k.place})
		}
		list = append(list, m.warn(k.place, "%q is given twice", k.name).WithHint("the first one counts"))
	}
	return m, list
}

// broken is the matter of a file that cannot be read.
func (m Matter) broken(bad fault) (Matter, diag.List) {
	m.Broken = true
	d := diag.Warn(m.File, "front matter cannot be read: %s", bad.message)
	if bad.Line > 0 {
		d = d.At(m.head, bad.Line, bad.Col)
	}
	d.Hint = bad.hint
	return m, diag.List{d}
}

// put sets a top-level field, or one in a table below it.
func (b *builder) put(keys []key, v Value) *fault {
	if len(keys) > mostDeep {
		return &fault{message: "tables stand too deep in each other", place: keys[0].place}
	}
	b.putIn(&b.fields, keys, v)
	return b.tooBig
}

func (b *builder) putIn(fields *[]Field, keys []key, v Value) {
	k, rest := keys[0], keys[1:]
	f := find(*fields, k.name)
	switch {
	case len(*fields) >= mostKeys:
		b.tooBig = &fault{message: "more than a thousand keys", place: k.place}
	case f == nil && len(rest) == 0:
		*fields = append(*fields, Field{Key: k.name, Value: v, place: k.place})
	case f == nil:
		*fields = append(*fields, Field{Key: k.name, Value: Value{kind: table, place: k.place}, place: k.place})
		b.putIn(&(*fields)[len(*fields)-1].Value.table, rest, v)
	case len(rest) > 0 && f.Value.lastTable() != nil:
		b.putIn(&f.Value.lastTable().table, rest, v)
	case len(rest) == 0 && v.kind == table && len(v.table) == 0 && f.Value.kind == table:
		// [a] after [a.b]: the table is there already.
	case len(rest) == 0 && v.lastTable() != nil && v.kind == list && f.Value.lastTable() != nil && f.Value.kind == list:
		f.Value.list = append(f.Value.list, v.list...)
	default:
		b.again = append(b.again, k)
	}
}

// lastTable is the table that a dotted key leads into: the value itself, or the last of a list.
func (v *Value) lastTable() *Value {
	if v.kind == list && len(v.list) > 0 {
		v = &v.list[len(v.list)-1]
	}
	if v.kind != table {
		return nil
	}
	return v
}

func find(fields []Field, name string) *Field {
	for i := range fields {
		if strings.EqualFold(fields[i].Key, name) {
			return &fields[i]
		}
	}
	return nil
}

// ruler tells lines and columns from offsets; going forward it reads each byte once.
type ruler struct {
	src    []byte
	offset int
	place
}

func (r *ruler) at(offset int) place {
	offset = min(offset, len(r.src))
	if offset < r.offset {
		r.offset, r.place = 0, place{1, 1}
	}
	for ; r.offset < offset; r.offset++ {
		switch c := r.src[r.offset]; {
		case c == '\n':
			r.Line, r.Col = r.Line+1, 1
		case utf8.RuneStart(c):
			r.Col++
		}
	}
	return r.place
}
