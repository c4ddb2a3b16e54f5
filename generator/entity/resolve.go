package entity

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"broadsheet/generator/news"
	"broadsheet/generator/prose"
)

// Resolution says which entity each cluster of each card is.
type Resolution struct {
	Entities []news.Entity // by ID; Articles in the order of the cards
	Of       [][]int       // by card and cluster: index into Entities, or -1 for a bare surname and what is hidden
}

// Resolve is the whole archive's step, a pure function of its arguments. An entity in fewer than minArticles
// articles has no page of its own.
func Resolve(cards []news.Card, a *Authority, minArticles int) Resolution {
	return NewResolver(a, minArticles).Update(cards, nil)
}

// Resolver resolves an archive again and again, each time in about the time that what has changed takes. It keeps the
// Clusters of the cards it is given.
type Resolver struct {
	register
	joiner
	doubter
	minArticles int
	said        map[string]bool // folded names that people have joined
	filer       *filer

	at     []int32          // by heading: where its entity stands, -1 where it is no root
	owner  []int32          // by entity: its root
	rivals map[string]int32 // roots by the id they want
	made   Resolution
}

// NewResolver makes a resolver that has seen no cards.
func NewResolver(a *Authority, minArticles int) *Resolver {
	return &Resolver{
		register: newRegister(a), joiner: newJoiner(), minArticles: minArticles, said: a.joined(), filer: readFiler(),
		rivals: map[string]int32{},
	}
}

// Update is what Resolve makes of the cards. was says of each where it stood in the last call, if it has not changed
// since, and -1 of a new one; cards that stay keep their order. Nil says that all are new. The Resolution is the
// Resolver's own: it is to be read until the next call, and not to be changed.
func (r *Resolver) Update(cards []news.Card, was []int) Resolution {
	entered := r.exchange(cards, was)
	r.weigh()
	r.relink()
	redo := r.connect()
	moved := r.place(redo, r.remake(redo))
	r.number(entered, moved)
	r.settled()
	return r.made
}

// exchange gives up the cards that have gone and takes in those that are new, which it returns.
func (r *Resolver) exchange(cards []news.Card, was []int) (entered []int) {
	stays := slices.Repeat([]int{-1}, len(r.rows)) // by former number
	shifted := false
	for i, old := range was {
		if old >= 0 {
			stays[old] = i
			shifted = shifted || i != old
		}
	}
	for old, i := range stays {
		if i < 0 {
			r.leave(old)
		}
	}
	if shifted {
		r.renumber(stays)
	}
	rows, of := r.rows, r.made.Of
	if shifted || len(cards) != len(rows) {
		rows, of = make([]row, len(cards)), make([][]int, len(cards))
	}
	for i := range cards {
		if was != nil && was[i] >= 0 {
			rows[i], of[i] = r.rows[was[i]], r.made.Of[was[i]]
		} else {
			entered, of[i] = append(entered, i), nil
		}
	}
	r.rows, r.made.Of = rows, of
	r.file(cards, entered)
	for len(r.at) < len(r.headings) {
		r.at = append(r.at, -1)
	}
	return entered
}

// settled forgets what has changed.
func (g *register) settled() {
	for _, h := range g.touched {
		g.headings[h].noted = false
	}
	g.touched = g.touched[:0]
}

// renumber gives the cards that stay their new numbers. An entity of one heading shares its list with it,
// but where some are weak.
func (r *Resolver) renumber(stays []int) {
	for h := range r.headings {
		k := &r.headings[h]
		renumber(k.in, stays)
		if renumber(k.weak, stays); len(k.weak) > 0 && r.members[int32(h)] == nil && r.at[h] >= 0 {
			renumber(r.made.Entities[r.at[h]].Articles, stays)
		}
	}
	for root := range r.members {
		renumber(r.made.Entities[r.at[root]].Articles, stays)
	}
}

func renumber(in []news.Appearance, stays []int) {
	for i := range in {
		in[i].Card = stays[in[i].Card]
	}
}

