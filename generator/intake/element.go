package intake

import (
	"bytes"
	"io"
	"strings"
)

// element is one element of an export, with its tags.
type element struct {
	name   string
	xml    []byte
	line   int
	offset int64
	cut    bool // the next one begins before it ends
}

var (
	cdataStart = []byte("<![CDATA[")
	cdataEnd   = []byte("]]>")
)

// element reads on to the next element of one of the names, and to its end. It looks for tags alone and not at what
// XML may make of the rest, so that damage in one item cannot hide the next. Tags inside CDATA are words, except where
// a CDATA that is never closed runs into the next item: there the item is cut. At the end the error is io.EOF.
func (s *stream) element(names ...string) (element, error) {
	e, err := s.begin(names)
	if err != nil {
		return e, err
	}
	closing := []byte("</" + e.name + ">")
	inside := false
	for {
		start := len(e.xml)
		e.xml, err = s.until('>', e.xml)
		part := e.xml[min(start, len(e.xml)):]
		inside = stillInside(inside, part)
		if !inside && bytes.HasSuffix(e.xml, closing) {
			return e, nil
		}
		if s.nextItem(e, part) {
			e.cut = true
			s.pending = e.name
			return e, nil
		}
		if err == io.EOF {
			e.cut = true
			return e, nil
		}
		if err != nil {
			return e, err
		}
		if len(e.xml) > mostBytes {
			return s.skip(e, closing)
		}
	}
}

// begin reads on to the opening tag of one of the names.
func (s *stream) begin(names []string) (element, error) {
	if name := s.pending; name != "" {
		s.pending = ""
		return element{name: name, xml: []byte("<" + name + ">"), line: s.line, offset: s.offset}, nil
	}
	var part []byte
	for {
		var err error
		part, err = s.until('>', part[:0])
		for _, name := range names {
			if tag := "<" + name + ">"; bytes.HasSuffix(part, []byte(tag)) {
				return element{name: name, xml: []byte(tag), line: s.line, offset: s.offset - int64(len(tag))}, nil
			}
		}
		if err != nil {
			return element{}, err
		}
	}
}

// stillInside reports whether CDATA is open after a part of the source that ends at a '>'.
func stillInside(inside bool, part []byte) bool {
	if inside {
		return !bytes.HasSuffix(part, cdataEnd)
	}
	return bytes.Contains(part, cdataStart) && !bytes.HasSuffix(part, cdataEnd)
}

// nextItem reports whether the part that was just read opens the next item although this one has not ended. In a story
// about feeds an item may be words; the next item of an export stands on a line of its own, right after the end of one
// that has a number.
func (s *stream) nextItem(e element, part []byte) bool {
	tag := "<" + e.name + ">"
	return e.name == "item" && string(bytes.TrimSpace(part)) == tag && bytes.HasPrefix(part, []byte("\n")) &&
		bytes.Contains(e.xml, []byte("</wp:post_id>")) &&
		strings.HasSuffix(string(bytes.TrimSpace(e.xml[:len(e.xml)-len(part)])), "</"+e.name+">")
}

// skip reads past an element that is too long to be kept.
func (s *stream) skip(e element, closing []byte) (element, error) {
	var part []byte
	for {
		var err error
		part, err = s.until('>', part[:0])
		if bytes.HasSuffix(part, closing) || err == io.EOF {
			return e, nil
		}
		if err != nil {
			return e, err
		}
	}
}
