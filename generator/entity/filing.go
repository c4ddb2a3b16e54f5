package entity

import (
	"cmp"
	"slices"
	"strings"
	"sync/atomic"

	"broadsheet/generator/news"
)

// file takes cards in. It goes through them several times, all workers at once: to number what they print; to see which
// headings they need; to find the heading of each cluster, and how many slips each heading will have; and to write these,
// so that at last each heading has its own side by side.
func (g *register) file(cards []news.Card, entered []int) {
	f := filing{register: g, cards: cards, entered: entered}
	f.readForms()
	f.makeRows()
	f.makeHeadings()
	f.fileClusters()
	f.sortSlips()
	f.handOut()
}

// filing is cards on their way into the register.
type filing struct {
	*register
	cards   []news.Card
	entered []int     // the numbers of those that come
	starts  []int     // by place in entered: where the forms of a card begin
	printed []int32   // forms: see spelled
	ends    [][]int32 // by part of entered and heading: how many slips there are, then where the next goes
	sorted  []slip    // by heading, then card
}

// slip is one thing that a card says of a heading.
type slip struct {
	card     int32
	mentions int32
	form     int32 // printed there; of a claim, the heading of the fuller name; -1 for none
	count    int32 // how often
	says     says
	about    bool
}

type says uint8

const (
	appears  says = iota // it is named in the card
	unproved             // likewise, but would make no entity
	spells               // it has another form there
	claims               // it stands there beside a fuller name
)

// spellings is how many places spelled counts.
func spellings(clusters []news.Cluster) int {
	n := 0
	for j := range clusters {
		n += 1 + len(clusters[j].Surfaces)
	}
	return n
}

// spelled hands over the names of clusters and their other forms: a cluster's name, then each form of it, has a place, and
// those forms none that are the name or a person's single word, which says nothing of whom it means elsewhere.
func spelled(clusters []news.Cluster, hand func(at int, text string)) {
	at := 0
	for j := range clusters {
		c := &clusters[j]
		hand(at, c.Name)
		for k := range c.Surfaces {
			at++
			if text := c.Surfaces[k].Text; text != c.Name && (c.Kind != news.Person || strings.Contains(text, " ")) {
				hand(at, text)
			}
		}
		at++
	}
}

// readForms numbers what the cards print, and folds what nobody has printed before.
func (f *filing) readForms() {
	f.starts = make([]int, len(f.entered)+1)
	inPieces(len(f.entered), func(_, from, to int) {
		for n := from; n < to; n++ {
			f.starts[n+1] = spellings(f.cards[f.entered[n]].Clusters)
		}
	})
	for n := range f.entered {
		f.starts[n+1] += f.starts[n]
	}
	f.printed = slices.Repeat([]int32{nobody}, f.starts[len(f.entered)])
	f.forms.all(f.printed, len(f.entered), func(n int, hand func(int, string)) {
		spelled(f.cards[f.entered[n]].Clusters, func(at int, text string) { hand(f.starts[n]+at, text) })
	})
	f.folded = grown(f.folded, f.forms.bound(), unknown)
	fresh := f.forms.fresh()
	f.headings, f.common = slices.Grow(f.headings, len(fresh)), slices.Grow(f.common, len(fresh))
	f.names.all(f.folded, len(fresh), func(n int, hand func(int, string)) {
		hand(int(fresh[n]), key(f.forms.text(fresh[n])))
	})
}

// makeRows makes room for the headings and tags of each card, and numbers the tags.
func (f *filing) makeRows() {
	begins := make([]int, len(f.entered)+1)
	for n, i := range f.entered {
		begins[n+1] = begins[n] + len(f.cards[i].Clusters) + len(f.cards[i].Tags)
	}
	all := slices.Repeat([]int32{unknown}, begins[len(f.entered)])
	for n, i := range f.entered {
		clusters, tags, end := begins[n], begins[n]+len(f.cards[i].Clusters), begins[n+1]
		f.rows[i] = row{clusters: f.cards[i].Clusters, headings: all[clusters:tags:tags], tags: all[tags:end:end]}
	}
	f.tags.all(all, len(f.entered), func(n int, hand func(int, string)) {
		card := &f.cards[f.entered[n]]
		for t := range card.Tags {
			hand(begins[n]+len(card.Clusters)+t, card.Tags[t].Slug)
		}
	})
}

