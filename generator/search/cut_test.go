package search

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"broadsheet/generator/news"
	"broadsheet/generator/prose"
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
		{"a small archive is one", overYears(50, 2000, 130), []int{6500}},
		{"a larger one is two", overYears(50, 2000, 198), []int{9850, 50}},
		{"the newest become more", overYears(50, 2000, 204), []int{9850, 350}},
		{"until there are a 26th more articles; where no month begins shortly before, half of one does", overYears(50, 2000, 206), []int{10227, 73}},
		{"the beginning of a year goes before that of a month", overYears(2, 1000, 4950), []int{9864, 36}},
		{"a hundred a day: none begins shortly before", overYears(2800, 2000, 4), []int{11000, 200}},
		{"all in a month", overYears(20000, 2000, 1), []int{19286, 714}},
		{"all on a day", slices.Repeat([]news.Date{{Year: 2000, Month: 5, Day: 3}}, 20000), []int{20000}},
		{"nothing is dated", make([]news.Date, 20000), []int{20000}},
	} {
		var segments []int
		for _, s := range Cut(c.dates) {
			segments = append(segments, s.End-s.First)
		}
		if !slices.Equal(segments, c.segments) {
			t.Errorf("%s: segments of %d articles, want %d", c.name, segments, c.segments)
		}
	}
}

