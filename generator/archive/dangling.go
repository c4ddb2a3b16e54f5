package archive

import (
	"fmt"
	"path"
	"slices"

	"broadsheet/generator/diag"
	"broadsheet/generator/frontmatter"
)

// Dangling is a warning, where the id stands, for each article that says which other it corrects or translates, and each
// fix in entities.toml, that means none that the archive has. An archive read without its drafts or its private articles
// knows too few.
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
			list = append(list, hinted(at, named.id, ids))
		}
	}
	fixes, err := a.danglingFixes(ids)
	return append(list, fixes...), err
}

// danglingFixes is those of the fix blocks.
func (a *Archive) danglingFixes(ids []string) (diag.List, error) {
	var list diag.List
	for n, id := range a.reader.decisions.authority.Fixed() {
		if _, found := slices.BinarySearch(ids, id); found {
			continue
		}
		src, err := a.tree.read(entitiesFile)
		if err != nil {
			return nil, fmt.Errorf("reading what is decided: %w", err)
		}
		line, col := diag.Block{Table: "fix", N: n}.Find(src, id)
		at := diag.Warn(contentPath(entitiesFile), "fix: no article has the id %q", id).At(src, line, col)
		list = append(list, hinted(at, id, ids))
	}
	return list, nil
}

// hinted is a message about an id that no article has, with the one that may be meant.
func hinted(d diag.Diagnostic, id string, ids []string) diag.Diagnostic {
	if near := diag.Nearest(id, ids); near != "" {
		return d.WithHint("did you mean %q?", near)
	}
	return d.WithHint("an article's id is its path below content/ without the extension, unless it says another")
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