// makeHeadings makes the headings that the cards need. Clusters of which more is known than their name are filed, too.
func (f *filing) makeHeadings() {
	type cell struct {
		card, cluster int
		name          int32
	}
	type kindOf struct {
		kind news.Kind
		name int32
	}
	kinds := make([]atomic.Uint32, f.names.bound()) // by name, a bit for each kind that it is of
	asked, settled := make([][]kindOf, workers()), make([][]cell, workers())
	inPieces(len(f.entered), func(worker, from, to int) {
		ask := func(kind news.Kind, form int32) {
			name := f.folded[form]
			if k := &kinds[name]; k.Load()&(1<<kind) == 0 && k.Or(1<<kind)&(1<<kind) == 0 {
				asked[worker] = append(asked[worker], kindOf{kind, name})
			}
		}
		for n := from; n < to; n++ {
			eachCluster(f.cards[f.entered[n]].Clusters, f.formsOf(n), func(j int, c *news.Cluster, name int32, others []int32) {
				switch {
				case hasNoHeading(c):
					return
				case settledOtherwise(c):
					settled[worker] = append(settled[worker], cell{f.entered[n], j, name})
				default:
					ask(c.Kind, name)
				}
				for _, other := range others {
					if other >= 0 {
						ask(c.Kind, other)
					}
				}
			})
		}
	})
	for _, names := range asked {
		for _, k := range names {
			f.named(k.kind, k.name)
		}
	}
	for _, cells := range settled {
		for _, x := range cells {
			card := &f.cards[x.card]
			c := &card.Clusters[x.cluster]
			h := f.filed(card, c, x.name)
			f.rows[x.card].headings[x.cluster] = h
			f.write(h, c, 1)
		}
	}
}

// fileClusters finds the heading of each cluster, and counts the slips that each heading will have.
func (f *filing) fileClusters() {
	f.ends = make([][]int32, 1)
	if len(f.entered) > piece {
		f.ends = make([][]int32, workers())
	}
	inParts(len(f.ends), func(_, p int) {
		ends := make([]int32, len(f.headings))
		for n := cut(len(f.entered), len(f.ends), p); n < cut(len(f.entered), len(f.ends), p+1); n++ {
			i := f.entered[n]
			card, headings := &f.cards[i], f.rows[i].headings
			eachCluster(card.Clusters, f.formsOf(n), func(j int, c *news.Cluster, name int32, _ []int32) {
				if headings[j] == unknown {
					headings[j] = f.filed(card, c, name)
				}
			})
			f.slips(i, card, f.formsOf(n), func(h int32, _ slip) { ends[h]++ })
		}
		f.ends[p] = ends
	})
}

// eachCluster hands over clusters, each with the forms of its name and its spellings; forms is as spelled has them.
func eachCluster(clusters []news.Cluster, forms []int32, hand func(j int, c *news.Cluster, name int32, others []int32)) {
	for j := range clusters {
		c := &clusters[j]
		hand(j, c, forms[0], forms[1:1+len(c.Surfaces)])
		forms = forms[1+len(c.Surfaces):]
	}
}

func (f *filing) formsOf(n int) []int32 { return f.printed[f.starts[n]:f.starts[n+1]] }

// slips hands over what card i says of headings; forms is as spelled has them.
func (g *register) slips(i int, card *news.Card, forms []int32, hand func(h int32, s slip)) {
	row := &g.rows[i]
	eachCluster(row.clusters, forms, func(j int, c *news.Cluster, name int32, others []int32) {
		h := row.headings[j]
		if h < 0 {
			return
		}
		s := slip{card: int32(i), mentions: int32(c.Count + c.Senses), form: nobody, about: about(card, c)}
		if unproven(c) {
			s.says = unproved
			hand(h, s)
			return
		}
		for k, other := range others {
			n := int32(c.Surfaces[k].Count)
			switch {
			case other >= 0:
				hand(h, slip{says: spells, form: other, count: n})
				if short := g.headed(c.Kind, other); short >= 0 && short != h {
					hand(short, slip{says: claims, form: h, count: 1})
				}
			case c.Surfaces[k].Text == c.Name:
				s.form, s.count = name, s.count+n
			}
		}
		if s.form < 0 && c.Entity == "" { // a name that the headline or the front matter alone has
			s.form, s.count = name, 1
		}
		hand(h, s)
	})
}

