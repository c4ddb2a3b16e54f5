package entity

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"broadsheet/generator/diag"
	"broadsheet/generator/entity/gazetteer"
	"broadsheet/generator/news"
)

// Suggestion is a block for entities.toml that the archive speaks for and a person has to decide on.
type Suggestion struct {
	Question string     // "one person?", "a person or a place?"
	Names    []string   // what it is about, the name with the most articles first
	Why      string     // what speaks for it
	Evidence []Instance // two places to read
	Accept   string     // the block that says yes
	Refuse   string     // the block that says no: nobody is asked again

	weight int
}

// Instance is a name as one card's article prints it.
type Instance struct {
	Card int
	Form string
}

// ID is a handle for people to name the suggestion by: six digits made of the block that accepts it.
func (s *Suggestion) ID() string {
	sum := sha256.Sum256([]byte(s.Accept))
	return hex.EncodeToString(sum[:3])
}

// Suggest lists what a person may want to say about the entities of an archive, the most certain and most useful
// first: spellings of one name, kinds, and persons of one name. What people have decided is not asked again. No name
// is compared with every other: those are compared that share all words but one, or all words in another order.
func Suggest(cards []news.Card, r Resolution, a *Authority) []Suggestion {
	s := suggester{cards: cards, entities: r.Entities, of: r.Of, a: a, asked: map[string]bool{}, longer: map[int][]int{}}
	s.readForms()
	s.spellings()
	s.variants()
	s.partNames()
	s.acronyms()
	s.surnames()
	s.kinds()
	s.namesakes()
	slices.SortStableFunc(s.list, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), slices.Compare(a.Names, b.Names))
	})
	return s.list
}

// spelledAs is an entity in one of its forms.
type spelledAs struct {
	entity int
	text   string
}

type suggester struct {
	cards    []news.Card
	entities []news.Entity
	of       [][]int
	a        *Authority
	printed  map[spelledAs]int // the first card that prints a form of an entity
	longer   map[int][]int     // organisations that have one word before another's name
	list     []Suggestion
	asked    map[string]bool // blocks
}

// readForms notes where each form of an entity is first printed.
func (s *suggester) readForms() {
	s.printed = map[spelledAs]int{}
	for i := range s.cards {
		for j := range s.cards[i].Clusters {
			if e := s.of[i][j]; e >= 0 {
				for _, form := range s.cards[i].Clusters[j].Surfaces {
					k := spelledAs{e, form.Text}
					if _, found := s.printed[k]; !found {
						s.printed[k] = i
					}
				}
			}
		}
	}
}

// instance is where an entity is printed in a form, or in any form where that one is not in print.
func (s *suggester) instance(e int, form string) Instance {
	if card, found := s.printed[spelledAs{e, form}]; found {
		return Instance{card, form}
	}
	return Instance{s.entities[e].Articles[0].Card, s.entities[e].Name}
}

func (s *suggester) add(x Suggestion) {
	if !s.asked[x.Accept] {
		s.asked[x.Accept] = true
		s.list = append(s.list, x)
	}
}

// decided reports whether people have said whether two names are one.
func (s *suggester) decided(one, other string) bool {
	return s.a != nil && (s.a.apart(one, other) || s.a.canonical(key(one)) == s.a.canonical(key(other)))
}

// merge asks whether two names are one.
func (s *suggester) merge(one, other int, name, otherName, why string, weight int) {
	if s.decided(name, otherName) || s.refused(one, otherName) || s.refused(other, name) {
		return
	}
	names := []string{name, otherName}
	s.add(Suggestion{
		Question: "one " + s.entities[one].Kind.String() + "?", Names: names, Why: why,
		Evidence: []Instance{s.instance(one, name), s.instance(other, otherName)},
		Accept:   pairBlock("same", names), Refuse: pairBlock("different", names), weight: weight,
	})
}

func (s *suggester) refused(e int, name string) bool {
	return s.a != nil && s.a.refuses(s.entities[e].ID, key(name))
}

func pairBlock(kind string, names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = diag.QuoteTOML(name)
	}
	return fmt.Sprintf("\n[[%s]]\nnames = [%s]\n", kind, strings.Join(quoted, ", "))
}

// How much each kind of suggestion weighs; context and frequency add to it.
const (
	madeByMachine = 400 // an article's own spellings, already put together
	otherOrder    = 300
	middleName    = 250
	initialsOf    = 220
	oneLetter     = 200
	otherForm     = 170 // put together by what the archive shows
	otherKind     = 150
	moreWords     = 120
	aloneName     = 100
	manyPersons   = 50

	bothFrequent = 100 // taken off: a misprint is rare
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
	misprinted   = "one letter differs"
	middleDiffer = "the same first and last name"
	initialsOnly = "its initials"
	partOnly     = "one is a part of the other"
)

