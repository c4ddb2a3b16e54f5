package entity

import (
	"strings"

	"broadsheet/generator/news"
)

// run finds the names in the capitalised words [i, j), by the first of these that holds:
//
//	the whole is a name of the gazetteer
//	its first word says that it is a storm or the like, or its last what it is: an organisation, a place, or neither
//	it has a title: what follows is a person
//	it begins with a demonym or a name of the gazetteer, and the rest is read afresh
//	it is built as a person's name is
//	what stands beside it says so; else it waits for the rest of the text
func (r *reader) run(i, j int) {
	i, j = r.trim(i, j)
	if i >= j {
		return
	}
	if found, n := r.longest(i, j); n == j-i && r.believable(found, i, j) {
		r.addName(found, i, j)
		return
	}
	switch {
	case r.eventFirst(i, j), r.byHead(i, j):
	case r.aroundTitle(i, j), r.afterDemonym(i, j), r.afterTitle(i, j):
	case r.afterName(i, j), r.person(i, j):
	default:
		r.byContext(i, j)
	}
}

// trim leaves out of a run what is capitalised only because of where it stands, and words that are never names.
func (r *reader) trim(i, j int) (int, int) {
	for i < j && r.idle(i, j) {
		i++
	}
	for j > i && r.trails(j-1) {
		j--
	}
	if j-i > 2 && r.words[i].is(given) && r.words[j-1].class&(never|title) == never|title {
		j-- // Jane Doe MP
	}
	return i, j
}

// trails reports whether the word at k, the last of a run, is no part of a name. In capitals it may be an acronym.
func (r *reader) trails(k int) bool {
	w := &r.words[k]
	return !w.named() || w.is(calendar) || w.is(never) && !w.is(headWord) && w.shape != upper
}

// idle reports whether the first word of a run is no part of a name.
func (r *reader) idle(i, j int) bool {
	w := &r.words[i]
	if _, n := r.longest(i, j); n > 1 {
		return false
	}
	switch {
	case w.text == "The" || w.text == "of" || w.text == "and":
		return true
	case w.is(never) && !r.compassHead(i, j), w.plain&function != 0 && w.shape == capital && !w.is(family):
		return true
	case w.shape == lower && !w.is(particle):
		return true
	}
	return r.startsSentence(i, j)
}

// compassHead reports whether a point of the compass begins a longer name: East Timor, Northern Alliance.
func (r *reader) compassHead(i, j int) bool {
	w := &r.words[i]
	if j-i < 2 || w.shape != capital {
		return false
	}
	for _, point := range [...]string{"North", "South", "East", "West", "Central"} {
		if strings.HasPrefix(w.text, point) {
			return true
		}
	}
	return false
}

// startsSentence reports whether the word at i has its capital from its place in the text alone.
func (r *reader) startsSentence(i, j int) bool {
	w := &r.words[i]
	if !w.opens || w.shape != capital || w.is(title|demonym) || r.beginsName(i, j) {
		return false
	}
	return w.isCommon() || r.printsLower(w) || i+1 == j && r.lex.inflected(w.text)
}

// beginsName reports whether the word at i begins a name, common as it may be in lower case: Turkey; Will Smith;
// Bank of Canada; Food Agency.
func (r *reader) beginsName(i, j int) bool {
	if n, words := r.longest(i, j); words == 1 && n.kind == news.Place && n.rank == sure {
		return true
	}
	w := &r.words[i]
	if i+1 == j || veryCommon(w) {
		return false
	}
	return w.is(orgHead) || r.words[j-1].is(orgHead) || w.is(given) && !w.is(never) && !r.words[i+1].is(title)
}

// veryCommon are words that a name may begin with, but hardly ever does at the head of a sentence.
func veryCommon(w *word) bool {
	return len(w.text) <= 4 && w.isCommon() && !w.is(given) || strings.HasSuffix(w.text, "ing")
}

// believable reports whether a name that fills its run is meant: a weak one needs a place's preposition.
func (r *reader) believable(n name, i, j int) bool {
	if r.words[i].shape == upper && j < len(r.words) && r.words[j].text == "$" {
		return false // US$
	}
	if n.kind == 0 || n.rank == sure || j-i > 1 && n.rank == likely {
		return true
	}
	if n.rank == likely {
		return n.kind == news.Organization || !r.words[i].opens || r.afterIn(i)
	}
	return r.afterIn(i) && !r.words[i].is(given|family|demonym|never)
}

func (r *reader) afterIn(i int) bool { return i > 0 && r.words[i-1].is(locative) }

func (r *reader) addName(n name, i, j int) {
	if n.kind == 0 {
		return
	}
	r.add(span{from: i, to: j, kind: n.kind, canon: n.canon, sure: n.rank == sure, capital: n.capital, shared: n.shared, guess: n.kind})
}

// afterDemonym leaves "Iraqi" out and reads the rest; a demonym by itself is no name. "Christian Keysers" is a person.
func (r *reader) afterDemonym(i, j int) bool {
	if n, words := r.longest(i, j); words > 0 && n.kind == 0 {
		r.run(i+words, j)
		return true
	}
	if !r.words[i].is(demonym) || r.givenThen(i, j) {
		return false
	}
	r.run(i+1, j)
	return true
}

