package archive

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"broadsheet/generator/entity"
	"broadsheet/generator/news"
	"broadsheet/generator/prose"
	"broadsheet/generator/published"
)

// publishedIDs is the ids under which names were published.
func publishedIDs(r *published.Record) (ids []entity.Published) {
	for _, l := range r.Lines() {
		kind, err := news.ParseKind(l.Shows)
		id, isPage := strings.CutSuffix(l.URL, "/index.html")
		if err == nil && isPage && path.Dir(id) == kind.Folder() {
			ids = append(ids, entity.Published{Kind: kind, ID: id, Name: l.Of, Home: l.LeadsTo == ""})
		}
	}
	return ids
}

// stood is an address where a card was published.
type stood struct {
	url  string
	card int
}

// publishedAt is where cards were published before.
func (a *Archive) publishedAt() (was []stood) {
	lines := a.reader.published.Lines()
	if len(lines) == 0 {
		return nil
	}
	cards := a.byID()
	for _, l := range lines {
		if i, found := cards[l.Of]; found && l.Shows == published.Article {
			was = append(was, stood{l.URL, i})
		}
	}
	return was
}

func (a *Archive) byID() map[string]int {
	cards := make(map[string]int, len(a.Cards))
	for i := range a.Cards {
		cards[a.Cards[i].ID] = i
	}
	return cards
}

// hold keeps addresses for the cards that were published there, those that may have them.
func hold(taken map[string]int, was []stood, may func(card int, url string) bool) {
	for _, s := range was {
		folded := strings.ToLower(s.url)
		if _, found := taken[folded]; !found && may(s.card, s.url) {
			taken[folded] = s.card
		}
	}
}

// keepAddresses finds where each address leads that was published and has no page of its own any more, and where those lead that
// other forms of published names would have.
func (a *Archive) keepAddresses() {
	lines := a.reader.published.Lines()
	if len(lines) == 0 {
		a.Kept, a.Lost = nil, nil
		return
	}
	k := &keeper{Archive: a, kept: map[string]string{}, cards: a.byID()}
	a.Lost = nil
	var unheld []published.Line // names that nothing has
	for _, l := range lines {
		if k.stands(l) {
			continue
		}
		switch to, known := k.leads(l); {
		case a.Moved[l.URL].URL != "": // an author says where
		case known && to != "":
			k.kept[l.URL] = to
		case !known:
			unheld = append(unheld, l)
		default:
			a.Lost = append(a.Lost, l)
		}
	}
	k.findSpelled(unheld)
	k.keepForms()
	if !maps.Equal(a.Kept, k.kept) {
		a.Kept = k.kept
		if a.kept != nil {
			a.kept.places = nil
		}
	}
}

type keeper struct {
	*Archive
	kept  map[string]string
	cards map[string]int
	urls  map[string]bool // of the cards; nil while nobody has asked
}

// stands reports whether there is a page at the address of a line.
func (k *keeper) stands(l published.Line) bool {
	if i, found := k.cards[l.Of]; found && l.Shows == published.Article && k.URLs[i] == l.URL {
		return true
	}
	if id, found := strings.CutSuffix(l.URL, "/index.html"); found {
		if at := k.entity(id); at >= 0 && k.Entities[at].Page {
			return true
		}
		if listing := k.listing(id); listing != nil && listing.Page {
			return true
		}
	}
	if slices.ContainsFunc(k.Pages, func(p Page) bool { return p.URL == l.URL }) {
		return true
	}
	if k.urls == nil {
		k.urls = make(map[string]bool, len(k.URLs))
		for _, url := range k.URLs {
			k.urls[url] = true
		}
	}
	return k.urls[l.URL]
}

// leads is where what a line shows has its page now, "" where it is gone; false where that hangs on how a name is spelled.
func (k *keeper) leads(l published.Line) (url string, known bool) {
	switch l.Shows {
	case published.Article:
		if i, found := k.cards[l.Of]; found {
			return k.URLs[i], true
		}
		return "", true
	case published.Page:
		if at := slices.IndexFunc(k.Pages, func(p Page) bool { return p.File == l.Of }); at >= 0 {
			return k.Pages[at].URL, true
		}
		return "", true
	}
	if kind, err := news.ParseKind(l.Shows); err == nil {
		at := k.resolver.Holder(kind, l.Of)
		if at < 0 {
			return "", false
		}
		return k.entityURL(at), true
	}
	folder, slug := l.Shows+"s", prose.Slug(l.Of)
	if l.Shows == published.Tag {
		if tags := k.vocabulary.Written([]string{l.Of}); len(tags) > 0 {
			slug = tags[0].Slug
		}
	}
	switch listing := k.listing(folder + "/" + slug); {
	case listing == nil:
		return "", true
	case !listing.Page:
		return folder + "/index.html", true
	default:
		return listing.ID + "/index.html", true
	}
}

