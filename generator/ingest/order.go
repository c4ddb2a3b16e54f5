package ingest

import (
	"iter"
	"strings"

	"broadsheet/generator/news"
)

// DateOrders counts the all-number dates of one file, or of many, that can be read in one order alone: 28/01/2019 has
// its day first, 01/28/2019 its month. The zero value counts none. Counts of files add up in any order.
type DateOrders struct {
	DayFirst   int `json:"day_first"`
	MonthFirst int `json:"month_first"`
}

// The orders of day and month, as Options.DateOrder and a [[source]] have them. With anyOrder a date that has two
// readings gives its year alone.
const (
	dayFirst   = "dmy"
	monthFirst = "mdy"
	yearFirst  = "ymd"
	anyOrder   = "auto"
)

// Orders counts the dates of src that settle an order, in lines that give a date and nothing beside it but a byline.
func Orders(file string, src []byte, o Options) DateOrders {
	var found DateOrders
	for date := range orderedDates(file, src, o) {
		switch date.order {
		case dayFirst:
			found.DayFirst++
		case monthFirst:
			found.MonthFirst++
		}
	}
	return found
}

// QuoteDate is the first date of src, as printed, that can be read in the given order alone; "" where there is none.
func QuoteDate(file string, src []byte, o Options, order string) string {
	for date := range orderedDates(file, src, o) {
		if date.order == order {
			return date.printed
		}
	}
	return ""
}

// Doubt is the line that dates the article a, and its number, where a is dated to the year alone because nothing tells
// the day of that line's date from its month; number is 0 where that is not so. Article a is to be as Read gave it.
func Doubt(file string, src []byte, o Options, a news.Article) (number int, text string) {
	if a.Date.Precision() != news.ToYear {
		return 0, ""
	}
	o.DateOrder = dayFirst
	ordered, _ := Read(file, src, o)
	if ordered.Date.Precision() != news.ToDay {
		return 0, ""
	}
	r, _ := newReading(file, src, o)
	dating := fieldLines(map[string]string{"date": ordered.From["date"]})
	for _, l := range r.lines {
		if dating[l.number] != nil {
			return l.number, l.text
		}
	}
	return 0, ""
}

// Add is the counts of both.
func (d DateOrders) Add(more DateOrders) DateOrders {
	return DateOrders{d.DayFirst + more.DayFirst, d.MonthFirst + more.MonthFirst}
}

// Less is the counts of d without those of one that was added.
func (d DateOrders) Less(one DateOrders) DateOrders {
	return DateOrders{d.DayFirst - one.DayFirst, d.MonthFirst - one.MonthFirst}
}

// Of is how many dates have the order "dmy" or "mdy".
func (d DateOrders) Of(order string) int {
	switch order {
	case dayFirst:
		return d.DayFirst
	case monthFirst:
		return d.MonthFirst
	}
	return 0
}

const (
	leastOrders = 3  // dates that settle an order
	orderExcess = 50 // times as many as of the other order, which may be slips
)

// Settled is the order the dates agree on, "dmy" or "mdy", for Options.DateOrder; "" where they are too few or disagree.
func (d DateOrders) Settled() string {
	switch {
	case d.DayFirst >= max(leastOrders, orderExcess*d.MonthFirst):
		return dayFirst
	case d.MonthFirst >= max(leastOrders, orderExcess*d.DayFirst):
		return monthFirst
	}
	return ""
}

// orderedDate is an all-number date that can be read in one order alone.
type orderedDate struct{ order, printed string }

func orderedDates(file string, src []byte, o Options) iter.Seq[orderedDate] {
	return func(yield func(orderedDate) bool) {
		r, _ := newReading(file, src, o)
		for _, l := range r.lines {
			if len(l.text) > dateLineBytes || !isDateLine(l.text, dating{year: r.dating.year}) {
				continue
			}
			for date := range datesOfOneOrder(tokenize(l.text), dating{year: r.dating.year}) {
				if !yield(date) {
					return
				}
			}
		}
	}
}

func datesOfOneOrder(tokens []token, how dating) iter.Seq[orderedDate] {
	return func(yield func(orderedDate) bool) {
		for i := range tokens {
			if i+4 >= len(tokens) || !isAllNumbers(tokens, i, how) {
				continue
			}
			first, _ := tokens[i].number()
			second, _ := tokens[i+2].number()
			order := ""
			switch {
			case first > 12 && second <= 12:
				order = dayFirst
			case second > 12 && first <= 12:
				order = monthFirst
			}
			if order != "" && !yield(orderedDate{order, printed(tokens[i : i+5])}) {
				return
			}
		}
	}
}

func printed(tokens []token) string {
	var b strings.Builder
	for _, t := range tokens {
		b.WriteString(t.spaced())
	}
	return strings.TrimSpace(b.String())
}

// isAllNumbers reports whether a date with its year last begins at token i, whichever its order.
func isAllNumbers(tokens []token, i int, how dating) bool {
	if i > 0 && !tokens[i].space && (tokens[i-1].text == tokens[i+1].text || isDigit(tokens[i-1].text[0])) {
		return false
	}
	_, firstDigits := tokens[i].number()
	d, _, ok := allNumbers(tokens, i, how)
	return ok && d.Year != 0 && firstDigits > 0 && firstDigits < yearDigits
}

// Order is how a source writes its all-number dates, as recorded: "dmy", "mdy", "ymd", "auto", or "" where the source is
// recorded and its order is not; recorded is false where no [[source]] names it.
func (d *Decisions) Order(source string) (order string, recorded bool) {
	if d == nil {
		return "", false
	}
	order, recorded = d.orders[source]
	return order, recorded
}

// ProposeOrder is the order that a source's dates settle and that is not recorded; else "".
func (d *Decisions) ProposeOrder(source string, dates DateOrders) string {
	if order, _ := d.Order(source); order != "" {
		return ""
	}
	return dates.Settled()
}
