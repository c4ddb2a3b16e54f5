package entity

import (
	"math/bits"
	"slices"
	"unicode"
	"unicode/utf8"

	"broadsheet/generator/entity/tagger"
	"broadsheet/generator/news"
	"broadsheet/generator/prose"
)

// The model reads stretches of words around capitals. What it sees of each word is features: its spelling and shape and
// its neighbours', what the gazetteer and the rules say of them, and what the same word does elsewhere in the text.

// clue is what features of a word are made of, each as a number that is equal for equal things.
type clue struct {
	form    uint64 // as printed
	lower   uint64 // in lower case
	look    uint64 // its shape
	head    uint64 // its first letters
	tail    uint64 // its last three letters
	tail2   uint64 // its last two
	class   uint64 // what the gazetteer knows of it
	listed  uint64 // the gazetteer's longest name that it is part of
	verdict uint64 // what the rules say
	short   uint64 // an acronym whose words the text has, or one of these words
	setting uint64 // how its paragraph is printed
	habits  uint32 // what it does here
	known   int32  // what the text shows of it, as an index into memories; 0 is nothing
}

// outside is what stands before the first and after the last word.
var outside = clue{form: 1, lower: 1, look: 1, head: 1, tail: 1, tail2: 1, class: 1, listed: 1, verdict: 1}

// evidence is the clues of a text, with memory that is used again for the next.
type evidence struct {
	clues    []clue
	memories []memory
	index    []int32 // of memories by form, open addressing in a power of two
	acronyms []acronym
	features []uint32
	decoder  tagger.Decoder
	tags     []tagger.Tag
	found    []span // names of the model
}

func mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a^0x9e3779b97f4a7c15, b^0xd1b54a32d192ed03)
	return hi ^ lo
}

const fnv, fnvPrime = 0xcbf29ce484222325, 0x100000001b3

func hash(s string) uint64 {
	h := uint64(fnv)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * fnvPrime
	}
	return mix(h, uint64(len(s)))
}

// hashLower is the hash of s in lower case.
func hashLower(s string) uint64 {
	h := uint64(fnv)
	for _, c := range s {
		h = (h ^ uint64(unicode.ToLower(c))) * fnvPrime
	}
	return mix(h, uint64(len(s)))
}

// looks is the shape of s: runs of capitals, small letters, digits and the rest, and which of them are longer than one.
func looks(s string) uint64 {
	h, last, single := uint64(3), uint64(0), true
	for _, c := range s {
		kind := kindOfLetter(c)
		switch {
		case kind != last:
			h = h*1000003 + kind
			single = true
		case single:
			h = h*1000003 + 7
			single = false
		}
		last = kind
	}
	return h
}

func kindOfLetter(c rune) uint64 {
	switch {
	case 'a' <= c && c <= 'z':
		return 1
	case 'A' <= c && c <= 'Z':
		return 2
	case '0' <= c && c <= '9':
		return 3
	case c < utf8.RuneSelf:
		return 8 + uint64(c)
	case unicode.IsUpper(c):
		return 2
	case unicode.IsLetter(c):
		return 1
	}
	return 8 + uint64(c)
}

// suffix is the last n letters of s.
func suffix(s string, n int) string {
	at := len(s)
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	return s[at:]
}

func prefix(s string, n int) string {
	at := 0
	for ; n > 0 && at < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return s[:at]
}

func bit(b bool, n uint64) uint64 {
	if b {
		return n
	}
	return 0
}

// observe makes the clues of all words, once the rules have found their spans.
func (r *reader) observe() {
	e := r.evidence
	e.clues = slices.Grow(e.clues[:0], len(r.words))[:len(r.words)]
	for i := range r.words {
		w := &r.words[i]
		look := looks(w.text)
		if w.opens {
			look = mix(look, 5)
		}
		e.clues[i] = clue{
			form: hash(w.text), lower: w.lower, look: look,
			head: hash(prefix(w.text, 3)), tail: hash(suffix(w.text, 3)), tail2: hash(suffix(w.text, 2)),
			class: uint64(w.class)<<32 | uint64(w.plain),
		}
	}
	r.observeListed()
	r.observeVerdicts()
	r.observeAcronyms()
	r.observeSettings()
	r.remember()
}

