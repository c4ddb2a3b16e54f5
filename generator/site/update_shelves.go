package site

import (
	"cmp"
	"slices"
	"strings"

	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
	"broadsheet/generator/prose"
)

// link hashes what links to entities show, and finds the pages on which that is something else now.
func (u *update) link() {
	other := u.compareEntities()
	u.compareGroups()
	p := u.now
	for i, was := range u.r.Was {
		if was < 0 {
			continue
		}
		var shown otherwise // of its names
		for _, n := range p.names[i] {
			shown |= other[n]
		}
		if !u.sameNames(i, was) {
			u.regroup(i, was)
			shown |= inLinks
		}
		if shown&(inLinks|inDoubt) != 0 {
			u.cards[i] = true
		}
		if shown&(inLinks|onMaps) != 0 {
			for _, n := range p.names[i] {
				u.shelves[p.Entities[n].ID] = true
			}
		}
	}
}

// otherwise is where a name of an article shows otherwise than before.
type otherwise uint8

const (
	inLinks otherwise = 1 << iota // on its page and those of its other names: it is called otherwise, or leads elsewhere
	inDoubt                       // on its page: a person stands behind it, or none does any more
	onMaps                        // on the pages of its other names: it lies elsewhere
)

// compareEntities finds which entities are as they were, and where the others show otherwise.
func (u *update) compareEntities() (other []otherwise) {
	p, w := u.now, u.was
	stood := w.stood.entities
	p.linked, p.stood.entities, other = make([]manifest.Digest, len(p.Entities)), make([]standing, len(p.Entities)), make([]otherwise, len(p.Entities))
	u.become, u.regrouped, u.alike = slices.Repeat([]int{-1}, len(stood)), map[int]bool{}, map[int]int{}
	var h manifest.Hasher
	before := 0
	for n := range p.Entities { // both in order of id
		e := &p.Entities[n]
		u.alike[len(e.Articles)]++
		for ; before < len(stood) && stood[before].ID < e.ID; before++ {
			u.shelves[stood[before].ID] = true
		}
		known := before < len(stood) && stood[before].ID == e.ID
		if known && stood[before].same(e) {
			p.linked[n], p.stood.entities[n], u.become[before] = w.linked[before], stood[before], n
			before++
			continue
		}
		p.linked[n], p.stood.entities[n], other[n] = linkKey(&h, e), stand(e), inLinks
		u.shelves[e.ID] = true
		had := 0
		if known {
			had, other[n], u.become[before] = stood[before].articles, 0, n
			if p.linked[n] != w.linked[before] {
				other[n] = inLinks
			}
			if stood[before].Confirmed != e.Confirmed {
				other[n] |= inDoubt
			}
			if was := stood[before].At; (was == nil) != (e.At == nil) || was != nil && *was != *e.At {
				other[n] |= onMaps
			}
			before++
		}
		if had != len(e.Articles) {
			u.recounted = append(u.recounted, recounted{n, had, len(e.Articles)})
		}
	}
	for ; before < len(stood); before++ {
		u.shelves[stood[before].ID] = true
	}
	return other
}

// compareGroups finds which tags, sections, publications and authors have another name, or no page any more.
func (u *update) compareGroups() {
	p := u.now
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
}

// sameNames reports whether a card that has not changed names the entities that it named before, each by the same names.
func (u *update) sameNames(i, was int) bool {
	return u.now.stood.shapes[i] == u.was.stood.shapes[was] &&
		slices.EqualFunc(u.now.names[i], u.was.names[was], func(n, before int32) bool { return u.become[before] == int(n) })
}

// regroup notes a card that has not changed and yet names other entities than before, and these.
func (u *update) regroup(i, was int) {
	u.renamed = append(u.renamed, i)
	now, before := u.now.names[i], make([]int32, 0, len(u.was.names[was]))
	for _, b := range u.was.names[was] {
		before = append(before, int32(u.become[b]))
	}
	note := func(names, others []int32) {
		for _, n := range names {
			if n >= 0 && !slices.Contains(others, n) {
				u.regrouped[int(n)], u.shelves[u.now.Entities[n].ID] = true, true
			}
		}
	}
	note(now, before)
	note(before, now)
}

// findShelves notes the listings that have an article which has changed, come or gone. Those of tags and the like show no more of
// it than any list does.
func (u *update) findShelves() {
	for was := range u.r.Gone {
		if !u.steady || u.now.digests[was] != u.was.digests[was] {
			card := u.r.Gone[was].Card
			u.groupsOf(&card)
		}
		for _, n := range u.was.names[was] {
			u.shelves[u.was.stood.entities[n].ID] = true
		}
	}
	for _, i := range u.changed {
		if !u.steady || u.now.digests[i] != u.was.digests[i] {
			u.groupsOf(&u.now.Cards[i])
		}
		for _, n := range u.now.names[i] {
			u.shelves[u.now.Entities[n].ID] = true
		}
	}
	for i, clusters := range u.r.Recast {
		for _, j := range clusters {
			if n := u.now.Of[i][j]; n >= 0 {
				u.shelves[u.now.Entities[n].ID] = true
			}
		}
	}
}

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

// placeShelf puts the pages of a listing in the place of those it had. All lie in its folder, where an article may lie too.
func (u *update) placeShelf(id string, pages []page) {
	before := u.out.in(id)
	u.claim(before, pages)
	u.taken = u.taken || slices.ContainsFunc(pages, func(page page) bool { return u.now.Takes(page.path) })
	u.replace(before, pages)
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
