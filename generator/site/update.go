package site

import (
	"encoding/json"
	"maps"
	"path"
	"slices"
	"strings"
	"sync/atomic"

	"broadsheet/generator/archive"
	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
)

// update is one run of a press. What it takes over from the last plan changes in place, where nothing asks for it as it was.
type update struct {
	*Press
	was, now  *plan
	r         *archive.Renewal
	here      []int           // by former number: where a card is now, -1 where it is gone or has changed
	changed   []int           // cards that are new, have changed, or stand at another address
	shelves   map[string]bool // ids of listings to be planned anew
	cards     map[int]bool    // articles to be planned anew
	become    []int           // by former number: which an entity is now, -1 where there is none of its id; nil for as before
	recounted []recounted     // entities that stand in more or fewer articles
	renamed   []int           // cards that have not changed and yet name other entities
	regrouped map[int]bool    // these entities, and those that they named
	alike     map[int]int     // how many entities stand in so many articles
	pages     []page
	gone      []string
	taken     bool // a page is planned where another part's stands
	moved     bool // a card has come, gone or another place in the order
	steady    bool // nothing has changed but the words of articles: their dates, names, listings and URLs are as they were
}

// recounted is an entity that stands in so many articles, and stood in so many before.
type recounted struct{ entity, was, now int }

// renew makes the plan of the renewed archive, as far as all pages share it.
func (u *update) renew(a *archive.Archive) bool {
	w := u.was
	p := &plan{Archive: a, o: w.o, words: w.words, site: w.site, siteKey: w.siteKey, static: w.static, groups: w.groups, publications: w.publications}
	u.now = p
	u.findChanged()
	clear(p.groups)
	p.indexGroups()
	if u.steady = u.isSteady(); u.steady {
		p.resume(w)
		p.only = u.datesShown()
		for _, i := range u.changed {
			p.stood.shapes[i] = shapeOf(p.Of[i], p.names[i])
		}
		return true
	}
	p.findCorrections()
	p.atOnce(func() {
		p.findNames()
		p.stood.shapes = p.shapes()
		u.link()
	}, func() {
		p.rooms = p.everyRoom(w.rooms)
		u.findLetters()
	}, u.redate, func() {
		p.around.previous, p.around.next = p.neighbours()
		p.around.translations, p.around.issues = p.translated(), p.issueLinks()
	})
	before, errBefore := json.Marshal(w.site)
	after, errAfter := json.Marshal(p.describe())
	return errBefore == nil && errAfter == nil && string(before) == string(after)
}

// findChanged finds the cards that have changed, and what lists show of them.
func (u *update) findChanged() {
	p, w := u.now, u.was
	u.moved = len(p.Cards) != len(w.digests)
	for i, was := range u.r.Was {
		u.moved = u.moved || was >= 0 && was != i
		if was < 0 || u.places[was] != p.URLs[i] {
			u.changed = append(u.changed, i)
		}
	}
	p.digests, p.outlines = slices.Clone(w.digests), w.outlines
	if u.moved {
		p.digests, p.outlines = make([]manifest.Digest, len(p.Cards)), make([]outline, len(p.Cards))
		for i, was := range u.r.Was {
			if was >= 0 {
				p.digests[i], p.outlines[i] = w.digests[was], w.outlines[was]
			}
		}
	}
	for _, i := range u.changed {
		p.digests[i], p.outlines[i] = p.Digest(i), p.outlineOf(i)
	}
}

// isSteady reports whether nothing has changed but the words of articles.
func (u *update) isSteady() bool {
	p, w := u.now, u.was
	if u.moved || len(p.Entities) != len(w.stood.entities) || !maps.Equal(p.Kept, w.stood.kept) {
		return false
	}
	for n := range p.Entities {
		if e := &w.stood.entities[n]; !e.same(&p.Entities[n]) {
			return false
		}
	}
	for _, i := range u.changed {
		f, stood := u.r.Gone[i]
		if !stood || f.URL != p.URLs[i] || !slices.Equal(w.names[i], namesOf(nil, p.Of[i])) || !sameShelves(&f.Card, &p.Cards[i]) {
			return false
		}
	}
	var other atomic.Bool
	p.share(len(p.Of), func(i int) {
		if u.r.Was[i] >= 0 && shapeOf(p.Of[i], w.names[i]) != w.stood.shapes[i] {
			other.Store(true)
		}
	})
	return !other.Load()
}

// sameShelves reports whether two cards stand in the same listings, at the same place. What has no date is filed under its
// headline.
func sameShelves(a, b *news.Card) bool {
	return a.Date == b.Date && (!a.Date.IsZero() || a.Title == b.Title) && a.Modified == b.Modified && a.Section == b.Section && a.Publication == b.Publication &&
		a.Language == b.Language && a.Weight == b.Weight && a.PrintPage == b.PrintPage && a.TranslationOf == b.TranslationOf && a.Corrects == b.Corrects &&
		(len(a.Corrections) > 0) == (len(b.Corrections) > 0) &&
		a.Named == b.Named && slices.Equal(a.Authors, b.Authors) && slices.Equal(a.Aliases, b.Aliases) &&
		slices.EqualFunc(a.Tags, b.Tags, func(x, y *news.Tag) bool { return x.Slug == y.Slug && x.Label == y.Label })
}

