package archive

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/generator/manifest"
)

// TestStampsSurviveDamage cuts the list off at every byte, and turns a bit of it: it is read whole or not at all.
func TestStampsSurviveDamage(t *testing.T) {
	list := []input{
		{name: "a.md", stamp: stamp{12, 1_700_000_000_000_000_000}, sum: manifest.Digest{1}},
		{name: "b/c.txt", stamp: stamp{0, 1}, sum: manifest.Digest{2}},
	}
	whole := appendStamps(nil, list)
	if got := parseStamps(whole); !slices.Equal(got, list) {
		t.Errorf("%v is read as %v", list, got)
	}
	for n := range whole {
		turned := bytes.Clone(whole)
		turned[n] ^= 4
		if parseStamps(whole[:n]) != nil || parseStamps(turned) != nil {
			t.Errorf("cut or turned at byte %d, it is read all the same", n)
		}
	}
}

// TestWhatIsTrusted writes one article over with other words of the same length. Its bytes count where its time is new
// or so young that the disk's clock may not have moved, and in a clean build; otherwise its stamp is taken for it.
func TestWhatIsTrusted(t *testing.T) {
	ago := time.Now().Add(-time.Hour)
	for _, tt := range []struct {
		name          string
		before, after time.Time
		clean, seen   bool
	}{
		{"another time", ago, ago.Add(time.Second), false, true},
		{"the same time, long ago", ago, ago, false, false},
		{"the same time, a clean build", ago, ago, true, true},
		{"the same time, not yet past", ago.Add(2 * time.Hour), ago.Add(2 * time.Hour), false, true}, // a moment ago, on a machine however slow
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			o := options(dir)
			o.Cache, o.Clean = t.TempDir(), tt.clean
			name := filepath.Join(dir, "a.md")
			put := func(words string, at time.Time) string {
				t.Helper()
				save(t, name, words)
				if err := os.Chtimes(name, at, at); err != nil {
					t.Fatal(err)
				}
				return describe(t, read(t, o))
			}
			put("The river rose.\n", tt.before)
			if seen := strings.Contains(put("The river fell.\n", tt.after), "fell"); seen != tt.seen {
				t.Errorf("the new words are seen: %v, want %v", seen, tt.seen)
			}
		})
	}
}

// TestKeyOfInputs changes one thing after the other; each makes another key, and undoing it the old one.
func TestKeyOfInputs(t *testing.T) {
	dir := t.TempDir()
	save(t, dir+"/a.txt", "First story\n\nIt was told in full in Seoul.\n")
	key := func(o Options) manifest.Digest {
		t.Helper()
		return read(t, o).Inputs
	}
	o := options(dir)
	before := key(o)
	for name, content := range map[string]string{
		"b.txt": "Second story\n\nIt was told too.\n", "a.toml": "title = 'Other'\n", "_defaults.toml": "section = 'City'\n",
		"_index.md": "# City\n", "pages/about.md": "# About\n", "map.svg": "<svg/>", "entities.toml": "[[place]]\nname = 'Seoul'\n",
		"tags.toml": "[[tag]]\nlabel = 'War'\n", "duplicates.toml": "[[same]]\narticles = ['a', 'b']\n",
	} {
		save(t, filepath.Join(dir, name), content)
		if key(o) == before {
			t.Errorf("with %s the key is the same", name)
		}
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
		if key(o) != before {
			t.Errorf("without %s the key is not what it was", name)
		}
	}
	o.MinTag++
	if key(o) == before {
		t.Error("with another setting the key is the same")
	}
	o.MinTag--
	o.Jobs, o.Lean = 1, true
	if key(o) != before {
		t.Error("the key depends on what decides nothing")
	}
}

