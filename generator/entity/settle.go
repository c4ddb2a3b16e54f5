package entity

import (
	"slices"

	"broadsheet/generator/news"
)

// settle gives unsure names the kind that the rest of the text shows: "Odinga" is a person where "Raila Odinga" is,
// and where "Odinga said". A name that nothing vouches for counts where the text has it at least so often.
// The headline's names vouch for the body's.
func (r *reader) settle(least int, headline map[string]news.Kind) {
	r.judge(least, headline)
	r.spans = slices.DeleteFunc(r.spans, func(s span) bool { return s.kind == 0 || r.reads == garbled && !r.listed(&s) })
}

// judge is settle, but leaves in what is no name.
func (r *reader) judge(least int, headline map[string]news.Kind) {
	known := r.known()
	often := r.often()
	for i := range r.spans {
		s := &r.spans[i]
		if s.sure {
			continue
		}
		text := r.joined(s.from, s.to)
		kind, found := known[text]
		if !found {
			kind, found = headline[text]
		}
		if !found && !(s.faint && often[text] < least) {
			kind = s.guess
		}
		if kind != s.guess {
			s.canon = ""
		}
		s.kind = kind
	}
}

// often counts the names that nothing vouches for.
func (r *reader) often() map[string]int {
	often := map[string]int{}
	for i := range r.spans {
		if s := &r.spans[i]; s.faint {
			often[r.joined(s.from, s.to)]++
		}
	}
	return often
}

// known is the kinds of the names that the text is clear about somewhere. What a name's own words say goes before
// what stands beside it, and that by majority.
func (r *reader) known() map[string]news.Kind {
	hints := map[string][len(news.Kinds) + 1]int{}
	for _, s := range r.spans {
		if s.hinted {
			text := r.joined(s.from, s.to)
			counts := hints[text]
			counts[s.guess]++
			hints[text] = counts
		}
	}
	known := map[string]news.Kind{}
	for text, counts := range hints {
		known[text] = mostHinted(counts)
	}
	for _, s := range r.spans {
		if s.kind == news.Person && s.sure || s.guess == news.Person && s.to-s.from > 1 {
			known[r.words[s.from].text] = news.Person
			for tail := s.from + 1; tail < s.to; tail++ {
				known[r.joined(tail, s.to)] = news.Person // "De La Fuente"
			}
		}
	}
	for _, s := range r.spans {
		if s.sure && s.kind != 0 {
			known[r.joined(s.from, s.to)] = s.kind
		}
	}
	return known
}

func mostHinted(counts [len(news.Kinds) + 1]int) news.Kind {
	best := news.Kind(0)
	for _, kind := range news.Kinds {
		if counts[kind] > counts[best] {
			best = kind
		}
	}
	return best
}

// listed reports whether the gazetteer has a name: as a whole, or the given name and the family name of a person.
func (r *reader) listed(s *span) bool {
	if s.canon != "" {
		return s.to-s.from > 1 || r.words[s.from].shape != upper || len(r.words[s.from].text) > shortWord
	}
	first, last := &r.words[s.from], &r.words[s.to-1]
	return s.kind == news.Person && s.to-s.from > 1 && (first.is(given) || first.shape == initial) && last.is(surname)
}
