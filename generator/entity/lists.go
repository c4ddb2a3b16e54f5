package entity

import (
	"slices"

	"broadsheet/generator/news"
)

// leastListed is how many names make a list.
const leastListed = 4

// listedAlike gives what stands in a list of names, parted by commas, the kind that most of those found in it have, if they
// are persons or places: "the counties of Monroe, Wayne, Huron and Arenac".
func (r *reader) listedAlike(found []span) []span {
	for i := 0; i < len(r.words); i++ {
		if !r.words[i].named() {
			continue
		}
		items, end := r.items(i)
		if len(items) >= leastListed {
			found = r.asMost(found, items)
		}
		i = end
	}
	return found
}

// items is the runs of capitals from i on that commas part, and where the last ends.
func (r *reader) items(i int) (items []stretch, end int) {
	items = r.evidence.items[:0]
	for i < len(r.words) && r.words[i].named() {
		end = i + 1
		for end < len(r.words) && r.words[end].named() && !r.words[end].parts {
			end++
		}
		items = append(items, stretch{i, end})
		i = end
		if i < len(r.words) && r.words[i].text == "," {
			i++
		}
		if i < len(r.words) && r.words[i].text == "and" {
			i++
		}
		if i == end {
			break
		}
	}
	r.evidence.items = items
	return items, end
}

// asMost gives the items of a list that may be names the kind of most, if two in three of those found have it, and one in
// three of all.
func (r *reader) asMost(found []span, items []stretch) []span {
	var counts [len(news.Kinds) + 1]int
	tagged := 0
	for _, it := range items {
		if at, is := r.itemAt(found, it); is && found[at].to == it.to {
			counts[found[at].kind]++
			tagged++
		}
	}
	most := mostHinted(counts)
	if most != news.Person && most != news.Place || 3*counts[most] < 2*tagged || 3*counts[most] < len(items) {
		return found
	}
	for _, it := range items {
		from := r.bareName(it.from, it.to)
		if from == it.to || it.to-it.from > longestTown || r.words[it.to-1].is(never) || !r.mayEcho(from, it.to) {
			continue
		}
		at, is := r.itemAt(found, it)
		switch {
		case !is:
			found = slices.Insert(found, at, r.spanOf(from, it.to, most))
		case found[at].to == it.to && found[at].from >= it.from && found[at].kind != news.Organization:
			found[at] = r.spanOf(found[at].from, it.to, most)
		}
	}
	return found
}

// itemAt is where a name stands that shares words with an item, and whether there is one; else where it would stand.
func (r *reader) itemAt(found []span, it stretch) (int, bool) {
	at, _ := slices.BinarySearchFunc(found, it.from, func(s span, from int) int { return s.to - from - 1 })
	return at, at < len(found) && found[at].from < it.to
}
