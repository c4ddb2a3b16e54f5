package intake

import (
	"path"
	"path/filepath"
	"strings"

	"broadsheet/generator/ingest"
	"broadsheet/generator/manifest"
)

// readText copies a text as it is. Its own name stays, since a build may read a date from it, and so does its folder.
func readText(s Source, o Options, yield func(Record) bool) error {
	src, err := readAll(s, o)
	if err != nil {
		return err
	}
	name := filepath.Base(s.Path)
	name = strings.TrimSuffix(strings.TrimSuffix(name, ".gz"), filepath.Ext(strings.TrimSuffix(name, ".gz")))
	r := Record{Form: Text, Verbatim: true, Folder: s.Folder, Name: name, Key: path.Join(s.Folder, name) + " " + manifest.Sum(src)}
	r.Body = string(src)
	if strings.TrimSpace(r.Body) == "" {
		r.Passed = "empty file"
	} else if what := ingest.Foreign(src); what != "" {
		r.Broken, r.Hint = "this is no text but "+what, "give it the extension it should have"
	}
	yield(r)
	return nil
}
