package intake

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/manifest"
)

// field is one cell or member.
type field struct {
	column, value string
	html          bool // known to be HTML, whatever it says
}

// set sets what the field says of a key.
func (f field) set(key string, r *Record) {
	switch {
	case f.html && key == "body":
		key = "html"
	case f.html && key != "html":
		f.value = plain(f.value)
	}
	setters[key](r, f.value)
}

// fill sets what the fields say, one after the other, and reports once, at the first record that has any, the columns
// that go nowhere. Where several columns say the same key, the first that is not empty counts.
func (r *Record) fill(fields []field, o Options, unused map[string]bool) {
	r.order = o.order
	set := map[string]bool{}
	var anew []string
	there := func(column string) bool {
		return slices.ContainsFunc(fields, func(f field) bool { return f.column == column })
	}
	for _, f := range fields {
		keys := o.keysOf(f.column, there)
		if len(keys) == 0 && !unused[f.column] {
			unused[f.column] = true
			anew = append(anew, strconv.Quote(f.column))
		}
		for _, key := range keys {
			switch {
			case strings.TrimSpace(f.value) == "":
			case set[key]:
				r.warn(fmt.Sprintf("the column %q is left out: another says %s", f.column, key))
			default:
				set[key] = true
				f.set(key, r)
			}
		}
	}
	if len(anew) > 0 {
		r.warn("left out of all records, since they name no key: " + strings.Join(anew, ", ") + " (--map takes them)")
	}
	if r.Broken == "" && r.Body == "" && r.Beside == "" && r.Title == "" {
		r.Broken = "the record has neither a title nor a text"
	}
	if r.Body == "" && r.Beside == "" {
		r.Form = Markdown
	}
	switch {
	case r.Key == "":
		r.Key = r.Source
	case !strings.Contains(r.Key, "://"):
		r.Table = filepath.Base(r.Path)
	}
}

// readJSONL reads an object a line.
func readJSONL(s Source, o Options, yield func(Record) bool) error {
	var in stream
	if err := in.open(s, o.Read); err != nil {
		return err
	}
	defer in.close()
	unused := map[string]bool{}
	texts := false // whether a record has had a member for its text
	for {
		r := Record{Path: s.Path, Line: in.line, Offset: in.offset}
		line, err := in.until('\n', nil)
		if err != nil && err != io.EOF {
			return err
		}
		if len(bytes.TrimSpace(line)) > 0 {
			members := r.object(line, o, unused)
			if texts = texts || o.findText(members); !texts && r.Broken == "" {
				yield(textless(s.Path, r.Line, "member", members))
				return nil
			}
			if !yield(r) {
				return nil
			}
		}
		if err == io.EOF {
			return nil
		}
	}
}

// findText reports whether one of the columns holds texts, or the map says that there are none.
func (o Options) findText(columns []string) bool {
	if from, given := o.Columns["body"]; given && from == "" {
		return true
	}
	there := func(column string) bool { return slices.Contains(columns, column) }
	return slices.ContainsFunc(columns, func(column string) bool {
		return slices.ContainsFunc(o.keysOf(column, there), func(key string) bool { return slices.Contains(textKeys[:], key) })
	})
}

var textKeys = [...]string{"body", "html", "markdown", "file"}

// textless refuses a table in which nothing is known to be a text: articles without one are nobody's wish, unless said so.
func textless(name string, line int, what string, columns []string) Record {
	quoted := make([]string, len(columns))
	for i, column := range columns {
		quoted[i] = strconv.Quote(column)
	}
	return Record{
		Path: name, Line: line, Broken: "no " + what + " is known to hold the texts, so nothing is imported; there are " + strings.Join(quoted, ", "),
		Hint: "name it: --map body=" + strings.ToUpper(what) + "; for a list of headlines without texts: --map body=",
	}
}

