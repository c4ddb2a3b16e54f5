package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"broadsheet/generator/golden"
)

var sequences = flag.Int("sequences", 10, "random sequences of edits that TestIncrementalEqualsClean and TestWarmEqualsClean try, each")

// closely is how many sequences are compared after each edit; of the others the last build alone is.
const closely = 3

// TestIncrementalEqualsClean edits a small site at random, and builds it after each edit. Whatever was done, the
// output must be, byte for byte, what a clean build of the same files makes. Many of these builds take up what the last one
// left; sometimes a part of that is lost.
func TestIncrementalEqualsClean(t *testing.T) {
	sequence(t, 7, func(e *editor, edits int, compare func(done ...string)) {
		for n := range edits {
			edit := e.edit
			if n%2 == 1 {
				edit = e.editArticle
			}
			what := edit()
			e.run("public", e.flags...)
			if n < edits-1 {
				compare(what)
				continue
			}
			compare(what, "end")
		}
	})
}

// TestWarmEqualsClean edits a site while it is watched: what a workshop makes of what it has kept must be, byte for byte,
// what a clean build of the same files makes, and what another process then makes of that too.
func TestWarmEqualsClean(t *testing.T) {
	sequence(t, 11, func(e *editor, edits int, compare func(done ...string)) {
		e.watch()
		for range edits {
			what := e.editArticle()
			e.rebuild()
			compare(what)
		}
		compare("end")
		e.close()
		what := e.editArticle()
		e.run("public")
		compare(what, "another process", "end")
	})
}

// sequence runs random edits of small sites. compare is told what was done; it holds the output against a clean build's at
// the end, and always in the first few sequences.
func sequence(t *testing.T, kind uint64, run func(e *editor, edits int, compare func(done ...string))) {
	for seed := range *sequences {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			e := &editor{t: t, r: rand.New(rand.NewPCG(uint64(seed), kind)), dir: memoryDir(t)}
			articles, edits := 5, 4
			if seed < closely {
				articles, edits = 12, 10
			}
			e.start(articles)
			var done []string
			run(e, edits, func(what ...string) {
				done = append(done, what...)
				if seed >= closely && what[len(what)-1] != "end" {
					return
				}
				if difference := compareTrees(readTree(t, filepath.Join(e.dir, "public")), e.clean()); difference != "" {
					t.Fatalf("after %s:\n%s", strings.Join(done, ", "), difference)
				}
			})
			if seed < closely && e.warm == 0 {
				t.Errorf("no build began with what the last one left, after %s", strings.Join(done, ", "))
			}
		})
	}
}

// memoryDir is a temporary folder, in memory where the system has files there: these tests write many.
func memoryDir(t *testing.T) string {
	const shared = "/dev/shm"
	if info, err := os.Stat(shared); err != nil || !info.IsDir() {
		return t.TempDir()
	}
	dir, err := os.MkdirTemp(shared, "broadsheet-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// TestEachEditAlone makes every single edit of settings, entities.toml, tags.toml and one sidecar, one after the other.
// A page whose key misses something that it shows is found here without luck.
func TestEachEditAlone(t *testing.T) {
	edits := map[string][]func(*editor){}
	for _, s := range settings() {
		for _, value := range s[1:] {
			edits[s[0]] = append(edits[s[0]], func(e *editor) { e.set(s[0], value) })
		}
	}
	for name, texts := range map[string][]string{"entities.toml": entityFiles(), "tags.toml": tagFiles(), "n/paper.toml": sidecars()} {
		for _, text := range texts {
			edits[name] = append(edits[name], func(e *editor) { e.write("content/"+name, text) })
		}
	}
	for name, some := range edits {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := &editor{t: t, r: rand.New(rand.NewPCG(1, 1)), dir: t.TempDir()}
			e.start(5)
			for n, edit := range some {
				edit(e)
				if difference := compareTrees(e.build("public"), e.build("clean", "--clean")); difference != "" {
					t.Fatalf("edit %d: %s", n, difference)
				}
			}
		})
	}
}

