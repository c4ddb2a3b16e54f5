package search

import "broadsheet/generator/news"

// smallest is how many articles an archive has before it is cut.
const smallest = 8192

// Cut says where the segments of an archive begin, given the dates of its articles in order; the first begins at 0.
//
// The cuts follow the calendar alone, never the order of builds. Time is parted into units of so many months, and of
// them the longest is taken of which the last two hold no more than a sixteenth of the articles each way one counts. The
// newest unit is a segment, the one before it as well where the two make a pair, counted from the year 0; all before is
// one. New articles then change one small segment, and a small one joins the large one only when a pair is full.
func Cut(dates []news.Date) []int {
	cuts := []int{0}
	n := len(dates)
	if n < smallest {
		return cuts
	}
	last := month(dates[n-1])
	for _, unit := range [...]int{120, 60, 24, 12, 6, 3, 1} {
		if n-from(dates, last-2*unit+1) > n/16 {
			continue
		}
		pair, newest := last-last%(2*unit), last-last%unit
		for _, m := range []int{pair, newest} {
			if at := from(dates, m); at > cuts[len(cuts)-1] && at < n {
				cuts = append(cuts, at)
			}
		}
		return cuts
	}
	return cuts
}

// from is the first article of a month or a later one.
func from(dates []news.Date, m int) int {
	low, high := 0, len(dates)
	for low < high {
		if mid := (low + high) / 2; month(dates[mid]) < m {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}
