package ingest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"broadsheet/generator/prose"
)

func decisions(t *testing.T, src string) *Decisions {
	t.Helper()
	d, list := ParseDecisions("content/boilerplate.toml", []byte(src))
	if len(list) > 0 {
		t.Fatal(list)
	}
	return d
}

func TestDecisions(t *testing.T) {
	src := []byte("A wall for the harbour\n\nSubscribe\n\nThe wall is to be built in spring, the board said on Monday.\n\nPrinted on page 4 of the Monday edition\n\nThe money was set aside two years ago, and the work is to take a year.\n")
	const first, page, last = "The wall is to be built in spring, the board said on Monday.", "Printed on page 4 of the Monday edition", "The money was set aside two years ago, and the work is to take a year."
	for _, c := range []struct {
		name, toml string
		body       []string
	}{
		{"nothing decided", "", []string{first, page, last}},
		{"dropped by text, however it is written", "[[drop]]\ntext = 'printed on PAGE 4, of the Monday edition'", []string{first, last}},
		{"dropped by pattern", "[[drop]]\npattern = 'Printed on page ? of the * edition'", []string{first, last}},
		{"a pattern is of whole lines", "[[drop]]\npattern = 'on page *'", []string{first, page, last}},
		{"of another source", "[[drop]]\ntext = '" + page + "'\nsource = 'papers'", []string{first, page, last}},
		{"of this source", "[[drop]]\ntext = '" + page + "'\nsource = 'harbour'", []string{first, last}},
		{"kept against a rule of the program", "[[keep]]\ntext = 'Subscribe'", []string{"Subscribe", first, page, last}},
		{"keep wins", "[[drop]]\npattern = 'Printed *'\n[[keep]]\ntext = '" + page + "'", []string{first, page, last}},
	} {
		body, _ := readTold(src, decisions(t, c.toml), nil)
		if want := strings.Join(c.body, "\n\n") + "\n"; body != want {
			t.Errorf("%s:\n%s\nwant:\n%s", c.name, body, want)
		}
	}
}

func TestDecisionsWithFaults(t *testing.T) {
	for src, want := range map[string]string{
		"[[drop]]\ntxt = 'x'":                       `b.toml:2:1: unknown key "drop.txt"`,
		"[[keep]]\ntext = 'x'\n[[keep]]\ntext = ''": "b.toml:3:1: a decision about no line",
		"[[drop]]\npattern = ' * '":                 "b.toml:1:1: a decision about no line",
		"[[drop]]\ntext = 'x'\npattern = 'y'":       "b.toml:1:1: both text and pattern",
		"\n[[source]]\nlearned = ['x']":             "b.toml:2:1: a source without a name",
		"[[source]]\nname = 'a'\ndate_order = 'dm'": `b.toml:1:1: date_order has the unknown value "dm"`,
		"[[source]]\nname = 'a'\ndate_order = 'dmy'\n[[source]]\nname = 'a'\ndate_order = 'mdy'": `b.toml:4:1: "a" has two orders: dmy and mdy`,
	} {
		if d, list := ParseDecisions("b.toml", []byte(src)); d != nil || list.Error() != want {
			t.Errorf("%q: %q, want %q", src, list.Error(), want)
		}
	}
}

// accept appends all proposals about the files to what was decided, as a person would who agrees with each.
func accept(t *testing.T, decided string, counts Counts, files ...[]byte) string {
	t.Helper()
	wanted := map[LineHash]bool{}
	proposals := decisions(t, decided).Propose("harbour", counts)
	for _, p := range proposals {
		wanted[p.Line] = true
	}
	texts := map[LineHash]string{}
	for _, src := range files {
		for hash, text := range Quote("harbour/x.txt", src, Options{}, wanted) {
			texts[hash] = text
		}
	}
	var lines []string
	for _, p := range proposals {
		lines = append(lines, texts[p.Line])
	}
	return decided + FormatLearned("harbour", "", lines)
}

// TestRecordedTextsStay holds the promise about added articles: recording the proposals changes no text, and from then
// on neither does a file that is added, whatever it shares with the others.
func TestRecordedTextsStay(t *testing.T) {
	const odd = "A \"line\" with a back\\slash that closes each story"
	var files [][]byte
	for _, name := range []string{"ferry", "whale", "mayor", "wall", "quay"} {
		files = append(files, story(9, name, "A sentence that two or three stories may have in common.", welcome, odd))
	}
	learned := counted(files...)
	decided := accept(t, "# by hand\n", learned, files...)
	for added := range 20 {
		files = append(files, story(9, fmt.Sprint("boat ", added), "A new line that closes each of the stories added.", odd))
		for i, src := range files[:5] {
			before, was := readTold(src, nil, learned)
			after, is := readTold(src, decisions(t, decided), counted(files...))
			if before != after || len(was) != len(is) || len(is) != 3 {
				t.Fatalf("with %d added, file %d reads\n%s\nand lost %q; it read\n%s\nand lost %q", added, i, after, is, before, was)
			}
		}
	}
	waiting := decisions(t, decided).Propose("harbour", counted(files...))
	if len(waiting) != 1 || waiting[0].Files != 20 {
		t.Errorf("what recurs in the added files is no proposal: %v", waiting)
	}
}

// TestToldIsAboutTheFile holds that a file is told nothing of other files' lines, since all it is told is in its key.
func TestToldIsAboutTheFile(t *testing.T) {
	d := decisions(t, "[[drop]]\ntext = 'A line of some other file'\n[[keep]]\ntext = 'Bake for an hour.'\nsource = 'kitchen'\n")
	counts := counted(story(9, "ferry", welcome), story(9, "whale", welcome), story(9, "mayor", welcome))
	told := d.Told(LinesOf("harbour/x.txt", story(9, "quay"), Options{}), counts)
	if len(told.Recurring) > 0 || len(told.Rules) > 0 {
		t.Errorf("%+v", told)
	}
}

// TestDecisionsReachTheMiddleOfLongFiles holds that a person's word goes for lines that learning does not look at.
func TestDecisionsReachTheMiddleOfLongFiles(t *testing.T) {
	const odd = "This line stands in the very middle."
	src := slices.Concat(story(mostLines+10, "ferry"), []byte("\n"+odd+"\n\n"), story(mostLines+10, "whale"))
	if _, removed := readTold(src, decisions(t, "[[drop]]\ntext = '"+odd+"'"), nil); !slices.Contains(removed, dropped+": "+odd) {
		t.Errorf("removed %q", removed)
	}
}

// FuzzFormatLearned holds that any lines are read back as they were written.
func FuzzFormatLearned(f *testing.F) {
	f.Add("harbour", welcome)
	f.Add(`a "b"`, "\\ \x00 \x7f é\n")
	f.Fuzz(func(t *testing.T, source, line string) {
		source, line = strings.ToValidUTF8(source, "?"), strings.ToValidUTF8(line, "?")
		if source == "" {
			return
		}
		block := FormatLearned(source, "", []string{line, "another line"})
		d, list := ParseDecisions("b.toml", []byte(block))
		if len(list) > 0 {
			t.Fatalf("%s\n%v", block, list)
		}
		hashes := []LineHash{hashFolded("another line") | 1, hashFolded(prose.Fold(line)) | 1}
		for _, h := range hashes {
			if !d.recorded[source][h] {
				t.Fatalf("%q of %q is not recorded by %s", line, source, block)
			}
		}
		if again := FormatLearned(source, "", []string{line, "another line"}); again != block {
			t.Fatal("two ways to write one block")
		}
	})
}
