package entity

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"broadsheet/generator/entity/gazetteer"
	"broadsheet/generator/news"
)

// site is a place of the atlas.
type site struct {
	country    string // code
	region     string // code with the country's before it; "" for a country
	town       bool
	at         news.Position
	population int // of a town, in thousands
}

// within reports whether a town lies in a region.
func (s *site) within(region *site) bool { return s.town && !region.town && s.region == region.region }

// atlas is what GeoNames says of places.
type atlas struct {
	sites map[string][]site   // by name, the country first, then regions, then towns by population
	names map[string]string   // of countries and regions, by code
	codes map[string][]string // by folded name: of countries and regions, and the country of a large town that is the only one

	divisions map[string][]string  // by name or short form: codes of countries and regions
	adjoining map[string]string    // by a country's code: those of its neighbours, parted by commas
	homonyms  map[string][]homonym // by name, the more people first
}

// larger are the names of continents, oceans and former countries, which some towns and regions have too.
var larger = set("Zaire Africa Amazon America Antarctica Arctic Asia Atlantic Europe Mediterranean Oceania Pacific Sahara")

// points are names of regions that are words in every other country: "Croydon, South London".
var points = set("North South East West Northern Southern Eastern Western Central Centre Center Northwest Northeast Southwest Southeast Coast Islands Highlands")

// renamed are the names that the recogniser gives what GeoNames calls otherwise, by that name and region.
var renamed = map[string]string{
	"Washington US.WA": "Washington" + stateSuffix, "New York US.NY": "New York" + stateSuffix, "New York City US.NY": "New York",
	"Frankfurt am Main DE.05": "Frankfurt",
}

// readAtlas reads it once, when the first place is looked for.
var readAtlas = sync.OnceValue(func() *atlas {
	a := &atlas{sites: map[string][]site{}, names: map[string]string{}, codes: map[string][]string{}, divisions: map[string][]string{}, adjoining: map[string]string{}, homonyms: map[string][]homonym{}}
	for list, entry := range gazetteer.Atlas() {
		cells := strings.Split(entry, "\t")
		if list == "division" {
			a.divisions[cells[0]] = append(a.divisions[cells[0]], cells[1])
			continue
		}
		if cells[2] == "" {
			continue // a country without towns has no position
		}
		s := site{country: cells[1][:2], town: list == "city", at: news.Position{Latitude: hundredths(cells[2]), Longitude: hundredths(cells[3])}}
		if list == "country" {
			a.adjoining[s.country] = cells[4]
		} else {
			s.region = cells[1]
		}
		if name, found := renamed[cells[0]+" "+s.region]; found {
			cells[0] = name
		}
		switch {
		case larger[cells[0]]:
			continue
		case s.town:
			s.population, _ = strconv.Atoi(cells[4])
		case a.names[cells[1]] == "":
			a.names[cells[1]] = cells[0]
		}
		if folded := key(cells[0]); !s.town {
			a.codes[folded] = append(a.codes[folded], cells[1])
			if !points[cells[0]] {
				a.divisions[cells[0]] = append(a.divisions[cells[0]], cells[1])
			}
		}
		if of := a.sites[cells[0]]; len(of) == 0 || !of[0].isCountry() || !s.town && s.country != of[0].country {
			a.sites[cells[0]] = append(of, s) // beside a country of the name only another country's region counts
		}
	}
	for name, sites := range a.sites {
		if s := &sites[0]; len(sites) == 1 && s.town && s.population >= knownTown {
			a.codes[key(name)] = []string{s.country}
		}
	}
	a.findHomonyms()
	return a
})

// isTownOf reports whether the atlas has a town of a name in an American state.
func isTownOf(town, state string) bool {
	a := readAtlas()
	return slices.ContainsFunc(a.sites[town], func(s site) bool { return s.town && s.country == "US" && a.names[s.region] == state+stateSuffix })
}

// isState reports whether a name is an American state's.
func (a *atlas) isState(name string) bool {
	return slices.ContainsFunc(a.divisions[name], func(code string) bool { return strings.HasPrefix(code, "US.") })
}

func (s *site) isCountry() bool { return s.region == "" }

func hundredths(s string) int {
	n, _ := strconv.Atoi(s)
	return n * news.Degree / 100
}

// locate says in which country a place lies, and where, when the atlas settles it: it has one place of that name; or
// the articles that name it name the country or region of one alone beside it; or one is a country, or so much larger
// than all others that it needs no telling. Else the place stays without. One that may be either of two countries or regions is
// Ambiguous.
func (r *Resolver) locate(root int32, e *news.Entity) {
	if name, codes := r.whereIn(root, e); len(codes) > 0 {
		readAtlas().locateIn(name, codes, e)
		return
	}
	sites := sitesOf(e)
	if len(sites) == 0 {
		return
	}
	if !e.Confirmed && readAtlas().homonyms[e.Name] != nil {
		e.Ambiguous = true
		return
	}
	beside := r.codesBeside(root, e)
	switch {
	case len(sites) == 1 && beliesAlone(&sites[0], beside):
		return
	case len(sites) > 1:
		if told := toldOf(sites, beside, len(e.Articles)); len(told) > 0 && !outshone(told, sites) {
			sites = told
		}
	}
	if s := largest(sites); s != nil {
		e.Country, e.At = readAtlas().names[s.country], &s.at
	} else {
		e.Ambiguous = e.Ambiguous || !e.Confirmed && severalTowns(sites)
		if !slices.ContainsFunc(sites, func(s site) bool { return s.country != sites[0].country }) {
			e.Country = readAtlas().names[sites[0].country]
		}
	}
	if e.Country == e.Name {
		e.Country = ""
	}
}

