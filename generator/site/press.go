package site

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"math/bits"
	"path"
	"slices"
	"strings"

	"broadsheet/generator/archive"
	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
	"broadsheet/generator/prose"
)

// Press puts the same site out again and again. It keeps what it has planned, so that after a change of some articles it
// plans only the pages that may show them, by the same functions as a whole build, and compares no others.
type Press struct {
	o        Options
	out      *output
	plan     *plan
	places   []string                   // URL of each card
	heads    map[string]manifest.Digest // by id of a tag, section, publication or author: what its pages show beside its articles
	planned  map[string][]string        // paths of the fixed pages, by step
	mapped   map[string]bool            // paths that the sitemap of pages has
	stale    bool                       // the search index is of an earlier archive
	unmapped bool                       // so are the sitemaps
}

// update is one run of a press.
type update struct {
	*Press
	was, now *plan
	r        *archive.Renewal
	here     []int           // by former number: where a card is now, -1 where it is gone or has changed
	dirty    []bool          // cards that lists show otherwise than before
	shelves  map[string]bool // ids of listings to be planned anew
	reheaded map[string]bool // entities whose pages have other words at their heads
	cards    map[int]bool    // articles to be planned anew
	pages    []page
	gone     []string
	moved    bool // a card has come, gone or another place in the order
	steady   bool // nothing has changed but the words of articles: their dates, names, listings and URLs are as they were
}

// Update brings the output up to date after the archive it was made of has been renewed. It reports false where it cannot
// tell which pages that changes; the press is then spent.
func (p *Press) Update(ctx context.Context, a *archive.Archive, r *archive.Renewal) (report Report, ok bool, err error) {
	if len(p.plan.found) > 0 || !p.out.ours() {
		return report, false, nil
	}
	u := &update{Press: p, was: p.plan, r: r, here: r.Now(), shelves: map[string]bool{}, reheaded: map[string]bool{}, cards: map[int]bool{}}
	if !u.renew(a) {
		return report, false, nil
	}
	u.findShelves()
	u.findArticles()
	u.planShelves()
	u.planArticles()
	u.planFixed()
	if !u.free() {
		return report, false, nil
	}
	c, err := p.make(ctx, u.now, u.pages)
	if err != nil {
		return report, false, err
	}
	c.removed = u.gone
	if err := p.out.amend(c); err != nil {
		return report, false, err
	}
	p.keep(u.now)
	p.stale = true
	report = Report{Articles: len(a.Cards), Pages: len(p.out.old), Written: c.written, Removed: c.removed}
	return report, true, nil
}

// renew makes the plan of the renewed archive, as far as all pages share it.
func (u *update) renew(a *archive.Archive) bool {
	w := u.was
	p := &plan{Archive: a, o: w.o, words: w.words, static: w.static, groups: map[string]*news.Listing{}}
	u.now = p
	p.findCorrections()
	p.findNames()
	u.steady = u.isSteady()
	if p.rooms = w.rooms; !u.steady {
		p.rooms = p.everyRoom(w.rooms)
	}
	p.site = p.describe()
	before, errBefore := json.Marshal(w.site)
	after, errAfter := json.Marshal(p.site)
	if errBefore != nil || errAfter != nil || string(before) != string(after) {
		return false
	}
	p.site, p.siteKey = w.site, w.siteKey
	u.dirty = make([]bool, len(a.Cards))
	p.digests = make([]manifest.Digest, len(a.Cards))
	for i, was := range u.r.Was {
		u.moved = u.moved || was != i && was >= 0
		if u.dirty[i] = was < 0 || u.places[was] != a.URLs[i]; u.dirty[i] {
			p.digests[i] = a.Digest(i)
		} else {
			p.digests[i] = w.digests[was]
		}
	}
	u.moved = u.moved || len(a.Cards) != len(w.digests)
	p.indexGroups()
	u.link()
	p.around.previous, p.around.next = p.neighbours()
	p.around.translations, p.around.issues = p.translated(), p.issueLinks()
	return true
}

