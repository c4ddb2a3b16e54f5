package entity

import (
	"cmp"
	"encoding/binary"
	"slices"

	"broadsheet/generator/news"
)

// What a Resolver knows can be written down, so that another process goes on where this one stopped: names, headings and
// links, who stands in which article, and the entities made of them. Numbers are varints, a string or list has its length before
// it, and articles in rising order are given by their distance from the one before. What follows from the rest is left out. There is
// no version in it: whoever keeps it says which program wrote it, and under which authority file.

// Append writes a Resolver after b.
func (r *Resolver) Append(b []byte) []byte {
	w := &encoder{b: b}
	w.names = w.texts(r.register.names)
	w.forms = w.texts(r.register.forms)
	r.register.forms.each(func(form int32, _ string) { w.int(int(w.names[r.folded[form]])) })
	tags := w.texts(r.register.tags)
	w.ids = w.texts(r.ids)
	w.list(len(r.headings), func(h int) { w.heading(&r.headings[h], r.common[h], r.spent(int32(h)), r.root[h]) })
	w.list(len(r.rows), func(i int) {
		w.list(len(r.rows[i].headings), func(j int) { w.int(int(r.rows[i].headings[j]) + 1) })
		w.list(len(r.rows[i].tags), func(j int) { w.int(int(tags[r.rows[i].tags[j]])) })
	})
	w.named(r)
	w.links(r)
	w.int(r.size)
	w.list(len(r.owner), func(e int) { w.int(int(r.owner[e])); w.entity(&r.made.Entities[e]) })
	return w.b
}

// ReadResolver reads what Append wrote, and gives what stands behind it. clusters gives the Clusters of a card as it was then,
// by its number then; they are asked for when they are needed, which is seldom. It reports false for what is not whole.
func ReadResolver(b []byte, a *Authority, minArticles int, clusters func(card int) []news.Cluster) (r *Resolver, rest []byte, whole bool) {
	defer func() {
		if recover() != nil {
			r, rest, whole = nil, nil, false
		}
	}()
	r = NewResolver(a, minArticles)
	r.recall = clusters
	w := &decoder{rest: string(b)}
	w.names = w.texts(r.register.names)
	w.forms = w.texts(r.register.forms)
	r.folded = slices.Repeat([]int32{unknown}, r.register.forms.bound())
	for _, form := range w.forms {
		r.folded[form] = w.names[w.int()]
	}
	w.tags = w.texts(r.register.tags)
	w.ids = w.texts(r.ids)
	r.rivals = slices.Repeat([]int32{nobody}, r.ids.bound())
	r.readHeadings(w)
	r.readRows(w)
	r.readNamed(w)
	r.readLinks(w)
	r.size = w.int()
	r.readEntities(w)
	return r, b[len(b)-len(w.rest):], true
}

type encoder struct {
	b            []byte
	names, forms []int32 // by their numbers: their places in what is written
	ids          []int32 // likewise
}

// texts writes texts, and gives the place of each by its number.
func (w *encoder) texts(n *numbers) []int32 {
	places := make([]int32, n.bound())
	var all []string
	n.each(func(number int32, text string) {
		places[number] = int32(len(all))
		all = append(all, text)
	})
	w.list(len(all), func(n int) { w.text(all[n]) })
	return places
}

// each hands over every text with its number.
func (n *numbers) each(do func(number int32, text string)) {
	for shard := range n.shards {
		for place, text := range n.shards[shard].texts {
			do(numberAt(place, shard), text)
		}
	}
}
func (w *encoder) int(n int) { w.b = binary.AppendUvarint(w.b, uint64(n)) }

func (w *encoder) text(s string) {
	w.int(len(s))
	w.b = append(w.b, s...)
}

func (w *encoder) bools(set ...bool) {
	bits := byte(0)
	for n, is := range set {
		if is {
			bits |= 1 << n
		}
	}
	w.b = append(w.b, bits)
}

func (w *encoder) list(n int, each func(n int)) {
	w.int(n)
	for n := range n {
		each(n)
	}
}

func (w *encoder) heading(k *heading, common, spent bool, root int32) {
	w.int(int(k.kind))
	w.int(int(w.names[k.number]))
	w.appearances(k.in)
	w.appearances(k.weak)
	w.list(len(k.forms), func(n int) { w.int(int(w.forms[k.forms[n].of])); w.int(int(k.forms[n].count)) })
	w.list(len(k.claims), func(n int) { w.int(int(k.claims[n].of)); w.int(int(k.claims[n].count)) })
	wants := 0
	if k.wants >= 0 {
		wants = int(w.ids[k.wants]) + 1
	}
	w.int(wants)
	w.int(int(k.entry) + 1)
	w.bools(k.shared, common, spent)
	w.int(int(root))
}

