//go:build unix

package main

import (
	"bytes"
	"cmp"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/pprof"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

var (
	warmSite    = flag.String("warm-site", "", "site in which BenchmarkWarm edits articles and puts them back; a copy is best")
	warmProfile = flag.String("warm-profile", "", "file for a profile of the edits alone")
	warmEdit    = flag.String("warm-edit", "", "one kind of edit, in place of all")
	warmOut     = flag.String("warm-out", "", "its output folder")
	warmTimes   = flag.Int("warm-times", 10, "edits of each kind, each made and taken back")
	warmHurry   = flag.Bool("warm-hurry", false, "leave no time between edits, in which a watch would collect garbage")
)

// BenchmarkWarm edits articles of a site while it is watched, one after the other at random, and prints how long it is from
// telling the workshop to the last page being in place.
func BenchmarkWarm(b *testing.B) {
	if *warmSite == "" {
		b.Skip("no -warm-site")
	}
	flags := &buildFlags{flags: &flags{site: *warmSite, out: *warmOut, stderr: &bytes.Buffer{}}, watch: true}
	w := &workshop{open: flags.open}
	var cpu time.Duration
	rebuild := func(changed ...string) (time.Duration, made) {
		start, before := time.Now(), cpuTime(b)
		m, _, err := w.rebuild(context.Background(), changed, newProgress(os.Stderr))
		if err != nil {
			b.Fatal(err)
		}
		cpu += cpuTime(b) - before
		return time.Since(start), m
	}
	took, m := rebuild()
	fmt.Printf("whole build: %v, %d written\n", took, len(m.Written))
	start := time.Now()
	if err := w.settle(context.Background(), 0); err != nil {
		b.Fatal(err)
	}
	fmt.Printf("made ready: %v\n", time.Since(start))
	if *warmProfile != "" {
		f, err := os.Create(*warmProfile)
		if err != nil {
			b.Fatal(err)
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			b.Fatal(err)
		}
		defer pprof.StopCPUProfile()
	}
	names := articlesOf(b, filepath.Join(*warmSite, contentFolder))
	r := rand.New(rand.NewPCG(1, 1))
	for _, edit := range warmEdits {
		if *warmEdit != "" && *warmEdit != edit.name {
			continue
		}
		var times []time.Duration
		var written []int
		fell := 0
		cpu = 0
		for range max(b.N, *warmTimes) {
			name := names[r.IntN(len(names))]
			text, err := os.ReadFile(name)
			if err != nil {
				b.Fatal(err)
			}
			after := edit.do(name, string(text))
			for _, files := range []map[string]string{after, contents(after)} {
				replaceFiles(b, files)
				was := w.last
				took, m := rebuild(slices.Sorted(maps.Keys(files))...)
				times, written = append(times, took), append(written, len(m.Written)+len(m.Removed))
				if was != w.last {
					fell++
				}
				if !*warmHurry {
					collect()
				}
			}
		}
		slices.Sort(times)
		slices.Sort(written)
		fmt.Printf("%-9s p50 %v  p95 %v  most %v  cpu %v each  files p50 %d  most %d  whole builds %d of %d\n", edit.name,
			times[len(times)/2].Round(time.Millisecond), times[len(times)*95/100].Round(time.Millisecond), times[len(times)-1].Round(time.Millisecond), (cpu / time.Duration(len(times))).Round(time.Millisecond),
			written[len(written)/2], written[len(written)-1], fell, len(times))
	}
	if err := w.close(); err != nil {
		b.Fatal(err)
	}
}

// warmEdits are what is done to an article and its text: what is in each file afterwards, "" for none.
var warmEdits = []struct {
	name string
	do   func(name, text string) map[string]string
}{
	{"headline", replacing("title: \"", "title: \"Edited: ")},
	{"body", func(name, text string) map[string]string {
		return map[string]string{name: text + "\n\nOne more sentence of the story.\n"}
	}},
	{"names", replacing("people: [", "people: [\"Jane Newcomer\", ")},
	{"tags", replacing("tags: [", "tags: [\"Jubilees\", ")},
	{"date", replacing("date: 20", "date: 19")},
	{"added", func(name, text string) map[string]string {
		return map[string]string{beside(name, "added"): strings.Replace(text, "title: \"", "title: \"Added: ", 1)}
	}},
	{"removed", func(name, _ string) map[string]string { return map[string]string{name: ""} }},
	{"renamed", func(name, text string) map[string]string {
		return map[string]string{name: "", beside(name, "renamed"): text}
	}},
	{"entry", func(_, text string) map[string]string { // of the first person that the front matter names
		_, people, _ := strings.Cut(text, "people: [\"")
		person, _, _ := strings.Cut(people, "\"")
		file := filepath.Join(*warmSite, contentFolder, "entities.toml")
		return map[string]string{file: contents(map[string]string{file: ""})[file] + fmt.Sprintf("\n[[person]]\nname = %q\nnote = \"Told.\"\n", cmp.Or(person, "Jane Newcomer"))}
	}},
}

func replacing(some, other string) func(name, text string) map[string]string {
	return func(name, text string) map[string]string {
		return map[string]string{name: strings.Replace(text, some, other, 1)}
	}
}

func beside(name, word string) string { return strings.TrimSuffix(name, ".md") + "-" + word + ".md" }

// contents is what is in some files, "" for none.
func contents(files map[string]string) map[string]string {
	all := map[string]string{}
	for name := range files {
		text, _ := os.ReadFile(name)
		all[name] = string(text)
	}
	return all
}

func replaceFiles(b *testing.B, files map[string]string) {
	for name, text := range files {
		var err error
		if text == "" {
			err = os.Remove(name)
		} else {
			err = os.WriteFile(name, []byte(text), 0o666)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}

// cpuTime is what this process has used.
func cpuTime(b *testing.B) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

func articlesOf(b *testing.B, dir string) (names []string) {
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(p) == ".md" {
			names = append(names, p)
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return names
}
