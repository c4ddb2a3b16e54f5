package entity

import (
	"math/bits"
	"slices"
	"strings"

	"broadsheet/generator/news"
	"broadsheet/generator/prose"
)

// claim is what a phrase in the text stands for: an entry, or by a fix any id, or nothing.
type claim struct {
	entry int // -1 where no entry has the id
	id    string
}

// phrases finds names in a text. What a name costs does not depend on how many there are: its first word says which
// lengths to try, and each is one look into a map.
type phrases struct {
	lengths map[string]uint64  // first word to a set of lengths in words, one bit each
	claims  map[string][]claim // words parted by blanks; entries that share the name, in the order of the file
}

// longestPhrase is the most words a name may have to be found in a text.
const longestPhrase = 63

// add lists a name, as written and in capitals.
func (p *phrases) add(name string, c claim) {
	if p.claims == nil {
		p.lengths, p.claims = map[string]uint64{}, map[string][]claim{}
	}
	for _, form := range slices.Compact([]string{name, strings.ToUpper(name)}) {
		tokens := prose.Words(nil, form)
		if len(tokens) > longestPhrase {
			continue
		}
		p.lengths[tokens[0].Of(form)] |= 1 << len(tokens)
		words := string(spaced(nil, tokens, form))
		if !slices.Contains(p.claims[words], c) {
			p.claims[words] = append(p.claims[words], c)
		}
	}
}

// spaced appends the tokens, parted by blanks, to dst.
func spaced(dst []byte, tokens []prose.Token, text string) []byte {
	for i, t := range tokens {
		if i > 0 {
			dst = append(dst, ' ')
		}
		dst = append(dst, t.Of(text)...)
	}
	return dst
}

// longest is how many words the longest name has that stands at the head of tokens, and who claims it.
func (p *phrases) longest(tokens []prose.Token, text string) (int, []claim) {
	var buf [128]byte
	for lengths := p.lengths[tokens[0].Of(text)]; lengths != 0; {
		n := bits.Len64(lengths) - 1
		lengths &^= 1 << n
		if n > len(tokens) {
			continue
		}
		if claims := p.claims[string(spaced(buf[:0], tokens[:n], text))]; claims != nil {
			return n, claims
		}
	}
	return 0, nil
}

// owner is whose a mention is: a cluster of the machine, or an id.
type owner struct {
	cluster int // of Found, -1 for an id
	id      string
	split   string // set where a form was taken out of its cluster: that form, folded
}

// owned is a mention with its owner; fixed where a person said so for this article.
type owned struct {
	news.Mention
	owner
	fixed bool
}

// matcher applies an authority to one article.
type matcher struct {
	*Authority
	article, title, text string
	found                Found
	owned                []owned
	settled              []string // by machine cluster: the id it is, or ""
}

// Match is f with the authority's word. Names listed are found where the machine missed them, the longest first, on
// word boundaries, in the case they are listed in or all in capitals. Where a name and a find of the machine overlap,
// the name wins, unless it is only a part of a longer find ("New York" in "New York Times"). A cluster one of whose
// forms is listed is that entry, all of it, whatever kind the machine took it for; of entries of two kinds, the one of that kind.
// So is what the headline alone names. Hide and fix come last.
func (a *Authority) Match(articleID, title, text string, f Found) Found {
	if a == nil {
		return f
	}
	m := matcher{Authority: a, article: articleID, title: title, text: text, found: f, settled: make([]string, len(f.Clusters))}
	claimed := m.claimed(text)
	m.merge(claimed)
	m.settle()
	m.assign()
	return m.rebuild(m.claimed(title))
}

// claimed is the mentions that the lists make of a text, in order.
func (m *matcher) claimed(text string) []owned {
	fixes := m.fixes[m.article]
	if m.phrases.claims == nil && fixes.claims == nil {
		return nil // nobody has said anything of any name
	}
	tokens := prose.Words(nil, text)
	var claimed []owned
	for i := 0; i < len(tokens); {
		n, claims := fixes.longest(tokens[i:], text)
		c, meant, fixed := claim{}, n > 0, n > 0
		if fixed {
			c = claims[0]
		} else {
			n, claims = m.phrases.longest(tokens[i:], text)
			c, meant = m.meant(claims)
		}
		if !meant {
			i++
			continue
		}
		span := news.Span{Start: tokens[i].Start, End: tokens[i+n-1].End}
		claimed = append(claimed, m.own(span, c, fixed))
		i += n
	}
	return claimed
}

// meant is the first entry of a shared name whose conditions the article fulfils, one without conditions last.
func (m *matcher) meant(claims []claim) (claim, bool) {
	for _, c := range claims {
		if w := m.entries[c.entry].when; w != nil && w.inText(m.article, m.title, m.text) {
			return c, true
		}
	}
	for _, c := range claims {
		if m.entries[c.entry].when == nil {
			return c, true
		}
	}
	return claim{}, false
}

func (m *matcher) own(span news.Span, c claim, fixed bool) owned {
	o := owned{owner: owner{cluster: -1, id: c.id}, fixed: fixed}
	o.Span = span
	if c.entry >= 0 {
		o.id = m.entries[c.entry].id
	}
	o.Kind = kindOf(o.id)
	return o
}

func kindOf(id string) news.Kind {
	folder, _, _ := strings.Cut(id, "/")
	kind, _ := news.ParseKind(folder)
	return kind
}

