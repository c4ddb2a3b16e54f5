//go:build unix

package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io/fs"
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
	warmHurry   = flag.Bool("warm-hurry", false, "leave no time between edits, in which a watch would collect garbage")
)

// BenchmarkWarm edits articles of a site while it is watched, one after the other at random, and prints how long it is from
// telling the workshop to the last page being in place: headlines, bodies, names, additions and removals.
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
	for _, edit := range []struct {
		name string
		do   func(text string) string
	}{
		{"headline", func(s string) string { return strings.Replace(s, "title: \"", "title: \"Edited: ", 1) }},
		{"body", func(s string) string { return s + "\n\nOne more sentence of the story.\n" }},
		{"names", func(s string) string { return strings.Replace(s, "people: [", "people: [\"Jane Newcomer\", ", 1) }},
		{"date", func(s string) string { return strings.Replace(s, "date: 20", "date: 19", 1) }},
		{"added", nil},
	} {
		if *warmEdit != "" && *warmEdit != edit.name {
			continue
		}
		var times []time.Duration
		var files []int
		fell := 0
		cpu = 0
		for range max(b.N, 10) {
			name := names[r.IntN(len(names))]
			before, err := os.ReadFile(name)
			if err != nil {
				b.Fatal(err)
			}
			to, after := name, []byte(nil)
			if edit.do == nil {
				to, after = strings.TrimSuffix(name, ".md")+"-added.md", bytes.Replace(before, []byte("title: \""), []byte("title: \"Added: "), 1)
			} else {
				after = []byte(edit.do(string(before)))
			}
			for _, text := range [][]byte{after, before} {
				if text != nil && (edit.do != nil || &text[0] == &after[0]) {
					err = os.WriteFile(to, text, 0o666)
				} else {
					err = os.Remove(to)
				}
				if err != nil {
					b.Fatal(err)
				}
				was := w.last
				took, m := rebuild(to)
				times, files = append(times, took), append(files, len(m.Written)+len(m.Removed))
				if was != w.last {
					fell++
				}
				if !*warmHurry {
					collect()
				}
			}
		}
		slices.Sort(times)
		slices.Sort(files)
		fmt.Printf("%-9s p50 %v  p95 %v  most %v  cpu %v each  files p50 %d  most %d  whole builds %d of %d\n", edit.name,
			times[len(times)/2].Round(time.Millisecond), times[len(times)*95/100].Round(time.Millisecond), times[len(times)-1].Round(time.Millisecond), (cpu / time.Duration(len(times))).Round(time.Millisecond),
			files[len(files)/2], files[len(files)-1], fell, len(times))
	}
	if err := w.close(); err != nil {
		b.Fatal(err)
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