// isSteady reports whether nothing has changed but the words of articles.
func (u *update) isSteady() bool {
	p, w := u.now, u.was
	if len(p.Cards) != len(w.digests) || len(p.Entities) != len(w.stood.entities) {
		return false
	}
	for n := range p.Entities {
		if e := &w.stood.entities[n]; !e.same(&p.Entities[n]) {
			return false
		}
	}
	for i, was := range u.r.Was {
		if was == i && u.places[was] == p.URLs[i] {
			continue
		}
		f, stood := u.r.Gone[i]
		if was >= 0 || !stood || f.URL != p.URLs[i] || !slices.Equal(w.names[i], p.names[i]) || !sameShelves(&f.Card, &p.Cards[i]) {
			return false
		}
	}
	return true
}

// sameShelves reports whether two cards stand in the same listings, at the same place. What has no date is filed under its
// headline.
func sameShelves(a, b *news.Card) bool {
	return a.Date == b.Date && (!a.Date.IsZero() || a.Title == b.Title) && a.Modified == b.Modified && a.Section == b.Section && a.Publication == b.Publication &&
		a.Language == b.Language && a.Weight == b.Weight && a.PrintPage == b.PrintPage && a.TranslationOf == b.TranslationOf && a.Corrects == b.Corrects &&
		a.Named == b.Named && slices.Equal(a.Authors, b.Authors) && slices.Equal(a.Aliases, b.Aliases) &&
		slices.EqualFunc(a.Tags, b.Tags, func(x, y news.Tag) bool { return x.Slug == y.Slug && x.Label == y.Label })
}

// standing is an entity as it was: a renewal changes the entities of the archive.
type standing struct {
	news.Entity
	articles int
}

func stand(e *news.Entity) standing {
	s := standing{*e, len(e.Articles)}
	s.Articles, s.Spellings, s.SameAs = nil, slices.Clone(e.Spellings), slices.Clone(e.SameAs)
	return s
}

// same reports whether the pages of an entity show the same of it beside its articles.
func (s *standing) same(e *news.Entity) bool {
	return s.ID == e.ID && s.Kind == e.Kind && s.Name == e.Name && s.Sort == e.Sort && s.Note == e.Note && s.Confirmed == e.Confirmed &&
		s.Ambiguous == e.Ambiguous && s.Country == e.Country && s.Page == e.Page && s.articles == len(e.Articles) &&
		(s.At == nil) == (e.At == nil) && (s.At == nil || *s.At == *e.At) &&
		slices.Equal(s.Spellings, e.Spellings) && slices.Equal(s.SameAs, e.SameAs)
}

// link hashes what links to entities show, and sees whose have changed.
func (u *update) link() {
	p, w := u.now, u.was
	p.linked, p.company = make([]manifest.Digest, len(p.Entities)), make([]manifest.Digest, len(p.Cards))
	p.stood.entities = make([]standing, len(p.Entities))
	other := make([]bool, len(p.Entities)) // is called otherwise, leads elsewhere, or stands in other articles
	var h manifest.Hasher
	before := 0
	for n := range p.Entities { // both in order of id
		e := &p.Entities[n]
		for ; before < len(w.stood.entities) && w.stood.entities[before].ID < e.ID; before++ {
			u.shelves[w.stood.entities[before].ID] = true
		}
		if before < len(w.stood.entities) && w.stood.entities[before].same(e) {
			p.linked[n], p.stood.entities[n] = w.linked[before], w.stood.entities[before]
			before++
			continue
		}
		if before < len(w.stood.entities) && w.stood.entities[before].ID == e.ID {
			before++
		}
		p.linked[n], p.stood.entities[n] = linkKey(&h, e), stand(e)
		u.shelves[e.ID], u.reheaded[e.ID] = true, true
		other[n] = true
	}
	for ; before < len(w.stood.entities); before++ {
		u.shelves[w.stood.entities[before].ID] = true
	}
	now := make(map[string]manifest.Digest, len(p.groups))
	for id, l := range p.groups {
		now[id] = groupHead(l)
		if u.heads[id] != now[id] {
			u.shelves[id] = true
			u.beside(id)
			for _, i := range l.Cards { // their tags, section, publication or authors are called otherwise
				u.cards[i] = true
			}
		}
	}
	for id := range u.heads {
		if _, found := now[id]; !found {
			u.shelves[id] = true
		}
	}
	u.Press.heads = now
	for i, was := range u.r.Was {
		if was >= 0 && !slices.ContainsFunc(p.names[i], func(n int) bool { return other[n] }) {
			p.company[i] = w.company[was]
			continue
		}
		p.company[i] = p.companyOf(&h, i)
		if was >= 0 && p.company[i] != w.company[was] {
			u.cards[i] = true
			for _, n := range p.names[i] {
				u.shelves[p.Entities[n].ID] = true
			}
		}
	}
}

