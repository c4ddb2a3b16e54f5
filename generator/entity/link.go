package entity

import (
	"cmp"
	"slices"
	"strings"

	"broadsheet/generator/news"
)

// linkByForm links a name that stands by itself in some articles with the fuller name that other articles print it
// beside: "WHO" with "World Health Organization". Nine in ten of these articles must agree. A word of the fuller name
// that mostly stands by itself is rather a name of its own: "IRC" beside "Minetest IRC". A place goes with the town that other
// articles say it is, and keeps its name: "Whitby (England)" with "Whitby".
func (r *Resolver) linkByForm(form int32) {
	var found []link
	if claims := r.headings[form].claims; len(claims) > 0 && len(r.headings[form].in) > 0 {
		all, best := int32(0), claims[0]
		for _, c := range claims {
			all += c.count
			if c.of != best.of && cmp.Or(cmp.Compare(c.count, best.count), r.earlier(best.of, c.of)) > 0 {
				best = c
			}
		}
		switch {
		case 10*best.count < 9*all:
		case r.headings[form].kind == news.Place:
			if r.meansTown(form, best) {
				found = []link{{formStage, best.of, form, best.of}}
			}
		case r.claimedBeside(best.of, form) < best.count && !r.rathersItself(form, best):
			found = []link{{formStage, form, best.of, best.of}}
		}
	}
	r.setLinks(looked{form, formStage}, found)
}

// meansTown reports whether a name by itself is the town that some articles say is meant: the largest of its name, or one
// that they are a tenth of its own to say. The name of a country or region is not, nor that of a town elsewhere which
// needs no telling.
func (r *Resolver) meansTown(form int32, told tally) bool {
	a := readAtlas()
	name, codes := a.whereIn(r.told[told.of])
	if len(codes) == 0 || key(name) != r.headings[form].name || a.homonyms[name] != nil || a.needsNoTelling(name) {
		return false
	}
	sites := a.sites[name]
	return len(sites) > 0 && sites[0].inOne(codes) || 10*int(told.count) >= len(r.headings[form].in)
}

// rathersItself reports whether a part of a fuller name stands by itself in more than mostlyAlone times as many articles
// as beside it.
func (r *Resolver) rathersItself(form int32, beside tally) bool {
	short, full := r.headings[form].name, r.headings[beside.of].name
	return len(r.headings[form].in) > mostlyAlone*int(beside.count) && strings.Contains(" "+full+" ", " "+short+" ")
}

const mostlyAlone = 2

// claimedBeside is in how many clusters a name stands beside a fuller one.
func (r *Resolver) claimedBeside(form, full int32) int32 {
	for _, c := range r.headings[form].claims {
		if c.of == full {
			return c.count
		}
	}
	return 0
}

// linkByCompany links the forms of a company's name that differ in what the law adds to it: "Ford Motor Co."; and a
// body's name with and without its country. Where no article has the bare name, the company goes by the form that most of
// them have, of equals by the earliest: going by the earliest alone, it would have another name whenever an older article came.
func (r *Resolver) linkByCompany(base string, all []int32) {
	first := r.bare(base)
	if first < 0 || len(r.headings[first].in) == 0 {
		if len(all) == 0 {
			return
		}
		first = slices.MaxFunc(all, func(a, b int32) int { return cmp.Compare(len(r.headings[a].in), len(r.headings[b].in)) })
	}
	for _, h := range all {
		var found []link
		if h != first && (!strings.HasPrefix(r.headings[h].name, ofTheStates) || r.leftOut(h, first)) {
			found = []link{{companyStage, h, first, first}}
		}
		r.setLinks(looked{h, companyStage}, found)
	}
}

// bare is the heading of an organization's name by what people have said of it, whether any card has printed it or not.
func (r *Resolver) bare(name string) int32 {
	canonical := r.a.canonical(name)
	if r.a.hidesFolded(news.Organization, name) || r.a.hidesFolded(news.Organization, canonical) {
		return nobody
	}
	return r.holder(news.Organization, canonical)
}