// object fills a record from a line of JSON, and gives the names of its members.
func (r *Record) object(line []byte, o Options, unused map[string]bool) (names []string) {
	if len(line) > mostBytes {
		r.Broken = tooLong
		return nil
	}
	decoder := json.NewDecoder(strings.NewReader(r.toUTF8(line)))
	decoder.UseNumber()
	var members map[string]any
	var other *json.UnmarshalTypeError
	switch err := decoder.Decode(&members); {
	case errors.As(err, &other):
		r.Broken = "the line is JSON, but no object"
	case err != nil:
		r.Broken = "the line is no JSON: " + err.Error()
	case decoder.More():
		r.Broken = "the line goes on after its object"
	}
	if r.Broken != "" {
		return nil
	}
	var fields []field
	for _, column := range slices.Sorted(maps.Values(o.Columns)) {
		if value, found := member(members, column); found {
			fields = append(fields, newField(column, value))
		}
	}
	fields = slices.Compact(fields) // a column may be wanted twice
	for _, name := range slices.Sorted(maps.Keys(members)) {
		fields = append(fields, newField(name, members[name]))
	}
	r.Row = manifest.Sum(bytes.TrimSpace(line))
	r.fill(fields, o, unused)
	for _, f := range fields {
		names = append(names, f.column)
	}
	return names
}

// newField makes a field of a member. What WordPress answers has its texts as HTML, in an object with the member rendered.
func newField(name string, value any) field {
	object, _ := value.(map[string]any)
	_, rendered := object["rendered"]
	return field{column: name, value: words(value), html: rendered}
}

// member takes the member of a member of an object out of it: "headline.main". Its object goes with its last member.
func member(members map[string]any, column string) (value any, found bool) {
	outer, inner, nested := strings.Cut(column, ".")
	if _, whole := members[column]; whole || !nested {
		return nil, false
	}
	object, is := members[outer].(map[string]any)
	if !is {
		return nil, false
	}
	if value, found = object[inner]; !found {
		value, found = member(object, inner)
	}
	delete(object, inner)
	if len(object) == 0 {
		delete(members, outer)
	}
	return value, found
}

// words is a JSON value as a cell of a table would have it: the parts of a list parted by bars, a person or a text that
// is an object by its name.
func words(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	case []any:
		var parts []string
		for _, part := range v {
			parts = append(parts, words(part))
		}
		return strings.Join(parts, "|")
	case map[string]any:
		for _, name := range []string{"name", "rendered", "title", "main", "original", "value", "url"} {
			if inner, has := v[name]; has {
				return words(inner)
			}
		}
	}
	b, _ := json.Marshal(value)
	return string(b)
}

// readCSV reads a table.
func readCSV(s Source, o Options, yield func(Record) bool) error {
	t := rows{at: place{line: 1}}
	if err := t.open(s, o.Read); err != nil {
		return err
	}
	defer t.close()
	head, _, err := t.row(0, &Record{})
	if err != nil {
		return errors.New("its first row does not name columns")
	}
	if !o.findText(head) {
		yield(textless(s.Path, 1, "column", head))
		return nil
	}
	unused := map[string]bool{}
	absent := o.absent(head)
	for {
		r := Record{Path: s.Path, Warnings: absent}
		absent = nil
		cells, at, err := t.row(len(head), &r)
		if err == io.EOF {
			return nil
		}
		r.Line, r.Offset = at.line, at.offset
		if err != nil {
			r.Broken = err.Error()
		} else {
			r.Row = manifest.Sum([]byte(strings.Join(cells, "\x00")))
			r.fill(named(head, cells), o, unused)
		}
		if !yield(r) {
			return nil
		}
	}
}

// absent says which of the columns that were asked for a table does not have.
func (o Options) absent(head []string) []string {
	var said []string
	for _, key := range slices.Sorted(maps.Keys(o.Columns)) {
		if column := o.Columns[key]; column != "" && !slices.Contains(head, column) {
			said = append(said, fmt.Sprintf("the table has no column %q for %s", column, key))
		}
	}
	return said
}

