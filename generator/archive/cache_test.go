package archive

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"broadsheet/generator/manifest"
)

func TestCacheKeepsAndForgets(t *testing.T) {
	dir := t.TempDir()
	open := func() *cache {
		t.Helper()
		c, err := openCache(dir)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	large := bytes.Repeat([]byte("x"), 1<<16)
	c := open()
	for i := range 10 {
		if err := c.put(keyOf(fmt.Sprint("old", i)), large); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.close(); err != nil {
		t.Fatal(err)
	}
	c = open()
	c.use(keyOf("old3"))
	if err := c.put(keyOf("new"), []byte("value")); err != nil {
		t.Fatal(err)
	}
	if err := c.close(); err != nil {
		t.Fatal(err)
	}
	c = open()
	defer c.close()
	for key, want := range map[string]bool{"old3": true, "new": true, "old4": false} {
		if _, found := c.get(keyOf(key)); found != want {
			t.Errorf("%s is there: %v, want %v", key, found, want)
		}
	}
}

func keyOf(s string) manifest.Digest { return manifest.DigestOf([]byte(s)) }

// TestIndexOfTheBeginning adds to a cache less than the index need tell of: it is found behind what that tells of. A cache
// that begins anew has no index that tells of the old one.
func TestIndexOfTheBeginning(t *testing.T) {
	dir := t.TempDir()
	put := func(key, value string) {
		t.Helper()
		c, err := openCache(dir)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.put(keyOf(key), []byte(value)); err != nil {
			t.Fatal(err)
		}
		c.use(keyOf("large"))
		if err := c.close(); err != nil {
			t.Fatal(err)
		}
	}
	is := func(want map[string]bool) {
		t.Helper()
		c, err := openCache(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer c.abandon()
		for key, is := range want {
			if _, found := c.get(keyOf(key)); found != is {
				t.Errorf("%s is there: %v, want %v", key, found, is)
			}
		}
	}
	index := func() string {
		t.Helper()
		b, err := os.ReadFile(filepath.Join(dir, "articles.index"))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	put("large", strings.Repeat("x", 1<<16))
	before := index()
	put("small", "y")
	put("other", "z")
	if index() != before {
		t.Error("the index is written again for two small records")
	}
	is(map[string]bool{"large": true, "small": true, "other": true})
	put("half", strings.Repeat("x", 1<<15))
	if index() == before {
		t.Error("the index tells of two thirds alone")
	}
	is(map[string]bool{"large": true, "small": true, "half": true})
	if err := os.WriteFile(filepath.Join(dir, "articles"), []byte("something else altogether\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	put("new", "z")
	is(map[string]bool{"large": false, "new": true})
}

// TestCacheSurvivesDamage cuts the file off at every byte, and turns a bit of it: what is given back is what was put,
// or nothing.
func TestCacheSurvivesDamage(t *testing.T) {
	dir := t.TempDir()
	c, err := openCache(dir)
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]string{"a": "first value", "b": "second value"}
	for _, key := range []string{"a", "b"} {
		if err := c.put(keyOf(key), []byte(values[key])); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.close(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "articles")
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	try := func(what string, content []byte) {
		t.Helper()
		if err := os.WriteFile(name, content, 0o666); err != nil {
			t.Fatal(err)
		}
		c, err := openCache(dir)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		defer c.close()
		for key, want := range values {
			if got, found := c.get(keyOf(key)); found && string(got) != want {
				t.Errorf("%s: %s is %q", what, key, got)
			}
		}
		if err := c.put(keyOf("c"), []byte("third")); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if got, found := c.get(keyOf("c")); !found || string(got) != "third" {
			t.Errorf("%s: what is put afterwards is %q", what, got)
		}
	}
	for n := range whole {
		try(fmt.Sprintf("cut at %d", n), whole[:n:n])
		turned := bytes.Clone(whole)
		turned[n] ^= 4
		try(fmt.Sprintf("bit turned at %d", n), turned)
	}
}