// TestInternerKeepsStrings keeps many strings, short and long, and finds each as it was.
func TestInternerKeepsStrings(t *testing.T) {
	n := newInterner()
	var kept []string
	for i := range 5000 {
		kept = append(kept, n.keep(strings.Repeat("x", i%70)+string(rune('a'+i%26))))
	}
	kept = append(kept, n.keep(strings.Repeat("y", 2*blockBytes)), n.keep(""))
	for i, s := range kept[:5000] {
		if want := strings.Repeat("x", i%70) + string(rune('a'+i%26)); s != want {
			t.Fatalf("%q became %q", want, s)
		}
	}
	if len(kept[5000]) != 2*blockBytes || kept[5001] != "" {
		t.Error("the largest string or the empty one is not as it was")
	}
}

// TestLastSurvivesDamage cuts the list of cards last kept off at every byte, and turns a bit of it.
func TestLastSurvivesDamage(t *testing.T) {
	o := Options{Cache: t.TempDir(), Program: "p"}
	keys := lastKeys{manifest.Digest{2}, manifest.Digest{3}, false}
	kept := readLast(o)
	if err := kept.keep(manifest.Digest{1}, map[string][]byte{entitiesFile: []byte("# none")}, []source{{file: "a.md"}, {file: "b.md"}}, []lastKeys{keys, {}}); err != nil {
		t.Fatal(err)
	}
	whole := readLast(o)
	if got := whole.read(); got.inputs != (manifest.Digest{1}) || string(got.authority[entitiesFile]) != "# none" || !slices.Equal(got.cards, []lastCard{{"a.md", keys}}) {
		t.Errorf("read back as %v", got)
	}
	for n := range whole.kept {
		turned := bytes.Clone(whole.kept)
		turned[n] ^= 4
		for _, damaged := range [][]byte{whole.kept[:n], turned} {
			if got := (&lastFile{program: "p", kept: damaged}).read(); len(got.cards) != 0 {
				t.Errorf("cut or turned at byte %d, it is read as %v", n, got)
			}
		}
	}
	if got := (&lastFile{program: "q", kept: whole.kept}).read(); len(got.cards) != 0 {
		t.Errorf("another program reads %v", got)
	}
}

// TestSettled holds a stamp against a moment: how young it must be not to count depends on how fine the disk's times are.
func TestSettled(t *testing.T) {
	second := int64(1_700_000_000) * int64(time.Second)
	for _, tt := range []struct {
		name     string
		modified int64
		age      time.Duration
		settled  bool
	}{
		{"a second ago on a disk of whole seconds", second, time.Second, false},
		{"three seconds ago on one", second, 3 * time.Second, true},
		{"half a second ago on a disk of ticks", second + int64(10*time.Millisecond), time.Second / 2, true},
		{"a few ticks ago on one", second + int64(10*time.Millisecond), 50 * time.Millisecond, false},
		{"not yet past", second + 1, -time.Hour, false},
	} {
		if got := (stamp{1, tt.modified}).settled(tt.modified + int64(tt.age)); got != tt.settled {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.settled)
		}
	}
}

// TestOtherTimes copies an archive, as a fresh checkout does: every file has another time and the same bytes. The inputs are the
// same then without an article being read by a build, and once that is written down, without a file being read.
func TestOtherTimes(t *testing.T) {
	o := options(t.TempDir())
	o.Cache = t.TempDir()
	ago := time.Now().Add(-time.Hour)
	var files []string
	for n := range 2 * mostRenewed {
		name := filepath.Join(o.Roots[0].Dir, fmt.Sprintf("%d.md", n))
		save(t, name, "The river rose.\n")
		files = append(files, name)
	}
	key := read(t, o).Inputs
	for _, name := range files {
		if err := os.Chtimes(name, ago, ago); err != nil {
			t.Fatal(err)
		}
	}
	in, err := Look(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if again, known := in.Key(); !known || again != key {
		t.Error("with other times alone, the inputs are not known to be the same")
	}
	if err := in.Keep(); err != nil {
		t.Fatal(err)
	}
	if known := readStamps(o.Cache, false).known; known[0].modified != ago.UnixNano() {
		t.Error("the new times are not remembered")
	}
}
