package entity

import (
	"strings"

	"broadsheet/generator/news"
)

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

// acronym reads one word in capitals: an organisation, unless it shortens words that name none ("gross domestic
// product (GDP)"), has a number in it or after it, or stands in a headline.
func (r *reader) acronym(i int) {
	w := &r.words[i]
	if w.isCommon() || r.shouted(i) || strings.ContainsAny(w.text, "0123456789") || r.amount(i+1) {
		return
	}
	s := span{from: i, to: i + 1, guess: news.Organization, faint: len(w.text) <= 2}
	if r.shortens(i) {
		s.guess, s.hinted = 0, true
	}
	r.add(s)
}

// shortens reports whether the word at i stands in brackets after words that name nobody.
func (r *reader) shortens(i int) bool {
	if i < 2 || i+1 >= len(r.words) || r.words[i-1].text != "(" || r.words[i+1].text != ")" {
		return false
	}
	return r.words[i-2].shape == lower || r.words[i-2].is(thingHead)
}

// amount reports whether a sum or a number stands at i, as after a currency or a model: HK$20, FTSE 100.
func (r *reader) amount(i int) bool {
	if i >= len(r.words) || r.words[i].parts {
		return false
	}
	w := &r.words[i]
	return w.shape == number || w.text == "$" || w.text == "€" || w.text == "£"
}

// several reads two words or more of which none is known.
func (r *reader) several(i, j int) {
	s := span{from: i, to: j, guess: news.Person}
	plain := r.plainWords(i, j)
	switch {
	case plain > 0 && (r.words[i].opens || r.words[j-1].is(title)):
		return
	case r.afterIn(i) && plain == 0:
		s.guess, s.hinted = news.Place, true
	case plain == 0 && (r.afterRole(i) || r.beforeSpeech(j)):
		s.hinted = true
	case plain > 0 || j-i > 3:
		s.guess = news.Organization
		s.faint = plain*2 >= j-i
	}
	r.add(s)
}

// alone reads one word that is not known.
func (r *reader) alone(i int) {
	w := &r.words[i]
	s := span{from: i, to: i + 1, guess: news.Organization}
	switch {
	case r.printsLower(w) || isPlural(w.text):
		return
	case r.afterIn(i) && !mixed(w.text):
		s.guess, s.hinted = news.Place, true
	case r.afterRole(i) || r.beforeSpeech(i+1):
		s.guess, s.hinted = news.Person, true
	case w.is(surname | given | family):
		s.guess = news.Person
	}
	s.faint = !s.hinted
	r.add(s)
}

// mixed reports whether a capital follows a small letter, as in a product's name: CentOS, LiveLeak; not McAllen.
func mixed(s string) bool {
	for i := 1; i < len(s); i++ {
		if 'A' <= s[i] && s[i] <= 'Z' && 'a' <= s[i-1] && s[i-1] <= 'z' {
			return !strings.HasPrefix(s, "Mc") && !strings.HasPrefix(s, "Mac") && !strings.HasPrefix(s, "De")
		}
	}
	return false
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
		w := &r.words[k]
		if w.isCommon() || r.printsLower(w) || w.shape == lower && !w.is(particle) {
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
