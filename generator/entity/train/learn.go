package main

import (
	"math/rand/v2"
	"slices"
	"sync"

	"broadsheet/generator/entity"
	"broadsheet/generator/entity/tagger"
	"broadsheet/generator/news"
	"broadsheet/generator/prose"
)

const (
	passes   = 8 // through all lessons
	learners = 5 // whose weights are averaged
	rare     = 1 // a feature seen so often tells nothing
	grain    = 32
	faint    = 13 // in grains: a feature whose weights are all below it is left out
)

// lesson is a stretch to learn from with the right tags.
type lesson struct {
	features [][]uint32 // by word: hashes, or rows of a learner
	tags     []tagger.Tag
}

// lessonsOf is what documents teach.
func lessonsOf(r *entity.Recognizer, docs []document) []lesson {
	var all []lesson
	for _, d := range docs {
		names := d.names
		for _, l := range r.Lessons(d.text) {
			for len(names) > 0 && names[0].End <= l.Words[0].Start {
				names = names[1:]
			}
			all = append(all, lesson{l.Features, tagsOf(l.Words, names)})
		}
	}
	return all
}

// tagsOf is the tags of words whose names are the first of names; a name that cuts a word is none.
func tagsOf(words []prose.Token, names []news.Mention) []tagger.Tag {
	tags := make([]tagger.Tag, len(words))
	for _, n := range names {
		if n.Start >= words[len(words)-1].End {
			break
		}
		from := slices.IndexFunc(words, func(w prose.Token) bool { return w.Start == n.Start })
		to := slices.IndexFunc(words, func(w prose.Token) bool { return w.End == n.End })
		if from >= 0 && to >= from {
			tagger.Name(tags[from:to+1], n.Kind)
		}
	}
	return tags
}

// agreed is the lessons that a model tags as they say.
func agreed(m *tagger.Model, all []lesson) []lesson {
	var d tagger.Decoder
	var tags []tagger.Tag
	var kept []lesson
	for _, l := range all {
		d.Reset()
		for _, features := range l.features {
			d.Add(m.Sum(features), m.Next())
		}
		if tags = d.Best(tags[:0]); slices.Equal(tags, l.tags) {
			kept = append(kept, l)
		}
	}
	return kept
}

// learn makes a model: the average of averaged perceptrons (Collins, Discriminative Training Methods for Hidden Markov
// Models, 2002) that see the lessons in different orders.
func learn(all []lesson) *tagger.Model {
	keys, numbered := number(all)
	each := make([]*learner, learners)
	var wait sync.WaitGroup
	for i := range each {
		wait.Go(func() {
			each[i] = newLearner(len(keys))
			each[i].learn(numbered, uint64(i))
		})
	}
	wait.Wait()
	return average(keys, each)
}

// number gives the features that are not rare rows in order of appearance.
func number(all []lesson) (keys []uint32, numbered []lesson) {
	counts := map[uint32]int{}
	for _, l := range all {
		for _, word := range l.features {
			for _, key := range word {
				counts[key]++
			}
		}
	}
	rows := map[uint32]uint32{}
	for _, l := range all {
		features := make([][]uint32, len(l.features))
		for i, word := range l.features {
			for _, key := range word {
				if counts[key] <= rare {
					continue
				}
				row, found := rows[key]
				if !found {
					row = uint32(len(keys))
					rows[key] = row
					keys = append(keys, key)
				}
				features[i] = append(features[i], row)
			}
		}
		numbered = append(numbered, lesson{features, l.tags})
	}
	return keys, numbered
}

// learner is an averaged perceptron: weights as they are, and what was added to each times when it was.
type learner struct {
	now     []weights
	sum     []totals
	next    [tagger.Tags]tagger.Weights
	nextSum [tagger.Tags]totals
	clock   int64
	decoder tagger.Decoder
	tags    []tagger.Tag
}

type (
	weights [tagger.Tags]int32
	totals  [tagger.Tags]int64
)

func newLearner(rows int) *learner {
	return &learner{now: make([]weights, rows), sum: make([]totals, rows)}
}

func (ln *learner) learn(all []lesson, seed uint64) {
	random := rand.New(rand.NewPCG(1, seed))
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	for range passes {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			ln.clock++
			ln.correct(&all[i], ln.best(&all[i]))
		}
	}
}

func (ln *learner) best(l *lesson) []tagger.Tag {
	ln.decoder.Reset()
	for _, rows := range l.features {
		var sum weights
		for _, row := range rows {
			for t, w := range &ln.now[row] {
				sum[t] += w
			}
		}
		ln.decoder.Add(sum, &ln.next)
	}
	ln.tags = ln.decoder.Best(ln.tags[:0])
	return ln.tags
}

// correct speaks for the right tags and against those got instead.
func (ln *learner) correct(l *lesson, got []tagger.Tag) {
	right, wrong := tagger.Tag(0), tagger.Tag(0)
	for i, want := range l.tags {
		if want != got[i] {
			for _, row := range l.features[i] {
				ln.now[row][want]++
				ln.sum[row][want] += ln.clock
				ln.now[row][got[i]]--
				ln.sum[row][got[i]] -= ln.clock
			}
		}
		if i > 0 && (want != got[i] || right != wrong) {
			ln.next[right][want]++
			ln.nextSum[right][want] += ln.clock
			ln.next[wrong][got[i]]--
			ln.nextSum[wrong][got[i]] -= ln.clock
		}
		right, wrong = want, got[i]
	}
}

// mean is a weight's average over time, in grains.
func (ln *learner) mean(now int32, sum int64) int64 {
	return (int64(now)*(ln.clock+1) - sum) * grain / (ln.clock + 1)
}

// News has more names, and more of organisations, than the corpora. These grains are taken from no name, and given to
// organisations, at every word.
const (
	fewerOutside      = 200
	moreOrganizations = 400
)

// prior is a weight of the first feature, which every word has.
func prior(t tagger.Tag) int16 {
	switch t.Kind() {
	case 0:
		return -fewerOutside
	case news.Organization:
		return moreOrganizations
	}
	return 0
}

func average(keys []uint32, each []*learner) *tagger.Model {
	var next [tagger.Tags]tagger.Weights
	for p := range next {
		for t := range next[p] {
			next[p][t] = meanOf(each, func(ln *learner) int64 { return ln.mean(int32(ln.next[p][t]), ln.nextSum[p][t]) })
		}
	}
	rows := map[uint32]tagger.Weights{}
	for row, key := range keys {
		var w tagger.Weights
		loud := false
		for t := range w {
			w[t] = meanOf(each, func(ln *learner) int64 { return ln.mean(ln.now[row][t], ln.sum[row][t]) })
			if row == 0 {
				w[t] += prior(tagger.Tag(t))
			}
			loud = loud || w[t] >= faint || w[t] <= -faint
			if w[t] < faint/4 && w[t] > -faint/4 {
				w[t] = 0
			}
		}
		if loud {
			rows[key] = w
		}
	}
	m := tagger.New(len(rows), next)
	for _, key := range keys {
		if w, found := rows[key]; found {
			m.Add(key, w)
		}
	}
	return m
}

func meanOf(each []*learner, mean func(*learner) int64) int16 {
	sum := int64(0)
	for _, ln := range each {
		sum += mean(ln)
	}
	return int16(min(max(sum/int64(len(each)), -32768), 32767))
}
