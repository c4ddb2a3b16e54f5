package entity

import (
	"cmp"
	"slices"
	"strings"

	"broadsheet/generator/news"
	"broadsheet/generator/prose"
)

// fresh is entities made anew, each with its root. An id that two want is settled when all are made.
type fresh struct {
	entities []news.Entity
	roots    []int32
	index    []int32 // by heading: 1 + where its entity stands in the list, 0 for nowhere
}

func (f *fresh) add(e news.Entity, root int32) {
	f.entities, f.roots = append(f.entities, e), append(f.roots, root)
	f.index[root] = int32(len(f.roots))
}

// remake makes the entities of headings anew, and those that thereby win or lose an id.
func (r *Resolver) remake(redo []int32) *fresh {
	contested := map[int32]bool{}
	for _, h := range redo {
		r.unwant(h, contested)
	}
	f := &fresh{index: make([]int32, len(r.headings))}
	for _, h := range redo {
		if r.isRoot(h) {
			f.roots = append(f.roots, h)
		}
	}
	f.entities = make([]news.Entity, len(f.roots))
	inPieces(len(f.roots), func(worker, from, to int) {
		for n := from; n < to; n++ {
			f.entities[n] = r.entity(f.roots[n], &r.doubters[worker])
		}
	})
	wanted := make([]int32, len(f.roots))
	r.ids.all(wanted, len(f.roots), func(n int, hand func(int, string)) { hand(n, f.entities[n].ID) })
	r.rivals = grown(r.rivals, r.ids.bound(), nobody)
	for n, h := range f.roots {
		f.index[h] = int32(n + 1)
		r.want(h, wanted[n], contested)
	}
	for id := range contested {
		r.contest(id, f)
	}
	return f
}

// isRoot reports whether an entity is made of the heading, and of those joined to it.
func (r *Resolver) isRoot(h int32) bool { return r.root[h] == h && len(r.headings[h].in) > 0 }

// entity is what the headings of a root say together. ID is the one it would have if no other wanted it.
func (r *Resolver) entity(root int32, d *doubter) news.Entity {
	k := &r.headings[root]
	e := news.Entity{Kind: k.kind, Ambiguous: k.shared}
	if k.entry >= 0 {
		e = r.a.entries[k.entry].entity()
	}
	headings := r.all(root)
	e.Articles = r.articles(headings)
	e.Page = len(e.Articles) >= r.minArticles
	forms := r.spellings(headings, &e)
	if !e.Confirmed {
		e.Name = r.fullName(root, headings, forms, e.Articles)
		if rest, found := strings.CutPrefix(e.Name, "the "); found {
			e.Name = "The " + rest
		}
		e.ID = r.chosenID(root)
	}
	if e.Kind == news.Person && !e.Confirmed && e.ID == "" && !r.said[k.name] && len(e.Articles) > 1 {
		e.Ambiguous = e.Ambiguous || r.doubtful(root, e.Articles, d)
	}
	if slug := prose.Slug(e.Name); e.ID == "" && slug != "" {
		made := e.Kind.Folder() + "/" + slug
		e.ID = cmp.Or(r.publishedID(root, made), made)
	}
	e.Sort = cmp.Or(e.Sort, r.filer.sort(e.Kind, e.Name))
	if e.Kind == news.Place && e.At == nil {
		r.locate(root, &e)
	}
	return e
}

// all is the headings of a root's entity.
func (r *Resolver) all(root int32) []int32 {
	if r.headings[root].linked {
		if all := r.members[root]; all != nil {
			return all
		}
	}
	return []int32{root}
}

// articles is the cards of some headings.
func (r *Resolver) articles(headings []int32) []news.Appearance {
	if k := &r.headings[headings[0]]; len(headings) == 1 && len(k.weak) == 0 {
		return k.in
	}
	var all []news.Appearance
	for _, h := range headings {
		all = append(append(all, r.headings[h].in...), r.headings[h].weak...)
	}
	slices.SortStableFunc(all, func(a, b news.Appearance) int { return cmp.Compare(a.Card, b.Card) })
	one := all[:0]
	for _, a := range all {
		if n := len(one); n > 0 && one[n-1].Card == a.Card {
			one[n-1].Count += a.Count
			one[n-1].About = one[n-1].About || a.About
			continue
		}
		one = append(one, a)
	}
	return one
}

// spellings writes the forms of some headings, the most frequent first, of equals the longer, and returns them in the same order.
func (r *Resolver) spellings(headings []int32, e *news.Entity) tallies {
	var forms tallies
	for _, h := range headings {
		forms = append(forms, r.headings[h].forms...)
	}
	if len(headings) > 1 {
		slices.SortFunc(forms, func(a, b tally) int { return cmp.Compare(a.of, b.of) })
		one := forms[:0]
		for _, p := range forms {
			if n := len(one); n > 0 && one[n-1].of == p.of {
				one[n-1].count += p.count
				continue
			}
			one = append(one, p)
		}
		forms = one
	}
	slices.SortFunc(forms, func(a, b tally) int {
		x, y := r.forms.text(a.of), r.forms.text(b.of)
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(len(y), len(x)), strings.Compare(y, x)) // SEOUL after Seoul
	})
	e.Spellings = make([]news.Spelling, len(forms))
	for i, p := range forms {
		e.Spellings[i] = news.Spelling{Text: r.forms.text(p.of), Count: int(p.count)}
	}
	return forms
}

// fullName is the most frequent form that folds to the root's own name; of equals the one of the earlier article. A
// person or place is not named all in capitals, if any article writes it otherwise.
func (r *Resolver) fullName(root int32, headings []int32, forms tallies, in []news.Appearance) string {
	if told, found := r.told[root]; found {
		return told
	}
	var full []string
	most := int32(0)
	k := &r.headings[root]
	written := func(p tally) bool { return r.folded[p.of] == k.number && !shouted(r.forms.text(p.of)) }
	calm := k.kind != news.Organization && slices.ContainsFunc(forms, written)
	for _, p := range forms {
		if text := r.forms.text(p.of); p.count >= most && r.folded[p.of] == k.number && !(calm && shouted(text)) {
			most = p.count
			full = append(full, text)
		}
	}
	switch {
	case len(full) == 1:
		return full[0]
	case len(full) > 1:
		return r.firstOf(full, headings, in)
	case len(forms) > 0:
		return r.forms.text(forms[0].of) // other forms alone are in print
	}
	return r.headings[root].name // known by a written id alone
}

// firstOf is whichever of some forms the cards print first.
func (r *Resolver) firstOf(forms []string, headings []int32, in []news.Appearance) string {
	for _, a := range in {
		if !slices.ContainsFunc(r.rows[a.Card].headings, func(h int32) bool { return slices.Contains(headings, h) }) {
			continue
		}
		row := r.row(int(a.Card))
		for j := range row.clusters {
			if !slices.Contains(headings, row.headings[j]) {
				continue
			}
			c := &row.clusters[j]
			for _, s := range c.Surfaces {
				if slices.Contains(forms, s.Text) {
					return s.Text
				}
			}
			if slices.Contains(forms, c.Name) {
				return c.Name
			}
		}
	}
	return forms[0]
}

// chosenID is the id that people gave a root's entity, or "".
func (r *Resolver) chosenID(root int32) string {
	if entry := r.headings[root].entry; entry >= 0 {
		return r.a.entries[entry].id
	}
	id := ""
	for _, h := range r.all(root) {
		for written := range r.written[h] {
			if id == "" || written < id {
				id = written
			}
		}
	}
	return id
}
