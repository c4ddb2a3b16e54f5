package related

import (
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// story makes a text of n paragraphs that no other seed shares.
func story(seed uint64, n int) []string {
	r := rand.New(rand.NewPCG(seed, 1))
	paragraphs := make([]string, n)
	for i := range paragraphs {
		var words []string
		for range 30 {
			words = append(words, fmt.Sprintf("w%d", r.IntN(5000)))
		}
		paragraphs[i] = strings.Join(words, " ")
	}
	return paragraphs
}

func sketches(texts ...string) ([]Sketch, []string) {
	var s []Sketch
	var ids []string
	for i, text := range texts {
		s, ids = append(s, Of(text)), append(ids, fmt.Sprint(i))
	}
	return s, ids
}

func TestGroup(t *testing.T) {
	flood, fire := story(1, 8), story(2, 8)
	whole := strings.Join(flood, "\n\n")
	short := "Shr 5 cts vs 4 cts. Net 1,200,000 vs 900,000."
	s, ids := sketches(
		whole,                                // 0
		strings.Join(fire, "\n\n"),           // 1: another story
		strings.ToUpper(whole),               // 2: the same in capitals
		strings.Join(flood[:6], "\n\n"),      // 3: without the last two paragraphs
		strings.Join(flood[:3], "\n\n"),      // 4: a brief of it: another article
		"",                                   // 5
		short,                                // 6
		strings.Replace(short, "5", "7", 1),  // 7: another company's quarter
		strings.ReplaceAll(short, " ", "\n"), // 8: the same quarter
		"",                                   // 9: nothing is not like nothing
		strings.Join(append(fire, story(3, 8)...), "\n\n"), // 10: half of it another story
	)
	if got, want := Group(s, ids, Decisions{}), [][]int{{0, 2, 3}, {6, 8}}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	for _, tt := range []struct {
		file string
		want [][]int
	}{
		{"[[same]]\narticles = ['1', '10']\n", [][]int{{0, 2, 3}, {1, 10}, {6, 8}}},
		{"[[different]]\narticles = ['0', '3']\n", [][]int{{0, 2}, {6, 8}}},
		{"[[different]]\narticles = ['6', '8']\n[[same]]\narticles = ['gone', '1']\n", [][]int{{0, 2, 3}}},
	} {
		d, list := Parse("duplicates.toml", []byte(tt.file))
		if len(list) > 0 {
			t.Fatal(list)
		}
		if got := Group(s, ids, d); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("with %q: %v, want %v", tt.file, got, tt.want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for src, want := range map[string]string{
		"[[same]]\narticles = ['one']\n":                                       "duplicates.toml:2:1: a decision names 1 article",
		"[[same]]\narticles = ['a', 'b']\n\n[[different]]\narticles = ['a']\n": "duplicates.toml:5:1: a decision names 1 article",
		"[[sane]]\narticles = ['a', 'b']\n":                                    `unknown key "sane"`,
		"[[same]]\narticle = ['a', 'b']\n":                                     `unknown key "same.article"`,
		"[[different]]\narticles = 'a, b'\n":                                   "duplicates.toml:2:",
	} {
		if _, list := Parse("duplicates.toml", []byte(src)); list.Err() == nil || !strings.Contains(list.Error(), want) {
			t.Errorf("%q: %v, want %s", src, list, want)
		}
	}
}

// TestGroupHangsOnTheArticlesAlone shuffles the articles: the groups stay.
func TestGroupHangsOnTheArticlesAlone(t *testing.T) {
	var texts []string
	for i := range 60 {
		texts = append(texts, strings.Join(story(uint64(i/3), 8)[:8-i%3], "\n"))
	}
	named := func(order []int) map[string]bool {
		var shuffled, ids []string
		for _, i := range order {
			shuffled, ids = append(shuffled, texts[i]), append(ids, fmt.Sprint(i))
		}
		s, _ := sketches(shuffled...)
		pairs := map[string]bool{}
		for _, group := range Group(s, ids, Decisions{}) {
			for _, a := range group {
				for _, b := range group {
					pairs[ids[a]+" "+ids[b]] = true
				}
			}
		}
		return pairs
	}
	order := rand.New(rand.NewPCG(1, 1)).Perm(len(texts))
	inOrder := make([]int, len(texts))
	for i := range inOrder {
		inOrder[i] = i
	}
	if a, b := named(inOrder), named(order); !reflect.DeepEqual(a, b) {
		t.Errorf("in order %d pairs, shuffled %d", len(a), len(b))
	}
}

// TestStoriesSurviveDamage cuts what is written of them off at every byte, and adds to it.
func TestStoriesSurviveDamage(t *testing.T) {
	stories := &Stories{}
	stories.alike[3] = []pair{{1, 2, 300}}
	whole := stories.Append(nil)
	for n := range whole {
		if _, ok := ReadStories(whole[:n]); ok {
			t.Errorf("cut at byte %d, they are read all the same", n)
		}
	}
	if _, ok := ReadStories(append(whole, 0)); ok {
		t.Error("with more behind them they are read all the same")
	}
}

// TestStoriesEqualGroup changes, adds and removes articles at random: what is kept gives what Group finds afresh, and so it does
// when it has been written down and read back.
func TestStoriesEqualGroup(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 7))
		text := func() Sketch {
			switch n := r.IntN(12); {
			case n == 0:
				return nil
			case n == 1:
				return Of(fmt.Sprintf("Net %d cts.", r.IntN(3)))
			default: // many are like many others, and not all alike among themselves
				return Of(strings.Join(story(uint64(r.IntN(4)), 10)[r.IntN(3):7+r.IntN(4)], "\n"))
			}
		}
		var s []Sketch
		for range 60 {
			s = append(s, text())
		}
		stories := NewStories(s)
		for step := range 40 {
			var now []int
			var changed []Sketch
			for range 1 + r.IntN(3) {
				at := r.IntN(len(s))
				switch kind := r.IntN(3); {
				case now == nil && kind == 0:
					fresh := text()
					changed = append(changed, s[at], fresh)
					s[at] = fresh
				case now != nil || len(changed) > 0: // one that moves others is alone
				case kind == 1:
					changed = append(changed, text())
					for i := range s {
						now = append(now, i)
						if i >= at {
							now[i]++
						}
					}
					s = slices.Insert(s, at, changed[0])
				default:
					changed = append(changed, s[at])
					for i := range s {
						now = append(now, i)
						if i > at {
							now[i]--
						}
					}
					now[at] = -1
					s = slices.Delete(s, at, at+1)
				}
			}
			stories.Update(s, now, changed)
			if r.IntN(2) == 0 {
				var whole bool
				if stories, whole = ReadStories(stories.Append(nil)); !whole {
					t.Fatal("what was written down is not read back whole")
				}
			}
			var ids []string
			for i := range s {
				ids = append(ids, fmt.Sprint(i))
			}
			var d Decisions
			if r.IntN(2) == 0 {
				d = Decisions{Same: []Articles{{[]string{"3", "17"}}}, Different: []Articles{{[]string{"5", "9"}}, {[]string{"20", "30"}}}}
			}
			if got, want := stories.Group(s, ids, d), Group(s, ids, d); !reflect.DeepEqual(got, want) {
				t.Fatalf("seed %d, step %d: %v, afresh %v", seed, step, got, want)
			}
		}
	}
}

