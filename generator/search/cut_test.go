package search

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"broadsheet/generator/news"
)

// overYears is dates in order, so many a month from a year on.
func overYears(perMonth, year, months int) []news.Date {
	var dates []news.Date
	for m := range months {
		for n := range perMonth {
			dates = append(dates, news.Date{Year: year + m/12, Month: 1 + m%12, Day: 1 + n*28/perMonth})
		}
	}
	return dates
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		name     string
		dates    []news.Date
		segments []int // articles
	}{
		{"no article", nil, []int{0}},
		{"a small archive is one", overYears(30, 2000, 240), []int{7200}},
		{"twenty years: the newest four months hold less than a 48th", overYears(50, 2000, 240), []int{11800, 200}},
		{"a month later", overYears(50, 2000, 241), []int{12000, 50}},
		{"two centuries", overYears(10, 1800, 2400), []int{23760, 240}},
		{"all in a month", overYears(20000, 2000, 1), []int{20000}},
		{"nothing is dated", make([]news.Date, 20000), []int{20000}},
		{"all but a few are undated", append(make([]news.Date, 20000), overYears(1, 2000, 3)...), []int{20000, 3}},
	} {
		cuts := append(Cut(c.dates), len(c.dates))
		var segments []int
		for n := range len(cuts) - 1 {
			segments = append(segments, cuts[n+1]-cuts[n])
		}
		if !slices.Equal(segments, c.segments) {
			t.Errorf("%s: segments of %d articles, want %d", c.name, segments, c.segments)
		}
	}
}

// shortArticles is an archive of that many short articles, with those dates.
func shortArticles(t *testing.T, dates []news.Date) []Article {
	r, text := rand.New(rand.NewPCG(7, 8)), paragraphs(t)
	articles := make([]Article, len(dates))
	for i := range articles {
		p := text[r.IntN(len(text))]
		at := r.IntN(len(p))
		articles[i] = Article{Title: p[:min(len(p), 40)], Text: p[at:min(len(p), at+300)], Date: dates[i], Card: Card{URL: fmt.Sprintf("articles/%d.html", i), Title: p[:min(len(p), 40)]}}
	}
	return articles
}

// index is every file of an archive's segments, and the roots.
func index(t *testing.T, articles []Article, jobs int) map[string][]byte {
	t.Helper()
	dates := make([]news.Date, len(articles))
	for i, a := range articles {
		dates[i] = a.Date
	}
	all := map[string][]byte{}
	cuts := append(Cut(dates), len(articles))
	var heads [][]byte
	for n := range len(cuts) - 1 {
		first, end := cuts[n], cuts[n+1]
		err := WriteSegment(context.Background(), Source{
			Articles: end - first, Language: "en", Scratch: t.TempDir(), Jobs: jobs,
			Read: func(i int) (Article, error) { return articles[first+i], nil },
		}, func(name string, b []byte) error {
			if name == Head {
				heads = append(heads, b)
			}
			all[SegmentFolder(n)+"/"+name] = b
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	all[RootFile], all[WordsFile] = Roots("en", false, heads, nil)
	return all
}

// changed is the share of files and of bytes that are new, in thousandths.
func changed(before, after map[string][]byte) (files, size int) {
	total := 0
	for name, b := range after {
		total += len(b)
		if !bytes.Equal(before[name], b) {
			files++
			size += len(b)
		}
	}
	return files * 1000 / len(after), size * 1000 / total
}

// TestSegmentIsPure writes the same articles with one worker and with many.
func TestSegmentIsPure(t *testing.T) {
	articles := shortArticles(t, overYears(50, 2000, 200))
	one, many := index(t, articles, 1), index(t, articles, 5)
	if files, _ := changed(one, many); files > 0 || len(one) != len(many) {
		t.Errorf("%d in a thousand files differ", files)
	}
}

// TestNewArticlesChangeLittle adds the newest hundredth of an archive, and an old article, and edits an old headline.
func TestNewArticlesChangeLittle(t *testing.T) {
	all := shortArticles(t, overYears(50, 2000, 240))
	before := index(t, all[:len(all)*99/100], 2)
	if files, size := changed(before, index(t, all, 2)); files > 55 || size > 30 {
		t.Errorf("one per cent more newest articles: %d in a thousand files, %d in a thousand bytes are new", files, size)
	} else {
		t.Logf("one per cent more newest articles: %d in a thousand files, %d in a thousand bytes are new", files, size)
	}
	now := index(t, all, 2)
	old := slices.Concat(all[:100], all[50:51], all[100:])
	slices.SortStableFunc(old, func(a, b Article) int { return a.Date.Compare(b.Date) })
	for name, b := range index(t, old, 2) {
		if strings.HasPrefix(name, SegmentFolder(1)) && !bytes.Equal(b, now[name]) {
			t.Errorf("one more old article: %s is new", name)
		}
	}
	edited := slices.Clone(all)
	edited[5000].Title = "Another headline for the old article"
	if files, size := changed(now, index(t, edited, 2)); files > 200 {
		t.Errorf("an old headline: %d in a thousand files, %d in a thousand bytes are new", files, size)
	} else {
		t.Logf("an old headline: %d in a thousand files, %d in a thousand bytes are new", files, size)
	}
}
