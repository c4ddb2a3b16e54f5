package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"broadsheet/generator/diag"
	"broadsheet/generator/golden"
	"broadsheet/generator/manifest"
)

// output is a site's files; a page is the lines it links to.
type output map[string]string

func (o output) manifest() manifest.Manifest {
	var m manifest.Manifest
	for name, text := range o {
		m = append(m, manifest.Entry{Path: name, Hash: manifest.DigestOf([]byte(text)), Size: int64(len(text))})
	}
	m.Sort()
	return m
}

func (o output) files() fs.FS {
	files := fstest.MapFS{}
	for name, text := range o {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

// watched calls look before each file is read, and fails when it says so.
type watched struct {
	fs.FS
	mu   sync.Mutex
	look func() error
}

func (w *watched) Open(name string) (fs.File, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.look(); err != nil {
		return nil, err
	}
	return w.FS.Open(name)
}

func (o output) publish(t *testing.T, dir string, from fs.FS) (*Difference, error) {
	t.Helper()
	target, err := OpenDirectory(dir)
	if err != nil {
		t.Fatal(err)
	}
	d, err := target.Compare(o.manifest())
	if err != nil {
		t.Fatal(err)
	}
	return d, target.Apply(t.Context(), d, o.manifest(), from, func(int, int) {})
}

// edit is an output like another: articles come, change and go, lists name those there are, and the front page the lists.
func edit(r *rand.Rand, before output) output {
	o, articles := output{}, []string{}
	for name, text := range before {
		if strings.HasPrefix(name, "articles/") && r.IntN(5) > 0 {
			o[name] = text
		}
	}
	for range r.IntN(6) {
		o[fmt.Sprintf("articles/%d/%s.html", r.IntN(3), []string{"a", "b", "c", "d"}[r.IntN(4)])] = strings.Repeat("\n", 1+r.IntN(4))
	}
	for name := range o {
		articles = append(articles, name)
	}
	slices.Sort(articles)
	o["tags/x/index.html"] = strings.Join(articles, "\n")
	o["index.html"] = "tags/x/index.html\nstyle.css\n" + strings.Join(articles, "\n")
	o["feed.xml"] = strings.Join(articles, "\n")
	o["style.css"] = strings.Repeat("\n", r.IntN(4))
	if r.IntN(3) == 0 { // a folder where a file was
		o["extra"] = ""
	} else {
		o["extra/page.html"] = ""
	}
	return o
}

// TestSequences publishes an output again and again, and breaks off now and then. Nobody who reads meanwhile finds a link that
// leads nowhere, and what is there in the end is the output and what was nobody's to touch.
func TestSequences(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 1))
		dir := filepath.Join(t.TempDir(), "www", "site")
		o := output{}
		for range 12 {
			o = edit(r, o)
			left := 1000
			if r.IntN(3) == 0 {
				left = r.IntN(8)
			}
			_, err := o.publish(t, dir, &watched{FS: o.files(), look: func() error {
				checkLinks(t, dir)
				if left--; left < 0 {
					return errors.New("broken off")
				}
				return nil
			}})
			if left < 0 {
				checkLinks(t, dir)
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			want := maps.Clone(o)
			want[".well-known/host"] = "theirs"
			write(t, dir, ".well-known/host", "theirs")
			if got := read(t, dir); !maps.Equal(got, want) {
				t.Fatalf("seed %d: published %q, want %q", seed, got, want)
			}
			if d, err := o.publish(t, dir, o.files()); err != nil || !d.Empty() {
				t.Fatalf("published again: %+v, %v", d, err)
			}
		}
	}
}

func checkLinks(t *testing.T, dir string) {
	t.Helper()
	files := read(t, dir)
	for name, text := range files {
		if filepath.Ext(name) == ".css" || strings.HasPrefix(name, ".") {
			continue
		}
		for _, link := range strings.Fields(text) {
			if _, found := files[link]; !found {
				t.Errorf("%s leads to %s, which is not there", name, link)
			}
		}
	}
}

// read is the files of a directory but those that publications keep for themselves; of one that is not there, none.
func read(t *testing.T, dir string) output {
	t.Helper()
	files, err := golden.Tree(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	maps.DeleteFunc(files, func(name, _ string) bool { return strings.HasPrefix(path.Base(name), listName) })
	return files
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o777), os.WriteFile(file, []byte(text), 0o666)); err != nil {
		t.Fatal(err)
	}
}

// TestCaseAlone takes away a file before another comes whose name differs in case alone: many disks take the two for one.
func TestCaseAlone(t *testing.T) {
	d := compare(output{"a/B.html": ""}.manifest(), []string{"a/b.html", "c.html"}, func(manifest.Entry) presence { return absent })
	if !slices.Equal(d.first, []string{"a/b.html"}) {
		t.Errorf("first goes %q", d.first)
	}
}

// TestChangedThere mends what somebody has changed or removed where the site was published.
func TestChangedThere(t *testing.T) {
	dir := t.TempDir()
	o := output{"index.html": "", "a.html": "\n", "b/c.html": "\n\n"}
	if _, err := o.publish(t, dir, o.files()); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "a.html", "another size")
	if err := os.Remove(filepath.Join(dir, "index.html")); err != nil {
		t.Fatal(err)
	}
	d, err := o.publish(t, dir, o.files())
	if err != nil || len(d.New) != 1 || len(d.Changed) != 1 {
		t.Errorf("%+v, %v", d, err)
	}
	if got := read(t, dir); !maps.Equal(got, o) {
		t.Errorf("published %q", got)
	}
}

// TestRefused keeps publishing away from what it must not touch.
func TestRefused(t *testing.T) {
	dir := t.TempDir()
	site := filepath.Join(dir, "site")
	write(t, dir, "site/public/index.html", "")
	write(t, dir, "mine/letter.txt", "")
	link := filepath.Join(dir, "link")
	if err := os.Symlink(site, link); err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{filepath.Join(dir, "mine"), filepath.Join(site, "public"), filepath.Join(site, "public", "deep", "er"), dir, filepath.Join(link, "public", "new")} {
		_, err := OpenDirectory(target, filepath.Join(site, "public"))
		var told diag.Diagnostic
		if !errors.As(err, &told) || told.Hint == "" {
			t.Errorf("%s: %v", target, err)
		}
	}
	target := filepath.Join(dir, "www")
	o := output{"index.html": ""}
	if _, err := o.publish(t, target, o.files()); err != nil {
		t.Fatal(err)
	}
	write(t, target, "a/b.html", "somebody's")
	o = output{"a/b.html": "", "index.html": "a/b.html"}
	there, err := OpenDirectory(target)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := there.Compare(o.manifest()); err == nil {
		t.Error("somebody's file is taken for ours")
	}
	altered := output{"index.html": "altered"}
	o = output{"index.html": ""}
	if there, err = OpenDirectory(filepath.Join(dir, "other")); err != nil {
		t.Fatal(err)
	}
	d, err := there.Compare(o.manifest())
	if err == nil {
		err = there.Apply(context.Background(), d, o.manifest(), altered.files(), func(int, int) {})
	}
	if _, author := diag.AsList(err); !author {
		t.Errorf("a file that is not as it was built: %v", err)
	}
	write(t, target, listName, "broadsheet manifest 2\n")
	if _, err := OpenDirectory(target); err == nil {
		t.Error("a damaged list is taken for an empty one")
	}
}