// TestTakenAddress has an article stand where a list, a name's page or a day's comes to be, and come to where one stands: while
// watched as in a clean build, who asked first keeps the address.
func TestTakenAddress(t *testing.T) {
	article := func(title, more string) string {
		return fmt.Sprintf("+++\ntitle = %q\n%s\n+++\nThe talks went on.\n", title, more)
	}
	for name, c := range map[string]struct{ before, after string }{
		"a new tag":               {"date = 2003-05-06\nurl = 'tags/peace/index.html'", "tags = ['Peace']"},
		"a new part of a list":    {"date = 2003-05-06\nurl = 'tags/war/2040.html'", "tags = ['War']\ndate = 2040-02-03"},
		"a new name":              {"date = 2003-05-06\nurl = 'people/jane-roe/index.html'", "people = ['Jane Roe']"},
		"a new day":               {"date = 2003-05-06\nurl = 'dates/on/02-03.html'", "date = 2001-02-03"},
		"an article on a tag":     {"date = 2003-05-06\ntags = ['Peace']", "url = 'tags/peace/index.html'"},
		"an article on a day":     {"date = 2003-02-03", "url = 'dates/on/02-03.html'"},
		"an article on the other": {"date = 2003-05-06", "url = 'articles/2003/05/one.html'"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := &editor{t: t, dir: memoryDir(t)}
			e.write("site.toml", "[entities]\nmin_articles = 1\n[tags]\nmin_articles = 1\n[listings]\nsplit_above = 2\n")
			for n := range 24 { // enough to lead on to
				e.write(fmt.Sprintf("content/war-%d.md", n), article(fmt.Sprintf("War %d", n), fmt.Sprintf("tags = ['War']\npeople = ['Lim Dong-won']\ndate = %d-03-04", 1990+n)))
			}
			e.write("content/one.md", article("One", c.before)) // not beside the other
			e.write("content/two.md", article("Two", ""))
			e.watch()
			defer e.close()
			e.write("content/two.md", article("Two, edited", ""))
			e.rebuild()
			if e.warm != 1 {
				t.Fatal("no build began with what the last one left")
			}
			e.write("content/two.md", article("Two", c.after))
			e.rebuild()
			if difference := compareTrees(readTree(t, filepath.Join(e.dir, "public")), e.clean()); difference != "" {
				t.Error(difference)
			}
		})
	}
}

// TestDatesComeAndGo gives a watched site its first article and takes its last, and has years, months and days come and go between,
// long ones become short and short ones long: the pages beside them and the days of a month that becomes long are new each time.
func TestDatesComeAndGo(t *testing.T) {
	e := &editor{t: t, dir: memoryDir(t)}
	e.write("site.toml", "title = 'The Example'\n[listings]\nsplit_above = 2\n")
	e.write("content/a.md", "+++\ntitle = 'A'\ndraft = true\n+++\nNot yet.\n")
	e.watch()
	defer e.close()
	for _, edit := range strings.Fields("a:draft a:2003-05-06 b:2003-05-06 c:2003-05-07 d:2001 c:2003-06-07 c:2003-05-08 d:2003 f:2003 g:2003 g:2010-05 " +
		"f:2003-05 b:1999-01-01 a:2003-05 h:199X h:1998-02-29 h:1998-02-28 f:draft b:draft c:draft d:draft g:draft h:draft a:draft") {
		name, date, _ := strings.Cut(edit, ":")
		matter := fmt.Sprintf("title = %q\ndate = %q", strings.ToUpper(name), date)
		if date == "draft" {
			matter = "title = 'Later'\ndraft = true"
		}
		e.write("content/"+name+".md", "+++\n"+matter+"\n+++\nThe talks went on.\n")
		e.rebuild()
		if difference := compareTrees(readTree(t, filepath.Join(e.dir, "public")), e.clean()); difference != "" {
			t.Fatalf("after %s: %s", edit, difference)
		}
	}
	if e.warm < 15 {
		t.Errorf("%d builds began with what the last one left", e.warm)
	}
}

func readTree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files, err := golden.Tree(dir)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// compareTrees says how two outputs differ, or "".
func compareTrees(got, want map[string]string) string {
	var b strings.Builder
	for name, content := range want {
		switch have, found := got[name]; {
		case !found:
			fmt.Fprintf(&b, "missing: %s\n", name)
		case have != content:
			fmt.Fprintf(&b, "differs: %s\n--- incremental\n%s\n--- clean\n%s\n", name, have, content)
		}
	}
	for name := range got {
		if _, found := want[name]; !found {
			fmt.Fprintf(&b, "left over: %s\n", name)
		}
	}
	return b.String()
}
