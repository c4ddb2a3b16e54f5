package search

import "broadsheet/generator/news"

// An archive is cut where it had so many articles as a mark says. The first mark is firstMark, each other is a 26th more: 61 of them
// make ten times as many, so that 10,000 articles, 100,000 or a million stand in the middle between two. With fewer articles than the first an
// index has not 400 files, and the roots and the least that a segment and the names come to are a twentieth of them.
//
// No cut can be such that additions never move it. If one of a hundredth is to make no more than a twentieth new, no segment may ever be made
// that holds more: an archive then has twenty and more, and each costs every word of a query a file. A query bears two. So the whole index is
// made anew when the archive has grown by a 26th: one addition of a hundredth in four does that, and the other three make the newest segment
// new.
const firstMark = 6521

// The dictionary of the newest has a block for so many articles of the archive, less those that other files stand for. The fewer
// blocks, the larger, and a query reads one for each word.
const (
	articlesPerBlock = 1350
	otherFiles       = 2
)

// Segment is some articles of an archive, from the first to before the end.
type Segment struct {
	First, End int
	Blocks     int // about as many as its dictionary is to have; 0 for as many as make queries cheap
}

// Cut parts an archive in two, given the dates of its articles in order: the newest are those since it had the articles of the last mark,
// from the beginning of a year, else of a month, of half a month and so on shortly before, or else of the last day before. Where they
// begin follows from older articles alone, and new ones do not move it until they come to the next mark. An archive that has not
// come to the first, or has no day that begins before the last, is one segment.
func Cut(dates []news.Date) []Segment {
	mark := firstMark
	for mark+mark/26 <= len(dates) {
		mark += mark / 26
	}
	if mark <= len(dates) {
		if at := beginning(dates[:mark]); at > 0 {
			return []Segment{{End: at}, {at, len(dates), mark/articlesPerBlock - otherFiles}}
		}
	}
	return []Segment{{End: len(dates)}}
}

// beginning is the article near the end that begins the longest of some units of time: of the last 400th, or else the last that begins a day
// of the last 26th, or 0.
func beginning(dates []news.Date) (at int) {
	n, longest := len(dates), 0
	for i := n - 1; i > n-n/26 && (at == 0 || i >= n-n/400); i-- {
		before, now := day(dates[i-1]), day(dates[i])
		for _, unit := range [...]int{12 * 32, 32, 16, 8, 4, 2, 1} {
			if before/unit != now/unit {
				if unit > longest {
					at, longest = i, unit
				}
				break
			}
		}
	}
	return at
}
