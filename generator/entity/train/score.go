package main

import (
	"fmt"
	"strings"

	"broadsheet/generator/entity"
	"broadsheet/generator/news"
)

// tally counts names found and right, found, and to find.
type tally struct{ right, found, gold int }

func (t tally) f1() float64 { return 200 * float64(t.right) / float64(max(1, t.found+t.gold)) }

func (t tally) precision() float64 { return 100 * float64(t.right) / float64(max(1, t.found)) }
func (t tally) recall() float64    { return 100 * float64(t.right) / float64(max(1, t.gold)) }

func count[K comparable](t *tally, got, want map[K]bool) {
	t.found += len(got)
	t.gold += len(want)
	for k := range got {
		if want[k] {
			t.right++
		}
	}
}

type pair struct {
	kind news.Kind
	name string
}

// scores is how what a recognizer finds in documents compares with what is marked there.
type scores struct {
	all, pages tally
	by         [len(news.Kinds) + 1]tally
	often      [4]tally // names of so many documents or more
}

// evaluate compares what a recognizer finds in documents with what is marked there: spans, and names by document.
func evaluate(r *entity.Recognizer, docs []document) (s scores) {
	gotIn, wantIn := map[pair]int{}, map[pair]int{}
	for _, d := range docs {
		got := r.Find("", d.text, "en").Mentions
		count(&s.all, spans(got, 0), spans(d.names, 0))
		for _, k := range news.Kinds {
			count(&s.by[k], spans(got, k), spans(d.names, k))
		}
		g, w := pairs(d.text, got), pairs(d.text, d.names)
		count(&s.pages, g, w)
		for p := range g {
			gotIn[p]++
		}
		for p := range w {
			wantIn[p]++
		}
	}
	for n := range s.often {
		count(&s.often[n], atLeast(gotIn, n), atLeast(wantIn, n))
	}
	return s
}

func (s scores) String() string {
	return fmt.Sprintf("F1 %.1f (precision %.1f, recall %.1f); person %.1f, place %.1f, organization %.1f; names by document %.1f, of two or more %.1f, of three %.1f",
		s.all.f1(), s.all.precision(), s.all.recall(), s.by[news.Person].f1(), s.by[news.Place].f1(), s.by[news.Organization].f1(),
		s.pages.f1(), s.often[2].f1(), s.often[3].f1())
}

func atLeast(in map[pair]int, n int) map[pair]bool {
	out := map[pair]bool{}
	for p, c := range in {
		if c >= n {
			out[p] = true
		}
	}
	return out
}

func spans(names []news.Mention, kind news.Kind) map[news.Mention]bool {
	out := map[news.Mention]bool{}
	for _, n := range names {
		if kind == 0 || n.Kind == kind {
			out[news.Mention{Span: n.Span, Kind: n.Kind}] = true
		}
	}
	return out
}

func pairs(text string, names []news.Mention) map[pair]bool {
	out := map[pair]bool{}
	for _, n := range names {
		out[pair{n.Kind, strings.ToLower(strings.Join(strings.Fields(text[n.Start:n.End]), ""))}] = true
	}
	return out
}
