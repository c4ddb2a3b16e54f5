package manifest

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

func TestWriteFileAndReadFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "state", "m")
	m := Manifest{{"b/c.html", "k2", 12, "h2"}, {"a b.html", "k1", 0, "h1"}}
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
	var whole bytes.Buffer
	if err := (Manifest{{"a", "k", 1, "h"}}).Write(&whole); err != nil {
		t.Fatal(err)
	}
	for _, content := range []string{"", "x", header + "\na\tk\n", header + "\na\tk\tone\th\n", whole.String()[:10]} {
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
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