// What makes an article about someone without the headline's help: named early and again, or at least so often.
const (
	opening     = 300 // bytes; news says in its first sentences what it is about
	oftenEnough = 3
	wordsEach   = 150 // in a long text, a mention for so many words
)

func about(card *news.Card, c *news.Cluster) bool {
	mentions := c.Count + c.Senses
	early := c.First >= 0 && c.First < max(opening, len(card.Lede))
	return c.InTitle || early && mentions > 1 || mentions >= max(oftenEnough, card.Words/wordsEach)
}

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
	contested := map[string]bool{}
	for _, h := range redo {
		r.unwant(h, contested)
	}
	roots := 0
	for _, h := range redo {
		if r.isRoot(h) {
			roots++
		}
	}
	f := &fresh{entities: make([]news.Entity, 0, roots), roots: make([]int32, 0, roots), index: make([]int32, len(r.headings))}
	for _, h := range redo {
		if r.isRoot(h) {
			e := r.entity(h)
			r.want(h, e.ID, contested)
			f.add(e, h)
		}
	}
	for id := range contested {
		r.contest(id, f)
	}
	return f
}

// isRoot reports whether an entity is made of the heading, and of those joined to it.
func (r *Resolver) isRoot(h int32) bool { return r.root[h] == h && len(r.headings[h].in) > 0 }

// unwant takes away what a heading wants; whoever lost it to the heading may have it now.
func (r *Resolver) unwant(h int32, contested map[string]bool) {
	id := r.headings[h].wants
	if id == "" {
		return
	}
	at := r.rivals[id]
	if at == h {
		r.rivals[id] = r.headings[h].rival
	} else {
		for r.headings[at].rival != h {
			at = r.headings[at].rival
		}
		r.headings[at].rival = r.headings[h].rival
	}
	r.headings[h].wants, r.headings[h].rival = "", -1
	if r.rivals[id] >= 0 {
		contested[id] = true
	} else {
		delete(r.rivals, id)
	}
}

func (r *Resolver) want(h int32, id string, contested map[string]bool) {
	r.headings[h].wants = id
	other, found := r.rivals[id]
	if found {
		r.headings[h].rival = other
		contested[id] = true
	}
	r.rivals[id] = h
}

