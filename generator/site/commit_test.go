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
		e := manifest.Entry{Path: path, Key: path + files[path], Size: int64(len(content)), Hash: manifest.Sum(content)}
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
	o, err := openOutput(filepath.Join(dir, "public"), filepath.Join(dir, "state"))
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
	j := journal{stage: o.stage, remove: c.removed, move: c.written}
	if err := j.write(o.prefix + ".journal"); err != nil {
		t.Fatal(err)
	}
	steps -= 2
	some := journal{stage: o.stage, remove: c.removed[:min(steps, len(c.removed))]}
	if steps >= len(c.removed) {
		some.move = c.written[:min(steps-len(c.removed), len(c.written))]
	}
	if err := o.apply(some); err != nil {
		t.Fatal(err)
	}
	return true
}

func TestKilledOnTheFirstBuild(t *testing.T) {
	dir := t.TempDir()
	o := open(t, dir)
	c := write(t, o, before)
	if err := c.manifest.WriteFile(o.prefix + ".next"); err != nil {
		t.Fatal(err)
	}
	if err := (journal{stage: o.stage, whole: true}).write(o.prefix + ".journal"); err != nil {
		t.Fatal(err)
	}
	open(t, dir).abandon()
	if got := tree(t, filepath.Join(dir, "public")); !maps.Equal(got, before) {
		t.Errorf("the output is %v, want %v", got, before)
	}
}

func TestAnothersFolderIsRefused(t *testing.T) {
	dir := t.TempDir()
	theirs := filepath.Join(dir, "public", "thesis.txt")
	if err := os.MkdirAll(filepath.Dir(theirs), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(theirs, []byte("years of work"), 0o666); err != nil {
		t.Fatal(err)
	}
	_, err := openOutput(filepath.Join(dir, "public"), filepath.Join(dir, "state"))
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
	if err := os.WriteFile(theirs, []byte("example.org"), 0o666); err != nil {
		t.Fatal(err)
	}
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
