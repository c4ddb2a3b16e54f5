package watch

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"
)

const ms = time.Millisecond

// Bursts end after a pause, or when they have lasted long enough. Times are the bubble's own, so nothing waits.
func TestGather(t *testing.T) {
	dir := t.TempDir()
	saved, empty, gone := filepath.Join(dir, "saved.txt"), filepath.Join(dir, "empty.txt"), filepath.Join(dir, "gone.txt")
	if err := errors.Join(os.WriteFile(saved, []byte("text"), 0o666), os.WriteFile(empty, nil, 0o666)); err != nil {
		t.Fatal(err)
	}
	var many []string
	for n := range few + 1 {
		many = append(many, filepath.Join(dir, fmt.Sprint(n)))
		if err := os.WriteFile(many[n], []byte("text"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name   string
		events []timed         // from the start
		busy   time.Duration   // git is at work until then
		want   []time.Duration // when each burst is over
	}{
		{"one file", []timed{at(0, saved)}, 0, []time.Duration{5 * ms}},
		{"a pause ends a burst", []timed{at(0, saved), at(3*ms, saved), at(6*ms, saved), at(100*ms, saved)}, 0, []time.Duration{11 * ms, 105 * ms}},
		{"without a pause it ends all the same", every(4*ms, 700*ms, saved), 0, []time.Duration{500 * ms, 705 * ms}},
		{"an empty file may be about to be written", []timed{at(0, empty)}, 0, []time.Duration{100 * ms}},
		{"a file that is gone may come back", []timed{at(0, gone), at(20*ms, gone)}, 0, []time.Duration{120 * ms}},
		{"a file that is gone and comes back", []timed{at(0, saved+".bak"), at(30*ms, saved)}, 0, []time.Duration{130 * ms}},
		{"a folder may be filled", []timed{at(0, dir), at(50*ms, saved)}, 0, []time.Duration{150 * ms}},
		{"a temporary file says nothing", []timed{{event: event{paths: []string{gone}, came: true}}, at(ms, gone), at(ms, saved)}, 0, []time.Duration{6 * ms}},
		{"many files", []timed{at(0, many...), at(90*ms, many...)}, 0, []time.Duration{190 * ms}},
		{"many files without a pause", every(90*ms, 11*time.Second, many...), 0, []time.Duration{overdue, 11*time.Second - 20*ms + settle}},
		{"a checkout", []timed{at(0, saved), at(300*ms, saved)}, 450 * ms, []time.Duration{450 * ms}},
		{"git is waited for, but not for ever", []timed{at(0, saved)}, time.Minute, []time.Duration{overdue}},
		{"events were lost", []timed{{event: event{paths: []string{saved}, notice: ErrOverflow}}}, 0, []time.Duration{100 * ms}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				if got := burstTimes(c.events, c.busy); !slices.Equal(got, c.want) {
					t.Errorf("bursts after %v, want %v", got, c.want)
				}
			})
		})
	}
}

// timed is an event and when it comes.
type timed struct {
	event
	at time.Duration
}

func at(when time.Duration, paths ...string) timed { return timed{event{paths: paths}, when} }

func every(step, end time.Duration, paths ...string) []timed {
	var list []timed
	for when := time.Duration(0); when <= end; when += step {
		list = append(list, at(when, paths...))
	}
	return list
}

func burstTimes(list []timed, busy time.Duration) []time.Duration {
	events, changes := make(chan event), make(chan Change)
	start := time.Now()
	go gather(events, changes, func() bool { return time.Since(start) < busy })
	go func() {
		defer close(events)
		for _, e := range list {
			time.Sleep(e.at - time.Since(start))
			events <- e.event
		}
		time.Sleep(20 * time.Second)
	}()
	var got []time.Duration
	for range changes {
		got = append(got, time.Since(start))
	}
	return got
}

func idle() bool { return false }

// While the receiver works, everything that happens becomes one burst: sorted, each path once, the notice kept.
func TestGatherForASlowReceiver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		events, changes := make(chan event), make(chan Change)
		go gather(events, changes, idle)
		for _, path := range []string{"c", "a", "b", "a"} {
			events <- event{paths: []string{path}}
			time.Sleep(time.Second)
		}
		events <- event{paths: []string{"d"}, notice: ErrOverflow}
		time.Sleep(time.Second)
		got := <-changes
		if !slices.Equal(got.Paths, []string{"a", "b", "c", "d"}) || !errors.Is(got.Err, ErrOverflow) {
			t.Errorf("change %+v", got)
		}
		close(events)
		if _, open := <-changes; open {
			t.Error("a change after the end of events")
		}
	})
}

