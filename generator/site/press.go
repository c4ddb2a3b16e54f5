package site

import (
	"context"
	"errors"
	"slices"

	"broadsheet/generator/archive"
	"broadsheet/generator/manifest"
)

// Press puts the same site out again and again. It keeps what it has planned, so that after a change of some articles it
// plans only the pages that may show them, by the same functions as a whole build, and compares no others.
type Press struct {
	o        Options
	out      *output
	plan     *plan
	places   []string                   // URL of each card
	heads    map[string]manifest.Digest // by id of a tag, section, publication or author: what its pages show beside its articles
	planned  map[string][]string        // paths of the fixed pages, by step, sorted
	mapped   map[string]bool            // paths that the sitemap of pages has
	stale    bool                       // the search index is of an earlier archive
	unmapped bool                       // so are the sitemaps
}

// newPress keeps what a build has planned.
func newPress(p *plan, out *output, r *remains) *Press {
	press := &Press{o: p.o, out: out, heads: map[string]manifest.Digest{}}
	if r != nil {
		press.planned, press.mapped = r.planned, r.mapped
		for _, paths := range r.planned {
			slices.Sort(paths)
		}
	}
	p.stood.entities = make([]standing, len(p.Entities))
	for n := range p.Entities {
		p.stood.entities[n] = stand(&p.Entities[n])
	}
	p.stood.shapes = p.shapes()
	for id, l := range p.groups {
		press.heads[id] = groupHead(l)
	}
	press.places = slices.Clone(p.URLs)
	press.keep(p)
	return press
}

// remains is what stays of a plan once its pages are made; nil where no update can start from it.
func (p *plan) remains() *remains {
	if len(p.found) > 0 {
		return nil
	}
	r := &remains{p.digests, p.around.related, map[string][]string{}, map[string]bool{}}
	for name, s := range p.planned {
		r.planned[name] = pathsOf(p.pages[s.from:s.to])
	}
	for n := range p.pages {
		if p.pages[n].mapped {
			r.mapped[p.pages[n].path] = true
		}
	}
	return r
}

// keep makes a plan the one that the next update starts from.
func (p *Press) keep(plan *plan) {
	plan.stood.alsoRan, plan.stood.byFile, plan.stood.kept = plan.AlsoRan, plan.ByFile, plan.Kept
	plan.pages, plan.parts, plan.planned = nil, nil, nil
	p.plan = plan
}

// Update brings the output up to date after the archive it was made of has been renewed. It reports false where it cannot
// tell which pages that changes; the press is then spent.
func (p *Press) Update(ctx context.Context, a *archive.Archive, r *archive.Renewal) (report Report, ok bool, err error) {
	if len(p.plan.found) > 0 || !p.out.ours() {
		return report, false, nil
	}
	u := &update{Press: p, was: p.plan, r: r, here: r.Now(), shelves: map[string]bool{}, cards: map[int]bool{}}
	if !u.renew(a) {
		return report, false, nil
	}
	u.findShelves()
	u.findArticles()
	u.planAll()
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
	if !u.steady {
		p.places = slices.Clone(a.URLs)
	}
	p.keep(u.now)
	p.stale = true
	report = Report{Articles: len(a.Cards), Pages: len(p.out.old), Written: c.written, Removed: c.removed}
	return report, true, nil
}

// Settle brings up to date what updates leave as it was, because it takes longer than the pages whose author waits for them,
// and no page shows it: the search index with the tables, and the sitemaps.
func (p *Press) Settle(ctx context.Context) (r Report, err error) {
	if !p.stale || !p.out.ours() {
		return r, nil
	}
	s := &spool{folder: p.o.State}
	defer func() { err = errors.Join(err, s.close()) }()
	p.plan.pages, p.plan.parts = nil, nil
	defer func() { p.plan.pages, p.plan.parts, p.plan.maps = nil, nil, nil }()
	var before []string
	if p.plan.searched() {
		if err := p.plan.index(ctx, p.out, s); err != nil {
			return r, err
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
		return r, err
	}
	now := sortedPaths(pages)
	for _, path := range before {
		if _, found := slices.BinarySearch(now, path); !found {
			c.removed = append(c.removed, path)
		}
	}
	if err := p.out.amend(c); err != nil {
		return r, err
	}
	p.stale, p.unmapped, p.planned["sitemaps"] = false, false, sitemaps
	return Report{Pages: len(p.out.old), Written: c.written, Removed: c.removed, Bytes: (&change{manifest: p.out.old}).bytes()}, nil
}

// planSitemaps adds the sitemaps to the plan, and gives their paths.
func (p *Press) planSitemaps() []string {
	for path := range p.mapped {
		p.plan.maps = append(p.plan.maps, escape(path))
	}
	pages := p.plan.sheet((*sheet).sitemaps)
	p.plan.pages = append(p.plan.pages, pages...)
	return sortedPaths(pages)
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