// contest gives an id to one of those that want it: to whom people gave it, else to the earlier; six digits made of
// their names follow it in those of the others.
func (r *Resolver) contest(id string, f *fresh) {
	var all []int32
	for h, found := r.rivals[id]; found && h >= 0; h = r.headings[h].rival {
		all = append(all, h)
	}
	slices.SortFunc(all, func(a, b int32) int {
		switch x, y := r.chosenID(a) != "", r.chosenID(b) != ""; {
		case x && !y:
			return -1
		case y && !x:
			return 1
		}
		return cmp.Or(cmp.Compare(r.first(a), r.first(b)), r.earlier(a, b))
	})
	for n, h := range all {
		own := id
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

// first is the first card of a root's entity.
func (r *Resolver) first(root int32) int {
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
	coming := make([]int, 0, len(f.roots))
	for n, h := range f.roots {
		if at := r.at[h]; at >= 0 {
			if r.made.Entities[at].ID == f.entities[n].ID {
				r.made.Entities[at] = f.entities[n]
				continue
			}
			leave(h)
		}
		coming = append(coming, n)
	}
	if len(coming)+leaving == 0 {
		return nil
	}
	slices.SortFunc(coming, func(a, b int) int { return cmp.Compare(f.entities[a].ID, f.entities[b].ID) })
	moved := r.merge(f, coming, gone, leaving)
	for at, h := range r.owner {
		r.at[h] = int32(at)
	}
	return moved
}

// merge makes one list of the entities that stay and those that come, from its end, in place where there is room.
func (r *Resolver) merge(f *fresh, coming []int, gone []bool, leaving int) []int32 {
	old, owner := r.made.Entities, r.owner
	if len(old) == 0 {
		r.made.Entities, r.owner = make([]news.Entity, len(coming)), make([]int32, len(coming))
		for at, n := range coming {
			r.made.Entities[at], r.owner[at] = f.entities[n], f.roots[n]
		}
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
		if next >= 0 && (from < 0 || entities[from].ID < f.entities[coming[next]].ID) {
			entities[to], owners[to] = f.entities[coming[next]], f.roots[coming[next]]
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
	all := make([]int, total)
	for _, i := range entered {
		n := len(r.rows[i].headings)
		r.made.Of[i], all = all[:n:n], all[n:]
		r.numberCard(i)
	}
	for _, h := range r.moved {
		for _, a := range r.headings[h].in {
			r.numberCard(a.Card)
		}
	}
	for _, h := range slices.Concat(r.moved, r.touched) { // whose entity may have come or gone
		for _, a := range r.headings[h].weak {
			r.numberCard(a.Card)
		}
	}
}

// renumberCard follows the entities of a card that stayed to where they stand now.
func (r *Resolver) renumberCard(i int, of []int, moved []int32) {
	for j, e := range of {
		if e < 0 {
			continue
		}
		if moved[e] < 0 {
			r.numberCard(i)
			return
		}
		of[j] = int(moved[e])
	}
}

func (r *Resolver) numberCard(i int) {
	for j, h := range r.rows[i].headings {
		if r.made.Of[i][j] = -1; h >= 0 {
			r.made.Of[i][j] = int(r.at[r.root[h]])
		}
	}
}

// entity is what the headings of a root say together. ID is the one it would have if no other wanted it.
func (r *Resolver) entity(root int32) news.Entity {
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
		e.Ambiguous = e.Ambiguous || r.doubtful(root, e.Articles)
	}
	if slug := prose.Slug(e.Name); e.ID == "" && slug != "" {
		e.ID = e.Kind.Folder() + "/" + slug
	}
	e.Sort = cmp.Or(e.Sort, r.filer.sort(e.Kind, e.Name))
	if e.Kind == news.Place && e.At == nil {
		r.locate(root, &e)
	}
	return e
}

// all is the headings of a root's entity.
func (r *Resolver) all(root int32) []int32 {
	if all := r.members[root]; all != nil {
		return all
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
func (r *Resolver) spellings(headings []int32, e *news.Entity) []printed {
	var forms []printed
	for _, h := range headings {
		forms = append(forms, r.headings[h].forms...)
	}
	if len(headings) > 1 {
		slices.SortFunc(forms, func(a, b printed) int { return cmp.Compare(a.form, b.form) })
		one := forms[:0]
		for _, p := range forms {
			if n := len(one); n > 0 && one[n-1].form == p.form {
				one[n-1].count += p.count
				continue
			}
			one = append(one, p)
		}
		forms = one
	}
	slices.SortFunc(forms, func(a, b printed) int {
		x, y := r.texts[a.form], r.texts[b.form]
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(len(y), len(x)), strings.Compare(y, x)) // SEOUL after Seoul
	})
	e.Spellings = make([]news.Spelling, len(forms))
	for i, p := range forms {
		e.Spellings[i] = news.Spelling{Text: r.texts[p.form], Count: int(p.count)}
	}
	return forms
}

// fullName is the most frequent form that folds to the root's own name; of equals the one of the earlier article. A
// person or place is not named all in capitals, if any article writes it otherwise.
func (r *Resolver) fullName(root int32, headings []int32, forms []printed, in []news.Appearance) string {
	if told, found := r.told[root]; found {
		return told
	}
	var full []string
	most := int32(0)
	k := &r.headings[root]
	written := func(p printed) bool { return key(r.texts[p.form]) == k.name && !shouted(r.texts[p.form]) }
	calm := k.kind != news.Organization && slices.ContainsFunc(forms, written)
	for _, p := range forms {
		if text := r.texts[p.form]; p.count >= most && key(text) == k.name && !(calm && shouted(text)) {
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
		return r.texts[forms[0].form] // other forms alone are in print
	}
	return r.headings[root].name // known by a written id alone
}

// firstOf is whichever of some forms the cards print first.
func (r *Resolver) firstOf(forms []string, headings []int32, in []news.Appearance) string {
	for _, a := range in {
		row := &r.rows[a.Card]
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