func TestIgnored(t *testing.T) {
	o := Options{Ignore: func(path string) bool { return path == "site/public" }}
	for path, want := range map[string]bool{
		"content/4913": true, "content/.a.txt.swp": true, "content/.a.txt.swx": true, "content/a.swp": true, "content/a.txt~": true,
		"content/.#a.txt": true, "content/#a.txt#": true, "content/.goutputstream-X1": true, "content/.DS_Store": true,
		"content/~$a.docx": true, "content/.~lock.a.odt#": true, "content/a.txt.sb-1a2b-3c": true, "content/a.txt___jb_tmp___": true,
		"content/.a.txt.kate-swp": true, "content/.nfs0001": true, "content/Thumbs.db": true, "content/.broadsheet": true, "content/.git": true, "site/public": true, "templates/embed.go": true, "static/embed.go": true,
		"content/a.txt": false, "content/4913.txt": false, "content/#1 hit.txt": false, "content/a.swords": false,
		"content/main.go": false, "static/.nojekyll": false, "templates/page.html": false, "content/.swimming": false,
	} {
		root, _, _ := strings.Cut(path, "/")
		if got := o.ignores(root, filepath.FromSlash(path)); got != want {
			t.Errorf("%s ignored: %v, want %v", path, got, want)
		}
	}
}

// site is a folder on disk that is being watched.
type site struct {
	t        *testing.T
	dir      string
	changes  <-chan Change
	expected []string // all that was to be seen so far
}

func watched(t *testing.T) *site {
	t.Helper()
	s := &site{t: t, dir: t.TempDir()}
	s.write("content/1916/flood.txt", "flood")
	s.write("content/a.txt", "a")
	s.write("site.toml", "title = 1")
	s.write("public/index.html", "front")
	s.watch()
	return s
}

// watch reports changes from here on.
func (s *site) watch() {
	s.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	changes, err := Watch(ctx, s.options())
	s.must(err)
	s.changes = changes
	s.t.Cleanup(func() {
		cancel()
		for range changes {
		}
	})
}

func (s *site) options() Options {
	return Options{
		Paths:  []string{s.path("content"), s.path("site.toml"), s.path("templates")},
		Ignore: func(path string) bool { return filepath.Base(path) == "ignored" },
	}
}

func (s *site) path(name string) string { return filepath.Join(s.dir, filepath.FromSlash(name)) }

func (s *site) write(name, text string) {
	s.t.Helper()
	s.must(os.MkdirAll(filepath.Dir(s.path(name)), 0o755))
	s.must(os.WriteFile(s.path(name), []byte(text), 0o644))
}

func (s *site) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// sees waits until all the paths were reported, or folders they lie in, in as many changes as it takes, and nothing but
// what was to be seen so far.
func (s *site) sees(names ...string) {
	s.t.Helper()
	missing := map[string]bool{}
	for _, name := range names {
		missing[s.path(name)] = true
		s.expected = append(s.expected, s.path(name))
	}
	patience := time.After(10 * time.Second)
	for len(missing) > 0 {
		select {
		case c := <-s.changes:
			if c.Err != nil {
				s.t.Fatalf("notice: %v", c.Err)
			}
			for _, path := range c.Paths {
				if !slices.ContainsFunc(s.expected, func(name string) bool { return holds(path, name) || holds(name, path) }) {
					s.t.Errorf("reported %s, want only %v", path, names)
				}
				maps.DeleteFunc(missing, func(name string, _ bool) bool { return holds(path, name) })
			}
		case <-patience:
			s.t.Fatalf("not reported: %v", missing)
		}
	}
}

// holds reports whether name is the path, or lies below it.
func holds(path, name string) bool {
	return name == path || strings.HasPrefix(name, path+string(filepath.Separator))
}

func TestWatch(t *testing.T) {
	s := watched(t)
	s.write("content/a.txt", "b")
	s.sees("content/a.txt")

	s.write("content/1917/05/new.txt", "in new folders") // the file may land before its folder is watched
	s.sees("content/1917/05/new.txt")
	s.write("content/1917/05/new.txt", "again")
	s.sees("content/1917/05/new.txt")

	s.write("site.toml.new", "title = 2") // how editors save
	s.must(os.Rename(s.path("site.toml.new"), s.path("site.toml")))
	s.sees("site.toml")

	s.must(os.Remove(s.path("content/a.txt")))
	s.sees("content/a.txt")

	s.write("content/.a.txt.swp", "x")
	s.write("content/ignored/x.txt", "x")
	s.write("public/index.html", "not watched")
	s.must(os.Chmod(s.path("content/1916/flood.txt"), 0o600))
	s.write("content/last.txt", "x")
	s.sees("content/last.txt")
}

