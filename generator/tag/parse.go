package tag

import (
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/prose"
)

// written is the file as TOML has it.
type written struct {
	Tags []writtenTag `toml:"tag"`
}

type writtenTag struct {
	Label   string        `toml:"label"`
	Slug    string        `toml:"slug"`
	Aliases []string      `toml:"aliases"`
	Broader []string      `toml:"broader"`
	Note    string        `toml:"note"`
	Rules   []writtenRule `toml:"rules"`
}

type writtenRule struct {
	Any   []string `toml:"any"`
	All   []string `toml:"all"`
	Title []string `toml:"title"`
	Not   []string `toml:"not"`
	Least int      `toml:"least"`
}

// Parse reads content/tags.toml. The Vocabulary is nil when the file has errors.
func Parse(file string, src []byte) (*Vocabulary, diag.List) {
	var w written
	if faults := diag.DecodeTOML(file, src, &w); len(faults) > 0 {
		return nil, faults
	}
	p := parser{file: file, src: src, v: &Vocabulary{bySlug: map[string]int{}, byName: map[string]int{}}}
	for i, t := range w.Tags {
		p.tag(i, t)
	}
	for i, t := range w.Tags {
		p.broader(i, t.Broader)
	}
	p.circles()
	if p.faults.Errors() > 0 {
		return nil, p.faults
	}
	return p.v, p.faults
}

type parser struct {
	file   string
	src    []byte
	v      *Vocabulary
	faults diag.List
}

// fail reports a fault of the tag-th block, at the value where that is printed in the block.
func (p *parser) fail(tag int, value, hint, format string, args ...any) {
	line, col := diag.Block{Table: "tag", N: tag}.Find(p.src, value)
	d := diag.Fail(p.file, format, args...).At(p.src, line, col)
	d.Hint = hint
	p.faults = append(p.faults, d)
}

func (p *parser) tag(i int, t writtenTag) {
	e := Entry{Slug: t.Slug, Label: strings.TrimSpace(t.Label), Aliases: t.Aliases, Note: t.Note}
	if e.Slug == "" {
		e.Slug = prose.Slug(e.Label)
	}
	switch {
	case e.Label == "":
		p.fail(i, "label", "give it a label", "a tag without a label")
	case e.Slug == "":
		p.fail(i, t.Label, "give it a slug", "no slug can be made from label %q", t.Label)
	default:
		p.claims(i, e)
	}
	if t.Slug != prose.Slug(t.Slug) {
		p.fail(i, t.Slug, "write it as "+prose.Slug(t.Slug), "slug %q is no part of a URL", t.Slug)
	}
	p.v.entries = append(p.v.entries, e)
	p.v.rules = append(p.v.rules, p.rules(i, t.Rules))
}

// claims makes the tag's slug, label and aliases stand for it.
func (p *parser) claims(i int, e Entry) {
	if other, taken := p.v.bySlug[e.Slug]; taken {
		p.fail(i, e.Label, "", "slug %q belongs to tag %q already", e.Slug, p.v.entries[other].Label)
	} else {
		p.v.bySlug[e.Slug] = i
	}
	names := append([]string{e.Label}, e.Aliases...)
	if prose.Fold(e.Slug) != prose.Fold(e.Label) {
		names = append(names, e.Slug)
	}
	for _, name := range names {
		p.claim(i, name)
	}
}

// claim makes name stand for the tag.
func (p *parser) claim(i int, name string) {
	key := prose.Fold(name)
	other, taken := p.v.byName[key]
	switch {
	case key == "":
		p.fail(i, name, "", "an empty name")
	case taken && other != i:
		p.fail(i, name, "one name can stand for one tag", "%q belongs to tag %q already", name, p.v.entries[other].Label)
	default:
		p.v.byName[key] = i
	}
}

func (p *parser) broader(i int, names []string) {
	for _, name := range names {
		b, found := p.v.byName[prose.Fold(name)]
		switch {
		case !found:
			p.fail(i, name, p.nearest(name), "broader tag %q is not in this file", name)
		case b == i:
			p.fail(i, name, "", "tag %q is broader than itself", name)
		default:
			e, above := &p.v.entries[i], &p.v.entries[b]
			e.Broader = append(e.Broader, above.Slug)
			above.Narrower = append(above.Narrower, e.Slug)
		}
	}
}

func (p *parser) nearest(name string) string {
	var labels []string
	for _, e := range p.v.entries {
		labels = append(labels, e.Label)
	}
	if near := diag.Nearest(name, labels); near != "" {
		return "did you mean \"" + near + "\"?"
	}
	return ""
}

// circles reports tags that lead back to themselves by way of broader tags, each circle once.
func (p *parser) circles() {
	const open, done = 1, 2
	state := make([]int, len(p.v.entries))
	var climb func(i int)
	climb = func(i int) {
		state[i] = open
		for _, slug := range p.v.entries[i].Broader {
			switch above := p.v.bySlug[slug]; state[above] {
			case open:
				p.fail(i, p.v.entries[above].Label, "", "tag %q and tag %q are each broader than the other", p.v.entries[i].Label, p.v.entries[above].Label)
			case 0:
				climb(above)
			}
		}
		state[i] = done
	}
	for i := range state {
		if state[i] == 0 {
			climb(i)
		}
	}
}

func (p *parser) rules(i int, written []writtenRule) []rule {
	var rules []rule
	for _, w := range written {
		r := rule{
			any: p.phrases(i, w.Any), all: p.phrases(i, w.All), title: p.phrases(i, w.Title), not: p.phrases(i, w.Not),
			least: max(w.Least, 1),
		}
		if len(w.Any)+len(w.All)+len(w.Title) == 0 {
			p.fail(i, "", "a rule needs any, all or title", "a rule that can never hold")
		}
		if w.Least < 0 {
			p.fail(i, "least", "leave it out, or give 1 or more", "least is below zero")
		}
		rules = append(rules, r)
	}
	return rules
}

func (p *parser) phrases(i int, written []string) []int {
	var numbers []int
	for _, w := range written {
		number, ok := p.v.phrases.add(w)
		if !ok {
			p.fail(i, w, "a phrase is words, parted by blanks; a star may end a word", "phrase %q has a word without a letter or digit", w)
			continue
		}
		numbers = append(numbers, number)
	}
	return numbers
}
