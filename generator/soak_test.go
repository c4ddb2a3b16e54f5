package main

import (
	"bufio"
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

var cycles = flag.Int("cycles", 20, "rounds of edits that TestSoak makes")

// TestSoak serves a site on a real file system and makes, round after round, every kind of edit: saved in place, saved by
// renaming, a folder that comes, moves and goes, a template, a fault and its repair. When the first rounds have filled what
// is kept, the rest must leave no more memory, goroutines or open files than they found.
func TestSoak(t *testing.T) {
	s := newSoak(t)
	rounds := max(*cycles, 10)
	first := rounds / 5
	var before holdings
	for n := range rounds {
		if n == first {
			before = used(t)
		}
		s.round(n)
	}
	after := used(t)
	t.Logf("after %d rounds: %v; after %d: %v", first, before, rounds, after)
	if after.goroutines > before.goroutines || after.files > before.files {
		t.Errorf("goroutines or open files stay behind")
	}
	if slack := uint64(1 << 20); after.memory > before.memory+max(before.memory/20, slack) {
		t.Errorf("memory grows by more than a twentieth")
	}
}

// holdings is what a process holds.
type holdings struct {
	memory     uint64 // bytes in use after a collection
	goroutines int
	files      int // open; 0 where the system does not say
}

func (u holdings) String() string {
	return fmt.Sprintf("%d kB, %d goroutines, %d open files", u.memory>>10, u.goroutines, u.files)
}

func used(t *testing.T) holdings {
	t.Helper()
	http.DefaultClient.CloseIdleConnections()
	runtime.GC()
	runtime.GC() // what finalizers let go of
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	open, _ := os.ReadDir("/proc/self/fd")
	return holdings{m.HeapAlloc, runtime.NumGoroutine(), len(open)}
}

type soak struct {
	*editor
	root    string
	reports *bufio.Scanner
}

func newSoak(t *testing.T) *soak {
	t.Helper()
	s := &soak{editor: &editor{t: t, dir: t.TempDir()}}
	s.write("site.toml", "title = 'Soak'\n[entities]\nmin_articles = 1\n")
	for n := range 50 {
		s.write(fmt.Sprintf("content/%d/story-%d.txt", n%5, n), fmt.Sprintf("Story %d\n\nLim Dong-won met Jane Roe in Seoul. The talks %d went on.\n", n, n))
	}
	ctx, stop := context.WithCancel(context.Background())
	address := make(announce, 1)
	var ended sync.WaitGroup
	ended.Go(func() { run(ctx, []string{"serve", "--site", s.dir, "--addr", "127.0.0.1:0"}, address, io.Discard) })
	s.root = <-address
	r, err := http.Get(s.root + "_preview/events?page=index.html")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		r.Body.Close()
		stop()
		ended.Wait()
	})
	s.reports = bufio.NewScanner(r.Body)
	s.reports.Buffer(nil, 1<<20)
	s.wait("the first build", s.shows("articles/undated/story-0.html", "Story 0"))
	return s
}

// wait reads reports until it is so.
func (s *soak) wait(what string, so func(report string) bool) {
	s.t.Helper()
	for s.reports.Scan() {
		if data, found := strings.CutPrefix(s.reports.Text(), "data: "); found && so(data) {
			return
		}
	}
	s.t.Fatalf("the stream ended before %s: %v", what, s.reports.Err())
}

// shows reports whether a page of the output has some words; "" asks for there being no such page.
func (s *soak) shows(page, words string) func(string) bool {
	return func(string) bool {
		b, err := os.ReadFile(filepath.Join(s.dir, ".broadsheet", "preview", "public", filepath.FromSlash(page)))
		return words == "" && err != nil || words != "" && err == nil && bytes.Contains(b, []byte(words))
	}
}

func (s *soak) round(n int) {
	s.t.Helper()
	words := fmt.Sprintf("Round %d of the talks.", n)
	story := "Story 1\n\nJane Roe left Seoul. " + words + "\n"
	page := "articles/undated/story-1.html"
	switch n % 5 {
	case 0:
		s.write("content/1/story-1.txt", story)
	case 1:
		s.write("content/1/story-1.txt.tmp", story)
		s.move("content/1/story-1.txt.tmp", "content/1/story-1.txt")
	case 2:
		s.write("content/new/deep/story-new.txt", "New\n\n"+words+"\n")
		s.wait(words, s.shows("articles/undated/story-new.html", words))
		s.move("content/new", "content/moved")
		s.write("content/moved/deep/story-new.txt", "New\n\nMoved. "+words+"\n")
		s.wait("the move", s.shows("articles/undated/story-new.html", "Moved. "+words))
		if err := os.RemoveAll(filepath.Join(s.dir, "content/moved")); err != nil {
			s.t.Fatal(err)
		}
		page, words = "articles/undated/story-new.html", ""
	case 3:
		s.write("templates/missing.html", "<!doctype html>\n<title>None</title>\n<p>"+words+"</p>\n")
		page = "404.html"
	case 4:
		s.write("content/entities.toml", "[[person]]\nnam = \"Jane Roe\"\n")
		s.wait("the fault", func(report string) bool { return strings.Contains(report, "entities.toml:2:1") })
		s.write("content/entities.toml", fmt.Sprintf("[[person]]\nname = \"Jane Roe\"\nnote = %q\n", words))
		page = "people/jane-roe/index.html"
	}
	s.wait(words, s.shows(page, words))
	if r, err := http.Get(s.root + "_preview/source?page=articles/undated/story-1.html"); err != nil {
		s.t.Fatal(err)
	} else {
		r.Body.Close()
	}
}

func (s *soak) move(from, to string) {
	s.t.Helper()
	if err := os.Rename(filepath.Join(s.dir, filepath.FromSlash(from)), filepath.Join(s.dir, filepath.FromSlash(to))); err != nil {
		s.t.Fatal(err)
	}
}

// announce is an output that waits for the address of the preview.
type announce chan string

func (a announce) Write(b []byte) (int, error) {
	if i := strings.Index(string(b), "http://"); i >= 0 {
		a <- strings.Fields(string(b)[i:])[0]
	}
	return len(b), nil
}
