package publish

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"broadsheet/generator/diag"
	"broadsheet/generator/manifest"
)

const (
	listName = ".broadsheet-published"
	nextName = listName + ".next"
)

// Directory is a directory to publish to.
type Directory struct {
	dir    string
	listed []string                   // paths that publications have put there, or may have, sorted
	sure   map[string]manifest.Digest // by path: the bytes that the last of them left there
}

// OpenDirectory looks at a directory, which need not exist. One that is not empty must have been published to before, and it must
// be apart from the folders that are given: what the site is made from, and its output.
func OpenDirectory(dir string, folders ...string) (*Directory, error) {
	t := &Directory{dir: dir, sure: map[string]manifest.Digest{}}
	for _, folder := range folders {
		if within(folder, dir) || within(dir, folder) {
			return nil, t.refuse("a site cannot be published into its own folders: %s", filepath.ToSlash(folder)).WithHint("choose a directory elsewhere")
		}
	}
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return t, nil
	}
	if err != nil {
		return nil, unreachable(dir, err)
	}
	has := func(name string) bool {
		return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == name })
	}
	if len(entries) > 0 && !has(listName) && !has(nextName) {
		return nil, t.refuse("the directory is not empty, and nothing was published to it before").
			WithHint("empty it, or choose another; only files that were published are ever replaced or removed")
	}
	return t, t.read()
}

// read finds out what may be there. A publication that was cut off may have left a file as it was, put it in place or removed it:
// of what its list has otherwise than the one before, nothing is sure.
func (t *Directory) read() error {
	last, err := readList(filepath.Join(t.dir, listName))
	if err != nil {
		return err
	}
	next, err := readList(filepath.Join(t.dir, nextName))
	if err != nil {
		return err
	}
	for _, e := range last {
		t.listed = append(t.listed, e.Path)
		if now, found := next.Find(e.Path); len(next) == 0 || found && now.Hash == e.Hash {
			t.sure[e.Path] = e.Hash
		}
	}
	for _, e := range next {
		t.listed = append(t.listed, e.Path)
	}
	slices.Sort(t.listed)
	t.listed = slices.Compact(t.listed)
	return nil
}

// readList reads a manifest, none where there is none. One that is damaged is an error: to take it for empty would leave files
// behind.
func readList(name string) (manifest.Manifest, error) {
	b, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, unreachable(name, err)
	}
	m, err := manifest.Parse(b)
	if err != nil {
		return nil, diag.Fail(filepath.ToSlash(name), "the list of what was published is damaged: %v", err).WithHint("empty the directory and publish anew")
	}
	return m, nil
}

// Compare is what is to be done so that the directory holds an output. A file that no publication put there and that stands where
// one of the output belongs is the author's to move.
func (t *Directory) Compare(want manifest.Manifest) (*Difference, error) {
	var strangers diag.List
	d := compare(want, t.listed, func(e manifest.Entry) presence {
		info, err := os.Lstat(t.place(e.Path))
		if err != nil {
			return absent
		}
		if _, ours := slices.BinarySearch(t.listed, e.Path); !ours && !(info.IsDir() && t.holds(e.Path)) {
			strangers = append(strangers, t.refuse("%s stands where a page of the site belongs, and nobody published it", e.Path).WithHint("move it away"))
		}
		if info.Mode().IsRegular() && info.Size() == e.Size && t.isSame(e) {
			return same
		}
		return other
	})
	return d, strangers.Err()
}

// isSame reports whether the directory has the bytes of a file whose size is right: by the list, or, where that is not sure, by
// what is there.
func (t *Directory) isSame(e manifest.Entry) bool {
	if hash, sure := t.sure[e.Path]; sure {
		return hash == e.Hash
	}
	b, err := os.ReadFile(t.place(e.Path))
	return err == nil && manifest.DigestOf(b) == e.Hash
}

// holds reports whether a folder has files that were published.
func (t *Directory) holds(folder string) bool {
	at, _ := slices.BinarySearch(t.listed, folder+"/")
	return at < len(t.listed) && len(t.listed[at]) > len(folder) && t.listed[at][:len(folder)+1] == folder+"/"
}

// Apply does what is to be done, with the files of an output, whose bytes must be those of its manifest. It may be stopped at any
// moment, and done again.
func (t *Directory) Apply(ctx context.Context, d *Difference, want manifest.Manifest, from fs.FS, progress func(done, total int)) error {
	if err := os.MkdirAll(t.dir, 0o777); err != nil {
		return unreachable(t.dir, err)
	}
	if err := t.write(nextName, t.mayHold(want)); err != nil {
		return err
	}
	if err := t.remove(d.first); err != nil {
		return err
	}
	done, total := 0, len(d.New)+len(d.Changed)
	for _, list := range []manifest.Manifest{d.New, d.Changed} {
		for len(list) > 0 { // those of one rank at once
			n := 1
			for n < len(list) && rank(list[n].Path) == rank(list[0].Path) {
				n++
			}
			if err := t.put(ctx, list[:n], from, func(sent int) { progress(done+sent, total) }); err != nil {
				return err
			}
			done, list = done+n, list[n:]
		}
	}
	if err := t.remove(d.Gone); err != nil {
		return err
	}
	for worker := range atOnce { // of a publication that was killed
		os.Remove(t.part(worker))
	}
	if err := t.write(listName, want); err != nil {
		return err
	}
	return os.Remove(filepath.Join(t.dir, nextName))
}

