package site

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/gofrs/flock"

	"broadsheet/generator/diag"
	"broadsheet/generator/manifest"
)

// output is one output folder with what we know of it. Its files in the state folder are
//
//	outputs/ID.manifest   the files in place
//	outputs/ID.amended    what presses have changed since, see amend.go
//	outputs/ID.next       the manifest of a build that is being put in place
//	outputs/ID.journal    what is left to do for it
//	outputs/ID.past       the key of all that the files in place were made from, and what their build said
//	outputs/ID.plan       what took long to plan of them, see last.go
//
// where ID is the hash of the folder's path: from the site's folder, if it lies in that, so that a site may be moved
// with its output, else from the root.
//
// A build stages its files in a folder of the same file system: beside the output when that is missing or empty, in
// it otherwise. When all are there it writes ID.next and then the journal, removes what is to go, renames every
// staged file into place, and puts ID.next in the manifest's place. Each of these steps can be done twice, so a
// journal that is found at the start of a run is simply carried out again. A stage without a journal belongs to a
// build that never got so far, and is deleted.
type output struct {
	dir     string // absolute, symbolic links resolved
	shown   string // as messages show it
	whole   bool   // dir is missing: the stage becomes the output by one rename
	emptied bool   // dir was there, empty
	prefix  string
	old     manifest.Manifest
	odd     map[string]bool // see oddPaths
	noted   time.Time       // when old was written
	doubted atomic.Bool     // a file is younger than that
	left    [2]os.FileInfo  // see remark
}

const stageName = ".broadsheet-stage"

// stage is where the files of a build wait.
func (o *output) stage(whole bool) string {
	if whole {
		return filepath.Join(filepath.Dir(o.dir), "."+filepath.Base(o.dir)+stageName)
	}
	return filepath.Join(o.dir, stageName)
}

func (o *output) place(path string) string { return filepath.Join(o.dir, filepath.FromSlash(path)) }

// ErrBusy says that another build of the site is under way.
var ErrBusy = errors.New("another build of this site is under way")

// Lock keeps other builds of the same site out until unlock is called. It fails at once, with ErrBusy, when one is under way.
func Lock(state string) (unlock func() error, err error) {
	if err := os.MkdirAll(state, 0o777); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(state, "lock"))
	got, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("locking %s: %w", state, err)
	}
	if !got {
		return nil, errors.Join(ErrBusy, diag.Fail(filepath.ToSlash(state), "%v", ErrBusy).WithHint("wait for it to end, or stop it"))
	}
	return lock.Unlock, nil
}

// openOutput is the output folder, ready to be built.
func openOutput(dir, state string, sources []string) (*output, error) {
	o, err := findOutput(dir, state, sources)
	if err != nil {
		return nil, err
	}
	return o, o.prepare()
}

// findOutput looks at the output folder, finishing or undoing what a killed build left. The output must neither lie in
// a folder of sources nor hold one: it would be read as an article, or stand among its own pages.
func findOutput(dir, state string, sources []string) (*output, error) {
	real, err := resolve(dir)
	if err != nil {
		return nil, unwritable(dir, err)
	}
	for _, source := range sources {
		if err := apart(dir, real, source); err != nil {
			return nil, err
		}
	}
	o := &output{dir: real, shown: filepath.ToSlash(dir)}
	if o.prefix, err = prefix(real, state); err != nil {
		return nil, err
	}
	if err := o.recover(); err != nil {
		return nil, fmt.Errorf("finishing a build that was cut off: %w", err)
	}
	if o.old, err = manifest.ReadFile(o.prefix + ".manifest"); err != nil {
		return nil, err
	}
	if info, err := os.Stat(o.prefix + ".manifest"); err == nil {
		o.noted = info.ModTime()
	}
	return o, o.readAmended()
}

// resolve is an absolute path with no symbolic link in it; its last parts need not exist yet.
func resolve(name string) (string, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(abs)
	if errors.Is(err, fs.ErrNotExist) && filepath.Dir(abs) != abs {
		parent, err := resolve(filepath.Dir(abs))
		return filepath.Join(parent, filepath.Base(abs)), err
	}
	return real, err
}

