package entity

import (
	"strings"

	"broadsheet/generator/news"
)

// run finds the names in the capitalised words [i, j), by the first of these that holds:
//
//	the whole is a name of the gazetteer
//	its last word says what it is: an organisation, a place, or neither
//	it has a title: what follows is a person
//	it begins with a name of the gazetteer, and the rest is read afresh
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
	if r.byHead(i, j) || r.aroundTitle(i, j) || r.afterDemonym(i, j) || r.afterTitle(i, j) || r.afterName(i, j) || r.person(i, j) {
		return
	}
	r.byContext(i, j)
}

// trim leaves out of a run what is capitalised only because of where it stands, and words that are never names.
func (r *reader) trim(i, j int) (int, int) {
	for i < j && r.idle(i, j) {
		i++
	}
	for j > i && (r.words[j-1].is(calendar) || !r.words[j-1].named() || r.words[j-1].is(never) && r.words[j-1].shape != upper) {
		j--
	}
	return i, j
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
	case w.is(never) && !r.compassHead(i, j):
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
	return w.isCommon() || r.lower[strings.ToLower(w.text)] || i+1 == j && r.lex.inflected(w.text)
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
	if n.kind == 0 || n.rank == sure || j-i > 1 && n.rank == likely {
		return true
	}
	if n.rank == likely {
		return !r.words[i].opens || r.afterIn(i)
	}
	return r.afterIn(i) && !r.words[i].is(given|family)
}

func (r *reader) afterIn(i int) bool { return i > 0 && r.words[i-1].is(locative) }

func (r *reader) addName(n name, i, j int) {
	if n.kind == 0 {
		return
	}
	r.add(span{from: i, to: j, kind: n.kind, canon: n.canon, sure: n.rank == sure, capital: n.capital, guess: n.kind})
}

// byHead reads a run whose last word, or whose word before "of", says what it is.
func (r *reader) byHead(i, j int) bool {
	head := r.head(i, j)
	if head < 0 {
		return r.placeFirst(i, j)
	}
	w := &r.words[head]
	switch {
	case w.is(surname) && j-i == 2 && r.words[i].is(given) && !r.words[i].isCommon():
		return false
	case w.is(orgHead):
		return r.organization(i, j, head)
	case w.is(placeHead):
		return r.place(i, j, head)
	}
	return true // a treaty, a cup, a war
}

// head is the index of the word that says what the run is, or -1.
func (r *reader) head(i, j int) int {
	for k := i; k < j; k++ {
		if r.words[k].is(headWord) && k+1 < j && !r.words[k+1].named() && !r.words[k+1].is(particle) && r.words[k+1].text != "&" {
			return k
		}
	}
	if r.words[j-1].is(headWord) {
		return j - 1
	}
	return -1
}

// placeFirst reads "Lake Victoria", "Mount Fuji", "Port Sudan".
func (r *reader) placeFirst(i, j int) bool {
	switch r.words[i].text {
	case "Lake", "Mount", "Mt.", "Cape", "Fort", "Port", "Camp", "Isle", "San", "Santa", "Los", "Las", "El", "Saint", "St.":
		if j-i >= 2 && j-i <= 3 && !r.words[j-1].is(title) {
			kind := news.Place
			r.add(span{from: i, to: j, kind: kind, sure: r.words[i].is(placeHead), guess: kind})
			return true
		}
	}
	return false
}

// organization reads a run with an organisation's head. Alone, a head names nothing; a person's title before it is
// no part of the name.
func (r *reader) organization(i, j, head int) bool {
	for i < head && (r.words[i].is(title) && r.words[i].shape == capital && !r.words[i].is(orgHead) && r.words[i+1].is(demonym|title) || r.words[i].text == "The") {
		i++
	}
	if j-i == 1 {
		if r.words[i].shape == upper {
			r.byContext(i, j)
		}
		return true
	}
	if r.words[head].isCommon() && j-i == 2 && head == i+1 && r.words[i].is(demonym) && !r.institution(head) {
		return true
	}
	r.add(span{from: i, to: j, kind: news.Organization, sure: true})
	return true
}

// institution reports whether a demonym before the head makes a name: "Czech Senate", not "Russian Forces".
func (r *reader) institution(head int) bool {
	switch r.words[head].text {
	case "Forces", "Police", "Team", "Press", "Media", "Radio", "News", "Company", "Group", "Companies":
		return false
	}
	return true
}

func (r *reader) place(i, j, head int) bool {
	if j-i == 1 || r.words[i].is(demonym) && j-i == 2 {
		return true
	}
	if head != j-1 && r.words[head+1].text != "of" {
		j = head + 1
	}
	if j-i < 2 {
		return true
	}
	r.add(span{from: i, to: j, kind: news.Place, sure: true})
	return true
}

