package ingest

import (
	"slices"
	"strings"

	"broadsheet/generator/prose"
)

// page is a saved page with what its lines are to the story in it.
//
// The story is found in two steps. First each line has a weight: running text speaks for being in the story, what
// surrounds stories speaks against. The run of lines with the greatest sum is the story (the maximum subsequence, which
// Pasternack and Roth proposed for article text in 2009), and above it a line is looked for that has a headline's shape
// and place and shares its words. Then the likeliest few of these pairs are followed down the page line by line: a
// paragraph counts by how much of it speaks of what the story spoke of before, so that the teasers of other stories do
// not, and what stands behind a menu or a discussion counts only where it takes the story up again.
//
// The figures here were set by hand.
type page struct {
	*reading
	kinds      []kind
	fields     []bool         // whether the line is a byline or a date
	passed     []int          // how much running text a story passes over that begins at the line
	times      map[string]int // how often a line stands on the page
	discussion int            // the line where the readers' say begins; past the end where they have none
}

// kind is what a line is to a story.
type kind uint8

const (
	scrap     kind = iota // a heading, an entry of a menu, a name, a link
	running               // text
	remark                // a sentence of a few words
	entry                 // of a list whose entries are cut to one pattern
	address               // a URL
	poster                // says who wrote the post quoted above it
	furniture             // taken out by a rule
	ending                // taken out, and what follows it is commonly no part of the story
	stamp                 // says when something was posted
	imprint               // speaks for the page's owner
)

func (r *reading) newPage() *page {
	p := &page{reading: r, kinds: make([]kind, len(r.lines)), fields: make([]bool, len(r.lines)), passed: make([]int, len(r.lines))}
	p.times = map[string]int{}
	above := 0
	for i, l := range r.lines {
		p.times[l.text]++
		p.kinds[i] = kindOf(r.lines, i)
		p.fields[i] = r.isField(l) || i > 0 && labelsField(r.lines[i-1])
		p.passed[i] = above
		if l.rule == "" && !l.twice && l.prose() {
			above += min(l.words, mostWeight) / 3
		}
	}
	p.discussion = p.findDiscussion()
	return p
}

func kindOf(lines []line, i int) kind {
	l := lines[i]
	switch {
	case l.rule == comments || l.rule == related || l.rule == copyright:
		return ending
	case l.rule != "" || l.twice:
		return furniture
	case isPoster(l):
		return poster
	case isStamp(l):
		return stamp
	case isSmallPrint(l):
		return imprint
	case isTeaser(lines, i) || isMarkedLink(l):
		return scrap
	case l.prose():
		return running
	case l.words > 2 && endsSentence(l.text):
		return remark
	case listMark(l.text) || i > 0 && isEntry(l, lines[i-1]) || i > 1 && isEntry(l, lines[i-2]):
		return entry
	case isURL(l.text):
		return address
	}
	return scrap
}

// isTeaser reports whether line i stands below a link to another story, one with the mark of a link or one that stands
// there twice, for its picture and for its headline: it sums that story up.
func isTeaser(lines []line, i int) bool {
	if i > 0 && isMarkedLink(lines[i-1]) {
		return true
	}
	if i < 2 || !lines[i-1].twice || lines[i].twice || isStamp(lines[i-1]) {
		return false
	}
	for j := i - 2; j >= max(0, i-1-linkLines) && lines[j].rule != advert; j-- {
		if lines[j].text == lines[i-1].text {
			return true
		}
	}
	return false
}

// isMarkedLink reports whether a line begins with a mark that links have.
func isMarkedLink(l line) bool {
	return strings.HasPrefix(l.text, "» ") || strings.HasPrefix(l.text, "› ")
}

// linkLines is how far apart the two mentions of a link stand.
const linkLines = 3

// isEntry reports whether l and the line before are entries of a list, cut to one pattern: a third of its words stands in
// both.
func isEntry(l, before line) bool {
	if l.words < 3 {
		return false
	}
	words := strings.Fields(before.text)
	shared, n := 0, 0
	for w := range strings.FieldsSeq(l.text) {
		n++
		if slices.Contains(words, w) {
			shared++
		}
	}
	return 3*shared >= n
}

// A discussion is a heading, "Comments", with at least leastPosts hours of posts in the postLines below it.
const (
	leastPosts = 2
	postLines  = 20
)

func (p *page) findDiscussion() int {
	for i, l := range p.lines {
		if l.rule != comments {
			continue
		}
		posts := 0
		for _, k := range p.kinds[i+1 : min(len(p.kinds), i+postLines)] {
			if k == stamp {
				posts++
			}
		}
		if posts >= leastPosts {
			return i
		}
	}
	return len(p.lines)
}

// candidate is a run of lines that may be the page's story, and its headline.
type candidate struct {
	title      int // the line of the headline, -1 for none
	start, end int
	sum        int // how much speaks for it
}