func (r *reader) observeListed() {
	for i := 0; i < len(r.words); {
		w := &r.words[i]
		if !w.named() || w.reach == 0 {
			i++
			continue
		}
		n, words := r.longest(i, min(len(r.words), i+int(w.reach)))
		for k := range words {
			r.evidence.clues[i+k].listed = 2 + place(k, words) + 8*(uint64(n.kind)+4*uint64(n.rank))
		}
		i += max(words, 1)
	}
}

// place says where the k-th of n words stands: 0 for the only one, else 1 first, 2 inside, 3 last.
func place(k, n int) uint64 {
	switch {
	case n == 1:
		return 0
	case k == 0:
		return 1
	case k == n-1:
		return 3
	}
	return 2
}

func (r *reader) observeVerdicts() {
	for i := range r.spans {
		s := &r.spans[i]
		v := uint64(s.kind) + 4*uint64(s.guess) + bit(s.sure, 16) + bit(s.titled, 32) + bit(s.faint, 64) + bit(s.hinted, 128) + bit(s.canon != "", 256)
		for k := s.from; k < s.to; k++ {
			r.evidence.clues[k].verdict = 2 + place(k-s.from, s.to-s.from) + 8*v
		}
	}
}

// observeSettings tells headings in capitals, headlines, and lines without an end from prose.
func (r *reader) observeSettings() {
	for from := 0; from < len(r.words); {
		to := from + 1
		for to < len(r.words) && !r.words[to].parts {
			to++
		}
		setting := r.setting(from, to)
		for k := from; k < to; k++ {
			r.evidence.clues[k].setting = setting
		}
		from = to
	}
}

func (r *reader) setting(from, to int) uint64 {
	capitals, small := 0, 0
	for k := from; k < to; k++ {
		switch w := &r.words[k]; {
		case w.named():
			capitals++
		case w.shape == lower && !w.is(function):
			small++
		}
	}
	return 4*r.manner(capitals, small, r.words[to-1].text) + uint64(min(to-from, 12))/4
}

func (r *reader) manner(capitals, small int, last string) uint64 {
	switch {
	case small == 0:
		return 1
	case capitals > 2*small:
		return 2
	}
	switch last {
	case ".", "\"", "”", "?", "!":
		return 0
	}
	return 3
}

func (r *reader) clue(i int) *clue {
	if i < 0 || i >= len(r.words) {
		return &outside
	}
	return &r.evidence.clues[i]
}

func (r *reader) word(i int) *word {
	if i < 0 || i >= len(r.words) {
		return &noWord
	}
	return &r.words[i]
}

var noWord word

// stretch is words that are read together: capitalised ones and what stands between them.
type stretch struct{ from, to int }

// widest is how many other words may stand between those of a name.
const widest = 2

// stretchAt is the first stretch at or after word i; it is empty where there is none.
func (r *reader) stretchAt(i int) stretch {
	for i < len(r.words) && !r.words[i].named() {
		i++
	}
	if i == len(r.words) {
		return stretch{i, i}
	}
	end := i + 1
	for gap := 0; end+gap < len(r.words) && gap <= widest && !r.words[end+gap].parts; {
		w := &r.words[end+gap]
		if w.named() || w.shape == number && gap == 0 {
			end += gap + 1
			gap = 0
			continue
		}
		if gap == 0 && r.hyphened(end) {
			end += 2
			continue
		}
		gap++
	}
	return stretch{i, end}
}

// hyphened reports whether a hyphen set apart stands at i and a word in lower case after it: "Kim Dae - jung".
func (r *reader) hyphened(i int) bool {
	return i+1 < len(r.words) && r.words[i].text == "-" && r.words[i+1].shape == lower && !r.words[i+1].parts
}

// longestRun is how far a run of capitals is followed to either side.
const longestRun = 6

// runOf is the capitalised words around i.
func (r *reader) runOf(i int) (from, to int) {
	from, to = i, i+1
	for from > 0 && i-from < longestRun && r.words[from-1].named() && !r.words[from].parts {
		from--
	}
	for to < len(r.words) && to-i < longestRun && r.words[to].named() && !r.words[to].parts {
		to++
	}
	return from, to
}

// put gathers features: each is mixed with its number in the order they are added.
type put struct {
	dst    []uint32
	number uint64
}

func (p *put) add(x uint64) {
	p.number++
	p.dst = append(p.dst, max(uint32(mix(x, p.number)>>32), 1))
}

