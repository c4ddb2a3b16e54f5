package intake

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/textproto"
	"os"
	"strconv"
	"strings"
)

// readWARC reads a capture (ISO 28500). Compressed, each record is a gzip member of its own.
func readWARC(s Source, o Options, yield func(Record) bool) error {
	f, err := os.Open(s.Path)
	if err != nil {
		return err
	}
	defer f.Close()
	w := &capture{order: o.order}
	w.file = bufio.NewReaderSize(counter{f, func(n int) {
		w.read += int64(n)
		if o.Read != nil {
			o.Read(n)
		}
	}}, 2*peeked)
	for {
		r, err := w.next()
		if err == io.EOF {
			return nil
		}
		var machine *os.PathError
		if errors.As(err, &machine) {
			return err
		}
		if err != nil {
			r = Record{Offset: r.Offset, Broken: "the record is damaged: " + err.Error()}
			w.resume()
		}
		if !yield(r) {
			return nil
		}
	}
}

// capture is an open WARC.
type capture struct {
	order  func() string // of day and month
	file   *bufio.Reader
	read   int64         // bytes of the file, those in its buffer included
	member *bufio.Reader // of a compressed one, what is left of the member; nil before the first
	gzip   *gzip.Reader
	start  int64 // of the member, in the file
}

// next reads a record; at the end of the file the error is io.EOF.
func (w *capture) next() (Record, error) {
	for {
		in, err := w.open()
		r := Record{Offset: w.offset(), order: w.order}
		if err != nil {
			return r, err
		}
		line, err := readLine(in)
		line = strings.TrimSpace(line)
		switch {
		case line == "" && err == io.EOF && in == w.member:
			w.member = nil
		case line == "" && err != nil:
			return r, err
		case line == "":
		case !strings.HasPrefix(line, "WARC/"):
			return r, fmt.Errorf("want WARC/1.0, found %.20q", line)
		default:
			return r, whole(w.record(&r, in))
		}
	}
}

// mostHeader, in bytes, is the longest header that is read; where there is more, what follows is none.
const mostHeader = 1 << 20

// readLine is the next line, with its end. What is no text may go on without one.
func readLine(in *bufio.Reader) (string, error) {
	line, err := in.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		return "", errors.New("a line without an end")
	}
	return string(line), err
}

// readHeader reads lines to the first empty one.
func readHeader(in *bufio.Reader) (textproto.MIMEHeader, error) {
	var lines strings.Builder
	for {
		line, err := readLine(in)
		if err != nil {
			return nil, err
		}
		lines.WriteString(line)
		switch {
		case strings.TrimSpace(line) == "":
			return textproto.NewReader(bufio.NewReader(strings.NewReader(lines.String()))).ReadMIMEHeader()
		case lines.Len() > mostHeader:
			return nil, errors.New("a header without an end")
		}
	}
}

