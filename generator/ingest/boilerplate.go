package ingest

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"broadsheet/generator/prose"
)

// Decisions is what people have said about lines, as content/boilerplate.toml holds it:
//
//	[[drop]]                                 # boilerplate, wherever it stands
//	text = "Harbour Chronicle Online"        # a whole line, compared folded: case, marks and spaces do not matter
//
//	[[keep]]                                 # never boilerplate
//	pattern = "Published in * by *"          # "*" is any run of characters, "?" any one
//	source = "papers/harbour"                # in this folder or of this host alone; without it, in all
//
//	[[source]]                               # what a source taught, confirmed
//	name = "papers/harbour"
//	date_order = "dmy"                       # 03/04/2002 is in April; also "mdy", "ymd", "auto" (the year alone)
//	learned = ["The Harbour Chronicle welcomes letters to the editor."]
//
// Keep wins over drop, and both over what is learned and over every rule of the program. A whole newspaper page that
// nobody has cut into stories keeps all its lines.
//
// Until a [[source]] block names a source, whatever recurs in the source is taken out of its files, and its dates are
// read in the order that they settle. From then on only the lines recorded are taken out, once a block of the source has
// the key learned, even learned = []; and only the order recorded counts, which may be none. What else recurs or settles
// is a proposal that waits: so an added article changes neither text nor date of any other. Recording exactly the
// proposals changes nothing. Blocks of one name add up.
//
// The nil Decisions has decided nothing.
type Decisions struct {
	rules    []decision
	recorded map[string]map[LineHash]bool // by source
	orders   map[string]string            // of day and month, by source that is named; "" where none is recorded
}

// decision is one [[keep]] or [[drop]].
type decision struct {
	source  string // "" for all
	folded  string // the line, or the pattern
	pattern bool
	keep    bool
}

// Told is what the archive and its people say of one file's lines; the file's text depends on no other part of either.
type Told struct {
	Recurring []Recurring // by line, rising
	Rules     []Rule
}

// Recurring is a line of the file that recurs in its source.
type Recurring struct {
	Line  LineHash
	Files int // in how many files at least; 0 where it is recorded
}

// Rule is a decision of a person that may concern the file.
type Rule struct {
	Folded  string
	Pattern bool
	Keep    bool
}

// Told is the part of the decisions, and of what was learned about the file's source, that is about the file's lines.
func (d *Decisions) Told(l Lines, learned Counts) Told {
	var t Told
	recorded, isRecorded := d.of(l.Source)
	for _, hash := range l.Hashes {
		switch {
		case isRecorded && recorded[hash|1] && hash.mayRecur():
			t.Recurring = append(t.Recurring, Recurring{Line: hash})
		case !isRecorded && learned[hash] >= leastFiles:
			t.Recurring = append(t.Recurring, Recurring{hash, roundDown(learned[hash])})
		}
	}
	if d == nil {
		return t
	}
	for _, rule := range d.rules {
		if rule.concerns(l) {
			t.Rules = append(t.Rules, Rule{rule.folded, rule.pattern, rule.keep})
		}
	}
	return t
}

func (d *Decisions) of(source string) (lines map[LineHash]bool, found bool) {
	if d == nil {
		return nil, false
	}
	lines, found = d.recorded[source]
	return lines, found
}

// concerns reports whether a decision may be about a line of the file; of a pattern, and in a file too long to be looked at
// whole, that is known by the source alone.
func (d decision) concerns(l Lines) bool {
	if d.source != "" && d.source != l.Source {
		return false
	}
	if d.pattern || l.Cut {
		return true
	}
	hash := hashFolded(d.folded)
	i, _ := slices.BinarySearch(l.Hashes, hash)
	return i < len(l.Hashes) && l.Hashes[i]&^1 == hash
}

// verdict is what the person's rules say of a line, folded; decided is false where they say nothing.
func (t Told) verdict(folded string) (keep, decided bool) {
	for _, r := range t.Rules {
		if r.matches(folded) {
			keep, decided = keep || r.Keep, true
		}
	}
	return keep, decided
}

// matches reports whether a rule is about a line. Folded text has none of the signs of path.Match but "*" and "?".
func (r Rule) matches(folded string) bool {
	if !r.Pattern {
		return r.Folded == folded
	}
	found, err := path.Match(r.Folded, folded)
	return found && err == nil
}

// foldLine is a line as decisions compare it: folded, and where it is drawn of marks alone, "# # #", as it is.
func foldLine(text string) string { return nonEmpty(prose.Fold(text), strings.TrimSpace(text)) }

func (t Told) recurring(hash LineHash) (Recurring, bool) {
	i, found := slices.BinarySearchFunc(t.Recurring, hash, func(r Recurring, h LineHash) int { return cmp.Compare(r.Line, h) })
	if !found {
		return Recurring{}, false
	}
	return t.Recurring[i], true
}

// The rules of decisions, as the removals name them.
const (
	dropped      = "dropped in boilerplate.toml"
	recordedRule = "recurs in this source, recorded in boilerplate.toml"
	learnedRule  = "recurs in %d or more files of this source"
)

func (r Recurring) rule() string {
	if r.Files == 0 {
		return recordedRule
	}
	return fmt.Sprintf(learnedRule, r.Files)
}

// applyRules marks the lines a person's rules drop, and frees those they keep of whatever rule marked them.
func (r *reading) applyRules() {
	if len(r.options.Told.Rules) == 0 {
		return
	}
	for i := range r.lines {
		l := &r.lines[i]
		keep, decided := r.options.Told.verdict(foldLine(l.text))
		l.keep = decided && keep
		switch {
		case l.keep:
			l.rule = ""
		case decided:
			l.rule = dropped
		}
	}
}

// A recurring line that is taken off the end of a clean file has this many words: a shorter one may be a list's, a longer
// one is a paragraph of background that several stories end with.
const (
	leastEdgeWords = 6
	mostEdgeWords  = 30
)

// markRecurring takes out the lines of the story that recur in its source: of a saved page wherever they stand, of a
// clean file only in a row at its very end, where no refrain, no step of a recipe and no sentence of a story is. A
// text most of which recurs ran more than once; nothing of it is taken.
func (r *reading) markRecurring(start, end int) {
	told := r.options.Told
	if len(told.Recurring) == 0 || r.ranBefore(start, end) {
		return
	}
	for i := end - 1; i >= start; i-- {
		l := &r.lines[i]
		found, recurs := told.recurring(r.hash(i))
		switch {
		case l.keep || l.field || l.rule != "":
		case recurs && (r.saved || leastEdgeWords <= l.words && l.words <= mostEdgeWords && !isEnumeration(*l)):
			l.rule = found.rule()
		case !r.saved:
			return
		}
	}
}

// isEnumeration reports whether a line is a list of names, as of a team or a cast, which stands below each of its reports.
func isEnumeration(l line) bool { return 2*strings.Count(l.text, ",") >= l.words }

// ranBefore reports whether more than a third of the story's lines recur.
func (r *reading) ranBefore(start, end int) bool {
	lines, recurring := 0, 0
	for i := start; i < end; i++ {
		if r.lines[i].rule != "" || r.lines[i].field {
			continue
		}
		lines++
		if _, found := r.options.Told.recurring(r.hash(i)); found {
			recurring++
		}
	}
	return 3*recurring > lines
}

// widen is the range with the lines that a person keeps.
func (r *reading) widen(start, end int) (int, int) {
	for i, l := range r.lines {
		if l.keep && !l.field {
			start, end = min(start, i), max(end, i+1)
		}
	}
	return start, end
}
