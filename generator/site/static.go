package site

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// layered reads every file of the layers, a later layer's in place of an earlier one's. Hidden files and Go code are
// no part of a site.
func layered(layers []fs.FS) (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, layer := range layers {
		err := fs.WalkDir(layer, ".", func(name string, d fs.DirEntry, err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist) && name == ".":
				return fs.SkipAll // a site need not have the folder
			case err != nil:
				return err
			case name != "." && strings.HasPrefix(path.Base(name), "."):
				if d.IsDir() {
					return fs.SkipDir
				}
				return nil
			case d.IsDir() || path.Ext(name) == ".go":
				return nil
			}
			files[name], err = fs.ReadFile(layer, name)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
