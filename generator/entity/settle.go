package entity

import (
	"slices"

	"broadsheet/generator/news"
)

// settle gives unsure names the kind that the rest of the text shows: "Odinga" is a person where "Raila Odinga" is,
// and where "Odinga said".
func (r *reader) settle() {
	known := r.known()
	for i := range r.spans {
		s := &r.spans[i]
		if s.sure {
			continue
		}
		kind, found := known[r.joined(s.from, s.to)]
		if !found {
			kind = s.guess
		}
		if kind != s.guess {
			s.canon = ""
		}
		s.kind = kind
	}
	r.spans = slices.DeleteFunc(r.spans, func(s span) bool { return s.kind == 0 })
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
		if s.kind == news.Person && s.sure {
			known[r.words[s.to-1].text] = news.Person
			known[r.words[s.from].text] = news.Person
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
