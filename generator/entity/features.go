package entity

import (
	"slices"

	"broadsheet/generator/prose"
)

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
