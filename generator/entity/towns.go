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
			told[name] = append(told[name], telling{i, town})
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

// toldAt is the name of span i and the town that is meant, if what stands behind it tells.
func (r *reader) toldAt(i int) (name, town string) {
	s := &r.spans[i]
	if s.fixed || s.kind != news.Place {
		return "", ""
	}
	d := r.divisionBehind(s.to)
	name = r.placeName(s)
	return name, readAtlas().townIn(name, d.codes, d.doubtful)
}

// asPlaces makes places of what was taken for persons or organisations: what stands before a state that has a town of the
// name, "Lincoln, Neb.", two words or more before any state or county, "Long Compton, Warwickshire", that state or county itself,
// who sits for it, "MP for Ealing Southall", and what closes an address, "14, Mill Lane, Harlow Vale." Where the text has the name elsewhere, it is a place there, too.
func (r *reader) asPlaces(found []span) []span {
	places := map[uint64]bool{}
	found = r.filedFrom(r.unknownTowns(found))
	for i := range found {
		s := &found[i]
		if from := r.countyBefore(s); from < s.from {
			*s = r.spanOf(from, s.to, news.Place)
		}
		d := r.divisionBehind(s.to)
		if s.kind == news.Place || r.placeBefore(s, d) {
			found = r.withDivision(found, i, d)
			s = &found[i]
		}
		if s.kind != news.Place && (r.placeBefore(s, d) || r.seat(s.from) || r.addressed(s)) {
			places[r.spelling(s.from, s.to)] = true
		}
	}
	for i, s := range found {
		if len(places) > 0 && s.kind != news.Place && !s.titled && places[r.spelling(s.from, s.to)] {
			found[i] = r.spanOf(s.from, s.to, news.Place)
		}
	}
	return found
}

// unknownTowns adds towns that no list has where a state's short form stands behind them: "Linneus, Mo."
func (r *reader) unknownTowns(found []span) []span {
	for i := 1; i+1 < len(r.words); i++ {
		if r.words[i].text != "," || !r.words[i-1].named() || !strings.HasSuffix(r.words[i+1].text, ".") && !strings.HasSuffix(r.words[min(i+2, len(r.words)-1)].text, ".") {
			continue
		}
		d := r.divisionBehind(i)
		if d.doubtful || !ofStates(d.codes) || len(d.codes) == 0 || !strings.HasSuffix(r.words[d.to-1].text, ".") {
			continue
		}
		from, _ := r.runOf(i - 1)
		from = r.bareName(from, i)
		at, _ := slices.BinarySearchFunc(found, i, func(s span, i int) int { return s.to - i })
		if from == i || i-from > longestTown || at < len(found) && found[at].from < i || at > 0 && found[at-1].to > from || !r.mayEcho(from, i) || r.words[from].is(never|calendar|headWord) || r.words[i-1].isCommon() {
			continue
		}
		found = slices.Insert(found, at, r.spanOf(from, i, news.Place))
	}
	return found
}

// filedFrom adds a town in capitals at the head of a paragraph, before its state: "HAMPTON, IOWA, February 12".
func (r *reader) filedFrom(found []span) []span {
	for from := range r.words {
		if !r.words[from].parts && from > 0 || r.words[from].shape != upper {
			continue
		}
		to := from + 1
		for to < len(r.words) && to-from < longestTown && r.words[to].shape == upper && !r.words[to].parts {
			to++
		}
		d := r.divisionBehind(to)
		if d.doubtful || !inState(d.codes) || r.words[to].text != "," {
			continue
		}
		s := r.spanOf(from, to, news.Place)
		if s.canon == "" {
			s.canon = r.titled(from, to)
		}
		at, _ := slices.BinarySearchFunc(found, from, func(s span, from int) int { return s.from - from })
		if at == len(found) || found[at].from >= to {
			found = slices.Insert(found, at, s)
		}
	}
	return found
}

// countyBefore is where a span begins with the word for county that stands before it: "Co. Clare".
func (r *reader) countyBefore(s *span) int {
	from := s.from - 1
	if from > 0 && r.words[from].text == "." {
		from--
	}
	if from < 0 || !strings.HasPrefix(r.words[from].text, "Co") || readAtlas().division(r.joined(from, s.to)) == nil {
		return s.from
	}
	return from
}

// placeBefore reports whether a span that was not taken for a place is one by the division behind it.
func (r *reader) placeBefore(s *span, d division) bool {
	if s.titled || d.doubtful || !inState(d.codes) {
		return false
	}
	name := r.joined(s.from, s.to)
	if n, found := r.lookup(s.from, s.to); found {
		name = n.canon
	}
	first := &r.words[s.from]
	someone := first.shape == initial || first.is(given) && (!first.isCommon() || ofStates(d.codes))
	return s.kind == news.Person && s.to-s.from > 1 && !someone || readAtlas().hasTown(name, d.codes)
}

