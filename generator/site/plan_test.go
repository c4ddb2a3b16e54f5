package site

import (
	"fmt"
	"slices"
	"testing"

	"broadsheet/generator/archive"
	"broadsheet/generator/news"
	"broadsheet/generator/render"
)

func TestPagesOfAPaperInOrder(t *testing.T) {
	got := []string{"B1", "A10", "12", "A2", "2", ""}
	slices.SortStableFunc(got, comparePages)
	if want := []string{"", "2", "12", "A2", "A10", "B1"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Who has much to do with each other sits together, and who has nothing to do with anybody does not sit at all.
func TestSeated(t *testing.T) {
	entities := []int{10, 11, 12, 13, 14}
	seats, pairs := seated(entities, []render.Pair{{A: 0, B: 3, Count: 9}, {A: 1, B: 4, Count: 8}, {A: 3, B: 4, Count: 1}})
	if want := []int{10, 13, 14, 11}; !slices.Equal(seats, want) {
		t.Errorf("seats %v, want %v", seats, want)
	}
	if want := []render.Pair{{A: 0, B: 1, Count: 9}, {A: 3, B: 2, Count: 8}, {A: 1, B: 2, Count: 1}}; !slices.Equal(pairs, want) {
		t.Errorf("pairs %v, want %v", pairs, want)
	}
}

func TestSpanOf(t *testing.T) {
	for years, want := range map[int]int{1: 1, 25: 1, 26: 2, 70: 5, 105: 5, 400: 20} {
		if got := spanOf(years); got != want {
			t.Errorf("%d years: a column for %d, want %d", years, got, want)
		}
	}
}

func TestGapsBetweenYears(t *testing.T) {
	var bars []render.Bar
	for n, count := range []int{2, 0, 0, 0, 1, 0, 3} {
		bars = append(bars, render.Bar{Label: fmt.Sprint(1916 + n), Count: count})
	}
	var got []string
	for _, year := range eachYear(bars) {
		got = append(got, year.Label)
	}
	if want := []string{"1916", "1917–1919", "1920", "1921", "1922"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// peopled is a plan of so many cards, each with the entities given.
func peopled(cards int, entities ...[]int) *plan {
	p := &plan{Archive: &archive.Archive{Cards: make([]news.Card, cards), AlsoRan: map[int][]int{}}, names: make([][]int32, cards), words: render.WordsFor("en")}
	for e, articles := range entities {
		p.Entities = append(p.Entities, news.Entity{Page: true})
		for _, i := range articles {
			p.Entities[e].Articles = append(p.Entities[e].Articles, news.Appearance{Card: int32(i)})
			p.names[i] = append(p.names[i], int32(e))
		}
	}
	return p
}

// A rare name in common leads on, one that everybody has does not, and neither does the same story printed again.
func TestReadOn(t *testing.T) {
	everybody := make([]int, 64)
	for i := range everybody {
		everybody[i] = i
	}
	p := peopled(64, everybody, []int{3, 20}, []int{3, 20, 40}, []int{3, 40}, []int{3, 50}, []int{3, 50})
	if got := p.readOn(3); !slices.Equal(got, []int{20, 40, 50}) {
		t.Errorf("leads on to %v", got)
	}
	if got := p.readOn(7); len(got) != 0 {
		t.Errorf("what has nothing of its own leads on to %v", got)
	}
	p.AlsoRan[3] = []int{20}
	if got := p.readOn(3); !slices.Equal(got, []int{40, 50}) {
		t.Errorf("leads on to itself: %v", got)
	}
}

func TestTogether(t *testing.T) {
	p := peopled(4, []int{0, 1, 2}, []int{1, 2}, []int{0, 2}, []int{3})
	got := p.together([]int{3, 2, 1, 0}, []int{0, 1, 2, 3}, 1, 10)
	want := []render.Pair{{A: 0, B: 1, Count: 2}, {A: 0, B: 2, Count: 2}, {A: 1, B: 2, Count: 1}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := p.together([]int{0, 1, 2, 3}, []int{0, 1, 2, 3}, 2, 1); !slices.Equal(got, want[:1]) {
		t.Errorf("at most one: %v", got)
	}
}

// Of a day's articles some are shown, spread over the years, the longest of each.
func TestMemorable(t *testing.T) {
	p := &plan{Archive: &archive.Archive{}, words: render.WordsFor("en")}
	for n, year := range []int{1916, 1916, 1950, 1984, 1999, 2002} {
		p.Cards = append(p.Cards, news.Card{Date: news.Date{Year: year, Month: 4, Day: 5}, Words: 100 * n, Rare: &news.Rare{}})
	}
	p.outline()
	if got := p.memorable([]int{0, 1, 2, 3, 4, 5}); !slices.Equal(got, []int{1, 3, 5}) {
		t.Errorf("remembered: %v", got)
	}
	if got := p.memorable([]int{0, 1}); !slices.Equal(got, []int{1}) {
		t.Errorf("remembered of one year: %v", got)
	}
}

// An original and its translations lead to each other, whichever was written first.
func TestTranslated(t *testing.T) {
	card := func(id, of string) news.Card { return news.Card{ID: id, Rare: &news.Rare{TranslationOf: of}} }
	p := &plan{Archive: &archive.Archive{Cards: []news.Card{card("a", ""), card("b", "c"), card("c", ""), card("d", "c"), card("e", "gone")}}}
	p.outline()
	got := p.translated()
	for i, want := range [][]int{nil, {2, 3}, {1, 3}, {2, 1}, nil} {
		slices.Sort(want)
		others := slices.Clone(got[i])
		slices.Sort(others)
		if !slices.Equal(others, want) {
			t.Errorf("card %d leads to %v, want %v", i, others, want)
		}
	}
}

func TestBrief(t *testing.T) {
	long := "The river rose three metres in one night, and the town was cut off from the world until the boats came with bread and news of the war that had begun elsewhere, far from here."
	if got := brief(long); len(got) > 165 || got != "The river rose three metres in one night, and the town was cut off from the world until the boats came with bread and news of the war that had begun elsewhere …" {
		t.Error(got)
	}
	if got := brief("Short."); got != "Short." {
		t.Error(got)
	}
}
