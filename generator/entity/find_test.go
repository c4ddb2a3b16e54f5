package entity

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"broadsheet/generator/entity/tagger"
	"broadsheet/generator/prose"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestSeed holds the recogniser to every name of the archive's first article.
func TestSeed(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/find/north-south-korea.txtar")
	if err != nil {
		t.Fatal(err)
	}
	f := shared.Find(strings.TrimSpace(string(archive.Files[0].Data)), string(archive.Files[1].Data), "en")
	got := map[string][]string{}
	for _, c := range f.Clusters {
		got[c.Kind.String()] = append(got[c.Kind.String()], c.Name)
	}
	for kind, want := range map[string][]string{
		"person":       {"Bush", "Kim Jong Il", "Lee Chung-min", "Lim Dong-won"},
		"place":        {"Korean Peninsula", "North Korea", "Pyongyang", "Seoul", "South Korea", "United States", "Washington"},
		"organization": {"Korean Energy Development Organization", "Yonsei University"},
	} {
		if slices.Sort(got[kind]); !slices.Equal(got[kind], want) {
			t.Errorf("%s: got %q, want %q", kind, got[kind], want)
		}
	}
}

// FuzzFind holds every text to check, and every mention to whole characters.
func FuzzFind(f *testing.F) {
	names, _ := filepath.Glob("testdata/*/*.txtar")
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			f.Add(string(archive.Comment), string(file.Data))
		}
	}
	f.Add("", "North and South")
	f.Add("Mr.", "Mr. Of The & al-\xff South-North Korea")
	f.Fuzz(func(t *testing.T, title, text string) {
		found := shared.Find(title, text, "")
		check(t, text, found)
		for _, m := range found.Mentions {
			if utf8.ValidString(text) && !utf8.ValidString(text[m.Start:m.End]) {
				t.Errorf("mention %q is no whole characters", text[m.Start:m.End])
			}
		}
	})
}

// FuzzMatch lists a name and holds the result to check; the finds that went in must come out of it unchanged.
func FuzzMatch(f *testing.F) {
	f.Add("Kim", "Kim Jong Il met Kim Dae-jung. KIM said so.", "Kim")
	f.Add("Bush", "President Bush of New York.", "York")
	f.Fuzz(func(t *testing.T, title, text, name string) {
		a, faults := ParseAuthority("entities.toml", []byte("[[organization]]\nname = '''"+name+"'''\n[[hide]]\nname = 'London'\n"))
		if faults.Errors() > 0 {
			return
		}
		found := shared.Find(title, text, "")
		before := format(text, found)
		check(t, text, a.Match("id", title, text, found))
		if after := format(text, found); after != before {
			t.Errorf("Match changed its argument:\n%s\nwas\n%s", after, before)
		}
	})
}

// TestNamesakes reads a list of twenty thousand namesakes. Anything that compared each with each would take minutes.
func TestNamesakes(t *testing.T) {
	var text strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&text, "Mr. Smith met John %s Smith. ", strings.Map(func(r rune) rune { return r - '0' + 'A' }, fmt.Sprint(i))+"nder")
	}
	f := shared.Find("", text.String(), "en")
	check(t, text.String(), f)
	if len(f.Clusters) < 10_000 {
		t.Errorf("%d clusters", len(f.Clusters))
	}
}

// BenchmarkFind reads the marked corpus; words/s is what one core reads.
func BenchmarkFind(b *testing.B) {
	articles := readCorpus(b, "test")
	words, size := 0, 0
	for _, a := range articles {
		words += len(prose.Words(nil, a.Text))
		size += len(a.Text)
	}
	shared.Find("", "Seoul", "en")
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, a := range articles {
			shared.Find(a.Title, a.Text, "en")
		}
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}

// BenchmarkLoad reads the gazetteer and the model, as the first article does.
func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		newLexicon()
		tagger.Load()
	}
}

// TestAllocations holds what Find allocates to the names it finds: a text ten times as long, with the same names,
// takes not even one more for a hundred words. The race detector, which throws away some of what a pool keeps, costs a few.
func TestAllocations(t *testing.T) {
	filler := strings.Repeat("The price of grain went up again, and nobody in the market knew why it did so that day. ", 50)
	text := "Mr. Lim met Jane Doe in Seoul. "
	short := testing.AllocsPerRun(10, func() { shared.Find("", text+filler, "en") })
	long := testing.AllocsPerRun(10, func() { shared.Find("", text+strings.Repeat(filler, 10), "en") })
	if more := float64(9 * len(strings.Fields(filler))); long > short+more/100 {
		t.Errorf("%.0f allocations, and %.0f for ten times the words", short, long)
	}
}

// TestFiled reads what datelines say by themselves.
func TestFiled(t *testing.T) {
	for _, x := range []struct{ text, place, want string }{
		{"DALLAS, March 4 - It rained.", "Dallas", "DALLAS is Dallas"},
		{"WESTHAVENPORT, MICH., March 3 - It rained.", "Westhavenport, MICH.", "WESTHAVENPORT is Westhavenport, MICH. is Michigan"},
		{"HARTFORD, Conn, March 3 - It rained.", "Hartford, Conn", "HARTFORD is Hartford, Conn is Connecticut"},
		{"HARLOW VALE, March 3 - It rained. In all Harlow Vale it rained.", "Harlow Vale", "HARLOW VALE is Harlow Vale, Harlow Vale is Harlow Vale"},
		{"CORRECTED - It rained.", "Corrected", ""},
	} {
		f := shared.Filed(shared.Find("", x.text, "en"), x.text, "en", x.place)
		check(t, x.text, f)
		var got []string
		for _, m := range f.Mentions {
			got = append(got, x.text[m.Start:m.End]+" is "+f.Clusters[m.Cluster].Name)
		}
		if got := strings.Join(got, ", "); got != x.want {
			t.Errorf("%s: got %s, want %s", x.text, got, x.want)
		}
	}
	if f := shared.Filed(Found{}, "DALLAS, 4 mars - Il pleut.", "fr", "Dallas"); len(f.Mentions) > 0 {
		t.Errorf("found %v in a language without a model", f.Mentions)
	}
}