func (w *encoder) appearances(in []news.Appearance) {
	before := int32(0)
	w.list(len(in), func(n int) {
		about := 0
		if in[n].About {
			about = 1
		}
		w.int(int(in[n].Card - before))
		w.int(int(in[n].Count)<<1 | about)
		before = in[n].Card
	})
}

// named writes what the names are filed under that are no heading's own, and what else is known of some.
func (w *encoder) named(r *Resolver) {
	type filed struct {
		kind    news.Kind
		name, h int32
	}
	var others []filed
	for kind, of := range r.of {
		for name, h := range of {
			if h >= 0 && (r.headings[h].entry >= 0 || int(r.headings[h].number) != name) {
				others = append(others, filed{news.Kind(kind), int32(name), h})
			}
		}
	}
	w.list(len(others), func(n int) {
		w.int(int(others[n].kind))
		w.int(int(w.names[others[n].name]))
		w.int(int(others[n].h))
	})
	w.int(len(r.written))
	for h, ids := range r.written {
		w.int(int(h))
		w.int(len(ids))
		for id, n := range ids {
			w.text(id)
			w.int(n)
		}
	}
	w.int(len(r.told))
	for h, name := range r.told {
		w.int(int(h))
		w.text(name)
	}
}

func (w *encoder) links(r *Resolver) {
	w.int(len(r.joiner.links))
	for of, links := range r.joiner.links {
		w.int(int(of.heading))
		w.int(int(of.stage))
		w.list(len(links), func(n int) {
			w.int(int(links[n].from))
			w.int(int(links[n].into))
			w.int(int(links[n].other))
		})
	}
}

func (w *encoder) entity(e *news.Entity) {
	w.text(e.ID)
	w.int(int(e.Kind))
	w.text(e.Name)
	w.text(e.Sort)
	w.text(e.Note)
	w.text(e.Country)
	w.bools(e.Confirmed, e.Ambiguous, e.Page, e.At != nil)
	if e.At != nil {
		w.b = binary.AppendVarint(binary.AppendVarint(w.b, int64(e.At.Latitude)), int64(e.At.Longitude))
	}
	w.list(len(e.Spellings), func(n int) { w.text(e.Spellings[n].Text); w.int(e.Spellings[n].Count) })
	w.list(len(e.SameAs), func(n int) { w.text(e.SameAs[n]) })
}

// decoder is what is left to read. To read past its end panics.
type decoder struct {
	rest         string
	names, forms []int32 // by their places in what is read: their numbers
	tags, ids    []int32 // likewise
}

// texts reads texts, and gives the number of each.
func (w *decoder) texts(n *numbers) []int32 {
	all := make([]int32, w.size())
	for place := range all {
		all[place] = n.number(w.text())
	}
	return all
}

func (w *decoder) int() int {
	v := uint64(0)
	for shift := 0; ; shift += 7 {
		c := w.rest[0]
		w.rest = w.rest[1:]
		v |= uint64(c&0x7f) << shift
		if c < 0x80 {
			return int(v)
		}
	}
}

func (w *decoder) signed() int {
	v := uint64(w.int())
	return int(v>>1) ^ -int(v&1)
}

// size is the length of a list: no more than what is left could hold.
func (w *decoder) size() int {
	n := w.int()
	_ = w.rest[:n]
	return n
}

func (w *decoder) text() string {
	n := w.int()
	s := w.rest[:n]
	w.rest = w.rest[n:]
	return s
}

func (w *decoder) bools() byte {
	c := w.rest[0]
	w.rest = w.rest[1:]
	return c
}

func (r *Resolver) readHeadings(w *decoder) {
	size := w.size()
	r.headings, r.common, r.root = make([]heading, 0, size), make([]bool, 0, size), make([]int32, size)
	for kind := range r.of {
		r.of[kind] = slices.Repeat([]int32{unknown}, r.register.names.bound())
	}
	for n := range r.root {
		kind, name := news.Kind(w.int()), w.names[w.int()]
		h := r.add(kind, name, nobody)
		k := &r.headings[h]
		k.in, k.weak = w.appearances(), w.appearances()
		k.forms, k.claims = w.tallies(), w.tallies()
		for n := range k.forms {
			k.forms[n].of = w.forms[k.forms[n].of]
		}
		slices.SortFunc(k.forms, func(a, b tally) int { return cmp.Compare(a.of, b.of) })
		if wants := w.int(); wants > 0 {
			id := w.ids[wants-1]
			k.wants, k.rival, r.rivals[id] = id, r.rivals[id], h
		}
		k.entry = int32(w.int()) - 1
		bits := w.bools()
		k.shared, r.common[h] = bits&1 != 0, bits&2 != 0
		r.root[n] = int32(w.int())
		spent := bits&4 != 0
		switch {
		case k.entry >= 0:
			r.byEntry[int(k.entry)] = h
		case !spent:
			r.of[kind][name] = h
		}
	}
	for h, root := range r.root {
		if int32(h) != root {
			if r.members[root] == nil {
				r.members[root] = []int32{root}
			}
			r.members[root] = append(r.members[root], int32(h))
		}
	}
}