// merge lays the claims over the machine's mentions; both are in order.
func (m *matcher) merge(claimed []owned) {
	next := 0
	for _, mention := range m.found.Mentions {
		mine := owned{Mention: mention, owner: owner{cluster: mention.Cluster}}
		for next < len(claimed) && claimed[next].End <= mention.Start {
			m.owned = append(m.owned, claimed[next])
			next++
		}
		taken := false
		for k := next; k < len(claimed) && claimed[k].Start < mention.End; k++ {
			c := &claimed[k]
			switch {
			case c.Span == mention.Span:
				m.vote(mention.Cluster, c)
				c.Sense = senseOf(c.Kind, mention.Sense)
				taken = true
			case c.fixed || c.Start < mention.Start || c.End > mention.End:
				taken = true
			}
		}
		if taken {
			continue
		}
		m.owned = append(m.owned, mine)
		for next < len(claimed) && claimed[next].Start < mention.End {
			next++ // part of a longer find
		}
	}
	m.owned = append(m.owned, claimed[next:]...)
}

func senseOf(kind news.Kind, sense string) string {
	if kind == news.Place {
		return sense
	}
	return ""
}

// contested marks a cluster that two entries claim; it stays the machine's.
const contested = "?"

// vote settles a machine cluster by an entry found in its place. A fix speaks for its own text alone.
func (m *matcher) vote(cluster int, c *owned) {
	switch was := m.settled[cluster]; {
	case c.fixed || was == c.id:
	case was == "":
		m.settled[cluster] = c.id
	default:
		m.settled[cluster] = contested
	}
}

// settle finds the entries of clusters by their names where no mention was listed as printed.
func (m *matcher) settle() {
	for i := range m.found.Clusters {
		c := &m.found.Clusters[i]
		if m.settled[i] != "" {
			continue
		}
		if entry, ok := m.called(c.Kind, c.Name); ok {
			m.settled[i] = m.entries[entry.entry].id
		}
	}
}

// called is the entry that is meant by a name of the machine: one of its kind, or else of another, which people say
// that it is.
func (m *matcher) called(kind news.Kind, name string) (claim, bool) {
	entry, found := m.meant(m.claimsOf(kind, name))
	for _, other := range news.Kinds {
		if !found {
			entry, found = m.meant(m.claimsOf(other, name))
		}
	}
	return entry, found
}

func (m *matcher) claimsOf(kind news.Kind, name string) []claim {
	var claims []claim
	for _, i := range m.named(kind, name) {
		claims = append(claims, claim{entry: i})
	}
	return claims
}

// assign gives every mention its last owner, and drops what is hidden.
func (m *matcher) assign() {
	m.owned = slices.DeleteFunc(m.owned, func(o owned) bool {
		if o.cluster < 0 {
			return o.id == ""
		}
		return m.hides(o.Kind, m.text[o.Start:o.End]) || m.hides(o.Kind, m.found.Clusters[o.cluster].Name)
	})
	for i := range m.owned {
		o := &m.owned[i]
		if o.cluster < 0 {
			continue
		}
		printed := m.text[o.Start:o.End]
		name, id := m.found.Clusters[o.cluster].Name, m.settled[o.cluster]
		switch {
		case m.apart(name, printed):
			o.split = key(printed)
		case id == "" || id == contested:
		case m.entries[m.byID[id]].not[key(printed)]:
			o.split = key(printed)
		default:
			o.owner = owner{cluster: -1, id: id}
			if kind := kindOf(id); o.Kind != kind {
				o.Kind, o.Sense = kind, senseOf(kind, o.Sense)
			}
		}
	}
}

// rebuild puts mentions and clusters together again.
func (m *matcher) rebuild(headline []owned) Found {
	f := Found{Reach: m.found.Reach}
	number := map[owner]int{}
	cluster := func(o owner, printed string) int {
		n, known := number[o]
		if !known {
			n = len(f.Clusters)
			number[o] = n
			f.Clusters = append(f.Clusters, m.cluster(o, printed))
		}
		return n
	}
	for _, o := range m.owned {
		printed := surface(m.text[o.Start:o.End])
		mention := o.Mention
		mention.Cluster = cluster(o.owner, printed)
		f.Mentions = append(f.Mentions, mention)
		count(&f.Clusters[mention.Cluster], mention, printed)
	}
	for _, o := range headline {
		if o.id != "" {
			f.Clusters[cluster(o.owner, "")].InTitle = true
		}
	}
	for i, c := range m.found.Clusters {
		if c.InTitle && !m.hides(c.Kind, c.Name) && !m.denied(headline, c) {
			f.Clusters[cluster(m.ownerOf(i), "")].InTitle = true
		}
	}
	return f
}

// denied reports whether a fix says that what the headline names is something else, or nothing.
func (m *matcher) denied(headline []owned, c news.Cluster) bool {
	return slices.ContainsFunc(headline, func(o owned) bool {
		printed := surface(m.title[o.Start:o.End])
		return o.fixed && (printed == c.Name || prints(&c, printed))
	})
}

func (m *matcher) ownerOf(cluster int) owner {
	if id := m.settled[cluster]; id != "" && id != contested {
		return owner{cluster: -1, id: id}
	}
	return owner{cluster: cluster}
}

// cluster is an owner's cluster, its mentions still to be counted.
func (m *matcher) cluster(o owner, printed string) news.Cluster {
	switch {
	case o.split != "":
		was := m.found.Clusters[o.cluster]
		return news.Cluster{Kind: was.Kind, Name: printed, First: -1, Bare: was.Kind == news.Person && !strings.Contains(printed, " ")}
	case o.cluster >= 0:
		was := m.found.Clusters[o.cluster]
		return news.Cluster{Kind: was.Kind, Name: was.Name, First: -1, Bare: was.Bare, Unproven: was.Unproven}
	}
	name := printed
	if i, found := m.byID[o.id]; found {
		name = m.entries[i].name
	}
	return news.Cluster{Kind: kindOf(o.id), Name: name, First: -1, Entity: o.id}
}
