package archive

import (
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"unsafe"

	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
)

// coder writes and reads the values of one type for the cache: the fields of a struct in their order, numbers as
// varints, strings with their length, a slice with its length plus one (0 is nil), a map by sorted keys, a pointer as 0 if
// what it leads to is empty, else 1 and that. There are no names and no versions in it: the program's hash is part of every
// key, so only the program that wrote a value reads it.
type coder struct {
	write func(b []byte, v reflect.Value) []byte
	read  func(r *record, v reflect.Value)
}

var (
	readingCoder  = coderOf(reflect.TypeFor[reading]())
	cardedCoder   = coderOf(reflect.TypeFor[carded]())
	headCoder     = coderOf(reflect.TypeFor[cardHead]())
	clustersCoder = coderOf(reflect.TypeFor[[]news.Cluster]())
	digestCoder   = coderOf(reflect.TypeFor[manifest.Digest]())
	seenCoder     = coderOf(reflect.TypeFor[seen]())
)

// encode is the value that into reads back.
func (c coder) encode(value any) []byte {
	return c.write(make([]byte, 0, 1024), reflect.ValueOf(value).Elem())
}

// decode reads a record into the value that into points to, which shares the memory of b: nobody may write to that any more.
// A record that is not whole is an error.
func (c coder) decode(b []byte, into any) (err error) {
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("a record of the cache is not whole")
		}
	}()
	r := &record{rest: unsafe.String(unsafe.SliceData(b), len(b))}
	c.read(r, reflect.ValueOf(into).Elem())
	if r.rest != "" {
		return fmt.Errorf("a record of the cache is too long")
	}
	return nil
}

// part is a field of a record, and the value that into points to.
type part struct {
	coder
	into any
}

// passOver reads the bytes of a part that nobody wants.
var passOver = coder{read: func(r *record, _ reflect.Value) { r.rest = r.rest[r.uint():] }}

// decodeHead reads the parts that a record begins with; what they hold is kept apart from the record's memory.
func decodeHead(b []byte, keep func(string) string, parts ...part) (err error) {
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("a record of the cache is not whole")
		}
	}()
	r := &record{unsafe.String(unsafe.SliceData(b), len(b)), keep}
	for _, p := range parts {
		var into reflect.Value
		if p.into != nil {
			into = reflect.ValueOf(p.into).Elem()
		}
		p.read(r, into)
	}
	return nil
}

// record is what is left to read. Reading past its end panics; decode turns that into an error.
type record struct {
	rest string
	keep func(string) string // makes what is kept of a string; nil shares the record's memory
}

func (r *record) uint() uint64 {
	n := uint64(0)
	for shift := 0; ; shift += 7 {
		c := r.rest[0]
		r.rest = r.rest[1:]
		n |= uint64(c&0x7f) << shift
		if c < 0x80 {
			return n
		}
	}
}

func (r *record) int() int64 {
	n := r.uint()
	return int64(n>>1) ^ -int64(n&1)
}

func (r *record) string() string {
	n := r.uint()
	s := r.rest[:n]
	r.rest = r.rest[n:]
	if r.keep != nil {
		return r.keep(s)
	}
	return s
}

// digest is sixteen bytes as they are.
func (r *record) digest() (d manifest.Digest) {
	r.rest = r.rest[copy(d[:], r.rest[:len(d)]):]
	return d
}

// length is that of a slice or map; nil where it was written so.
func (r *record) length() (n int, null bool) {
	n = int(r.uint())
	if n-1 > len(r.rest) {
		panic("longer than what is left")
	}
	return n - 1, n == 0
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// coderOf builds the coder of a type from those of its parts.
func coderOf(t reflect.Type) coder {
	switch t.Kind() {
	case reflect.String:
		return coder{
			func(b []byte, v reflect.Value) []byte { return appendString(b, v.String()) },
			func(r *record, v reflect.Value) { v.SetString(r.string()) },
		}
	case reflect.Bool:
		return coder{
			func(b []byte, v reflect.Value) []byte {
				if v.Bool() {
					return append(b, 1)
				}
				return append(b, 0)
			},
			func(r *record, v reflect.Value) { v.SetBool(r.uint() == 1) },
		}
	case reflect.Int, reflect.Int64:
		return coder{
			func(b []byte, v reflect.Value) []byte { return binary.AppendVarint(b, v.Int()) },
			func(r *record, v reflect.Value) { v.SetInt(r.int()) },
		}
	case reflect.Uint64:
		return coder{
			func(b []byte, v reflect.Value) []byte { return binary.BigEndian.AppendUint64(b, v.Uint()) },
			func(r *record, v reflect.Value) {
				v.SetUint(binary.BigEndian.Uint64([]byte(r.rest[:8])))
				r.rest = r.rest[8:]
			},
		}
	case reflect.Uint8:
		return coder{
			func(b []byte, v reflect.Value) []byte { return append(b, byte(v.Uint())) },
			func(r *record, v reflect.Value) { v.SetUint(uint64(r.rest[0])); r.rest = r.rest[1:] },
		}
	case reflect.Pointer:
		return pointerCoder(t)
	case reflect.Struct:
		return structCoder(t)
	case reflect.Array:
		return arrayCoder(t)
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return bytesCoder()
		}
		return sliceCoder(t)
	case reflect.Map:
		return mapCoder(t)
	case reflect.Interface:
		return coder{
			func(b []byte, v reflect.Value) []byte { return appendAny(b, v.Interface()) },
			func(r *record, v reflect.Value) {
				if value := r.any(); value != nil {
					v.Set(reflect.ValueOf(value))
				}
			},
		}
	}
	panic("archive: the cache cannot keep a " + t.String())
}