// beside notes the tags above and below one, which tell how many articles it has.
func (u *update) beside(id string) {
	if slug, found := strings.CutPrefix(id, "tags/"); found {
		entry, _ := u.now.Tag(slug)
		for _, other := range slices.Concat(entry.Narrower, entry.Broader) {
			u.shelves["tags/"+other] = true
		}
	}
}

func groupHead(l *news.Listing) manifest.Digest {
	var h manifest.Hasher
	h.Strings([]string{l.Label, l.Sort, l.Note})
	h.Bool(l.Page)
	return h.Key()
}

// findShelves notes the listings that have an article which has changed, come or gone.
func (u *update) findShelves() {
	for was := range u.r.Gone {
		card := u.r.Gone[was].Card
		u.groupsOf(&card)
		for _, n := range u.was.names[was] {
			u.shelves[u.nameBefore(n)] = true
		}
	}
	for i, dirty := range u.dirty {
		if dirty {
			u.groupsOf(&u.now.Cards[i])
			for _, n := range u.now.names[i] {
				u.shelves[u.now.Entities[n].ID] = true
			}
		}
	}
}

func (u *update) nameBefore(n int) string { return u.was.stood.entities[n].ID }

func (u *update) groupsOf(c *news.Card) {
	for _, t := range c.Tags {
		u.shelves["tags/"+t.Slug] = true
		u.beside("tags/" + t.Slug)
	}
	for folder, labels := range map[string][]string{"sections": {c.Section}, "publications": {c.Publication}, "authors": c.Authors} {
		for _, label := range labels {
			u.shelves[folder+"/"+prose.Slug(label)] = true
		}
	}
}

// planShelves plans the listings anew. All pages of one lie in its folder.
func (u *update) planShelves() {
	ids := slices.Sorted(maps.Keys(u.shelves))
	planned := make([][]page, len(ids))
	u.now.share(len(ids), func(n int) {
		if part := u.now.shelfOf(ids[n]); part != nil {
			planned[n] = u.now.sheet(part)
		}
	})
	for n, id := range ids {
		u.replace(u.out.in(id), planned[n])
	}
}

// shelfOf plans the listing of an id, nil where it has no page.
func (p *plan) shelfOf(id string) func(*sheet) {
	n, found := p.entity(id)
	if found && p.Entities[n].Page {
		return func(to *sheet) { to.shelf(p.entityShelf(&p.Entities[n])) }
	}
	if l := p.groups[id]; l != nil && l.Page {
		return p.groupListing(l)
	}
	return nil
}

// replace puts the pages of a part in the place of those it had.
func (u *update) replace(before []string, pages []page) {
	now := make(map[string]bool, len(pages))
	for _, page := range pages {
		now[page.path] = true
	}
	for _, path := range before {
		if !now[path] {
			u.gone = append(u.gone, path)
		}
	}
	u.pages = append(u.pages, pages...)
}

// findArticles notes the articles that show something which has changed.
func (u *update) findArticles() {
	for i, dirty := range u.dirty {
		if dirty {
			u.cards[i] = true
		}
	}
	u.findBeside()
	u.findRelated()
	u.findReferring()
}