// describe appends the features of word i to dst.
func (r *reader) describe(dst []uint32, i int) []uint32 {
	p := put{dst: dst}
	a, b, c, d, e := r.clue(i-2), r.clue(i-1), r.clue(i), r.clue(i+1), r.clue(i+2)
	p.add(0)
	p.words(a, b, c, d, e)
	p.gazetteer(b, c, d)
	p.verdicts(b, c, d)
	p.add(mix(c.short, c.look))
	p.add(mix(c.short, c.verdict))
	p.add(mix(c.setting, c.look))
	p.add(mix(c.setting, c.verdict))
	p.add(mix(mix(c.look, d.lower), bit(i == 0 || r.words[i].parts, 1)))
	r.describeRun(&p, i)
	r.describeElsewhere(&p, c)
	return p.dst
}

func (p *put) words(a, b, c, d, e *clue) {
	p.add(c.form)
	p.add(c.lower)
	p.add(b.lower)
	p.add(d.lower)
	p.add(a.lower)
	p.add(e.lower)
	p.add(mix(b.lower, c.lower))
	p.add(mix(c.lower, d.lower))
	p.add(mix(b.lower, d.lower))
	p.add(mix(a.lower, b.lower))
	p.add(mix(d.lower, e.lower))
	p.add(c.look)
	p.add(mix(b.look, c.look))
	p.add(mix(c.look, d.look))
	p.add(mix(mix(b.look, c.look), d.look))
	p.add(c.head)
	p.add(c.tail)
	p.add(c.tail2)
	p.add(mix(c.tail, c.look))
}

func (p *put) gazetteer(b, c, d *clue) {
	p.add(c.class)
	p.add(b.class)
	p.add(d.class)
	p.add(mix(b.class, c.class))
	p.add(mix(c.class, d.class))
	p.add(c.listed)
	p.add(mix(c.listed, b.lower))
	p.add(mix(c.listed, d.lower))
	p.add(mix(mix(b.listed, c.listed), d.listed))
	p.add(mix(c.listed, c.lower))
}

func (p *put) verdicts(b, c, d *clue) {
	p.add(c.verdict)
	p.add(mix(b.verdict, c.verdict))
	p.add(mix(c.verdict, d.verdict))
	p.add(mix(c.verdict, c.lower))
	p.add(mix(c.verdict, b.lower))
	p.add(mix(c.verdict, d.lower))
	p.add(mix(c.verdict, c.class))
	p.add(mix(c.verdict, c.listed))
	p.add(mix(c.verdict, c.look))
}

func (r *reader) describeRun(p *put, i int) {
	from, to := r.runOf(i)
	before, after, first, last := r.clue(from-1), r.clue(to), r.clue(from), r.clue(to-1)
	at := uint64(min(i-from, 3))*8 + uint64(min(to-1-i, 3))
	p.add(mix(before.lower, at))
	p.add(mix(after.lower, at))
	p.add(mix(last.lower, at))
	p.add(mix(last.class, at))
	p.add(mix(first.class, at))
	p.add(mix(first.lower, at))
	p.add(mix(mix(before.lower, after.lower), uint64(min(to-from, 5))))
}

// Lesson is a stretch of a text as the model sees it: its words, and the features of each.
type Lesson struct {
	Words    []prose.Token
	Features [][]uint32
}

// Lessons is a text as the model sees it, to learn from.
func (r *Recognizer) Lessons(text string) []Lesson {
	body := r.reader(text)
	defer r.done(body)
	body.read()
	body.judge(enough, nil)
	body.observe()
	var lessons []Lesson
	for s := body.stretchAt(0); s.from < s.to; s = body.stretchAt(s.to) {
		var l Lesson
		for i := s.from; i < s.to; i++ {
			l.Words = append(l.Words, body.words[i].Token)
			l.Features = append(l.Features, slices.Clip(body.describe(nil, i)))
		}
		lessons = append(lessons, l)
	}
	return lessons
}

// tag replaces what the rules found by what the model makes of it, but for what only rules can know: two places in
// "North and South Korea", no name in "the North", which theNorth reads, and who speaks in an interview.
func (r *reader) tag(model *tagger.Model, headline map[string]news.Kind) {
	r.observe()
	e := r.evidence
	found := e.found[:0]
	for s := r.stretchAt(0); s.from < s.to; s = r.stretchAt(s.to) {
		e.decoder.Reset()
		for i := s.from; i < s.to; i++ {
			e.features = r.describe(e.features[:0], i)
			sum := model.Sum(e.features)
			r.lean(&sum)
			e.decoder.Add(sum, model.Next())
		}
		e.tags = e.decoder.Best(e.tags[:0])
		found = r.named(found, s.from, e.tags)
	}
	e.found = r.lowerHeads(found)
	r.asPersons(e.found, headline)
	r.agree(e.found)
	r.spans = r.settled(r.spans, r.echoed(e.found))
}

