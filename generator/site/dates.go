package site

import (
	"fmt"
	"slices"
	"strings"

	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
	"broadsheet/generator/render"
)

const datesURL = "dates/index.html"

// calendar is the archive by date: each list newest first.
type calendar struct {
	years   []*yearShelf // newest first
	decades []period
	undated []int
}

// yearShelf is the articles of one year.
type yearShelf struct {
	year    int
	total   int
	fullest int   // most articles of one day
	loose   []int // known only to the year
	months  [13]*monthShelf
}

// monthShelf is the articles of one month; days[0] are those whose day is not known.
type monthShelf struct {
	total int
	days  [32][]int
}

// dates plans the overview of all dates, the years, months, decades and the undated shelf.
func (p *sheet) dates() {
	if p.calendar == nil {
		p.calendar = p.makeCalendar()
	}
	if len(p.Cards) == 0 {
		return
	}
	c := p.calendar
	p.overview(c)
	for n, y := range c.years {
		if p.only.year(y.year) {
			p.year(y, yearLink(c.years, n+1), yearLink(c.years, n-1))
		}
	}
	p.monthPages(c)
	if p.only.loose() {
		for _, d := range c.decades {
			p.oneGroup(d.name+".html", d.label, d.cards)
		}
		if len(c.undated) > 0 {
			p.undated(c.undated)
		}
	}
}

// onlyDates picks the pages that show articles of some dates, or how many there are. Nil picks all.
type onlyDates struct {
	months   map[[2]int]bool // year and month; month 0 where no more than the year is known
	whole    map[[2]int]bool // months with all their days
	days     map[[2]int]bool // month and day, of any year
	everyDay bool
	rest     bool // what is known to the decade, or not at all
}

func (o *onlyDates) add(d news.Date) {
	switch d.Precision() {
	case news.Undated, news.ToDecade:
		o.rest = true
	case news.ToYear:
		o.months[[2]int{d.Year, 0}] = true
	default:
		o.months[[2]int{d.Year, d.Month}] = true
		o.days[[2]int{d.Month, d.Day}] = true
	}
}

// addCounts adds the pages that tell how many articles there are of a date.
func (o *onlyDates) addCounts(d news.Date) {
	if d.Precision() >= news.ToYear {
		o.months[[2]int{d.Year, 0}] = true
	}
}

func (o *onlyDates) year(year int) bool         { return o == nil || o.months[[2]int{year, 0}] }
func (o *onlyDates) month(year, month int) bool { return o == nil || o.months[[2]int{year, month}] }
func (o *onlyDates) eachDay() bool              { return o == nil || o.everyDay }
func (o *onlyDates) day(month, day int) bool    { return o.eachDay() || o.days[[2]int{month, day}] }
func (o *onlyDates) loose() bool                { return o == nil || o.rest }

// dayOf is day for the page of one year's day.
func (o *onlyDates) dayOf(year, month, day int) bool {
	return o.day(month, day) || o.whole[[2]int{year, month}]
}

func (p *plan) makeCalendar() *calendar {
	c := &calendar{}
	all := p.newestFirst()
	for _, year := range p.periods(all, len(all)) {
		switch o := p.outlines[year.cards[0]]; o.known {
		case news.Undated:
			c.undated = year.cards
		case news.ToDecade:
			c.decades = append(c.decades, year)
		default:
			c.years = append(c.years, p.yearShelf(int(o.year), year.cards))
		}
	}
	return c
}

// of is what there is of a year; nothing where it has no articles.
func (c *calendar) of(year int) *yearShelf {
	for _, y := range c.years {
		if y.year == year {
			return y
		}
	}
	return &yearShelf{year: year}
}

// inYears is the years, newest first.
func (c *calendar) inYears() []int {
	years := make([]int, len(c.years))
	for n, y := range c.years {
		years[n] = y.year
	}
	return years
}

// inMonths is the years and months that have articles, in order.
func (c *calendar) inMonths() (months [][2]int) {
	for _, y := range slices.Backward(c.years) {
		for month, m := range y.months {
			if m != nil {
				months = append(months, [2]int{y.year, month})
			}
		}
	}
	return months
}

func (p *plan) yearShelf(year int, cards []int) *yearShelf {
	y := &yearShelf{year: year, total: len(cards)}
	for _, i := range cards {
		o := p.outlines[i]
		if o.known < news.ToMonth {
			y.loose = append(y.loose, i)
			continue
		}
		if y.months[o.month] == nil {
			y.months[o.month] = &monthShelf{}
		}
		m := y.months[o.month]
		m.total++
		m.days[o.day] = append(m.days[o.day], i)
		if o.day > 0 {
			y.fullest = max(y.fullest, len(m.days[o.day]))
		}
	}
	return y
}

func yearLink(years []*yearShelf, n int) *render.Link {
	if n < 0 || n >= len(years) {
		return nil
	}
	return &render.Link{Label: fmt.Sprintf("%04d", years[n].year), URL: yearURL(years[n].year)}
}