// A folder that moves is followed under its new name alone.
func TestMovedFolder(t *testing.T) {
	s := watched(t)
	s.must(os.Rename(s.path("content/1916"), s.path("content/1918")))
	s.sees("content/1916", "content/1918")
	s.write("content/1918/flood.txt", "more")
	s.sees("content/1918/flood.txt")

	s.must(os.Rename(s.path("content/1918"), s.path("elsewhere")))
	s.sees("content/1918")
	s.write("elsewhere/flood.txt", "unseen")
	s.write("content/a.txt", "seen")
	s.sees("content/a.txt")

	s.must(os.Rename(s.path("elsewhere"), s.path("content/1918")))
	s.sees("content/1918")
}

// A given path may come late, go, and come again.
func TestMissingPath(t *testing.T) {
	s := watched(t)
	s.write("templates/page.html", "x")
	s.sees("templates/page.html")
	s.must(os.RemoveAll(s.path("templates")))
	s.sees("templates", "templates/page.html")
	s.write("templates/page.html", "y")
	s.write("templates/embed.go", "y")
	s.sees("templates/page.html")
}

// A link to a folder elsewhere is a change, but what is behind it is not watched. A link to a file is that file, wherever
// it lies.
func TestSymbolicLink(t *testing.T) {
	s := watched(t)
	s.must(os.Symlink(s.path("public"), s.path("content/link")))
	s.sees("content/link")
	s.write("public/index.html", "new")
	s.write("content/a.txt", "b")
	s.sees("content/a.txt")

	s.write("elsewhere/b.txt", "b")
	s.must(os.Symlink(s.path("elsewhere/b.txt"), s.path("content/b.txt")))
	s.must(os.Symlink("1916/flood.txt", s.path("content/flood.txt")))
	s.sees("content/b.txt", "content/flood.txt")
	s.write("elsewhere/b.txt", "new")
	s.sees("content/b.txt")
	s.write("content/1916/flood.txt", "new")
	s.sees("content/1916/flood.txt", "content/flood.txt")
}

// content/ may be a link itself, and be made to lead elsewhere in one step.
func TestLinkedFolder(t *testing.T) {
	s := &site{t: t, dir: t.TempDir()}
	s.write("first/1916/flood.txt", "flood")
	s.write("second/1917/fire.txt", "fire")
	s.must(os.Symlink("first", s.path("content")))
	s.watch()
	s.write("first/1916/flood.txt", "more")
	s.sees("content/1916/flood.txt")
	s.must(os.Symlink("second", s.path("content.new")))
	s.must(os.Rename(s.path("content.new"), s.path("content")))
	s.sees("content")
	s.write("second/1917/fire.txt", "more")
	s.sees("content/1917/fire.txt")
	s.expected = nil
	s.write("first/1916/flood.txt", "unseen")
	s.write("second/a.txt", "seen")
	s.sees("content/a.txt")
}

// A new name that differs in case alone is another file, or on some disks the same one: both names are reported.
func TestCaseOfAName(t *testing.T) {
	s := watched(t)
	s.must(os.Rename(s.path("content/a.txt"), s.path("content/A.txt")))
	s.sees("content/a.txt", "content/A.txt")
	s.write("content/may/b.txt", "b")
	s.sees("content/may")
	s.must(os.Rename(s.path("content/may"), s.path("content/May")))
	s.sees("content/may", "content/May")
	s.write("content/May/b.txt", "more")
	s.sees("content/May/b.txt")
}

// Every way in which editors save is one change, and names the file alone.
func TestSaving(t *testing.T) {
	for name, save := range map[string]func(*site){
		"in place": func(s *site) { s.write("content/a.txt", "new") },
		"in two steps": func(s *site) {
			s.write("content/a.txt", "")
			s.write("content/a.txt", "new")
		},
		"over it": func(s *site) {
			s.write("content/a.txt.tmp", "new")
			s.must(os.Rename(s.path("content/a.txt.tmp"), s.path("content/a.txt")))
		},
		"beside a copy": func(s *site) { // as Vim does
			s.write("content/4913", "")
			s.must(os.Remove(s.path("content/4913")))
			s.must(os.Rename(s.path("content/a.txt"), s.path("content/a.txt~")))
			s.write("content/a.txt", "new")
			s.must(os.Remove(s.path("content/a.txt~")))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := watched(t)
			save(s)
			got := <-s.changes
			there := slices.DeleteFunc(got.Paths, func(path string) bool { return passed(path, true) })
			if !slices.Equal(there, []string{s.path("content/a.txt")}) || got.Err != nil {
				t.Errorf("change %+v", got)
			}
		})
	}
}

