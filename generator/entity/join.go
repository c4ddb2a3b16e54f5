package entity

import (
	"cmp"
	"slices"
	"strings"

	"broadsheet/generator/news"
)

// joiner knows which headings the whole archive shows to be one. No card is compared with another: headings meet by
// what they have in common, and only those that meet are looked at.
type joiner struct {
	root    []int32           // by heading: the heading whose entity it is
	members map[int32][]int32 // by root: all headings of an entity that has several
	links   map[looked][]link
	back    map[int32][]looked // by heading: what was looked at when it was linked
	split   []int32            // headings whose links have changed
	moved   []int32            // headings that are of another entity now
	beside  []int32            // by heading: the last search that saw it
	search  int32
}

// link says that one heading is another.
type link struct {
	stage      stage
	from, into int32
	other      int32 // whichever of them was not looked at
}

// stage is why headings are linked, in the order in which links are followed.
type stage uint8

const (
	formStage stage = iota
	companyStage
	middleStage
	stages // how many there are
)

// looked is a heading that was looked at in a stage: its links are found and forgotten together.
type looked struct {
	heading int32
	stage   stage
}

func newJoiner() joiner {
	return joiner{members: map[int32][]int32{}, links: map[looked][]link{}, back: map[int32][]looked{}}
}

// meeting is what headings meet by: the first and last word of a person, the name of a company or a body without what
// others may leave out.
type meeting struct {
	kind        news.Kind
	first, last string
}

// meets is what a heading meets others by: a person's first and last word, a company's name without its form, a body of
// the United States by its name without theirs.
func (k *heading) meets() (meeting, bool) {
	switch k.kind {
	case news.Person:
		first, last, found := ends(inLatin(k.name))
		return meeting{k.kind, first, last}, found
	case news.Organization:
		if base, cut := withoutForm(k.name); cut {
			return meeting{k.kind, "", base}, true
		}
		rest, found := strings.CutPrefix(k.name, ofTheStates)
		return meeting{k.kind, "", rest}, found && strings.Contains(rest, " ")
	}
	return meeting{}, false
}

// met is the headings of some card that stand in the circle of one, earliest first.
func (r *Resolver) met(one int32) []int32 {
	var all []int32
	for h := one; ; {
		if len(r.headings[h].in) > 0 {
			all = append(all, h)
		}
		if h = r.headings[h].alike; h == one {
			break
		}
	}
	slices.SortFunc(all, r.earlier)
	return all
}

// circle is one of the headings that meet by something, or -1.
func (g *register) circle(by meeting) int32 {
	if h, found := g.meeting[by]; found {
		return h
	}
	return -1
}

// relink looks again at the headings that were touched, and at those that they meet.
func (r *Resolver) relink() {
	done := map[int32]bool{}
	forms := r.a.forms()
	for _, h := range r.touched {
		r.linkByForm(h)
		if len(r.headings[h].in) == 0 {
			r.setLinks(looked{h, companyStage}, nil)
			r.setLinks(looked{h, middleStage}, nil)
		}
		if r.headings[h].alike >= 0 && !done[h] {
			r.relinkCircle(h, done)
		}
		if r.headings[h].kind != news.Organization {
			continue
		}
		for _, name := range r.namesOf(h, forms) { // which others may have with a form
			if one := r.circle(meeting{news.Organization, "", name}); one >= 0 && !done[one] {
				r.relinkCircle(one, done)
			}
		}
	}
}

// relinkCircle looks again at the headings that meet one, and notes them as done.
func (r *Resolver) relinkCircle(one int32, done map[int32]bool) {
	all := r.met(one)
	if len(all) > 1 {
		for _, other := range all {
			done[other] = true
		}
	}
	if by, _ := r.headings[one].meets(); by.kind == news.Person {
		r.linkByMiddle(all)
	} else {
		r.linkByCompany(by.last, all)
	}
}

// namesOf is the folded names by which a heading goes: its own, or those of its entry, and those that people made forms of them.
func (r *Resolver) namesOf(h int32, forms map[string][]string) []string {
	names := []string{r.headings[h].name}
	if entry := r.headings[h].entry; entry >= 0 {
		e := &r.a.entries[entry]
		for _, name := range append(e.aliases[:len(e.aliases):len(e.aliases)], e.name) {
			names = append(names, r.a.canonical(key(name)))
		}
	}
	for _, name := range names {
		names = append(names, forms[name]...)
	}
	return names
}