func (p *sheet) overview(c *calendar) {
	const url = datesURL
	counts := make(map[int]int, len(c.years))
	for _, y := range c.years {
		counts[y.year] = y.total
	}
	bars := bars(counts, yearURL)
	if bars == nil && len(c.years) == 1 {
		bars = []render.Bar{{Label: fmt.Sprintf("%04d", c.years[0].year), URL: yearURL(c.years[0].year), Count: c.years[0].total, Share: 100}}
	}
	decades := make([]render.Link, len(c.decades))
	for n, d := range c.decades {
		decades[n] = render.Link{Label: d.label, URL: d.name + ".html", Count: len(d.cards)}
	}
	undated := render.Link{Label: p.words.Undated, URL: render.UndatedURL, Count: len(c.undated)}
	var h manifest.Hasher
	barsKey(&h, bars)
	links(&h, decades)
	h.Int(undated.Count)
	h.Bool(p.hasDays())
	p.render(url, "dates.html", &h, func() any {
		return &render.Dates{Page: p.page(url, p.words.Dates), Years: bars, Each: eachYear(bars), Decades: decades, Undated: undated, Days: p.hasDays()}
	})
	p.mapped(url)
}

// eachYear is the years with articles, and the gaps between them.
func eachYear(bars []render.Bar) []render.Link {
	var years []render.Link
	for n := 0; n < len(bars); n++ {
		if bars[n].Count > 0 {
			years = append(years, render.Link{Label: bars[n].Label, URL: bars[n].URL, Count: bars[n].Count})
			continue
		}
		first := n
		for bars[n+1].Count == 0 { // the last year has articles
			n++
		}
		gap := bars[first].Label
		if n > first {
			gap += "–" + bars[n].Label
		}
		years = append(years, render.Link{Label: gap})
	}
	return years
}

func (p *sheet) year(y *yearShelf, previous, next *render.Link) {
	url, label := yearURL(y.year), fmt.Sprintf("%04d", y.year)
	loose, more := y.loose, []render.Link(nil)
	if len(loose) > p.o.SplitAbove {
		heading := label + ", " + p.words.MonthMissing
		p.oneGroup(looseURL(y.year), heading, loose)
		more = []render.Link{{Label: heading, URL: looseURL(y.year), Count: len(loose)}}
		loose = nil
	}
	var h manifest.Hasher
	for month := 1; month <= 12; month++ {
		if m := y.months[month]; m != nil {
			h.Int(month)
			h.Bool(p.long(m)) // decides where its days lead
			for day := range m.days {
				h.Int(len(m.days[day]))
			}
		}
	}
	p.shown(&h, loose)
	links(&h, more)
	links(&h, present(previous, next))
	h.Bool(previous != nil)
	p.render(url, "year.html", &h, func() any {
		data := &render.Year{Page: p.page(url, label), Year: label, Total: y.total, Loose: p.items(loose), LooseMore: more, Previous: previous, Next: next}
		for month := 1; month <= 12; month++ {
			data.Months = append(data.Months, p.month(y, month))
		}
		return data
	})
	p.mapped(url)
}

func present(list ...*render.Link) []render.Link {
	var have []render.Link
	for _, l := range list {
		if l != nil {
			have = append(have, *l)
		}
	}
	return have
}

// weekdays head the columns of a month, from Monday.
func (p *plan) weekdays() []render.Weekday {
	head := make([]render.Weekday, 7)
	for n := range head {
		day := (n + 1) % 7
		head[n] = render.Weekday{Short: p.words.ShortDays[day], Long: p.words.Weekdays[day]}
	}
	return head
}

func looseURL(year int) string           { return fmt.Sprintf("%04d/loose.html", year) }
func monthURL(year, month int) string    { return fmt.Sprintf("%04d/%02d.html", year, month) }
func dayURL(year, month, day int) string { return fmt.Sprintf("%04d/%02d/%02d.html", year, month, day) }

// month is a month of a year's calendar, weeks from Monday.
func (p *plan) month(y *yearShelf, month int) render.Month {
	data := render.Month{Name: p.words.Months[month], Head: p.weekdays()}
	m := y.months[month]
	if m != nil {
		data.URL, data.Count = monthURL(y.year, month), m.total
	}
	column := (news.Weekday(y.year, month, 1) + 6) % 7
	week := [7]render.Day{}
	for day := 1; day <= news.DaysIn(y.year, month); day++ {
		week[column] = render.Day{Day: day}
		if m != nil && len(m.days[day]) > 0 {
			week[column].Count, week[column].URL = len(m.days[day]), p.dayPlace(y.year, month, day, m)
			week[column].Shade = render.Shade(len(m.days[day]), y.fullest)
		}
		if column++; column == 7 || day == news.DaysIn(y.year, month) {
			data.Weeks = append(data.Weeks, week)
			week, column = [7]render.Day{}, 0
		}
	}
	return data
}

// long reports whether a month has a page for each of its days.
func (p *plan) long(m *monthShelf) bool { return m != nil && m.total > p.o.SplitAbove }