func named(head, cells []string) []field {
	fields := make([]field, 0, len(head))
	for i, name := range head {
		fields = append(fields, field{column: name, value: cells[i]})
	}
	return fields
}

// rows is an open CSV.
type rows struct {
	stream
	comma rune
	ahead []byte // lines that were read to find a row's end, and do not belong to it
	at    place  // of what is read next
}

// place is where a row begins.
type place struct {
	line   int
	offset int64
}

// longestRow, in bytes, bounds how far a quotation mark that is never closed can lead.
const longestRow = 4 << 20

// row reads one row of so many cells, any number for 0. A row goes on over lines while a quotation mark is open. Where
// that gives no row, its first line alone is at fault, and what comes after it is read anew, so a stray mark costs one
// line and not the rest of the table.
func (t *rows) row(cells int, r *Record) ([]string, place, error) {
	first, err := t.lineAhead()
	at := t.at
	if len(first) == 0 {
		return nil, at, err
	}
	if len(bytes.TrimSpace(first)) == 0 {
		t.at = place{t.at.line + 1, t.at.offset + int64(len(first))}
		return t.row(cells, r)
	}
	whole := slices.Clone(first)
	taken := len(first)
	for quotes := bytes.Count(whole, []byte(`"`)); quotes%2 == 1 && len(whole) < longestRow; {
		line, err := t.lineAhead()
		if len(line) == 0 || err != nil && err != io.EOF {
			break
		}
		whole = append(whole, line...)
		quotes += bytes.Count(line, []byte(`"`))
	}
	row, fault := t.parse(whole, cells, r)
	if fault == nil {
		taken = len(whole)
	} else {
		if row, fault = t.forgive(first, cells, r, fault); fault == nil {
			r.warn("a quotation mark in it is not doubled")
		}
		t.ahead = append(slices.Clone(whole[taken:]), t.ahead...)
	}
	t.at = place{at.line + bytes.Count(whole[:taken], []byte("\n")), at.offset + int64(taken)}
	return row, at, fault
}

// lineAhead is the next line, from those that were read before where there are any.
func (t *rows) lineAhead() ([]byte, error) {
	if len(t.ahead) > 0 {
		end := bytes.IndexByte(t.ahead, '\n') + 1
		if end == 0 {
			end = len(t.ahead)
		}
		line := t.ahead[:end]
		t.ahead = t.ahead[end:]
		return line, nil
	}
	return t.until('\n', nil)
}

// parse reads the cells of one row.
func (t *rows) parse(src []byte, cells int, r *Record) ([]string, error) {
	if t.comma == 0 {
		t.comma = separator(src)
	}
	return t.cells(r.toUTF8(src), cells, false)
}

// forgive reads a line in which a quotation mark stands for itself; where that gives no row, the fault stays.
func (t *rows) forgive(line []byte, cells int, r *Record, fault error) ([]string, error) {
	if row, err := t.cells(r.toUTF8(line), cells, true); err == nil {
		return row, nil
	}
	return nil, fault
}

func (t *rows) cells(text string, want int, lazy bool) ([]string, error) {
	c := csv.NewReader(strings.NewReader(text))
	c.Comma, c.LazyQuotes, c.FieldsPerRecord = t.comma, lazy, -1
	row, err := c.Read()
	var fault *csv.ParseError
	switch {
	case errors.As(err, &fault):
		return nil, errors.New("the row cannot be read: " + fault.Err.Error())
	case err != nil:
		return nil, err
	case int(c.InputOffset()) < len(text):
		return nil, errors.New("the row cannot be read: its quotation marks do not pair")
	case want > 0 && len(row) != want:
		return nil, fmt.Errorf("the row has %s, its table has %d", plural(len(row), "cell"), want)
	}
	return row, nil
}

// separator is the mark that parts most of a first row.
func separator(head []byte) rune {
	best, most := ',', 0
	for _, c := range []rune{',', ';', '\t'} {
		if n := bytes.Count(head, []byte(string(c))); n > most {
			best, most = c, n
		}
	}
	return best
}
