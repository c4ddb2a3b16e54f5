package site

import (
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"broadsheet/generator/manifest"
)

// A press that has changed a few files of a hundred thousand writes down those, and not the manifest anew: ID.amended
// holds, for each time, the length of what follows (4 bytes, big endian) and a manifest of the files it wrote. A file that
// it removed stands there with no key. The first four bytes are those that end the manifest it amends, its checksum; to
// another manifest it says nothing. A record that was cut off ends it.

func (o *output) amendedName() string { return o.prefix + ".amended" }

// amendedMost is the size in bytes from which the manifest is written anew.
const amendedMost = 1 << 20

// readAmended brings the manifest up to date.
func (o *output) readAmended() error {
	info, err := os.Stat(o.amendedName())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	b, err := os.ReadFile(o.amendedName())
	if err != nil {
		return err
	}
	const sum = 4
	if is, err := o.checksum(); err != nil || len(b) < sum || string(b[:sum]) != is {
		return nil
	}
	for b = b[sum:]; len(b) >= sum; {
		size := int(binary.BigEndian.Uint32(b))
		if b = b[sum:]; size > len(b) {
			break
		}
		m, err := manifest.Parse(b[:size])
		if err != nil {
			break
		}
		o.amendOld(m)
		b = b[size:]
	}
	o.noted = info.ModTime()
	return nil
}

// checksum is what ends the manifest on disk.
func (o *output) checksum() (string, error) {
	f, err := os.Open(o.prefix + ".manifest")
	if err != nil {
		return "", err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", err
	}
	b := make([]byte, 4)
	_, err = f.ReadAt(b, info.Size()-int64(len(b)))
	return string(b), err
}

// amendOld puts entries, in order of path, into what is known of the output.
func (o *output) amendOld(m manifest.Manifest) {
	var come []manifest.Entry
	var gone, before []int // places: what goes, and before what comes
	for _, e := range m {
		at, found := slices.BinarySearchFunc(o.old, e.Path, func(e manifest.Entry, path string) int { return strings.Compare(e.Path, path) })
		removed := e.Key == manifest.Digest{}
		switch {
		case removed && found:
			gone = append(gone, at)
		case removed:
		case found:
			o.old[at] = e
		default:
			come, before = append(come, e), append(before, at-len(gone))
		}
		if o.odd != nil && isOdd(e.Path) {
			if o.odd[e.Path] = true; removed {
				delete(o.odd, e.Path)
			}
		}
	}
	o.old = inserted(without(o.old, gone), come, before)
}

// without is a list without what stands at some places, in order. What stays is moved once, however many go.
func without(list manifest.Manifest, gone []int) manifest.Manifest {
	for n, at := range gone {
		end := len(list)
		if n+1 < len(gone) {
			end = gone[n+1]
		}
		copy(list[at-n:], list[at+1:end])
	}
	clear(list[len(list)-len(gone):])
	return list[:len(list)-len(gone)]
}

// inserted is a list with others, each before what stands at a place; these are in order. What was there is moved once.
func inserted(list, come manifest.Manifest, before []int) manifest.Manifest {
	end := len(list)
	list = slices.Grow(list, len(come))[:len(list)+len(come)]
	for n, at := range slices.Backward(before) {
		copy(list[at+n+1:], list[at:end])
		list[at+n], end = come[n], at
	}
	return list
}

// amend puts in place what has changed since the last build of this process. The change's manifest has no more than that.
func (o *output) amend(c *change) error {
	if len(c.manifest) == 0 && len(c.removed) == 0 {
		return os.RemoveAll(o.stage(false))
	}
	for _, path := range c.removed {
		c.manifest = append(c.manifest, manifest.Entry{Path: path})
	}
	c.manifest.Sort()
	if err := o.forget(); err != nil {
		return err
	}
	j := journal{amends: true, remove: c.removed, move: c.written}
	if err := o.decide(c, j); err != nil {
		o.abandon()
		return err
	}
	if err := o.finish(j); err != nil {
		return err
	}
	o.amendOld(c.manifest)
	info, err := os.Stat(o.amendedName())
	if err == nil && info.Size() > amendedMost {
		err = errors.Join(o.old.WriteFile(o.prefix+".manifest"), o.forgetAmended())
	}
	return errors.Join(err, o.remark())
}

