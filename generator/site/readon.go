package site

import (
	"cmp"
	"math/bits"
	"slices"

	"broadsheet/generator/news"
)

// What an article leads on to: so many articles, found among so many on either side of it in the listings of its rarest
// names.
const (
	readOnShown = 3
	readOnNear  = 3
	readOnNames = 10
)

// readOn is the articles that have the most and rarest names in common with card i, the most alike first. It looks at those
// nearest in time alone: what came before and after in the same story. A name weighs the logarithm of how many times
// more articles there are than name it, in bits; articles that are alike by less than one among all would be by chance are
// left out, and so are other printings of the article itself.
func (p *plan) readOn(i int) []int {
	names := p.rarest(i)
	if len(names) < 2 {
		return nil
	}
	all := bits.Len(uint(len(p.Cards)))
	type candidate struct{ card, weight int }
	var list []candidate
	for _, e := range names {
		articles := p.Entities[e].Articles
		at, _ := slices.BinarySearchFunc(articles, int32(i), byCard)
		weight := all - bits.Len(uint(len(articles)))
		for _, a := range articles[max(0, at-readOnNear):min(len(articles), at+readOnNear+1)] {
			if int(a.Card) != i {
				list = append(list, candidate{int(a.Card), weight})
			}
		}
	}
	slices.SortFunc(list, func(a, b candidate) int { return cmp.Compare(a.card, b.card) })
	joined := list[:0]
	for _, c := range list {
		if last := len(joined) - 1; last >= 0 && joined[last].card == c.card {
			joined[last].weight += c.weight
			continue
		}
		joined = append(joined, c)
	}
	joined = slices.DeleteFunc(joined, func(c candidate) bool { return c.weight < all || slices.Contains(p.AlsoRan[i], c.card) })
	slices.SortStableFunc(joined, func(a, b candidate) int { return cmp.Compare(b.weight, a.weight) })
	cards := make([]int, 0, readOnShown)
	for _, c := range joined[:min(readOnShown, len(joined))] {
		cards = append(cards, c.card)
	}
	return cards
}

func byCard(a news.Appearance, card int32) int { return cmp.Compare(a.Card, card) }

// rarest is the entities of card i that the fewest articles name, but more than this one.
func (p *plan) rarest(i int) []int32 {
	var names []int32
	for _, e := range p.names[i] {
		if len(p.Entities[e].Articles) > 1 {
			names = append(names, e)
		}
	}
	slices.SortStableFunc(names, func(a, b int32) int { return cmp.Compare(len(p.Entities[a].Articles), len(p.Entities[b].Articles)) })
	return names[:min(readOnNames, len(names))]
}