// pointerCoder is for a struct that is mostly empty: those that are share one, which nobody may change.
func pointerCoder(t reflect.Type) coder {
	element, empty := coderOf(t.Elem()), reflect.New(t.Elem())
	return coder{
		func(b []byte, v reflect.Value) []byte {
			if v.IsNil() || v.Elem().IsZero() {
				return append(b, 0)
			}
			return element.write(append(b, 1), v.Elem())
		},
		func(r *record, v reflect.Value) {
			v.Set(empty)
			if r.uint() == 1 {
				v.Set(reflect.New(t.Elem()))
				element.read(r, v.Elem())
			}
		},
	}
}

func structCoder(t reflect.Type) coder {
	fields := make([]coder, t.NumField())
	for i := range fields {
		fields[i] = coderOf(t.Field(i).Type)
	}
	return coder{
		func(b []byte, v reflect.Value) []byte {
			for i, f := range fields {
				b = f.write(b, v.Field(i))
			}
			return b
		},
		func(r *record, v reflect.Value) {
			for i, f := range fields {
				f.read(r, v.Field(i))
			}
		},
	}
}

func arrayCoder(t reflect.Type) coder {
	element := coderOf(t.Elem())
	return coder{
		func(b []byte, v reflect.Value) []byte {
			for i := range v.Len() {
				b = element.write(b, v.Index(i))
			}
			return b
		},
		func(r *record, v reflect.Value) {
			for i := range v.Len() {
				element.read(r, v.Index(i))
			}
		},
	}
}

func bytesCoder() coder {
	return coder{
		func(b []byte, v reflect.Value) []byte { return appendString(b, string(v.Bytes())) },
		func(r *record, v reflect.Value) {
			if n := r.uint(); n > 0 {
				v.SetBytes([]byte(r.rest[:n]))
				r.rest = r.rest[n:]
			}
		},
	}
}

func sliceCoder(t reflect.Type) coder {
	element := coderOf(t.Elem())
	return coder{
		func(b []byte, v reflect.Value) []byte {
			if v.IsNil() {
				return append(b, 0)
			}
			b = binary.AppendUvarint(b, uint64(v.Len())+1)
			for i := range v.Len() {
				b = element.write(b, v.Index(i))
			}
			return b
		},
		func(r *record, v reflect.Value) {
			n, null := r.length()
			if null {
				return
			}
			list := reflect.MakeSlice(t, n, n)
			for i := range n {
				element.read(r, list.Index(i))
			}
			v.Set(list)
		},
	}
}

func mapCoder(t reflect.Type) coder {
	element := coderOf(t.Elem())
	return coder{
		func(b []byte, v reflect.Value) []byte {
			if v.IsNil() {
				return append(b, 0)
			}
			b = binary.AppendUvarint(b, uint64(v.Len())+1)
			keys := v.MapKeys()
			slices.SortFunc(keys, func(x, y reflect.Value) int {
				if x.String() < y.String() {
					return -1
				}
				return 1
			})
			for _, key := range keys {
				b = element.write(appendString(b, key.String()), v.MapIndex(key))
			}
			return b
		},
		func(r *record, v reflect.Value) {
			n, null := r.length()
			if null {
				return
			}
			made := reflect.MakeMapWithSize(t, n)
			for range n {
				key, value := reflect.New(t.Key()).Elem(), reflect.New(t.Elem()).Elem()
				key.SetString(r.string())
				element.read(r, value)
				made.SetMapIndex(key, value)
			}
			v.Set(made)
		},
	}
}

// appendAny writes a value of front matter nobody knows the key of: a string, number, truth, list or table.
func appendAny(b []byte, value any) []byte {
	switch v := value.(type) {
	case nil:
		return append(b, 'n')
	case string:
		return appendString(append(b, 's'), v)
	case bool:
		if v {
			return append(b, 't')
		}
		return append(b, 'f')
	case int64:
		return binary.AppendVarint(append(b, 'i'), v)
	case float64:
		return binary.AppendUvarint(append(b, 'd'), math.Float64bits(v))
	case []any:
		b = binary.AppendUvarint(append(b, 'l'), uint64(len(v))+1)
		for _, element := range v {
			b = appendAny(b, element)
		}
		return b
	case map[string]any:
		b = binary.AppendUvarint(append(b, 'm'), uint64(len(v))+1)
		for _, key := range slices.Sorted(maps.Keys(v)) {
			b = appendAny(appendString(b, key), v[key])
		}
		return b
	}
	panic(fmt.Sprintf("archive: the cache cannot keep a %T of front matter", value))
}

func (r *record) any() any {
	kind := r.rest[0]
	r.rest = r.rest[1:]
	switch kind {
	case 'n':
		return nil
	case 's':
		return r.string()
	case 't', 'f':
		return kind == 't'
	case 'i':
		return r.int()
	case 'd':
		return math.Float64frombits(r.uint())
	case 'l':
		n, _ := r.length()
		list := make([]any, n)
		for i := range list {
			list[i] = r.any()
		}
		return list
	case 'm':
		n, _ := r.length()
		table := make(map[string]any, n)
		for range n {
			key := r.string()
			table[key] = r.any()
		}
		return table
	}
	panic("no such kind")
}
