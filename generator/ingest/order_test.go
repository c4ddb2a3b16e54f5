package ingest

import "testing"

func TestOrdersCountsWhatHasOneReading(t *testing.T) {
	for _, c := range []struct {
		text string
		want DateOrders
	}{
		{"28/01/2019", DateOrders{DayFirst: 1}},
		{"Published: 01/28/2019, 11:36 am", DateOrders{MonthFirst: 1}},
		{"28.1.2019\n13.2.2019\n3.4.2019", DateOrders{DayFirst: 2}},
		{"03/04/2019", DateOrders{}},
		{"04/04/2019", DateOrders{}},
		{"2019-01-28", DateOrders{}},
		{"31/31/2019", DateOrders{}},
		{"The treaty of 28/01/2019 was signed, and the treaty of 13/02/2019 was not.", DateOrders{}},
		{"Jane Doe | 28/01/2019", DateOrders{DayFirst: 1}},
		{"1.28.1.2019", DateOrders{}},
	} {
		if got := Orders("f.txt", []byte(c.text), Options{}); got != c.want {
			t.Errorf("%q: %+v, want %+v", c.text, got, c.want)
		}
	}
}

func TestSettled(t *testing.T) {
	for _, c := range []struct {
		counts DateOrders
		want   string
	}{
		{DateOrders{}, ""},
		{DateOrders{DayFirst: 2}, ""},
		{DateOrders{DayFirst: 3}, "dmy"},
		{DateOrders{MonthFirst: 3}, "mdy"},
		{DateOrders{DayFirst: 30, MonthFirst: 1}, ""},
		{DateOrders{DayFirst: 50, MonthFirst: 1}, "dmy"},
		{DateOrders{DayFirst: 3, MonthFirst: 3}, ""},
	} {
		if got := c.counts.Settled(); got != c.want {
			t.Errorf("%+v is %q, want %q", c.counts, got, c.want)
		}
	}
}

// TestLearnedOrderDatesTheRest learns from files of one source and reads a date of another that could be read both ways.
func TestLearnedOrderDatesTheRest(t *testing.T) {
	var learned DateOrders
	for _, day := range []string{"13/04/2002", "28/04/2002", "31/05/2002", "04/06/2002"} {
		learned = learned.Add(Orders("f.txt", []byte("A headline of the day\n"+day+"\n\nA story.\n"), Options{}))
	}
	src := []byte("Talks resume in the capital\n03/04/2002\n\nThe talks were resumed on the day, as had been expected by many.\n")
	for order, want := range map[string]string{"auto": "2002", learned.Settled(): "2002-04-03"} {
		if a, _ := Read("f.txt", src, Options{DateOrder: order}); a.Date.String() != want {
			t.Errorf("order %q gives %s, want %s", order, a.Date, want)
		}
	}
}

// TestRecordedOrder holds what the blocks of boilerplate.toml say of a source's order, and what is still proposed.
func TestRecordedOrder(t *testing.T) {
	days := DateOrders{DayFirst: 4}
	for _, c := range []struct {
		toml, order, proposed string
		recorded              bool
	}{
		{"", "", "dmy", false},
		{"[[source]]\nname = 'mail'\ndate_order = 'mdy'", "", "dmy", false},
		{"[[source]]\nname = 'harbour'\ndate_order = 'mdy'", "mdy", "", true},
		{"[[source]]\nname = 'harbour'\ndate_order = 'auto'", "auto", "", true},
		{"[[source]]\nname = 'harbour'\nlearned = []", "", "dmy", true},
		{"[[source]]\nname = 'harbour'\nlearned = []" + FormatLearned("harbour", "dmy", nil), "dmy", "", true},
	} {
		d := decisions(t, c.toml)
		order, recorded := d.Order("harbour")
		if proposed := d.ProposeOrder("harbour", days); order != c.order || recorded != c.recorded || proposed != c.proposed {
			t.Errorf("%q: order %q, recorded %v, proposed %q", c.toml, order, recorded, proposed)
		}
	}
}

// TestOrderAloneLeavesLinesToBeLearned holds that to say how a source writes dates is to say nothing of its lines.
func TestOrderAloneLeavesLinesToBeLearned(t *testing.T) {
	counts := counted(story(9, "ferry", welcome), story(9, "whale", welcome), story(9, "mayor", welcome))
	for toml, want := range map[string]int{"date_order = 'dmy'": 1, "learned = []": 0} {
		_, removed := readTold(story(9, "ferry", welcome), decisions(t, "[[source]]\nname = 'harbour'\n"+toml), counts)
		if len(removed) != want {
			t.Errorf("%s: removed %q", toml, removed)
		}
	}
}

func TestQuoteDate(t *testing.T) {
	src := []byte("A headline of the day\n03/04/2002\n\nUpdated: 28. 4. 2002\n\n04/29/2002\n")
	for order, want := range map[string]string{"dmy": "28. 4. 2002", "mdy": "04/29/2002", "": ""} {
		if got := QuoteDate("f.txt", src, Options{}, order); got != want {
			t.Errorf("%q: %q, want %q", order, got, want)
		}
	}
}

func TestDoubt(t *testing.T) {
	for _, c := range []struct {
		file, date string
		line       int
	}{
		{"f.txt", "Published: 03/04/2002", 2},
		{"f.txt", "28/04/2002", 0},
		{"f.txt", "Date: 2002", 0},
		{"2002/f.txt", "", 0},
		{"2002-04-03-f.txt", "03/04/2002", 0},
		{"2002-12-25-f.txt", "03/04/2002", 2},
	} {
		src := []byte("Talks resume in the capital\n" + c.date + "\n\nThe talks were resumed on the day, as had been expected by many.\n")
		a, _ := Read(c.file, src, Options{})
		line, text := Doubt(c.file, src, Options{}, a)
		if line != c.line || line > 0 && text != c.date {
			t.Errorf("%s %q: line %d, %q", c.file, c.date, line, text)
		}
	}
}

// TestWhatElseTellsTheDay settles a date that can be read both ways by what else the file says of its day.
func TestWhatElseTellsTheDay(t *testing.T) {
	for _, c := range []struct{ file, head, story, date, from string }{
		{"f.txt", "03/04/2002", "The talks", "2002", "line 2"},
		{"f.txt", "03/04/2002", "SEOUL, April 3 (Reuters) - The talks", "2002-04-03", "line 2, dateline"},
		{"f.txt", "03/04/2002", "SEOUL, April 5 (Reuters) - The talks", "2002", "line 2"},
		{"f.txt", "03/04/2002\nhttps://example.org/2002/03/04/talks.html", "The talks", "2002-03-04", "line 2, URL"},
		{"mail/2002-04-03/f.txt", "03/04/2002", "The talks", "2002-04-03", "line 2, folder"},
		{"2002-04-05-f.txt", "03/04/2002", "The talks", "2002", "line 2"},
	} {
		src := []byte("Talks resume in the capital\n" + c.head + "\n\n" + c.story + " were resumed on the day, as had been expected by many.\n")
		a, _ := Read(c.file, src, Options{})
		if a.Date.String() != c.date || a.From["date"] != c.from {
			t.Errorf("%s, %q, %q: %s from %s, want %s from %s", c.file, c.head, c.story, a.Date, a.From["date"], c.date, c.from)
		}
		if list := Account(c.file, src, Options{}, a); list != nil {
			t.Error(list)
		}
	}
}
