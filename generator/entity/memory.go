package entity

import (
	"slices"

	"broadsheet/generator/news"
)

// habit is what a word does in a name, as a number of a set.
type habit int

const (
	alone      habit = iota // the whole run of capitals
	firstInRun              // first of a run
	lastInRun               // last of one
	insideRun               // inside
	afterThe                // these are of the run: after "the"
	afterPlace              // in, at
	afterOf                 // of
	bracketed               // before or after an opening bracket
	possesses               // before 's
	speaks                  // before said
	announced               // after a role or a title
	beforeComma
	headed      // last word of the run makes an organisation
	situated    // or a place
	afterGiven  // after a given name or an initial
	beforeWord  // before a word in lower case that is neither a function word nor said
	afterOutfit // after a word for an organisation: firm, newspaper
	beforeAsset // before what an organisation has: shares, spokesman
	habits
)

// memory is what a text shows of one word.
type memory struct {
	form  uint64
	kinds [len(news.Kinds) + 1]uint16 // how often the rules found each kind; [0]: capitalised inside a sentence
	lower bool                        // printed in lower case too
	seen  [habits]uint16
}

// remember gathers what the text shows of every capitalised word.
func (r *reader) remember() {
	e := r.evidence
	e.memories = append(e.memories[:0], memory{})
	e.index = slices.Grow(e.index[:0], slots(len(r.words)))[:slots(len(r.words))]
	clear(e.index)
	for i := range r.words {
		w := &r.words[i]
		if !w.named() {
			continue
		}
		m := e.memorize(&e.clues[i])
		m.lower = m.lower || r.printsLower(w)
		if !w.opens {
			m.kinds[0]++
		}
		e.clues[i].habits = r.habits(i)
		for k := range habits {
			m.seen[k] += uint16(e.clues[i].habits >> k & 1)
		}
	}
	for i := range r.spans {
		for k := r.spans[i].from; k < r.spans[i].to; k++ {
			if at := e.clues[k].known; at > 0 && r.spans[i].kind > 0 {
				e.memories[at].kinds[r.spans[i].kind]++
			}
		}
	}
}

// again reports whether the text has the word at i more than once where a capital says something.
func (r *reader) again(i int) bool {
	return r.evidence.memories[r.evidence.clues[i].known].kinds[0] > 1
}

func slots(words int) int {
	n := 64
	for n < words {
		n *= 2
	}
	return n
}

// memorize is the memory of a clue's word.
func (e *evidence) memorize(c *clue) *memory {
	mask := uint64(len(e.index) - 1)
	at := c.form & mask
	for e.index[at] != 0 && e.memories[e.index[at]].form != c.form {
		at = (at + 1) & mask
	}
	if e.index[at] == 0 {
		e.index[at] = int32(len(e.memories))
		e.memories = append(e.memories, memory{form: c.form})
	}
	c.known = e.index[at]
	return &e.memories[c.known]
}

// habits is what the word at i does there.
func (r *reader) habits(i int) uint32 {
	from, to := r.runOf(i)
	before, after, last := r.word(from-1), r.word(to), r.word(to-1)
	several := to-from > 1
	var set uint32
	add := func(h habit, is bool) {
		if is {
			set |= 1 << h
		}
	}
	add(alone, !several)
	add(firstInRun, several && i == from)
	add(lastInRun, several && i == to-1)
	add(insideRun, i > from && i < to-1)
	add(afterThe, before.text == "the" || before.text == "The")
	add(afterPlace, before.is(locative))
	add(afterOf, before.text == "of")
	add(bracketed, before.text == "(" || after.text == "(")
	add(possesses, isPossessive(after.text))
	add(speaks, after.is(speech))
	add(announced, before.is(role) || from < i && r.words[from].is(title))
	add(beforeComma, after.text == ",")
	add(headed, several && last.is(orgHead))
	add(situated, several && last.is(placeHead))
	add(afterGiven, i > from && (r.words[i-1].is(given) || r.words[i-1].shape == initial))
	add(afterOutfit, before.is(outfit))
	add(beforeAsset, after.is(asset))
	add(beforeWord, after.shape == lower && !after.is(function|speech))
	return set
}

func isPossessive(s string) bool { return s == "'s" || s == "’s" || s == "'" || s == "’" }

// Sets of habits that say more together.
const (
	ofRuns    = 1<<alone | 1<<firstInRun | 1<<lastInRun
	ofFirms   = ofRuns | 1<<afterThe | 1<<afterPlace | 1<<afterOf | 1<<speaks
	ofPersons = ofRuns | 1<<speaks | 1<<headed | 1<<afterGiven
)

// describeElsewhere adds what the word does elsewhere in the text.
func (r *reader) describeElsewhere(p *put, c *clue) {
	m := &r.evidence.memories[c.known]
	kinds := m.summary()
	p.add(mix(kinds, c.look))
	p.add(mix(kinds, c.verdict))
	others := m.others(c.habits)
	own := uint64(c.habits & ofRuns)
	for k := range habits {
		if others&(1<<k) != 0 {
			p.add(own)
		} else {
			p.number++
		}
	}
	p.add(mix(uint64(others&ofRuns), mix(own, c.verdict)))
	p.add(mix(uint64(others&ofPersons), own))
	p.add(mix(uint64(others&ofFirms), own))
}

// others is what a word does elsewhere that does these here.
func (m *memory) others(here uint32) (set uint32) {
	for k, n := range m.seen {
		if uint32(n) > here>>k&1 {
			set |= 1 << k
		}
	}
	return set
}

// summary is the kind that the rules found most, how often about, and how the word is printed.
func (m *memory) summary() uint64 {
	best := mostOf(m.kinds)
	s := uint64(best+1) | uint64(min(m.kinds[0], 2))<<8 | bit(m.lower, 1<<12)
	if best > 0 {
		s |= uint64(min(m.kinds[best], 3)) << 4
	}
	return s
}

func mostOf(kinds [len(news.Kinds) + 1]uint16) news.Kind {
	best := news.Kind(0)
	for _, k := range news.Kinds {
		if kinds[k] > 0 && (best == 0 || kinds[k] > kinds[best]) {
			best = k
		}
	}
	return best
}