func (w *decoder) tallies() tallies {
	size := w.size()
	if size == 0 {
		return nil
	}
	list := make(tallies, size)
	for n := range list {
		list[n] = tally{int32(w.int()), int32(w.int())}
	}
	return list
}

func (w *decoder) appearances() []news.Appearance {
	size := w.size()
	if size == 0 {
		return nil
	}
	in := make([]news.Appearance, size)
	card := int32(0)
	for n := range in {
		card += int32(w.int())
		count := w.int()
		in[n] = news.Appearance{Card: card, Count: int32(count >> 1), About: count&1 != 0}
	}
	return in
}

func (r *Resolver) readRows(w *decoder) {
	r.rows = make([]row, w.size())
	var all []int32
	list := func(number func() int32) []int32 {
		size := w.size()
		if cap(all)-len(all) < size {
			all = make([]int32, 0, max(size, 1<<16))
		}
		start := len(all)
		for range size {
			all = append(all, number())
		}
		return all[start:len(all):len(all)]
	}
	heading := func() int32 { return int32(w.int()) - 1 }
	tag := func() int32 { return w.tags[w.int()] }
	for i := range r.rows {
		r.rows[i] = row{headings: list(heading), tags: list(tag), kept: int32(i) + 1}
	}
}

func (r *Resolver) readNamed(w *decoder) {
	for range w.size() {
		kind, name := w.int(), w.names[w.int()]
		r.of[kind][name] = int32(w.int())
	}
	for range w.size() {
		h := int32(w.int())
		ids := map[string]int{}
		for range w.size() {
			id := w.text()
			ids[id] = w.int()
		}
		r.written[h] = ids
	}
	for range w.size() {
		h := int32(w.int())
		r.told[h] = w.text()
	}
}

func (r *Resolver) readLinks(w *decoder) {
	for range w.size() {
		of := looked{int32(w.int()), stage(w.int())}
		links := make([]link, w.size())
		for n := range links {
			links[n] = link{of.stage, int32(w.int()), int32(w.int()), int32(w.int())}
			r.back[links[n].other] = append(r.back[links[n].other], of)
			r.headings[of.heading].linked, r.headings[links[n].other].linked = true, true
		}
		r.joiner.links[of] = links
	}
}

func (r *Resolver) readEntities(w *decoder) {
	r.at = slices.Repeat([]int32{-1}, len(r.headings))
	r.owner = make([]int32, w.size())
	r.made.Entities = make([]news.Entity, len(r.owner))
	for n := range r.owner {
		root := int32(w.int())
		r.owner[n], r.at[root] = root, int32(n)
		r.made.Entities[n] = w.entity()
		r.made.Entities[n].Articles = r.articles(r.all(root))
	}
	r.made.Of = make([][]int32, len(r.rows))
	total := 0
	for i := range r.rows {
		total += len(r.rows[i].headings)
	}
	all := make([]int32, total)
	for i := range r.rows {
		n := len(r.rows[i].headings)
		r.made.Of[i], all = all[:n:n], all[n:]
		r.numberCard(i)
	}
}

func (w *decoder) entity() news.Entity {
	e := news.Entity{ID: w.text(), Kind: news.Kind(w.int()), Name: w.text(), Sort: w.text(), Note: w.text(), Country: w.text()}
	bits := w.bools()
	e.Confirmed, e.Ambiguous, e.Page = bits&1 != 0, bits&2 != 0, bits&4 != 0
	if bits&8 != 0 {
		e.At = &news.Position{Latitude: w.signed(), Longitude: w.signed()}
	}
	e.Spellings = make([]news.Spelling, w.size())
	for n := range e.Spellings {
		e.Spellings[n] = news.Spelling{Text: w.text(), Count: w.int()}
	}
	if size := w.size(); size > 0 {
		e.SameAs = make([]string, size)
		for n := range e.SameAs {
			e.SameAs[n] = w.text()
		}
	}
	return e
}
