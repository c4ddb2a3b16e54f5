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
