package site

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
	"broadsheet/generator/render"
)

// Every day of the year has a page of what was published on it in any year, dates/on/04-05.html; dates/on/index.html leads
// to all of them. The front page shows some of today's: static/today.js, which knows what day the reader has, takes them
// from the month's dates/on/04.js. Without it there is the link.

const everyDayURL = "dates/on/index.html"

// todayShown is how many articles of a day the front page shows.
const todayShown = 3

// anniversary is the articles of one day of any year, oldest first.
type anniversary struct {
	month, day int
	cards      []int
}

func (a *anniversary) url() string { return fmt.Sprintf("dates/on/%02d-%02d.html", a.month, a.day) }

// hasDays reports whether there is an article whose day is known.
func (p *plan) hasDays() bool {
	return slices.ContainsFunc(p.outlines, func(o outline) bool { return o.known == news.ToDay })
}

func (p *plan) makeAnniversaries() []anniversary {
	var days [13][32][]int
	for i, o := range p.outlines {
		if o.known == news.ToDay {
			days[o.month][o.day] = append(days[o.month][o.day], i)
		}
	}
	var list []anniversary
	for month := range days {
		for day, cards := range days[month] {
			if len(cards) > 0 {
				list = append(list, anniversary{month, day, cards})
			}
		}
	}
	return list
}

// everyDay plans them.
func (p *sheet) everyDay() {
	if p.anniversaries == nil {
		p.anniversaries = p.makeAnniversaries()
	}
	days := p.anniversaries
	if len(days) == 0 {
		return
	}
	for n := range days {
		if p.only.day(days[n].month, days[n].day) {
			p.anniversary(&days[n], &days[(n+len(days)-1)%len(days)], &days[(n+1)%len(days)])
		}
	}
	var h manifest.Hasher
	for _, d := range days {
		h.Int(100*d.month + d.day)
		h.Int(len(d.cards))
	}
	p.render(everyDayURL, "days.html", &h, func() any {
		return &render.Days{Page: p.page(everyDayURL, p.words.OnThisDay), Months: p.anyMonths(days)}
	})
	p.mapped(everyDayURL)
	for month := 1; month <= 12; month++ {
		if !p.only.eachDay() && !slices.ContainsFunc(days, func(d anniversary) bool { return d.month == month && p.only.day(d.month, d.day) }) {
			continue
		}
		p.todayScript(month, slices.DeleteFunc(slices.Clone(days), func(d anniversary) bool { return d.month != month }))
	}
}

// anniversary plans one day's page, by year, the latest first. A long one leads to each year's own pages.
func (p *sheet) anniversary(d, before, after *anniversary) {
	label := p.words.DayOfYear(d.month, d.day)
	long := len(d.cards) > p.o.SplitAbove
	newest := slices.Clone(d.cards)
	slices.Reverse(newest)
	var h manifest.Hasher
	h.Bool(long)
	if !long {
		p.shown(&h, newest)
	}
	years := p.runs(newest, p.yearOf())
	for _, y := range years {
		h.String(y.name)
		h.Int(len(y.cards))
	}
	h.String(before.url())
	h.String(after.url())
	url := d.url()
	p.render(url, "period.html", &h, func() any {
		data := &render.Period{
			Page: p.page(url, p.words.OnThisDay+", "+label), Heading: label, Total: len(d.cards), Up: &render.Link{Label: p.words.OnThisDay, URL: everyDayURL},
			Previous: &render.Link{Label: p.words.DayOfYear(before.month, before.day), URL: before.url()},
			Next:     &render.Link{Label: p.words.DayOfYear(after.month, after.day), URL: after.url()},
		}
		for _, y := range years {
			g := render.Group{Heading: y.label, Anchor: "y" + y.name}
			if long {
				date := p.words.Date(news.Date{Year: p.Cards[y.cards[0]].Date.Year, Month: d.month, Day: d.day})
				g.More = &render.Link{Label: date.Text, URL: date.URL, Count: len(y.cards)}
			} else {
				g.Items = p.items(y.cards)
			}
			data.Groups = append(data.Groups, g)
		}
		return data
	})
	p.mapped(url)
}

// anyMonths is the twelve months with the days of any year.
func (p *plan) anyMonths(days []anniversary) []render.Month {
	months := make([]render.Month, 12)
	for n := range months {
		const leapYear = 2000
		months[n].Name = p.words.Months[n+1]
		for day := 1; day <= news.DaysIn(leapYear, n+1); day++ {
			if day%7 == 1 {
				months[n].Weeks = append(months[n].Weeks, [7]render.Day{})
			}
			months[n].Weeks[(day-1)/7][(day-1)%7] = render.Day{Day: day}
		}
	}
	most := 0
	for _, d := range days {
		most = max(most, len(d.cards))
	}
	for _, d := range days {
		months[d.month-1].Weeks[(d.day-1)/7][(d.day-1)%7] = render.Day{Day: d.day, Count: len(d.cards), Shade: render.Shade(len(d.cards), most), URL: d.url()}
	}
	return months
}

// todayScript plans a month's articles for the front page: a call of onThisDay with, for each day, what that day is
// called and its articles, each a year, a headline and an address.
func (p *sheet) todayScript(month int, days []anniversary) {
	url := fmt.Sprintf("dates/on/%02d.js", month)
	shown := map[string][]any{}
	for _, d := range days {
		entry := []any{p.words.DayOfYear(d.month, d.day), d.url()}
		for _, i := range p.memorable(d.cards) {
			c := &p.Cards[i]
			entry = append(entry, []any{c.Date.Year, p.heading(c), escape(p.URLs[i])})
		}
		shown[fmt.Sprint(d.day)] = entry
	}
	text, err := json.Marshal(shown)
	if err != nil {
		panic("site: " + err.Error()) // strings and numbers always marshal
	}
	script := fmt.Appendf(nil, "onThisDay(%s)\n", text)
	p.add(url, manifest.DigestOf(script), func(b *bytes.Buffer) error {
		b.Write(script)
		return nil
	})
}

// memorable is a few of a day's articles, of different years where there are several: the weightiest of each, that which
// has most words where none has a weight.
func (p *plan) memorable(cards []int) []int {
	var chosen []int
	for _, year := range p.runs(cards, p.yearOf()) {
		chosen = append(chosen, slices.MaxFunc(year.cards, func(a, b int) int { return cmp.Compare(p.outlines[a].words, p.outlines[b].words) }))
	}
	if len(chosen) <= todayShown {
		return chosen
	}
	spread := make([]int, todayShown)
	for n := range spread {
		spread[n] = chosen[n*(len(chosen)-1)/(todayShown-1)]
	}
	return spread
}
