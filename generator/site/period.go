package site

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"broadsheet/generator/news"
	"broadsheet/generator/render"
)

// period is a run of a listing's cards: a year, a month of a long year, a day of a long month, a decade, a letter of
// a long undated shelf.
type period struct {
	name  string // last part of its URL: "2002", "2002-04", "2002-04-05", "1910s", "undated", "undated-a"
	label string
	cards []int // newest first
}

// undatedName is the leaf of what has no date.
var undatedName = news.Date{}.Folder()

// periods parts a listing, newest first, into leaves of at most most cards where days and letters let it.
func (p *plan) periods(cards []int, most int) []period {
	years := p.runs(cards, p.yearOf())
	var leaves []period
	for _, year := range years {
		switch {
		case len(year.cards) <= most || strings.HasSuffix(year.name, "s"):
			leaves = append(leaves, year)
		case year.name == undatedName:
			leaves = append(leaves, p.byLetter(year)...)
		default:
			leaves = append(leaves, p.months(year, most)...)
		}
	}
	return leaves
}

// yearOf names a card's year, its decade where no more is known, or "undated". Cards come year by year, so the name of the
// last one is mostly the next one's.
func (p *plan) yearOf() func(card int) (name, label string) {
	last, name := int16(0), ""
	return func(i int) (string, string) {
		switch o := p.outlines[i]; {
		case o.known == news.Undated:
			return undatedName, p.words.Undated
		case o.known < news.ToYear:
			return p.Cards[i].Date.Folder(), p.words.Decade(int(o.year))
		case o.year != last:
			last, name = o.year, fmt.Sprintf("%04d", o.year)
		}
		return name, name
	}
}

// runs parts cards where the name changes; the cards' order keeps each name together.
func (p *plan) runs(cards []int, of func(card int) (name, label string)) []period {
	var runs []period
	for n, i := range cards {
		name, label := of(i)
		if last := len(runs) - 1; last >= 0 && runs[last].name == name {
			runs[last].cards = append(runs[last].cards, i)
			continue
		}
		runs = append(runs, period{name, label, cards[n : n+1 : n+1]})
	}
	return merge(runs)
}

// merge joins runs of one name: a year's articles without a month sort among those of January.
func merge(runs []period) []period {
	at := map[string]int{}
	merged := runs[:0:0]
	for _, run := range runs {
		if i, found := at[run.name]; found {
			merged[i].cards = append(merged[i].cards, run.cards...)
			continue
		}
		at[run.name] = len(merged)
		merged = append(merged, run)
	}
	return merged
}

func (p *plan) months(year period, most int) []period {
	last, name, label := uint8(0), "", ""
	months := p.runs(year.cards, func(i int) (string, string) {
		o := p.outlines[i]
		if o.known < news.ToMonth {
			return year.name, year.name + ", " + p.words.MonthMissing
		}
		if o.month != last {
			last, name, label = o.month, fmt.Sprintf("%04d-%02d", o.year, o.month), p.words.Month(int(o.year), int(o.month))
		}
		return name, label
	})
	var leaves []period
	for _, month := range months {
		if len(month.cards) <= most || month.name == year.name {
			leaves = append(leaves, month)
			continue
		}
		leaves = append(leaves, p.days(month)...)
	}
	return leaves
}

func (p *plan) days(month period) []period {
	last, name, label := uint8(0), "", ""
	return p.runs(month.cards, func(i int) (string, string) {
		o := p.outlines[i]
		if o.known < news.ToDay {
			return month.name, month.label + ", " + p.words.DayNotKnown
		}
		if o.day != last {
			last, name = o.day, fmt.Sprintf("%s-%02d", month.name, o.day)
			label = p.words.Date(news.Date{Year: int(o.year), Month: int(o.month), Day: int(o.day)}).Text
		}
		return name, label
	})
}

func (p *plan) byLetter(undated period) []period {
	return p.runs(p.byHeading(undated.cards), func(i int) (string, string) {
		letter := letterOf(p.heading(&p.Cards[i]))
		return undated.name + "-" + letterSlug(letter), undated.label + ", " + letter
	})
}

// byHeading is the cards in order of what they are called.
func (p *plan) byHeading(cards []int) []int {
	order := make([]filing, len(cards))
	for n, i := range cards {
		order[n] = fileUnder(p.heading(&p.Cards[i]), i)
	}
	slices.SortFunc(order, func(a, b filing) int { return cmp.Or(compareFilings(a, b), cmp.Compare(a.n, b.n)) })
	sorted := make([]int, len(order))
	for n, f := range order {
		sorted[n] = f.n
	}
	return sorted
}

// letterOf is the letter a name is filed under, without its accent; "#" where it begins with none.
func letterOf(name string) string {
	for _, r := range norm.NFD.String(name) {
		if unicode.IsLetter(r) {
			return string(unicode.ToUpper(r))
		}
		if unicode.IsDigit(r) {
			break
		}
	}
	return "#"
}

// letterSlug is a letter as part of a URL.
func letterSlug(letter string) string {
	if letter == "#" {
		return "other"
	}
	return strings.ToLower(letter)
}

// byYear counts cards by year, those whose year is known.
func (p *plan) byYear(cards []int) map[int]int {
	counts := map[int]int{}
	year, n := 0, 0 // cards of one year mostly come together
	for _, i := range cards {
		o := p.outlines[i]
		if o.known < news.ToYear {
			continue
		}
		if int(o.year) != year && n > 0 {
			counts[year] += n
			n = 0
		}
		year = int(o.year)
		n++
	}
	if n > 0 {
		counts[year] += n
	}
	return counts
}

// bars is a chart of cards by year, every year from the first to the last, so that gaps are seen. One year needs no chart.
func bars(counts map[int]int, url func(year int) string) []render.Bar {
	first, last := 0, 0
	for year := range counts {
		if first == 0 || year < first {
			first = year
		}
		last = max(last, year)
	}
	if first == last {
		return nil
	}
	tallest := 0
	for _, n := range counts {
		tallest = max(tallest, n)
	}
	bars := make([]render.Bar, 0, last-first+1)
	for year := first; year <= last; year++ {
		n := counts[year]
		bar := render.Bar{Label: fmt.Sprintf("%04d", year), Count: n, Share: (n*100 + tallest - 1) / tallest}
		if n > 0 {
			bar.URL = url(year)
		}
		bars = append(bars, bar)
	}
	return bars
}

func yearURL(year int) string { return fmt.Sprintf("%04d/index.html", year) }
