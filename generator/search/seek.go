package search

import (
	"cmp"
	"slices"
	"strings"

	"broadsheet/generator/prose"
)

// Options says which hits are wanted, and in which order.
type Options struct {
	Newest bool // first; else the best
	Limit  int
}

// Result is what was found.
type Result struct {
	Total      int
	Hits       []Hit
	Years      []Year
	Entities   []Entity // whose name the query is
	Suggestion string   // another query, where nothing was found
}

// Hit is one article that was found.
type Hit struct {
	Card
	Number int `json:"-"` // of the article in the archive's order
	Score  int `json:"score"`
}

// Year is how many hits were published in it; year 0 is not known.
type Year struct {
	Year int `json:"year"`
	Hits int `json:"hits"`
}

// Entity is a person, place or organization.
type Entity struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Articles int    `json:"articles"`
	Page     bool   `json:"page"` // it has one of its own
}

// found is one article of a segment.
type found struct{ doc, score int }

// Search finds articles.
func (x *Index) Search(query string, o Options) (Result, error) {
	var r Result
	clauses, err := x.resolve(query, &r)
	if err != nil {
		return r, err
	}
	weights, err := x.weigh(clauses)
	if err != nil {
		return r, err
	}
	all, err := x.find(clauses, weights, &r)
	if err != nil {
		return r, err
	}
	slices.SortFunc(all, func(a, b found) int {
		if o.Newest {
			return b.doc - a.doc
		}
		return cmp.Or(b.score-a.score, b.doc-a.doc)
	})
	for _, f := range all[:min(len(all), o.Limit)] {
		card, err := x.cardOf(f.doc)
		if err != nil {
			return r, err
		}
		r.Hits = append(r.Hits, Hit{card, f.doc, f.score})
	}
	if r.Total == 0 {
		r.Suggestion, err = x.suggest(query, clauses, weights)
	}
	return r, err
}

// find is every article that the clauses hold of, in the archive's order, and counts them.
func (x *Index) find(clauses []clause, weights map[string]int, r *Result) ([]found, error) {
	var all []found
	years := map[int]int{}
	for n := range x.segments {
		s := &x.segments[n]
		scores, err := x.scores(s, clauses, weights)
		if err != nil {
			return nil, err
		}
		all = s.collect(all, scores, years)
	}
	r.Total, r.Years = len(all), inOrder(years)
	return all, nil
}

// resolve parses a query and puts ids in the place of names. Where its words are an entity's name, they find, beside the articles
// that have them, those in which the entity goes by another.
func (x *Index) resolve(query string, r *Result) ([]clause, error) {
	clauses := parse(query, x.words)
	for _, c := range clauses {
		for n := range c.atoms {
			if a := &c.atoms[n]; a.kind != "" {
				if err := x.identify(a); err != nil {
					return nil, err
				}
			}
		}
	}
	name, words, others := nameOf(clauses)
	entities, err := x.entities(name)
	if err != nil || len(entities) == 0 {
		return clauses, err
	}
	either := clause{atoms: []atom{{}}}
	for _, c := range words {
		either.atoms[0].phrase = c.atoms[0].phrase
		either.atoms[0].terms = append(either.atoms[0].terms, c.atoms[0].terms...)
	}
	for _, e := range entities {
		either.atoms = append(either.atoms, atom{terms: []string{e.ID}})
		if e.Articles, err = x.articlesOf(e.ID); err != nil {
			return nil, err
		}
		e.Page = e.Articles >= x.pageFrom
		r.Entities = append(r.Entities, e)
	}
	slices.SortStableFunc(r.Entities, func(a, b Entity) int { return b.Articles - a.Articles })
	return append([]clause{either}, others...), nil
}