// leftOut reports whether news that speaks of a body of the United States leaves out whose it is: "United States
// Democratic Party".
func (r *Resolver) leftOut(full, short int32) bool {
	return len(r.headings[short].in) >= len(r.headings[full].in) && r.headings[short].name == r.headings[full].name[len(ofTheStates):] && r.shareContext(full, short)
}

const ofTheStates = "united states "

// withoutForm is a folded company name without its legal form, and whether it had one.
func withoutForm(name string) (base string, cut bool) {
	for {
		rest, last, found := lastWord(name)
		if !found || !legalForms[last] {
			return name, cut
		}
		name, cut = rest, true
	}
}

func lastWord(name string) (rest, last string, found bool) {
	i := strings.LastIndexByte(name, ' ')
	if i < 0 {
		return "", name, false
	}
	return name[:i], name[i+1:], true
}

var legalForms = set("inc incorporated corp corporation co company ltd limited plc llc llp gmbh ag nv bv ab oyj")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// linkByMiddle links persons whose first and last names are equal, in whatever Latin letters, and whose middle names do not
// disagree, where they move in the same circles: "Donald J. Trump", "Volodymyr Zelenskyy". Of two whose middle names disagree neither is the one without.
func (r *Resolver) linkByMiddle(all []int32) {
	for n, a := range all {
		var found []link
		for _, b := range all[:n] {
			if len(all) < manyNamesakes && r.oneMiddle(a, b, all) && r.shareContext(a, b) {
				long, short := a, b
				if len(r.headings[a].name) < len(r.headings[b].name) {
					long, short = b, a
				}
				if len(r.headings[long].in) > len(r.headings[short].in) {
					long, short = short, long
				}
				found = append(found, link{middleStage, long, short, b})
			}
		}
		r.setLinks(looked{a, middleStage}, found)
	}
}

// oneMiddle reports whether the middle names of two persons agree, and no third of the group could be meant as well.
func (r *Resolver) oneMiddle(a, b int32, group []int32) bool {
	x, y := inLatin(r.headings[a].name), inLatin(r.headings[b].name)
	if !agree(x, y) {
		return false
	}
	for _, c := range group {
		if z := inLatin(r.headings[c].name); c != a && c != b && agree(x, z) != agree(y, z) {
			return false
		}
	}
	return true
}

// agree reports whether one of two folded names has the words of the other in order, an initial for its word.
func agree(a, b string) bool {
	short, long := strings.Fields(a), strings.Fields(b)
	if len(short) > len(long) {
		short, long = long, short
	}
	for _, w := range long {
		if len(short) > 0 && (short[0] == w || len(short[0]) == 1 && short[0] == w[:1] || len(w) == 1 && w == short[0][:1]) {
			short = short[1:]
		}
	}
	return len(short) == 0
}

// inLatin is a person's folded name as all ways to write a Slavic one in Latin letters have it: the adjective's ending that closes
// "Zelenskyy", "Zelenskiy" and "Zelenskij" is "y".
func inLatin(name string) string {
	for _, ending := range [...]string{"yy", "iy", "yj", "ij", "yi", "ii"} {
		stem, found := strings.CutSuffix(name, ending)
		for _, before := range [...]string{"sk", "n"} {
			if found && strings.HasSuffix(stem, before) {
				return stem + "y"
			}
		}
	}
	return name
}

func ends(name string) (first, last string, found bool) {
	first, _, found = strings.Cut(name, " ")
	return first, name[strings.LastIndexByte(name, ' ')+1:], found
}

// shareContext reports whether some third name stands in articles of both that is not in every other one.
func (r *Resolver) shareContext(a, b int32) bool {
	if len(r.headings[a].in) > len(r.headings[b].in) {
		a, b = b, a
	}
	r.search++
	for len(r.beside) < len(r.headings) {
		r.beside = append(r.beside, 0)
	}
	for _, x := range r.headings[a].in {
		for _, h := range r.rows[x.Card].headings {
			if h >= 0 {
				r.beside[h] = r.search
			}
		}
	}
	for _, x := range r.headings[b].in {
		for _, h := range r.rows[x.Card].headings {
			if h >= 0 && h != a && h != b && r.beside[h] == r.search && !r.common[h] {
				return true
			}
		}
	}
	return false
}