// findBeside notes the articles that have other neighbours, printings, translations or an issue of another place.
func (u *update) findBeside() {
	now, was := &u.now.around, &u.was.around
	for i, before := range u.r.Was {
		if before < 0 {
			continue
		}
		if u.other(now.previous[i], was.previous[before]) || u.other(now.next[i], was.next[before]) {
			u.cards[i] = true
		}
		if x, y := now.issues[i], was.issues[before]; (x == nil) != (y == nil) || x != nil && *x != *y {
			u.cards[i] = true
		}
	}
	for _, lists := range [][2]map[int][]int{{u.now.AlsoRan, u.was.stood.alsoRan}, {now.translations, was.translations},
		{now.correctedBy, was.correctedBy}, {now.corrects, was.corrects}} {
		for i, list := range lists[0] {
			if before := u.r.Was[i]; before >= 0 && u.others(list, lists[1][before]) {
				u.cards[i] = true
			}
		}
		for before, list := range lists[1] {
			if i := u.here[before]; i >= 0 && u.others(lists[0][i], list) {
				u.cards[i] = true
			}
		}
	}
}

// other reports whether a card shown now is not the one shown before, or shows otherwise.
func (u *update) other(now, before int) bool {
	if now < 0 || before < 0 {
		return now >= 0 || before >= 0
	}
	return u.dirty[now] || u.r.Was[now] != before
}

func (u *update) others(now, before []int) bool {
	if len(now) != len(before) {
		return true
	}
	for n := range now {
		if u.other(now[n], before[n]) {
			return true
		}
	}
	return false
}

// findRelated finds what the articles lead on to: those that have a name in common with one that has changed may lead
// elsewhere now.
func (u *update) findRelated() {
	now, was := u.now, u.was
	again := make([]bool, len(now.Cards))
	for i := range again {
		again[i] = u.dirty[i]
	}
	all := bits.Len(uint(len(now.Cards))) != bits.Len(uint(len(was.digests)))
	if all {
		for i := range again {
			again[i] = true
		}
	} else {
		for id := range u.rejoined() {
			if n, found := now.entity(id); found {
				for _, a := range now.Entities[n].Articles {
					again[a.Card] = true
				}
			}
		}
		for i := range now.AlsoRan { // no article leads to another printing of itself
			again[i] = again[i] || u.cards[i]
		}
		for before := range was.stood.alsoRan {
			if i := u.here[before]; i >= 0 {
				again[i] = again[i] || u.cards[i]
			}
		}
	}
	now.around.related = make([][]int, len(now.Cards))
	changed := make([]bool, len(now.Cards))
	now.share(len(now.Cards), func(i int) {
		before := u.r.Was[i]
		if again[i] {
			now.around.related[i] = now.readOn(i)
		} else {
			now.around.related[i] = u.carried(was.around.related[before])
		}
		changed[i] = before >= 0 && u.others(now.around.related[i], was.around.related[before])
	})
	for i := range changed {
		if changed[i] {
			u.cards[i] = true
		}
	}
}

// rejoined is the ids of the entities that other articles name than before.
func (u *update) rejoined() map[string]bool {
	ids := maps.Clone(u.reheaded)
	for was := range u.r.Gone {
		before, now := u.was.names[was], []int(nil)
		if !u.moved && u.r.Was[was] < 0 {
			now = u.now.names[was]
		}
		for _, n := range before {
			id := u.was.stood.entities[n].ID
			if !slices.ContainsFunc(now, func(n int) bool { return u.now.Entities[n].ID == id }) {
				ids[id] = true
			}
		}
	}
	for i, was := range u.r.Was {
		if was >= 0 {
			continue
		}
		before := []int(nil)
		if _, stood := u.r.Gone[i]; stood && !u.moved {
			before = u.was.names[i]
		}
		for _, n := range u.now.names[i] {
			id := u.now.Entities[n].ID
			if !slices.ContainsFunc(before, func(n int) bool { return u.was.stood.entities[n].ID == id }) {
				ids[id] = true
			}
		}
	}
	return ids
}

// entity is the number of the entity of an id.
func (p *plan) entity(id string) (n int, found bool) {
	return slices.BinarySearchFunc(p.Entities, id, func(e news.Entity, id string) int { return cmp.Compare(e.ID, id) })
}

// carried is a list of cards by their new numbers.
func (u *update) carried(cards []int) []int {
	if !u.moved || len(cards) == 0 {
		return cards
	}
	now := make([]int, len(cards))
	for n, before := range cards {
		now[n] = u.here[before]
	}
	return now
}

