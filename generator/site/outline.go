package site

import "broadsheet/generator/news"

// outline is what a plan asks of every card, in a few bytes. A card takes half a kilobyte: to go through a hundred thousand of
// them, to count the years or to find the few that have what one looks for, is to read all of the memory they lie in.
type outline struct {
	year        int16
	month, day  uint8
	known       news.Precision // how much of the date
	traits      trait
	publication int32 // the same number for the same name
	words       int32
}

// trait is something that few cards have.
type trait uint8

const (
	hasFiles trait = 1 << iota // pictures, or articles that it links to
	isCorrected
	isCorrection
	isTranslation
	hasPrintPage
	hasWeight
)

// outline makes the outlines of all cards.
func (p *plan) outline() {
	p.outlines, p.publications = make([]outline, len(p.Cards)), map[string]int32{}
	for i := range p.Cards {
		p.outlines[i] = p.outlineOf(i)
	}
}

// outlineOf is that of card i.
func (p *plan) outlineOf(i int) outline {
	c := &p.Cards[i]
	o := outline{year: int16(c.Date.Year), month: uint8(c.Date.Month), day: uint8(c.Date.Day), known: c.Date.Precision(), words: int32(c.Words)}
	for _, has := range []struct {
		trait trait
		it    bool
	}{
		{hasFiles, len(c.Files) > 0}, {isCorrected, len(c.Corrections) > 0}, {isCorrection, c.Corrects != ""},
		{isTranslation, c.TranslationOf != ""}, {hasPrintPage, c.PrintPage != ""}, {hasWeight, c.Weight != 0},
	} {
		if has.it {
			o.traits |= has.trait
		}
	}
	number, known := p.publications[c.Publication]
	if !known {
		number = int32(len(p.publications))
		p.publications[c.Publication] = number
	}
	o.publication = number
	return o
}

// has reports whether card i has a trait.
func (p *plan) has(i int, t trait) bool { return p.outlines[i].traits&t != 0 }

// any reports whether some card has a trait.
func (p *plan) any(t trait) bool {
	for i := range p.outlines {
		if p.outlines[i].traits&t != 0 {
			return true
		}
	}
	return false
}