// joinedFor is what one form of an entity has in common with its name, where they are not the same; "" where that is
// nothing to ask about.
func joinedFor(e *news.Entity, form string) string {
	name, other := key(e.Name), key(form)
	switch d := differ(name, other); {
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

// surnames asks about persons whom articles name by the family name alone, where one person of the archive has it.
func (s *suggester) surnames() {
	const shared = -1
	bySurname := map[string]int{}
	for e := range s.entities {
		if a := &s.entities[e]; a.Kind == news.Person && words(a.Name) > 1 {
			family := key(strings.Split(a.Sort, ",")[0])
			if _, found := bySurname[family]; found {
				bySurname[family] = shared
			} else {
				bySurname[family] = e
			}
		}
	}
	for i := range s.cards {
		for j := range s.cards[i].Clusters {
			c := &s.cards[i].Clusters[j]
			if c.Kind != news.Person || !c.Bare || s.of[i][j] >= 0 || readFiler().names[c.Name]&given != 0 {
				continue // King George is not Lloyd George
			}
			if e, found := bySurname[key(c.Name)]; found && e != shared && s.knows(e, i) {
				s.surname(e, i, c)
			}
		}
	}
}

// knows reports whether another name of a card's article stands in articles of the person too.
func (s *suggester) knows(person, card int) bool {
	beside := s.beside(person)
	return slices.ContainsFunc(s.of[card], func(other int) bool { return beside[other] && other != person })
}

func (s *suggester) surname(e, card int, c *news.Cluster) {
	block := func(is string) string {
		return fmt.Sprintf("\n[[fix]]\narticle = %s\ntext = %s\nis = %s\n", diag.QuoteTOML(s.cards[card].ID), diag.QuoteTOML(c.Name), diag.QuoteTOML(is))
	}
	s.add(Suggestion{
		Question: "who is meant?", Names: []string{s.entities[e].Name, c.Name},
		Why:      "the family name alone, and nobody else here has it",
		Evidence: []Instance{s.instance(e, s.entities[e].Name), {card, c.Name}},
		Accept:   block(s.entities[e].ID), Refuse: block("nothing"), weight: aloneName + min(c.Count, 49),
	})
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// sharedNames is how many distinctive names stand in articles of both, looking at the first articles of each.
func (s *suggester) sharedNames(a, b int) int {
	beside := s.beside(a)
	n := 0
	for other := range s.beside(b) {
		if beside[other] && other != a && other != b {
			n++
		}
	}
	return n
}

// enoughArticles is how many articles of an entity are looked at for its company.
const enoughArticles = 50

func (s *suggester) beside(e int) map[int]bool {
	beside := map[int]bool{}
	for _, a := range s.entities[e].Articles[:min(enoughArticles, len(s.entities[e].Articles))] {
		for _, other := range s.of[a.Card] {
			if other >= 0 && ubiquitous*len(s.entities[other].Articles) <= max(len(s.cards), ubiquitous*ubiquitous) {
				beside[other] = true
			}
		}
	}
	return beside
}

// How two folded names differ.
type difference int

const (
	wholly   difference = iota
	byOrder             // the same words in another order
	byLetter            // one letter of one word of four or more
	byMiddle            // middle names: first and last word are the same
	byWord              // a word at the head or the end
)

func differ(a, b string) difference {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	switch {
	case a == b || len(x) == 0:
		return wholly
	case len(x) == len(y) && len(x) > 1 && slices.Equal(slices.Sorted(slices.Values(x)), slices.Sorted(slices.Values(y))):
		return byOrder
	case len(x) == len(y):
		return letterApart(x, y)
	case len(x) < 2:
		return wholly
	case x[0] == y[0] && x[len(x)-1] == y[len(y)-1]:
		return byMiddle
	case len(x)+1 == len(y) && (slices.Equal(x, y[1:]) || slices.Equal(x, y[:len(x)])):
		return byWord
	}
	return wholly
}

// leastAlone is the least length of a name of one word in which a letter may be a misprint.
const leastAlone = 7

func letterApart(x, y []string) difference {
	least := shortest
	if len(x) == 1 {
		least = leastAlone
	}
	apart := false
	for i := range x {
		if x[i] == y[i] {
			continue
		}
		if apart || min(len(x[i]), len(y[i])) < least || !oneEdit(x[i], y[i]) || strings.TrimSuffix(x[i], "s") == strings.TrimSuffix(y[i], "s") {
			return wholly
		}
		apart = true
	}
	return byLetter
}

// neighbourhood is the keys under which a folded name meets those that differ by little: its words in order of the
// alphabet, its first and last, the name without its first or last, and with each word one letter short.
func neighbourhood(folded string) []string {
	words := strings.Fields(folded)
	if !slices.ContainsFunc(words, func(w string) bool { return len(w) >= shortest }) {
		return nil // initials alone could be anyone's
	}
	keys := []string{"order " + strings.Join(slices.Sorted(slices.Values(words)), " ")}
	if last := len(words) - 1; last > 0 {
		keys = append(keys, "ends "+words[0]+" "+words[last], "words "+folded)
		if last > 1 {
			keys = append(keys, "words "+strings.Join(words[1:], " "), "words "+strings.Join(words[:last], " "))
		}
	}
	for i, w := range words {
		if len(w) < shortest || len(words) == 1 && len(w) < leastAlone {
			continue
		}
		head, tail := strings.Join(words[:i], " "), strings.Join(words[i+1:], " ")
		keys = append(keys, fmt.Sprintf("letter %s|%s|%s", head, w, tail))
		for at, r := range w {
			keys = append(keys, fmt.Sprintf("letter %s|%s%s|%s", head, w[:at], w[at+len(string(r)):], tail))
		}
	}
	return keys
}

// muchMore is how many times as often a name must be of one kind as of another for the other to be in doubt.
const muchMore = 3

// kinds asks about names that the archive has as two kinds of thing, one of them rarely.
func (s *suggester) kinds() {
	byName := map[string]int{}
	for e := range s.entities {
		k := key(s.entities[e].Name)
		other, found := byName[k]
		if !found {
			byName[k] = e
			continue
		}
		if s.before(e, other) {
			e, other = other, e
			byName[k] = other
		}
		s.kind(other, e)
	}
}

func (s *suggester) kind(e, other int) {
	a, b := &s.entities[e], &s.entities[other]
	if a.Kind == news.Place && a.At != nil {
		return // a team has its country's name
	}
	if a.Confirmed || b.Confirmed || len(a.Articles) < muchMore*len(b.Articles) || s.decided(a.ID, b.ID) {
		return
	}
	block := func(of *news.Entity) string {
		return fmt.Sprintf("\n[[%s]]\nname = %s\n", of.Kind, diag.QuoteTOML(of.Name))
	}
	s.add(Suggestion{
		Question: fmt.Sprintf("%s or %s?", a.Kind, b.Kind), Names: []string{a.Name},
		Why:      fmt.Sprintf("%s in %s, %s in %d", a.Kind, plural(len(a.Articles), "article"), b.Kind, len(b.Articles)),
		Evidence: []Instance{s.instance(e, a.Name), s.instance(other, b.Name)},
		Accept:   block(a), Refuse: pairBlock("different", []string{a.ID, b.ID}), weight: otherKind + min(len(a.Articles), 99),
	})
}

// namesakes asks about persons who may be several.
func (s *suggester) namesakes() {
	for e := range s.entities {
		a := &s.entities[e]
		if !a.Ambiguous || a.Confirmed || s.shared(e) {
			continue
		}
		first, last := a.Articles[0].Card, a.Articles[len(a.Articles)-1].Card
		entry := fmt.Sprintf("\n[[person]]\nname = %s\n", diag.QuoteTOML(a.Name))
		s.add(Suggestion{
			Question: "one person?", Names: []string{a.Name},
			Why:      fmt.Sprintf("%d articles that have no other name in common", len(a.Articles)),
			Evidence: []Instance{{first, a.Name}, {last, a.Name}},
			Accept:   entry, Refuse: fmt.Sprintf("\n[[person]]\nid = %s\nname = %s\nwhen = { articles = [%s] }\n",
				diag.QuoteTOML(strings.TrimPrefix(a.ID, "people/")+"-2"), diag.QuoteTOML(a.Name), diag.QuoteTOML(s.cards[last].ID)),
			weight: manyPersons + min(len(a.Articles), 49),
		})
	}
}

// shared reports whether people have listed the name already, under conditions.
func (s *suggester) shared(e int) bool {
	return s.a != nil && len(s.a.named(s.entities[e].Kind, s.entities[e].Name)) > 0
}
