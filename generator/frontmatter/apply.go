package frontmatter

import (
	"maps"
	"slices"

	"broadsheet/generator/diag"
	"broadsheet/generator/news"
)

// Apply is a copy of a with the fields set, and warnings for values that could not be taken. What a had before is
// replaced, lists too; keys not known join Extra.
func (m Matter) Apply(a news.Article) (news.Article, diag.List) {
	a.From, a.Extra = maps.Clone(a.From), maps.Clone(a.Extra)
	if a.From == nil {
		a.From = map[string]string{}
	}
	var found diag.List
	for _, f := range m.Fields {
		k, known := keyNamed(f.Name())
		switch {
		case !known:
			if a.Extra == nil {
				a.Extra = map[string]any{}
			}
			a.Extra[f.Key] = f.Value.Any()
		case m.counts(f):
			if bad := k.set(&a, f.Value); bad != nil {
				found = append(found, m.about(f, bad))
			} else {
				a.From[k.Name] = m.Origin
			}
		}
	}
	m.splitByline(&a)
	m.sortCategories(&a)
	return a, found
}

// counts reports whether f is the field that gives its key a value.
func (m Matter) counts(f Field) bool {
	first, found := m.field(f.Name())
	return found && first.place == f.place
}

// about is the warning for a value.
func (m Matter) about(f Field, bad *wrong) diag.Diagnostic {
	at := f.Value.place
	if bad.at.Line > 0 {
		at = bad.at
	}
	d := m.warn(at, "%s: %s", f.Key, bad.message)
	d.Hint = bad.hint
	return d
}

// splitByline reads authors and credit from a byline that stands without them; those of an earlier byline are gone.
func (m Matter) splitByline(a *news.Article) {
	if !m.Has("byline") {
		return
	}
	authors, credit := byline(a.Byline.Printed)
	if !m.Has("authors") {
		a.Byline.Authors = authors
		m.note(a, "authors", len(authors) > 0)
	}
	if !m.Has("credit") {
		a.Byline.Credit = credit
		m.note(a, "credit", credit != "")
	}
}

// note records where a value is from, or that there is none.
func (m Matter) note(a *news.Article, name string, given bool) {
	if given {
		a.From[name] = m.Origin
	} else {
		delete(a.From, name)
	}
}

// sortCategories makes a section of the first category and tags of the others; an article has no categories itself.
func (m Matter) sortCategories(a *news.Article) {
	f, _ := m.field("categories")
	categories, bad := f.Value.lines()
	delete(a.From, "categories")
	if bad != nil || len(categories) == 0 {
		return
	}
	if a.Section == "" {
		a.Section, categories = categories[0], categories[1:]
		a.From["section"] = m.Origin
	}
	tags := slices.Clone(a.Tags)
	for _, c := range categories {
		if !slices.Contains(tags, c) {
			tags = append(tags, c)
		}
	}
	if len(tags) > len(a.Tags) {
		a.Tags = tags
		a.From["tags"] = m.Origin
	}
}
