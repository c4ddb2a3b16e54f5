package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/rogpeppe/go-internal/diff"

	"broadsheet/generator/diag"
	"broadsheet/generator/manifest"
)

// Target says where an import goes.
type Target struct {
	Into    string                // the folder of the articles
	Journal string                // the file of the journal
	Media   string                // the folder of pictures, "" for none
	Diff    io.Writer             // when set, nothing is written but how edited files differ from the source, to here
	Report  func(diag.Diagnostic) // called with each message, in order
}

// Count is what became of the records.
type Count struct {
	New        int // written for the first time, or again where it was gone
	Changed    int // brought up to date, since the source says something else now
	Same       int
	Edited     int // left alone, since a person has edited them
	Duplicates int // said once already
	Broken     int
	Passed     map[string]int // what is no article, by what it is
	Pictures   int            // copied
	Missing    int            // pictures that were not found
	Comments   int            // left out
	Warnings   int
}

// Articles is how many records are articles of the archive now.
func (c Count) Articles() int { return c.New + c.Changed + c.Same + c.Edited }

// writer puts drafts in place, one after the other.
type writer struct {
	Target
	journal *journal
	seen    *index // of each id of this run, the hash of what its record said
	count   Count
}

func openWriter(t Target) (*writer, error) {
	if err := sweep(filepath.Dir(t.Journal)); err != nil {
		return nil, err
	}
	j, err := openJournal(t.Journal)
	if err != nil {
		return nil, err
	}
	w := &writer{Target: t, journal: j, count: Count{Passed: map[string]int{}}}
	if w.seen, err = newIndex(filepath.Dir(t.Journal), 0); err != nil {
		return nil, errors.Join(err, j.close())
	}
	return w, nil
}

func (w *writer) close() error {
	err := os.Remove(w.staging())
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return errors.Join(err, w.seen.close(), w.journal.close())
}

// write sees to one draft. What lies in its way harms it alone.
func (w *writer) write(d draft) error {
	err := w.settle(d)
	if !inTheWay(err) {
		return err
	}
	w.count.Broken++
	w.say(&d, diag.Fail, "it cannot be written: %v", err)
	return nil
}

// inTheWay reports whether a folder lies where a file is to be, or the other way round, or a name is longer than the
// system's names; the next record may be written all the same.
func inTheWay(err error) bool {
	for _, reason := range []error{syscall.ENOTDIR, syscall.EISDIR, syscall.EEXIST, syscall.ENAMETOOLONG} {
		if errors.Is(err, reason) {
			return true
		}
	}
	return false
}

// settle counts one draft, and writes it where it is an article.
func (w *writer) settle(d draft) error {
	switch {
	case d.Passed != "":
		w.count.Passed[d.Passed]++
		return nil
	case d.Broken != "":
		w.count.Broken++
		w.say(&d, broken(d.Hint), "%s", d.Broken)
		return nil
	}
	if repeats, err := w.repeats(&d); repeats || err != nil {
		w.count.Duplicates++
		return err
	}
	for _, warning := range d.Warnings {
		w.warn(&d, "%s", warning)
	}
	if err := w.replace(&d); err != nil {
		return err
	}
	if err := w.place(&d); err != nil {
		return err
	}
	if err := w.noteRow(&d); err != nil {
		return err
	}
	w.count.Missing += d.Missing
	w.count.Comments += d.Comments
	if err := w.pictures(&d); err != nil {
		return err
	}
	return w.files(&d)
}

// broken makes failures with a hint.
func broken(hint string) func(file, format string, args ...any) diag.Diagnostic {
	return func(file, format string, args ...any) diag.Diagnostic {
		said := diag.Fail(file, format, args...)
		said.Hint = hint
		return said
	}
}

func (w *writer) warn(d *draft, format string, args ...any) {
	w.count.Warnings++
	w.say(d, diag.Warn, format, args...)
}

func (w *writer) say(d *draft, kind func(file, format string, args ...any) diag.Diagnostic, format string, args ...any) {
	message := fmt.Sprintf(format, args...)
	if what := d.label(); what != "" {
		message = what + ": " + message
	}
	said := kind(filepath.ToSlash(d.Path), "%s", message)
	said.Line = d.Line
	w.Report(said)
}

// label tells a record from others in messages.
func (d *draft) label() string {
	switch {
	case d.Title != "" && len(d.Title) < 80:
		return fmt.Sprintf("%q", d.Title)
	case d.Key != "":
		return d.Key
	case d.Line == 0 && d.Offset > 0:
		return fmt.Sprintf("byte %d", d.Offset)
	}
	return ""
}

