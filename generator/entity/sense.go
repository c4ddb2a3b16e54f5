package entity

import (
	"strings"

	"broadsheet/generator/news"
)

// theNorth reads "the North" and "the South" as the country that the text has named: North Korea where it speaks of
// a Korea. The article is part of these names; without it they are points of the compass.
func (r *reader) theNorth() {
	base := r.divided()
	if base == "" {
		return
	}
	var spans []span
	next := 0
	for i := 1; i < len(r.words); i++ {
		for next < len(r.spans) && r.spans[next].from < i {
			spans = append(spans, r.spans[next])
			next++
		}
		if !compass(r.words[i].text) || len(spans) > 0 && spans[len(spans)-1].to > i-1 || next < len(r.spans) && r.spans[next].from <= i {
			continue
		}
		if n, ok := r.lex.compassPlace(r.words[i].text, base); ok && r.standsAlone(i) {
			spans = append(spans, span{from: i - 1, to: i + 1, kind: news.Place, canon: n.canon, sure: true})
		}
	}
	r.spans = append(spans, r.spans[next:]...)
}

// divided is the Korea of "North Korea", where the text names a place so.
func (r *reader) divided() string {
	for _, s := range r.spans {
		if s.kind == news.Place && s.to-s.from == 2 && compass(r.words[s.from].text) {
			base := r.words[s.to-1].text
			if _, ok := r.lex.compassPlace(opposite(r.words[s.from].text), base); ok {
				return base
			}
		}
	}
	return ""
}

func opposite(point string) string {
	switch point {
	case "North":
		return "South"
	case "South":
		return "North"
	case "East":
		return "West"
	}
	return "East"
}

// standsAlone reports whether the point of the compass at i is the whole of "the North".
func (r *reader) standsAlone(i int) bool {
	article := r.words[i-1].text
	return (article == "the" || article == "The") && (i+1 == len(r.words) || !r.words[i+1].named() && r.words[i+1].text != "-")
}

// theStates reads "Washington" and "New York" as the state where the text says so: "Seattle, Washington", "Washington
// state". A text that says so, and nowhere that it means the city, means the state throughout.
func (r *reader) theStates() {
	for _, city := range [...]string{"Washington", "New York"} {
		var bare []int
		state, town := false, false
		for i := range r.spans {
			s := &r.spans[i]
			if printed := r.joined(s.from, s.to); s.kind == news.Place && (printed == city+", D.C." || printed == city+", DC") {
				s.canon = city
			}
			if s.kind != news.Place || s.canon != city && s.canon != city+stateSuffix {
				continue
			}
			switch {
			case s.canon != city || r.saysState(i, city):
				s.canon, s.capital, state = city+stateSuffix, false, true
			case r.joined(s.from, s.to) != city || r.followedBy(s.to, ",", "D.C.") || r.sense(i) != "":
				town = true
			default:
				bare = append(bare, i)
			}
		}
		if state && !town {
			for _, i := range bare {
				r.spans[i].canon, r.spans[i].capital = city+stateSuffix, false
			}
		}
	}
}

// stateSuffix tells a state from its city.
const stateSuffix = " State"

// saysState reports whether what stands beside span i makes it a state: a town of it before, or the word.
func (r *reader) saysState(i int, name string) bool {
	s := &r.spans[i]
	if s.to < len(r.words) && r.words[s.to].text == "state" {
		return true
	}
	if before := r.before(s.from); before == "of" && s.from > 1 {
		of := r.words[s.from-2].text
		return of == "state" || of == "State" || of == "governor" || of == "Governor"
	}
	if r.before(s.from) != "," {
		return false
	}
	comma := s.from - 1
	for n := 1; n <= longestTown && n <= comma; n++ {
		if isTownOf(r.joined(comma-n, comma), name) {
			return true
		}
	}
	return false
}

const longestTown = 3 // words

func (r *reader) followedBy(at int, words ...string) bool {
	for n, w := range words {
		if at+n >= len(r.words) || r.words[at+n].text != w {
			return false
		}
	}
	return true
}

// sense is "government" where the seat of government of span i stands for those who sit there: it acts ("Pyongyang
// has signaled"), or has relations ("tensions between Pyongyang and Washington", "contacts with Washington").
func (r *reader) sense(i int) string {
	s := &r.spans[i]
	if s.kind == news.Place && s.capital && (r.acts(s) || r.relates(i)) {
		return "government"
	}
	return ""
}

func (r *reader) before(i int) string {
	if i < 1 {
		return ""
	}
	return r.words[i-1].text
}

func (r *reader) acts(s *span) bool {
	if s.from > 0 && (r.words[s.from-1].is(locative) || r.words[s.from-1].text == "of") || s.to >= len(r.words) {
		return false
	}
	next := &r.words[s.to]
	if next.parts {
		return false
	}
	switch next.text {
	case "has", "had", "would", "will", "could", "should", "may", "might", "must", "did", "does", "wants", "taking":
		return true
	}
	return next.is(speech)
}

// relates reports whether span i is one side of a relation between governments.
func (r *reader) relates(i int) bool {
	s := &r.spans[i]
	switch r.before(s.from) {
	case "between":
		return i+1 < len(r.spans) && r.partners(s, &r.spans[i+1])
	case "and":
		return i > 0 && r.before(r.spans[i-1].from) == "between" && r.partners(&r.spans[i-1], s)
	case "with":
		return s.from > 1 && relation(r.words[s.from-2].text)
	}
	return false
}

func (r *reader) partners(a, b *span) bool {
	return a.kind == news.Place && b.kind == news.Place && b.from == a.to+1 && r.words[a.to].text == "and" && a.from > 1 && relation(r.words[a.from-2].text)
}

func relation(noun string) bool {
	switch strings.ToLower(noun) {
	case "tensions", "tension", "relations", "ties", "talks", "contacts", "contact", "dialogue", "negotiations", "agreement", "treaty", "deal", "dispute", "alliance", "cooperation", "standoff", "row", "truce":
		return true
	}
	return false
}
