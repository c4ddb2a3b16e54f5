package ingest

import (
	"fmt"
	"slices"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/prose"
)

// writtenDecisions is boilerplate.toml as TOML has it.
type writtenDecisions struct {
	Keep   []writtenLine   `toml:"keep"`
	Drop   []writtenLine   `toml:"drop"`
	Source []writtenSource `toml:"source"`
}

type writtenLine struct {
	Text    string `toml:"text"`
	Pattern string `toml:"pattern"`
	Source  string `toml:"source"`
}

type writtenSource struct {
	Name      string   `toml:"name"`
	Learned   []string `toml:"learned"`
	DateOrder string   `toml:"date_order"`
}

// ParseDecisions reads content/boilerplate.toml. The Decisions are nil when the file has errors.
func ParseDecisions(file string, src []byte) (*Decisions, diag.List) {
	var w writtenDecisions
	if faults := diag.DecodeTOML(file, src, &w); len(faults) > 0 {
		return nil, faults
	}
	p := decisionParser{file: file, src: src, d: &Decisions{recorded: map[string]map[LineHash]bool{}, orders: map[string]string{}}}
	for i, l := range w.Keep {
		p.line("[[keep]]", i, l, true)
	}
	for i, l := range w.Drop {
		p.line("[[drop]]", i, l, false)
	}
	for i, s := range w.Source {
		p.source(i, s)
	}
	if p.faults.Errors() > 0 {
		return nil, p.faults
	}
	return p.d, p.faults
}

type decisionParser struct {
	file   string
	src    []byte
	d      *Decisions
	faults diag.List
}

// fail reports a fault of the n-th block with a header.
func (p *decisionParser) fail(header string, n int, hint, message string) {
	line := 0
	for i, text := range strings.Split(string(p.src), "\n") {
		if strings.HasPrefix(strings.TrimSpace(text), header) {
			if line = i + 1; n == 0 {
				break
			}
			n--
		}
	}
	p.faults = append(p.faults, diag.Fail(p.file, "%s", message).At(p.src, line, 1).WithHint("%s", hint))
}

func (p *decisionParser) line(header string, n int, w writtenLine, keep bool) {
	d := decision{source: w.Source, folded: foldLine(w.Text), pattern: w.Pattern != "", keep: keep}
	if d.pattern {
		d.folded = foldPattern(w.Pattern)
	}
	switch {
	case w.Text != "" && w.Pattern != "":
		p.fail(header, n, "make two blocks of it", "both text and pattern")
	case d.folded == "", d.pattern && strings.Trim(d.folded, "*? ") == "":
		p.fail(header, n, `give it a text, or a pattern with more than "*"`, "a decision about no line")
	default:
		p.d.rules = append(p.d.rules, d)
	}
}

func (p *decisionParser) source(n int, w writtenSource) {
	if w.Name == "" {
		p.fail("[[source]]", n, "name the folder below content/, or the host", "a source without a name")
		return
	}
	p.order(n, w)
	if w.Learned == nil {
		return
	}
	lines := p.d.recorded[w.Name]
	if lines == nil {
		lines = map[LineHash]bool{}
		p.d.recorded[w.Name] = lines
	}
	for _, text := range w.Learned {
		lines[hashFolded(prose.Fold(text))|1] = true
	}
}

// order records how the source of a block writes its dates.
func (p *decisionParser) order(n int, w writtenSource) {
	before := p.d.orders[w.Name]
	switch w.DateOrder {
	case "":
		p.d.orders[w.Name] = before
		return
	case dayFirst, monthFirst, yearFirst, anyOrder:
	default:
		p.fail("[[source]]", n, "use one of: auto, dmy, mdy, ymd", fmt.Sprintf("date_order has the unknown value %q", w.DateOrder))
		return
	}
	if before != "" && before != w.DateOrder {
		p.fail("[[source]]", n, "keep the one that holds", fmt.Sprintf("%q has two orders: %s and %s", w.Name, before, w.DateOrder))
		return
	}
	p.d.orders[w.Name] = w.DateOrder
}

// foldPattern folds what stands between a pattern's signs; a space beside a sign stays.
func foldPattern(pattern string) string {
	var b strings.Builder
	for pattern != "" {
		i := strings.IndexAny(pattern, "*?")
		if i < 0 {
			i = len(pattern)
		}
		b.WriteString(foldBetween(pattern[:i]))
		if pattern = pattern[i:]; pattern != "" {
			b.WriteByte(pattern[0])
			pattern = pattern[1:]
		}
	}
	return strings.TrimSpace(b.String())
}

func foldBetween(text string) string {
	folded := prose.Fold(text)
	if strings.HasPrefix(text, " ") {
		folded = " " + folded
	}
	if strings.HasSuffix(text, " ") && folded != " " {
		folded += " "
	}
	return folded
}

// Proposal is a line that recurs in a source and that nobody has decided about.
type Proposal struct {
	Line  LineHash
	Files int
}

// Propose lists what recurs in a source and is not recorded, the line in the most files first.
func (d *Decisions) Propose(source string, learned Counts) []Proposal {
	recorded, _ := d.of(source)
	var lines []LineHash
	for hash := range learned {
		if !recorded[hash] && !d.decided(hash, source) {
			lines = append(lines, hash)
		}
	}
	slices.SortFunc(lines, learned.byCount)
	proposals := make([]Proposal, len(lines))
	for i, hash := range lines {
		proposals[i] = Proposal{hash, learned[hash]}
	}
	return proposals
}

// decided reports whether a [[keep]] or [[drop]] has the line's text.
func (d *Decisions) decided(hash LineHash, source string) bool {
	return d != nil && slices.ContainsFunc(d.rules, func(r decision) bool {
		return !r.pattern && (r.source == "" || r.source == source) && hashFolded(r.folded) == hash&^1
	})
}

// Quote gives the text of those of the wanted lines that the file src has.
func Quote(file string, src []byte, o Options, wanted map[LineHash]bool) map[LineHash]string {
	r, _ := newReading(file, src, o)
	found := map[LineHash]string{}
	for i, l := range r.lines {
		if hash := r.hash(i); wanted[hash] {
			found[hash] = l.text
		}
	}
	return found
}

// FormatLearned is the block that records what a source taught, to be appended to boilerplate.toml: lines that recur, and
// the order of day and month unless it is "".
func FormatLearned(source, order string, lines []string) string {
	var b strings.Builder
	b.WriteString("\n[[source]]\nname = " + diag.QuoteTOML(source) + "\n")
	if order != "" {
		b.WriteString("date_order = " + diag.QuoteTOML(order) + "\n")
	}
	b.WriteString("learned = [")
	for _, l := range lines {
		b.WriteString("\n  " + diag.QuoteTOML(l) + ",")
	}
	if len(lines) > 0 {
		b.WriteByte('\n')
	}
	b.WriteString("]\n")
	return b.String()
}
