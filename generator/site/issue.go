package site

import (
	"cmp"
	"slices"
	"strings"

	"broadsheet/generator/news"
	"broadsheet/generator/render"
)

// issueLinks is, for each card that was printed on a page of a paper, the link to what else the same issue printed; nil
// where there is nothing else.
func (p *plan) issueLinks() []*render.Link {
	links := make([]*render.Link, len(p.Cards))
	if !p.any(hasPrintPage) {
		return links
	}
	for n := range p.Publications {
		l := &p.Publications[n]
		if !l.Page || !slices.ContainsFunc(l.Cards, func(i int) bool { return p.has(i, hasPrintPage) }) {
			continue
		}
		if len(l.Cards) <= p.o.SplitAbove {
			p.linkIssues(links, l.ID+"/index.html", l.Cards)
			continue
		}
		for _, leaf := range p.periods(l.Cards, p.o.SplitAbove) {
			p.linkIssues(links, leafURL(l.ID, leaf), leaf.cards)
		}
	}
	return links
}

func (p *plan) linkIssues(links []*render.Link, url string, cards []int) {
	for _, issue := range p.runs(cards, p.issueOf) {
		if len(issue.cards) < 2 || p.outlines[issue.cards[0]].known != news.ToDay {
			continue
		}
		link := &render.Link{Label: p.words.SameIssue, URL: url + "#" + issue.name, Count: len(issue.cards)}
		for _, i := range issue.cards {
			if p.Cards[i].PrintPage != "" {
				links[i] = link
			}
		}
	}
}

// issues is a publication's cards by day, each day in the order of its pages.
func (p *plan) issues(cards []int) []render.Group {
	var groups []render.Group
	for _, day := range p.runs(cards, p.issueOf) {
		slices.SortStableFunc(day.cards, func(a, b int) int { return comparePages(p.Cards[a].PrintPage, p.Cards[b].PrintPage) })
		items := p.items(day.cards)
		for n := range items {
			items[n].Publication = "" // the page's own
		}
		groups = append(groups, render.Group{Heading: day.label, Anchor: day.name, Items: items})
	}
	return groups
}

// issueOf names a card's day, or as much of it as is known.
func (p *plan) issueOf(i int) (anchor, label string) {
	d := p.Cards[i].Date
	d.Clock = ""
	if d.Precision() == news.ToDay {
		return "d" + d.String(), p.words.Date(d).Text
	}
	return "d" + strings.NewReplacer("/", "-", "?", "", "~", "", "%", "").Replace(cmp.Or(d.String(), undatedName)), cmp.Or(p.words.Date(d).Text, p.words.Undated)
}

// comparePages orders print pages: those that begin with no letter first, then by letter, then by number.
func comparePages(a, b string) int {
	letterA, numberA := cutNumber(a)
	letterB, numberB := cutNumber(b)
	return cmp.Or(cmp.Compare(letterA, letterB), cmp.Compare(numberA, numberB), cmp.Compare(a, b))
}

func cutNumber(page string) (letter string, number int) {
	at := strings.IndexAny(page, "0123456789")
	if at < 0 {
		return page, 0
	}
	for _, c := range page[at:] {
		if c < '0' || c > '9' || number > 1_000_000 {
			break
		}
		number = number*10 + int(c-'0')
	}
	return page[:at], number
}
