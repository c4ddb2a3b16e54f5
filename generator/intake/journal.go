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
	"strings"

	"broadsheet/generator/manifest"
)

// journal is what earlier imports wrote, and what this one is about to. On disk it is text: a line a file, with the
// hash of the record's id, the file's path, the hash of its bytes and the hash of what it had before ("-" for nothing),
// parted by tabs. The last line of an id counts. A line is written before its file is put in place, so a file that an
// import wrote is always known; a line cut short by a kill is dropped.
//
// In memory are only the places of the lines: a few dozen bytes a file.
type journal struct {
	file  *os.File
	end   int64            // where the next line goes
	ids   map[uint64]int64 // of each id and extension, the place of its last line
	paths map[uint64]int64 // of each path, likewise
}

// entry is one line.
type entry struct{ id, path, hash, before string }

const noHash = "-"

func openJournal(name string) (*journal, error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, err
	}
	j := &journal{file: f, ids: map[uint64]int64{}, paths: map[uint64]int64{}}
	if err := j.load(); err != nil {
		return nil, errors.Join(fmt.Errorf("reading %s: %w", name, err), f.Close())
	}
	return j, nil
}

// load notes where each line stands, and cuts off one that is not whole.
func (j *journal) load() error {
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
		j.note(e, j.end)
		j.end += int64(len(line))
	}
}

func parseEntry(line string) (entry, error) {
	parts := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
	if len(parts) != 4 {
		return entry{}, fmt.Errorf("a line of the journal has %d parts, want 4: %.60q", len(parts), line)
	}
	return entry{parts[0], parts[1], parts[2], parts[3]}, nil
}

func (j *journal) note(e entry, at int64) {
	j.ids[short(e.id)] = at
	j.paths[pathKey(e.path)] = at
}

// add writes a line and knows it from now on.
func (j *journal) add(e entry) error {
	line := e.id + "\t" + e.path + "\t" + e.hash + "\t" + e.before + "\n"
	if _, err := j.file.WriteAt([]byte(line), j.end); err != nil {
		return err
	}
	j.note(e, j.end)
	j.end += int64(len(line))
	return nil
}

// byID is the last line of an id.
func (j *journal) byID(id string) (entry, bool, error) {
	at, known := j.ids[short(id)]
	if !known {
		return entry{}, false, nil
	}
	e, err := j.at(at)
	return e, e.id == id, err
}

// byPath is the last line of a path.
func (j *journal) byPath(path string) (entry, bool, error) {
	at, known := j.paths[pathKey(path)]
	if !known {
		return entry{}, false, nil
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

// short is the part of a hash that is kept in memory; what is found by it is compared in full.
func short(hash string) uint64 {
	b, _ := hex.DecodeString(hash[:min(len(hash), 16)])
	return binary.BigEndian.Uint64(append(b, make([]byte, 8)...))
}

// pathKey holds paths alike that differ in case alone, since they are one file on many machines.
func pathKey(path string) uint64 { return short(manifest.Sum([]byte(strings.ToLower(path)))) }

func (j *journal) close() error { return j.file.Close() }
