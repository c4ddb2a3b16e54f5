package site

import (
	"slices"

	"broadsheet/generator/news"
)

// redate makes the calendars anew. Where they have the same pages as before, those of the dates that an article has come to or
// left are to be planned, and no others.
func (u *update) redate() {
	p, w := u.now, u.was
	p.calendar, p.anniversaries = p.makeCalendar(), p.makeAnniversaries()
	only := u.datesShown()
	if only.rest || !p.sameShape(p.calendar, w.calendar) ||
		!slices.EqualFunc(p.anniversaries, w.anniversaries, func(a, b anniversary) bool { return a.month == b.month && a.day == b.day }) {
		return
	}
	p.only = only
}

// datesShown is the dates of the articles that have changed, or are gone.
func (u *update) datesShown() *onlyDates {
	only := &onlyDates{months: map[[2]int]bool{}, days: map[[2]int]bool{}}
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