// entityURL is the page of an entity; of one that has none, the index that lists it.
func (k *keeper) entityURL(at int) string {
	if e := &k.Entities[at]; !e.Page {
		return e.Kind.Folder() + "/index.html"
	}
	return k.Entities[at].ID + "/index.html"
}

// entity is where the entity of an id stands, or -1.
func (k *keeper) entity(id string) int {
	at, found := slices.BinarySearchFunc(k.Entities, id, func(e news.Entity, id string) int { return strings.Compare(e.ID, id) })
	if !found {
		return -1
	}
	return at
}

func (k *keeper) listing(id string) *news.Listing {
	for _, listings := range [][]news.Listing{k.Tags, k.Sections, k.Publications, k.Authors} {
		at, found := slices.BinarySearchFunc(listings, id, func(l news.Listing, id string) int { return strings.Compare(l.ID, id) })
		if found {
			return &listings[at]
		}
	}
	return nil
}

// findSpelled finds whose the names are that nothing goes by any more: theirs who are printed so most often.
func (k *keeper) findSpelled(unheld []published.Line) {
	if len(unheld) == 0 {
		return
	}
	type printed struct{ at, count int }
	most := make(map[string]printed, len(unheld))
	for _, l := range unheld {
		most[l.Of] = printed{-1, 0}
	}
	for at := range k.Entities {
		for _, s := range k.Entities[at].Spellings {
			if best, asked := most[s.Text]; asked && s.Count > best.count {
				most[s.Text] = printed{at, s.Count}
			}
		}
	}
	for _, l := range unheld {
		if best := most[l.Of]; best.at >= 0 {
			k.kept[l.URL] = k.entityURL(best.at)
		} else {
			k.Lost = append(k.Lost, l)
		}
	}
	slices.SortFunc(k.Lost, func(a, b published.Line) int { return strings.Compare(a.URL, b.URL) })
}

// keepForms lets the addresses that other full forms of published names would have lead to these, where they are free.
func (k *keeper) keepForms() {
	for at := range k.Entities {
		e := &k.Entities[at]
		url := e.ID + "/index.html"
		if _, found := k.reader.published.Find(url); !found || !e.Page {
			continue
		}
		for _, id := range k.resolver.OtherIDs(at) {
			other := id + "/index.html"
			if _, kept := k.kept[other]; kept || k.Moved[other].URL != "" {
				continue
			}
			if at := k.entity(id); at < 0 || !k.Entities[at].Page {
				k.kept[other] = url
			}
		}
	}
}

// Addresses is the record of what has been published, once this archive has been. A name stays as the record has it, while the
// page at its address still prints it so.
func (a *Archive) Addresses() *published.Record {
	before := a.reader.published
	lines := map[string]published.Line{}
	for _, l := range before.Lines() {
		l.LeadsTo = cmp.Or(a.Kept[l.URL], a.Moved[l.URL].URL)
		lines[l.URL] = l
	}
	for _, l := range a.Lost { // as they were
		lines[l.URL] = l
	}
	note := func(url, shows, of string) {
		lines[url] = published.Line{URL: url, Shows: shows, Of: strings.Join(strings.Fields(of), " ")}
	}
	for i := range a.Cards {
		note(a.URLs[i], published.Article, a.Cards[i].ID)
	}
	for at := range a.Entities {
		e := &a.Entities[at]
		was := lines[e.ID+"/index.html"].Of
		switch {
		case !e.Page:
		case slices.ContainsFunc(e.Spellings, func(s news.Spelling) bool { return s.Text == was }): // so it is known by that name
			note(e.ID+"/index.html", e.Kind.String(), was)
		default:
			note(e.ID+"/index.html", e.Kind.String(), e.Name)
		}
	}
	for shows, listings := range map[string][]news.Listing{published.Tag: a.Tags, published.Section: a.Sections, published.Publication: a.Publications, published.Author: a.Authors} {
		for n := range listings {
			if listings[n].Page {
				note(listings[n].ID+"/index.html", shows, listings[n].Label)
			}
		}
	}
	for _, p := range a.Pages {
		note(p.URL, published.Page, p.File)
	}
	return published.New(slices.Collect(maps.Values(lines)))
}

// LostHint says what can be done about an address that leads nowhere.
func LostHint(l published.Line) string {
	again := "delete its line in content/urls.tsv to let it go"
	switch l.Shows {
	case published.Article, published.Page:
		return "write aliases = [\"" + l.URL + "\"] into the article that takes its place; or " + again
	case published.Tag:
		return "make its label one of the aliases of a tag in content/tags.toml; or " + again
	case published.Section, published.Publication, published.Author:
		return "write aliases = [\"" + l.URL + "\"] into an article or page that takes its place; or " + again
	}
	return "make the name one of the aliases of an entry in content/entities.toml; or " + again
}