// identify sets the ids that a field's name means: the one it is, or those that go by it. One that nothing has means none.
func (x *Index) identify(a *atom) error {
	a.terms = nil
	switch a.kind {
	case "people", "places", "organizations":
		entities, err := x.entities(foldName(a.name))
		if err != nil {
			return err
		}
		for _, e := range entities {
			if e.ID == a.kind+"/"+a.name {
				a.terms = []string{e.ID}
				return nil
			}
			if strings.HasPrefix(e.ID, a.kind+"/") {
				a.terms = append(a.terms, e.ID)
			}
		}
	}
	if len(a.terms) == 0 {
		a.terms = []string{a.kind + "/" + prose.Slug(a.name)}
	}
	return nil
}

// articlesOf is how many articles have a term.
func (x *Index) articlesOf(term string) (df int, err error) {
	for n := range x.segments {
		e, err := x.lookUp(&x.segments[n], term)
		if err != nil {
			return 0, err
		}
		if e != nil {
			df += e.articles
		}
	}
	return df, nil
}

// weigh is the rarity of each term; that of a beginning stands under it and "*". A term no article has is not in it.
func (x *Index) weigh(clauses []clause) (map[string]int, error) {
	weights := map[string]int{}
	for _, c := range clauses {
		for _, a := range c.atoms {
			for n, term := range a.terms {
				df, key := 0, term
				for i := range x.segments {
					entries, err := x.entriesOf(&x.segments[i], a, n)
					if err != nil {
						return nil, err
					}
					for _, e := range entries {
						df += e.articles
					}
				}
				if a.prefixAt(n) {
					key += "*"
				}
				if df > 0 {
					weights[key] = rarity(x.articles, min(df, x.articles))
				}
			}
		}
	}
	return weights, nil
}

// prefixAt reports whether the nth word of an atom is the beginning of one.
func (a *atom) prefixAt(n int) bool { return a.prefix && n == len(a.terms)-1 }

// entriesOf is what the dictionary has for the nth word of an atom.
func (x *Index) entriesOf(s *segment, a atom, n int) (found []*entry, err error) {
	terms := a.terms[n : n+1]
	if a.prefixAt(n) {
		terms = a.stems
		if found, err = x.beginning(s, a.terms[n]); err != nil {
			return nil, err
		}
	}
	for _, term := range terms {
		e, err := x.lookUp(s, term)
		if err != nil {
			return nil, err
		}
		if e != nil {
			found = append(found, e)
		}
	}
	return found, nil
}

// scores is the score of each article of a segment, 0 where it was not found.
func (x *Index) scores(s *segment, clauses []clause, weights map[string]int) ([]int32, error) {
	all := make([]int32, s.articles)
	wanted := false
	for _, c := range clauses {
		sum, err := x.either(s, c, weights)
		if err != nil {
			return nil, err
		}
		for doc, score := range sum {
			switch {
			case c.not && score > 0, !c.not && score == 0:
				all[doc] = -1
			case !c.not && all[doc] >= 0:
				all[doc] += score
			}
		}
		wanted = wanted || !c.not
	}
	for doc := range all {
		if !wanted && len(clauses) > 0 && all[doc] == 0 {
			all[doc] = 1 // all but what is not wanted
		}
		all[doc] = max(all[doc], 0)
	}
	return all, nil
}

// either is the scores of a clause.
func (x *Index) either(s *segment, c clause, weights map[string]int) ([]int32, error) {
	sum := make([]int32, s.articles)
	for _, a := range c.atoms {
		scores, err := x.atom(s, a, weights)
		if err != nil {
			return nil, err
		}
		for doc, score := range scores {
			sum[doc] += score
		}
	}
	return sum, nil
}

func (x *Index) atom(s *segment, a atom, weights map[string]int) ([]int32, error) {
	if len(a.terms) == 0 {
		return x.between(s, a.from, a.to)
	}
	either := a.kind != "" // a name that several have
	sum := make([]int32, s.articles)
	entries := make([]*entry, len(a.terms))
	impacts := make([][]uint8, len(a.terms))
	for n, term := range a.terms {
		found, err := x.entriesOf(s, a, n)
		if err != nil {
			return nil, err
		}
		impacts[n] = make([]uint8, s.articles)
		for _, e := range found {
			entries[n] = e
			if err := x.each(s, e, func(doc, impact int) { impacts[n][doc] = max(impacts[n][doc], uint8(impact)) }); err != nil {
				return nil, err
			}
		}
		if a.prefixAt(n) {
			term += "*"
		}
		weight := int32(weights[term])
		for doc, impact := range impacts[n] {
			switch {
			case impact == 0 && !either:
				sum[doc] = -1
			case sum[doc] >= 0:
				sum[doc] += weight * int32(impact)
			}
		}
	}
	for doc := range sum {
		sum[doc] = max(sum[doc], 0)
	}
	if a.phrase {
		return sum, x.phrase(s, entries, impacts, sum)
	}
	return sum, nil
}