// whole makes the end of the file in the middle of a record a fault.
func whole(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// offset is where in the file the next record, or the member it is in, begins.
func (w *capture) offset() int64 {
	if w.member != nil {
		return w.start
	}
	return w.read - int64(w.file.Buffered())
}

// open is where the next record is to be read from: the file, or a member of it.
func (w *capture) open() (*bufio.Reader, error) {
	if w.member != nil {
		return w.member, nil
	}
	head, err := w.file.Peek(len(magic))
	if len(head) == 0 {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(head, magic):
	case w.gzip != nil:
		return nil, errors.New("what follows is not compressed")
	default:
		return w.file, nil
	}
	w.start = w.read - int64(w.file.Buffered())
	if w.gzip == nil {
		w.gzip, err = gzip.NewReader(w.file)
	} else {
		err = w.gzip.Reset(w.file)
	}
	if err != nil {
		w.gzip = nil
		return nil, whole(err)
	}
	w.gzip.Multistream(false)
	w.member = bufio.NewReaderSize(w.gzip, peeked)
	return w.member, nil
}

var magic = []byte{0x1f, 0x8b, 8}

// resume reads past damage, to where another record may begin.
func (w *capture) resume() {
	compressed := w.member != nil || w.gzip != nil
	w.member = nil
	for {
		head, err := w.file.Peek(len(magic) + 2)
		if err != nil {
			w.file.Discard(len(head))
			return
		}
		if compressed && bytes.HasPrefix(head, magic) || !compressed && string(head) == "WARC/" {
			return
		}
		w.file.Discard(1)
	}
}

// record reads one record after its first line.
func (w *capture) record(r *Record, in *bufio.Reader) error {
	header, err := readHeader(in)
	if err != nil {
		return err
	}
	length, err := strconv.ParseInt(strings.TrimSpace(header.Get("Content-Length")), 10, 64)
	if err != nil || length < 0 {
		return errors.New("no Content-Length")
	}
	kind, contentType := header.Get("WARC-Type"), header.Get("Content-Type")
	isResponse := kind == "response" && !strings.HasPrefix(contentType, "text/dns")
	if !isResponse && kind != "resource" {
		if r.Passed = kind; kind == "response" {
			r.Passed = mediaType(contentType)
		}
		_, err := io.CopyN(io.Discard, in, length)
		return err
	}
	wanted := length
	if length > mostBytes {
		wanted = peeked // enough to see what it is
	}
	content := make([]byte, wanted)
	if _, err := io.ReadFull(in, content); err != nil {
		return err
	}
	address := strings.Trim(header.Get("WARC-Target-URI"), "<>")
	if isResponse {
		r.response(content, address)
	} else {
		r.answer(content, contentType, address)
	}
	if wanted < length && r.Passed == "" {
		r.Broken = address + ": " + tooLong
	}
	_, err = io.CopyN(io.Discard, in, length-wanted)
	return err
}

// response takes a page out of an HTTP response.
func (r *Record) response(src []byte, address string) {
	got, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(src)), nil)
	if err != nil {
		r.Broken = address + ": no HTTP response: " + err.Error()
		return
	}
	if got.StatusCode != http.StatusOK {
		r.Passed = fmt.Sprintf("answer %d", got.StatusCode)
		return
	}
	contentType := got.Header.Get("Content-Type")
	if kind := mediaType(contentType); !isStory(kind) {
		r.Passed = kind
		return
	}
	body, err := readBody(got)
	switch {
	case len(body) > mostBytes:
		r.Broken = address + ": " + tooLong
		return
	case err != nil && len(body) > 0:
		r.warn(address + ": the page breaks off: " + err.Error())
	case err != nil: // many captures keep the header of a coding that they have undone
		_, body, _ = bytes.Cut(src, []byte("\r\n\r\n"))
		if got.Header.Get("Content-Encoding") != "" && !bytes.HasPrefix(bytes.TrimSpace(body), []byte("<")) {
			r.Broken = address + ": " + err.Error()
			return
		}
	}
	r.answer(body, contentType, address)
}

// readBody undoes the codings of a response, as far as it goes.
func readBody(got *http.Response) ([]byte, error) {
	var in io.Reader = got.Body
	switch coding := strings.ToLower(got.Header.Get("Content-Encoding")); coding {
	case "", "identity", "none":
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, fmt.Errorf("compressed with %q, which cannot be undone: %w", coding, err)
		}
		in = z
	case "deflate":
		in = inflate(in)
	default:
		return nil, fmt.Errorf("compressed with %q, which is not read", coding)
	}
	return io.ReadAll(io.LimitReader(in, mostBytes+1))
}

// inflate reads what is called deflate: with the header of zlib, as the standard has it, or without, as many servers
// sent it.
func inflate(in io.Reader) io.Reader {
	b := bufio.NewReader(in)
	if head, _ := b.Peek(2); len(head) == 2 && head[0]&0x0f == 8 && (int(head[0])<<8+int(head[1]))%31 == 0 {
		b.Discard(2) // the sum at the end is not looked at
	}
	return flate.NewReader(b)
}

func mediaType(s string) string {
	kind, _, err := mime.ParseMediaType(s)
	if err != nil || kind == "" {
		return "file of no known type"
	}
	return kind
}

func isStory(kind string) bool {
	return kind == "text/html" || kind == "application/xhtml+xml" || kind == "text/plain"
}

// answer fills a record from what an address answered.
func (r *Record) answer(src []byte, contentType, address string) {
	switch kind := mediaType(contentType); {
	case kind == "text/plain":
		r.Form, r.Key, r.Source = Text, address, address
		r.Body = r.decoded(src, contentType)
		if strings.TrimSpace(r.Body) == "" {
			r.Passed = "empty file"
		}
	case isStory(kind):
		r.page(src, contentType, address)
	default:
		r.Passed = kind
	}
}
