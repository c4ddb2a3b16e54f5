package site

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"broadsheet/generator/diag"
	"broadsheet/generator/manifest"
)

// write stages files and returns the change that puts them in place; what is not named again goes.
func write(t *testing.T, o *output, files map[string]string) *change {
	t.Helper()
	c := &change{}
	for _, path := range slices.Sorted(maps.Keys(files)) {
		content := []byte(files[path])
		e := manifest.Entry{Path: path, Key: keyOf(path, files[path]), Size: int64(len(content)), Hash: manifest.DigestOf(content)}
		c.manifest = append(c.manifest, e)
		if old, found := o.old.Find(path); found && old.Hash == e.Hash {
			continue
		}
		w := &writer{out: o}
		w.buf.Write(content)
		if err := w.stage(path); err != nil {
			t.Fatal(err)
		}
		c.written = append(c.written, path)
	}
	for _, e := range o.old {
		if _, kept := files[e.Path]; !kept {
			c.removed = append(c.removed, e.Path)
		}
	}
	return c
}

func open(t *testing.T, dir string) *output {
	t.Helper()
	o, err := openOutput(filepath.Join(dir, "public"), filepath.Join(dir, "state"), nil)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func commit(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	o := open(t, dir)
	if err := o.commit(write(t, o, files)); err != nil {
		t.Fatal(err)
	}
}

func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(filepath.Join(dir, name))
		files[name] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

var (
	before = map[string]string{"index.html": "1", "a/x.html": "x", "a/y.html": "y", "was/folder/z.html": "z", "file": "f"}
	after  = map[string]string{"index.html": "2", "a/x.html": "x", "b/new.html": "n", "was": "now a file", "file/inside.html": "now a folder"}
)

func TestCommit(t *testing.T) {
	dir := t.TempDir()
	for _, files := range []map[string]string{before, after, before, {"index.html": "alone"}} {
		commit(t, dir, files)
		if got := tree(t, filepath.Join(dir, "public")); !maps.Equal(got, files) {
			t.Errorf("the output is %v, want %v", got, files)
		}
		if left, _ := os.ReadDir(dir); len(left) != 2 {
			t.Errorf("beside public and state there is something left: %v", left)
		}
	}
}

// folders makes folders in one that the test may fill.
func folders(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func writeFile(t *testing.T, content string, parts ...string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(parts...), []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}

// TestKilled stops a build at every step of putting its files in place; the next one finishes what had been decided,
// and forgets what had not.
func TestKilled(t *testing.T) {
	for step := range 12 {
		dir := t.TempDir()
		commit(t, dir, before)
		o := open(t, dir)
		c := write(t, o, after)
		decided := interrupt(t, o, c, step)
		o = open(t, dir) // the next command
		o.abandon()
		want := before
		if decided {
			want = after
		}
		if got := tree(t, filepath.Join(dir, "public")); !maps.Equal(got, want) {
			t.Errorf("killed at step %d: the output is %v, want %v", step, got, want)
		}
		commit(t, dir, after)
		if got := tree(t, filepath.Join(dir, "public")); !maps.Equal(got, after) {
			t.Errorf("killed at step %d and built again: the output is %v", step, got)
		}
	}
}

// interrupt does the first steps of a commit and reports whether the journal was among them.
func interrupt(t *testing.T, o *output, c *change, steps int) (decided bool) {
	t.Helper()
	if steps == 0 {
		return false
	}
	if err := c.manifest.WriteFile(o.prefix + ".next"); err != nil {
		t.Fatal(err)
	}
	if steps == 1 {
		return false
	}
	j := journal{remove: c.removed, move: c.written}
	if err := j.write(o.prefix + ".journal"); err != nil {
		t.Fatal(err)
	}
	steps -= 2
	some := journal{remove: c.removed[:min(steps, len(c.removed))]}
	if steps >= len(c.removed) {
		some.move = c.written[:min(steps-len(c.removed), len(c.written))]
	}
	if err := o.apply(some); err != nil {
		t.Fatal(err)
	}
	return true
}

// firstBuildDecided is a first build that was killed when it had decided, and before it renamed its stage.
func firstBuildDecided(t *testing.T, dir string) {
	t.Helper()
	o := open(t, dir)
	if err := o.decide(write(t, o, before), journal{whole: true}); err != nil {
		t.Fatal(err)
	}
}

func TestKilledOnTheFirstBuild(t *testing.T) {
	dir := t.TempDir()
	firstBuildDecided(t, dir)
	open(t, dir).abandon()
	if got := tree(t, filepath.Join(dir, "public")); !maps.Equal(got, before) {
		t.Errorf("the output is %v, want %v", got, before)
	}
}

// TestKilledAndOvertaken fills the folder before the next command: the killed build is undone.
func TestKilledAndOvertaken(t *testing.T) {
	dir := t.TempDir()
	firstBuildDecided(t, dir)
	theirs := filepath.Join(dir, "public", "thesis.txt")
	if err := os.Mkdir(filepath.Dir(theirs), 0o777); err != nil {
		t.Fatal(err)
	}
	writeFile(t, "years of work", theirs)
	for range 2 {
		_, err := openOutput(filepath.Join(dir, "public"), filepath.Join(dir, "state"), nil)
		if _, author := diag.AsList(err); !author {
			t.Fatalf("the error is %v, want a message for the author", err)
		}
	}
	if got := tree(t, dir); len(got) != 1 || got["public/thesis.txt"] != "years of work" {
		t.Errorf("there is left %v", slices.Sorted(maps.Keys(got)))
	}
}

// TestMoveIsRepeated carries a journal out again whose first file came into place: nothing is removed again, since on
// a disk that knows no case the removed path may be the new file's.
func TestMoveIsRepeated(t *testing.T) {
	dir := t.TempDir()
	commit(t, dir, map[string]string{"map.svg": "old", "z.html": "old"})
	o := open(t, dir)
	write(t, o, map[string]string{"map.svg": "new", "z.html": "new"})
	if err := o.apply(journal{remove: []string{"map.svg"}, move: []string{"map.svg"}}); err != nil {
		t.Fatal(err)
	}
	if err := o.apply(journal{remove: []string{"map.svg"}, move: []string{"map.svg", "z.html"}}); err != nil {
		t.Fatal(err)
	}
	o.abandon()
	if got := tree(t, filepath.Join(dir, "public")); got["map.svg"] != "new" || got["z.html"] != "new" {
		t.Errorf("the output is %v", got)
	}
}

func TestJournalThatIsNotWhole(t *testing.T) {
	dir := t.TempDir()
	commit(t, dir, before)
	o := open(t, dir)
	o.abandon()
	writeFile(t, "remove index.html\nmove a/x.h", o.prefix+".journal")
	if _, err := openOutput(o.dir, filepath.Join(dir, "state"), nil); err == nil {
		t.Error("half a journal was carried out")
	}
	if got := tree(t, o.dir); !maps.Equal(got, before) {
		t.Errorf("the output is %v", got)
	}
}

// TestReachedByALink builds twice through a symbolic link above an output that is missing at first.
func TestReachedByALink(t *testing.T) {
	dir := folders(t, "disk")
	if err := os.Symlink("disk", filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		commit(t, filepath.Join(dir, "link"), before)
	}
}

// TestSiteMoved moves the site's folder with its output.
func TestSiteMoved(t *testing.T) {
	dir := folders(t, "old")
	commit(t, filepath.Join(dir, "old"), before)
	if err := os.Rename(filepath.Join(dir, "old"), filepath.Join(dir, "new")); err != nil {
		t.Fatal(err)
	}
	commit(t, filepath.Join(dir, "new"), after)
	if got := tree(t, filepath.Join(dir, "new", "public")); !maps.Equal(got, after) {
		t.Errorf("the output is %v, want %v", got, after)
	}
}

// TestOutputApartFromSources refuses an output among the articles, and one that would hold them.
func TestOutputApartFromSources(t *testing.T) {
	dir := folders(t, "site/content", "site/public")
	sources := []string{filepath.Join(dir, "site", "content"), filepath.Join(dir, "site", "static")}
	for out, refused := range map[string]bool{
		".": true, "site": true, "site/content": true, "site/content/public": true, "site/static": true, "site/public": false, "site/contents": false,
	} {
		o, err := openOutput(filepath.Join(dir, out), filepath.Join(dir, "state"), sources)
		if _, author := diag.AsList(err); author != refused {
			t.Errorf("%s: %v", out, err)
		}
		if err == nil {
			o.abandon()
		}
	}
}

// TestStrangersInTheWay puts what no build wrote where a page goes: the build stops, and nothing has changed.
func TestStrangersInTheWay(t *testing.T) {
	for stranger, page := range map[string]string{"robots.txt": "robots.txt", "people": "people/index.html", "about.html/notes.txt": "about.html", "a/x.html/mine": "a/x.html"} {
		dir := t.TempDir()
		commit(t, dir, before)
		public := filepath.Join(dir, "public")
		if stranger == "a/x.html/mine" {
			os.Remove(filepath.Join(public, "a", "x.html")) // a folder in the place of one of our files
		}
		if err := os.MkdirAll(filepath.Dir(filepath.Join(public, stranger)), 0o777); err != nil {
			t.Fatal(err)
		}
		writeFile(t, "mine", public, stranger)
		want := tree(t, public)
		o := open(t, dir)
		err := o.commit(write(t, o, map[string]string{"index.html": "2", page: "theirs"}))
		if _, author := diag.AsList(err); !author {
			t.Errorf("%s: %v, want a message for the author", stranger, err)
		}
		if got := tree(t, public); !maps.Equal(got, want) {
			t.Errorf("%s: the output is %v, want %v", stranger, got, want)
		}
	}
}

func TestAnothersFolderIsRefused(t *testing.T) {
	dir := folders(t, "public")
	theirs := filepath.Join(dir, "public", "thesis.txt")
	writeFile(t, "years of work", theirs)
	_, err := openOutput(filepath.Join(dir, "public"), filepath.Join(dir, "state"), nil)
	if _, author := diag.AsList(err); !author {
		t.Errorf("the error is %v, want a message for the author", err)
	}
	if b, err := os.ReadFile(theirs); string(b) != "years of work" {
		t.Errorf("their file: %q, %v", b, err)
	}
}

// TestOthersFilesStay puts a file of somebody else's among ours: no build touches it.
func TestOthersFilesStay(t *testing.T) {
	dir := t.TempDir()
	commit(t, dir, before)
	theirs := filepath.Join(dir, "public", "a", "CNAME")
	writeFile(t, "example.org", theirs)
	commit(t, dir, map[string]string{"index.html": "alone"})
	if b, err := os.ReadFile(theirs); string(b) != "example.org" {
		t.Errorf("their file: %q, %v", b, err)
	}
}

func TestOneBuildAtATime(t *testing.T) {
	state := t.TempDir()
	unlock, err := Lock(state)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Lock(state); err == nil {
		t.Error("a second build got the lock")
	}
	if err := unlock(); err != nil {
		t.Fatal(err)
	}
	if unlock, err = Lock(state); err != nil {
		t.Error(err)
	} else if err := unlock(); err != nil {
		t.Error(err)
	}
}