// afterDemonym leaves "Iraqi" out and reads the rest; a demonym by itself is no name.
func (r *reader) afterDemonym(i, j int) bool {
	if n, words := r.longest(i, j); words > 0 && n.kind == 0 {
		r.run(i+words, j)
		return true
	}
	if !r.words[i].is(demonym) {
		return false
	}
	r.run(i+1, j)
	return true
}

// afterTitle leaves titles out; what follows is a person, or nothing.
func (r *reader) afterTitle(i, j int) bool {
	k := i
	for k < j && r.words[k].is(title) && !r.nameDespiteTitle(k, j) {
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

// aroundTitle reads a run with a title inside, "Orange County Sheriff Don Barnes": a person after it, and before it
// what is a name by itself.
func (r *reader) aroundTitle(i, j int) bool {
	k := j - 2
	for k > i && !r.words[k].is(title) {
		k--
	}
	if k <= i || r.plainWords(k+1, j) > 0 || r.words[k].is(given) || r.words[k+1].is(demonym|never|headWord) {
		return false
	}
	for k > i && r.words[k-1].is(title) {
		k--
	}
	if k == i {
		return false
	}
	r.run(i, k)
	return r.afterTitle(k, j)
}

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
	if words == 0 || words == j-i || n.rank < likely || r.words[i].is(given) && words == 1 {
		return false
	}
	rest := i + words
	w := &r.words[rest]
	if w.is(title|demonym|never|given) || r.knownAt(rest, j) || j-rest > 3 {
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

// byContext reads a run whose words say nothing sure.
func (r *reader) byContext(i, j int) {
	first := &r.words[i]
	switch {
	case j-i > 1 && r.loud(i, j):
	case j-i > 1:
		r.several(i, j)
	case first.shape == upper:
		r.acronym(i)
	case first.shape != initial && !first.isCommon():
		r.alone(i)
	}
}

// acronym reads one word in capitals: an organisation, unless it shortens words in lower case ("gross domestic
// product (GDP)"), has a number in it or stands in a headline.
func (r *reader) acronym(i int) {
	w := &r.words[i]
	if w.isCommon() || r.shouted(i) || strings.ContainsAny(w.text, "0123456789") {
		return
	}
	s := span{from: i, to: i + 1, guess: news.Organization}
	if i > 1 && r.words[i-1].text == "(" && r.words[i-2].shape == lower && i+1 < len(r.words) && r.words[i+1].text == ")" {
		s.guess, s.hinted = 0, true
	}
	r.add(s)
}

// several reads two words or more of which none is known.
func (r *reader) several(i, j int) {
	s := span{from: i, to: j, guess: news.Person}
	plain := r.plainWords(i, j)
	switch {
	case plain > 0 && r.words[i].opens:
		return
	case r.afterIn(i) && plain == 0:
		s.guess, s.hinted = news.Place, true
	case plain == 0 && (r.afterRole(i) || r.beforeSpeech(j)):
		s.hinted = true
	case plain > 0 || j-i > 3:
		s.guess = news.Organization
	}
	r.add(s)
}

// alone reads one word that is not known.
func (r *reader) alone(i int) {
	w := &r.words[i]
	s := span{from: i, to: i + 1, guess: news.Organization}
	switch {
	case r.lower[strings.ToLower(w.text)] || isPlural(w.text):
		return
	case r.afterIn(i):
		s.guess, s.hinted = news.Place, true
	case r.afterRole(i) || r.beforeSpeech(i+1):
		s.guess, s.hinted = news.Person, true
	case w.is(surname | given | family):
		s.guess = news.Person
	}
	r.add(s)
}

// isPlural reports whether a word is an acronym's plural or the name of a belief, neither of which is a name here.
func isPlural(s string) bool {
	return strings.HasSuffix(s, "ism") || strings.HasSuffix(s, "s") && shapeOf(s[:len(s)-1]) == upper
}

// loud reports whether words are all in capitals, as a headline's are.
func (r *reader) loud(i, j int) bool {
	for k := i; k < j; k++ {
		if r.words[k].shape != upper {
			return false
		}
	}
	return true
}

// plainWords counts the words of a run that the language also has in lower case.
func (r *reader) plainWords(i, j int) int {
	n := 0
	for k := i; k < j; k++ {
		if r.words[k].isCommon() || r.lower[strings.ToLower(r.words[k].text)] || r.words[k].shape == lower {
			n++
		}
	}
	return n
}

// shouted reports whether the word stands among others in capitals, as in a headline.
func (r *reader) shouted(i int) bool {
	loud := func(k int) bool {
		return k >= 0 && k < len(r.words) && r.words[k].shape == upper && len(r.words[k].text) > 3 && !r.words[k].parts
	}
	return loud(i-1) || loud(i+1) && !r.words[min(i+1, len(r.words)-1)].parts
}
