package intake

import (
	"bytes"
	"strings"

	"broadsheet/generator/manifest"
)

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

func fileID(id, ext string) string { return manifest.Key(id, ext) }