const (
	mostLikely     = 8  // so many candidates are followed down the page
	leastHeadline  = 10 // the score a headline must reach
	headlineWeight = 6  // what a point of its score weighs
	untitledCost   = 60 // what it weighs against a story that no headline was found for
	headReach      = 60 // so many lines may stand between headline and story
	coreLines      = 40 // of a story, whose words its headline is compared with
)

// bestStory is the page's story; its end is its start where there is none.
func (p *page) bestStory() candidate {
	best := candidate{title: -1}
	for i, c := range p.likely() {
		if c = p.follow(c); i == 0 || c.sum > best.sum {
			best = c
		}
	}
	best.start = p.belowPicture(best.start, best.end)
	best.title = p.topmost(best)
	best.start = p.belowHead(best)
	return best
}

// likely is the candidates that do best by weight alone. One has no headline; and for each that has its byline or date
// close below, there is one more that begins right there: a story may begin with a list.
func (p *page) likely() []candidate {
	sums, ends := bestRuns(p.weights())
	untitled := candidate{title: -1}
	for i := range sums {
		if sums[i] -= p.passed[i]; sums[i] > untitled.sum {
			untitled = candidate{-1, i, ends[i], sums[i]}
		}
	}
	titled := p.titled(sums, ends)
	all := append(slices.Clip(titled), untitled)
	for _, c := range titled {
		if first := p.firstBelow(c.title); first < c.start && p.fieldScore(c.title) >= closeField {
			all = append(all, candidate{c.title, first, c.end, c.sum})
		}
	}
	return all
}

// titled is the candidates with a headline that do best, given the best run from each line.
func (p *page) titled(sums, ends []int) []candidate {
	var all []candidate
	words := map[int]vocabulary{}
	for i := range p.lines {
		start, sum := p.runBelow(i, sums)
		if start < 0 || !p.mayBeHeadline(i) || p.isEcho(i) {
			continue
		}
		if words[start] == nil {
			words[start] = vocabularyOf(p.lines[start:min(ends[start], start+coreLines)])
		}
		if score := p.headlineScore(i, words[start]); score >= leastHeadline {
			all = append(all, candidate{i, start, ends[start], sum + headlineWeight*score})
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return b.sum - a.sum })
	return all[:min(len(all), mostLikely)]
}

// bestRuns is, for each line, the greatest sum of weights of a run that begins with it, and the line after that run.
func bestRuns(weights []int) (sums, ends []int) {
	sums, ends = make([]int, len(weights)), make([]int, len(weights))
	for i := len(weights) - 1; i >= 0; i-- {
		sums[i], ends[i] = weights[i], i+1
		if i+1 < len(weights) && sums[i+1] > 0 {
			sums[i] += sums[i+1]
			ends[i] = ends[i+1]
		}
	}
	return sums, ends
}

// runBelow is where the best run below line i begins, and its sum less what the lines between the two cost.
func (p *page) runBelow(i int, sums []int) (start, sum int) {
	start, cost := -1, 0
	for j := i + 1; j < min(len(p.lines), i+headReach); j++ {
		if start < 0 || sums[j]-cost > sum {
			start, sum = j, sums[j]-cost
		}
		if p.lines[j].rule == "" {
			cost++
		}
	}
	return start, sum
}

// firstBelow is the first line below headline i that may be the story's.
func (p *page) firstBelow(i int) int {
	for i++; i < len(p.lines); i++ {
		if l := p.lines[i]; l.rule == "" && l.words > 3 && p.kinds[i] != stamp && !isSigned(l) && !p.fields[i] {
			break
		}
	}
	return i
}

// mostWeight is the most words of a paragraph that count.
const mostWeight = 40

func (p *page) weights() []int {
	weights := make([]int, len(p.lines))
	for i := range p.lines {
		weights[i] = p.weight(i)
		if i > p.discussion {
			weights[i] = min(weights[i], weights[i]/4)
		}
	}
	return weights
}

// weight says how much line i speaks for being in the story, or against it, by itself. Running text counts by its words,
// and by half after a line that may be the headline of a teaser; what a comment's author and hour look like weighs most
// against, so that a long discussion is no part of the story.
func (p *page) weight(i int) int {
	l := p.lines[i]
	switch p.kinds[i] {
	case ending:
		switch l.rule {
		case comments:
			return -60
		case related:
			return -30
		}
		return -6
	case furniture:
		return -6
	case stamp:
		return -60
	case imprint:
		return -20
	case running:
		if i > 0 && isTeaserHead(p.lines[i-1]) {
			return min(l.words, mostWeight) / 2
		}
		return min(l.words, mostWeight)
	case entry:
		if hasFigures(l.text) {
			return 0
		}
	}
	switch {
	case isTeaserHead(l):
		return -4
	case l.words > 3:
		return -2
	}
	return -5
}

// isTeaserHead reports whether a line has the length of a headline and no full stop.
func isTeaserHead(l line) bool { return l.words >= 6 && !l.prose() }

