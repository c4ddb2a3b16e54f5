package entity

import (
	"slices"

	"broadsheet/generator/news"
)

// Resolution says which entity each cluster of each card is.
type Resolution struct {
	Entities []news.Entity // by ID; Articles in the order of the cards
	Of       [][]int32     // by card and cluster: index into Entities, or -1 for a bare surname and what is hidden
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
	doubters    []doubter // by worker
	minArticles int
	said        map[string]bool // folded names that people have joined
	filer       *filer

	at     []int32  // by heading: where its entity stands, -1 where it is no root
	owner  []int32  // by entity: its root
	ids    *numbers // that entities want
	rivals []int32  // by id: the last root that wants it, -1 for none
	made   Resolution
}

// NewResolver makes a resolver that has seen no cards.
func NewResolver(a *Authority, minArticles int) *Resolver {
	return &Resolver{
		register: newRegister(a), joiner: newJoiner(), minArticles: minArticles, said: a.joined(), filer: readFiler(),
		ids: newNumbers(), doubters: make([]doubter, workers()),
	}
}

// Update is what Resolve makes of the cards. was says of each where it stood in the last call, if it has not changed
// since, and -1 of a new one; cards that stay keep their order. Nil says that all are new. The Resolution is the
// Resolver's own: it is to be read until the next call, and not to be changed.
func (r *Resolver) Update(cards []news.Card, was []int) Resolution { return r.update(cards, was, nil) }

func (r *Resolver) update(cards []news.Card, was []int, m *Amendment) Resolution {
	entered := r.exchange(cards, was, m)
	r.weigh()
	r.relink()
	redo := r.connect()
	moved := r.place(redo, r.remake(redo))
	r.number(entered, moved)
	r.settled()
	return r.made
}

// Resolution is what the last Update made.
func (r *Resolver) Resolution() Resolution { return r.made }

// Forget gives up the Clusters of the cards. The Resolver can then be written down, and not be updated.
func (r *Resolver) Forget() {
	for i := range r.rows {
		r.rows[i].clusters = nil
	}
}

// exchange gives up the cards that have gone and takes in those that are new, which it returns; between the two it goes over to
// another authority, if there is one.
func (r *Resolver) exchange(cards []news.Card, was []int, m *Amendment) (entered []int) {
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
	if m != nil {
		r.take(m)
	}
	if shifted {
		r.renumber(stays)
	}
	rows, of := r.rows, r.made.Of
	if shifted || len(cards) != len(rows) {
		rows, of = make([]row, len(cards)), make([][]int32, len(cards))
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
		in[i].Card = int32(stays[in[i].Card])
	}
}

// What makes an article about someone without the headline's help: named early and again, or at least so often.
const (
	opening     = 300 // bytes; news says in its first sentences what it is about
	oftenEnough = 3
	wordsEach   = 150 // in a long text, a mention for so many words
)

// Recast is the clusters that a card is about and was not, or was and is not any more, where it has as many as before.
func Recast(card *news.Card, was []news.Cluster) (clusters []int) {
	for j := range card.Clusters {
		if len(was) == len(card.Clusters) && about(card, &was[j]) != about(card, &card.Clusters[j]) {
			clusters = append(clusters, j)
		}
	}
	return clusters
}

func about(card *news.Card, c *news.Cluster) bool {
	mentions := c.Count + c.Senses
	early := c.First >= 0 && c.First < max(opening, len(card.Lede))
	return c.InTitle || early && mentions > 1 || mentions >= max(oftenEnough, card.Words/wordsEach)
}