// seat reports whether a member of parliament's seat is named at i: "MP for".
func (r *reader) seat(i int) bool {
	if i < 2 || r.words[i-1].text != "for" {
		return false
	}
	switch r.words[i-2].text {
	case "MP", "M.P.", "MSP", "MLA", "M.L.A.", "TD", "T.D.":
		return true
	}
	return false
}

// addressed reports whether a span taken for a person is two words behind a street or a church, which a full stop, a line's
// end or the day closes: "at St. Wilfrid's Church, Harlow Vale, on Saturday".
func (r *reader) addressed(s *span) bool {
	if s.kind != news.Person || s.titled || s.to-s.from != 2 || s.from < 2 || r.words[s.from-1].text != "," || r.words[s.from].parts || r.words[s.from].shape == initial {
		return false
	}
	behind := strings.ToLower(r.words[s.from-2].text)
	switch behind[strings.LastIndexByte(behind, '-')+1:] { // Canal-street
	case "street", "lane", "road", "avenue", "place", "terrace", "church", "chapel":
	default:
		return false
	}
	if s.to == len(r.words) || r.words[s.to].parts || r.words[s.to].text == "." {
		return true
	}
	return r.words[s.to].text == "," && s.to+2 < len(r.words) && r.words[s.to+1].text == "on" && r.words[s.to+2].is(calendar)
}

// withDivision is the spans with the state or county behind span i as a place.
func (r *reader) withDivision(found []span, i int, d division) []span {
	if d.doubtful || !inState(d.codes) || r.words[d.from-1].text == "in" {
		return found
	}
	s := r.spanOf(d.from, d.to, news.Place)
	if s.canon == "" && d.codes[0][:2] != "GB" && d.codes[0][:2] != "IE" { // there it may be a county
		s.canon = readAtlas().names[d.codes[0]]
	}
	next := i + 1
	for next < len(found) && found[next].from < d.to {
		if found[next].from < d.from || found[next].to > d.to {
			return found
		}
		next++
	}
	return slices.Replace(found, i+1, next, s)
}

// inState reports whether all codes are of states, provinces or counties whose names news prints behind a town's.
func inState(codes []string) bool {
	return len(codes) > 0 && !slices.ContainsFunc(codes, func(code string) bool { return len(code) == 2 || !counties[code[:2]] })
}

// counties are countries whose towns news prints with their state or county.
var counties = set("US CA AU GB IE")

// longestDivision is how many words the name of a state or country may have.
const longestDivision = 4

// division is the words [from, to) that stand behind a town: codes of the country or state that they name, none if they do not.
type division struct {
	codes    []string
	from, to int
	doubtful bool // whether it says where the town lies
}

// divisionBehind is the state or country that stands behind a town which ends at word i. It is doubtful whether
// it says where that lies where it is the first of several, "London, Scotland and Wales", or a town of the name is
// better known: "London, New York".
func (r *reader) divisionBehind(i int) division {
	if i+1 >= len(r.words) || r.words[i].parts {
		return division{}
	}
	link := r.words[i].text
	if link != "," && link != "(" && link != "in" {
		return division{}
	}
	d := r.divisionAt(i + 1)
	switch {
	case len(d.codes) == 0:
		return division{}
	case link == "in" && d.to == i+2 && len(r.words[i+1].text) <= shortest: // "in LA"
		return division{}
	case d.to == len(r.words) || r.words[d.to].parts:
	case r.words[d.to].named() && !strings.HasSuffix(r.words[d.to-1].text, "."): // "Dorchester, Middlesex OPP say"
		return division{}
	case r.words[d.to].text == "," || r.words[d.to].text == "and":
		d.doubtful = d.to+1 < len(r.words) && len(r.divisionAt(d.to+1).codes) > 0
	}
	sites := readAtlas().sites[r.joined(d.from, d.to)]
	d.doubtful = d.doubtful || len(sites) > 0 && sites[0].town && strings.HasPrefix(d.codes[0], "US.")
	return d
}

// divisionAt is the state or country whose name begins at word i, the longest.
func (r *reader) divisionAt(i int) division {
	for n := min(longestDivision, len(r.words)-i); n > 0; n-- {
		if slices.ContainsFunc(r.words[i:i+n], func(w word) bool { return w.parts }) {
			continue
		}
		codes := readAtlas().division(r.joined(i, i+n))
		if r.words[i+n-1].text == "." {
			codes = readAtlas().divisions[r.joined(i, i+n)] // a sentence's end, rather
		}
		if codes != nil {
			return division{codes: codes, from: i, to: i + n}
		}
	}
	return division{}
}

// division is the codes of the countries and divisions of a name as it is printed behind a town's, none if it has none.
func (a *atlas) division(printed string) []string {
	for _, form := range [...]string{printed, strings.TrimSuffix(printed, ".")} {
		if codes := a.divisions[form]; codes != nil {
			return codes
		}
	}
	if len(printed) < 3 || !shouted(printed) {
		return nil
	}
	return a.divisions[titleWords(printed)]
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
