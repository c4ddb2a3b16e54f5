package check

import (
	"slices"
	"testing"
	"testing/fstest"

	"broadsheet/generator/manifest"
)

// TestFilesMissesNoByte changes one byte after the other of a page and of a text as it was received.
func TestFilesMissesNoByte(t *testing.T) {
	out := fstest.MapFS{"index.html": {Data: []byte("<title>Front</title>")}, "originals/flood.txt": {Data: []byte("River rises\n")}, "mine.txt": {}}
	var wrote manifest.Manifest
	for _, path := range []string{"index.html", "originals/flood.txt"} {
		wrote = append(wrote, manifest.Entry{Path: path, Size: int64(len(out[path].Data)), Hash: manifest.DigestOf(out[path].Data)})
	}
	if list := Files(out, wrote); list != nil {
		t.Fatal(list)
	}
	for _, e := range wrote {
		whole := out[e.Path].Data
		for i := range whole {
			changed := slices.Clone(whole)
			changed[i] ^= 1
			out[e.Path].Data = changed
			if list := Files(out, wrote); len(list) != 1 || list[0].File != e.Path {
				t.Errorf("byte %d of %s: %v", i, e.Path, list)
			}
		}
		out[e.Path].Data = whole
	}
	delete(out, "index.html")
	if list := Files(out, wrote); len(list) != 1 || list[0].Message != "the build wrote this file, and it is gone" {
		t.Error(list)
	}
}
