package search

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"broadsheet/generator/news"
	"broadsheet/generator/prose"
)

var (
	texts  = flag.String("texts", "", "folder of Markdown articles for BenchmarkWrite, in place of made ones")
	number = flag.Int("articles", 0, "as many articles for BenchmarkWrite, put together from the others where these are too few")
	packs  = flag.Bool("packs", false, "BenchmarkWrite makes packs")
	keep   = flag.String("keep", "", "folder to leave the index of BenchmarkWrite in")
)

// BenchmarkWrite makes an index. It reports articles a second of one processor's time where GOMAXPROCS is 1, the index as a
// share of the texts in thousandths, and its files.
func BenchmarkWrite(b *testing.B) {
	m := newMaker(b, 4000, *number)
	dates := make([]news.Date, m.articles)
	names := map[string]Name{}
	for i := range dates {
		dates[i] = m.like(i).Date
	}
	for _, a := range m.base {
		for _, t := range a.Terms {
			if folder, slug, _ := strings.Cut(t.ID, "/"); folder != "tags" {
				name := titled(slug)
				names[t.ID] = Name{Text: name, ID: t.ID, Name: name}
			}
		}
	}
	segments := Cut(dates)
	files, total := 0, 0
	var size atomic.Int64
	b.ReportAllocs()
	for b.Loop() {
		files, total = 0, 0
		size.Store(0)
		bundle := func(folder string, write func(put func(string, []byte) error) ([]byte, error)) []byte {
			head, err := write(func(name string, content []byte) error {
				files, total = files+1, total+len(content)
				return keepFile(folder+"/"+name+Extension, content)
			})
			if err != nil {
				b.Fatal(err)
			}
			return head
		}
		var heads [][]byte
		for n, s := range segments {
			heads = append(heads, bundle(SegmentFolder(n), func(put func(string, []byte) error) ([]byte, error) {
				return WriteSegment(context.Background(), Source{
					Articles: s.End - s.First, Blocks: s.Blocks, Language: "en", Scratch: b.TempDir(), Packed: *packs, Jobs: runtime.GOMAXPROCS(0),
					Read: func(i int) (Article, error) {
						a := m.article(b, s.First+i)
						size.Add(int64(len(a.Title) + len(a.Deck) + len(a.Text)))
						return a, nil
					},
				}, put)
			}))
		}
		named := bundle(NamesFolder, func(put func(string, []byte) error) ([]byte, error) {
			return WriteNames(slices.Collect(maps.Values(names)), nil, 2, *packs, put)
		})
		root, words := Roots("en", *packs, heads, named)
		if err := errors.Join(keepFile(RootFile, root), keepFile(WordsFile, words)); err != nil {
			b.Fatal(err)
		}
		files, total = files+2, total+len(root)+len(words)
		b.ReportMetric(float64(len(root)), "root-bytes")
		b.ReportMetric(float64(len(words)), "words-bytes")
	}
	b.ReportMetric(float64(m.articles)*float64(b.N)/b.Elapsed().Seconds(), "articles/s")
	b.ReportMetric(float64(total)*1000/float64(size.Load()), "‰-of-text")
	b.ReportMetric(float64(files), "files")
}

