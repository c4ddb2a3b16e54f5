package search

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"broadsheet/generator/news"
	"broadsheet/generator/prose"
)

var (
	texts = flag.String("texts", "", "folder of Markdown articles for BenchmarkWrite, in place of made ones")
	keep  = flag.String("keep", "", "folder to leave the index of BenchmarkWrite in")
)

// BenchmarkWrite makes an index. It reports articles a second of one processor's time where GOMAXPROCS is 1, the index as a
// share of the texts in thousandths, and its files.
func BenchmarkWrite(b *testing.B) {
	articles := someArticles(b, 4000)
	if *texts != "" {
		articles = readArticles(b, *texts)
	}
	size, dates := 0, make([]news.Date, len(articles))
	for i, a := range articles {
		size += len(a.Title) + len(a.Deck) + len(a.Text)
		dates[i] = a.Date
	}
	cuts := append(Cut(dates), len(articles))
	files, total := 0, 0
	b.ReportAllocs()
	for b.Loop() {
		files, total = 0, 0
		var segments []Bundle
		for n := range len(cuts) - 1 {
			first, bundle := cuts[n], Bundle{Folder: fmt.Sprintf("s%d", n)}
			err := WriteSegment(context.Background(), Source{
				Articles: cuts[n+1] - first, Language: "en", Scratch: b.TempDir(), Jobs: 1,
				Read: func(i int) (Article, error) { return articles[first+i], nil },
			}, func(name string, content []byte) error {
				files, total = files+1, total+len(content)
				if name == "head" {
					bundle.Head = content
				}
				return keepFile(bundle.Folder+"/"+name+Extension, content)
			})
			if err != nil {
				b.Fatal(err)
			}
			segments = append(segments, bundle)
		}
		if err := keepFile(RootFile, Root("en", segments, Bundle{Head: []byte{1}})); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(articles))*float64(b.N)/b.Elapsed().Seconds(), "articles/s")
	b.ReportMetric(float64(total)*1000/float64(size), "‰-of-text")
	b.ReportMetric(float64(files), "files")
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

// readArticles is the Markdown articles of a folder, as far as a measurement needs them.
func readArticles(b *testing.B, dir string) []Article {
	folders := map[string]string{"tags": "tags", "people": "people", "places": "places", "organizations": "organizations"}
	var articles []Article
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".md" {
			return err
		}
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		_, rest, _ := strings.Cut(string(content), "---\n")
		head, body, _ := strings.Cut(rest, "\n---\n")
		a := Article{Text: body}
		for line := range strings.Lines(head) {
			key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
			switch value = strings.Trim(value, `"`); {
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
		b.Fatal(err)
	}
	slices.SortStableFunc(articles, func(a, b Article) int { return cmp.Or(a.Date.Compare(b.Date), strings.Compare(a.Card.URL, b.Card.URL)) })
	return articles
}