func apart(shown, out, source string) error {
	source, err := resolve(source)
	if err != nil {
		return err
	}
	if within(source, out) || within(out, source) {
		return diag.Fail(filepath.ToSlash(shown), "the output cannot be where the site is made from: %s", filepath.ToSlash(source)).
			WithHint("choose another folder with --out")
	}
	return nil
}

func within(folder, name string) bool {
	rel, err := filepath.Rel(folder, name)
	return err == nil && filepath.IsLocal(rel)
}

// prefix is how the names of an output's files in the state folder begin.
func prefix(out, state string) (string, error) {
	site, err := resolve(filepath.Dir(state))
	if err != nil {
		return "", err
	}
	name := out
	if rel, err := filepath.Rel(site, out); err == nil && filepath.IsLocal(rel) {
		name = rel
	}
	folder := filepath.Join(state, "outputs")
	return filepath.Join(folder, manifest.Sum([]byte(filepath.ToSlash(name)))[:12]), os.MkdirAll(folder, 0o777)
}

// prepare refuses a folder that is not ours and makes the stage.
func (o *output) prepare() error {
	entries, err := os.ReadDir(o.dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		o.whole = true
	case err != nil:
		return unwritable(o.shown, err)
	case len(entries) == 0:
		o.whole, o.emptied = os.Remove(o.dir) == nil, true
	case o.old == nil:
		return diag.Fail(o.shown, "the folder is not empty, and no build of this site made it").
			WithHint("empty it, or choose another with --out; only files a build has written are ever replaced")
	}
	if err := errors.Join(os.RemoveAll(o.stage(true)), os.RemoveAll(o.stage(false)), os.MkdirAll(o.stage(o.whole), 0o777)); err != nil {
		o.abandon()
		return unwritable(o.shown, err)
	}
	return nil
}

func unwritable(dir string, err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return diag.Fail(filepath.ToSlash(dir), "the output cannot be written: %v", err).WithHint("check who owns the folder, or choose another with --out")
}

// has reports whether a file of the last build is still in place, as it was written. One of the same size that is older
// than the manifest, which is written after all files, is taken to be; a younger one is read: somebody may have
// changed it, or brought the whole output here from elsewhere.
func (o *output) has(e manifest.Entry) bool {
	name := o.place(e.Path)
	info, err := os.Lstat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() != e.Size {
		return false
	}
	if info.ModTime().Before(o.noted) {
		return true
	}
	o.doubted.Store(true)
	b, err := os.ReadFile(name)
	return err == nil && manifest.DigestOf(b) == e.Hash
}

// confirm spares the next build the reading of files that were younger than the manifest and are as they were written.
func (o *output) confirm() error {
	if !o.doubted.Load() {
		return nil
	}
	now := time.Now()
	return os.Chtimes(o.prefix+".manifest", now, now)
}

// abandon leaves the output as it was.
func (o *output) abandon() {
	os.RemoveAll(o.stage(o.whole))
	if o.emptied {
		os.Mkdir(o.dir, 0o777)
	}
}

// commit puts a change in place.
func (o *output) commit(c *change) error {
	if len(c.written) == 0 && len(c.removed) == 0 && !o.whole {
		return errors.Join(os.RemoveAll(o.stage(false)), o.note(c.manifest))
	}
	if err := o.forget(); err != nil {
		return err
	}
	j := journal{whole: o.whole, remove: c.removed, move: c.written}
	if err := o.decide(c, j); err != nil {
		o.abandon()
		return err
	}
	return o.finish(j)
}

// decide writes down what is to be done; from then on it will be.
func (o *output) decide(c *change, j journal) error {
	if err := o.strangers(c.written).Err(); err != nil {
		return err
	}
	if err := c.manifest.WriteFile(o.prefix + ".next"); err != nil {
		return err
	}
	return j.write(o.prefix + ".journal")
}

// note keeps the manifest of a build that changed no file, where keys have changed.
func (o *output) note(m manifest.Manifest) error {
	if slices.Equal(o.old, m) {
		return o.confirm()
	}
	return errors.Join(m.WriteFile(o.prefix+".manifest"), o.forgetAmended())
}

