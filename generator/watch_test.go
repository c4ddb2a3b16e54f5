package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"broadsheet/generator/site"
	"broadsheet/generator/watch"
)

// script is an output that does something at each of some words, in their order.
type script struct {
	mu    sync.Mutex
	heard bytes.Buffer
	steps []step
}

type step struct {
	at string
	do func()
}

func (s *script) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.heard.Write(b)
	for len(s.steps) > 0 && strings.Contains(s.heard.String(), s.steps[0].at) {
		next := s.steps[0]
		s.heard.Reset()
		s.steps = s.steps[1:]
		next.do()
	}
	return len(b), nil
}

// TestWatching begins with a fault, mends it, edits an article and presses Ctrl-C: neither build --watch nor serve ends
// before that, and then they end well.
func TestWatching(t *testing.T) {
	for _, command := range [][]string{{"build", "--watch"}, {"serve", "--addr", "127.0.0.1:0"}} {
		t.Run(command[0], func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			save := func(name, text string) func() {
				return func() {
					file := filepath.Join(dir, name)
					if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
						t.Error(err)
					}
					if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
						t.Error(err)
					}
				}
			}
			save("content/flood.txt", "The flood\n\nThe river rose on Friday evening.\n")()
			save("site.toml", "titel = 'A slip'\n")()
			ctx, stop := context.WithCancel(t.Context())
			heard := &script{steps: []step{
				{`unknown key "titel"`, save("site.toml", "title = 'No slip'\n")},
				{"removed", save("content/flood.txt", "The flood\n\nThe river fell on Sunday morning.\n")},
				{"removed", stop},
			}}
			if code := run(ctx, append(command, "--site", dir), heard, heard); code != 0 {
				t.Errorf("exit code %d", code)
			}
			if len(heard.steps) > 0 {
				t.Errorf("ended before %q", heard.steps[0].at)
			}
		})
	}
}

// TestAnotherBuild has another build at work on the site when an article is saved: serve waits for it, and then shows the
// article.
func TestAnotherBuild(t *testing.T) {
	e := &editor{t: t, dir: t.TempDir()}
	e.write("content/flood.txt", "The flood\n\nThe river rose on Friday evening.\n")
	ctx, stop := context.WithCancel(t.Context())
	unlock := func() error { return nil }
	heard := &script{steps: []step{
		{"rewritten", func() {
			var err error
			for unlock, err = site.Lock(filepath.Join(e.dir, stateFolder)); errors.Is(err, site.ErrBusy); { // while serve settles
				unlock, err = site.Lock(filepath.Join(e.dir, stateFolder))
			}
			if err != nil {
				t.Error(err)
			}
			e.write("content/flood.txt", "The flood\n\nThe river fell on Sunday morning.\n")
		}},
		{"waiting for another build", func() {
			if err := unlock(); err != nil {
				t.Error(err)
			}
		}},
		{"rewritten", stop},
	}}
	if code := run(ctx, []string{"serve", "--site", e.dir, "--addr", "127.0.0.1:0"}, heard, heard); code != 0 {
		t.Errorf("exit code %d", code)
	}
	page, err := os.ReadFile(filepath.Join(e.dir, filepath.FromSlash(previewFolder), outputFolder, "articles/undated/flood.html"))
	if err != nil || !strings.Contains(string(page), "Sunday") {
		t.Errorf("the page: %v", err)
	}
}

// TestInterrupted presses Ctrl-C before a build is done: nothing is written, and no fault of the site is claimed.
func TestInterrupted(t *testing.T) {
	e := &editor{t: t, dir: t.TempDir()}
	e.write("content/flood.txt", "The flood\n\nThe river rose on Friday evening.\n")
	ctx, stop := context.WithCancel(t.Context())
	stop()
	var stderr bytes.Buffer
	code := run(ctx, []string{"build", "--site", e.dir}, &bytes.Buffer{}, &stderr)
	if code != exitMachine || !strings.Contains(stderr.String(), "interrupted") {
		t.Errorf("exit code %d, %q", code, stderr.String())
	}
	if _, err := os.Stat(filepath.Join(e.dir, "public")); !os.IsNotExist(err) {
		t.Errorf("the output: %v", err)
	}
}

// TestLongBuild has builds of a given length and changes at given times. Times are the bubble's own.
func TestLongBuild(t *testing.T) {
	type built struct {
		Changed string
		Begun   time.Duration
		Stopped bool
	}
	for _, c := range []struct {
		name    string
		length  time.Duration
		changes []time.Duration // letters, from a on, change then
		want    []built
	}{
		{"a short build ends", 900 * time.Millisecond, []time.Duration{0, 500 * time.Millisecond},
			[]built{{"a", 0, false}, {"b", 900 * time.Millisecond, false}}},
		{"a long build is stopped, the next one is not", 5 * time.Second, []time.Duration{0, 2 * time.Second, 4 * time.Second},
			[]built{{"a", 0, true}, {"a b", 2 * time.Second, false}, {"c", 7 * time.Second, false}}},
		{"a change comes early in a long build", 5 * time.Second, []time.Duration{0, 300 * time.Millisecond},
			[]built{{"a", 0, true}, {"a b", time.Second, false}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				changes := make(chan watch.Change)
				go func() {
					defer close(changes)
					for i, at := range c.changes {
						time.Sleep(at - time.Since(start))
						changes <- watch.Change{Paths: []string{string(rune('a' + i))}}
					}
					time.Sleep(time.Minute)
				}()
				var got []built
				build := rebuild(func(ctx context.Context, changed []string) {
					b := built{strings.Join(changed, " "), time.Since(start), false}
					select {
					case <-time.After(c.length):
					case <-ctx.Done():
						b.Stopped = true
					}
					got = append(got, b)
				})
				for change := range changes {
					build.follow(t.Context(), change, changes)
				}
				if diff := cmp.Diff(c.want, got); diff != "" {
					t.Errorf("builds (-want +got):\n%s", diff)
				}
			})
		})
	}
}
