package entity

import (
	"slices"

	"broadsheet/generator/news"
)

// echoed is names found, and the runs of capitals that the text elsewhere has as one of them, or as the family name of
// a person of them.
func (r *reader) echoed(found []span) []span {
	kinds := r.kindsOf(found)
	next := 0
	for i := 0; i < len(r.words); {
		for next < len(found) && found[next].from <= i {
			i = max(i, found[next].to)
			next++
		}
		if i == len(r.words) || !r.words[i].named() {
			i++
			continue
		}
		_, to := r.runOf(i)
		if next < len(found) && found[next].from < to {
			i++
			continue
		}
		from := r.bareName(i, to)
		end := to
		for end-from > 1 && r.words[end-1].plain&function != 0 && !r.words[end-1].is(given|surname) {
			end--
		}
		if kind := kinds[r.spelling(from, end)]; from < end && kind != 0 && r.mayEcho(from, end) {
			found = slices.Insert(found, next, r.spanOf(from, end, kind))
			next++
		}
		i = to
	}
	return found
}

// asPersons makes persons of what was taken for organisations: single words that are a person's family name in the text
// or, by known, in its headline, and whoever took a picture: "REUTERS/Jane Doe".
func (r *reader) asPersons(found []span, headline map[string]news.Kind) {
	families := map[uint64]bool{}
	for _, s := range found {
		if s.kind == news.Person && s.to-s.from > 1 {
			families[r.words[s.to-1].lower] = true
		}
	}
	for i, s := range found {
		if s.kind != news.Organization || s.canon != "" {
			continue
		}
		w := &r.words[s.from]
		named := s.to-s.from == 1 && w.shape != upper && (families[w.lower] || headline[w.text] == news.Person)
		if named || r.credited(&s) {
			found[i] = r.spanOf(s.from, s.to, news.Person)
		}
	}
}

// credited reports whether two words or three stand behind an agency and a stroke, none of which makes an organisation.
func (r *reader) credited(s *span) bool {
	if n := s.to - s.from; s.from < 2 || n < 2 || n > 3 || r.words[s.from-1].text != "/" || r.words[s.from].parts {
		return false
	}
	agency, found := r.lookup(s.from-2, s.from-1)
	return found && agency.kind == news.Organization && !r.words[s.to-1].is(orgHead)
}

// agree gives names that are spelt alike the kind that more than half of them have.
func (r *reader) agree(found []span) {
	kinds := map[uint64][len(news.Kinds) + 1]uint16{}
	for _, s := range found {
		name := r.spelling(s.from, s.to)
		counts := kinds[name]
		counts[s.kind]++
		kinds[name] = counts
	}
	for i, s := range found {
		counts := kinds[r.spelling(s.from, s.to)]
		all := uint16(0)
		for _, n := range counts {
			all += n
		}
		if most := mostOf(counts); most != s.kind && 2*counts[most] > all {
			found[i] = r.spanOf(s.from, s.to, most)
		}
	}
}

// kindsOf is the kinds of names by how they are spelt; of several, that of the last.
func (r *reader) kindsOf(found []span) map[uint64]news.Kind {
	kinds := map[uint64]news.Kind{}
	for _, s := range found {
		if s.kind == news.Person {
			kinds[r.spelling(s.to-1, s.to)] = s.kind
		}
	}
	for _, s := range found {
		kinds[r.spelling(s.from, s.to)] = s.kind
	}
	return kinds
}

// spelling is a number that is equal for words spelt alike but for case.
func (r *reader) spelling(from, to int) uint64 {
	h := uint64(to - from)
	for ; from < to; from++ {
		h = mix(h, r.words[from].lower)
	}
	return h
}

// bareName is where a name begins in a run of capitals, behind titles and the like.
func (r *reader) bareName(from, to int) int {
	for from < to && (r.words[from].is(title|demonym) || r.words[from].plain&function != 0) {
		from++
	}
	return from
}

// mayEcho reports whether the words may be a name by their looks alone.
func (r *reader) mayEcho(from, to int) bool {
	w := &r.words[from]
	return to-from > 1 || !w.is(never|calendar|demonym) && !(w.isCommon() && w.opens) && !r.printsLower(w)
}
