package search

import "broadsheet/generator/news"

// smallest is how many articles an archive has before it is cut.
const smallest = 8192

// Cut says where the segments of an archive begin, given the dates of its articles in order; the first begins at 0.
//
// The cut follows the calendar alone, never the order of builds. Time is parted into units of so many months, counted from
// the year 0, and of them the longest is taken of which the newest articles that would fill one are no more than a 48th of all.
// The articles of the newest unit are a segment, all before another: new articles change a small one, until a unit is full.
func Cut(dates []news.Date) []int {
	n := len(dates)
	if n < smallest {
		return []int{0}
	}
	last := month(dates[n-1])
	for _, unit := range [...]int{120, 60, 24, 12, 6, 4, 3, 2, 1} {
		if n-from(dates, last-unit+1) > n/48 {
			continue
		}
		if at := from(dates, last-last%unit); at > 0 {
			return []int{0, at}
		}
		break
	}
	return []int{0}
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
