package intake

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"broadsheet/generator/diag"
)

// Source is one file to import. Its format is known, or "" where it has none.
type Source struct {
	Path   string
	Folder string // of a file found in a folder: its place below that folder, slash-separated
	Format string
	Bytes  int64 // to be read, as the file lies on the disk

	fault  string // why it cannot be read
	passed string // what it is, where nobody would take it for a source
}

// Sources lists the files that paths stand for, in order; a folder's are in order of their names.
func Sources(paths []string, format string) ([]Source, error) {
	var found []Source
	for _, root := range paths {
		if _, err := os.Stat(root); err != nil {
			return nil, diag.Fail(filepath.ToSlash(root), "there is nothing to import: %v", reason(err))
		}
		filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
			hidden := p != root && strings.HasPrefix(filepath.Base(p), ".")
			switch {
			case err != nil:
				found = append(found, Source{Path: p, fault: reason(err).Error()})
			case hidden && d.IsDir():
				found = append(found, Source{Path: p, passed: "hidden folder"})
				return fs.SkipDir
			case hidden:
				found = append(found, Source{Path: p, passed: "hidden file"})
			case !d.IsDir():
				found = append(found, newSource(root, p, format))
			}
			return nil
		})
	}
	return found, nil
}

// newSource looks at one file. What is wrong with it is for the report: one file never stops the others.
func newSource(root, p, format string) Source {
	s := Source{Path: p, Format: format}
	if rel, err := filepath.Rel(root, filepath.Dir(p)); err == nil && p != root && rel != "." {
		s.Folder = filepath.ToSlash(rel)
	}
	info, err := os.Stat(p)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		s.fault = "this symbolic link leads nowhere"
		return s
	case err != nil:
		s.fault = reason(err).Error()
		return s
	case !info.Mode().IsRegular():
		s.passed = "no regular file"
		return s
	}
	s.Bytes = info.Size()
	if s.Format == "" || s.Format == "auto" {
		if s.Format, err = detect(p); err != nil {
			s.fault = reason(err).Error()
		}
	}
	return s
}

// reason is what is wrong with a file, without its name, which the message has.
func reason(err error) error {
	var failed *fs.PathError
	if errors.As(err, &failed) {
		return failed.Err
	}
	return err
}

// byExtension are the formats whose name says enough.
var byExtension = map[string]string{
	".html": "html", ".htm": "html", ".xhtml": "html", ".warc": "warc",
	".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "csv",
}

// detect is the format of a file, "" where it has none.
func detect(name string) (string, error) {
	lower := strings.TrimSuffix(strings.ToLower(name), ".gz")
	ext := filepath.Ext(lower)
	if format, settled := byExtension[ext]; settled {
		return format, nil
	}
	if ext != ".xml" && ext != ".wxr" && ext != ".txt" {
		return "", nil
	}
	s := stream{}
	if err := s.open(Source{Path: name}, nil); err != nil {
		return "", err
	}
	defer s.close()
	head, _ := s.Peek(peeked)
	switch {
	case ext == ".txt" && isNewsExport(string(head)):
		return "news", nil
	case ext == ".txt":
		return "text", nil
	case bytes.Contains(head, []byte("wordpress.org/export")):
		return "wordpress", nil
	}
	return "", nil
}

