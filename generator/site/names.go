package site

import (
	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
	"broadsheet/generator/prose"
	"broadsheet/generator/render"
)

// nameKeys adds what an article shows of other things: what its tags, section, publication, authors and entities are
// called and where they lead, and whether the files it refers to are there.
func (p *plan) nameKeys(h *manifest.Hasher, i int) {
	c := &p.Cards[i]
	for _, t := range c.Tags {
		groupKey(h, p.tagLink(t.Slug))
	}
	groupKey(h, p.grouped("sections", c.Section))
	groupKey(h, p.grouped("publications", c.Publication))
	for _, author := range c.Authors {
		groupKey(h, p.grouped("authors", author))
	}
	p.referenceKeys(h, c.Files)
	for _, e := range p.Of[i] {
		h.Int(int(min(e, 0)))
		if e >= 0 {
			h.Digest(p.linked[e])
			h.Bool(p.Entities[e].Confirmed)
		}
	}
}

func groupKey(h *manifest.Hasher, l render.Link) {
	h.String(l.Label)
	h.String(l.URL)
}

// grouped is the link to an author, a section or a publication.
func (p *plan) grouped(folder, label string) render.Link {
	if l := p.groups[folder+"/"+prose.Slug(label)]; l != nil {
		return groupLink(l)
	}
	return render.Link{Label: label}
}

func (p *plan) tagLink(slug string) render.Link { return groupLink(p.groups["tags/"+slug]) }

func groupLink(l *news.Listing) render.Link {
	link := render.Link{Label: l.Label}
	if l.Page {
		link.URL = l.ID + "/index.html"
	}
	return link
}

// nameLinks sets the people, places and organizations of card i: what it is about, then the rest, in order of appearance.
func (p *plan) nameLinks(data *render.Article, i int) {
	var lists [len(news.Kinds) + 1][]render.Link
	var left [len(news.Kinds) + 1]int
	for _, about := range []bool{true, false} {
		for _, n := range p.names[i] {
			e := &p.Entities[n]
			switch {
			case p.About(n, i) != about:
			case len(lists[e.Kind]) == namesListed:
				left[e.Kind]++
			default:
				lists[e.Kind] = append(lists[e.Kind], p.entityLink(e))
			}
		}
	}
	for _, n := range p.names[i] {
		e := &p.Entities[n]
		machine := !e.Confirmed && !p.Cards[i].Named[e.Kind]
		data.ByMachine = data.ByMachine || machine
		if !machine || e.Kind != news.Person || p.o.IndexPeople {
			p.subject(data, n, i)
		}
	}
	for kind, n := range left {
		if n > 0 {
			lists[kind] = append(lists[kind], render.Link{Label: p.words.And + " " + p.words.Number(n) + " " + p.words.More})
		}
	}
	data.People, data.Places, data.Organizations = lists[news.Person], lists[news.Place], lists[news.Organization]
}

func (p *plan) entityLink(e *news.Entity) render.Link {
	if !e.Page {
		return render.Link{Label: e.Name}
	}
	return render.Link{Label: e.Name, URL: e.ID + "/index.html"}
}

// subject adds entity n to what the structured data of card i tells.
func (p *plan) subject(data *render.Article, n int32, i int) {
	e := &p.Entities[n]
	s := render.Subject{Kind: e.Kind, Name: e.Name}
	switch about := p.About(n, i); {
	case about && len(data.About) < subjectsTold:
		data.About = append(data.About, s)
	case !about && len(data.Mentions) < subjectsTold && e.Page:
		data.Mentions = append(data.Mentions, s)
	}
}