// settled is the model's spans, in place of which the rules' fixed ones stand, and without points of the compass.
func (r *reader) settled(rules, model []span) []span {
	var all []span
	for _, s := range rules {
		if s.fixed || s.kind != 0 && r.speaks(&s) {
			all = append(all, s)
		}
	}
	fixed := all
	for _, s := range model {
		if s.to-s.from == 1 && compass(r.words[s.from].text) || r.letters(&s) || slices.ContainsFunc(fixed, s.meets) {
			continue
		}
		if a, b, two := r.twoNames(s, rules); two {
			all = append(all, a, b)
		} else {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b span) int { return a.from - b.from })
	return all
}

// letters reports whether a span is single letters alone, as scans have them for marks and parts of words.
func (r *reader) letters(s *span) bool {
	return r.reads > legible && !slices.ContainsFunc(r.words[s.from:s.to], func(w word) bool { return w.shape != initial })
}

// twoNames parts what the rules know as two places: "New York for Lake Victoria".
func (r *reader) twoNames(s span, rules []span) (a, b span, two bool) {
	at, found := slices.BinarySearchFunc(rules, s.from, func(s span, from int) int { return s.from - from })
	if !found || at+1 >= len(rules) {
		return a, b, false
	}
	a, b = rules[at], rules[at+1]
	places := a.kind == news.Place && b.kind == news.Place && a.sure && b.sure
	return a, b, places && b.to == s.to && a.to+1 == b.from && r.words[a.to].is(function) && r.words[a.to].text != "of"
}

// withoutTitle leaves "Dr." out of a person's name, words in lower case at its end, and whose a person of two names is:
// "Jane Doe of KEDO".
func (r *reader) withoutTitle(from, to int) (int, int) {
	for k := from + 2; k < to; k++ {
		if r.words[k].text == "of" {
			to = k
		}
	}
	for to-from > 1 && r.words[from].is(title) && !r.words[from].is(given) {
		from++
	}
	for to-from > 1 && !r.words[to-1].named() && r.words[to-2].text != "-" {
		to--
	}
	return from, to
}

func (s span) meets(o span) bool { return s.from < o.to && o.from < s.to }

// named adds the names that the tags of the words from i on make.
func (r *reader) named(spans []span, i int, tags []tagger.Tag) []span {
	for k := 0; k < len(tags); k++ {
		if tags[k] == 0 {
			continue
		}
		end := k + 1
		for end < len(tags) && !tags[end-1].Closes() {
			end++
		}
		to := i + end
		for tags[k].Kind() == news.Person && r.goesOn(to) {
			to += 2
		}
		spans = append(spans, r.spanOf(i+k, to, tags[k].Kind()))
		k = to - i - 1
	}
	return spans
}

// goesOn reports whether a person's name goes on behind a hyphen that is set apart, as what stands there is no word:
// "Jun - seok", but not "Jun - who".
func (r *reader) goesOn(i int) bool {
	return r.reads == legible && r.hyphened(i) && r.words[i+1].class == 0 && !r.lex.inflected(r.words[i+1].text)
}

// spanOf is the rules' span where they agree, else one that the gazetteer may know more of.
func (r *reader) spanOf(from, to int, kind news.Kind) span {
	at, found := slices.BinarySearchFunc(r.spans, from, func(s span, from int) int { return s.from - from })
	if found && r.spans[at].to == to && r.spans[at].kind == kind {
		return r.spans[at]
	}
	if kind == news.Person {
		from, to = r.withoutTitle(from, to)
	}
	s := span{from: from, to: to, kind: kind, sure: true, titled: from > 0 && r.words[from-1].is(title)}
	s.shared = kind == news.Organization && to-from == 1 && r.words[from].is(orgHead) // "the University"
	if to-from == 3 && (r.words[to-1].text == "D.C." || r.words[to-1].text == "DC") {
		to = from + 1 // "Washington, D.C." is Washington
	}
	if n, ok := r.lookup(from, to); ok && n.kind == kind {
		s.canon, s.capital, s.shared = n.canon, n.capital, n.shared
	}
	return s
}