// unproven reports whether a cluster only comes to an entity that others make.
func unproven(c *news.Cluster) bool { return c.Unproven && c.Entity == "" }

// write counts an id that front matter gives a heading and no entry has.
func (g *register) write(h int32, c *news.Cluster, n int) {
	if _, listed := g.entry(c.Entity); h < 0 || c.Entity == "" || listed {
		return
	}
	if g.written[h] == nil {
		g.written[h] = map[string]int{}
	}
	g.written[h][c.Entity] += n
	if g.written[h][c.Entity] == 0 {
		delete(g.written[h], c.Entity)
	}
}

// sortSlips writes the slips, each where those of its heading go, in the order of the cards.
func (f *filing) sortSlips() {
	total := int32(0)
	for h := range f.headings {
		for p := range f.ends {
			n := f.ends[p][h]
			f.ends[p][h] = total
			total += n
		}
	}
	f.sorted = make([]slip, total)
	inParts(len(f.ends), func(_, p int) {
		ends := f.ends[p]
		for n := cut(len(f.entered), len(f.ends), p); n < cut(len(f.entered), len(f.ends), p+1); n++ {
			i := f.entered[n]
			f.slips(i, &f.cards[i], f.formsOf(n), func(h int32, s slip) {
				f.sorted[ends[h]] = s
				ends[h]++
			})
		}
	})
}

// handOut gives each heading its slips.
func (f *filing) handOut() {
	ends := f.ends[len(f.ends)-1]
	slipsOf := func(h int) []slip {
		if h == 0 {
			return f.sorted[:ends[0]]
		}
		return f.sorted[ends[h-1]:ends[h]]
	}
	inPieces(len(f.headings), func(worker, from, to int) {
		for h := from; h < to; h++ {
			if slips := slipsOf(h); len(slips) > 0 {
				f.headings[h].take(slips, &f.shelves[worker])
			}
		}
	})
	for h := range f.headings {
		if len(slipsOf(h)) > 0 {
			f.touch(int32(h))
		}
	}
}

// take puts down what slips say.
func (k *heading) take(slips []slip, room *shelf) {
	isNew := len(k.in)+len(k.forms)+len(k.claims) == 0
	if isNew {
		cards := 0
		for i := range slips {
			if slips[i].says == appears {
				cards++
			}
		}
		k.in, k.forms, k.claims = room.appearances.take(cards), room.forms[:0], room.claims[:0]
	}
	for i := range slips {
		switch s := &slips[i]; s.says {
		case appears:
			k.in = appear(k.in, s.appearance())
			if s.form >= 0 {
				k.forms = k.forms.add(s.form, s.count)
			}
		case unproved:
			k.weak = appear(k.weak, s.appearance())
		case spells:
			k.forms = k.forms.add(s.form, s.count)
		case claims:
			k.claims = k.claims.add(s.form, s.count)
		}
	}
	if isNew {
		room.forms, room.claims = k.forms, k.claims
		k.forms, k.claims = room.tallies.keep(k.forms), room.tallies.keep(k.claims)
	}
}

// takeBack is take undone, for one slip.
func (k *heading) takeBack(s slip) {
	switch s.says {
	case appears:
		k.in = disappear(k.in, s.card)
		if s.form >= 0 {
			k.forms = k.forms.add(s.form, -s.count)
		}
	case unproved:
		k.weak = disappear(k.weak, s.card)
	case spells:
		k.forms = k.forms.add(s.form, -s.count)
	case claims:
		k.claims = k.claims.add(s.form, -s.count)
	}
}

func (s *slip) appearance() news.Appearance {
	return news.Appearance{Card: s.card, Count: s.mentions, About: s.about}
}

func byCard(a news.Appearance, card int32) int { return cmp.Compare(a.Card, card) }

// appear notes a card among those of a heading. A card may have two clusters of one heading.
func appear(in []news.Appearance, a news.Appearance) []news.Appearance {
	at := len(in)
	if at > 0 && in[at-1].Card >= a.Card {
		var found bool
		if at, found = slices.BinarySearchFunc(in, a.Card, byCard); found {
			in[at].Count += a.Count
			in[at].About = in[at].About || a.About
			return in
		}
	}
	return slices.Insert(in, at, a)
}

func disappear(in []news.Appearance, card int32) []news.Appearance {
	if at, found := slices.BinarySearchFunc(in, card, byCard); found {
		return slices.Delete(in, at, at+1)
	}
	return in
}
