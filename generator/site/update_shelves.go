package site

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
	"broadsheet/generator/prose"
)

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

// beside notes the tags above and below one, which tell how many articles it has.
func (u *update) beside(id string) {
	if slug, found := strings.CutPrefix(id, "tags/"); found {
		entry, _ := u.now.Tag(slug)
		for _, other := range slices.Concat(entry.Narrower, entry.Broader) {
			u.shelves["tags/"+other] = true
		}
	}
}

// planShelves plans the listings anew. All pages of one lie in its folder, where an article may lie too.
func (u *update) planShelves() {
	ids := slices.Sorted(maps.Keys(u.shelves))
	planned := make([][]page, len(ids))
	u.now.share(len(ids), func(n int) {
		if part := u.now.shelfOf(ids[n]); part != nil {
			planned[n] = u.now.sheet(part)
		}
	})
	for n, id := range ids {
		before := u.out.in(id)
		u.claim(before, planned[n])
		u.taken = u.taken || slices.ContainsFunc(planned[n], func(page page) bool { return u.now.Takes(page.path) })
		u.replace(before, planned[n])
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

// entity is the number of the entity of an id.
func (p *plan) entity(id string) (n int, found bool) {
	return slices.BinarySearchFunc(p.Entities, id, func(e news.Entity, id string) int { return cmp.Compare(e.ID, id) })
}
