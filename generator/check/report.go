package check

import (
	"cmp"
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
)

// Report is what a person reads to judge how an archive was taken in: lines that were removed, articles that look
// wrong, years with more or fewer articles than their neighbours, and some articles beside their originals. Add takes
// the articles one by one; of each it keeps a line, and of fifty the text.
type Report struct {
	articles int
	removed  map[string]*removal
	years    map[int]int
	odd      []oddity
	sample   []sampled // the fifty of lowest order so far
	today    news.Date
}

// Article is what the report needs to know of one.
type Article struct {
	File    string // below content/
	Title   string
	Date    news.Date
	Words   int
	Legible int // per cent of the text that reads as words; 0 where it was not measured
	Removed []news.Removal
	Text    string // as it is shown
	Source  string // as it was received; "" where there is no original
}

// removal is every removed line of one text.
type removal struct {
	Text     string
	Rule     string
	Part     bool // of a line
	Count    int
	Examples []string // "content/FILE:LINE", the first three by file
}

// oddity is an article that wants a look.
type oddity struct{ File, Title, Date, Why string }

type sampled struct {
	order string
	Article
}

const (
	fewWords   = 25   // in a very short article
	legible    = 70   // per cent of a text that can be read
	examples   = 3    // of a removed line
	beside     = 50   // articles beside their originals
	linesShown = 1000 // on the page; the table has all
	oddShown   = 100  // of each kind, likewise
)

// NewReport begins a report; an article dated after today is dated in the future.
func NewReport(today news.Date) *Report {
	return &Report{removed: map[string]*removal{}, years: map[int]int{}, today: today}
}

// Add takes in one article. Articles come in the order of their files.
func (r *Report) Add(a Article) {
	r.articles++
	for _, line := range a.Removed {
		r.remove(a.File, line)
	}
	if a.Date.Precision() >= news.ToYear {
		r.years[a.Date.Year]++
	}
	for _, why := range r.wrong(a) {
		r.odd = append(r.odd, oddity{a.File, a.Title, a.Date.String(), why})
	}
	r.draw(a)
}

func (r *Report) remove(file string, line news.Removal) {
	key := line.Rule + "\x00" + line.Text
	group := r.removed[key]
	if group == nil {
		group = &removal{Text: line.Text, Rule: line.Rule, Part: line.Part}
		r.removed[key] = group
	}
	group.Count++
	if len(group.Examples) < examples {
		group.Examples = append(group.Examples, fmt.Sprintf("content/%s:%d", file, line.Line))
	}
}

func (r *Report) wrong(a Article) []string {
	var why []string
	if a.Date.IsZero() {
		why = append(why, "undated")
	}
	if a.Date.Compare(r.today) > 0 {
		why = append(why, "dated in the future")
	}
	if a.Title == "" {
		why = append(why, "untitled")
	}
	if a.Words < fewWords {
		why = append(why, "very short: "+words(a.Words))
	}
	if 0 < a.Legible && a.Legible < legible {
		why = append(why, "hardly legible: "+strconv.Itoa(a.Legible)+" per cent")
	}
	return why
}

func words(n int) string {
	if n == 1 {
		return "1 word"
	}
	return strconv.Itoa(n) + " words"
}

// draw keeps the articles whose files have the lowest hashes: a choice without favour that is the same every time.
func (r *Report) draw(a Article) {
	if a.Source == "" {
		return
	}
	s := sampled{manifest.Sum([]byte(a.File)), a}
	at, _ := slices.BinarySearchFunc(r.sample, s, func(x, y sampled) int { return cmp.Compare(x.order, y.order) })
	if at < beside {
		r.sample = slices.Insert(r.sample, at, s)
		r.sample = r.sample[:min(len(r.sample), beside)]
	}
}

// sheet is what report.html shows.
type sheet struct {
	Articles  int
	Lines     []removal
	MoreLines int
	Years     []besideYear
	Odd       []oddities
	Sample    []sampled
}

//go:embed report.html
var reportPage string

