package archive

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"broadsheet/generator/ingest"
)

// boilerplate are lines that stories of a paper may share.
var boilerplate = []string{
	"The paper is printed every Friday in Dock Street.", "Letters to the editor are welcome at any time.", "Subscribers pay at the office in the market hall.",
	"All prices in this paper are without any warranty.", "By Jane Doe", "He said.",
}

// write makes n stories in two folders and of one host, each with some of the boilerplate, by the dice.
func write(t *testing.T, dir string, dice *rand.Rand, n int) {
	t.Helper()
	for i := range n {
		var b strings.Builder
		fmt.Fprintf(&b, "Story %d of the harbour town\n", i)
		folder := []string{"papers", "papers/mail", "web"}[dice.IntN(3)]
		if folder == "web" {
			folder = fmt.Sprintf("web/%d", dice.IntN(4))
			b.WriteString("https://www.example.org/story\n")
		}
		b.WriteByte('\n')
		for line := range 3 + dice.IntN(9) {
			fmt.Fprintf(&b, "On day %d of it the council spoke of matter %d at length.\n\n", line, dice.IntN(1_000_000))
		}
		for _, line := range boilerplate {
			if dice.IntN(3) == 0 {
				b.WriteString(line + "\n\n")
			}
		}
		save(t, fmt.Sprintf("%s/%s/%d.txt", dir, folder, i), b.String())
	}
}

// TestLearnedIsWhatCountingGives compares what each text is told with what a count of all lines in memory gives, over
// archives made by the dice; and with it what a second run takes from the cache, and any number of workers.
func TestLearnedIsWhatCountingGives(t *testing.T) {
	taught := 0
	for seed := range uint64(12) {
		dice := rand.New(rand.NewPCG(seed, 1))
		dir := t.TempDir()
		write(t, dir, dice, 2+dice.IntN(40))
		o := options(dir)
		o.Recognize, o.Cache, o.Jobs = false, t.TempDir(), 1
		want := counted(t, dir)
		for _, lines := range want {
			taught += len(lines.Recurring)
		}
		for range 2 {
			if d := cmp.Diff(want, told(t, read(t, o))); d != "" {
				t.Fatalf("seed %d: -counted +learned:\n%s", seed, d)
			}
			o.Jobs = 4
		}
		o.Clean = true
		if d := cmp.Diff(want, told(t, read(t, o))); d != "" {
			t.Fatalf("seed %d, clean: -counted +learned:\n%s", seed, d)
		}
	}
	if taught < 100 {
		t.Errorf("only %d lines were learned", taught)
	}
}

// counted is what each text below dir is to be told, by the simplest way there is.
func counted(t *testing.T, dir string) map[string]ingest.Told {
	t.Helper()
	seen := map[string]ingest.Lines{}
	counts := map[string]ingest.Counts{}
	for _, file := range files(t, dir) {
		src, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		l := ingest.LinesOf(file, src, ingest.Options{})
		seen[file] = l
		if counts[l.Source] == nil {
			counts[l.Source] = ingest.Counts{}
		}
		for _, line := range l.Hashes {
			if line&1 == 1 {
				counts[l.Source][line]++
			}
		}
	}
	told := map[string]ingest.Told{}
	for file, l := range seen {
		told[file] = (*ingest.Decisions)(nil).Told(l, counts[l.Source])
	}
	return told
}

func told(t *testing.T, a *Archive) map[string]ingest.Told {
	t.Helper()
	told := map[string]ingest.Told{}
	for _, c := range a.Cards {
		lesson, err := a.reader.lesson(c.Original)
		if err != nil {
			t.Fatal(err)
		}
		told[c.Original] = lesson.lines
	}
	return told
}

