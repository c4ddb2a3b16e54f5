package archive

import (
	"crypto/sha256"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestTextsThatAreOneRanTogether finds the texts of a folder that are the same word for word by the hashes of their words
// alone, and holds that each names the others among those that ran it also. A few more are doubled, so that some are there.
func TestTextsThatAreOneRanTogether(t *testing.T) {
	const doubled = 10
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(*texts)); err != nil {
		t.Fatal(err)
	}
	o := options(dir)
	o.Recognize, o.Authority = false, t.TempDir()
	for _, c := range read(t, o).Cards[:doubled] {
		if c.Original != "" {
			double(t, dir, c.Original)
		}
	}
	a := read(t, o)
	byWords := map[[sha256.Size]byte][]int{}
	for i, c := range a.Cards {
		if c.Original == "" {
			continue
		}
		source, err := a.tree.read(c.Original)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256([]byte(strings.Join(strings.Fields(string(source)), " ")))
		byWords[sum] = append(byWords[sum], i)
	}
	pairs := 0
	for _, same := range byWords {
		for n, i := range same {
			for _, j := range same[n+1 : min(n+1+mostRan, len(same))] {
				pairs++
				if !slices.Contains(a.AlsoRan[i], j) || !slices.Contains(a.AlsoRan[j], i) {
					t.Errorf("%s and %s are one text and are not told to be", a.Cards[i].File, a.Cards[j].File)
				}
			}
		}
	}
	t.Logf("%d texts, %d pairs of them the same, %d articles in groups", len(a.Cards), pairs, len(a.AlsoRan))
	if pairs < doubled/2 {
		t.Errorf("only %d pairs to look at", pairs)
	}
}

// TestStoryThatRanThousandsOfTimes holds that what is kept of a story grows with its articles, not with their square, and that each has the
// nearest others.
func TestStoryThatRanThousandsOfTimes(t *testing.T) {
	story := make([]int, 5000)
	for n := range story {
		story[n] = 3 * n
	}
	var a Archive
	a.group([][]int{story})
	for n, i := range story {
		others := a.AlsoRan[i]
		before, after := min(n, mostRan), min(len(story)-1-n, mostRan)
		if len(others) != before+after || slices.Contains(others, i) || !slices.IsSorted(others) || others[0] < i-3*mostRan || others[len(others)-1] > i+3*mostRan {
			t.Fatalf("article %d ran also as %v", i, others)
		}
	}
}

// double copies a text of dir into a folder of its own.
func double(t *testing.T, dir, name string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	again := filepath.Join(dir, "again", name)
	if err := os.MkdirAll(filepath.Dir(again), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(again, text, 0o666); err != nil {
		t.Fatal(err)
	}
}
