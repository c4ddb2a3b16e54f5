package check

import (
	"bytes"
	"io/fs"
	"slices"
	"strings"

	"broadsheet/generator/diag"
)

// page is one file being read, and what came of it.
type page struct {
	anchors
	file   int // index into paths
	name   string
	src    []byte
	links  int
	found  []found
	titled bool
	spoken bool // has a language
}

// readFile reads a page, feed or sitemap.
func (o *output) readFile(file int) *page {
	p := &page{file: file, name: o.paths[file]}
	src, err := fs.ReadFile(o.files, p.name)
	if err != nil {
		p.found = []found{{key: p.name, file: file, message: diag.Fail(p.name, "cannot be read: %v", err)}}
		return p
	}
	p.src = src
	if isPage(p.name) {
		o.readPage(p)
	} else {
		o.readFeed(p)
	}
	p.src = nil
	return p
}

// readFeed reads a feed or sitemap.
func (o *output) readFeed(p *page) {
	for t := range tags(p.src) {
		for address := range p.addresses(t) {
			o.follow(p, t, address)
		}
	}
}

func (o *output) readPage(p *page) {
	ids := map[string]bool{}
	root := tag{offset: -1}
	empty := true
	for t := range tags(p.src) {
		empty = false
		if t.name == "html" {
			root = tag{offset: t.offset, end: t.end}
			p.spoken = strings.TrimSpace(t.value("lang")) != ""
		}
		p.titled = p.titled || t.name == "title" && hasText(p.src[t.end:])
		if t.name == "base" {
			p.report(t, "base", "a base element turns every other link").hint = "write links relative to the page"
		}
		p.takeIDs(t, ids)
		for address := range p.addresses(t) {
			o.follow(p, t, address)
		}
	}
	slices.Sort(p.ids)
	if empty {
		return // a proof of ownership or the like, for no reader
	}
	if !p.titled {
		p.report(root, "title", "the page has no title")
	}
	if !p.spoken {
		p.report(root, "lang", "the page does not say its language").hint = `give the html element a lang: <html lang="en">`
	}
}

// hasText reports whether there are words before the next tag.
func hasText(src []byte) bool {
	text, _, _ := bytes.Cut(src, []byte("<"))
	return len(bytes.TrimSpace(text)) > 0
}

// takeIDs keeps the tag's id, which must be the only one of its kind, and the name by which old pages have anchors.
func (p *page) takeIDs(t tag, ids map[string]bool) {
	if id := t.value("id"); id != "" {
		if ids[id] {
			p.report(t, "id "+id, "the id "+quoted(id)+" is used twice")
		}
		ids[id] = true
		p.ids = append(p.ids, hash(id))
	}
	if name := t.value("name"); name != "" && t.name == "a" {
		p.ids = append(p.ids, hash(name))
	}
}

// follow looks where one address leads. Anchors are left for later, when all pages are known.
func (o *output) follow(p *page, t tag, address string) {
	to, internal, fault := o.base.resolve(p.name, address)
	if !internal {
		return
	}
	p.links++
	if fault != "" {
		p.report(t, fault+" "+address, "the link "+quoted(address)+" "+fault)
		return
	}
	file, there := o.find(to)
	switch {
	case !there:
		p.report(t, "path "+to.path, "the link "+quoted(address)+" leads to nothing").wanted = to
	case to.fragment != "" && isPage(o.paths[file]):
		p.wants = append(p.wants, want{id: hash(to.fragment), page: int32(file), offset: int32(t.offset)})
	}
}

// reportAnchors reads a page again for the links at the offsets in missing whose anchors do not exist.
func (o *output) reportAnchors(file int, missing map[int32]bool, kept []anchors) {
	p := &page{file: file, name: o.paths[file]}
	p.src, _ = fs.ReadFile(o.files, p.name)
	for t := range tags(p.src) {
		if !missing[int32(t.offset)] {
			continue
		}
		for address := range p.addresses(t) {
			to, internal, fault := o.base.resolve(p.name, address)
			at, there := o.find(to)
			if !internal || fault != "" || !there || to.fragment == "" || !isPage(o.paths[at]) {
				continue
			}
			if _, there := slices.BinarySearch(kept[at].ids, hash(to.fragment)); !there {
				to.path = o.paths[at]
				p.report(t, "anchor "+to.path+"#"+to.fragment, "the link "+quoted(address)+" leads to no anchor").wanted = to
			}
		}
	}
	for _, f := range p.found {
		o.faults.add(f)
	}
}

// hash is FNV-1a of an id.
func hash(id string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(id) {
		h = (h ^ uint64(id[i])) * 1099511628211
	}
	return h
}
