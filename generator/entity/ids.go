package entity

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"broadsheet/generator/news"
)

// unwant takes away what a heading wants; whoever lost it to the heading may have it now.
func (r *Resolver) unwant(h int32, contested map[int32]bool) {
	k := &r.headings[h]
	if k.wants < 0 {
		return
	}
	before := &r.rivals[k.wants]
	for *before != h {
		before = &r.headings[*before].rival
	}
	*before = k.rival
	if r.rivals[k.wants] >= 0 {
		contested[k.wants] = true
	}
	k.wants, k.rival = nobody, nobody
}

func (r *Resolver) want(h, id int32, contested map[int32]bool) {
	if r.rivals[id] >= 0 {
		contested[id] = true
	}
	r.headings[h].wants, r.headings[h].rival = id, r.rivals[id]
	r.rivals[id] = h
}

// contest gives an id to one of those that want it: to whom people gave it, else to whom was published under it, else to the
// earlier; six digits made of their names follow it in those of the others.
func (r *Resolver) contest(id int32, f *fresh) {
	var all []int32
	for h := r.rivals[id]; h >= 0; h = r.headings[h].rival {
		all = append(all, h)
	}
	slices.SortFunc(all, func(a, b int32) int {
		return cmp.Or(cmp.Compare(r.claim(a, id), r.claim(b, id)), cmp.Compare(r.first(a), r.first(b)), r.earlier(a, b))
	})
	for n, h := range all {
		own := r.ids.text(id)
		if n > 0 {
			own += "-" + digits(r.headings[h].name)
		}
		if f.index[h] == 0 {
			e := r.made.Entities[r.at[h]]
			if e.ID == own {
				continue
			}
			f.add(e, h)
		}
		f.entities[f.index[h]-1].ID = own
	}
}

// claim is how good a root's claim to an id is, 0 the best.
func (r *Resolver) claim(root, id int32) int {
	switch {
	case r.chosenID(root) != "":
		return 0
	case r.wasAt(root, r.ids.text(id)):
		return 1
	}
	return 2
}

// first is the first card of a root's entity.
func (r *Resolver) first(root int32) int32 {
	first := r.headings[root].in[0].Card
	for _, h := range r.all(root) {
		first = min(first, r.headings[h].in[0].Card)
	}
	return first
}

func digits(name string) string {
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:3])
}

// arrival is an entity made anew, by its place in the list of these.
type arrival struct {
	id string
	n  int
}

// place puts the entities made anew where their ids stand, and takes out those that are no more. It returns by former
// place where an entity stands now, -1 for one that does not stand; nil where none has moved.
func (r *Resolver) place(redo []int32, f *fresh) []int32 {
	gone := make([]bool, len(r.made.Entities))
	leaving := 0
	leave := func(h int32) {
		gone[r.at[h]] = true
		r.at[h] = -1
		leaving++
	}
	for _, h := range redo {
		if r.at[h] >= 0 && !r.isRoot(h) {
			leave(h)
		}
	}
	coming := make([]arrival, 0, len(f.roots))
	for n, h := range f.roots {
		if at := r.at[h]; at >= 0 {
			if r.made.Entities[at].ID == f.entities[n].ID {
				r.made.Entities[at] = f.entities[n]
				continue
			}
			leave(h)
		}
		coming = append(coming, arrival{f.entities[n].ID, n})
	}
	if len(coming)+leaving == 0 {
		return nil
	}
	sortParts(coming, func(a, b arrival) int { return cmp.Compare(a.id, b.id) })
	moved := r.merge(f, coming, gone, leaving)
	for at, h := range r.owner {
		r.at[h] = int32(at)
	}
	return moved
}

// merge makes one list of the entities that stay and those that come, from its end, in place where there is room.
func (r *Resolver) merge(f *fresh, coming []arrival, gone []bool, leaving int) []int32 {
	old, owner := r.made.Entities, r.owner
	if len(old) == 0 {
		r.made.Entities, r.owner = make([]news.Entity, len(coming)), make([]int32, len(coming))
		inPieces(len(coming), func(_, from, to int) {
			for at := from; at < to; at++ {
				r.made.Entities[at], r.owner[at] = f.entities[coming[at].n], f.roots[coming[at].n]
			}
		})
		return nil
	}
	moved := make([]int32, len(old))
	kept := 0
	for at := range old { // the stayers close ranks
		if moved[at] = -1; !gone[at] {
			if kept != at {
				old[kept], owner[kept] = old[at], owner[at]
			}
			moved[at] = int32(kept)
			kept++
		}
	}
	size := kept + len(coming)
	shift := make([]int32, kept)
	entities, owners := slices.Grow(old[:kept], len(coming))[:size], slices.Grow(owner[:kept], len(coming))[:size]
	from, next := kept-1, len(coming)-1
	for to := size - 1; to >= 0; to-- {
		if next >= 0 && (from < 0 || entities[from].ID < coming[next].id) {
			entities[to], owners[to] = f.entities[coming[next].n], f.roots[coming[next].n]
			next--
			continue
		}
		if to != from {
			entities[to], owners[to] = entities[from], owners[from]
		}
		shift[from] = int32(to)
		from--
	}
	for at, n := range moved {
		if n >= 0 {
			moved[at] = shift[n]
		}
	}
	clear(old[min(size, len(old)):])
	r.made.Entities, r.owner = entities, owners
	return moved
}

// number writes which entity each cluster is: of the cards that entered, of those whose headings are of another entity
// now, and of all where entities have moved.
func (r *Resolver) number(entered []int, moved []int32) {
	if moved != nil {
		for i, of := range r.made.Of {
			r.renumberCard(i, of, moved)
		}
	}
	total := 0
	for _, i := range entered {
		total += len(r.rows[i].headings)
	}
	all := make([]int32, total)
	for _, i := range entered {
		n := len(r.rows[i].headings)
		r.made.Of[i], all = all[:n:n], all[n:]
	}
	inPieces(len(entered), func(_, from, to int) {
		for _, i := range entered[from:to] {
			r.numberCard(i)
		}
	})
	for _, h := range r.moved {
		for _, a := range r.headings[h].in {
			r.numberCard(int(a.Card))
		}
	}
	for _, h := range slices.Concat(r.moved, r.touched) { // whose entity may have come or gone
		for _, a := range r.headings[h].weak {
			r.numberCard(int(a.Card))
		}
	}
}

// renumberCard follows the entities of a card that stayed to where they stand now.
func (r *Resolver) renumberCard(i int, of []int32, moved []int32) {
	for j, e := range of {
		if e < 0 {
			continue
		}
		if moved[e] < 0 {
			r.numberCard(i)
			return
		}
		of[j] = moved[e]
	}
}

func (r *Resolver) numberCard(i int) {
	for j, h := range r.rows[i].headings {
		if r.made.Of[i][j] = -1; h >= 0 {
			r.made.Of[i][j] = r.at[r.root[h]]
		}
	}
}
