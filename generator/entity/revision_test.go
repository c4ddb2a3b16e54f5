package entity

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"broadsheet/generator/news"
)

// TestRevision changes entities.toml at random. An article that a revision does not concern hears the same from both: what Match
// and Given make of it is what it was.
func TestRevision(t *testing.T) {
	names := NewRecognizer()
	concerned, free := 0, 0
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 5))
		before, after := authorityOf(t, randomBlocks(r)), authorityOf(t, randomBlocks(r))
		revision := after.Revised(before)
		for n, text := range revisionTexts {
			id, title := fmt.Sprint(n), "Talks in Seoul"
			found := names.Find(title, text, "en")
			var given []string
			if n%2 == 1 {
				given = []string{"Jane Roe", "people/jane"}
			}
			if revision.Concerns(TracesOf(id, title, text, found, given...)) {
				concerned++
				continue
			}
			free++
			hear := func(a *Authority) Found {
				f := a.Match(id, title, text, found)
				if given != nil {
					f = a.Given(news.Person, given, f)
				}
				return f
			}
			if was, is := hear(before), hear(after); !reflect.DeepEqual(was, is) {
				t.Fatalf("seed %d, text %d: without being concerned it becomes\n%+v\nfrom\n%+v", seed, n, is, was)
			}
		}
	}
	if concerned == 0 || free == 0 {
		t.Errorf("%d articles were concerned and %d were not", concerned, free)
	}
}

// TestRevisionOfNothing says the same in another order, with another note and another sort: no article hears of it.
func TestRevisionOfNothing(t *testing.T) {
	before := authorityOf(t, "[[person]]\nname = 'Jane Roe'\nnote = 'A.'\n[[person]]\nname = 'John Roe'\n")
	after := authorityOf(t, "[[person]]\nname = 'John Roe'\nsort = 'Roe'\n[[person]]\nname = 'Jane Roe'\nnote = 'B.'\nsame_as = ['https://example.org/']\n")
	if r := after.Revised(before); len(r.concerns) > 0 {
		t.Errorf("it concerns articles: %v", r.concerns)
	}
}

func authorityOf(t *testing.T, src string) *Authority {
	t.Helper()
	a, faults := ParseAuthority("entities.toml", []byte(src))
	if len(faults) > 0 {
		t.Fatalf("%s\n%s", src, faults)
	}
	return a
}

var revisionTexts = []string{
	"SEOUL (AP) - President Lee Chung-min met Mr. Lim Dong-won of Yonsei University in Seoul. Mr. Lim said the United Nations would help.\n",
	"Jane Roe of the State Department spoke to Lim Dong Won. Roe left for the U.S. on Monday.\n",
	"The river rose in Whitby, and the North Riding Fire Brigade came.\n",
	"JANE ROE AND JOHN DOE\n\nThe Department of State said so. Al ¬\nbany is far from Pyongyang.\n",
}

// randomBlocks is an entities.toml of blocks that can stand together.
func randomBlocks(r *rand.Rand) string {
	var b strings.Builder
	blocks := [][]string{
		{"[[person]]\nname = 'Lim Dong-won'\n", "[[person]]\nname = 'Lim Dong Won'\nid = 'lim'\nnot = ['Mr. Lim']\n"},
		{"[[person]]\nid = 'jane'\nname = 'Jane Roe'\n", "[[person]]\nid = 'jane'\nname = 'Jane Q. Roe'\naliases = ['Roe']\n", "[[person]]\nid = 'j'\nname = 'Jane Roe'\n"},
		{"[[person]]\nid = 'other'\nname = 'Jane Roe'\nwhen = { near = ['Monday'] }\n", "[[person]]\nid = 'other'\nname = 'Lim Dong-won'\nwhen = { articles = ['1'] }\n"},
		{"[[place]]\nname = 'Whitby'\n", "[[place]]\nname = 'United States'\n", "[[place]]\nname = 'Albany'\naliases = ['Pyongyang']\n"},
		{"[[organization]]\nname = 'State Department'\n", "[[organization]]\nname = 'Fire Brigade'\naliases = ['UN']\n", "[[organization]]\nname = 'Seoul'\n"},
		{"[[hide]]\nname = 'Yonsei University'\n", "[[hide]]\nkind = 'place'\nname = 'Seoul'\n[[hide]]\nkind = 'person'\nname = 'Seoul'\n"},
		{"[[same]]\nnames = ['Whitby', 'Seoul']\n", "[[same]]\nnames = ['Lee Chung-min', 'Lim Dong-won']\n"},
		{"[[different]]\nnames = ['Lim Dong-won', 'Lim']\n"},
		{"[[fix]]\narticle = '2'\ntext = 'Whitby'\nis = 'nothing'\n", "[[fix]]\narticle = '3'\ntext = 'John Doe'\nis = 'people/jane'\n"},
	}
	for _, n := range r.Perm(len(blocks)) {
		if r.IntN(3) == 0 {
			b.WriteString(blocks[n][r.IntN(len(blocks[n]))])
		}
	}
	return b.String()
}

// TestTraces keeps words and asks for them, and for as many others: hardly any of those seems to be there.
func TestTraces(t *testing.T) {
	var words []string
	for n := range 300 {
		words = append(words, fmt.Sprintf("word%d", n))
	}
	traces := TracesOf("an-id", "", strings.Join(words, " "), Found{}, "people/jane")
	for _, trace := range []uint64{ofArticle("an-id"), ofID("people/jane"), ofWord("word0"), ofWord("word299")} {
		if !traces.has(trace) {
			t.Error("a trace is lost")
		}
	}
	wrong := 0
	for n := range 1000 {
		if traces.has(ofWord(fmt.Sprintf("other%d", n))) {
			wrong++
		}
	}
	if wrong > 80 { // every word stands there once: twice as full as a text makes it
		t.Errorf("%d of 1,000 words seem to be there that are not", wrong)
	}
}
