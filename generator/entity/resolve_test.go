package entity

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"broadsheet/generator/golden"
	"broadsheet/generator/news"
	"broadsheet/generator/published"
)

// TestResolve reads cards as lines "ID DATE | KIND NAME COUNT [bare] [title] [=ENTITY] [+OTHER_FORM] | …" and lists
// the entities.
func TestResolve(t *testing.T) {
	golden.Want(t, "testdata/resolve/*.txtar", func(t *testing.T, in *txtar.Archive) string {
		files := golden.Texts(in)
		a, faults := ParseAuthority("entities.toml", []byte(files["entities.toml"]))
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		cards := parseCards(t, files["cards"])
		before := formatResolution(Resolve(settledByNobody(cards), nil, 2))
		if files["urls.tsv"] != "" {
			return before + formatPublished(t, cards, a, files["urls.tsv"])
		}
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

// formatPublished lists the entities of cards that were published before, where each line of the record leads, and other forms.
func formatPublished(t *testing.T, cards []news.Card, a *Authority, urls string) string {
	record, faults := published.Parse("urls.tsv", []byte(urls))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	r := NewResolver(a.WithPublished(publishedIDs(record)), 2)
	checkResolution(t, cards, r.Update(cards, nil))
	return "# published before\n" + formatResolution(r.made) + formatHolders(r, record)
}

func publishedIDs(record *published.Record) (ids []Published) {
	for _, l := range record.Lines() {
		kind, err := news.ParseKind(l.Shows)
		if err != nil {
			panic(err)
		}
		ids = append(ids, Published{Kind: kind, ID: strings.TrimSuffix(l.URL, "/index.html"), Name: l.Of, Home: l.LeadsTo == ""})
	}
	return ids
}

func formatHolders(r *Resolver, record *published.Record) string {
	var out strings.Builder
	for _, l := range record.Lines() {
		kind, err := news.ParseKind(l.Shows)
		if err != nil {
			panic(err)
		}
		to := "nowhere"
		if at := r.Holder(kind, l.Of); at >= 0 {
			to = r.made.Entities[at].ID
		}
		fmt.Fprintf(&out, "%s is %s\n", l.URL, to)
	}
	for at := range r.made.Entities {
		if others := r.OtherIDs(at); len(others) > 0 {
			fmt.Fprintf(&out, "%s is %s\n", strings.Join(others, ", "), r.made.Entities[at].ID)
		}
	}
	return out.String()
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
		case last == "unproven":
			c.Bare, c.Unproven = true, true
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
			appear[[2]int{int(a.Card), i}] = true
		}
	}
	for card, of := range r.Of {
		if len(of) != len(cards[card].Clusters) {
			t.Fatalf("card %d has %d clusters, Of %d", card, len(cards[card].Clusters), len(of))
		}
		for _, e := range of {
			if e >= 0 && !appear[[2]int{card, int(e)}] {
				t.Errorf("card %d names %s, which does not list it", card, r.Entities[e].ID)
			}
		}
	}
}

func TestSort(t *testing.T) {
	f := readFiler()
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

var million = flag.Bool("million", false, "resolve archives of a million articles, too")

func sizes() []int {
	if *million {
		return []int{10_000, 100_000, 1_000_000}
	}
	return []int{10_000, 100_000}
}

// BenchmarkResolve resolves archives whose articles name a dozen entities each, some of them in every other article and
// most of them in few.
func BenchmarkResolve(b *testing.B) {
	for _, size := range sizes() {
		cards := newsroom(size)
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Resolve(cards, nil, 2)
			}
		})
	}
}

// BenchmarkUpdate changes one article of such an archive, to another's names and back.
func BenchmarkUpdate(b *testing.B) {
	for _, size := range sizes() {
		cards := newsroom(size)
		r := NewResolver(nil, 2)
		r.Update(cards, nil)
		was := make([]int, size)
		for i := range was {
			was[i] = i
		}
		at := size / 2
		one, other := cards[at], card(rand.New(rand.NewPCG(3, 4)), size, at)
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			b.ReportAllocs()
			for n := 0; b.Loop(); n++ {
				if cards[at] = one; n%2 == 0 {
					cards[at] = other
				}
				was[at] = -1
				r.Update(cards, was)
			}
		})
	}
}

func newsroom(size int) []news.Card {
	cards := make([]news.Card, size)
	w := rand.New(rand.NewPCG(1, 2))
	for i := range cards {
		cards[i] = card(w, size, i)
	}
	return cards
}

// card names entities as news does: the nth most frequent about as often as one in n, and a new one now and then.
func card(w *rand.Rand, size, i int) news.Card {
	c := news.Card{ID: fmt.Sprint(i), Date: news.Date{Year: 1980 + 40*i/size}}
	for range w.IntN(5) {
		c.Tags = append(c.Tags, &news.Tag{Slug: fmt.Sprint("tag-", wellKnown(w, 200))})
	}
	for range 6 + w.IntN(13) {
		var x news.Cluster
		switch w.IntN(10) {
		case 0, 1, 2:
			n := wellKnown(w, size/8)
			x.Kind, x.Name = news.Place, fmt.Sprint("Port ", n)
			if n < len(towns) {
				x.Name = towns[n]
			}
		case 3, 4, 5, 6:
			n := wellKnown(w, size)
			x.Kind, x.Name = news.Person, fmt.Sprintf("Jane%d Doe%d", n%997, n)
			if n%7 == 0 && w.IntN(4) == 0 {
				x.Name = fmt.Sprintf("Jane%d Q. Doe%d", n%997, n)
			}
		default:
			n := wellKnown(w, size/2)
			x.Kind, x.Name = news.Organization, fmt.Sprintf("Office %d of Trade", n)
		}
		x.Count, x.First = 1+w.IntN(3), w.IntN(3000)
		x.Surfaces = []news.Spelling{{Text: x.Name, Count: x.Count}}
		if town, _, told := strings.Cut(x.Name, " ("); told {
			x.Surfaces[0].Text = town
		}
		if x.Kind != news.Place && w.IntN(2) == 0 {
			x.Surfaces = append(x.Surfaces, news.Spelling{Text: strings.Fields(x.Name)[1], Count: 1})
		}
		c.Clusters = append(c.Clusters, x)
	}
	return c
}

var towns = []string{"United States", "London", "Washington", "Paris", "Georgia", "Springfield", "Portland", "Springfield (Illinois)", "Portland (Maine)", "Cambridge"}

// wellKnown is a number below n, half of them so small that everybody knows them.
func wellKnown(w *rand.Rand, n int) int {
	x := w.Float64()
	return int(x * x * x * x * float64(n))
}
