package entity

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"broadsheet/generator/news"
)

// TestAmendUpdate changes entities.toml at random, and articles with it now and then: what a Resolver makes of that, told of no more
// than the articles that the change concerns, is what Resolve makes of it afresh.
func TestAmendUpdate(t *testing.T) {
	amended := 0
	for seed := range uint64(4 * *sequences) {
		w := writer{rand.New(rand.NewPCG(seed, 2))}
		said := map[int]int{}
		text := w.blocks(said)
		a := authorityOf(t, text)
		r := NewResolver(a, 2)
		cards, was := w.edit(nil)
		r.Update(cards, was)
		for range 10 {
			if w.IntN(3) == 0 {
				cards, was = w.edit(cards)
			} else {
				was = stay(len(cards))
			}
			text = w.blocks(said)
			to := authorityOf(t, text)
			m := r.Amendment(to)
			if m == nil {
				r = NewResolver(to, 2)
				r.Update(cards, nil)
			} else {
				amended++
				concern(was, cards, to.Revised(a), m)
				r.Amend(m, cards, was)
			}
			a = to
			afresh := NewResolver(a, 2)
			afresh.Update(cards, nil)
			checkResolution(t, cards, r.made)
			if got, want := formatResolution(r.made), formatResolution(afresh.made); got != want {
				t.Fatalf("seed %d: amended by\n%s\n%s", seed, text, cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")))
			}
			if w.IntN(3) == 0 {
				r = writtenDown(t, r, a, slices.Clone(cards))
			}
		}
	}
	if amended == 0 {
		t.Error("no resolver was amended")
	}
}

func stay(cards int) []int {
	was := make([]int, cards)
	for i := range was {
		was[i] = i
	}
	return was
}

// concern marks the cards that a change of what people say concerns.
func concern(was []int, cards []news.Card, revision *Revision, m *Amendment) {
	for i := range cards {
		var ids []string
		for _, c := range cards[i].Clusters {
			if c.Entity != "" {
				ids = append(ids, c.Entity)
			}
		}
		if slices.Contains(m.Cards, was[i]) || revision.Names(TracesOf(cards[i].ID, "", "", Found{Clusters: cards[i].Clusters}, ids...)) {
			was[i] = -1
		}
	}
}

// blocks is an entities.toml about the names that a writer uses; said is which form of each block it has. One or two of them are
// other than before.
func (w writer) blocks(said map[int]int) string {
	blocks := [][]string{
		{"[[person]]\nname = 'Ann Roe'\n", "[[person]]\nname = 'Ann Roe'\nnote = 'A.'\n", "[[person]]\nname = 'Ann B. Roe'\naliases = ['Anne Roe', 'Ann Roe']\n", "[[person]]\nid = 'ann'\nname = 'Ann Roe'\nnot = ['Ann B. Roe', 'Anne Roe']\n"},
		{"[[person]]\nid = 'bob-roe-elder'\nname = 'Bob Roe'\nwhen = { before = '2005' }\n", "[[person]]\nid = 'bob-roe-elder'\nname = 'Bob Roe'\nwhen = { after = '2003' }\n", "[[person]]\nid = 'bob-roe-elder'\nname = 'Bob B. Roe'\naliases = ['Bob Roe']\nwhen = { before = '2008' }\n"},
		{"[[person]]\nname = 'Bob Roe'\n", "[[person]]\nname = 'Robert Roe'\naliases = ['Bob Roe', 'Bob Bea Roe']\n"},
		{"[[person]]\nname = 'Eve Poe'\nsort = 'Eve'\n", "[[person]]\nname = 'Eve Poe'\nsame_as = ['https://example.org/']\n", "[[person]]\nname = 'Zoe Poe'\n"},
		{"[[same]]\nnames = ['Cal Roe', 'Calvin Roe']\n", "[[same]]\nnames = ['Calvin Roe', 'Cal Roe']\n", "[[same]]\nnames = ['Cal Roe', 'Dan Poe', 'Ford']\n"},
		{"[[different]]\nnames = ['Ann Roe', 'Ann C. Roe']\n", "[[different]]\nnames = ['Ford', 'Ford Inc.']\n", "[[different]]\nnames = ['Dan Poe', 'Dan B. Poe']\n"},
		{"[[hide]]\nname = 'Dan Roe'\n", "[[hide]]\nname = 'Dan Roe'\n[[hide]]\nkind = 'place'\nname = 'Maine'\n", "[[hide]]\nname = 'WHO'\n"},
		{"[[organization]]\nname = 'Ford Motor Company'\naliases = ['Ford', 'Ford Motor Co.']\n", "[[organization]]\nname = 'Ford Inc.'\n", "[[organization]]\nname = 'FMC'\naliases = ['Ford Inc.']\n"},
		{"[[organization]]\nname = 'WHO'\n", "[[organization]]\nname = 'World Health Organization'\naliases = ['WHO', 'World Health Organisation']\n", "[[person]]\nname = 'WHO'\n"},
		{"[[organization]]\nname = 'Harbour Trust'\n", "[[organization]]\nname = 'US Harbour Trust'\naliases = ['Trust']\n"},
		{"[[place]]\nname = 'Georgia'\n", "[[place]]\nname = 'Georgia (country)'\n", "[[place]]\nname = 'Tbilisi'\naliases = ['Georgia']\ncoordinates = [41.7, 44.8]\n"},
		{"[[place]]\nname = 'United States'\n", "[[place]]\nname = 'Illinois'\naliases = ['Springfield']\n", "[[place]]\nname = 'Oregon'\nnote = 'O.'\n"},
	}
	for range 1 + w.IntN(2) {
		n := w.IntN(len(blocks))
		said[n] = w.IntN(1 + len(blocks[n]))
	}
	var b strings.Builder
	for n, forms := range blocks {
		if said[n] > 0 {
			b.WriteString(forms[said[n]-1])
		}
	}
	return b.String()
}
