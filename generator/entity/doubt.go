package entity

import "broadsheet/generator/news"

// doubt marks the persons whom only their name makes one: less than three in four of the articles hang together by
// other names or tags that they share. What people wrote takes the doubt away: an entry, a same block, an id.
func (s *resolver) doubt(cards []news.Card, of [][]int) {
	said := s.a.joined()
	d := doubter{resolver: s, cards: cards, of: of, named: make([]companion, len(s.things)), tagged: map[string]companion{}}
	for t := range s.things {
		e := &s.things[t]
		if e.Kind != news.Person || e.Confirmed || e.ID != "" || said[e.key.name] || len(e.Articles) < 2 {
			continue
		}
		e.Ambiguous = e.Ambiguous || 4*d.largest(t) < 3*len(e.Articles)
	}
}

// companion is what was seen beside a person: of whom it is the last, and in which of the person's articles.
type companion struct {
	person  int // one more than its number; 0 is nobody
	article int
}

type doubter struct {
	*resolver
	cards  []news.Card
	of     [][]int
	named  []companion
	tagged map[string]companion
	into   []int
	size   []int
}

// largest is how many articles of a person hang together at most.
func (d *doubter) largest(person int) int {
	articles := d.things[person].Articles
	d.into, d.size = d.into[:0], d.size[:0]
	most := 1
	for n, a := range articles {
		d.into, d.size = append(d.into, n), append(d.size, 1)
		for _, t := range d.of[a.Card] {
			if t >= 0 && t != person && d.distinctive(t, len(d.cards)) {
				most = max(most, d.beside(&d.named[t], person, n))
			}
		}
		for _, tag := range d.cards[a.Card].Tags {
			c := d.tagged[tag.Slug]
			most = max(most, d.beside(&c, person, n))
			d.tagged[tag.Slug] = c
		}
	}
	return most
}

// beside notes that something stands in the person's article n, and hangs that together with the article it was last
// seen in. It returns how many articles then hang together.
func (d *doubter) beside(c *companion, person, n int) int {
	if c.person != person+1 {
		*c = companion{person + 1, n}
		return 1
	}
	a, b := d.root(c.article), d.root(n)
	c.article = n
	if a != b {
		d.into[b] = a
		d.size[a] += d.size[b]
	}
	return d.size[a]
}

func (d *doubter) root(n int) int {
	for d.into[n] != n {
		d.into[n] = d.into[d.into[n]]
		n = d.into[n]
	}
	return n
}