// resume takes over from an earlier plan what the mere words of articles do not decide.
func (p *plan) resume(w *plan) {
	p.rooms, p.names, p.corrected, p.linked, p.around = w.rooms, w.names, w.corrected, w.linked, w.around
	p.stood.entities, p.stood.shapes, p.calendar, p.anniversaries = w.stood.entities, w.stood.shapes, w.calendar, w.anniversaries
}

// planAll plans what may have changed: the listings found, and the pages that are no listing's and no article's. No two of them
// wait for each other; which has which address is settled afterwards.
func (u *update) planAll() {
	steps, shelves := u.stepsAgain(), slices.Sorted(maps.Keys(u.shelves))
	parts := make([]func(*sheet), 0, len(steps)+len(shelves))
	for _, step := range steps {
		parts = append(parts, step.plan)
	}
	for _, id := range shelves {
		parts = append(parts, u.now.shelfOf(id))
	}
	planned := make([][]page, len(parts))
	u.now.share(len(parts), func(n int) {
		if parts[n] != nil {
			planned[n] = u.now.sheet(parts[n])
		}
	})
	for n, id := range shelves {
		u.placeShelf(id, planned[len(steps)+n])
	}
	u.planArticles()
	for n, step := range steps {
		u.fix(step, planned[n])
	}
	u.now.only, u.now.letters = nil, nil
	if !u.steady {
		u.noteMapped()
	}
}

// stepsAgain is the steps whose pages may have changed.
func (u *update) stepsAgain() (steps []*step) {
	again := []string{"feeds", "front", "dates", "days", "corrections", "standing"}
	if !u.steady {
		again = append(again, "explore", "indexes", "search", "moved")
	}
	if u.refers() {
		again = append(again, "files")
	}
	for n := range fixed {
		if slices.Contains(again, fixed[n].name) {
			steps = append(steps, &fixed[n])
		}
	}
	return steps
}

// refers reports whether other files may be wanted than before: an article that has changed shows or links to some.
func (u *update) refers() bool {
	for _, f := range u.r.Gone {
		if len(f.Files) > 0 {
			return true
		}
	}
	return slices.ContainsFunc(u.changed, func(i int) bool { return len(u.now.Cards[i].Files) > 0 })
}

// fix puts the pages of a step in the place of those it had. Where only some of them are planned, the others stay.
func (u *update) fix(step *step, pages []page) {
	own := u.planned[step.name]
	u.claim(own, pages)
	var gone []string
	switch only := u.now.only; {
	case step.name == "dates" && only != nil:
		gone = u.datesGone()
	case step.name == "days" && !only.eachDay(), step.name == "indexes" && u.now.letters != nil:
	default:
		u.replace(own, pages)
		u.planned[step.name] = sortedPaths(pages)
		return
	}
	u.gone, u.pages = append(u.gone, gone...), append(u.pages, pages...)
	for _, path := range gone {
		if at, found := slices.BinarySearch(own, path); found {
			own = slices.Delete(own, at, at+1)
		}
	}
	for _, page := range pages {
		if at, found := slices.BinarySearch(own, page.path); !found {
			own = slices.Insert(own, at, page.path)
		}
	}
	u.planned[step.name] = own
}

func pathsOf(pages []page) []string {
	paths := make([]string, len(pages))
	for n := range pages {
		paths[n] = pages[n].path
	}
	return paths
}

func sortedPaths(pages []page) []string {
	paths := pathsOf(pages)
	slices.Sort(paths)
	return paths
}

// claim notes whether pages of a part stand where others' do: what stood before and is not among its own, which are sorted, is
// theirs.
func (u *update) claim(own []string, pages []page) {
	for _, page := range pages {
		if _, known := u.out.old.Find(page.path); known {
			if _, is := slices.BinarySearch(own, page.path); !is {
				u.taken = true
			}
		}
	}
}

// replace puts the pages of a part in the place of those it had.
func (u *update) replace(before []string, pages []page) {
	now := sortedPaths(pages)
	for _, path := range before {
		if _, stays := slices.BinarySearch(now, path); !stays {
			u.gone = append(u.gone, path)
		}
	}
	u.pages = append(u.pages, pages...)
}

// noteMapped notes what the sitemap of pages has now.
func (u *update) noteMapped() {
	u.unmapped = true
	for _, path := range u.gone {
		delete(u.mapped, path)
	}
	for _, page := range u.pages {
		if page.mapped {
			u.mapped[page.path] = true
		} else {
			delete(u.mapped, page.path)
		}
	}
}

// free reports whether every address that is new is free, and what goes is nobody else's. Names that differ in case alone
// are one.
func (u *update) free() bool {
	if u.taken {
		return false
	}
	going := make(map[string]bool, len(u.gone))
	for _, path := range u.gone {
		going[path] = true
	}
	for _, page := range u.pages {
		delete(going, page.path)
	}
	u.gone = slices.Sorted(maps.Keys(going))
	fresh := map[string]bool{}
	for _, page := range u.pages {
		if fresh[page.path] {
			return false
		}
		fresh[page.path] = true
		if _, known := u.out.old.Find(page.path); known {
			continue
		}
		if strings.ToLower(page.path) != page.path || u.out.conflicts(page.path) {
			return false
		}
		for folder := path.Dir(page.path); folder != "."; folder = path.Dir(folder) {
			if fresh[folder] {
				return false
			}
		}
	}
	for name := range going {
		if _, found := u.now.static[name]; found || u.now.Takes(name) {
			return false
		}
	}
	return true
}