// findReferring notes the articles that refer to a file which has come, gone or another page.
func (u *update) findReferring() {
	for i := range u.now.Cards {
		for _, f := range u.now.Cards[i].Files {
			if u.now.ByFile[f] != u.was.stood.byFile[f] || u.r.Files[f] {
				u.cards[i] = true
			}
		}
	}
}

// planArticles plans the articles anew.
func (u *update) planArticles() {
	for was, f := range u.r.Gone {
		u.gone = append(u.gone, u.places[was])
		if original := u.was.original(&f.Card); original != "" {
			u.gone = append(u.gone, original)
		}
	}
	for i := range u.dirty {
		if before := u.r.Was[i]; before >= 0 && u.dirty[i] {
			u.gone = append(u.gone, u.places[before])
		}
	}
	cards := slices.Sorted(maps.Keys(u.cards))
	s := &sheet{plan: u.now, again: true}
	for _, i := range cards {
		s.articlePage(i, s.articleKey(i))
		if u.r.Was[i] < 0 {
			s.originalPage(i)
		}
	}
	u.pages = append(u.pages, s.pages...)
	planned := make(map[string]bool, len(s.pages))
	for _, page := range s.pages {
		planned[page.path] = true
	}
	u.gone = slices.DeleteFunc(u.gone, func(path string) bool { return planned[path] })
}

// planFixed plans the pages that are no listing's and no article's, those that may have changed.
func (u *update) planFixed() {
	again := []string{"feeds", "front", "dates", "days", "corrections", "standing"}
	if u.steady {
		u.now.calendar, u.now.anniversaries = u.was.calendar, u.was.anniversaries
		u.now.only = u.datesShown()
	} else {
		u.redate()
		again = append(again, "explore", "indexes", "search", "moved")
	}
	if u.refers() {
		again = append(again, "files")
	}
	for n := range fixed {
		if step := &fixed[n]; slices.Contains(again, step.name) {
			u.fix(step)
		}
	}
	u.now.only = nil
	if !u.steady {
		u.noteMapped()
	}
}

// redate makes the calendars anew. Where they have the same pages as before, those of the dates that an article has come to or
// left are to be planned, and no others.
func (u *update) redate() {
	p, w := u.now, u.was
	p.calendar, p.anniversaries = p.makeCalendar(), p.makeAnniversaries()
	only := u.datesShown()
	if only.rest || !p.sameShape(p.calendar, w.calendar) ||
		!slices.EqualFunc(p.anniversaries, w.anniversaries, func(a, b anniversary) bool { return a.month == b.month && a.day == b.day }) {
		return
	}
	p.only = only
}

// datesShown is the dates of the articles that have changed, or are gone.
func (u *update) datesShown() *onlyDates {
	only := &onlyDates{months: map[[2]int]bool{}, days: map[[2]int]bool{}}
	for i, dirty := range u.dirty {
		if dirty {
			u.showDate(only, u.now.Cards[i].Date)
		}
	}
	for _, f := range u.r.Gone {
		u.showDate(only, f.Date)
	}
	return only
}

func (u *update) showDate(only *onlyDates, d news.Date) {
	only.add(d)
	if !u.steady {
		only.addCounts(d)
	}
}

// refers reports whether other files may be wanted than before: an article that has changed shows or links to some.
func (u *update) refers() bool {
	for _, f := range u.r.Gone {
		if len(f.Files) > 0 {
			return true
		}
	}
	for i, dirty := range u.dirty {
		if dirty && len(u.now.Cards[i].Files) > 0 {
			return true
		}
	}
	return false
}

func (u *update) fix(step *step) {
	pages := u.now.sheet(step.plan)
	if u.now.only != nil && (step.name == "dates" || step.name == "days") { // those of other dates stay
		u.pages = append(u.pages, pages...)
		return
	}
	u.replace(u.planned[step.name], pages)
	u.planned[step.name] = pathsOf(pages)
}

func pathsOf(pages []page) []string {
	paths := make([]string, len(pages))
	for n := range pages {
		paths[n] = pages[n].path
	}
	return paths
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
	for _, url := range u.now.URLs {
		if going[url] {
			return false
		}
	}
	for name := range going {
		if _, found := u.now.static[name]; found {
			return false
		}
		if _, found := u.now.Moved[name]; found {
			return false
		}
	}
	return true
}

