package site

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/gofrs/flock"

	"broadsheet/generator/diag"
	"broadsheet/generator/manifest"
)

// output is one output folder with what we know of it. Its files in the state folder are
//
//	outputs/ID.manifest   the files in place
//	outputs/ID.next       the manifest of a build that is being put in place
//	outputs/ID.journal    what is left to do for it
//
// where ID is the hash of the folder's absolute path.
//
// A build stages its files in a folder of the same file system: beside the output when that is missing or empty, in
// it otherwise. When all are there it writes ID.next and then the journal, removes what is to go, renames every
// staged file into place, and puts ID.next in the manifest's place. Each of these steps can be done twice, so a
// journal that is found at the start of a run is simply carried out again. A stage without a journal belongs to a
// build that never got so far, and is deleted.
type output struct {
	dir     string // absolute, symbolic links resolved
	stage   string
	whole   bool // dir is missing: the stage becomes the output by one rename
	emptied bool // dir was there, empty
	prefix  string
	old     manifest.Manifest
}

const stageName = ".broadsheet-stage"

// Lock keeps other builds of the same site out until unlock is called. It fails at once when one is under way.
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
		return nil, diag.Fail(filepath.ToSlash(state), "another build of this site is under way").WithHint("wait for it to end, or stop it")
	}
	return lock.Unlock, nil
}

// openOutput looks at the output folder, finishing or undoing what a killed build left.
func openOutput(dir, state string) (*output, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		abs = real
	}
	id := manifest.Sum([]byte(filepath.ToSlash(abs)))[:12]
	o := &output{dir: abs, prefix: filepath.Join(state, "outputs", id)}
	if err := os.MkdirAll(filepath.Dir(o.prefix), 0o777); err != nil {
		return nil, err
	}
	if err := o.recover(); err != nil {
		return nil, fmt.Errorf("finishing a build that was cut off: %w", err)
	}
	if o.old, err = manifest.ReadFile(o.prefix + ".manifest"); err != nil {
		return nil, err
	}
	return o, o.prepare(dir)
}

