package entity

import "broadsheet/generator/news"

// doubter finds the persons whom only their name makes one.
type doubter struct {
	named  []companion // by heading
	tagged []companion // by tag
	round  int32
	into   []int32
	size   []int32
}

// companion is what was seen beside a person: in which round of looking, and in which of the person's articles last.
type companion struct{ round, article int32 }

// enoughToTell is how many of a person's articles are looked at to tell whether they hang together.
const enoughToTell = 300

// doubtful reports whether less than three in four of a person's articles hang together by other names or tags that
// they share.
func (r *Resolver) doubtful(root int32, articles []news.Appearance, d *doubter) bool {
	articles = articles[:min(enoughToTell, len(articles))]
	for len(d.named) < len(r.headings) {
		d.named = append(d.named, companion{})
	}
	for len(d.tagged) < r.tags.bound() {
		d.tagged = append(d.tagged, companion{})
	}
	d.round++
	d.into, d.size = d.into[:0], d.size[:0]
	most := int32(1)
	for n, a := range articles {
		d.into, d.size = append(d.into, int32(n)), append(d.size, 1)
		row := &r.rows[a.Card]
		for _, h := range row.headings {
			if h >= 0 && d.seen(&d.named[h], int32(n)) && !r.common[h] && r.root[h] != root {
				most = max(most, d.together(&d.named[h], int32(n)))
			}
		}
		for _, tag := range row.tags {
			if d.seen(&d.tagged[tag], int32(n)) {
				most = max(most, d.together(&d.tagged[tag], int32(n)))
			}
		}
		if int(4*most) >= 3*len(articles) {
			return false
		}
	}
	return true
}

// seen reports whether something stood in another of the person's articles; if not, it does in article n.
func (d *doubter) seen(c *companion, n int32) bool {
	if c.round == d.round {
		return true
	}
	*c = companion{d.round, n}
	return false
}

// together notes that something stands in the person's article n, too, and hangs that together with the article it was
// last seen in. It returns how many articles then hang together.
func (d *doubter) together(c *companion, n int32) int32 {
	a, b := d.tree(c.article), d.tree(n)
	c.article = n
	if a != b {
		d.into[b] = a
		d.size[a] += d.size[b]
	}
	return d.size[a]
}

func (d *doubter) tree(n int32) int32 {
	for d.into[n] != n {
		d.into[n] = d.into[d.into[n]]
		n = d.into[n]
	}
	return n
}