// isCell reports whether text is nothing but a number, as in a cell of a table: "85%".
func isCell(text string) bool { return strings.Trim(text, "0123456789.,%$€£-–+: ") == "" }

func hasFigures(text string) bool { return strings.ContainsAny(text, "0123456789") }

// mostDoubt is the most that what stands amid a story, a gallery, a table, may count against its going on below.
const mostDoubt = 120

// follow is the candidate with the end and the sum it has when it is followed down the page.
func (p *page) follow(c candidate) candidate {
	if c.start >= c.end {
		return c
	}
	t := thread{known: vocabulary{}, seen: map[string]bool{}, discussed: c.start > p.discussion}
	if c.title >= 0 {
		t.known.learn(p.lines[c.title].text)
	}
	sum, best := 0, 0
	for i := c.start; i < len(p.lines); i++ {
		sum = max(sum+t.weigh(p.lines[i], p.kinds[i]), best-mostDoubt)
		if sum > best {
			best, c.end = sum, i+1
		}
	}
	c.sum = best - p.passed[c.start] - untitledCost
	if c.title >= 0 {
		core := vocabularyOf(p.lines[c.start:min(c.end, c.start+coreLines)])
		c.sum = best - p.passed[c.start] + headlineWeight*p.headlineScore(c.title, core) - (c.start - c.title)
	}
	return c
}

// thread is a story followed down the page.
type thread struct {
	known      vocabulary      // the words that the story used
	seen       map[string]bool // its lines that are no running text
	paragraphs int
	labels     int  // lines in a row that are no running text
	left       bool // something else began; the story may yet be taken up again
	discussed  bool // its readers had their say
}

// mostLabels is how many lines in a row that are no running text a story bears; more of them are a menu.
const mostLabels = 3

// mostCounted is how many of them in a row count against it: a table may stand amid a story.
const mostCounted = 12

// weigh says how much the next line speaks for the story going on to it, or against.
func (t *thread) weigh(l line, k kind) int {
	switch k {
	case ending:
		t.left = true
		t.discussed = t.discussed || l.rule == comments
		return -30
	case furniture:
		return -3
	case stamp:
		t.left = true
		return -60
	case imprint:
		return -20
	case poster:
		return 0
	case remark:
		if t.labels == 0 {
			return 1
		}
	case running:
		return t.takeUp(l)
	case entry:
		if !t.left {
			return 2
		}
	case address:
		if !t.left {
			return 0
		}
	}
	if t.seen[l.text] || isCell(l.text) {
		return 0 // of a table, as its head is that stands above each part
	}
	t.seen[l.text] = true
	t.labels++
	t.left = t.left || t.labels >= mostLabels
	if t.labels > mostCounted {
		return 0
	}
	return -min(t.labels, 5)
}

// takeUp weighs a paragraph by how much of it speaks of what the story spoke of.
func (t *thread) takeUp(l line) int {
	t.paragraphs++
	weight := min(l.words, mostWeight)
	if t.paragraphs > 1 {
		part := t.cohesion()
		weight = weight * part[min(t.known.share(l.text)/10, len(part)-1)] / 4
	}
	if t.discussed {
		weight = min(weight, weight/4)
	}
	if weight > 0 {
		t.known.learn(l.text)
		t.labels, t.left = 0, false
	}
	return weight
}

// openingParagraphs is how many paragraphs tell what a story is about.
const openingParagraphs = 5

// cohesion is how much a paragraph counts, in fourths, by tenths of its words that the story used before.
func (t *thread) cohesion() [5]int {
	switch {
	case t.paragraphs <= openingParagraphs:
		return [5]int{2, 3, 4, 4, 4}
	case t.left:
		return [5]int{-3, -1, 1, 3, 4}
	}
	return [5]int{1, 2, 4, 4, 4}
}

// mostAbove is the most lines between its head and a story's running text.
const mostAbove = 12

// belowHead is the line where a story begins that has its byline or date right above it: what stands between the two, a
// list, a score, a few words, is story too. An entry of a menu there has fewer words.
func (p *page) belowHead(c candidate) int {
	start := c.start
	for i := c.start - 1; i > c.title && c.title >= 0 && c.start-i <= mostAbove; i-- {
		l := p.lines[i]
		switch {
		case p.fields[i] || isSigned(l) || p.kinds[i] == stamp:
			return start
		case l.rule != "" || l.twice || l.words < 5 || isSmallPrint(l):
			return c.start
		}
		start = i
	}
	return c.start
}

// pictureCredit is the most words of a line that says who took the picture whose caption stands above it; one of more is a
// caption by itself.
const pictureCredit = 8

// belowPicture is the line below the caption and the credit of a picture that the run begins with.
func (p *page) belowPicture(start, end int) int {
	if start+2 < end && p.lines[start+1].rule == picture && p.lines[start+1].words <= pictureCredit && len(prose.Sentences(nil, p.lines[start].text)) <= 2 {
		return start + 2
	}
	return start
}