// setLinks keeps what was found of a heading in place of what was found before.
func (r *Resolver) setLinks(of looked, found []link) {
	if k := &r.headings[of.heading]; len(found) > 0 {
		k.linked = true
	} else if !k.linked {
		return
	}
	old := r.links[of]
	if slices.Equal(old, found) {
		return
	}
	r.split = append(r.split, of.heading)
	for _, l := range old {
		r.split = append(r.split, l.other)
		back := r.back[l.other]
		at := slices.Index(back, of)
		if back = slices.Delete(back, at, at+1); len(back) == 0 {
			delete(r.back, l.other)
		} else {
			r.back[l.other] = back
		}
	}
	for _, l := range found {
		r.split = append(r.split, l.other)
		r.back[l.other] = append(r.back[l.other], of)
		r.headings[l.other].linked = true
	}
	if r.links[of] = found; len(found) == 0 {
		delete(r.links, of)
	}
}

// connect follows the links anew wherever they, or what they link, have changed. It returns the headings whose
// entities are to be made anew.
func (r *Resolver) connect() (redo []int32) {
	for h := int32(len(r.root)); int(h) < len(r.headings); h++ {
		r.root = append(r.root, h)
	}
	seen := make([]bool, len(r.headings))
	see := func(h int32) {
		if !seen[h] {
			seen[h] = true
			redo = append(redo, h)
		}
	}
	for _, h := range append(r.touched, r.split...) {
		see(h)
	}
	r.split = r.split[:0]
	var found []link
	for n := 0; n < len(redo); n++ {
		h := redo[n]
		if !r.headings[h].linked {
			continue
		}
		for _, other := range r.members[r.root[h]] {
			see(other)
		}
		for stage := range stages {
			for _, l := range r.links[looked{h, stage}] {
				see(l.other)
				found = append(found, l)
			}
		}
		for _, of := range r.back[h] {
			see(of.heading)
		}
	}
	r.follow(redo, found)
	return redo
}

// follow makes one of the headings that are linked, in an order that no change of others can change.
func (r *Resolver) follow(redo []int32, found []link) {
	before := make([]int32, len(redo))
	for n, h := range redo {
		before[n] = r.root[h]
		r.root[h] = h
		if r.headings[h].linked {
			delete(r.members, h)
		}
	}
	slices.SortFunc(found, func(a, b link) int {
		return cmp.Or(cmp.Compare(a.stage, b.stage), r.earlier(a.from, b.from), r.earlier(a.into, b.into))
	})
	for _, l := range found {
		r.one(l.from, l.into)
	}
	r.moved = r.moved[:0]
	for n, h := range redo {
		root := r.rootOf(h)
		if r.root[h] = root; root != h {
			if r.members[root] == nil {
				r.members[root] = []int32{root}
			}
			r.members[root] = append(r.members[root], h)
		}
		if root != before[n] {
			r.moved = append(r.moved, h)
		}
	}
}

func (r *Resolver) rootOf(h int32) int32 {
	for r.root[h] != h {
		h = r.root[h]
	}
	return h
}

// one joins a heading to another, unless people have spoken: they list both, or say that they differ.
func (r *Resolver) one(from, into int32) {
	from, into = r.rootOf(from), r.rootOf(into)
	a, b := &r.headings[from], &r.headings[into]
	switch {
	case from == into, a.entry >= 0 && b.entry >= 0, a.shared, b.shared, r.keptApart(a, b):
	case a.entry >= 0:
		r.root[into] = from
	default:
		r.root[from] = into
	}
}

func (r *Resolver) keptApart(a, b *heading) bool {
	return r.a != nil && (slices.Contains(r.a.different[a.name], b.name) || r.refuses(a, b) || r.refuses(b, a))
}

// refuses reports whether the entry of a heading is said never to be another name.
func (r *Resolver) refuses(a, b *heading) bool {
	return a.entry >= 0 && r.a.entries[a.entry].not[b.name]
}