// mayHold is what may be in the directory until an output is: its files, and those that were put there before, of whose bytes
// nothing is said.
func (t *Directory) mayHold(want manifest.Manifest) manifest.Manifest {
	all := slices.Clone(want)
	for _, path := range t.listed {
		if _, wanted := want.Find(path); !wanted {
			all = append(all, manifest.Entry{Path: path})
		}
	}
	all.Sort()
	return all
}

// write puts a list in place, whole.
func (t *Directory) write(name string, m manifest.Manifest) error {
	part := t.part(0)
	err := os.WriteFile(part, m.Append(nil), 0o666)
	if err == nil {
		err = os.Rename(part, filepath.Join(t.dir, name))
	}
	if err != nil {
		return unreachable(t.dir, err)
	}
	return nil
}

// part is where a worker writes a file before it is put in place.
func (t *Directory) part(worker int) string {
	return filepath.Join(t.dir, fmt.Sprintf("%s.part-%d", listName, worker))
}

// atOnce is how many files are copied at once: a directory may be a network's.
const atOnce = 8

// put puts files in place, in any order.
func (t *Directory) put(ctx context.Context, files manifest.Manifest, from fs.FS, progress func(sent int)) error {
	work, ctx := errgroup.WithContext(ctx)
	var next, sent atomic.Int64
	for worker := range min(atOnce, len(files)) {
		work.Go(func() error {
			part := t.part(worker)
			defer os.Remove(part)
			for ctx.Err() == nil {
				n := int(next.Add(1)) - 1
				if n >= len(files) {
					return nil
				}
				if err := t.copy(files[n], from, part); err != nil {
					return err
				}
				progress(int(sent.Add(1)))
			}
			return ctx.Err()
		})
	}
	return work.Wait()
}

// copy puts one file in place, whole.
func (t *Directory) copy(e manifest.Entry, from fs.FS, part string) error {
	b, err := fs.ReadFile(from, e.Path)
	if err != nil || manifest.DigestOf(b) != e.Hash {
		return diag.Fail(e.Path, "the file is not as the build wrote it").WithHint("run: broadsheet build")
	}
	if err := os.WriteFile(part, b, 0o666); err != nil {
		return unreachable(t.dir, err)
	}
	to := t.place(e.Path)
	err = os.Rename(part, to)
	if errors.Is(err, fs.ErrNotExist) {
		if err = os.MkdirAll(filepath.Dir(to), 0o777); err == nil {
			err = os.Rename(part, to)
		}
	}
	if err != nil {
		return unreachable(to, err)
	}
	return nil
}

// remove takes files away, and folders that are empty then. To do it twice does no harm.
func (t *Directory) remove(paths []string) error {
	for _, path := range paths {
		name := t.place(path)
		info, err := os.Lstat(name)
		if err != nil || info.IsDir() {
			continue // gone already, or somebody else's by now
		}
		if err := os.Remove(name); err != nil {
			return unreachable(name, err)
		}
		for dir := filepath.Dir(name); dir != filepath.Clean(t.dir) && os.Remove(dir) == nil; {
			dir = filepath.Dir(dir)
		}
	}
	return nil
}

func (t *Directory) place(path string) string { return filepath.Join(t.dir, filepath.FromSlash(path)) }

func (t *Directory) refuse(format string, args ...any) diag.Diagnostic {
	return diag.Fail(filepath.ToSlash(t.dir), format, args...)
}

// within reports whether a directory is a folder or lies in it.
func within(folder, dir string) bool {
	rel, err := filepath.Rel(real(folder), real(dir))
	return err == nil && filepath.IsLocal(rel)
}

// real is an absolute path without symbolic links, as far as it exists.
func real(name string) string {
	abs, err := filepath.Abs(name)
	if err != nil {
		return name
	}
	if is, err := filepath.EvalSymlinks(abs); err == nil || filepath.Dir(abs) == abs {
		return cmp.Or(is, abs)
	}
	return filepath.Join(real(filepath.Dir(abs)), filepath.Base(abs))
}

// unreachable says that a directory cannot be read or written, which is a person's to mend more often than the machine's.
func unreachable(name string, err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return fmt.Errorf("publishing to %s: %w", filepath.ToSlash(name), err)
}
