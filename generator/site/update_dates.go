package site

import (
	"slices"

	"broadsheet/generator/news"
)

// redate makes the calendars anew, and finds which of their pages may show something else: those of the dates that an article has
// come to or left, and those that have another page beside them now. No others are to be planned.
func (u *update) redate() {
	p, w := u.now, u.was
	p.calendar, p.anniversaries = p.makeCalendar(), p.makeAnniversaries()
	only := u.datesShown()
	if only.rest {
		return
	}
	only.everyDay = !slices.EqualFunc(p.anniversaries, w.anniversaries, func(a, b anniversary) bool { return a.month == b.month && a.day == b.day })
	for year := range besides(p.calendar.inYears(), w.calendar.inYears()) {
		only.months[[2]int{year, 0}] = true
	}
	for month := range besides(p.calendar.inMonths(), w.calendar.inMonths()) {
		only.months[month] = true
	}
	for _, y := range p.calendar.years {
		was := w.calendar.of(y.year)
		for month, m := range y.months {
			if p.long(m) && !p.long(was.months[month]) {
				only.whole[[2]int{y.year, month}] = true
			}
		}
	}
	p.only = only
}

// besides is what has other neighbours in a list than in the one before, or is new to it.
func besides[K comparable](now, before []K) map[K]bool {
	at := make(map[K]int, len(before))
	for n, k := range before {
		at[k] = n
	}
	same := func(n, was int) bool {
		inside, stood := n >= 0 && n < len(now), was >= 0 && was < len(before)
		return inside == stood && (!inside || now[n] == before[was])
	}
	other := map[K]bool{}
	for n, k := range now {
		if was, stood := at[k]; !stood || !same(n-1, was-1) || !same(n+1, was+1) {
			other[k] = true
		}
	}
	return other
}

// datesGone is the pages of dates that were there and are not any more, where only some are planned.
func (u *update) datesGone() (gone []string) {
	p := u.now
	for _, y := range u.was.calendar.years {
		now := p.calendar.of(y.year)
		if now.total == 0 {
			gone = append(gone, yearURL(y.year))
		}
		if len(y.loose) > p.o.SplitAbove && len(now.loose) <= p.o.SplitAbove {
			gone = append(gone, looseURL(y.year))
		}
		for month, m := range y.months {
			n := now.months[month]
			if m != nil && n == nil {
				gone = append(gone, monthURL(y.year, month))
			}
			if !p.long(m) {
				continue
			}
			for day, cards := range m.days {
				if len(cards) > 0 && !(p.long(n) && len(n.days[day]) > 0) {
					gone = append(gone, dayURL(y.year, month, day))
				}
			}
		}
	}
	return gone
}

// datesShown is the dates of the articles that have changed, or are gone.
func (u *update) datesShown() *onlyDates {
	only := &onlyDates{months: map[[2]int]bool{}, whole: map[[2]int]bool{}, days: map[[2]int]bool{}}
	for _, i := range u.changed {
		u.showDate(only, u.now.Cards[i].Date)
	}
	for _, f := range u.r.Gone {
		u.showDate(only, f.Date)
	}
	return only
}

func (u *update) showDate(only *onlyDates, d news.Date) {
	only.add(d)
	if !u.steady {
		only.addCounts(d)
	}
}
