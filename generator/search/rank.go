package search

import "math/bits"

// An impact is the part of a term's score in an article that depends on the article: BM25's tf/(tf+K), with
// K = k1·(1-b+b·length/average), in eighths, from 1 to 8. With k1 = 1.2 and b = 0.75, K is 0.3+0.9·length/average. Finer
// steps take more room and order hits no better: against exact scores, the first ten gain 0.993 with 8 steps and 0.999 with 31.
const highestImpact = 8

// titleWeight is how many more times a word of the headline or deck counts than one of the body.
const titleWeight = 3

// impactOf is the impact of a term that counts tf times in an article of length terms, where articles have average.
func impactOf(tf, length, average int) int {
	n := int64(10) * int64(tf) * int64(average)
	d := n + 3*int64(average) + 9*int64(length)
	return max(1, int((2*highestImpact*n+d)/(2*d)))
}

// counts is how often a word may stand in the body of an article of that length for its impact to be that: least, most. Where
// most is below openEnd, no word of the headline can have the impact, and the numbers are bounds; else there is no upper one.
func counts(impact, length, average int) (least, most int) {
	least = 1
	for impactOf(least, length, average) < impact {
		least++
	}
	most = least
	for most < openEnd && impactOf(most+1, length, average) == impact {
		most++
	}
	return least, most
}

// openEnd is what a word counts at least that stands in the headline.
const openEnd = 1 + titleWeight

// Impacts of what is said of an article as a whole: what it is about comes before what it mentions in passing.
const (
	About   = 6
	Passing = 2
)

// rarity is BM25's idf of a term in df of n articles, log2(1+(n-df+½)/(df+½)), in 64ths; at least 1.
func rarity(n, df int) int {
	x := (uint64(2*n+2) << 16) / uint64(2*df+1) // 1+(n-df+½)/(df+½) = (n+1)/(df+½)
	return max(1, log2(x)-16*64)
}

// log2 is the binary logarithm in 64ths, rounded down, for x from 1 to 2^43.
func log2(x uint64) int {
	whole := bits.Len64(x) - 1
	y := x << 20 >> uint(whole) // 1 to 2, in 2^20ths
	part := 0
	for range 6 {
		y = y * y >> 20
		part *= 2
		if y >= 2<<20 {
			part, y = part+1, y>>1
		}
	}
	return whole*64 + part
}