// Paths are reported as they were given: relative ones stay so.
func TestRelativePaths(t *testing.T) {
	s := &site{t: t, dir: t.TempDir()}
	s.write("content/a.txt", "a")
	t.Chdir(s.dir)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	changes, err := Watch(ctx, Options{Paths: []string{"./content/", "site.toml"}})
	s.must(err)
	for _, name := range []string{"content/a.txt", "site.toml"} {
		s.write(name, "new")
		if got := <-changes; !slices.Equal(got.Paths, []string{filepath.FromSlash(name)}) {
			t.Errorf("change %v, want %s", got.Paths, name)
		}
	}
}

func TestNoFolder(t *testing.T) {
	if _, err := Watch(context.Background(), Options{Paths: []string{filepath.Join(t.TempDir(), "no", "content")}}); err == nil {
		t.Error("watching a path in a folder that does not exist gave no error")
	}
}

// When the system lost events, everything given counts as changed.
func TestOverflow(t *testing.T) {
	s := &site{t: t, dir: t.TempDir()}
	s.write("content/a.txt", "a")
	var added []string
	add := func(dir string) error { added = append(added, dir); return nil }
	notices, faults, events := make(chan fsnotify.Event), make(chan error, 1), make(chan event, 1)
	faults <- fsnotify.ErrEventOverflow
	ctx, cancel := context.WithCancel(context.Background())
	followed := make(chan error)
	go func() { followed <- newTree(s.options(), add, add).follow(ctx, notices, faults, events) }()
	got := <-events
	cancel()
	if err := <-followed; err != nil {
		t.Error(err)
	}
	if !errors.Is(got.notice, ErrOverflow) || !slices.Equal(got.paths, s.options().Paths) {
		t.Errorf("event %+v", got)
	}
	if !slices.Contains(added, s.path("content")) {
		t.Errorf("folders looked at again: %v", added)
	}
}

// A new folder may be the one too many.
func TestNoMoreWatches(t *testing.T) {
	s := &site{t: t, dir: t.TempDir()}
	s.write("content/1916/a.txt", "a")
	notices := make(chan fsnotify.Event, 1)
	notices <- fsnotify.Event{Name: s.path("content/1916"), Op: fsnotify.Create}
	full := newTree(s.options(), func(dir string) error {
		if strings.HasSuffix(dir, "1916") {
			return syscall.ENOSPC
		}
		return nil
	}, func(string) error { return nil })
	full.dirs[s.path("content")] = s.path("content")
	if err := full.follow(context.Background(), notices, nil, nil); !exhausted(err) {
		t.Errorf("follow gave %v", err)
	}
}

// Polling says why, reports everything once, and then what differs from one look to the next.
func TestPolling(t *testing.T) {
	s := &site{t: t, dir: t.TempDir()}
	s.write("content/1916/a.txt", "a")
	s.write("content/b.txt", "b")
	s.write("content/ignored/c.txt", "c")
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		events := make(chan event)
		go func() {
			defer close(events)
			polling(s.options(), syscall.ENOSPC)(ctx, events)
		}()
		first := <-events
		if !errors.Is(first.notice, ErrPolling) || !errors.Is(first.notice, syscall.ENOSPC) || !slices.Equal(first.paths, s.options().Paths) {
			t.Errorf("first event %+v", first)
		}
		s.write("content/1916/a.txt", "longer")
		s.write("content/1917/d.txt", "new")
		s.write("content/ignored/c.txt", "unseen")
		s.must(os.Remove(s.path("content/b.txt")))
		start := time.Now()
		second := <-events
		slices.Sort(second.paths)
		want := []string{s.path("content/1916/a.txt"), s.path("content/1917/d.txt"), s.path("content/b.txt")}
		if !slices.Equal(second.paths, want) || second.notice != nil || time.Since(start) != between {
			t.Errorf("second event %+v after %v", second, time.Since(start))
		}
		cancel()
		if _, open := <-events; open {
			t.Error("an event after the end")
		}
	})
}

// A disk of one's own is listened to, a path that is not there yet included.
func TestRemote(t *testing.T) {
	if name := remote([]string{t.TempDir(), filepath.Join(t.TempDir(), "later")}); name != "" {
		t.Errorf("the temporary folder is on %s", name)
	}
}
