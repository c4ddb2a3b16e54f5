package entity

import (
	"cmp"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"broadsheet/generator/entity/corpus"
	"broadsheet/generator/news"
)

var corpusFolder = flag.String("corpus", "test", "the folder of corpus that TestClusters reads")

var listErrors = flag.Bool("errors", false, "list what was clustered wrongly in the corpus")

func readCorpus(t testing.TB, folder string) []corpus.Article {
	articles, err := corpus.Read(os.DirFS(filepath.Join("corpus", folder)))
	if err != nil || len(articles) == 0 {
		t.Fatalf("no corpus: %v", err)
	}
	return articles
}

// bcubed gathers the B-cubed score (Bagga and Baldwin, 1998) over mentions: how many of those in a mention's cluster
// belong there, and how many that belong there are in it.
type bcubed struct{ precision, recall, n float64 }

// add counts the mentions of one text; got and want are the clusters of each.
func (b *bcubed) add(got, want []int) {
	for i := range got {
		both, ours, theirs := 0.0, 0.0, 0.0
		for j := range got {
			if got[j] == got[i] {
				ours++
			}
			if want[j] == want[i] {
				theirs++
			}
			if got[j] == got[i] && want[j] == want[i] {
				both++
			}
		}
		b.precision += both / ours
		b.recall += both / theirs
		b.n++
	}
}

func (b *bcubed) f1() (precision, recall, f float64) {
	precision, recall = b.precision/b.n, b.recall/b.n
	return precision, recall, 2 * precision * recall / (precision + recall)
}

// TestClusters holds the clusters of the corpus to a floor, in two ways: made of the mentions that people marked, and
// of those that Find finds with the bounds and the kind that people marked. Headlines have no mentions; what they name
// counts as far as it tells who is meant below.
func TestClusters(t *testing.T) {
	floors := map[string]map[news.Kind]float64{
		"marked": {news.Person: 0.98, news.Place: 0.98, news.Organization: 0.96},
		"found":  {news.Person: 0.97, news.Place: 0.97, news.Organization: 0.95},
	}
	scores := map[string]map[news.Kind]*bcubed{"marked": {}, "found": {}}
	for _, kind := range news.Kinds {
		scores["marked"][kind], scores["found"][kind] = &bcubed{}, &bcubed{}
	}
	for _, a := range readCorpus(t, *corpusFolder) {
		for how, found := range map[string]Found{"marked": clusterMarked(a), "found": shared.Find(a.Title, a.Text, "en")} {
			for _, kind := range news.Kinds {
				got, want, at := matched(found, a, kind)
				scores[how][kind].add(got, want)
				if *listErrors {
					listWrong(t, how, a, found, got, want, at)
				}
			}
		}
	}
	for _, how := range []string{"marked", "found"} {
		for _, kind := range news.Kinds {
			p, r, f := scores[how][kind].f1()
			t.Logf("%s %s: precision %.3f recall %.3f F1 %.3f over %.0f mentions", how, kind, p, r, f, scores[how][kind].n)
			if f < floors[how][kind] {
				t.Errorf("%s %s: B-cubed F1 %.3f, the floor is %.2f", how, kind, f, floors[how][kind])
			}
		}
	}
}

// matched is the clusters and numbers of the mentions of a kind that are also marked.
func matched(f Found, a corpus.Article, kind news.Kind) (got, want []int, at []news.Span) {
	number := map[news.Span]int{}
	for _, m := range a.Marks {
		if m.Kind == kind {
			number[m.Span] = m.Number
		}
	}
	for _, m := range f.Mentions {
		if n, found := number[m.Span]; found && m.Kind == kind {
			got, want, at = append(got, m.Cluster), append(want, n), append(at, m.Span)
		}
	}
	return got, want, at
}

func listWrong(t *testing.T, how string, a corpus.Article, f Found, got, want []int, at []news.Span) {
	type pair struct{ got, want int }
	seen := map[pair][]string{}
	split, merged := map[int]map[int]bool{}, map[int]map[int]bool{}
	for i := range got {
		p := pair{got[i], want[i]}
		if text := a.Text[at[i].Start:at[i].End]; !slices.Contains(seen[p], text) {
			seen[p] = append(seen[p], text)
		}
		if split[want[i]] == nil {
			split[want[i]] = map[int]bool{}
		}
		if merged[got[i]] == nil {
			merged[got[i]] = map[int]bool{}
		}
		split[want[i]][got[i]], merged[got[i]][want[i]] = true, true
	}
	var pairs []pair
	for p := range seen {
		if len(split[p.want]) > 1 || len(merged[p.got]) > 1 {
			pairs = append(pairs, p)
		}
	}
	slices.SortFunc(pairs, func(x, y pair) int { return cmp.Or(cmp.Compare(x.want, y.want), cmp.Compare(x.got, y.got)) })
	for _, p := range pairs {
		t.Logf("%s %s: entity %d cluster %d (%s): %s", how, a.File, p.want, p.got, f.Clusters[p.got].Name, strings.Join(seen[p], " | "))
	}
}

// clusterMarked is the clusters that the marked mentions make.
func clusterMarked(a corpus.Article) Found {
	body, head := shared.reader(a.Text), shared.reader(a.Title)
	body.read()
	head.read()
	head.settle(1, nil)
	var spans []span
	for _, m := range a.Marks {
		s, aligned := body.spanAt(m.Span, m.Kind)
		if aligned {
			spans = append(spans, s)
		}
	}
	body.spans = spans
	folder := newFolder()
	folder.fold(body, head)
	return folder.found(body, folder.title(head))
}

func (r *reader) spanAt(at news.Span, kind news.Kind) (span, bool) {
	from := slices.IndexFunc(r.words, func(w word) bool { return w.Start == at.Start })
	to := slices.IndexFunc(r.words, func(w word) bool { return w.End == at.End }) + 1
	if from < 0 || to <= from {
		return span{}, false
	}
	s := span{from: from, to: to, kind: kind, sure: true, titled: from > 0 && r.words[from-1].is(title)}
	if n, known := r.lookup(from, to); known && n.kind == kind {
		s.canon, s.capital, s.shared = n.canon, n.capital, n.shared
	}
	return s, true
}