// severalTowns reports whether all are towns, and not of one region.
func severalTowns(sites []site) bool {
	return !slices.ContainsFunc(sites, func(s site) bool { return !s.town }) &&
		slices.ContainsFunc(sites, func(s site) bool { return s.region != sites[0].region })
}

// whereIn is the name and whereabouts of a place whose name, or that of the one heading joined to it, says where it lies.
func (r *Resolver) whereIn(root int32, e *news.Entity) (name string, codes []string) {
	name, codes = readAtlas().whereIn(e.Name)
	if len(codes) > 0 || !r.headings[root].linked {
		return name, codes
	}
	for _, h := range r.members[root] {
		in, of := readAtlas().whereIn(r.told[h])
		switch {
		case len(of) > 0 && len(codes) > 0:
			return name, nil // people have put several together
		case len(of) > 0:
			name, codes = in, of
		}
	}
	return name, codes
}

// locateIn locates a place whose name says where it lies. The atlas may not have it.
func (a *atlas) locateIn(name string, codes []string, e *news.Entity) {
	sites := slices.DeleteFunc(slices.Clone(a.sites[name]), func(s site) bool { return !s.inOne(codes) })
	if len(sites) > 0 {
		if s := largest(sites); s != nil {
			e.At = &s.at
		}
		codes = []string{sites[0].country}
	}
	if !slices.ContainsFunc(codes, func(code string) bool { return code[:2] != codes[0][:2] }) {
		e.Country = a.names[codes[0][:2]]
	}
}

// sitesOf is the places of an entity's name, or of the most frequent of its spellings that the atlas knows.
func sitesOf(e *news.Entity) []site {
	a := readAtlas()
	if sites := a.sites[e.Name]; sites != nil {
		return sites
	}
	for _, form := range e.Spellings {
		if sites := a.sites[strings.TrimPrefix(form.Text, "the ")]; sites != nil && words(form.Text) > 1 {
			return sites
		}
	}
	return nil
}

// outshone reports whether a much larger town of the name is not among those told of: Illinois beside Washington does
// not make it the Washington in Illinois.
func outshone(told, sites []site) bool {
	most := 0
	for _, s := range told {
		if !s.town {
			return false
		}
		most = max(most, s.population)
	}
	return slices.ContainsFunc(sites, func(s site) bool { return s.population > timesLarger*most })
}

// codesBeside is the countries and regions that the articles of a place name beside it, each with how many do.
func (r *Resolver) codesBeside(root int32, e *news.Entity) map[string]int {
	beside := map[string]int{}
	for _, a := range e.Articles[:min(enoughArticles, len(e.Articles))] {
		for code := range r.codesIn(int(a.Card), root) {
			beside[code]++
		}
	}
	return beside
}

// beliesAlone reports whether the only place that the atlas has of a name is a town that few know, and the articles
// speak of other countries alone: then it is one that the atlas does not have.
func beliesAlone(s *site, beside map[string]int) bool {
	return s.town && s.population < knownTown && len(beside) > 0 && beside[s.country]+beside[s.region] == 0
}

// toldOf is the sites whose region, or else whose country, is named beside the place, if one in ten of its articles tell,
// and all but one in three of those agree. A country alone does not turn the name of another's region into that of a town few know:
// Geneva.
func toldOf(sites []site, beside map[string]int, articles int) []site {
	byCountry := func(s *site) string {
		if s.town && s.population < knownTown && slices.ContainsFunc(sites, func(o site) bool { return !o.town && o.country != s.country }) {
			return ""
		}
		return s.country
	}
	for _, code := range []func(*site) string{func(s *site) string { return s.region }, byCountry} {
		votes, all := map[string]int{}, 0
		for i := range sites {
			if c := code(&sites[i]); c != "" && votes[c] == 0 && beside[c] > 0 {
				votes[c] = beside[c]
				all += beside[c]
			}
		}
		var told []site
		for _, s := range sites {
			if n := votes[code(&s)]; n > 0 && 10*n >= min(articles, enoughArticles) && 3*n >= 2*all && (s.town || !s.isCountry() && code(&s) != s.region) {
				told = append(told, s)
			}
		}
		if len(told) > 0 {
			return told
		}
	}
	return nil
}

// codesIn is the countries and regions that a card names beside a place, and the country of a region that has its name
// for itself.
func (r *Resolver) codesIn(card int, root int32) map[string]bool {
	codes := map[string]bool{}
	for _, h := range r.rows[card].headings {
		if h >= 0 && r.headings[h].kind == news.Place && r.root[h] != root {
			named := readAtlas().codes[r.headings[h].name]
			for _, code := range named {
				codes[code] = true
			}
			if len(named) == 1 {
				codes[named[0][:2]] = true
			}
		}
	}
	return codes
}

// What makes a place one that needs no telling.
const (
	timesLarger = 10  // than any other of its name
	knownTown   = 100 // thousand people
)

// largest is the site that is meant where nothing else is said, or nil.
func largest(sites []site) *site {
	first := &sites[0]
	if len(sites) == 1 {
		return first
	}
	var rest []site
	switch {
	case first.isCountry():
		rest = sites[1:]
	case first.town:
		if first.population >= knownTown {
			rest = rivals(sites[1:], first.population)
		} else {
			rest = sites[1:]
		}
	case sites[1].within(first):
		first, rest = &sites[1], rivals(sites[2:], sites[1].population)
	default:
		rest = rivals(sites[1:], knownTown*timesLarger)
	}
	if len(rest) > 0 {
		return nil
	}
	return first
}

// rivals is the sites that one of so many thousand people does not outshine: regions, and towns not much smaller.
func rivals(sites []site, population int) []site {
	return slices.DeleteFunc(slices.Clone(sites), func(s site) bool { return s.town && timesLarger*s.population <= population })
}
