package archive

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
	"broadsheet/generator/related"
)

// keep takes in the cards that may be shown, in the archive's order: by date, time and id, oldest first. It gives their
// sketches, one behind the other: a renewal looks through all of them. The results have no cards any more.
func (a *Archive) keep(results []result, o Options) []related.Sketch {
	shown := make([]*result, 0, len(results))
	for n := range results {
		res := &results[n]
		a.say(res.left)
		if res.head != nil {
			a.say(res.head.Messages)
		}
		if res.head.shown(o) {
			shown = append(shown, res)
		}
	}
	a.separate(shown)
	slices.SortFunc(shown, func(x, y *result) int {
		if order := compareCards(&x.head.Card, &y.head.Card); order != 0 {
			return order
		}
		return cmp.Compare(x.head.Card.File, y.head.Card.File)
	})
	a.Cards = make([]news.Card, len(shown))
	a.keys, a.cardKeys, a.sums = make([]manifest.Digest, len(shown)), make([]manifest.Digest, len(shown)), make([]manifest.Digest, len(shown))
	size := 0
	for _, res := range shown {
		size += len(res.head.Sketch)
	}
	all, sketches := make([]byte, 0, size), make([]related.Sketch, len(shown))
	for i, res := range shown {
		a.Cards[i], a.keys[i], a.cardKeys[i], a.sums[i] = res.head.Card, res.readingKey, res.cardKey, res.head.sum
		start := len(all)
		all = append(all, res.head.Sketch...)
		sketches[i] = all[start:len(all):len(all)]
		res.head = nil
	}
	return sketches
}

// shown reports whether the options let a card be seen, if there is one.
func (c *keptCard) shown(o Options) bool {
	return c != nil && !(c.Card.Draft && !o.Drafts) && !(c.Card.Rights == news.Private && !o.Private)
}

// compareCards is the archive's order.
func compareCards(a, b *news.Card) int {
	if order := a.Date.Compare(b.Date); order != 0 {
		return order
	}
	return cmp.Compare(a.ID, b.ID)
}

func (a *Archive) say(m messages) {
	a.told[gathered].Found = append(a.told[gathered].Found, m.Found...)
	a.told[gathered].Unknown = append(a.told[gathered].Unknown, m.Unknown...)
}

// separate gives every article an id of its own: where two claim one, the first by file keeps it and the other goes
// by its path.
func (a *Archive) separate(shown []*result) {
	owner := map[string]string{}
	for i := range shown {
		card := &shown[i].head.Card
		if first, taken := owner[card.ID]; taken {
			a.contested = true
			a.tell(gathered, diag.Warn(contentPath(card.File), "the id %q belongs to %s", card.ID, contentPath(first)).
				WithHint("give each article an id of its own; until then this one goes by its path"))
			card.ID = card.File
		}
		owner[card.ID] = card.File
	}
}

// Article is card i with its body and mentions, from the cache.
func (a *Archive) Article(i int) (news.Article, error) {
	var made reading
	var c carded
	if err := a.value(readingCoder, a.keys[i], &made); err != nil {
		return news.Article{}, fmt.Errorf("%s: %w", a.Cards[i].File, err)
	}
	if err := a.value(cardedCoder, a.cardKeys[i], &c); err != nil {
		return news.Article{}, fmt.Errorf("%s: %w", a.Cards[i].File, err)
	}
	article := made.Article
	article.ID, article.Mentions, article.Clusters = a.Cards[i].ID, c.Mentions, c.Clusters
	return article, nil
}

// Body is the body of card i, in Markdown, from the cache.
func (a *Archive) Body(i int) (string, error) {
	var made reading
	if err := a.value(readingCoder, a.keys[i], &made); err != nil {
		return "", fmt.Errorf("%s: %w", a.Cards[i].File, err)
	}
	return made.Article.Body, nil
}

func (a *Archive) value(c coder, key manifest.Digest, into any) error {
	value, found := a.cache.get(key)
	if !found {
		return fmt.Errorf("the cache was changed or damaged while it was in use")
	}
	return c.decode(value, into)
}

// Digest is the hash of what a list shows of card i.
func (a *Archive) Digest(i int) manifest.Digest {
	c := &a.Cards[i]
	var h manifest.Hasher
	for _, s := range []string{a.URLs[i], c.ID, c.Title, c.PrintPage, c.Deck, c.Lede, c.Date.String(), c.Credit, c.Publication, c.Language} {
		h.String(s)
	}
	h.Strings(c.Authors)
	return h.Key()
}

// ByPath is the cards in order of their files.
func (a *Archive) ByPath() []int {
	order := make([]int, len(a.Cards))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(x, y int) int { return cmp.Compare(a.Cards[x].File, a.Cards[y].File) })
	return order
}

// About reports whether entity e is what card i is about, rather than a passing mention.
func (a *Archive) About(e int32, i int) bool {
	appearances := a.Entities[e].Articles
	n, found := slices.BinarySearchFunc(appearances, int32(i), func(x news.Appearance, card int32) int { return cmp.Compare(x.Card, card) })
	return found && appearances[n].About
}

// Source is the text of card i as it was received, in UTF-8; "" for Markdown that has no original.
func (a *Archive) Source(i int) (string, error) {
	if a.Cards[i].Original == "" {
		return "", nil
	}
	b, err := a.tree.read(a.Cards[i].Original)
	return strings.ToValidUTF8(string(b), "\ufffd"), err
}
