package entity

import (
	"slices"
	"strings"

	"broadsheet/generator/news"
)

// homonym is one of the countries and regions that share a name, each of another country: Georgia, Punjab.
type homonym struct {
	site
	name string // by which it is told from the others: "Georgia (United States)"
}

// findHomonyms gathers the names that countries and regions share, none of them so much larger that it needs no
// telling, and gives each site a name of its own.
func (a *atlas) findHomonyms() {
	people := a.people()
	for name, sites := range a.sites {
		var all []homonym
		for _, s := range sites {
			if !s.town {
				all = append(all, homonym{s, name + " (" + a.names[s.country] + ")"})
			}
			if s.isCountry() {
				all[len(all)-1].name = name + " (country)"
			}
		}
		slices.SortStableFunc(all, func(x, y homonym) int { return people[y.code()] - people[x.code()] })
		if len(all) > 1 && people[all[0].code()] < timesLarger*people[all[1].code()] {
			a.homonyms[name] = all
		}
	}
	for _, all := range a.homonyms {
		for _, h := range all {
			a.sites[h.name] = []site{h.site}
			a.codes[key(h.name)] = []string{h.code()}
		}
	}
}

// people is how many live in the towns of each country and region, in thousands, by code.
func (a *atlas) people() map[string]int {
	people := map[string]int{}
	for _, sites := range a.sites {
		for _, s := range sites {
			if s.town {
				people[s.country] += s.population
				people[s.region] += s.population
			}
		}
	}
	return people
}

// told is the name by which the place that a card means is told from others of its name, if the places beside it tell:
// those that lie in one; other regions of its country, and countries that adjoin it; and, where all are regions, their
// countries. The first of these that says something decides; where it says two things, nothing does.
func (a *atlas) told(card *news.Card, name string) string {
	all := a.homonyms[name]
	if all == nil {
		return name
	}
	beside := a.sitesBeside(card, name)
	country := slices.ContainsFunc(all, func(h homonym) bool { return h.isCountry() })
	for _, speaks := range [...]func(h *homonym, s *site) bool{
		func(h *homonym, s *site) bool { return h.holds(s) },
		func(h *homonym, s *site) bool { return a.neighbours(&h.site, s) },
		func(h *homonym, s *site) bool { return !country && s.isCountry() && s.country == h.country },
	} {
		var spoken []string
		for i := range all {
			if slices.ContainsFunc(beside, func(s *site) bool { return speaks(&all[i], s) }) {
				spoken = append(spoken, all[i].name)
			}
		}
		switch len(spoken) {
		case 0:
		case 1:
			return spoken[0]
		default:
			return name
		}
	}
	return name
}

// sitesBeside is the other places of a card whose name says which they are.
func (a *atlas) sitesBeside(card *news.Card, name string) []*site {
	var beside []*site
	for i := range card.Clusters {
		c := &card.Clusters[i]
		sites := a.sites[c.Name]
		if c.Kind != news.Place || c.Name == name || a.homonyms[c.Name] != nil || len(sites) == 0 {
			continue
		}
		if s := largest(sites); s != nil {
			beside = append(beside, s)
		}
	}
	return beside
}

// holds reports whether a place lies in the country or region.
func (s *site) holds(o *site) bool {
	if s.isCountry() {
		return !o.isCountry() && o.country == s.country
	}
	return o.within(s)
}

// neighbours reports whether two are regions of one country, or countries that adjoin.
func (a *atlas) neighbours(s, o *site) bool {
	switch {
	case o.town || s.isCountry() != o.isCountry():
		return false
	case s.isCountry():
		return strings.Contains(a.adjoining[s.country], o.country)
	}
	return o.country == s.country && o.region != s.region
}

// code is that of a country or region.
func (s *site) code() string {
	if s.isCountry() {
		return s.country
	}
	return s.region
}