// newPress keeps what a build has planned.
func newPress(p *plan, out *output) *Press {
	press := &Press{o: p.o, out: out, heads: map[string]manifest.Digest{}, planned: map[string][]string{}, mapped: map[string]bool{}}
	p.stood.entities = make([]standing, len(p.Entities))
	for n := range p.Entities {
		p.stood.entities[n] = stand(&p.Entities[n])
	}
	for id, l := range p.groups {
		press.heads[id] = groupHead(l)
	}
	for name, s := range p.planned {
		press.planned[name] = pathsOf(p.pages[s.from:s.to])
	}
	for n := range p.pages {
		if p.pages[n].mapped {
			press.mapped[p.pages[n].path] = true
		}
	}
	press.keep(p)
	return press
}

// keep makes a plan the one that the next update starts from.
func (p *Press) keep(plan *plan) {
	p.places = slices.Clone(plan.URLs)
	plan.stood.alsoRan, plan.stood.byFile = plan.AlsoRan, plan.ByFile
	plan.pages, plan.parts, plan.planned = nil, nil, nil
	p.plan = plan
}

// stood is what a plan keeps of its archive, which is another once it is renewed.
type stood struct {
	entities []standing
	alsoRan  map[int][]int
	byFile   map[string]string
}

// Settle brings up to date what updates leave as it was, because it takes longer than the pages whose author waits for them,
// and no page shows it: the search index with the tables, and the sitemaps.
func (p *Press) Settle(ctx context.Context) (err error) {
	if !p.stale || !p.out.ours() {
		return nil
	}
	s := &spool{folder: p.o.State}
	defer func() { err = errors.Join(err, s.close()) }()
	p.plan.pages, p.plan.parts = nil, nil
	defer func() { p.plan.pages, p.plan.parts, p.plan.maps = nil, nil, nil }()
	var before []string
	if p.plan.searched() {
		if err := p.plan.index(ctx, p.out, s); err != nil {
			return err
		}
		before = slices.DeleteFunc(p.out.below(searchFolder), func(path string) bool { return p.plan.static[path] != nil })
	}
	sitemaps := p.planned["sitemaps"]
	if p.unmapped {
		before = append(before, sitemaps...)
		sitemaps = p.planSitemaps()
	}
	pages := p.plan.pages
	c, err := p.make(ctx, p.plan, pages)
	if err != nil {
		return err
	}
	now := pathsOf(pages)
	slices.Sort(now)
	for _, path := range before {
		if _, found := slices.BinarySearch(now, path); !found {
			c.removed = append(c.removed, path)
		}
	}
	if err := p.out.amend(c); err != nil {
		return err
	}
	p.stale, p.unmapped, p.planned["sitemaps"] = false, false, sitemaps
	return nil
}

// planSitemaps adds the sitemaps to the plan, and gives their paths.
func (p *Press) planSitemaps() []string {
	for path := range p.mapped {
		p.plan.maps = append(p.plan.maps, escape(path))
	}
	pages := p.plan.sheet((*sheet).sitemaps)
	p.plan.pages = append(p.plan.pages, pages...)
	return pathsOf(pages)
}

// make renders and stages the pages that come out otherwise than they stand.
func (p *Press) make(ctx context.Context, plan *plan, pages []page) (*change, error) {
	if err := p.out.prepare(); err != nil {
		return nil, err
	}
	m := &maker{plan: plan, out: p.out, o: p.o, entries: make(manifest.Manifest, len(pages)), staged: make([]bool, len(pages))}
	m.o.Progress, m.o.Clean, m.trusts = nil, false, true
	plan.pages, plan.parts = pages, make([]part, len(pages))
	for n := range pages {
		plan.parts[n] = part{first: n, count: 1}
	}
	if err := m.all(ctx, 1); err != nil {
		p.out.abandon()
		return nil, err
	}
	c := &change{}
	for n, e := range m.entries {
		if m.staged[n] {
			c.written = append(c.written, e.Path)
		}
		if old, found := p.out.old.Find(e.Path); !found || old != e {
			c.manifest = append(c.manifest, e)
		}
	}
	slices.Sort(c.written)
	c.manifest.Sort()
	return c, nil
}
