package entity

import (
	"slices"
	"strings"

	"broadsheet/generator/news"
)

// byHead reads a run whose last word, or whose word before "of", says what it is.
func (r *reader) byHead(i, j int) bool {
	head := r.head(i, j)
	if head < 0 {
		return r.placeFirst(i, j)
	}
	w := &r.words[head]
	switch {
	case w.is(surname) && j-i == 2 && r.words[i].is(given) && !r.words[i].isCommon():
		return false
	case w.is(orgHead):
		return r.organization(i, j, head)
	case w.is(placeHead):
		return r.place(i, j, head)
	}
	return true // a treaty, a cup, a war
}

// head is the index of the word that says what the run is, or -1.
func (r *reader) head(i, j int) int {
	for k := i; k < j; k++ {
		if r.words[k].is(headWord) && k+1 < j && !r.words[k+1].named() && !r.words[k+1].is(particle) && r.words[k+1].text != "&" {
			return k
		}
	}
	last := j - 1
	for last > i && numeral(r.words[last].text) {
		last-- // World War II
	}
	if r.words[last].is(headWord) {
		return last
	}
	return -1
}

// numeral reports whether a word is a Roman number.
func numeral(s string) bool { return strings.Trim(s, "IVX") == "" }

// eventFirst reports whether a run begins with what it is, neither person, place nor organisation: "Hurricane Maria".
func (r *reader) eventFirst(i, j int) bool {
	switch r.words[i].text {
	case "Hurricane", "Typhoon", "Cyclone", "Storm", "Operation", "Tropical":
		return j-i > 1
	}
	return false
}

// placeFirst reads "Lake Victoria", "Mount Fuji", "Port Sudan".
func (r *reader) placeFirst(i, j int) bool {
	switch r.words[i].text {
	case "Lake", "Mount", "Mt.", "Cape", "Fort", "Port", "Camp", "Isle", "San", "Santa", "Los", "Las", "El", "Saint", "St.":
		if j-i >= 2 && j-i <= 3 && !r.words[j-1].is(title) {
			kind := news.Place
			r.add(span{from: i, to: j, kind: kind, sure: r.words[i].is(placeHead), guess: kind})
			return true
		}
	}
	return false
}

// organization reads a run with an organisation's head. Alone, a head names nothing; a person's title before it is
// no part of the name.
func (r *reader) organization(i, j, head int) bool {
	for i < head && (r.words[i].is(title) && r.words[i].shape == capital && !r.words[i].is(orgHead) && r.words[i+1].is(demonym|title) || r.words[i].text == "The") {
		i++
	}
	if j-i == 1 {
		if r.words[i].shape == upper {
			r.byContext(i, j)
		}
		return true
	}
	if r.words[head].isCommon() && j-i == 2 && head == i+1 && r.words[i].is(demonym) && !r.institution(head) {
		return true
	}
	ministry := r.words[head].text == "Ministry" && (head == i || r.learned(i))
	r.add(span{from: i, to: j, kind: news.Organization, sure: true, shared: ministry})
	return true
}

// institution reports whether a demonym before the head makes a name: "Czech Senate", not "Russian Forces".
func (r *reader) institution(head int) bool {
	switch r.words[head].text {
	case "Forces", "Police", "Team", "Press", "Media", "Radio", "News", "Company", "Group", "Companies":
		return false
	}
	return true
}

// place reads a run with a place's head, up to the head or to what "of" adds to it.
func (r *reader) place(i, j, head int) bool {
	if j-i == 1 || r.words[i].is(demonym) && j-i == 2 {
		return true
	}
	if head != j-1 && r.words[head+1].text != "of" {
		j = head + 1
	}
	if j-i < 2 {
		return true
	}
	kind := news.Place
	if w := r.words[head].text; (w == "Channel" || w == "Reserve") && r.words[head-1].is(orgHead) {
		kind = news.Organization // News Channel, Army Reserve
	}
	r.add(span{from: i, to: j, kind: kind, sure: true})
	return true
}

// lowerHead is the kind that old print's "Jackson county" and "the British army" are of: names whose last word is in
// lower case. Today's has these words with a capital where they are a name's.
func (r *reader) lowerHead(i int) news.Kind {
	switch r.words[i].text {
	case "county", "river", "creek", "street", "avenue", "road", "bridge":
		if before := &r.words[i-1]; !before.is(calendar|demonym|title) && before.plain&function == 0 && before.shape != initial {
			return news.Place
		}
	case "army", "navy", "nation":
		if r.words[i-1].is(demonym) {
			return news.Organization
		}
	}
	return 0
}

// lowerHeads adds names whose last word is in lower case, or that word to the name before it.
func (r *reader) lowerHeads(found []span) []span {
	at := 0
	for i := 1; i < len(r.words); i++ {
		before := &r.words[i-1]
		if !before.named() || r.words[i].parts {
			continue
		}
		kind := r.lowerHead(i)
		if kind == 0 {
			continue
		}
		for at < len(found) && found[at].to < i {
			at++
		}
		s := span{from: i - 1, to: i + 1, kind: kind, sure: true}
		switch {
		case at < len(found) && found[at].to == i:
			if r.words[found[at].from].shape != initial {
				s.from = found[at].from
			}
			found[at] = s
		case at < len(found) && found[at].from <= i, before.opens && before.isCommon():
		default:
			found = slices.Insert(found, at, s)
		}
	}
	return found
}

// ofState adds "State of" before a place to its name: "the State of New York".
func (r *reader) ofState() {
	for i := range r.spans {
		s := &r.spans[i]
		at := s.from - 2
		if s.kind != news.Place || at < 0 || r.words[at+1].text != "of" || at > 0 && r.words[at-1].text == "of" || i > 0 && r.spans[i-1].to > at {
			continue
		}
		switch titleCase(r.words[at].text) {
		case "State", "City", "Province", "County", "Territory":
			s.from = at
		}
	}
}