// TestCutStays adds a hundredth to archives that end anywhere: the newest begin where they did, and are at most one article in 24; or
// there are a 26th more articles than when that last moved, which is so for one addition of four.
func TestCutStays(t *testing.T) {
	for _, perMonth := range []int{10, 100, 1000} {
		dates := overYears(perMonth, 1000, 220_000/perMonth)
		ends, moved := 0, 0
		for end := firstMark; end*101/100 < len(dates); end += 61 {
			before, after := Cut(dates[:end])[1], Cut(dates[:end*101/100])[1]
			ends++
			if after.First > before.First {
				moved++
				if (after.First-before.First)*30 < before.First {
					t.Errorf("%d a month: of %d articles the newest begin at %d, and soon at %d", perMonth, end, before.First, after.First)
				}
			} else if after.First < before.First || after.Blocks != before.Blocks || (after.End-after.First)*24 > after.End {
				t.Errorf("%d a month: of %d articles the newest are %v, and soon %v", perMonth, end, before, after)
			}
		}
		if moved*100 > ends*27 {
			t.Errorf("%d a month: %d of %d additions move the beginning of the newest", perMonth, moved, ends)
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
	var heads [][]byte
	for n, s := range Cut(dates) {
		files, head := segmentFiles(t, s, false, jobs, func(i int) Article { return articles[i] })
		for name, b := range files {
			all[SegmentFolder(n)+"/"+name] = b
		}
		heads = append(heads, head)
	}
	all[RootFile], all[WordsFile] = Roots("en", false, heads, nil)
	return all
}

// segmentFiles is the files of a segment of some articles, and its head.
func segmentFiles(t *testing.T, s Segment, packed bool, jobs int, article func(i int) Article) (files map[string][]byte, head []byte) {
	t.Helper()
	files = map[string][]byte{}
	head, err := WriteSegment(context.Background(), Source{
		Articles: s.End - s.First, Blocks: s.Blocks, Language: "en", Scratch: t.TempDir(), Packed: packed, Jobs: jobs,
		Read: func(i int) (Article, error) { return article(s.First + i), nil },
	}, func(name string, b []byte) error {
		files[name] = b
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files, head
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

// TestNewArticlesChangeLittle adds the newest hundredth to archives that end right after a mark, right before one and between: spread over the
// days that follow, and all on the last. No more than a twentieth of the files and of the bytes are new, and of the bytes less where
// the newest are not many yet. With -texts and -articles it is an archive of so many.
func TestNewArticlesChangeLittle(t *testing.T) {
	ends := []int{6_521, 6_700, 8_000, 9_870, 10_000, 10_140, 11_920, 12_000, 12_220, 12_250, 13_210}
	if *texts != "" {
		ends = []int{*number}
	}
	mostBytes := map[int]int{9_870: 30, 11_920: 30, 12_000: 30} // in a thousand; 50 elsewhere
	most := slices.Max(ends) * 101 / 100
	m, dates := newMaker(t, 4000, most), overYears(50, 2000, most/50+1)
	if *texts != "" {
		for i := range most {
			dates[i] = m.like(i).Date
		}
	}
	type written struct {
		files map[string][]byte
		head  []byte
	}
	older := map[Segment]written{} // first segments that were made
	index := func(dates []news.Date) map[string][]byte {
		all := map[string][]byte{}
		var heads [][]byte
		for n, s := range Cut(dates) {
			w, made := older[s]
			if !made {
				w.files, w.head = segmentFiles(t, s, *packs, 2, func(i int) Article {
					a := m.article(t, i)
					a.Date = dates[i]
					return a
				})
			}
			if n == 0 {
				older[s] = w
			}
			for name, b := range w.files {
				all[SegmentFolder(n)+"/"+name] = b
			}
			heads = append(heads, w.head)
		}
		all[RootFile], all[WordsFile] = Roots("en", *packs, heads, nil)
		return all
	}
	for _, end := range ends {
		before, more := index(dates[:end]), end*101/100
		for days, added := range map[string][]news.Date{"on the next days": dates[end:more], "on the last day": slices.Repeat(dates[end-1:end], more-end)} {
			files, size := changed(before, index(slices.Concat(dates[:end], added)))
			t.Logf("%d articles and a hundredth more %s: %d in a thousand files, %d in a thousand bytes are new", end, days, files, size)
			if files > 50 || size > cmp.Or(mostBytes[end], 50) {
				t.Errorf("%d articles and a hundredth more %s: %d in a thousand files, %d in a thousand bytes are new", end, days, files, size)
			}
		}
	}
}

// TestHeads takes the roots of an index apart: they give what they were made from.
func TestHeads(t *testing.T) {
	for _, packed := range []bool{false, true} {
		var heads [][]byte
		for n, articles := range []int{3000, 200} {
			_, head := segmentFiles(t, Segment{End: articles, Blocks: 4 * n}, packed, 2, func(i int) Article {
				return Article{Title: fmt.Sprint("Article ", i), Text: "The river rose."}
			})
			heads = append(heads, head)
		}
		named, err := WriteNames([]Name{{Text: "Jane Doe", ID: "people/jane-doe", Name: "Jane Doe"}}, nil, 2, packed, func(string, []byte) error { return nil })
		if err != nil {
			t.Fatal(err)
		}
		root, words := Roots("en", packed, heads, named)
		segments, names, err := Heads(root, words)
		if err != nil || !slices.EqualFunc(segments, heads, bytes.Equal) || !bytes.Equal(names, named) {
			t.Errorf("packed %v: %v, and the heads differ", packed, err)
		}
		if _, _, err := Heads(root, root); err == nil {
			t.Errorf("packed %v: roots that are not of one build make no error", packed)
		}
	}
}

// TestNewestNamesStandApart adds names that are new with the newest articles: the blocks of the older ones stay as they are.
func TestNewestNamesStandApart(t *testing.T) {
	var names []Name
	for n := range 5000 {
		name := fmt.Sprintf("Jane %c. Doe-%d", 'A'+n%26, n*7919%5000)
		names = append(names, Name{Text: name, ID: "people/" + prose.Slug(name), Name: name, Newest: n >= 4900})
	}
	written := func(names []Name) map[string][]byte {
		files := map[string][]byte{}
		_, err := WriteNames(names, nil, 2, false, func(name string, b []byte) error {
			files[name] = b
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return files
	}
	before, added := written(names[:4950]), 0
	for name, b := range written(names) {
		if !bytes.Equal(before[name], b) {
			added++
		}
	}
	if added != 1 || len(before) < 10 {
		t.Errorf("%d of %d files are new, not the block of the newest alone", added, len(before))
	}
}

// TestOldArticleChangesItsSegment adds an old article, which changes nothing of the newest, edits an old headline, and gives an old
// article another id, as happens when a new one has an entity's fuller name.
func TestOldArticleChangesItsSegment(t *testing.T) {
	all := shortArticles(t, overYears(50, 2000, 240))
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
	}
	renamed := slices.Clone(all)
	for i := range 20 {
		all[i*100].Terms = []Term{{fmt.Sprint("people/jane-doe-", i), About}}
		renamed[i*100].Terms = all[i*100].Terms
	}
	renamed[500].Terms = []Term{{"people/jane-b-doe", About}}
	before, anew := index(t, all, 2), 0
	for name, b := range index(t, renamed, 2) {
		if !bytes.Equal(before[name], b) {
			anew++
		}
	}
	if anew > 3 {
		t.Errorf("another id of an old article: %d files are new, not a block and the roots alone", anew)
	}
}
