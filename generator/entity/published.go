package entity

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"broadsheet/generator/news"
	"broadsheet/generator/prose"
)

// Published is an id under which a name was published.
type Published struct {
	Kind news.Kind
	ID   string
	Name string
	Home bool // it had a page of its own when the site was last published

	folded string // the name, before what people join
}

// WithPublished is the Authority of an archive that has been published. An entry whose author gave it no id keeps the one that it
// was published under, and goes by the one made of its name, too.
func (a *Authority) WithPublished(ids []Published) *Authority {
	if a == nil || len(ids) == 0 {
		return a
	}
	p := *a
	p.published, p.entries, p.byID = map[nameKey][]Published{}, slices.Clone(a.entries), maps.Clone(a.byID)
	for _, id := range ids {
		id.folded = key(id.Name)
		k := nameKey{id.Kind, a.canonical(id.folded)}
		p.published[k] = append(p.published[k], id)
	}
	for i := range p.entries {
		p.keepID(i)
	}
	return &p
}

// keepID gives an entry the id that it was published under.
func (a *Authority) keepID(i int) {
	e := &a.entries[i]
	if e.fixed || e.when != nil {
		return
	}
	var ids []Published
	seen := map[string]bool{}
	for _, name := range append([]string{e.name}, e.aliases...) {
		if folded := a.canonical(key(name)); !seen[folded] {
			seen[folded] = true
			ids = append(ids, a.published[nameKey{e.kind, folded}]...)
		}
	}
	ids = slices.DeleteFunc(ids, func(was Published) bool {
		other, taken := a.byID[was.ID]
		return taken && other != i
	})
	if id := choose(ids, e.id, key(e.name)); id != "" && id != e.id {
		a.moved = append(a.moved, e.id+" is "+id)
		a.byID[id], e.id = i, id
	}
}

// Moved says which entries go by another id than their names make. Whatever hangs on the ids of entries hangs on it.
func (a *Authority) Moved() []string {
	if a == nil {
		return nil
	}
	return a.moved
}

// choose is which of some ids somebody or something goes on under: one that had its page when the site was last published; the
// one that would be made of the name; one that is of that name. It is "" where there are none.
func choose(ids []Published, made, name string) string {
	if len(ids) == 0 {
		return ""
	}
	rank := func(is bool) int {
		if is {
			return 0
		}
		return 1
	}
	return slices.MinFunc(ids, func(a, b Published) int {
		return cmp.Or(cmp.Compare(rank(a.Home), rank(b.Home)), cmp.Compare(rank(a.ID == made), rank(b.ID == made)),
			cmp.Compare(rank(a.folded == name), rank(b.folded == name)), strings.Compare(a.ID, b.ID))
	}).ID
}

// publishedID is the id that a root's entity was published under, or "". made is the one that its name makes.
func (r *Resolver) publishedID(root int32, made string) string {
	if r.a == nil || len(r.a.published) == 0 {
		return ""
	}
	all := r.all(root)
	ids := r.a.published[r.headings[root].nameKey]
	for _, h := range all {
		if h != root {
			ids = slices.Concat(ids, r.a.published[r.headings[h].nameKey])
		}
	}
	return choose(ids, made, r.headings[root].name)
}

// wasAt reports whether a root's entity was published under an id.
func (r *Resolver) wasAt(root int32, id string) bool {
	if r.a == nil || len(r.a.published) == 0 {
		return false
	}
	return slices.ContainsFunc(r.all(root), func(h int32) bool {
		return slices.ContainsFunc(r.a.published[r.headings[h].nameKey], func(was Published) bool { return was.ID == id })
	})
}

// Holder is where the entity stands in the Resolution to which a published name belongs now: whoever has it; else, of those entries
// that claim it under a condition, and of what has it as another kind, whatever stands in most articles. It is -1 where none has it.
func (r *Resolver) Holder(kind news.Kind, name string) int {
	folded := r.a.canonical(key(name))
	if at := r.standing(r.holder(kind, folded)); at >= 0 {
		return at
	}
	best := -1
	consider := func(at int) {
		if at >= 0 && (best < 0 || len(r.made.Entities[at].Articles) > len(r.made.Entities[best].Articles)) {
			best = at
		}
	}
	for _, i := range r.a.named(kind, name) {
		if h, found := r.byEntry[i]; found {
			consider(r.standing(h))
		}
	}
	for _, other := range news.Kinds {
		if best < 0 || other != kind {
			consider(r.standing(r.holder(other, folded)))
		}
	}
	return best
}

// holder is the heading of a folded name, by what people have said of it; below 0 where no card was ever filed under it. Unlike
// lookUp it makes none.
func (g *register) holder(kind news.Kind, folded string) int32 {
	if g.a != nil {
		for _, i := range g.a.byName[nameKey{kind, folded}] {
			if g.a.entries[i].when == nil {
				if h, found := g.byEntry[i]; found {
					return h
				}
				return nobody
			}
		}
	}
	return g.known(kind, folded)
}

// standing is where the entity of a heading stands, or -1.
func (r *Resolver) standing(h int32) int {
	if h < 0 {
		return -1
	}
	return int(r.at[r.root[h]])
}

// OtherIDs is the ids that the other full forms of an entity's name would make, sorted.
func (r *Resolver) OtherIDs(at int) (ids []string) {
	e, root := &r.made.Entities[at], r.owner[at]
	for _, h := range r.all(root) {
		for _, p := range r.headings[h].forms {
			slug := prose.Slug(r.register.forms.text(p.of))
			id := e.Kind.Folder() + "/" + slug
			if slug == "" || id == e.ID {
				continue
			}
			if holder := r.holder(e.Kind, r.a.canonical(r.names.text(r.folded[p.of]))); holder >= 0 && r.root[holder] == root {
				ids = append(ids, id)
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
