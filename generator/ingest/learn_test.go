package ingest

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// story is a clean file of n lines nobody else has, and then the closing lines.
func story(n int, name string, closing ...string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "The %s comes to the harbour\n\nBy Jane Doe\n\n", name)
	for i := range n {
		fmt.Fprintf(&b, "Sentence %d of the story about the %s is like no other sentence in the paper.\n\n", i, name)
	}
	b.WriteString(strings.Join(closing, "\n\n") + "\n")
	return []byte(b.String())
}

// counted is what Learn makes of files of one folder.
func counted(files ...[]byte) Counts {
	var lines []Lines
	for i, src := range files {
		lines = append(lines, LinesOf(fmt.Sprintf("harbour/%d.txt", i), src, Options{}))
	}
	return Learn(len(lines), slices.Values(lines))
}

// readTold reads a file of the folder harbour as its archive would.
func readTold(src []byte, d *Decisions, c Counts) (body string, removed []string) {
	told := d.Told(LinesOf("harbour/x.txt", src, Options{}), c)
	a, _ := Read("harbour/x.txt", src, Options{Told: told})
	for _, r := range a.Removed {
		removed = append(removed, r.Rule+": "+r.Text)
	}
	return a.Body, removed
}

const welcome = "The Harbour Chronicle welcomes letters to the editor."

func TestWhatRecursInThreeFilesGoes(t *testing.T) {
	three := counted(story(9, "ferry", welcome), story(9, "whale", welcome), story(9, "mayor", welcome))
	_, removed := readTold(story(9, "ferry", welcome), nil, three)
	want := []string{"recurs in 3 or more files of this source: " + welcome}
	if !slices.Equal(removed, want) {
		t.Errorf("of three files: %q, want %q", removed, want)
	}
	two := counted(story(9, "ferry", welcome), story(9, "whale", welcome))
	if _, removed := readTold(story(9, "ferry", welcome), nil, two); removed != nil {
		t.Errorf("of two files: %q", removed)
	}
}

// TestWhatStaysThoughItRecurs holds what recurrence must never take from a clean file.
func TestWhatStaysThoughItRecurs(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines func(name string) []byte
	}{
		{"a byline", func(name string) []byte { return story(9, name, "By Jane Doe") }},
		{"a short sentence", func(name string) []byte { return story(9, name, "He said.") }},
		{"the men of a team", func(name string) []byte { return story(9, name, "Roe, Doe, A Smith, B Smith, Miller, Brown, Jones.") }},
		{"a signature", func(name string) []byte { return story(9, name, "Jane Doe, Harbour") }},
		{"a refrain", func(name string) []byte {
			return story(3, name, "Blow the man down and away we will go", "And the "+name+" sailed out on the morning tide", "Blow the man down and away we will go", "And the "+name+" was never seen by us again")
		}},
		{"a step of a recipe", func(name string) []byte {
			return story(2, name, "Heat the oven to a moderate heat and butter a tin.", "Add the "+name+" and stir until it is smooth.", "Bake for an hour.")
		}},
		{"a story that ran three times", func(string) []byte { return story(9, "ferry", welcome) }},
	} {
		counts := counted(c.lines("ferry"), c.lines("whale"), c.lines("mayor"))
		src := c.lines("ferry")
		plain, _ := Read("harbour/x.txt", src, Options{})
		if body, removed := readTold(src, nil, counts); body != plain.Body || removed != nil {
			t.Errorf("%s: removed %q", c.name, removed)
		}
	}
}

func TestTheLastWordsOfWrappedSentencesStay(t *testing.T) {
	for _, text := range []string{"share.", "terms.", `accept."`, "share on a post-split basis.", "tags and ticket printers."} {
		if rule := phraseRule(line{text: text, words: countWords(text)}); rule != "" {
			t.Errorf("%q: %s", text, rule)
		}
	}
}

func TestLearnKnowsNoOrder(t *testing.T) {
	files := [][]byte{story(9, "ferry", welcome), story(3, "whale", welcome), story(5, "mayor", welcome), story(4, "wall", "Another line that closes a story of ours.")}
	forth := counted(files...)
	slices.Reverse(files)
	if back := counted(files...); fmt.Sprint(forth) != fmt.Sprint(back) || len(forth) != 1 {
		t.Errorf("%v and %v", forth, back)
	}
}

func TestLearnIsBounded(t *testing.T) {
	files := func(yield func(Lines) bool) {
		for range leastFiles {
			l := Lines{Source: "harbour"}
			for n := range LineHash(mostRecurring + 1000) {
				l.Hashes = append(l.Hashes, 2*n+1)
			}
			if !yield(l) {
				return
			}
		}
	}
	if n := len(Learn(leastFiles, files)); n != mostRecurring {
		t.Errorf("%d lines are kept", n)
	}
}

func TestSource(t *testing.T) {
	for _, c := range []struct{ file, src, want string }{
		{"papers/harbour/a.txt", "A headline\n\nA story of a wall.\n", "papers/harbour"},
		{"a.txt", "A headline\n\nA story of a wall.\n", "."},
		{"a.txt", "A headline\nhttps://www.Example.org/2002/a.html\n\nA story of a wall.\n", "example.org"},
		{"a.txt", "A headline\n\nSee https://example.org/a.html for more.\n", "."},
	} {
		if got := LinesOf(c.file, []byte(c.src), Options{}).Source; got != c.want {
			t.Errorf("%s %q: source %q, want %q", c.file, c.src, got, c.want)
		}
	}
}

func TestRoundDown(t *testing.T) {
	for n, want := range map[int]int{3: 3, 4: 3, 5: 5, 9: 5, 10: 10, 19: 10, 20: 20, 49: 20, 50: 50, 99: 50, 100: 100, 12345: 10000} {
		if got := roundDown(n); got != want {
			t.Errorf("roundDown(%d) is %d, want %d", n, got, want)
		}
	}
}

// TestCleanArticlesLoseNothing holds that no clean article of the demonstration archive is taken for a saved page, and
// none loses a line but the headline printed over again, and in two of them what the site said of their state.
func TestCleanArticlesLoseNothing(t *testing.T) {
	read := 0
	err := filepath.WalkDir("../../content/wikinews", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".txt" {
			return err
		}
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		read++
		a, _ := Read(name, src, Options{})
		for _, r := range a.Removed {
			if r.Rule == headlineRow || strings.Contains(r.Text, "pre-publication review") || strings.Contains(r.Text, "-Article last amended: Mar ") {
				continue
			}
			t.Errorf("%s:%d: %s: %q", name, r.Line, r.Rule, r.Text)
		}
		return nil
	})
	if err != nil || read < 50 {
		t.Fatal(read, err)
	}
}

func BenchmarkSavedPage(b *testing.B) {
	menu := strings.Repeat("Home\nNews\nSport and weather\nLog in\n", 40)
	page := []byte(menu + string(story(60, "ferry")) + menu)
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		Read("harbour/x.txt", page, Options{})
	}
}
