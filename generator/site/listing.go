package site

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
	"broadsheet/generator/render"
)

// shelf is one thing with a listing of its own, whatever its kind.
type shelf struct {
	id      string // folder below the root
	kind    string
	heading string
	note    string
	cards   []int // newest first
	passing []int // of an entity: the cards that mention it in passing, newest first
	entity  *news.Entity
	machine bool  // the program alone says that these articles name this entity
	hidden  bool  // search engines are asked to leave it out: a person whom nobody has confirmed
	fed     []int // what its feed carries; empty where it has none
}

// listings plans the pages of every tag, section, publication, author and entity that has one.
func (p *plan) listings() {
	parts := slices.Concat(p.groupListings(p.Tags), p.groupListings(p.Sections), p.groupListings(p.Publications), p.groupListings(p.Authors))
	for n := range p.Entities {
		if e := &p.Entities[n]; e.Page {
			parts = append(parts, func(to *sheet) { to.shelf(p.entityShelf(e)) })
		}
	}
	p.twice(parts)
}

func (p *plan) entityShelf(e *news.Entity) shelf {
	s := shelf{id: e.ID, kind: p.words.Kind(e.Kind.String()), heading: e.Name, note: e.Note, entity: e, machine: p.machine(e)}
	s.hidden = s.machine && e.Kind == news.Person && !p.o.IndexPeople
	s.cards, s.passing = appearances(e)
	return s
}

func (p *plan) groupListings(listings []news.Listing) (parts []func(*sheet)) {
	for n := range listings {
		if l := &listings[n]; l.Page {
			parts = append(parts, p.groupListing(l))
		}
	}
	return parts
}

func (p *plan) groupListing(l *news.Listing) func(*sheet) {
	kind := map[string]string{"tags": "tag", "sections": "section", "publications": "publication", "authors": "author"}[path.Dir(l.ID)]
	return func(to *sheet) {
		to.shelf(shelf{id: l.ID, kind: p.words.Kind(kind), heading: l.Label, note: l.Note, cards: l.Cards})
	}
}

// appearances is an entity's cards, newest first, and which of them mention it in passing.
func appearances(e *news.Entity) (cards, passing []int) {
	cards = make([]int, 0, len(e.Articles))
	for _, a := range slices.Backward(e.Articles) {
		cards = append(cards, int(a.Card))
		if !a.About {
			passing = append(passing, int(a.Card))
		}
	}
	return cards, passing
}

// shelf plans a listing: its first page with the newest articles, its leaves where it is long, its feed.
func (p *sheet) shelf(s shelf) {
	newest, leaves := s.cards, []period(nil)
	if len(s.cards) > p.o.SplitAbove {
		newest, leaves = s.cards[:p.o.SplitAbove], p.periods(s.cards, p.o.SplitAbove)
	}
	if p.site.Feed && len(s.cards) >= p.o.MinFeed && !s.of("authors") && !s.of("publications") {
		s.fed = p.fed(s.cards)
	}
	p.first(s, newest, leaves)
	for _, leaf := range leaves {
		p.leaf(s, leaf)
	}
	if s.fed != nil {
		p.feed(s)
	}
}

func (p *sheet) first(s shelf, newest []int, leaves []period) {
	url := s.id + "/index.html"
	earliest, latest := p.ends(s.cards)
	h := p.hasher()
	s.headKey(&h)
	s.aboutKey(&h)
	p.shown(&h, newest)
	passingKey(&h, newest, s.passing)
	links(&h, periodLinks(s.id, leaves))
	company := p.companyOf(s)
	company.key(&h)
	p.yearsKey(&h, s.cards)
	for _, i := range []int{earliest, latest} {
		if i >= 0 {
			h.Digest(p.digests[i])
		}
	}
	narrower, broader := p.related(s)
	links(&h, narrower)
	links(&h, broader)
	p.render(url, "listing.html", &h, func() any {
		l := p.listing(s, url, newest)
		about(l, s)
		l.Periods, l.Bars = periodLinks(s.id, leaves), bars(p.byYear(s.cards), leafOfYear(s, leaves))
		l.With, l.Pairs, l.Pins = company.with, company.pairs, company.pins
		l.Narrower, l.Broader = narrower, broader
		l.First, l.Last = p.end(earliest), p.end(latest)
		return l
	})
	if !s.hidden {
		p.mapped(url)
	}
}

func (p *sheet) leaf(s shelf, leaf period) {
	url := leafURL(s.id, leaf)
	h := p.hasher()
	s.headKey(&h)
	h.String(leaf.label)
	p.shown(&h, leaf.cards)
	passingKey(&h, leaf.cards, s.passing)
	p.render(url, "listing.html", &h, func() any {
		l := p.listing(s, url, leaf.cards)
		l.Title = s.heading + ", " + leaf.label
		l.Period, l.Up = leaf.label, &render.Link{Label: s.heading, URL: s.id + "/index.html"}
		return l
	})
	if !s.hidden {
		p.mapped(url)
	}
}

// of reports whether the shelf is in a room.
func (s *shelf) of(room string) bool { return strings.HasPrefix(s.id, room+"/") }

