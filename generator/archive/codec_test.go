package archive

import (
	"math/rand/v2"
	"reflect"
	"testing"
	"testing/quick"

	"github.com/google/go-cmp/cmp"

	"broadsheet/generator/news"
)

// TestCodecKeepsEverything writes and reads values with every field filled at random. A field of a kind the codec
// does not know would panic when the package starts.
func TestCodecKeepsEverything(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		made := fill(r, reflect.TypeFor[reading]()).Interface().(reading)
		var again reading
		if err := readingCoder.decode(readingCoder.encode(&made), &again); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(made, again); d != "" {
			t.Fatal(d)
		}
		c := fill(r, reflect.TypeFor[carded]()).Interface().(carded)
		var same carded
		if err := cardedCoder.decode(cardedCoder.encode(&c), &same); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(c, same); d != "" {
			t.Fatal(d)
		}
	}
}

// fill makes a value of a type; slices and maps are nil, empty or short.
func fill(r *rand.Rand, t reflect.Type) reflect.Value {
	v := reflect.New(t).Elem()
	switch t.Kind() {
	case reflect.Struct:
		for i := range t.NumField() {
			v.Field(i).Set(fill(r, t.Field(i).Type))
		}
	case reflect.Array:
		for i := range t.Len() {
			v.Index(i).Set(fill(r, t.Elem()))
		}
	case reflect.Slice:
		if n := r.IntN(4); n > 0 {
			v.Set(reflect.MakeSlice(t, n-1, n-1))
			for i := range n - 1 {
				v.Index(i).Set(fill(r, t.Elem()))
			}
		}
		if t.Elem().Kind() == reflect.Uint8 && v.Len() == 0 {
			v.SetZero() // bytes are read back as nil where there are none
		}
	case reflect.Pointer:
		v.Set(reflect.New(t.Elem()))
		if r.IntN(4) > 0 {
			v.Elem().Set(fill(r, t.Elem()))
		}
	case reflect.Map:
		if r.IntN(2) == 0 {
			v.Set(reflect.MakeMap(t))
			v.SetMapIndex(reflect.ValueOf("key"), fill(r, t.Elem()))
		}
	case reflect.Interface:
		values := []any{"text", int64(-7), 2.5, true, []any{"a", nil, int64(1)}, map[string]any{"k": false}}
		v.Set(reflect.ValueOf(values[r.IntN(len(values))]))
	case reflect.String:
		v.SetString([]string{"", "x", "Ünïcode\x00"}[r.IntN(3)])
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	case reflect.Uint8:
		v.SetUint(uint64(r.IntN(256)))
	default:
		v.SetInt(int64(r.IntN(100000) - 50000))
	}
	return v
}

// TestCodecRefusesDamage cuts and changes a record at every byte: reading it gives a value or an error, never a panic.
func TestCodecRefusesDamage(t *testing.T) {
	whole := cardedCoder.encode(&carded{Head: cardHead{Card: news.Card{Title: "A story", Tags: []*news.Tag{{Slug: "a"}}}}, Mentions: []news.Mention{{Cluster: 300}}})
	for n := range whole {
		var c carded
		if err := cardedCoder.decode(whole[:n], &c); err == nil {
			t.Errorf("cut at %d it was read as whole", n)
		}
	}
	anything := func(b []byte) bool {
		var c carded
		_ = cardedCoder.decode(b, &c)
		return true
	}
	if err := quick.Check(anything, nil); err != nil {
		t.Error(err)
	}
}