// Write writes index.html, removed.csv, articles.csv, years.csv and sample.csv into dir, which is made where it is
// missing.
func (r *Report) Write(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	lines, years := r.lines(), r.yearsBeside()
	f, err := os.Create(filepath.Join(dir, "index.html"))
	if err != nil {
		return err
	}
	shown := lines[:min(len(lines), linesShown)]
	err = template.Must(template.New("report").Parse(reportPage)).Execute(f, sheet{
		Articles: r.articles, Lines: shown, MoreLines: len(lines) - len(shown), Years: years, Odd: r.counted(), Sample: r.sample,
	})
	return errors.Join(err, f.Close(),
		table(dir, "removed.csv", []string{"count", "rule", "text", "examples", "keep"}, len(lines), func(n int) []string {
			l := lines[n]
			return []string{strconv.Itoa(l.Count), l.Rule, l.Text, strings.Join(l.Examples, " "), l.Keep()}
		}),
		table(dir, "articles.csv", []string{"why", "file", "date", "title"}, len(r.odd), func(n int) []string {
			o := r.odd[n]
			return []string{o.Why, "content/" + o.File, o.Date, o.Title}
		}),
		table(dir, "years.csv", []string{"year", "articles", "before", "after"}, len(years), func(n int) []string {
			y := years[n]
			return []string{strconv.Itoa(y.Year), strconv.Itoa(y.Count), strconv.Itoa(y.Before), strconv.Itoa(y.After)}
		}),
		table(dir, "sample.csv", []string{"file", "date", "title", "shown", "received"}, len(r.sample), func(n int) []string {
			s := r.sample[n]
			return []string{"content/" + s.File, s.Date.String(), s.Title, s.Text, s.Source}
		}))
}

func table(dir, name string, head []string, rows int, row func(int) []string) error {
	f, err := os.Create(filepath.Join(dir, name))
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	err = w.Write(head)
	for n := range rows {
		err = errors.Join(err, w.Write(row(n)))
	}
	w.Flush()
	return errors.Join(err, w.Error(), f.Close())
}

// Keep is the entry of boilerplate.toml that puts the line back; "" for a part of a line, such as a tag or a control
// character, which none does.
func (r removal) Keep() string {
	if r.Part {
		return ""
	}
	return "[[keep]]\ntext = " + diag.QuoteTOML(r.Text) + "\n"
}

// lines is the removed lines, the most frequent first.
func (r *Report) lines() []removal {
	lines := make([]removal, 0, len(r.removed))
	for _, group := range r.removed {
		lines = append(lines, *group)
	}
	slices.SortFunc(lines, func(a, b removal) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Text, b.Text), cmp.Compare(a.Rule, b.Rule))
	})
	return lines
}

// besideYear is a year's articles with those of the years next to it.
type besideYear struct {
	Year, Count, Before, After int
	Unlike                     bool // less than half of both neighbours, or more than twice both
}

func (r *Report) yearsBeside() []besideYear {
	if len(r.years) == 0 {
		return nil
	}
	var years []besideYear
	known := make([]int, 0, len(r.years))
	for year := range r.years {
		known = append(known, year)
	}
	for year := slices.Min(known); year <= slices.Max(known); year++ {
		y := besideYear{Year: year, Count: r.years[year], Before: r.years[year-1], After: r.years[year+1]}
		y.Unlike = 2*y.Count < min(y.Before, y.After) || y.Count > 2*max(y.Before, y.After) && y.Before*y.After > 0
		if y.Count+y.Before+y.After > 0 {
			years = append(years, y)
		}
	}
	return years
}

// oddities of one kind, with the first of them to show.
type oddities struct {
	Why   string
	Count int
	Some  []oddity
}

// counted groups the oddities by kind.
func (r *Report) counted() []oddities {
	var kinds []oddities
	for _, o := range r.odd {
		why, _, _ := strings.Cut(o.Why, ":")
		at := slices.IndexFunc(kinds, func(k oddities) bool { return k.Why == why })
		if at < 0 {
			at, kinds = len(kinds), append(kinds, oddities{Why: why})
		}
		kinds[at].Count++
		if len(kinds[at].Some) < oddShown {
			kinds[at].Some = append(kinds[at].Some, o)
		}
	}
	slices.SortFunc(kinds, func(a, b oddities) int { return cmp.Compare(a.Why, b.Why) })
	return kinds
}