// titled is a slug as a name.
func titled(slug string) string {
	words := strings.Split(slug, "-")
	for n, w := range words {
		if w != "" {
			words[n] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return strings.Join(words, " ")
}

// maker gives the articles of an archive. It reads texts when they are asked for, as a build does, and puts those of a larger archive than
// it has together from the paragraphs of others: it needs the memory of a small one.
type maker struct {
	base     []model
	articles int
	parts    [][]string // paragraphs of texts
}

// model is an article that others are made like. Its text stands in a file, where it has one.
type model struct {
	Article
	file string
	size int // of its text
}

// newMaker is given how many articles are made up where -texts names none, and how many the archive is to have, or 0 for as many as there are.
func newMaker(t testing.TB, made, articles int) *maker {
	t.Helper()
	m := &maker{articles: articles}
	if *texts != "" {
		m.base = readArticles(t, *texts)
	} else {
		for _, a := range someArticles(t, made) {
			m.base = append(m.base, model{Article: a, size: len(a.Text)})
		}
	}
	if articles == 0 {
		m.articles = len(m.base)
	}
	if m.articles > len(m.base) {
		for i := range m.base[:min(len(m.base), 20_000)] {
			m.parts = append(m.parts, strings.Split(strings.TrimSpace(m.base[i].text(t)), "\n\n"))
		}
	}
	return m
}

func (m *model) text(t testing.TB) string {
	t.Helper()
	if m.file == "" {
		return m.Text
	}
	_, body := readMarkdown(t, m.file)
	return body
}

// like is the model that article i has its date and terms from.
func (m *maker) like(i int) *model { return &m.base[i*len(m.base)/m.articles] }

// article is made from i alone. Beside the paragraphs of others it has a word that hardly another one has, as real ones do.
func (m *maker) article(t testing.TB, i int) Article {
	t.Helper()
	like := m.like(i)
	a := like.Article
	if m.articles <= len(m.base) {
		a.Text = like.text(t)
		return a
	}
	r := rand.New(rand.NewPCG(9, uint64(i)))
	one, other := strings.Fields(a.Title), strings.Fields(m.base[r.IntN(len(m.base))].Title)
	a.Title = strings.Join(slices.Concat(one[:(len(one)+1)/2], other[len(other)/2:]), " ")
	var text strings.Builder
	for text.Len() < like.size {
		parts := m.parts[r.IntN(len(m.parts))]
		text.WriteString(parts[r.IntN(len(parts))] + "\n\n")
	}
	rare := []byte("Qu")
	for n := r.IntN(m.articles); n > 0; n /= 20 {
		rare = append(rare, "bcdfghklmn"[n%10], "ae"[n/10%2])
	}
	text.Write(rare)
	a.Text = text.String()
	a.Card = Card{URL: fmt.Sprintf("articles/%d/%02d/%s-%06d.html", a.Date.Year, a.Date.Month, prose.Slug(a.Title), i), Title: a.Title, Date: a.Date.String()}
	return a
}

// BenchmarkQuery asks an index that BenchmarkWrite has kept, made of the same texts, for pairs of neighbouring words, each as
// if it were the first query, to ten hits. It reports what is read of the index, root included: KB (1000 bytes) and files at the median
// and the 95th percentile.
func BenchmarkQuery(b *testing.B) {
	if *texts == "" || *keep == "" {
		b.Skip("needs -texts and -keep")
	}
	r := rand.New(rand.NewPCG(1, 1))
	var queries []string
	m := newMaker(b, 0, 0)
	for len(queries) < 1000 {
		words := strings.FieldsFunc(m.base[r.IntN(len(m.base))].text(b), func(r rune) bool { return !isLetter(r) })
		if n := r.IntN(len(words)); n > 0 {
			queries = append(queries, words[n-1]+" "+words[n])
		}
	}
	var sizes, reads []int
	for b.Loop() {
		sizes, reads = nil, nil
		for _, query := range queries {
			size, asked := 0, map[string]bool{}
			x, err := Open(func(name string, from, n int) ([]byte, error) {
				content, err := os.ReadFile(filepath.Join(*keep, "search", filepath.FromSlash(name)))
				content = stretch(content, from, n)
				if key := fmt.Sprint(name, from, n); !asked[key] {
					asked[key] = true
					size += len(content)
				}
				return content, err
			})
			if err != nil {
				b.Fatal(err)
			}
			if _, err := x.Search(query, Options{Limit: 10}); err != nil {
				b.Fatal(err)
			}
			sizes, reads = append(sizes, size), append(reads, len(asked))
		}
	}
	slices.Sort(sizes)
	slices.Sort(reads)
	for _, p := range [...]int{50, 95} {
		b.ReportMetric(float64(sizes[len(sizes)*p/100])/1000, fmt.Sprintf("KB-p%d", p))
		b.ReportMetric(float64(reads[len(reads)*p/100]), fmt.Sprintf("reads-p%d", p))
	}
}

func keepFile(name string, content []byte) error {
	if *keep == "" {
		return nil
	}
	name = filepath.Join(*keep, "search", filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	return os.WriteFile(name, content, 0o666)
}

// readArticles is the Markdown articles of a folder in the archive's order, as far as a measurement needs them.
func readArticles(t testing.TB, dir string) []model {
	t.Helper()
	folders := map[string]string{"tags": "tags", "people": "people", "places": "places", "organizations": "organizations"}
	var articles []model
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".md" {
			return err
		}
		head, body := readMarkdown(t, name)
		a := model{file: name, size: len(body)}
		for line := range strings.Lines(head) {
			key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
			switch value = strings.Clone(strings.Trim(value, `"`)); {
			case key == "title":
				a.Title = value
			case key == "date" && len(value) >= 10:
				a.Date, _ = news.ParseDate(value[:10])
			case folders[key] != "":
				for _, label := range strings.Split(strings.Trim(value, "[]"), ",") {
					a.Terms = append(a.Terms, Term{folders[key] + "/" + prose.Slug(label), Passing})
				}
			}
		}
		if rel, err := filepath.Rel(dir, name); err == nil {
			a.Card = Card{URL: "articles/" + strings.TrimSuffix(filepath.ToSlash(rel), ".md") + ".html", Title: a.Title, Date: a.Date.String()}
		}
		if body != "" {
			articles = append(articles, a)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.SortStableFunc(articles, func(a, b model) int { return cmp.Or(a.Date.Compare(b.Date), strings.Compare(a.Card.URL, b.Card.URL)) })
	return articles
}

// readMarkdown is the front matter and the body of an article.
func readMarkdown(t testing.TB, file string) (head, body string) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(content), "---\n")
	head, body, _ = strings.Cut(rest, "\n---\n")
	return head, body
}
