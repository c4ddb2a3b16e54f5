package entity

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"broadsheet/generator/entity/gazetteer"
	"broadsheet/generator/news"
)

// spellings asks about what the machine put together though the names differ.
func (s *suggester) spellings() {
	for e := range s.entities {
		entity := &s.entities[e]
		if entity.Confirmed {
			continue
		}
		joined := false
		for _, form := range entity.Spellings {
			switch why := joinedFor(entity, form.Text); {
			case why == "" || readKnown()[key(form.Text)] && why == initialsOnly:
			case why == misprinted:
				s.merge(e, e, entity.Name, form.Text, why+"; put together because one article prints both", madeByMachine+len(entity.Articles))
			case !joined && len(entity.Articles) > 1:
				joined = true
				s.merge(e, e, entity.Name, form.Text, why+"; put together because articles print both", otherForm+min(len(entity.Articles), 9))
			}
		}
	}
}

// Why two forms of a name were put together.
const (
	misprinted     = "one letter differs"
	middleDiffer   = "the same first and last name"
	inOtherLetters = "one name, written in Latin letters another way"
	initialsOnly   = "its initials"
	partOnly       = "one is a part of the other"
)

// joinedFor is what one form of an entity has in common with its name, where they are not the same; "" where that is
// nothing to ask about.
func joinedFor(e *news.Entity, form string) string {
	name, other := key(e.Name), key(form)
	switch d := differ(name, other); {
	case e.Kind == news.Person && name != other && inLatin(name) == inLatin(other):
		return inOtherLetters
	case d == byLetter && words(form) > 1:
		return misprinted
	case d == byMiddle && e.Kind == news.Person:
		return middleDiffer
	case e.Kind != news.Organization || name == other:
	case slices.Contains(initials(e.Name), strings.ReplaceAll(form, ".", "")), slices.Contains(initials(form), strings.ReplaceAll(e.Name, ".", "")):
		return initialsOnly
	case words(name) > 1 && words(other) > 1 && (strings.Contains(" "+name+" ", " "+other+" ") || strings.Contains(" "+other+" ", " "+name+" ")):
		return partOnly
	}
	return ""
}

// readKnown is the folded forms that the gazetteer has as another way to write a name: nobody need be asked.
var readKnown = sync.OnceValue(func() map[string]bool {
	known := map[string]bool{}
	for list, line := range gazetteer.Entries() {
		if form, _, found := strings.Cut(line, " = "); found && list == "organization" {
			known[key(form)] = true
		}
	}
	return known
})

// variants asks about entities of a kind whose names are nearly equal.
func (s *suggester) variants() {
	near := map[nameKey][]int{}
	for e := range s.entities {
		for _, k := range neighbourhood(key(s.entities[e].Name)) {
			near[nameKey{s.entities[e].Kind, k}] = append(near[nameKey{s.entities[e].Kind, k}], e)
		}
	}
	for e := range s.entities {
		met := map[int]bool{e: true}
		for _, k := range neighbourhood(key(s.entities[e].Name)) {
			others := near[nameKey{s.entities[e].Kind, k}]
			if len(others) > manyNamesakes {
				continue
			}
			for _, other := range others {
				if !met[other] && s.before(e, other) {
					met[other] = true
					s.variant(e, other)
				}
			}
		}
	}
}

// before reports whether an entity comes before another in a suggestion: the one with more articles.
func (s *suggester) before(a, b int) bool {
	return cmp.Or(cmp.Compare(len(s.entities[b].Articles), len(s.entities[a].Articles)), cmp.Compare(a, b)) < 0
}

func (s *suggester) variant(e, other int) {
	a, b := &s.entities[e], &s.entities[other]
	if a.Confirmed && b.Confirmed {
		return
	}
	context := s.sharedNames(e, other)
	weight, why := 0, ""
	switch differ(key(a.Name), key(b.Name)) {
	case byOrder:
		weight, why = otherOrder, "the same words in another order"
	case byLetter:
		if a.Kind == news.Place && context == 0 {
			return // Mali, Bali
		}
		weight, why = oneLetter, "one letter differs"
		if len(b.Articles) > 2 && len(a.Articles) < muchMore*len(b.Articles) || words(a.Name) == 1 && len(b.Articles) > 1 {
			weight -= bothFrequent
		}
	case byMiddle:
		if a.Kind != news.Person {
			return
		}
		weight, why = middleName, "the same first and last name"
	case byWord:
		if a.Kind == news.Organization {
			s.noteLonger(e, other)
		}
		if a.Kind != news.Person || context == 0 {
			return
		}
		weight, why = moreWords, "one has a word more"
	default:
		return
	}
	if context > 0 {
		why += "; " + standBeside(context)
	}
	s.merge(e, other, a.Name, b.Name, why, weight+10*min(context, 9)+min(len(b.Articles), 9))
}

// noteLonger keeps the pair if one organisation's name is the other's with a word before it.
func (s *suggester) noteLonger(e, other int) {
	if len(s.entities[e].Name) < len(s.entities[other].Name) {
		e, other = other, e
	}
	if strings.HasSuffix(key(s.entities[e].Name), " "+key(s.entities[other].Name)) {
		s.longer[other] = append(s.longer[other], e)
	}
}

// partNames asks whether an organisation is the one longer name that ends like its own, where an article has both:
// "Judiciary Committee", "House Judiciary Committee".
func (s *suggester) partNames() {
	for _, short := range slices.Sorted(maps.Keys(s.longer)) {
		long := s.longer[short][0]
		if len(s.longer[short]) == 1 && s.together(short, long) {
			s.merge(long, short, s.entities[long].Name, s.entities[short].Name, "one has a word more, and an article has both", moreWords)
		}
	}
}

// together reports whether an article names both.
func (s *suggester) together(a, b int) bool {
	i, j := 0, 0
	x, y := s.entities[a].Articles, s.entities[b].Articles
	for i < len(x) && j < len(y) {
		switch {
		case x[i].Card == y[j].Card:
			return true
		case x[i].Card < y[j].Card:
			i++
		default:
			j++
		}
	}
	return false
}

func standBeside(context int) string {
	if context == 1 {
		return "another name stands beside both"
	}
	return fmt.Sprintf("%d other names stand beside both", context)
}

// acronyms asks whether an organisation of capitals is the one whose words begin with them, where no two do.
func (s *suggester) acronyms() {
	const shared = -1
	byInitials := map[string]int{}
	for e := range s.entities {
		if s.entities[e].Kind != news.Organization {
			continue
		}
		for _, short := range initials(s.entities[e].Name) {
			if _, found := byInitials[short]; found {
				byInitials[short] = shared
			} else if len(short) > 2 {
				byInitials[short] = e
			}
		}
	}
	for e := range s.entities {
		a := &s.entities[e]
		full, found := byInitials[strings.ReplaceAll(a.Name, ".", "")]
		if a.Kind != news.Organization || !found || full == shared || full == e {
			continue
		}
		if context := s.sharedNames(e, full); context > 1 {
			s.merge(full, e, s.entities[full].Name, a.Name, "its initials; "+standBeside(context), initialsOf+10*min(context, 9))
		}
	}
}