// prepare refuses a folder that is not ours and makes the stage.
func (o *output) prepare(shown string) error {
	entries, err := os.ReadDir(o.dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		o.whole = true
	case err != nil:
		return unwritable(shown, err)
	case len(entries) == 0:
		o.whole, o.emptied = os.Remove(o.dir) == nil, true
	case o.old == nil:
		return diag.Fail(filepath.ToSlash(shown), "the folder is not empty, and no build of this site made it").
			WithHint("empty it, or choose another with --out; only files a build has written are ever replaced")
	}
	o.stage = filepath.Join(o.dir, stageName)
	if o.whole {
		o.stage = filepath.Join(filepath.Dir(o.dir), "."+filepath.Base(o.dir)+stageName)
	}
	if err := errors.Join(os.RemoveAll(o.stage), os.MkdirAll(o.stage, 0o777)); err != nil {
		o.abandon()
		return unwritable(shown, err)
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

// has reports whether a file of the last build is still in place, by its size.
func (o *output) has(e manifest.Entry) bool {
	info, err := os.Lstat(filepath.Join(o.dir, filepath.FromSlash(e.Path)))
	return err == nil && info.Mode().IsRegular() && info.Size() == e.Size
}

// abandon leaves the output as it was.
func (o *output) abandon() {
	os.RemoveAll(o.stage)
	if o.emptied {
		os.Mkdir(o.dir, 0o777)
	}
}

// commit puts a change in place.
func (o *output) commit(c *change) error {
	if len(c.written) == 0 && len(c.removed) == 0 && !o.whole {
		return errors.Join(os.RemoveAll(o.stage), o.note(c.manifest))
	}
	if err := c.manifest.WriteFile(o.prefix + ".next"); err != nil {
		o.abandon()
		return err
	}
	j := journal{stage: o.stage, whole: o.whole, remove: c.removed, move: c.written}
	if err := j.write(o.prefix + ".journal"); err != nil {
		o.abandon()
		return err
	}
	return o.finish(j)
}

// note keeps the manifest of a build that changed no file, where keys have changed.
func (o *output) note(m manifest.Manifest) error {
	var was, is bytes.Buffer
	if err := errors.Join(o.old.Write(&was), m.Write(&is)); err != nil || bytes.Equal(was.Bytes(), is.Bytes()) {
		return err
	}
	return m.WriteFile(o.prefix + ".manifest")
}

// recover finishes the build a journal tells of.
func (o *output) recover() error {
	j, err := readJournal(o.prefix + ".journal")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return o.finish(j)
}

// finish carries out a journal; it may be carried out again.
func (o *output) finish(j journal) error {
	var err error
	if j.whole {
		err = o.swap(j)
	} else {
		err = o.apply(j)
	}
	if err != nil {
		return err
	}
	if err := os.Rename(o.prefix+".next", o.prefix+".manifest"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return errors.Join(os.RemoveAll(j.stage), os.Remove(o.prefix+".journal"))
}

func (o *output) swap(j journal) error {
	err := os.Rename(j.stage, o.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // done before
	}
	return err
}

func (o *output) apply(j journal) error {
	for _, path := range j.remove {
		name := filepath.Join(o.dir, filepath.FromSlash(path))
		switch info, err := os.Lstat(name); {
		case errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR):
			continue // gone already, perhaps with its folder
		case err != nil:
			return err
		case info.IsDir():
			continue // made in the file's place by this very journal, before it was cut off
		}
		if err := os.Remove(name); err != nil {
			return err
		}
		o.prune(filepath.Dir(name))
	}
	made := map[string]bool{}
	for _, path := range j.move {
		to := filepath.Join(o.dir, filepath.FromSlash(path))
		if dir := filepath.Dir(to); !made[dir] {
			if err := os.MkdirAll(dir, 0o777); err != nil {
				return err
			}
			made[dir] = true
		}
		err := os.Rename(filepath.Join(j.stage, filepath.FromSlash(path)), to)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// prune removes folders that a removal left empty.
func (o *output) prune(dir string) {
	for dir != o.dir && strings.HasPrefix(dir, o.dir) && os.Remove(dir) == nil {
		dir = filepath.Dir(dir)
	}
}

// journal is what is to be done to put a staged build in place. On disk it is lines of text: "stage DIR", "whole",
// "remove PATH", "move PATH", and "end", without which it does not count.
type journal struct {
	stage  string
	whole  bool
	remove []string
	move   []string
}

func (j journal) write(name string) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "stage %s\n", j.stage)
	if j.whole {
		b.WriteString("whole\n")
	} else {
		for _, path := range j.remove {
			fmt.Fprintf(&b, "remove %s\n", path)
		}
		for _, path := range j.move {
			fmt.Fprintf(&b, "move %s\n", path)
		}
	}
	b.WriteString("end\n")
	f, err := os.Create(name + ".part")
	if err != nil {
		return err
	}
	_, err = f.Write(b.Bytes())
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(name+".part", name)
}

func readJournal(name string) (journal, error) {
	f, err := os.Open(name)
	if err != nil {
		return journal{}, err
	}
	defer f.Close()
	var j journal
	scan := bufio.NewScanner(f)
	scan.Buffer(nil, 1<<20)
	for scan.Scan() {
		verb, rest, _ := strings.Cut(scan.Text(), " ")
		switch verb {
		case "stage":
			j.stage = rest
		case "whole":
			j.whole = true
		case "remove":
			j.remove = append(j.remove, rest)
		case "move":
			j.move = append(j.move, rest)
		case "end":
			return j, nil
		}
	}
	return journal{}, errors.Join(scan.Err(), fmt.Errorf("%s is not whole: delete it", name))
}
