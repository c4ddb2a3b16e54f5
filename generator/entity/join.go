package entity

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"broadsheet/generator/news"
)

// joiner makes one of things whose names the whole archive shows to be one. No article is compared with another:
// names meet in maps, and only those that meet are looked at.
type joiner struct {
	*resolver
	cards []news.Card
	of    [][]int
	into  []int // by thing: the thing it was joined to, or itself
	among map[int]map[int]bool
}

// join gives the clusters of joined things to one of them.
func (s *resolver) join(cards []news.Card, of [][]int) {
	j := joiner{resolver: s, cards: cards, of: of, into: make([]int, len(s.things))}
	for i := range j.into {
		j.into[i] = i
	}
	j.byForms()
	j.byCompany()
	j.byMiddleNames()
	j.renumber()
}

// renumber leaves out the things that were joined to others.
func (j *joiner) renumber() {
	number := make([]int, len(j.things))
	kept := j.things[:0]
	for t := range j.things {
		if root := j.root(t); root != t {
			j.things[root].articles += j.things[t].articles // at most: an article may name both
			j.things[root].first = min(j.things[root].first, j.things[t].first)
		}
	}
	for t := range j.things {
		if j.root(t) == t {
			number[t] = len(kept)
			kept = append(kept, j.things[t])
		}
	}
	for _, card := range j.of {
		for i, t := range card {
			if t >= 0 {
				card[i] = number[j.root(t)]
			}
		}
	}
	j.things = kept
}

func (j *joiner) root(t int) int {
	for j.into[t] != t {
		t = j.into[t]
	}
	return t
}

// one joins a thing to another, unless people have spoken: they list both, or say that they differ.
func (j *joiner) one(from, into int) {
	from, into = j.root(from), j.root(into)
	a, b := &j.things[from], &j.things[into]
	switch {
	case from == into, a.Confirmed && b.Confirmed, a.Ambiguous, b.Ambiguous, j.keptApart(a, b):
	case a.Confirmed:
		j.into[into] = from
	default:
		j.into[from] = into
	}
}

func (j *joiner) keptApart(a, b *thing) bool {
	return j.a != nil && (slices.Contains(j.a.different[a.key.name], b.key.name) || j.a.refuses(a.ID, b.key.name) || j.a.refuses(b.ID, a.key.name))
}

// byForms joins a name that stands by itself in one article with the fuller name that other articles print it
// beside: "WHO" with "World Health Organization". Nine in ten of these articles must agree.
func (j *joiner) byForms() {
	type pair struct{ form, full int }
	votes := map[pair]int{}
	for i := range j.cards {
		for n := range j.cards[i].Clusters {
			c, full := &j.cards[i].Clusters[n], j.of[i][n]
			if full < 0 {
				continue
			}
			for _, s := range c.Surfaces {
				if form, found := j.byPrinted[nameKey{c.Kind, s.Text}]; found && form >= 0 && form != full && s.Text != c.Name {
					votes[pair{form, full}]++
				}
			}
		}
	}
	all, best := map[int]int{}, map[int]pair{}
	for p, n := range votes {
		all[p.form] += n
		b, found := best[p.form]
		if !found || cmp.Or(cmp.Compare(n, votes[b]), cmp.Compare(b.full, p.full)) > 0 {
			best[p.form] = p
		}
	}
	for _, form := range slices.Sorted(maps.Keys(best)) {
		if b := best[form]; 10*votes[b] >= 9*all[form] && votes[pair{b.full, form}] < votes[b] {
			j.one(form, b.full)
		}
	}
}

// byCompany joins the forms of a company's name that differ in what the law adds to it: "Ford Motor Co."
func (j *joiner) byCompany() {
	byBase := map[string]int{}
	for t := range j.things {
		base, cut := withoutForm(j.things[t].key.name)
		if j.things[t].Kind != news.Organization || !cut {
			continue
		}
		other, found := j.byKey[nameKey{news.Organization, base}]
		if !found {
			other, found = byBase[base]
		}
		switch {
		case !found:
			byBase[base] = t
		case other >= 0:
			j.one(t, other)
		}
	}
}