// appendAmended takes ID.next into what is amended. To do it twice does no harm.
func (o *output) appendAmended() error {
	next, err := os.ReadFile(o.prefix + ".next")
	if err != nil {
		return err
	}
	var b []byte
	if info, err := os.Stat(o.amendedName()); err != nil || info.Size() == 0 {
		sum, err := o.checksum()
		if err != nil {
			return err
		}
		b = append(b, sum...)
	}
	b = binary.BigEndian.AppendUint32(b, uint32(len(next)))
	f, err := os.OpenFile(o.amendedName(), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(append(b, next...))
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Remove(o.prefix + ".next")
}

func (o *output) forgetAmended() error {
	err := os.Remove(o.amendedName())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// remark remembers what the files of the state folder look like, by which a press sees whether another build has been here.
func (o *output) remark() error {
	var err error
	o.left = [2]os.FileInfo{}
	for n, name := range []string{o.prefix + ".manifest", o.amendedName()} {
		info, failed := os.Stat(name)
		if failed != nil && !errors.Is(failed, fs.ErrNotExist) {
			err = failed
		} else if failed == nil {
			o.left[n] = info
		}
	}
	return err
}

// ours reports whether no other build has been here since.
func (o *output) ours() bool {
	for n, name := range []string{o.prefix + ".manifest", o.amendedName()} {
		before := o.left[n]
		now, err := os.Stat(name)
		if (err == nil) != (before != nil) {
			return false
		}
		if err == nil && (!os.SameFile(before, now) || before.Size() != now.Size() || !before.ModTime().Equal(now.ModTime())) {
			return false
		}
	}
	return true
}

// in is the files that lie right in a folder.
func (o *output) in(folder string) []string {
	return slices.DeleteFunc(o.below(folder+"/"), func(name string) bool { return strings.Contains(name[len(folder)+1:], "/") })
}

// below is the files whose paths begin with a folder's.
func (o *output) below(prefix string) []string {
	from, _ := slices.BinarySearchFunc(o.old, prefix, func(e manifest.Entry, path string) int { return strings.Compare(e.Path, path) })
	var paths []string
	for _, e := range o.old[from:] {
		if !strings.HasPrefix(e.Path, prefix) {
			break
		}
		paths = append(paths, e.Path)
	}
	return paths
}

// conflicts reports whether a path that is new cannot be a file's: there is a folder of that name, or a file where it needs a
// folder, or one that differs in case alone. The path is in lower case.
func (o *output) conflicts(name string) bool {
	prefix := name + "/"
	at := sort.Search(len(o.old), func(i int) bool { return o.old[i].Path >= prefix })
	if at < len(o.old) && strings.HasPrefix(o.old[at].Path, prefix) {
		return true
	}
	for folder := path.Dir(name); folder != "."; folder = path.Dir(folder) {
		if _, found := o.old.Find(folder); found {
			return true
		}
	}
	for odd := range o.oddPaths() {
		if len(odd) == len(name) && odd != name && strings.EqualFold(odd, name) {
			return true
		}
	}
	return false
}

// oddPaths is the paths that may differ from one in lower case by nothing but case. They are few, where all are many.
func (o *output) oddPaths() map[string]bool {
	if o.odd == nil {
		o.odd = map[string]bool{}
		for n := range o.old {
			if isOdd(o.old[n].Path) {
				o.odd[o.old[n].Path] = true
			}
		}
	}
	return o.odd
}

func isOdd(path string) bool {
	for i := range len(path) {
		if c := path[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return true
		}
	}
	return false
}
