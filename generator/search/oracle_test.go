package search

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"broadsheet/generator/news"
)

// paragraphs is the text of the demonstration archive.
func paragraphs(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("../../content/wikinews/2019/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no texts:", err)
	}
	var all []string
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for p := range strings.SplitSeq(string(b), "\n\n") {
			if len(p) > 20 {
				all = append(all, p)
			}
		}
	}
	return all
}

// someArticles is an archive of that many articles, made of real paragraphs.
func someArticles(t testing.TB, n int) []Article {
	r := rand.New(rand.NewPCG(1, 2))
	text := paragraphs(t)
	pick := func() string { return text[r.IntN(len(text))] }
	articles := make([]Article, n)
	for i := range articles {
		words := strings.Fields(pick())
		a := Article{Title: strings.Join(words[:min(len(words), 3+r.IntN(6))], " ")}
		if r.IntN(4) == 0 {
			a.Deck, _, _ = strings.Cut(pick(), ".")
		}
		for range 1 + r.IntN(5) {
			a.Text += pick() + "\n\n"
		}
		for id := range 3 {
			if k := r.IntN(1 + 40*id); r.IntN(3) > 0 {
				a.Terms = append(a.Terms, Term{fmt.Sprintf("people/person-%d", k), Passing + r.IntN(2)*(About-Passing)})
			}
		}
		a.Terms = append(a.Terms, Term{fmt.Sprintf("tags/t%d", r.IntN(9)), Passing})
		articles[i] = a
	}
	dates := make([]news.Date, n)
	for i := range dates {
		if dates[i].Year = 1998 + r.IntN(6); i%7 > 0 {
			dates[i].Month, dates[i].Day = 1+r.IntN(12), 1+r.IntN(28)
		}
		if i%50 == 0 {
			dates[i] = news.Date{}
		}
	}
	slices.SortFunc(dates, news.Date.Compare)
	for i := range articles {
		articles[i].Date = dates[i]
		articles[i].Card = Card{URL: fmt.Sprintf("articles/%d.html", i), Title: articles[i].Title, Date: dates[i].String()}
	}
	return articles
}

// written makes an index of articles, cut into segments that end before each of the given numbers.
func written(t testing.TB, articles []Article, names []Name, cuts ...int) *Index {
	t.Helper()
	return writtenAs(t, articles, names, false, cuts...)
}

