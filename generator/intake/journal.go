package intake

import (
	"bufio"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"broadsheet/generator/manifest"
)

// journal is what earlier imports wrote, and what this one is about to. On disk it is text: a line a file, with the
// hash of the record's id, the file's path (quoted as in Go where it holds what cannot stand in a line), the hash of its
// bytes, the hash of what it had before and the hash of the table's name ("-" for nothing), parted by tabs. The last
// line of an id counts; with "-" for the hash of its bytes the file was taken away. A row of a table has a line of its own,
// with the path less its extension and the id of its record in the place of the hash. A line is written before its file is
// put in place, so a file that an import wrote is always known; a line cut short by a kill is dropped.
//
// Where the lines stand is in two indexes beside it, made anew from the journal each time: memory does not grow with it.
type journal struct {
	file  *os.File
	end   int64  // where the next line goes
	ids   *index // of each id and extension, the place of its last line
	paths *index // of each path, likewise
}

// entry is one line.
type entry struct{ id, path, hash, before, table string }

const noHash = "-"

func openJournal(name string) (*journal, error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, err
	}
	j := &journal{file: f}
	if err := j.load(); err != nil {
		return nil, errors.Join(fmt.Errorf("reading %s: %w", name, err), j.close())
	}
	return j, nil
}

// shortestLine, in bytes, is less than any line has: two hashes and a path.
const shortestLine = 128

// load notes where each line stands, and cuts off one that is not whole.
func (j *journal) load() error {
	info, err := j.file.Stat()
	if err != nil {
		return err
	}
	dir, room := filepath.Dir(j.file.Name()), info.Size()/shortestLine
	if j.ids, err = newIndex(dir, room); err != nil {
		return err
	}
	if j.paths, err = newIndex(dir, room); err != nil {
		return err
	}
	r := bufio.NewReader(j.file)
	for {
		line, err := r.ReadString('\n')
		if err == io.EOF {
			return j.file.Truncate(j.end)
		}
		if err != nil {
			return err
		}
		e, err := parseEntry(line)
		if err != nil {
			return err
		}
		if err := j.note(e, j.end); err != nil {
			return err
		}
		j.end += int64(len(line))
	}
}

func parseEntry(line string) (entry, error) {
	parts := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
	if len(parts) != 5 {
		return entry{}, fmt.Errorf("a line of the journal has %d parts, want 5: %.60q", len(parts), line)
	}
	if path, err := strconv.Unquote(parts[1]); err == nil {
		parts[1] = path
	}
	return entry{parts[0], parts[1], parts[2], parts[3], parts[4]}, nil
}

func (e entry) String() string {
	path := e.path
	if quoted := strconv.Quote(path); quoted != `"`+path+`"` {
		path = quoted
	}
	return strings.Join([]string{e.id, path, e.hash, e.before, e.table}, "\t") + "\n"
}

func (j *journal) note(e entry, at int64) error {
	if err := j.ids.put(short(e.id), at); err != nil {
		return err
	}
	return j.paths.put(pathKey(e.path), at)
}

// add writes a line and knows it from now on.
func (j *journal) add(e entry) error {
	line := e.String()
	if _, err := j.file.WriteAt([]byte(line), j.end); err != nil {
		return err
	}
	at := j.end
	j.end += int64(len(line))
	return j.note(e, at)
}

// byID is the last line of an id.
func (j *journal) byID(id string) (entry, bool, error) {
	at, known, err := j.ids.get(short(id))
	if !known || err != nil {
		return entry{}, false, err
	}
	e, err := j.at(at)
	return e, e.id == id, err
}

// byPath is the last line of a path.
func (j *journal) byPath(path string) (entry, bool, error) {
	at, known, err := j.paths.get(pathKey(path))
	if !known || err != nil {
		return entry{}, false, err
	}
	e, err := j.at(at)
	return e, strings.EqualFold(e.path, path), err
}

func (j *journal) at(offset int64) (entry, error) {
	line, err := bufio.NewReader(io.NewSectionReader(j.file, offset, j.end-offset)).ReadString('\n')
	if err != nil {
		return entry{}, err
	}
	return parseEntry(line)
}

// short is the part of a hash that an index holds; what is found by it is compared in full.
func short(hash string) uint64 {
	b, _ := hex.DecodeString(hash[:min(len(hash), 16)])
	return binary.BigEndian.Uint64(append(b, make([]byte, 8)...))
}

// pathKey holds paths alike that differ in case alone, since they are one file on many machines.
func pathKey(path string) uint64 { return short(manifest.Sum([]byte(strings.ToLower(path)))) }

func (j *journal) close() error {
	err := j.file.Close()
	for _, x := range []*index{j.ids, j.paths} {
		if x != nil {
			err = errors.Join(err, x.close())
		}
	}
	return err
}
