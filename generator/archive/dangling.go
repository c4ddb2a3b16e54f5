package archive

import (
	"fmt"
	"path"
	"slices"

	"broadsheet/generator/diag"
	"broadsheet/generator/frontmatter"
)

// Dangling is a warning, where the key stands, for each article that says which other it corrects or translates and means
// none that the archive has. An archive read without its drafts or its private articles knows too few.
func (a *Archive) Dangling() (diag.List, error) {
	var ids []string
	for i := range a.Cards {
		ids = append(ids, a.Cards[i].ID)
	}
	slices.Sort(ids)
	var list diag.List
	for i := range a.Cards {
		c := &a.Cards[i]
		for _, named := range [...]struct{ key, id string }{{"corrects", c.Corrects}, {"translation_of", c.TranslationOf}} {
			if _, found := slices.BinarySearch(ids, named.id); named.id == "" || found {
				continue
			}
			at, err := a.written(c.File, named.key, named.id)
			if err != nil {
				return nil, err
			}
			if near := diag.Nearest(named.id, ids); near != "" {
				at = at.WithHint("did you mean %q?", near)
			} else {
				at = at.WithHint("an article's id is its path below content/ without the extension, unless it says another")
			}
			list = append(list, at)
		}
	}
	return list, nil
}

// written says of an id that no article has it, at the place where the article in file names it.
func (a *Archive) written(file, key, id string) (diag.Diagnostic, error) {
	message := fmt.Sprintf("%s: no article has the id %q", key, id)
	at, _ := slices.BinarySearchFunc(a.tree.articles, file, bySource)
	for _, name := range append([]string{a.tree.articles[at].sidecar, file}, a.tree.defaults(file)...) {
		if ext := path.Ext(name); ext != ".md" && ext != ".toml" {
			continue
		}
		src, err := a.tree.read(name)
		if err != nil {
			return diag.Diagnostic{}, fmt.Errorf("reading an article: %w", err)
		}
		m, _ := frontmatter.ParseTOML(contentPath(name), src)
		if path.Ext(name) == ".md" {
			m, _, _, _ = frontmatter.Parse(contentPath(name), src)
		}
		if d, found := m.Warn(key, message); found {
			return d, nil
		}
	}
	return diag.Warn(contentPath(file), "%s", message), nil
}
