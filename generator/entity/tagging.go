package entity

import (
	"slices"
	"strings"

	"broadsheet/generator/entity/tagger"
	"broadsheet/generator/news"
)

// tag replaces what the rules found by what the model makes of it, but for what only rules can know: two places in
// "North and South Korea", no name in "the North", which theNorth reads, and who speaks in an interview.
func (r *reader) tag(model *tagger.Model, headline map[string]news.Kind) {
	r.observe()
	e := r.evidence
	found := e.found[:0]
	for s := r.stretchAt(0); s.from < s.to; s = r.stretchAt(s.to) {
		e.decoder.Reset()
		for i := s.from; i < s.to; i++ {
			e.features = r.describe(e.features[:0], i)
			sum := model.Sum(e.features)
			r.lean(&sum)
			e.decoder.Add(sum, model.Next())
		}
		e.tags = e.decoder.Best(e.tags[:0])
		found = r.named(found, s.from, e.tags)
	}
	e.found = r.lowerHeads(found)
	r.asPersons(e.found, headline)
	r.agree(e.found)
	e.found = r.listedAlike(e.found)
	e.found = r.asPlaces(e.found)
	r.spans = r.settled(r.spans, r.echoed(e.found))
}

// stretch is words that are read together: capitalised ones and what stands between them.
type stretch struct{ from, to int }

// widest is how many other words may stand between those of a name.
const widest = 2

// stretchAt is the first stretch at or after word i; it is empty where there is none.
func (r *reader) stretchAt(i int) stretch {
	for i < len(r.words) && !r.words[i].named() {
		i++
	}
	if i == len(r.words) {
		return stretch{i, i}
	}
	end := i + 1
	for gap := 0; end+gap < len(r.words) && gap <= widest && !r.words[end+gap].parts; {
		w := &r.words[end+gap]
		if w.named() || w.shape == number && gap == 0 {
			end += gap + 1
			gap = 0
			continue
		}
		if gap == 0 && r.hyphened(end) {
			end += 2
			continue
		}
		gap++
	}
	return stretch{i, end}
}

// hyphened reports whether a hyphen set apart stands at i and a word in lower case after it: "Kim Dae - jung".
func (r *reader) hyphened(i int) bool {
	return i+1 < len(r.words) && r.words[i].text == "-" && r.words[i+1].shape == lower && !r.words[i+1].parts
}

// settled is the model's spans, in place of which the rules' fixed ones stand, and without points of the compass.
func (r *reader) settled(rules, model []span) []span {
	var all []span
	for _, s := range rules {
		if s.fixed || s.kind != 0 && r.speaks(&s) {
			all = append(all, s)
		}
	}
	fixed := all
	for _, s := range model {
		if s.to-s.from == 1 && compass(r.words[s.from].text) || r.misread(&s) || r.afloat(&s) || r.plainWord(&s) || slices.ContainsFunc(fixed, s.meets) {
			continue
		}
		if a, b, two := r.twoNames(s, rules); two {
			all = append(all, a, b)
		} else {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b span) int { return a.from - b.from })
	return all
}

// misread reports whether a span is what scans have for marks and parts of words: single letters alone, or one word that
// the text has once and neither title nor fuller name makes a person's.
func (r *reader) misread(s *span) bool {
	switch {
	case r.reads == legible:
		return false
	case r.reads == garbled && s.kind == news.Person && s.to-s.from == 1 && !s.titled && !r.again(s.from):
		return true
	}
	return !slices.ContainsFunc(r.words[s.from:s.to], func(w word) bool { return w.shape != initial })
}

// afloat reports whether a span is what a ship is called: "the brig Essex, Capt. Orne", "the ship John and Edward".
func (r *reader) afloat(s *span) bool {
	k := s.from - 1
	if k > 1 && r.words[k].text == "and" && r.words[k-1].named() {
		k -= 2
	}
	if k < 0 || r.words[s.from].parts {
		return false
	}
	switch strings.ToLower(r.words[k].text) {
	case "ship", "brig", "brigantine", "schooner", "schr", "schr.", "sloop", "steamer", "steamship", "steamboat", "barque", "bark", "frigate", "ketch", "whaler":
		return true
	}
	return false
}