// phrase leaves the scores of articles in which the words follow each other.
func (x *Index) phrase(s *segment, entries []*entry, impacts [][]uint8, scores []int32) error {
	at := map[int][]int{} // by article: where the words so far end
	for n, e := range entries {
		if e == nil {
			return nil // no article has them all
		}
		before := at
		at = map[int][]int{}
		err := x.positions(s, e, impacts[n], scores, func(doc int, positions []int) {
			if n == 0 {
				at[doc] = slices.Clone(positions)
				return
			}
			var ends []int
			for _, p := range positions {
				if slices.Contains(before[doc], p-1) {
					ends = append(ends, p)
				}
			}
			if len(ends) > 0 {
				at[doc] = ends
			}
		})
		if err != nil {
			return err
		}
	}
	for doc := range scores {
		if scores[doc] > 0 && at[doc] == nil {
			scores[doc] = 0
		}
	}
	return nil
}

// positions calls each with the positions of a word in those articles that have a score. Parts without one are not read.
func (x *Index) positions(s *segment, e *entry, impacts []uint8, scores []int32, each func(doc int, positions []int)) error {
	rooms, starts, err := x.rooms(s)
	if err != nil {
		return err
	}
	var docs []int // those that have the word
	for doc, impact := range impacts {
		if impact > 0 {
			docs = append(docs, doc)
		}
	}
	often := newFrequencies(s.average)
	for _, p := range e.positions {
		if p.docs > len(docs) {
			return errDamaged
		}
		here := docs[:p.docs]
		docs = docs[p.docs:]
		if !slices.ContainsFunc(here, func(doc int) bool { return scores[doc] > 0 }) {
			continue
		}
		b, err := x.positionsAt(s, e, p.spot, starts)
		if err != nil {
			return err
		}
		whole := often.readPositions(b, here, impacts, rooms, func(doc int, positions []int) {
			if scores[doc] > 0 {
				each(doc, positions)
			}
		})
		if !whole {
			return errDamaged
		}
	}
	return nil
}

// between scores the articles published from one day to another with 1.
func (x *Index) between(s *segment, from, to int) ([]int32, error) {
	scores := make([]int32, s.articles)
	b, err := x.text(s, "days", 0)
	if err != nil {
		return nil, err
	}
	doc := 0
	for _, run := range readRuns(b) {
		for range min(run.count, s.articles-doc) {
			if run.at >= from && run.at <= to {
				scores[doc] = 1
			}
			doc++
		}
	}
	return scores, nil
}

// collect adds a segment's articles that have a score, and counts them by year.
func (s *segment) collect(all []found, scores []int32, years map[int]int) []found {
	doc := 0
	for _, m := range s.months {
		for range min(m.count, len(scores)-doc) {
			if scores[doc] > 0 {
				all = append(all, found{s.first + doc, int(scores[doc])})
				years[m.at/12]++
			}
			doc++
		}
	}
	return all
}

func inOrder(years map[int]int) []Year {
	var list []Year
	for year, hits := range years {
		list = append(list, Year{year, hits})
	}
	slices.SortFunc(list, func(a, b Year) int { return a.Year - b.Year })
	return list
}

func (x *Index) cardOf(number int) (Card, error) {
	for n := range x.segments {
		if s := &x.segments[n]; number < s.first+s.articles {
			return x.card(s, number-s.first)
		}
	}
	return Card{}, nil
}
