package ingest

import "strings"

// A catalogue is at least leastRecords records, cut to one pattern: of products, results, dates. Each has a line that the
// others have too, as a whole ("Buy now") or to its colon ("See it now: Boats & Sails"), at least and at most so many
// lines below that of the one before, and figures between the two. A list of other stories says when each came out, or has
// the phrases of a page in it.
const (
	leastRecords     = 4
	leastRecordLines = 3
	mostRecordLines  = 25
)

// belowCatalogue is the line below the catalogue that the story ends in or right above.
func (r *reading) belowCatalogue(start, end int) int {
	below := end
	for i := max(start, end-mostRecordLines); i < min(len(r.lines), end+mostRecordLines); i++ {
		if l := r.lines[i]; l.rule == "" && l.words > 1 && !l.prose() && !isName(l.text) {
			below = max(below, r.belowRecords(i))
		}
	}
	return below
}

// belowRecords is the line below the records that go on from line i, which is the last of one of them; 0 where they are no
// catalogue.
func (r *reading) belowRecords(i int) int {
	pattern := recordPattern(r.lines[i].text)
	records, last := 1, i
	for j := i + leastRecordLines; j < min(len(r.lines), last+mostRecordLines); j++ {
		if recordPattern(r.lines[j].text) != pattern {
			continue
		}
		if !r.isRecord(last+1, j) {
			break
		}
		records, last = records+1, j
	}
	if records < leastRecords {
		return 0
	}
	return last + 1
}

func recordPattern(text string) string {
	if label, _, found := strings.Cut(text, ": "); found {
		return label
	}
	return text
}

// isRecord reports whether the lines from start to end may be a record.
func (r *reading) isRecord(start, end int) bool {
	figures := false
	for _, l := range r.lines[start:end] {
		if l.rule != "" && l.rule != picture || isStamp(l) {
			return false
		}
		figures = figures || hasFigures(l.text)
	}
	return figures && end-start >= leastRecordLines-1
}