// strangers reports what no build wrote and stands where this one would put a page.
func (o *output) strangers(written []string) diag.List {
	if o.whole {
		return nil
	}
	folded := sync.OnceValue(func() map[string]bool {
		paths := make(map[string]bool, len(o.old))
		for _, e := range o.old {
			paths[strings.ToLower(e.Path)] = true
		}
		return paths
	})
	ours := func(path string) bool { // a disk may take names that differ in case alone for one
		_, found := o.old.Find(path)
		return found || folded()[strings.ToLower(path)]
	}
	var list diag.List
	for _, path := range written {
		if stranger := o.stranger(path, ours); stranger != "" {
			list = append(list, diag.Fail(o.shown+"/"+stranger, "no build wrote this, and it stands in the way of %s", path).
				WithHint("move it away; if it belongs to the site, into static/"))
		}
	}
	return list.Sorted()
}

// stranger is what is not ours at a path, below it, or where the path needs a folder; or "".
func (o *output) stranger(name string, ours func(string) bool) string {
	for at := name; at != "."; at = path.Dir(at) {
		info, err := os.Lstat(o.place(at))
		switch {
		case err != nil:
			continue // nothing there
		case info.IsDir() && at == name:
			return o.strangerBelow(name, ours)
		case !info.IsDir() && !ours(at):
			return at
		}
		return ""
	}
	return ""
}

func (o *output) strangerBelow(folder string, ours func(string) bool) (stranger string) {
	fs.WalkDir(os.DirFS(o.dir), folder, func(name string, d fs.DirEntry, err error) error {
		if err == nil && (d.IsDir() || ours(name)) {
			return nil
		}
		stranger = name
		return fs.SkipAll
	})
	return stranger
}

// recover finishes the build a journal tells of. If somebody has filled the folder since, it is undone.
func (o *output) recover() error {
	j, err := readJournal(o.prefix + ".journal")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	err = o.finish(j)
	if j.whole && errors.Is(err, fs.ErrExist) {
		return errors.Join(os.Remove(o.prefix+".journal"), os.Remove(o.prefix+".next"), os.RemoveAll(o.stage(true)))
	}
	return err
}

// finish carries out a journal; it may be carried out again.
func (o *output) finish(j journal) error {
	do := o.apply
	if j.whole {
		do = o.swap
	}
	if err := do(j); err != nil {
		return err
	}
	if err := o.conclude(j); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return errors.Join(os.RemoveAll(o.stage(j.whole)), os.Remove(o.prefix+".journal"))
}

// conclude notes what is in place now.
func (o *output) conclude(j journal) error {
	if j.amends {
		return o.appendAmended()
	}
	return errors.Join(os.Rename(o.prefix+".next", o.prefix+".manifest"), o.forgetAmended())
}

func (o *output) swap(journal) error {
	err := os.Rename(o.stage(true), o.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // done before
	}
	return err
}

func (o *output) apply(j journal) error {
	if !o.moving(j) {
		if err := o.remove(j.remove); err != nil {
			return err
		}
	}
	return o.move(j.move)
}

// moving reports whether the first file is in place already. Then all removals were done, and to do them again would
// take away a new file whose name differs from an old one's in case alone, on a disk that knows no case.
func (o *output) moving(j journal) bool {
	if len(j.move) == 0 {
		return false
	}
	_, err := os.Lstat(filepath.Join(o.stage(false), filepath.FromSlash(j.move[0])))
	return errors.Is(err, fs.ErrNotExist)
}

func (o *output) remove(paths []string) error {
	for _, path := range paths {
		name := o.place(path)
		switch info, err := os.Lstat(name); {
		case errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR):
			continue // gone already, perhaps with its folder
		case err != nil:
			return err
		case info.IsDir():
			continue // somebody else's
		}
		if err := os.Remove(name); err != nil {
			return err
		}
		o.prune(filepath.Dir(name))
	}
	return nil
}

func (o *output) move(paths []string) error {
	made := map[string]bool{}
	for _, path := range paths {
		to := o.place(path)
		if dir := filepath.Dir(to); !made[dir] {
			if err := os.MkdirAll(dir, 0o777); err != nil {
				return err
			}
			made[dir] = true
		}
		err := os.Rename(filepath.Join(o.stage(false), filepath.FromSlash(path)), to)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// prune removes folders that a removal left empty.
func (o *output) prune(dir string) {
	for dir != o.dir && os.Remove(dir) == nil {
		dir = filepath.Dir(dir)
	}
}