// Read hands out the records of a source. An error is the machine's, and the last there is; damage to the file that
// cannot be read past is a broken record.
func Read(s Source, o Options) iter.Seq2[Record, error] {
	read := readers[s.Format]
	return func(yield func(Record, error) bool) {
		switch {
		case s.fault != "" || s.passed != "":
			yield(Record{Path: s.Path, Broken: s.fault, Passed: s.passed}, nil)
			return
		case read == nil:
			yield(Record{Path: s.Path, Passed: unknownFormat(s.Path)}, nil)
			return
		}
		o.order = orderOf(s, o, read)
		err := read(s, o, func(r Record) bool {
			r.Path, r.Below = s.Path, s.Folder
			r.clean()
			return yield(r, nil)
		})
		var machine *fs.PathError
		switch {
		case errors.As(err, &machine) && !errors.Is(err, fs.ErrPermission) && !errors.Is(err, fs.ErrNotExist):
			yield(Record{}, fmt.Errorf("reading %s: %w", s.Path, err))
		case err != nil:
			r := Record{Path: s.Path, Broken: "the file cannot be read on from here: " + err.Error()}
			if s.Format == "text" && errors.Is(err, errTooLong) {
				r.Broken, r.Hint = "the text is "+err.Error(), "copy it into content/ as it is: a text needs no import"
			}
			yield(r, nil)
		}
	}
}

// unknownFormat counts a file that no format is known for among those of its extension.
func unknownFormat(name string) string {
	if ext := strings.ToLower(filepath.Ext(name)); ext != "" {
		return ext + " file (not read)"
	}
	return "file without an extension (not read)"
}

// reader reads one format; it ends when yield says no.
type reader func(s Source, o Options, yield func(Record) bool) error

var readers = map[string]reader{
	"text": readText, "html": readPage, "warc": readWARC, "wordpress": readWordPress,
	"jsonl": readJSONL, "csv": readCSV, "news": readNews,
}

// peeked bytes are enough to see a file's format.
const peeked = 32 << 10

// mostBytes is the largest record that is read; a larger one is a fault of the source, or no article.
const mostBytes = 16 << 20

// stream is an open source: uncompressed, in UTF-8 where a mark says what it is in, and counted.
type stream struct {
	*bufio.Reader
	file   *os.File
	line   int   // of what is read next, 1-based
	offset int64 // likewise, in bytes

	pending string // the element whose opening tag was read already
}

func (s *stream) open(from Source, count func(int)) error {
	f, err := os.Open(from.Path)
	if err != nil {
		return err
	}
	s.file, s.line = f, 1
	s.Reader = bufio.NewReaderSize(counter{f, count}, 2*peeked)
	if head, _ := s.Peek(2); string(head) == "\x1f\x8b" {
		z, err := gzip.NewReader(s.Reader)
		if err != nil {
			return err
		}
		s.Reader = bufio.NewReaderSize(z, 2*peeked)
	}
	if head, _ := s.Peek(3); string(head) == "\xEF\xBB\xBF" || len(head) > 1 && (string(head[:2]) == "\xFF\xFE" || string(head[:2]) == "\xFE\xFF") {
		s.Reader = bufio.NewReaderSize(transform.NewReader(s.Reader, unicode.BOMOverride(unicode.UTF8.NewDecoder())), 2*peeked)
	}
	return nil
}

func (s *stream) close() { s.file.Close() }

// until appends to buf what comes up to and with the next delimiter, or the end, at which the error is io.EOF. Past
// mostBytes it reads on and keeps nothing.
func (s *stream) until(delimiter byte, buf []byte) ([]byte, error) {
	for {
		part, err := s.ReadSlice(delimiter)
		s.offset += int64(len(part))
		s.line += bytes.Count(part, []byte("\n"))
		if len(buf) <= mostBytes {
			buf = append(buf, part...)
		}
		if err != bufio.ErrBufferFull {
			return buf, err
		}
	}
}

// counter tells how much is read.
type counter struct {
	io.Reader
	count func(int)
}

func (c counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	if c.count != nil {
		c.count(n)
	}
	return n, err
}

// readAll is the whole of a small file.
func readAll(from Source, o Options) ([]byte, error) {
	if from.Bytes > mostBytes {
		return nil, errTooLong
	}
	var s stream
	if err := s.open(from, o.Read); err != nil {
		return nil, err
	}
	defer s.close()
	src, err := io.ReadAll(io.LimitReader(s, mostBytes+1)) // a compressed file may be longer than it looks
	if len(src) > mostBytes {
		return nil, errTooLong
	}
	return src, err
}