// plainWord reports whether a span is one word that names nobody by itself: "Democrats" as a person, and in a scan, where
// capitals are found anywhere, a word of the language as a person or place.
func (r *reader) plainWord(s *span) bool {
	w := &r.words[s.from]
	if s.to-s.from > 1 || s.titled || s.kind == news.Organization || s.canon != "" || w.is(given|surname) {
		return false
	}
	return s.kind == news.Person && w.is(demonym) || r.reads != legible && (w.isCommon() || w.class == 0 && r.lex.inflected(w.text))
}

// twoNames parts what the rules know as two places: "New York for Lake Victoria".
func (r *reader) twoNames(s span, rules []span) (a, b span, two bool) {
	at, found := slices.BinarySearchFunc(rules, s.from, func(s span, from int) int { return s.from - from })
	if !found || at+1 >= len(rules) {
		return a, b, false
	}
	a, b = rules[at], rules[at+1]
	places := a.kind == news.Place && b.kind == news.Place && a.sure && b.sure
	return a, b, places && b.to == s.to && a.to+1 == b.from && r.words[a.to].is(function) && r.words[a.to].text != "of"
}

// withoutTitle leaves "Dr." out of a person's name, words in lower case and honours at its end, and whose a person of two
// names is: "Jane Doe of KEDO".
func (r *reader) withoutTitle(from, to int) (int, int) {
	for k := from + 2; k < to; k++ {
		if r.words[k].text == "of" {
			to = k
		}
	}
	for to-from > 1 && r.words[from].is(title) && !r.words[from].is(given) {
		from++
	}
	for to-from > 1 && (!r.words[to-1].named() && r.words[to-2].text != "-" || r.honour(to-1)) {
		to--
	}
	return from, to
}

// honour reports whether the word at i is printed behind a name: MP, OBE.
func (r *reader) honour(i int) bool {
	w := &r.words[i]
	return w.is(never) && w.shape == upper && !numeral(w.text)
}

func (s span) meets(o span) bool { return s.from < o.to && o.from < s.to }

// named adds the names that the tags of the words from i on make.
func (r *reader) named(spans []span, i int, tags []tagger.Tag) []span {
	for k := 0; k < len(tags); k++ {
		if tags[k] == 0 {
			continue
		}
		end := k + 1
		for end < len(tags) && !tags[end-1].Closes() {
			end++
		}
		to := i + end
		for tags[k].Kind() == news.Person && r.goesOn(to) {
			to += 2
		}
		spans = append(spans, r.spanOf(i+k, to, tags[k].Kind()))
		k = to - i - 1
	}
	return spans
}

// goesOn reports whether a person's name goes on behind a hyphen that is set apart, as what stands there is no word:
// "Jun - seok", but not "Jun - who".
func (r *reader) goesOn(i int) bool {
	return r.reads == legible && r.hyphened(i) && r.words[i+1].class == 0 && !r.lex.inflected(r.words[i+1].text)
}

// spanOf is the rules' span where they agree, else one that the gazetteer may know more of.
func (r *reader) spanOf(from, to int, kind news.Kind) span {
	if to-from > 1 && strings.HasPrefix(r.words[from].text, "Messrs") {
		from++
	}
	at, found := slices.BinarySearchFunc(r.spans, from, func(s span, from int) int { return s.from - from })
	if found && r.spans[at].to == to && r.spans[at].kind == kind {
		return r.spans[at]
	}
	if kind == news.Person {
		from, to = r.withoutTitle(from, to)
	}
	s := span{from: from, to: to, kind: kind, sure: true, titled: from > 0 && r.words[from-1].is(title)}
	s.shared = kind == news.Organization && to-from == 1 && r.words[from].is(orgHead) // "the University"
	if to-from == 3 && (r.words[to-1].text == "D.C." || r.words[to-1].text == "DC") {
		to = from + 1 // "Washington, D.C." is Washington
	}
	if n, ok := r.lookup(from, to); ok && n.kind == kind {
		s.canon, s.capital, s.shared = n.canon, n.capital, n.shared
	}
	return s
}