// withoutForm is a folded company name without its legal form, and whether it had one.
func withoutForm(name string) (base string, cut bool) {
	for {
		rest, last, found := lastWord(name)
		if !found || !legalForms[last] {
			return name, cut
		}
		name, cut = rest, true
	}
}

func lastWord(name string) (rest, last string, found bool) {
	i := strings.LastIndexByte(name, ' ')
	if i < 0 {
		return "", name, false
	}
	return name[:i], name[i+1:], true
}

var legalForms = set("inc incorporated corp corporation co company ltd limited plc llc llp gmbh ag nv bv ab oyj")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// byMiddleNames joins persons whose first and last names are equal and whose middle names do not disagree, where
// they move in the same circles: "Donald J. Trump". Of two whose middle names disagree neither is the one without.
func (j *joiner) byMiddleNames() {
	type ends struct{ first, last string }
	alike := map[ends][]int{}
	for t := range j.things {
		words := strings.Fields(j.things[t].key.name)
		if j.things[t].Kind == news.Person && len(words) > 1 {
			k := ends{words[0], words[len(words)-1]}
			alike[k] = append(alike[k], t)
		}
	}
	var groups [][]int
	for _, group := range alike {
		if len(group) > 1 && len(group) < manyNamesakes {
			groups = append(groups, group)
		}
	}
	slices.SortFunc(groups, func(a, b []int) int { return cmp.Compare(a[0], b[0]) })
	j.meet(groups)
	for _, group := range groups {
		for n, a := range group {
			for _, b := range group[:n] {
				if j.oneMiddle(a, b, group) && j.shareContext(a, b) {
					short, long := a, b
					if len(j.things[a].key.name) > len(j.things[b].key.name) {
						short, long = b, a
					}
					if j.things[long].articles > j.things[short].articles {
						short, long = long, short
					}
					j.one(long, short)
				}
			}
		}
	}
}

// oneMiddle reports whether the middle names of two persons agree, and no third of the group could be meant as well.
func (j *joiner) oneMiddle(a, b int, group []int) bool {
	if !agree(j.things[a].key.name, j.things[b].key.name) {
		return false
	}
	for _, c := range group {
		if c != a && c != b && agree(j.things[a].key.name, j.things[c].key.name) != agree(j.things[b].key.name, j.things[c].key.name) {
			return false
		}
	}
	return true
}

// agree reports whether one of two folded names has the words of the other in order, an initial for its word.
func agree(a, b string) bool {
	short, long := strings.Fields(a), strings.Fields(b)
	if len(short) > len(long) {
		short, long = long, short
	}
	for _, w := range long {
		if len(short) > 0 && (short[0] == w || len(short[0]) == 1 && short[0] == w[:1] || len(w) == 1 && w == short[0][:1]) {
			short = short[1:]
		}
	}
	return len(short) == 0
}

// ubiquitous is the share of the archive's articles, one in so many, from which a name is no context: it stands beside
// everybody.
const ubiquitous = 10

// meet gathers, for the things of the groups, what else their articles name.
func (j *joiner) meet(groups [][]int) {
	j.among = map[int]map[int]bool{}
	for _, group := range groups {
		for _, t := range group {
			j.among[t] = map[int]bool{}
		}
	}
	if len(groups) == 0 {
		return
	}
	for _, card := range j.of {
		for _, t := range card {
			if among, wanted := j.among[t]; wanted {
				for _, other := range card {
					if other >= 0 && other != t && j.distinctive(other, len(j.cards)) {
						among[j.root(other)] = true
					}
				}
			}
		}
	}
}

func (s *resolver) distinctive(t, cards int) bool {
	return ubiquitous*s.things[t].articles <= max(cards, ubiquitous*ubiquitous)
}

// shareContext reports whether some other thing stands in articles of both.
func (j *joiner) shareContext(a, b int) bool {
	for t := range j.among[a] {
		if j.among[b][t] && j.root(t) != j.root(a) && j.root(t) != j.root(b) {
			return true
		}
	}
	return false
}