func writtenAs(t testing.TB, articles []Article, names []Name, packed bool, cuts ...int) *Index {
	t.Helper()
	files := map[string][]byte{}
	bundle := func(folder string, write func(put func(string, []byte) error) ([]byte, error)) []byte {
		head, err := write(func(name string, b []byte) error {
			files[folder+"/"+name+Extension] = b
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return head
	}
	var segments [][]byte
	first := 0
	for n, end := range append(cuts, len(articles)) {
		from := first
		segments = append(segments, bundle(SegmentFolder(n), func(put func(string, []byte) error) ([]byte, error) {
			return WriteSegment(context.Background(), Source{
				Articles: end - from, Blocks: 8 * min(n, 1), Language: "en", Scratch: t.TempDir(), Packed: packed, Jobs: 2,
				Read: func(i int) (Article, error) { return articles[from+i], nil },
			}, put)
		}))
		first = end
	}
	named := bundle(NamesFolder, func(put func(string, []byte) error) ([]byte, error) { return WriteNames(names, nil, 2, packed, put) })
	files[RootFile], files[WordsFile] = Roots("en", packed, segments, named)
	x, err := Open(func(name string, from, size int) ([]byte, error) {
		if b, found := files[name]; found {
			return stretch(b, from, size), nil
		}
		return nil, fmt.Errorf("%s: %w", name, os.ErrNotExist)
	})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// stretch is what a reader gives of a file.
func stretch(b []byte, from, size int) []byte {
	if size == 0 {
		return b
	}
	from = min(from, len(b))
	return b[from:min(from+size, len(b))]
}

// oracle answers queries from the terms of every article, one after the other, with BM25 as it is printed in books.
type oracle struct {
	docs    []oracleDoc
	df      map[string]int
	average float64
}

type oracleDoc struct {
	parts  [][]string // title, deck, text
	counts map[string]int
	said   map[string]int
	length int
	day    int
}

func newOracle(articles []Article) *oracle {
	o := &oracle{df: map[string]int{}}
	words := newAnalyzer("en")
	total := 0
	for _, a := range articles {
		d := oracleDoc{counts: map[string]int{}, said: map[string]int{}, day: day(a.Date)}
		for n, text := range []string{a.Title, a.Deck, a.Text} {
			terms := words.split(text)
			d.parts = append(d.parts, terms)
			d.length += len(terms)
			for _, term := range terms {
				if d.counts[term]++; n < 2 {
					d.counts[term] += titleWeight
				}
			}
		}
		for _, said := range a.Terms {
			if d.said[said.ID] == 0 {
				d.said[said.ID] = said.Impact
			}
		}
		for term := range d.counts {
			o.df[term]++
		}
		for id := range d.said {
			o.df[id]++
		}
		total += d.length
		o.docs = append(o.docs, d)
	}
	o.average = float64(total) / float64(len(articles))
	return o
}

func (o *oracle) idf(df int) float64 {
	n := float64(len(o.docs))
	return math.Log2(1 + (n-float64(df)+.5)/(float64(df)+.5))
}

func (o *oracle) weight(d *oracleDoc, term string) float64 {
	if isID(term) {
		return o.idf(o.df[term]) * float64(d.said[term]) / highestImpact
	}
	tf := float64(d.counts[term])
	return o.idf(o.df[term]) * tf / (tf + 1.2*(.25+.75*float64(d.length)/o.average))
}

// atom is an article's score, negative where the atom does not hold.
func (o *oracle) atom(d *oracleDoc, a atom) float64 {
	if len(a.terms) == 0 {
		if d.day >= a.from && d.day <= a.to {
			return 0
		}
		return -1
	}
	score := 0.0
	for _, term := range a.terms {
		if d.counts[term] == 0 && d.said[term] == 0 {
			return -1
		}
		score += o.weight(d, term)
	}
	if a.phrase && !slices.ContainsFunc(d.parts, func(terms []string) bool { return follows(terms, a.terms) }) {
		return -1
	}
	return score
}

func follows(terms, phrase []string) bool {
	for i := range len(terms) - len(phrase) + 1 {
		if slices.Equal(terms[i:i+len(phrase)], phrase) {
			return true
		}
	}
	return false
}

// search is the score of every article that was found.
func (o *oracle) search(clauses []clause) map[int]float64 {
	hits := map[int]float64{}
	for i := range o.docs {
		score, holds := 0.0, len(clauses) > 0
		for _, c := range clauses {
			best := -1.0
			for _, a := range c.atoms {
				if s := o.atom(&o.docs[i], a); s >= 0 {
					best = max(best, 0) + s
				}
			}
			if (best >= 0) == c.not {
				holds = false
				break
			}
			score += max(best, 0)
		}
		if holds {
			hits[i] = score
		}
	}
	return hits
}

// randomQuery is a query of any kind, mostly of words that stand near each other.
func randomQuery(r *rand.Rand, text []string) string {
	near := func() []string {
		words := strings.Fields(strings.Trim(text[r.IntN(len(text))], "\n"))
		at := r.IntN(len(words))
		return words[at:min(at+4, len(words))]
	}
	word := func() string { return strings.Trim(near()[0], `"“”*:-.`) }
	var parts []string
	for range 1 + r.IntN(3) {
		switch r.IntN(10) {
		case 0, 1:
			words := near()
			parts = append(parts, `"`+strings.Trim(strings.Join(words[:min(len(words), 2+r.IntN(2))], " "), `"“”`)+`"`)
		case 2:
			parts = append(parts, "-"+word())
		case 3:
			parts = append(parts, word(), "OR", word())
		case 4:
			parts = append(parts, fmt.Sprintf("person:person-%d", r.IntN(80)))
		case 5:
			parts = append(parts, fmt.Sprintf("%d-%02d..%d", 1998+r.IntN(5), 1+r.IntN(12), 1999+r.IntN(5)))
		case 6:
			parts = append(parts, []string{"before", "after"}[r.IntN(2)]+fmt.Sprintf(":%d-%02d-%02d", 1998+r.IntN(6), 1+r.IntN(12), 1+r.IntN(28)))
		case 7:
			parts = append(parts, "-tag:t"+fmt.Sprint(r.IntN(9)))
		default:
			parts = append(parts, word())
		}
	}
	return strings.Join(parts, " ")
}

// TestOracle asks the index and a search without one the same 10,000 questions: the same articles must be found, and the
// ten best must be as good as exact scores would have them.
func TestOracle(t *testing.T) {
	articles := someArticles(t, 900)
	askBoth(t, writtenAs(t, articles, nil, false, 700, 860), newOracle(articles), 10_000)
	askBoth(t, writtenAs(t, articles, nil, true, 700), newOracle(articles), 1000)
}

func askBoth(t *testing.T, x *Index, o *oracle, queries int) {
	t.Helper()
	r, text := rand.New(rand.NewPCG(3, 4)), paragraphs(t)
	quality, ranked, empty := 0.0, 0, 0
	for range queries {
		query := randomQuery(r, text)
		clauses, err := x.resolve(query, &Result{})
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		weights, err := x.weigh(clauses)
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		got, err := x.find(clauses, weights, &Result{})
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		want := o.search(clauses)
		numbers := make([]int, 0, len(got))
		for _, f := range got {
			numbers = append(numbers, f.doc)
		}
		if !slices.Equal(numbers, slices.Sorted(maps.Keys(want))) {
			t.Fatalf("%s: %d found, want %d", query, len(got), len(want))
		}
		if len(want) == 0 {
			empty++
			continue
		}
		slices.SortFunc(got, func(a, b found) int { return cmp.Or(b.score-a.score, b.doc-a.doc) })
		quality += ndcg(got, want)
		ranked++
	}
	if quality /= float64(ranked); quality < .97 || empty > queries/2 {
		t.Errorf("nDCG@10 is %.4f, and %d queries found nothing", quality, empty)
	}
	t.Logf("nDCG@10 %.4f over %d queries, %d more found nothing", quality, ranked, empty)
}

// ndcg is the gain of the first ten hits, by exact scores, against the best there could be.
func ndcg(hits []found, exact map[int]float64) float64 {
	ideal := slices.Sorted(maps.Values(exact))
	slices.Reverse(ideal)
	got, best := 0.0, 0.0
	for n := range min(10, len(hits)) {
		got += exact[hits[n].doc] / math.Log2(float64(n)+2)
		best += ideal[n] / math.Log2(float64(n)+2)
	}
	if best == 0 {
		return 1
	}
	return got / best
}