// givenThen reports whether the run is two words, a given name and one that is none of the language's.
func (r *reader) givenThen(i, j int) bool {
	return j-i == 2 && r.words[i].is(given) && r.words[i+1].shape == capital && !r.words[i+1].isCommon()
}

// afterTitle leaves titles out; what follows is a person, or nothing.
func (r *reader) afterTitle(i, j int) bool {
	k := i
	for k < j && r.announces(k, j) && !r.nameDespiteTitle(k, j) {
		k++
	}
	if k == i {
		return false
	}
	k = r.ofOffice(k, j)
	if k == j {
		return true
	}
	if n, words := r.longest(k, j); words == j-k && n.rank == sure && n.kind != 0 && !r.words[k].is(given|surname) {
		r.addName(n, k, j)
		return true
	}
	if r.words[k].is(never) || j-k > 5 {
		r.run(k, j)
		return true
	}
	r.add(span{from: k, to: j, kind: news.Person, sure: true, titled: true})
	return true
}

// announces reports whether the word at k is a title, or a role printed as one: Podcaster Spike Cohen.
func (r *reader) announces(k, j int) bool {
	w := &r.words[k]
	if w.is(title) {
		return true
	}
	return w.plain&role != 0 && j-k > 2 && r.words[k+1].is(given) && !w.is(given|headWord) && !r.words[k+1].isCommon()
}

// aroundTitle reads a run with a title inside, "Orange County Sheriff Don Barnes": a person after it, and before it
// what is a name by itself.
func (r *reader) aroundTitle(i, j int) bool {
	k := j - 2
	for k > i && !(r.announces(k, j) && !r.nameDespiteTitle(k, j)) {
		k--
	}
	if k <= i || !r.words[k+1].is(given) && r.plainWords(k+1, j) > 0 || r.words[k+1].is(demonym|never|headWord) {
		return false
	}
	for k > i && r.words[k-1].is(title) {
		k--
	}
	if k == i {
		return false
	}
	before := k
	for before > i && ofCourt(r.words[before-1].text) {
		before--
	}
	r.run(i, before)
	return r.afterTitle(k, j)
}

// ofCourt reports whether a word before a title is a part of it: District Judge.
func ofCourt(s string) bool { return s == "District" || s == "Circuit" || s == "Attorney" }

// nameDespiteTitle reports whether the word at k is a given name here: "Justice Smith", but "King Charles".
func (r *reader) nameDespiteTitle(k, j int) bool {
	return k+1 < j && r.words[k].is(given) && !r.words[k].isCommon()
}

// ofOffice skips "of State" after "Secretary".
func (r *reader) ofOffice(k, j int) int {
	if k+1 < j && r.words[k].text == "of" {
		return k + 2
	}
	return k
}

// afterName reads a run that begins with a name of the gazetteer and goes on: "US President Bush", "China Telecom".
func (r *reader) afterName(i, j int) bool {
	n, words := r.longest(i, j)
	if words == 0 || words == j-i || n.rank < likely || words == 1 && r.words[i].is(given) && r.before(i) != "of" {
		return false
	}
	rest := i + words
	if r.parts(n, i, rest, j) {
		r.addName(n, i, rest)
		r.run(rest, j)
		return true
	}
	if n.kind == news.Place && (r.words[j-1].is(surname) && words == 1) {
		return false
	}
	r.add(span{from: i, to: j, kind: 0, guess: news.Organization})
	return true
}

// parts reports whether what follows the name n of [i, rest) is no part of it: "US President Bush", "US Federal"; and
// "London Sadiq Khan" after "mayor of".
func (r *reader) parts(n name, i, rest, j int) bool {
	w := &r.words[rest]
	switch {
	case w.is(title | demonym | never | given), r.knownAt(rest, j), j-rest > 3:
		return true
	case j-rest == 1:
		return n.country && w.isCommon()
	}
	return r.before(i) == "of" && n.rank == sure
}

func (r *reader) knownAt(i, j int) bool {
	n, words := r.longest(i, j)
	return words == j-i && n.rank == sure
}

// person reads a run that is built as a person's name is.
func (r *reader) person(i, j int) bool {
	n := j - i
	first, last := &r.words[i], &r.words[j-1]
	if n < 2 || n > 5 || last.is(never) || r.anyUpper(i, j) {
		return false
	}
	switch {
	case first.is(given) && !(first.isCommon() && last.isCommon()):
	case first.shape == initial && first.text != "I":
	case first.is(family) && !first.isCommon() && n <= 3 && (!last.isCommon() || n == 3 && !r.words[i+1].isCommon()):
	case last.is(surname) && !last.isCommon() && !first.isCommon():
	case r.afterRole(i) && !first.isCommon():
	default:
		return false
	}
	r.add(span{from: i, to: j, kind: news.Person, sure: true})
	return true
}

func (r *reader) anyUpper(i, j int) bool {
	for k := i; k < j; k++ {
		if r.words[k].shape == upper && len(r.words[k].text) > 2 && r.words[k].class&(given|surname) == 0 {
			return true
		}
	}
	return false
}

func (r *reader) afterRole(i int) bool {
	return i > 0 && (r.words[i-1].is(role) || r.words[i-1].text == "," && i > 1 && r.words[i-2].is(role))
}

func (r *reader) beforeSpeech(j int) bool {
	return j < len(r.words) && r.words[j].is(speech)
}