func files(t *testing.T, dir string) []string {
	t.Helper()
	var found []string
	err := filepath.Walk(dir, func(name string, info os.FileInfo, err error) error {
		if err == nil && filepath.Ext(name) == ".txt" {
			found = append(found, filepath.ToSlash(strings.TrimPrefix(name, dir+string(filepath.Separator))))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestLearningKeepsNoLines holds that what is kept of a text while an archive learns does not grow with its lines.
func TestLearningKeepsNoLines(t *testing.T) {
	const texts, lines = 500, 200
	dir := t.TempDir()
	for i := range texts {
		var b strings.Builder
		for n := range lines {
			fmt.Fprintf(&b, "Line %d of text %d is like no other line.\n", n, i)
		}
		save(t, fmt.Sprintf("%s/papers/%d.txt", dir, i), b.String())
	}
	tree, err := scan([]Root{{Dir: dir}})
	if err != nil {
		t.Fatal(err)
	}
	c, err := openCache("")
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	o := options(dir)
	o.Jobs = 2
	r := &reader{Options: o, tree: tree, cache: c}
	before := heap()
	if err := r.learn(context.Background()); err != nil {
		t.Fatal(err)
	}
	kept := (heap() - before) / texts
	t.Logf("%d bytes a text", kept)
	if kept > 4*lines {
		t.Errorf("%d bytes a text are kept; its lines by their hashes would take %d", kept, 8*lines)
	}
	runtime.KeepAlive(r)
}

// heap is the bytes that are in use.
func heap() int {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// TestRecordedOrderStays holds the promise about added articles and their dates: recording what was learned changes no
// date, and from then on neither does an article that is added, whichever way it writes its own.
func TestRecordedOrderStays(t *testing.T) {
	settled := 0
	for seed := range uint64(4) {
		dice := rand.New(rand.NewPCG(seed, 2))
		dir := t.TempDir()
		dated := func(i, day, month int, monthFirst bool) {
			if monthFirst {
				day, month = month, day
			}
			save(t, fmt.Sprintf("%s/papers/%03d.txt", dir, i), fmt.Sprintf("Story %d of the town\n%02d/%02d/2002\n\nIt was told at length on that day, as matter %d.\n", i, day, month, i))
		}
		own := dice.IntN(2) == 0
		for i := range 8 {
			dated(i, 1+dice.IntN(28), 1+dice.IntN(12), own)
		}
		save(t, dir+"/papers/doubt.txt", "A story of the town\n03/04/2002\n\nIt was told at length on that day.\n")
		learned := dates(t, dir)
		proposed := accept(t, dir)
		if d := cmp.Diff(learned, dates(t, dir)); d != "" {
			t.Fatalf("seed %d: recording changed dates:\n%s", seed, d)
		}
		if !proposed {
			continue
		}
		settled++
		for i := 8; i < 220; i++ {
			dated(i, 13+dice.IntN(15), 1+dice.IntN(12), !own)
		}
		after := dates(t, dir)
		for file, date := range learned {
			if after[file] != date {
				t.Errorf("seed %d: contrary dates changed that of %s from %s to %s", seed, file, date, after[file])
			}
		}
	}
	if settled < 3 {
		t.Errorf("only %d archives settled an order", settled)
	}
}

// TestRecordedDoubtStays holds the same of a source whose order was in doubt when its lines were recorded: what later
// settles it waits to be reviewed.
func TestRecordedDoubtStays(t *testing.T) {
	dir := t.TempDir()
	save(t, dir+"/papers/doubt.txt", "A story of the town\n03/04/2002\n\nIt was told at length on that day.\n")
	save(t, dir+"/boilerplate.toml", "[[source]]\nname = 'papers'\nlearned = []\n")
	for i := range 5 {
		save(t, fmt.Sprintf("%s/papers/%d.txt", dir, i), fmt.Sprintf("Story %d of the town\n2%d/01/2002\n\nIt was told at length on that day.\n", i, i))
	}
	if got := dates(t, dir)["papers/doubt.txt"]; got != "2002" {
		t.Errorf("before the review the date is %s", got)
	}
	if !accept(t, dir) || dates(t, dir)["papers/doubt.txt"] != "2002-04-03" {
		t.Errorf("after the review the date is %s", dates(t, dir)["papers/doubt.txt"])
	}
}

func dates(t *testing.T, dir string) map[string]string {
	t.Helper()
	dates := map[string]string{}
	o := options(dir)
	o.Recognize = false
	for _, c := range read(t, o).Cards {
		dates[c.File] = c.Date.String()
	}
	return dates
}

// accept records what is proposed, and reports whether that has an order of dates.
func accept(t *testing.T, dir string) bool {
	t.Helper()
	o := options(dir)
	o.Recognize = false
	proposals, err := read(t, o).Proposals()
	if err != nil {
		t.Fatal(err)
	}
	decided, err := os.ReadFile(dir + "/boilerplate.toml")
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for _, p := range proposals {
		var lines []string
		for _, line := range p.Lines {
			lines = append(lines, line.Text)
		}
		decided = append(decided, ingest.FormatLearned(p.Source, p.Order, lines)...)
	}
	save(t, dir+"/boilerplate.toml", string(decided))
	return slices.ContainsFunc(proposals, func(p Proposal) bool { return p.Order != "" })
}

// TestDoubts names each source once whose dates have two readings, and none that something settles.
func TestDoubts(t *testing.T) {
	dir := t.TempDir()
	story := func(file, date string) {
		save(t, dir+"/"+file+".txt", "A story of the town\n"+date+"\n\nIt was told at length on that day.\n")
	}
	story("doubtful/a", "03/04/2002")
	story("doubtful/b", "Published: 05/06/2002")
	story("doubtful/c", "28/06/2002")
	story("plain/a", "2002-04-03")
	story("year/a", "Date: 2002")
	for i := range 4 {
		story(fmt.Sprint("settled/", i), fmt.Sprintf("2%d/06/2002", i))
	}
	story("settled/x", "03/04/2002")
	story("told/x", "03/04/2002")
	save(t, dir+"/told/x.toml", "date = '2002'\n")
	story("recorded/x", "03/04/2002")
	save(t, dir+"/boilerplate.toml", "[[source]]\nname = 'recorded'\ndate_order = 'mdy'\n")
	doubts, err := read(t, options(dir)).Doubts()
	if err != nil {
		t.Fatal(err)
	}
	want := []Doubt{{Source: "doubtful", Articles: 2, File: "doubtful/a.txt", Line: 2, Text: "03/04/2002"}}
	if d := cmp.Diff(want, doubts); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	o := options(dir)
	o.DateOrder = "dmy"
	if doubts, err := read(t, o).Doubts(); len(doubts) > 0 || err != nil {
		t.Errorf("with the order set, %v %v", doubts, err)
	}
}

// TestFileTimesTellNothing gives files other times: no article is dated by them.
func TestFileTimesTellNothing(t *testing.T) {
	dir := t.TempDir()
	save(t, dir+"/a.txt", "A story of the town\n\nIt was told at length on that day.\n")
	save(t, dir+"/b.md", "The river rose.\n")
	save(t, dir+"/c.txt", "Skip to content\nMenu\nSearch\nLog in\nThe harbour wall gives way\n2 days ago\nThe harbour wall gave way at three in the morning on Monday, and the sea came into the lower streets of the town.\n")
	save(t, dir+"/d.txt", "WHITBY, April 5 (AP) - The harbour wall gave way on Friday, the fire brigade said, and nobody was hurt.\n")
	save(t, dir+"/e.txt", strings.Repeat("The har- bour wall gave way at\nthree in the moming on Monday\nand the sea came into the town\n", 12))
	var first string
	for _, at := range []time.Time{{}, time.Unix(0, 0), time.Date(1916, 1, 28, 0, 0, 0, 0, time.UTC), time.Date(1996, 1, 28, 12, 0, 0, 0, time.UTC), time.Date(2019, 4, 5, 23, 59, 59, 0, time.UTC), time.Date(2094, 1, 1, 0, 0, 0, 0, time.UTC)} {
		files, _ := filepath.Glob(dir + "/*")
		for _, file := range append(files, dir) {
			if err := os.Chtimes(file, at, at); err != nil {
				t.Fatal(err)
			}
		}
		dated := dates(t, dir)
		for file, date := range dated {
			if date != "" {
				t.Errorf("%s of %v is dated %s", file, at, date)
			}
		}
		shown := describe(t, read(t, options(dir)))
		if first == "" {
			first = shown
		}
		if len(dated) != 5 || shown != first {
			t.Errorf("%d articles at %v:\n%s\nand before\n%s", len(dated), at, shown, first)
		}
	}
}
