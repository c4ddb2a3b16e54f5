package archive

import (
	"strings"

	"broadsheet/generator/published"
)

// replace settles the URLs of the new cards. Where one is wanted twice, or was, those of all cards are settled anew.
func (a *Archive) replace(r *Renewal) {
	k := a.kept
	if k.places == nil {
		a.notePlaces(func(i int) bool { return r.Was[i] >= 0 })
		for _, f := range r.Gone {
			k.places[strings.ToLower(f.URL)] = true
		}
	}
	if a.collided || !a.placeNew(r) {
		a.told[placed] = messages{}
		k.places = nil
		a.place(k.o)
	}
}

// notePlaces notes the addresses of some cards, all aliases, and what else leads elsewhere.
func (a *Archive) notePlaces(some func(card int) bool) {
	places := make(map[string]bool, len(a.URLs))
	for i, url := range a.URLs {
		if some(i) {
			places[strings.ToLower(url)] = true
		}
	}
	for alias := range a.Moved {
		places[strings.ToLower(alias)] = true
	}
	for url := range a.Kept {
		places[strings.ToLower(url)] = true
	}
	a.kept.places = places
}

// Takes reports whether the address is an article's, or leads to one or elsewhere; those that differ in case alone are one. It can be
// asked of a renewed archive alone.
func (a *Archive) Takes(url string) bool {
	if a.kept.places == nil {
		a.notePlaces(func(int) bool { return true })
	}
	return a.kept.places[strings.ToLower(url)]
}

// onlyAt reports whether a card has not been published anywhere but where it is.
func (a *Archive) onlyAt(i int) bool {
	was := a.reader.published.Of(published.Article, a.Cards[i].ID)
	return len(was) == 0 || len(was) == 1 && was[0] == a.URLs[i]
}

func (a *Archive) placeNew(r *Renewal) bool {
	places := a.kept.places
	for _, f := range r.Gone {
		delete(places, strings.ToLower(f.URL))
		for _, alias := range f.Aliases {
			delete(places, strings.ToLower(alias))
			delete(a.Moved, alias)
		}
	}
	take := func(url string) bool {
		folded := strings.ToLower(url)
		free := !places[folded]
		places[folded] = true
		return free
	}
	for i, was := range r.Was {
		if was < 0 {
			a.URLs[i] = wanted(&a.Cards[i], a.kept.o)
			if !take(a.URLs[i]) || !a.onlyAt(i) {
				return false
			}
		}
	}
	for i, was := range r.Was {
		if was >= 0 {
			continue
		}
		for _, alias := range a.Cards[i].Aliases {
			if !take(alias) {
				return false
			}
			a.Moved[alias] = Alias{a.URLs[i], a.Cards[i].File}
		}
	}
	return true
}