// repeats reports whether the record was read before in this run. One that says something else under an id that was
// there goes on under an id of its own. The ids of a table count in that table alone, so there nothing is amiss when
// another has them too.
func (w *writer) repeats(d *draft) (bool, error) {
	same, other, err := w.met(d.inTable(), d.check)
	if other {
		w.warn(d, "another record has the same id, %s, and says something else; both are imported", d.Key)
		d.id = manifest.Key("id", d.inTable(), d.check)
		d.Table = ""
		same, _, err = w.met(d.id, d.check)
	}
	if d.Table != "" && !same && err == nil {
		if same, other, err = w.met(d.id, d.check); other {
			d.id, d.Table = d.inTable(), ""
		}
	}
	if same {
		w.warn(d, "a duplicate, word for word; left out")
	}
	return same, err
}

// met notes an id, and reports whether a record of this run had it and said the same, or something else.
func (w *writer) met(id, check string) (same, other bool, err error) {
	said, before, err := w.seen.get(short(id))
	if before || err != nil {
		return before && uint64(said) == short(check), before && uint64(said) != short(check), err
	}
	return false, false, w.seen.put(short(id), int64(short(check)))
}

// inTable is the id that a record has in its table.
func (d *draft) inTable() string {
	if d.Table == "" {
		return d.id
	}
	return manifest.Key("id", d.id, d.Table)
}

// place settles the path of a draft's files: where the record went before, else the first of its names that is free.
func (w *writer) place(d *draft) error {
	if known, err := w.knownPlace(d); known || err != nil || d.Beside != "" {
		return err
	}
	const characters = 6
	base := d.base
	for n := characters; ; n++ {
		free, err := w.free(d)
		if free || err != nil {
			return err
		}
		d.base = base + "-" + d.id[:n]
	}
}

// knownPlace finds where the record went before. One of another table that has its id is the same record when it has
// its date and its headline too, as where a table was exported again under another name; else the two are strangers,
// and the later goes by the id it has in its table.
func (w *writer) knownPlace(d *draft) (bool, error) {
	if d.Table != "" {
		if e, known, err := w.wentTo(d.inTable()); known || err != nil {
			d.id, d.base = d.inTable(), e.path
			return known, err
		}
	}
	e, known, err := w.wentTo(d.id)
	if known && e.table != tableHash(d.Table) && !strings.HasPrefix(e.path, d.base) {
		d.id = d.inTable()
		return false, nil
	}
	if known {
		d.base = e.path
	}
	return known, err
}

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

// rowID is the id of a row, whatever its columns are mapped to; the hash in its line is the id of its record.
func (d *draft) rowID() string { return manifest.Key("row", d.Row) }

// noteRow notes which record a row has given.
func (w *writer) noteRow(d *draft) error {
	if d.Row == "" || d.Key != "" {
		return nil
	}
	line := entry{id: d.rowID(), path: d.base, hash: d.id, before: noHash, table: noHash}
	if e, known, err := w.journal.byID(line.id); known && e == line || err != nil {
		return err
	}
	return w.note(line)
}

// wentTo is the line of any file of an id, its path without the extension: a sidecar may come and go, and of a run that
// was killed it may be all there is.
func (w *writer) wentTo(id string) (entry, bool, error) {
	for _, ext := range extensions {
		e, known, err := w.journal.byID(fileID(id, ext))
		if known = known && e.hash != noHash; known || err != nil {
			e.path = strings.TrimSuffix(e.path, ext)
			return e, known, err
		}
	}
	return entry{}, false, nil
}

func tableHash(table string) string {
	if table == "" {
		return noHash
	}
	return manifest.Key("table", table)
}

// extensions are those of an article's files. One with any of them has the name.
var extensions = []string{".md", ".txt", ".toml"}

// free reports whether nobody has the draft's name, or a file that says just the same has. A text that is copied with
// its name may be there already, with the sidecar that a row of a table gave it, when both are imported.
func (w *writer) free(d *draft) (bool, error) {
	for _, ext := range extensions {
		content := d.file(ext)
		if d.Verbatim && ext == ".toml" && content == nil {
			continue
		}
		e, taken, err := w.journal.byPath(d.base + ext)
		taken = taken && e.hash != noHash
		if err != nil || taken && !(d.Verbatim && ext == ".txt" && e.hash == manifest.Sum(content)) {
			return false, err
		}
		there, err := readExisting(w.path(d.base + ext))
		if err != nil {
			return false, err
		}
		if there != nil && !bytes.Equal(there, content) {
			return false, nil
		}
	}
	return true, nil
}

func (d *draft) file(ext string) []byte {
	for _, f := range d.Files {
		if f.Ext == ext {
			return f.Bytes
		}
	}
	return nil
}

func fileID(id, ext string) string { return manifest.Key(id, ext) }

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