// dayPlace is where a day's articles stand: in the month's page, or, when that would be long, on a page of their own.
func (p *plan) dayPlace(year, month, day int, m *monthShelf) string {
	if p.long(m) {
		return dayURL(year, month, day)
	}
	return monthURL(year, month) + "#" + render.DayAnchor(day)
}

// monthPages plans the months in order, each with the one before and after that has articles.
func (p *sheet) monthPages(c *calendar) {
	months := c.inMonths()
	link := func(n int) *render.Link {
		if n < 0 || n >= len(months) {
			return nil
		}
		year, month := months[n][0], months[n][1]
		return &render.Link{Label: p.words.Month(year, month), URL: monthURL(year, month)}
	}
	for n, d := range months {
		if year, month := d[0], d[1]; p.only.month(year, month) {
			p.monthPage(year, month, c.of(year).months[month], link(n), link(n-1), link(n+1))
		}
	}
}

func (p *sheet) monthPage(year, month int, m *monthShelf, self, previous, next *render.Link) {
	up := &render.Link{Label: fmt.Sprintf("%04d", year), URL: yearURL(year)}
	var h manifest.Hasher
	h.Bool(p.long(m))
	for day := range m.days {
		h.Int(len(m.days[day]))
		if !p.long(m) {
			p.shown(&h, m.days[day])
		} else if len(m.days[day]) > 0 && p.only.dayOf(year, month, day) {
			p.dayPage(year, month, day, m.days[day], self)
		}
	}
	links(&h, present(previous, next))
	h.Bool(previous != nil)
	p.render(self.URL, "period.html", &h, func() any {
		return &render.Period{
			Page: p.page(self.URL, self.Label), Heading: self.Label, Total: m.total, Groups: p.monthGroups(year, month, m),
			Up: up, Previous: previous, Next: next,
		}
	})
	p.mapped(self.URL)
}

// monthGroups is a month's days, newest first, the day that is not known last.
func (p *plan) monthGroups(year, month int, m *monthShelf) []render.Group {
	var groups []render.Group
	for n := range m.days {
		day := (31 - n) // 31 … 0
		if len(m.days[day]) == 0 {
			continue
		}
		g := render.Group{Heading: p.dayLabel(year, month, day), Anchor: render.DayAnchor(day)}
		if p.long(m) {
			g.More = &render.Link{Label: g.Heading, URL: p.dayPlace(year, month, day, m), Count: len(m.days[day])}
		} else {
			g.Items = p.items(m.days[day])
		}
		groups = append(groups, g)
	}
	return groups
}

func (p *plan) dayLabel(year, month, day int) string {
	if day == 0 {
		return p.words.DayNotKnown
	}
	return p.words.Day(year, month, day)
}

func (p *sheet) dayPage(year, month, day int, cards []int, up *render.Link) {
	label := p.words.Month(year, month) + ", " + p.words.DayNotKnown
	if day > 0 {
		label = p.words.Date(news.Date{Year: year, Month: month, Day: day}).Text
	}
	p.group(dayURL(year, month, day), label, cards, up)
}

func (p *sheet) oneGroup(url, label string, cards []int) {
	p.group(url, label, cards, &render.Link{Label: p.words.Dates, URL: datesURL})
}

// group plans a page that is one list.
func (p *sheet) group(url, label string, cards []int, up *render.Link) {
	var h manifest.Hasher
	h.String(label)
	links(&h, present(up))
	p.shown(&h, cards)
	p.render(url, "period.html", &h, func() any {
		return &render.Period{Page: p.page(url, label), Heading: label, Total: len(cards), Groups: []render.Group{{Items: p.items(cards)}}, Up: up}
	})
	p.mapped(url)
}

// undated plans the shelf of articles of which no date is known, by letter of headline; a long shelf has a page a
// letter.
func (p *sheet) undated(cards []int) {
	label := p.words.Undated
	letters := p.runs(p.byHeading(cards), func(i int) (string, string) {
		letter := letterOf(p.heading(&p.Cards[i]))
		return letterSlug(letter), letter
	})
	long := len(cards) > p.o.SplitAbove
	up := &render.Link{Label: label, URL: render.UndatedURL}
	groups := make([]render.Group, len(letters))
	var h manifest.Hasher
	h.Bool(long)
	for n, l := range letters {
		groups[n] = render.Group{Heading: l.label, Anchor: l.name}
		h.String(l.label)
		if !long {
			p.shown(&h, l.cards)
			continue
		}
		h.Int(len(l.cards))
		url := strings.TrimSuffix(render.UndatedURL, ".html") + "/" + l.name + ".html"
		groups[n].More = &render.Link{Label: l.label, URL: url, Count: len(l.cards)}
		p.group(url, label+", "+l.label, l.cards, up)
	}
	p.render(render.UndatedURL, "period.html", &h, func() any {
		data := &render.Period{Page: p.page(render.UndatedURL, label), Heading: label, Total: len(cards), Up: &render.Link{Label: p.words.Dates, URL: datesURL}}
		for n, g := range groups {
			if !long {
				g.Items = p.items(letters[n].cards)
			}
			data.Groups = append(data.Groups, g)
		}
		return data
	})
	p.mapped(render.UndatedURL)
}
