package manifest

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestWriteFileAndReadFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "state", "m")
	m := Manifest{{"b/c.html", Digest{2}, Digest{12}, 12}, {"b/cd.html", Digest{3}, Digest{13}, 1 << 40}, {"a b.html", Digest{1}, Digest{11}, 0}}
	m.Sort()
	if err := m.WriteFile(name); err != nil {
		t.Fatal(err)
	}
	got, err := ReadFile(name)
	if err != nil || !reflect.DeepEqual(got, m) {
		t.Errorf("read %v, %v; wrote %v", got, err, m)
	}
	if e, found := got.Find("b/c.html"); !found || e.Size != 12 {
		t.Errorf("Find is %v, %v", e, found)
	}
	if _, found := got.Find("b"); found {
		t.Error("found what is not there")
	}
}

func TestReadFileOfDamageIsEmpty(t *testing.T) {
	name := filepath.Join(t.TempDir(), "m")
	if m, err := ReadFile(name); m != nil || err != nil {
		t.Errorf("a missing file is %v, %v", m, err)
	}
	whole := Manifest{{"a", Digest{1}, Digest{2}, 1}, {"ab", Digest{3}, Digest{4}, 300}}.Append(nil)
	damaged := [][]byte{nil, []byte("x"), []byte(header), append(bytes.Clone(whole), 0)}
	for n := range whole {
		turned := bytes.Clone(whole)
		turned[n] ^= 4
		damaged = append(damaged, whole[:n], turned)
	}
	for _, content := range damaged {
		if err := os.WriteFile(name, content, 0o666); err != nil {
			t.Fatal(err)
		}
		if m, err := ReadFile(name); m != nil || err != nil {
			t.Errorf("%q is %v, %v; want it to be as if missing", content, m, err)
		}
	}
}

func TestKeyKeepsPartsApart(t *testing.T) {
	if Key("ab", "c") == Key("a", "bc") || Key("a", "") == Key("a") {
		t.Error("different parts have one key")
	}
	var a, b Hasher
	a.Strings([]string{"x", "y"})
	a.Strings(nil)
	b.Strings([]string{"x"})
	b.Strings([]string{"y"})
	if a.Sum() == b.Sum() {
		t.Error("different lists have one key")
	}
}

// A key is the hash of its parts one after the other, wherever they part the memory of a Hasher.
func TestHasher(t *testing.T) {
	var reused Hasher
	for length := range 600 {
		part := strings.Repeat("x", length)
		var h Hasher
		reused.Reset()
		for _, h := range []*Hasher{&h, &reused} {
			h.Digest(DigestOf([]byte("one")))
			h.String(part)
			h.Int(-length)
			h.Strings([]string{part, "", "b"})
			h.Digest(DigestOf([]byte("two")))
			h.Bool(true)
		}
		one, two := DigestOf([]byte("one")), DigestOf([]byte("two"))
		want := DigestOf(fmt.Appendf(nil, "%s%d:%s%d;3;%d:%s0:1:b%s1;", one[:], length, part, -length, length, part, two[:]))
		if h.Key() != want || reused.Key() != want || h.Key() != want {
			t.Fatalf("a part of %d bytes: %s and %s, want %s", length, h.Key(), reused.Key(), want)
		}
	}
}
