package entity

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"broadsheet/generator/news"
	"broadsheet/generator/published"
)

var sequences = flag.Int("sequences", 60, "random archives to edit")

// TestUpdate edits archives at random and holds what a Resolver makes of each to what Resolve makes of it afresh. Now and then
// the Resolver is written down and read back.
func TestUpdate(t *testing.T) {
	a, faults := ParseAuthority("entities.toml", []byte(`
[[person]]
name = "Ann Roe"
aliases = ["Anne Roe"]
not = ["Ann B. Roe"]

[[person]]
id = "bob-roe-elder"
name = "Bob Roe"
when = { before = "2005" }

[[same]]
names = ["Cal Roe", "Calvin Roe"]

[[hide]]
name = "Dan Roe"
`))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	record := published.New([]published.Line{
		{URL: "people/ann-b-roe/index.html", Shows: "person", Of: "Ann B. Roe"}, {URL: "people/ann-roe/index.html", Shows: "person", Of: "Ann Roe", LeadsTo: "people/ann-b-roe/index.html"},
		{URL: "people/anne-roe/index.html", Shows: "person", Of: "Anne Roe"}, {URL: "people/zoe/index.html", Shows: "person", Of: "Eve Poe"},
		{URL: "people/calvin-roe/index.html", Shows: "person", Of: "Calvin Roe"}, {URL: "people/bob-c-poe/index.html", Shows: "person", Of: "Bob C. Poe"},
		{URL: "people/bob-poe/index.html", Shows: "person", Of: "Bob Bea Poe"}, {URL: "organizations/who/index.html", Shows: "organization", Of: "WHO"},
		{URL: "organizations/ford-inc/index.html", Shows: "organization", Of: "Ford Inc."}, {URL: "places/ann-roe/index.html", Shows: "place", Of: "Ann Roe"},
		{URL: "places/georgia/index.html", Shows: "place", Of: "Georgia (country)"}, {URL: "people/bob-roe/index.html", Shows: "person", Of: "Bob Roe"},
	})
	empty, faults := ParseAuthority("entities.toml", nil)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	for seed := range uint64(*sequences) {
		for _, authority := range []*Authority{nil, a, empty.WithPublished(publishedIDs(record)), a.WithPublished(publishedIDs(record))} {
			w := writer{rand.New(rand.NewPCG(seed, 1))}
			r := NewResolver(authority, 2)
			var cards []news.Card
			for range 12 {
				var was []int
				cards, was = w.edit(cards)
				afresh := NewResolver(authority, 2)
				got, want := r.Update(cards, was), afresh.Update(cards, nil)
				checkResolution(t, cards, got)
				if got, want := formatResolution(got)+formatHolders(r, record), formatResolution(want)+formatHolders(afresh, record); got != want {
					t.Fatalf("seed %d: updated\n%s\nafresh\n%s", seed, got, want)
				}
				if w.IntN(2) == 0 {
					r = writtenDown(t, r, authority, slices.Clone(cards))
				}
			}
		}
	}
}

// TestManyAtOnce takes so many articles in that all workers have some, at once and by halves.
func TestManyAtOnce(t *testing.T) {
	cards := newsroom(2*piece + 1)
	byHalves := NewResolver(nil, 2)
	byHalves.Update(cards[:piece+1], nil)
	was := slices.Repeat([]int{-1}, len(cards))
	for i := range cards[:piece+1] {
		was[i] = i
	}
	atOnce := Resolve(cards, nil, 2)
	checkResolution(t, cards, atOnce)
	got, want := strings.Split(formatResolution(byHalves.Update(cards, was)), "\n"), strings.Split(formatResolution(atOnce), "\n")
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Fatalf("by halves\n%s\nat once\n%s", got[i], want[i])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d entities by halves, %d at once", len(got), len(want))
	}
}

// writtenDown is a Resolver written down and read back, which asks for no more than the Clusters of the cards.
func writtenDown(t *testing.T, r *Resolver, a *Authority, cards []news.Card) *Resolver {
	t.Helper()
	b := r.Append([]byte("before"))
	read, rest, whole := ReadResolver(append(b[len("before"):], "after"...), a, 2, func(card int) []news.Cluster { return cards[card].Clusters })
	if !whole || string(rest) != "after" {
		t.Fatalf("read back whole: %v, before %q", whole, rest)
	}
	if got, want := formatResolution(read.made), formatResolution(r.made); got != want {
		t.Fatalf("read back\n%s\nwritten\n%s", got, want)
	}
	if n := len(b) / 2; n > len("before") {
		if _, _, whole := ReadResolver(b[len("before"):n], a, 2, nil); whole {
			t.Fatal("half of it is read as a whole")
		}
	}
	return read
}

// writer writes articles that name few people, places and companies, in forms that meet.
type writer struct{ *rand.Rand }

// edit is the cards with some taken out, some changed and some put in, and where each stood.
func (w writer) edit(cards []news.Card) (edited []news.Card, was []int) {
	for i, c := range cards {
		switch w.IntN(12) {
		case 0:
		case 1:
			edited, was = append(edited, w.card(c.ID)), append(was, -1)
		case 2:
			edited, was = append(edited, w.card(fmt.Sprint(c.ID, "-", w.IntN(1000)))), append(was, -1)
			fallthrough
		default:
			edited, was = append(edited, c), append(was, i)
		}
	}
	for range w.IntN(8) * w.IntN(8) {
		edited, was = append(edited, w.card(fmt.Sprint(w.Uint32()))), append(was, -1)
	}
	return edited, was
}

func (w writer) card(id string) news.Card {
	c := news.Card{ID: id, Date: news.Date{Year: 2000 + w.IntN(10)}}
	for range w.IntN(3) {
		c.Tags = append(c.Tags, &news.Tag{Slug: w.of("trade", "war", "snow", "ice", "corn")})
	}
	for range w.IntN(6) {
		c.Clusters = append(c.Clusters, w.cluster())
	}
	return c
}

func (w writer) of(words ...string) string { return words[w.IntN(len(words))] }

func (w writer) cluster() news.Cluster {
	c := news.Cluster{Kind: news.Kinds[w.IntN(len(news.Kinds))], Count: 1 + w.IntN(3), First: w.IntN(900)}
	switch c.Kind {
	case news.Person:
		c.Name = w.of("Ann", "Anne", "Bob", "Cal", "Calvin", "Dan", "Eve", "EVE") + w.of(" ", " ", " B. ", " C. ", " Bea ") + w.of("Roe", "Poe")
		if w.IntN(9) == 0 {
			c.Entity = w.of("people/ann-roe", "people/bob-roe-elder", "people/eve-poe", "people/zoe-poe")
		}
	case news.Place:
		c.Name = w.of("Washington", "Illinois", "United States", "Springfield", "Portland", "Oregon", "Maine", "Georgia", "Atlanta", "Tbilisi")
	case news.Organization:
		c.Name = w.of("Ford", "Ford Inc.", "Ford Motor Co.", "World Health Organization", "WHO", "World Health Organisation", "Harbour Trust Ltd", "Harbour Trust", "US Harbour Trust", "Ann Roe")
	}
	if w.IntN(5) == 0 {
		c.Bare, c.Unproven = true, true
	}
	c.Surfaces = []news.Spelling{{Text: c.Name, Count: c.Count}}
	if c.Kind == news.Organization && w.IntN(3) == 0 {
		c.Surfaces = append(c.Surfaces, news.Spelling{Text: w.of("WHO", "Ford", "FMC", "Trust"), Count: 1})
	}
	return c
}
