package entity

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"broadsheet/generator/news"
)

// TestResolve reads cards as lines "ID DATE | KIND NAME COUNT [bare] [title] [=ENTITY] [+OTHER_FORM] | …" and lists
// the entities.
func TestResolve(t *testing.T) {
	goldens(t, "resolve", func(t *testing.T, files map[string]string) string {
		a, faults := ParseAuthority("entities.toml", []byte(files["entities.toml"]))
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		cards := parseCards(t, files["cards"])
		before := formatResolution(Resolve(settledByNobody(cards), nil, 2))
		r := Resolve(cards, a, 2)
		checkResolution(t, cards, r)
		if files["entities.toml"] == "" {
			return formatResolution(r)
		}
		if after := formatResolution(Resolve(settledByNobody(cards), nil, 2)); after != before {
			t.Errorf("without the entries the entities are not what they were:\n%s", after)
		}
		return "# machine\n" + before + "# with entities.toml\n" + formatResolution(r)
	})
}

// settledByNobody is the cards as they are where entities.toml is empty.
func settledByNobody(cards []news.Card) []news.Card {
	cards = slices.Clone(cards)
	for i := range cards {
		cards[i].Clusters = slices.Clone(cards[i].Clusters)
		for j := range cards[i].Clusters {
			cards[i].Clusters[j].Entity = ""
		}
	}
	return cards
}

func parseCards(t *testing.T, lines string) []news.Card {
	var cards []news.Card
	for line := range strings.Lines(lines) {
		fields := strings.Split(strings.TrimSpace(line), " | ")
		id, date, _ := strings.Cut(fields[0], " ")
		card := news.Card{ID: id}
		var err error
		if card.Date, err = news.ParseDate(date); err != nil {
			t.Fatal(err)
		}
		for _, field := range fields[1:] {
			card.Clusters = append(card.Clusters, parseCluster(t, field))
		}
		cards = append(cards, card)
	}
	return cards
}

func parseCluster(t *testing.T, field string) news.Cluster {
	kind, rest, _ := strings.Cut(field, " ")
	var c news.Cluster
	var err error
	if c.Kind, err = news.ParseKind(kind); err != nil {
		t.Fatal(err)
	}
	words := strings.Fields(rest)
	for len(words) > 0 {
		last := words[len(words)-1]
		switch {
		case last == "bare":
			c.Bare = true
		case last == "title":
			c.InTitle = true
		case strings.HasPrefix(last, "="):
			c.Entity = last[1:]
		case strings.HasPrefix(last, "+"):
			c.Surfaces = append(c.Surfaces, news.Spelling{Text: strings.ReplaceAll(last[1:], "_", " "), Count: 1})
		default:
			if _, err := fmt.Sscan(last, &c.Count); err != nil {
				t.Fatal(field, err)
			}
			c.Name = strings.Join(words[:len(words)-1], " ")
			c.Surfaces = append([]news.Spelling{{Text: c.Name, Count: c.Count}}, c.Surfaces...)
			c.First = 1000
			return c
		}
		words = words[:len(words)-1]
	}
	t.Fatalf("no name in %q", field)
	return c
}

func formatResolution(r Resolution) string {
	var out strings.Builder
	for _, e := range r.Entities {
		fmt.Fprintf(&out, "%s: %s (%s)%s%s%s", e.ID, e.Name, e.Sort, note(e.Page, " page"), note(e.Confirmed, " confirmed"), note(e.Ambiguous, " ambiguous"))
		if e.Country != "" {
			fmt.Fprintf(&out, " in %s", e.Country)
		}
		if e.At != nil {
			fmt.Fprintf(&out, " at %d,%d", e.At.Latitude, e.At.Longitude)
		}
		for _, a := range e.Articles {
			fmt.Fprintf(&out, " %d:%d%s", a.Card, a.Count, note(a.About, "!"))
		}
		for _, s := range e.Spellings {
			fmt.Fprintf(&out, " | %s %d", s.Text, s.Count)
		}
		out.WriteByte('\n')
	}
	fmt.Fprintln(&out, r.Of)
	return out.String()
}

