package entity

import (
	"maps"
	"slices"

	"broadsheet/generator/news"
)

// Amendment is what a Resolver that went by one authority has to do to go by another.
type Amendment struct {
	Cards []int // that may be filed elsewhere then, by their numbers in the last call, beside those that the Revision names

	to     *Authority
	names  []string // folded, of which the two say different things
	remade []int32  // headings whose entities have another note, order or the like
}

// Amendment compares the authority of the last call with another one. It is nil where only a new Resolver can tell: when a name
// is not hidden any more, nothing says which cards have it.
func (r *Resolver) Amendment(to *Authority) *Amendment {
	if r.a == nil || to == nil || !maps.EqualFunc(r.a.published, to.published, slices.Equal[[]Published]) {
		return nil
	}
	for k := range r.a.hidden {
		if !to.hidden[k] {
			return nil
		}
	}
	m := &Amendment{to: to}
	was, is := r.a.toAll(), to.toAll()
	names := r.a.names()
	maps.Copy(names, to.names())
	concerned := map[int32]bool{}
	for name := range names {
		if r.a.toName(name, was) != to.toName(name, is) {
			m.names = append(m.names, name)
			r.eachOf(name, func(h int32) { concerned[h] = true })
		}
	}
	cards := map[int]bool{}
	for h := range concerned {
		for _, in := range [][]news.Appearance{r.headings[h].in, r.headings[h].weak} {
			for _, a := range in {
				cards[int(a.Card)] = true
			}
		}
	}
	m.Cards = slices.Collect(maps.Keys(cards))
	r.findRemade(m)
	return m
}

// eachOf hands over the headings under which cards may stand that have a folded name: its own, those of the entries that claim it,
// and those of the names of these, where their conditions have sent cards.
func (r *Resolver) eachOf(name string, hand func(h int32)) {
	known := func(kind news.Kind, name string) {
		if h := r.known(kind, name); h >= 0 {
			hand(h)
		}
	}
	for _, kind := range news.Kinds {
		known(kind, name)
		for _, i := range r.a.byName[nameKey{kind, r.a.canonical(name)}] {
			known(kind, key(r.a.entries[i].name))
			if h, found := r.byEntry[i]; found {
				hand(h)
			}
		}
	}
}

// spent reports whether nothing is filed under a heading any more, since people say something else of its name.
func (g *register) spent(h int32) bool {
	k := &g.headings[h]
	return k.entry < 0 && (int(k.number) >= len(g.of[k.kind]) || g.of[k.kind][k.number] != h)
}

// findRemade finds the headings whose cards stay, and of which people say more or less than before.
func (r *Resolver) findRemade(m *Amendment) {
	for i, h := range r.byEntry {
		if j, stays := m.place(&r.a.entries[i]); stays && !m.to.entries[j].tellsAs(&r.a.entries[i]) {
			m.remade = append(m.remade, h)
		}
	}
	joined := m.to.joined()
	for name := range joined {
		if !r.said[name] {
			m.remake(r.known(news.Person, name))
		}
	}
	for name := range r.said {
		if !joined[name] {
			m.remake(r.known(news.Person, name))
		}
	}
}

func (m *Amendment) remake(h int32) {
	if h >= 0 {
		m.remade = append(m.remade, h)
	}
}

// place is where an entry stands in the other authority, if it is the same thing there under the same name.
func (m *Amendment) place(e *listed) (at int, stays bool) {
	at, found := m.to.byID[e.id]
	if !found {
		return 0, false
	}
	other := &m.to.entries[at]
	return at, other.id == e.id && other.kind == e.kind && key(other.name) == key(e.name)
}

// tellsAs reports whether the pages of two entries tell the same of them.
func (e *listed) tellsAs(other *listed) bool {
	return e.name == other.name && e.sort == other.sort && e.note == other.note && slices.Equal(e.sameAs, other.sameAs) &&
		(e.at == nil) == (other.at == nil) && (e.at == nil || *e.at == *other.at)
}

// Amend is Update by another authority. was is -1, too, of each card that the Revision names or that is among the Amendment's.
func (r *Resolver) Amend(m *Amendment, cards []news.Card, was []int) Resolution {
	return r.update(cards, was, m)
}

// take goes by another authority, once the cards of which it says something else have left. A heading that was made by what the
// former said of its name stays empty from now on: that name is looked up anew.
func (r *Resolver) take(m *Amendment) {
	byEntry := make(map[int]int32, len(r.byEntry))
	for i, h := range r.byEntry {
		at, stays := m.place(&r.a.entries[i])
		if !stays {
			at = nobody
		} else {
			byEntry[at] = h
		}
		r.headings[h].entry = int32(at)
	}
	for _, name := range m.names {
		number := r.names.known(name)
		for _, kind := range news.Kinds {
			if number >= 0 && int(number) < len(r.of[kind]) {
				r.of[kind][number] = unknown
			}
		}
	}
	for _, h := range m.remade {
		r.touch(h)
	}
	r.a, r.byEntry, r.said = m.to, byEntry, m.to.joined()
}