func BenchmarkOf(b *testing.B) {
	text := strings.Join(story(1, 12), "\n\n")
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Of(text)
	}
}

func BenchmarkGroup(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s, ids := make([]Sketch, n), make([]string, n)
			for i := range s {
				s[i], ids[i] = Of(strings.Join(story(uint64(i/2), 2+i%2), " ")), fmt.Sprint(i)
			}
			b.ReportAllocs()
			for b.Loop() {
				Group(s, ids, Decisions{})
			}
		})
	}
}

func BenchmarkUpdate(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s, ids := make([]Sketch, n), make([]string, n)
			for i := range s {
				s[i], ids[i] = Of(strings.Join(story(uint64(i/2), 2+i%2), " ")), fmt.Sprint(i)
			}
			stories := NewStories(s)
			changed := []Sketch{s[n/2], Of(strings.Join(story(uint64(n), 3), " "))}
			b.ReportAllocs()
			for round := 0; b.Loop(); round++ {
				s[n/2] = changed[1-round%2]
				stories.Update(s, nil, changed)
				stories.Group(s, ids, Decisions{})
			}
		})
	}
}

var texts = flag.String("texts", "../../content", "the folder of .txt files that BenchmarkTexts groups")

// BenchmarkTexts reads a folder of texts, sketches and groups them.
func BenchmarkTexts(b *testing.B) {
	b.ReportAllocs()
	grouped := 0
	for b.Loop() {
		var s []Sketch
		var ids []string
		err := filepath.WalkDir(*texts, func(path string, d fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(path) != ".txt" {
				return err
			}
			text, err := os.ReadFile(path)
			s, ids = append(s, Of(string(text))), append(ids, path)
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
		grouped = 0
		for _, story := range Group(s, ids, Decisions{}) {
			grouped += len(story)
		}
	}
	b.ReportMetric(float64(grouped), "grouped")
}