// checkResolution holds Of and Articles to one another, ids to be different and in order.
func checkResolution(t *testing.T, cards []news.Card, r Resolution) {
	t.Helper()
	appear := map[[2]int]bool{}
	for i, e := range r.Entities {
		if i > 0 && r.Entities[i-1].ID >= e.ID {
			t.Errorf("%s stands before %s", r.Entities[i-1].ID, e.ID)
		}
		for _, a := range e.Articles {
			appear[[2]int{a.Card, i}] = true
		}
	}
	for card, of := range r.Of {
		if len(of) != len(cards[card].Clusters) {
			t.Fatalf("card %d has %d clusters, Of %d", card, len(cards[card].Clusters), len(of))
		}
		for _, e := range of {
			if e >= 0 && !appear[[2]int{card, e}] {
				t.Errorf("card %d names %s, which does not list it", card, r.Entities[e].ID)
			}
		}
	}
}

func TestSort(t *testing.T) {
	f := newFiler()
	for name, want := range map[string]string{
		"Jane Doe": "Doe, Jane", "Kim Jong Il": "Kim Jong Il", "Lim Dong-won": "Lim Dong-won", "Lee Chung-min": "Lee Chung-min",
		"Kim Dae Jung": "Kim Dae Jung", "Xi Jinping": "Xi Jinping", "Mao Zedong": "Mao Zedong", "Nguyen Van Thieu": "Nguyen Van Thieu",
		"Kim Clark": "Clark, Kim", "Lee Harvey Oswald": "Oswald, Lee Harvey", "Vincent van Gogh": "van Gogh, Vincent",
		"Martin Luther King Jr.": "King, Martin Luther, Jr.", "Bush": "Bush", "Charles de Gaulle": "de Gaulle, Charles",
	} {
		if got := f.sort(news.Person, name); got != want {
			t.Errorf("%s is filed as %q, want %q", name, got, want)
		}
	}
	if got := f.sort(news.Organization, "The Times"); got != "Times" {
		t.Errorf("The Times is filed as %q", got)
	}
}

// TestGiven reads the front matter's names against what the text has.
func TestGiven(t *testing.T) {
	text := "President Bush met Tony Blair in London. Bush smiled. Jane Doe watched."
	f := shared.Find("", text, "en")
	a, faults := ParseAuthority("entities.toml", []byte("[[person]]\nname = \"Tony Blair\"\naliases = [\"A. C. L. Blair\"]\n"))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	f = a.Match("id", "", text, f)
	g := a.Given(news.Person, []string{"George W. Bush", "A. C. L. Blair", "people/john-roe", "George W. Bush"}, f)
	want := `person "Bush" is George W. Bush
person "Tony Blair" is Tony Blair
place "London" is London
person "Bush" is George W. Bush
= place London: 1+0 London
= person George W. Bush: 2+0 Bush
= person Tony Blair: 1+0 Tony Blair people/tony-blair
= person john roe: 0+0  people/john-roe
`
	if got := format(text, g); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if got := (*Authority)(nil).Given(news.Place, nil, f); len(got.Clusters) != len(f.Clusters)-1 {
		t.Errorf("an empty list keeps %v", got.Clusters)
	}
}

// BenchmarkResolve resolves archives whose articles name ten entities each, a tenth as many as there are articles.
func BenchmarkResolve(b *testing.B) {
	for _, size := range []int{1_000, 10_000, 100_000} {
		cards := make([]news.Card, size)
		for i := range cards {
			for j := range 10 {
				name := fmt.Sprintf("Jane Doe-%d", (i*7919+j*104729)%max(size/10, 1))
				cards[i].Clusters = append(cards[i].Clusters, news.Cluster{Kind: news.Person, Name: name, Surfaces: []news.Spelling{{Text: name, Count: 1}}, Count: 1})
			}
		}
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Resolve(cards, nil, 2)
			}
		})
	}
}
