package entity

import (
	"slices"
	"strings"

	"broadsheet/generator/news"
)

// theTowns reads which of the towns of a name a text means, where it prints the state, the county or the country behind
// it: "WHITBY, England", "Paris (Texas)", "Newport in Wales". Where it means one alone, it means that throughout; where
// several, the one told last before.
func (r *reader) theTowns(head *reader) {
	told := map[string][]telling{} // by name
	for i := range r.spans {
		if name, town := r.toldAt(i); town != "" {
			s := &r.spans[i]
			told[name] = append(told[name], telling{i, town})
			if s.kind != news.Place {
				*s = r.spanOf(s.from, s.to, news.Place)
			}
		}
	}
	if len(told) > 0 {
		r.follow(told)
		head.follow(told)
	}
}

// telling is a span that says which town it is.
type telling struct {
	span int
	town string
}

// follow gives places of the names told the town that they mean.
func (r *reader) follow(told map[string][]telling) {
	for i := range r.spans {
		s := &r.spans[i]
		if s.kind != news.Place {
			continue
		}
		name := r.placeName(s)
		tellings := told[name]
		if len(tellings) == 0 {
			continue
		}
		town := tellings[0].town
		if slices.ContainsFunc(tellings, func(t telling) bool { return t.town != town }) {
			town = name
			for _, t := range tellings {
				if t.span <= i {
					town = t.town
				}
			}
		}
		if town != name {
			s.canon, s.capital = town, false
		}
	}
}

func (r *reader) placeName(s *span) string {
	if s.canon != "" && s.kind == news.Place {
		return s.canon
	}
	return r.joined(s.from, s.to)
}

// toldAt is the name of span i and the town that is meant, if what stands behind it tells. What is not taken for a
// place is one where the state behind it has a town of the name: "Lincoln, Neb."
func (r *reader) toldAt(i int) (name, town string) {
	s := &r.spans[i]
	if s.fixed {
		return "", ""
	}
	codes, doubtful := r.divisionBehind(s.to)
	name = r.placeName(s)
	if s.kind == news.Place {
		return name, readAtlas().townIn(name, codes, doubtful)
	}
	if n, found := r.lookup(s.from, s.to); found {
		name = n.canon
	}
	if readAtlas().hasTown(name, codes) {
		return name, readAtlas().townIn(name, codes, doubtful)
	}
	return "", ""
}

// longestDivision is how many words the name of a state or country may have.
const longestDivision = 4

// divisionBehind is the codes of the state or country that stands behind a town that ends at word i. It is doubtful whether
// it says where that lies where it is the first of several, "London, Scotland and Wales", or a town of the name is
// better known: "London, New York".
func (r *reader) divisionBehind(i int) (codes []string, doubtful bool) {
	if i+1 >= len(r.words) || r.words[i].parts {
		return nil, false
	}
	link := r.words[i].text
	if link != "," && link != "(" && link != "in" {
		return nil, false
	}
	codes, end := r.division(i + 1)
	switch {
	case len(codes) == 0 || link == "in" && end == i+2 && len(r.words[i+1].text) <= shortest: // "in LA"
		return nil, false
	case end < len(r.words) && (r.words[end].text == "," || r.words[end].text == "and"):
		others, _ := r.division(end + 1)
		doubtful = len(others) > 0
	}
	sites := readAtlas().sites[r.joined(i+1, end)]
	return codes, doubtful || len(sites) > 0 && sites[0].town && strings.HasPrefix(codes[0], "US.")
}

// division is the codes of the state or country whose name begins at word i, the longest, and where it ends.
func (r *reader) division(i int) (codes []string, end int) {
	for n := min(longestDivision, len(r.words)-i); n > 0; n-- {
		if slices.ContainsFunc(r.words[i:i+n], func(w word) bool { return w.parts }) {
			continue
		}
		if codes := readAtlas().division(r.joined(i, i+n)); codes != nil {
			return codes, i + n
		}
	}
	return nil, i
}

// division is the codes of the countries and divisions of a name as it is printed behind a town's, none if it has none.
func (a *atlas) division(printed string) []string {
	form := strings.TrimSuffix(printed, ".")
	if codes := a.divisions[form]; codes != nil || !shouted(form) || len(form) < 3 {
		return codes
	}
	return a.divisions[titleWords(form)]
}

// inOne reports whether a place is a town in one of the countries or divisions.
func (s *site) inOne(codes []string) bool {
	return s.town && (slices.Contains(codes, s.region) || slices.Contains(codes, s.country))
}

func (a *atlas) hasTown(name string, codes []string) bool {
	return slices.ContainsFunc(a.sites[name], func(s site) bool { return s.inOne(codes) })
}

// townIn is the name by which a town in one of the divisions is told from others of its name: its own, if it needs no
// telling. It is "" where there is nothing to tell, or nothing told. A town that the atlas does not have is believed
// in, but where a larger one needs no telling only if a state says so: "Paris, Ky."
func (a *atlas) townIn(name string, codes []string, doubtful bool) string {
	sites := a.sites[name]
	var in []site
	for _, s := range sites {
		if s.inOne(codes) {
			in = append(in, s)
		}
	}
	switch {
	case len(codes) == 0 || len(sites) == 0:
		return ""
	case slices.ContainsFunc(sites, func(s site) bool { return !s.town && slices.Contains(codes, s.country) }):
		return name // "Minsk, Belarus": a region has the name, too
	case len(in) == 0:
		if doubtful || slices.ContainsFunc(sites, func(s site) bool { return !s.town }) || a.needsNoTelling(name) && !ofStates(codes) {
			return ""
		}
		return name + " (" + a.names[codes[0]] + ")"
	case len(sites) == 1 || a.needsNoTelling(name) && largest(sites).inOne(codes):
		return name
	}
	town := &in[0]
	if slices.ContainsFunc(in, func(s site) bool { return s.region != town.region }) {
		if town = largest(in); town == nil {
			return ""
		}
	}
	return name + " (" + a.names[a.whereabouts(name, town)] + ")"
}

// unlisted is the most people, in thousands, whom a town may have that the atlas does not have.
const unlisted = 15

// needsNoTelling reports whether one place of the name is so much larger than any other that it is meant where nothing else is said.
func (a *atlas) needsNoTelling(name string) bool {
	sites := a.sites[name]
	if len(sites) == 0 {
		return false
	}
	meant := largest(sites)
	return meant != nil && (!meant.town || meant.population >= timesLarger*unlisted)
}

// federal are countries whose towns news tells apart by state or province.
var federal = set("US CA AU GB")

// ofStates reports whether all codes are of states.
func ofStates(codes []string) bool {
	return !slices.ContainsFunc(codes, func(code string) bool { return len(code) == 2 || !federal[code[:2]] || code[:2] == "GB" })
}

// whereabouts is the code by which a town is told from others of its name: of its state, or of its country.
func (a *atlas) whereabouts(name string, town *site) string {
	elsewhere := func(s site) bool { return s.town && s.country == town.country && s.region != town.region }
	if federal[town.country] || slices.ContainsFunc(a.sites[name], elsewhere) {
		return town.region
	}
	return town.country
}

// whereIn parts a name that says where a town lies, "Paris (Texas)", and gives the codes of that; none where it does not.
func (a *atlas) whereIn(name string) (town string, codes []string) {
	town, within, found := strings.Cut(name, " (")
	if !found || !strings.HasSuffix(within, ")") || a.sites[name] != nil {
		return name, nil
	}
	return town, a.codes[key(strings.TrimSuffix(within, ")"))]
}
