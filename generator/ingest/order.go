package ingest

// DateOrders counts the all-number dates of one file, or of many, that can be read in one order alone: 28/01/2019 has
// its day first, 01/28/2019 its month. The zero value counts none. Counts of files add up in any order.
type DateOrders struct {
	DayFirst   int `json:"day_first"`
	MonthFirst int `json:"month_first"`
}

// Orders counts the dates of src that settle an order, in lines that give a date and nothing beside it but a byline.
func Orders(file string, src []byte, o Options) DateOrders {
	r, _ := newReading(file, src, o)
	var found DateOrders
	for _, l := range r.lines {
		if len(l.text) <= dateLineBytes && isDateLine(l.text, "") {
			found = found.Add(ordersOf(l.text))
		}
	}
	return found
}

// Add is the counts of both.
func (d DateOrders) Add(more DateOrders) DateOrders {
	return DateOrders{d.DayFirst + more.DayFirst, d.MonthFirst + more.MonthFirst}
}

const (
	leastOrders = 3  // dates that settle an order
	orderExcess = 50 // times as many as of the other order, which may be slips
)

// Settled is the order the dates agree on, "dmy" or "mdy", for Options.DateOrder; "" where they are too few or disagree.
func (d DateOrders) Settled() string {
	switch {
	case d.DayFirst >= max(leastOrders, orderExcess*d.MonthFirst):
		return "dmy"
	case d.MonthFirst >= max(leastOrders, orderExcess*d.DayFirst):
		return "mdy"
	}
	return ""
}

func ordersOf(text string) DateOrders {
	var found DateOrders
	tokens := tokenize(text)
	for i := range tokens {
		if i+4 >= len(tokens) || !isAllNumbers(tokens, i) {
			continue
		}
		first, _ := tokens[i].number()
		second, _ := tokens[i+2].number()
		switch {
		case first > 12 && second <= 12:
			found.DayFirst++
		case second > 12 && first <= 12:
			found.MonthFirst++
		}
	}
	return found
}

// isAllNumbers reports whether a date with its year last begins at token i, whichever its order.
func isAllNumbers(tokens []token, i int) bool {
	if i > 0 && !tokens[i].space && (tokens[i-1].text == tokens[i+1].text || isDigit(tokens[i-1].text[0])) {
		return false
	}
	_, firstDigits := tokens[i].number()
	d, _, ok := allNumbers(tokens, i, "")
	return ok && d.Year != 0 && firstDigits > 0 && firstDigits < yearDigits
}