// headKey adds what every page of a listing shows of the thing itself: nothing that grows with its articles, so that
// leaves stay as they are when another leaf grows.
func (s *shelf) headKey(h *manifest.Hasher) {
	for _, part := range []string{s.id, s.kind, s.heading} {
		h.String(part)
	}
	h.Bool(s.fed != nil)
	h.Bool(s.machine)
	h.Bool(s.entity != nil && s.entity.Ambiguous)
}

// aboutKey adds what the first page alone tells.
func (s *shelf) aboutKey(h *manifest.Hasher) {
	h.String(s.note)
	h.Int(len(s.cards))
	if e := s.entity; e != nil {
		h.Strings(e.SameAs)
		for _, spelling := range e.Spellings {
			h.String(spelling.Text)
			h.Int(spelling.Count)
		}
	}
}

// passingKey adds which of the cards mention the entity in passing; both lists are in one order.
func passingKey(h *manifest.Hasher, cards, passing []int) {
	for _, i := range cards {
		h.Bool(contains(passing, i))
	}
}

// contains looks a card up in a list that is newest first.
func contains(cards []int, i int) bool {
	_, found := slices.BinarySearchFunc(cards, i, func(a, b int) int { return cmp.Compare(b, a) })
	return found
}

// listing is the data that first pages and leaves share.
func (p *plan) listing(s shelf, url string, cards []int) *render.Listing {
	l := &render.Listing{
		Page: p.page(url, s.heading), Kind: s.kind, Heading: s.heading, Total: len(cards), Machine: s.machine,
	}
	l.NoIndex = s.hidden
	if s.fed != nil {
		l.Feed = &render.Link{Label: s.heading, URL: s.id + "/feed.xml"}
	}
	switch {
	case s.entity != nil:
		l.Ambiguous = s.entity.Ambiguous
		about, passing := byRole(cards, s.passing)
		l.Central, l.Items, l.Passing = true, p.items(about), p.items(passing)
	case s.of("publications"):
		l.Issues = p.issues(cards)
	default:
		l.Items = p.items(cards)
	}
	return l
}

// byRole parts an entity's cards into those that are about it and those that mention it in passing, each newest first.
func byRole(cards, passing []int) (about, mentions []int) {
	for _, i := range cards {
		if contains(passing, i) {
			mentions = append(mentions, i)
		} else {
			about = append(about, i)
		}
	}
	return about, mentions
}

// about fills in what the first page alone tells.
func about(l *render.Listing, s shelf) {
	l.Note, l.Description, l.Total = s.note, s.note, len(s.cards)
	if s.entity != nil {
		l.Spellings, l.SameAs = s.entity.Spellings, s.entity.SameAs
	}
}

// machine reports whether the program alone says that articles name an entity: no person has an entry for it, and not
// every article's front matter gives it.
func (p *plan) machine(e *news.Entity) bool {
	return !e.Confirmed && slices.ContainsFunc(e.Articles, func(a news.Appearance) bool { return !p.Cards[a.Card].Named[e.Kind] })
}

func leafURL(id string, leaf period) string { return id + "/" + leaf.name + ".html" }

func periodLinks(id string, leaves []period) []render.Link {
	list := make([]render.Link, len(leaves))
	for n, leaf := range leaves {
		list[n] = render.Link{Label: leaf.label, URL: leafURL(id, leaf), Count: len(leaf.cards)}
	}
	return list
}

// leafOfYear leads a bar of the chart to the leaf of its year, where that is one page.
func leafOfYear(s shelf, leaves []period) func(int) string {
	have := make(map[string]bool, len(leaves))
	for _, leaf := range leaves {
		have[leaf.name] = true
	}
	return func(year int) string {
		if name := fmt.Sprintf("%04d", year); have[name] {
			return s.id + "/" + name + ".html"
		}
		return ""
	}
}

// ends is the earliest and the latest dated card, or -1.
func (p *plan) ends(cards []int) (earliest, latest int) {
	earliest, latest = -1, -1
	for _, i := range slices.Backward(cards) {
		if p.outlines[i].known == news.Undated {
			continue
		}
		if earliest < 0 {
			earliest = i
		}
		latest = i
	}
	return earliest, latest
}

func (p *plan) end(i int) *render.Item {
	if i < 0 {
		return nil
	}
	item := p.item(i)
	return &item
}

// yearsKey adds to a key what a chart of the cards is made from; where it leads is the caller's to add.
func (p *plan) yearsKey(h *manifest.Hasher, cards []int) {
	for _, i := range cards {
		if o := p.outlines[i]; o.known >= news.ToYear {
			h.Int(int(o.year))
		}
	}
}

// related is the tags below and above a tag, those that have a page.
func (p *plan) related(s shelf) (narrower, broader []render.Link) {
	if !s.of("tags") {
		return nil, nil
	}
	entry, _ := p.Tag(path.Base(s.id))
	pages := func(slugs []string) (list []render.Link) {
		for _, slug := range slugs {
			if l := p.groups["tags/"+slug]; l != nil && l.Page {
				list = append(list, render.Link{Label: l.Label, URL: l.ID + "/index.html", Count: len(l.Cards)})
			}
		}
		return list
	}
	return pages(entry.Narrower), pages(entry.Broader)
}
