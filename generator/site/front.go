package site

import (
	"cmp"
	"slices"

	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
	"broadsheet/generator/render"
)

// What the front page shows: the lead with the articles after it, and so many names of each kind.
const (
	latestShown = 13
	namesShown  = 12
)

// front plans the front page.
func (p *sheet) front() {
	const url = "index.html"
	latest := p.latest()
	all := p.newestFirst()
	earliest, last := p.ends(all)
	data := render.Front{
		Articles: len(p.Cards), First: p.dateOf(earliest), Last: p.dateOf(last), Bars: bars(p.byYear(all), yearURL),
		People: p.foremost(news.Person), Places: p.foremost(news.Place), Organizations: p.foremost(news.Organization),
		Tags: groupsShown(p.Tags), Sections: groupsShown(p.Sections), Publications: groupsShown(p.Publications), Days: p.hasDays(),
	}
	var h manifest.Hasher
	h.Int(data.Articles)
	h.Bool(data.Days)
	h.String(data.First.Text)
	h.String(data.Last.Text)
	barsKey(&h, data.Bars)
	for _, list := range [][]render.Link{data.People, data.Places, data.Organizations, data.Tags, data.Sections, data.Publications} {
		links(&h, list)
	}
	p.shown(&h, latest)
	p.render(url, "front.html", &h, func() any {
		shown := data
		shown.Page = p.page(url, p.o.Title)
		shown.Description = p.o.Description
		shown.Latest = p.items(latest)
		return &shown
	})
	p.mapped(url)
}

// latest is the newest articles; those of weight come first, the lightest of them leading, as Hugo has it.
func (p *plan) latest() []int {
	var weighted, rest []int
	for i := len(p.Cards) - 1; i >= 0; i-- {
		if p.has(i, hasWeight) {
			weighted = append(weighted, i)
		} else if len(rest) < latestShown {
			rest = append(rest, i)
		}
	}
	slices.SortStableFunc(weighted, func(a, b int) int { return cmp.Compare(p.Cards[a].Weight, p.Cards[b].Weight) })
	latest := append(weighted, rest...)
	return latest[:min(len(latest), latestShown)]
}

func (p *plan) dateOf(i int) render.Date {
	if i < 0 {
		return render.Date{}
	}
	return p.words.Date(p.Cards[i].Date)
}

// foremost is the entities of a kind that most articles name.
func (p *plan) foremost(kind news.Kind) []render.Link {
	var list []render.Link
	for _, n := range p.foremostEntities(namesShown, func(e *news.Entity) bool { return e.Kind == kind }) {
		e := &p.Entities[n]
		list = append(list, render.Link{Label: e.Name, URL: e.ID + "/index.html", Count: len(e.Articles)})
	}
	return list
}

func groupsShown(groups []news.Listing) []render.Link {
	var list []render.Link
	for _, l := range foremostGroups(groups, namesShown) {
		list = append(list, render.Link{Label: l.Label, URL: l.ID + "/index.html", Count: len(l.Cards)})
	}
	return list
}
