package intake

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"broadsheet/generator/diag"
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
	case d.Verbatim: // the whole file is one
		return ""
	case d.Title != "" && len(d.Title) < 80:
		return fmt.Sprintf("%q", d.Title)
	case d.Key != "":
		return d.Key
	case d.Line == 0 && d.Offset > 0:
		return fmt.Sprintf("byte %d", d.Offset)
	}
	return ""
}
