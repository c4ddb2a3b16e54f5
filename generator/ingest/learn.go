package ingest

import (
	"cmp"
	"hash/fnv"
	"iter"
	"path"
	"slices"
	"strings"
)

// LineHash is a line by the hash of its folded text. It is odd where the line may count as recurring, and even where
// it may not: a line of fewer than leastLineWords words, a byline, a date. So "He said." and "By Jane Doe" recur in
// no source, however often they are printed.
type LineHash uint64

const leastLineWords = 5

// hashFolded is the hash of a folded line, even.
func hashFolded(folded string) LineHash {
	h := fnv.New64a()
	h.Write([]byte(folded))
	return LineHash(h.Sum64()) &^ 1
}

func (h LineHash) mayRecur() bool { return h&1 == 1 }

// Lines is what Learn and Decisions need to know of a file: small, and a function of the file alone.
type Lines struct {
	Source string     // the host of the URL that stands as a line in the file, else the folder below content/
	Hashes []LineHash // rising, each once
	Cut    bool       // the file has more lines than are looked at
}

// mostLines is how many lines are looked at from each end of a file; what recurs stands there, and a book saved as
// one file costs no more than a long page.
const mostLines = 1000

// LinesOf reads the lines of the file src, which stands at file below content/.
func LinesOf(file string, src []byte, o Options) Lines {
	r, _ := newReading(file, src, o)
	l := Lines{Source: r.source(), Cut: len(r.lines) > 2*mostLines}
	for i := range r.lines {
		if i < mostLines || i >= len(r.lines)-mostLines {
			l.Hashes = append(l.Hashes, r.hash(i))
		}
	}
	slices.Sort(l.Hashes)
	l.Hashes = slices.Compact(l.Hashes)
	return l
}

func (r *reading) hash(i int) LineHash {
	l := r.lines[i]
	folded := foldLine(l.text)
	hash := hashFolded(folded)
	if l.words >= leastLineWords && strings.ContainsFunc(folded, isLetterOrDigit) && !r.isBylineOrDate(l, folded) {
		hash |= 1
	}
	return hash
}

// isBylineOrDate reports whether a line is a byline or a date. One in lower case is taken for neither unless it says "by":
// wrapped text is full of them, and the look is dear.
func (r *reading) isBylineOrDate(l line, folded string) bool {
	if startsLower(l.text) && !strings.HasPrefix(folded, "by ") {
		return false
	}
	return r.isField(l)
}

// source is the file's source.
func (r *reading) source() string {
	for _, l := range r.lines[:min(len(r.lines), headLimit)] {
		if isURL(l.text) {
			_, host, _ := strings.Cut(l.text, "://")
			host, _, _ = strings.Cut(host, "/")
			return strings.TrimPrefix(strings.ToLower(host), "www.")
		}
	}
	return path.Dir(r.file)
}

// Counts says of lines in how many files of their source they stand, up to a bound.
type Counts map[LineHash]int

// A line recurs where at least leastFiles files of a source have it: an absolute number, so that an archive that grows
// never unlearns. mostFiles are counted and mostRecurring kept, which bounds the memory a source takes to some 20 MB.
const (
	leastFiles    = 3
	mostFiles     = 20_000
	mostRecurring = 50_000
)

// roughCounters is how many counters there are for a file, about four for each of its lines.
const roughCounters = 256

// Learn counts the lines of one source's files that recur; n is how many files there are, more or less. It goes over
// the files twice, and the order of files does not matter up to the first mostFiles of them.
//
// The first time over, each line is counted in one of many small counters, where others may be counted too; only a
// line whose counter reached leastFiles is counted by itself the second time. So a line that stands in a single file, as
// nearly all do, hardly ever takes memory of its own.
func Learn(n int, files iter.Seq[Lines]) Counts {
	if n < leastFiles {
		return Counts{}
	}
	rough := make([]uint8, min(n*roughCounters, 1<<22))
	for hash := range recurrable(files) {
		if n := &rough[hash>>1%LineHash(len(rough))]; *n < leastFiles {
			*n++
		}
	}
	counts := Counts{}
	for hash := range recurrable(files) {
		if rough[hash>>1%LineHash(len(rough))] == leastFiles {
			counts[hash]++
		}
	}
	return counts.bounded()
}

// recurrable yields each line that may recur, once for each file.
func recurrable(files iter.Seq[Lines]) iter.Seq[LineHash] {
	return func(yield func(LineHash) bool) {
		n := 0
		for l := range files {
			for _, hash := range l.Hashes {
				if hash.mayRecur() && !yield(hash) {
					return
				}
			}
			if n++; n == mostFiles {
				return
			}
		}
	}
}

// bounded is the counts without those below leastFiles, and of the others the mostRecurring greatest.
func (c Counts) bounded() Counts {
	kept := make([]LineHash, 0, len(c))
	for hash, n := range c {
		if n >= leastFiles {
			kept = append(kept, hash)
		}
	}
	slices.SortFunc(kept, c.byCount)
	bounded := make(Counts, min(len(kept), mostRecurring))
	for _, hash := range kept[:min(len(kept), mostRecurring)] {
		bounded[hash] = c[hash]
	}
	return bounded
}

// byCount puts the line in the most files first.
func (c Counts) byCount(a, b LineHash) int {
	if c[a] != c[b] {
		return c[b] - c[a]
	}
	return cmp.Compare(a, b)
}

// roundDown is n as a file's record shows it: 3, 5, 10, 20, 50, 100 and so on. One more article then hardly ever
// changes what is said of the others.
func roundDown(n int) int {
	unit := 1
	for n >= 10*unit {
		unit *= 10
	}
	for _, step := range [...]int{5, 2} {
		if n >= step*unit {
			return max(leastFiles, step*unit)
		}
	}
	return max(leastFiles, unit)
}
