package intake

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/rogpeppe/go-internal/diff"

	"broadsheet/generator/manifest"
)

// replace takes away the files that the same row of a table gave when its columns were mapped otherwise. That comes before
// the row's files are written: of a run that is killed in between, the next one writes them.
func (w *writer) replace(d *draft) error {
	before, known, err := w.journal.byID(d.rowID())
	if d.Row == "" || d.Key != "" || !known || before.hash == d.id || err != nil {
		return err
	}
	if _, there, err := w.wentTo(d.id); there || err != nil {
		return err
	}
	return w.removeFiles(d, before.hash, extensions)
}

// removeFiles takes away the files with some extensions that a record, or what stood for it before, has given.
func (w *writer) removeFiles(d *draft, id string, exts []string) error {
	for _, ext := range exts {
		e, known, err := w.journal.byID(fileID(id, ext))
		if known && e.hash != noHash && err == nil {
			err = w.remove(d, e)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// clear takes away the files that a record has given and does not give any more: Markdown that would go before its text.
func (w *writer) clear(d *draft) error {
	if d.Beside != "" {
		return nil
	}
	gone := slices.DeleteFunc(slices.Clone(extensions), func(ext string) bool { return d.file(ext) != nil })
	return w.removeFiles(d, d.id, gone)
}

// remove takes one file away, unless somebody has edited it.
func (w *writer) remove(d *draft, e entry) error {
	there, err := readExisting(w.path(e.path))
	if err != nil {
		return err
	}
	if sum := manifest.Sum(there); there != nil && sum != e.hash && sum != e.before {
		w.warn(d, "%s, which this record gave before, has been edited; it stays", e.path)
		return nil
	}
	d.replaces = true
	if w.Diff != nil {
		return nil
	}
	if err := os.Remove(w.path(e.path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	e.hash, e.before = noHash, noHash
	return w.note(e)
}

func (d *draft) file(ext string) []byte {
	for _, f := range d.Files {
		if f.Ext == ext {
			return f.Bytes
		}
	}
	return nil
}

func (w *writer) path(name string) string { return filepath.Join(w.Into, filepath.FromSlash(name)) }

// readExisting is the bytes of a file, nil where there is none. An empty one is what a machine that lost its power
// leaves, and nobody's work.
func readExisting(name string) ([]byte, error) {
	b, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(b) == 0 {
		return nil, nil
	}
	return b, err
}

// standing is how a file that is to be written is found.
type standing uint8

const (
	same standing = iota
	changed
	absent
	edited
)

// files writes what may be written of a draft, and counts the record by the file that needed most.
func (w *writer) files(d *draft) error {
	if err := w.clear(d); err != nil {
		return err
	}
	var most standing
	for _, f := range d.Files {
		found, err := w.file(d, f)
		if err != nil {
			return err
		}
		most = max(most, found)
	}
	if most == absent && d.replaces {
		most = changed
	}
	*[...]*int{same: &w.count.Same, changed: &w.count.Changed, absent: &w.count.New, edited: &w.count.Edited}[most]++
	return nil
}

// file writes one file, unless it is there or a person has edited it.
func (w *writer) file(d *draft, f articleFile) (standing, error) {
	name, hash := d.base+f.Ext, manifest.Sum(f.Bytes)
	id := fileID(d.id, f.Ext)
	e, known, err := w.journal.byID(id)
	if err != nil {
		return same, err
	}
	there, err := readExisting(w.path(name))
	if err != nil {
		return same, err
	}
	line := entry{id: id, path: name, hash: hash, before: noHash, table: tableHash(d.Table)}
	switch {
	case bytes.Equal(there, f.Bytes) && known && e.hash == hash:
		return same, nil
	case bytes.Equal(there, f.Bytes):
		return same, w.note(line)
	case there == nil:
		return absent, w.put(line, f.Bytes)
	case known && (manifest.Sum(there) == e.hash || manifest.Sum(there) == e.before):
		line.before = manifest.Sum(there)
		return changed, w.put(line, f.Bytes)
	}
	return edited, w.leave(d, name, there, f.Bytes)
}

func (w *writer) note(line entry) error {
	if w.Diff != nil {
		return nil
	}
	return w.journal.add(line)
}

// put notes a file in the journal and then writes it.
func (w *writer) put(line entry, content []byte) error {
	if w.Diff != nil {
		return nil
	}
	if err := w.journal.add(line); err != nil {
		return err
	}
	return w.whole(line.path, bytes.NewReader(content))
}

// staging is where a file is written before it is put in place; the dot keeps it from being an article.
func (w *writer) staging() string { return w.path(".importing") }

// whole puts one file in place as a whole.
func (w *writer) whole(name string, content io.Reader) error {
	if err := os.MkdirAll(filepath.Dir(w.path(name)), 0o777); err != nil {
		return err
	}
	f, err := os.Create(w.staging())
	if err != nil {
		return err
	}
	_, err = io.Copy(f, content)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(w.staging(), w.path(name))
}

// leave says that a file stays as a person made it, and shows both where that is wanted.
func (w *writer) leave(d *draft, name string, there, wanted []byte) error {
	w.warn(d, "%s has been edited; it stays as it is", name)
	if w.Diff == nil {
		return nil
	}
	_, err := w.Diff.Write(diff.Diff(name+" (edited)", there, name+" (source)", wanted))
	return err
}

// pictures copies what a draft shows. One that is there with another size is somebody's work and stays.
func (w *writer) pictures(d *draft) error {
	for _, p := range d.Media {
		from, err := os.Open(p.File)
		if err != nil {
			w.count.Missing++
			w.warn(d, "a picture cannot be read: %v", err)
			continue
		}
		copied, err := w.picture(d, p, from)
		if err = errors.Join(err, from.Close()); err != nil {
			return err
		}
		w.count.Pictures += copied
	}
	return nil
}

// picture puts one in place, unless there is something, and says how many were copied.
func (w *writer) picture(d *draft, p picture, from *os.File) (copied int, err error) {
	source, err := from.Stat()
	if err != nil {
		return 0, err
	}
	there, err := os.Stat(w.path(p.To))
	switch {
	case w.Diff != nil || err == nil && there.Size() == source.Size():
		return 0, nil
	case err == nil:
		w.warn(d, "%s is another picture than the source's; it stays as it is", p.To)
		return 0, nil
	}
	return 1, w.whole(p.To, from)
}
