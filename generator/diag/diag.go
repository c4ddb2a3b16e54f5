// Package diag is a message to the person who wrote the file: where, what is wrong, and a hint.
//
// A message prints as
//
//	content/1916/flood.md:4:9: there is no month 13
//	  date = "1916-13-01"
//	  hint: write the date as far as it is known: 1916, 1916-12 or 1916-12-01
//
// Faults of the machine (a full disk) are ordinary errors, not diagnostics.
package diag

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Severity says whether the build can go on.
type Severity uint8

const (
	Warning Severity = iota // listed and counted; the build goes on
	Error                   // the build stops, the old site stays
)

// Diagnostic is one message. Line and Col are 1-based; 0 means the whole file or the whole line. Col counts
// characters, not bytes.
type Diagnostic struct {
	Severity Severity
	File     string // slash-separated, below the site's folder
	Line     int
	Col      int
	Message  string // lower case, no full stop
	Hint     string // what to do, "" when there is nothing to say
	Source   string // the line itself, "" when it is not known
}

// Warn and Fail make a diagnostic of a whole file.
func Warn(file, format string, args ...any) Diagnostic {
	return Diagnostic{File: file, Message: fmt.Sprintf(format, args...)}
}

func Fail(file, format string, args ...any) Diagnostic {
	return Diagnostic{Severity: Error, File: file, Message: fmt.Sprintf(format, args...)}
}

// At is d placed at a line and column of src, with that line as its Source.
func (d Diagnostic) At(src []byte, line, col int) Diagnostic {
	d.Line, d.Col = line, col
	lines := strings.SplitN(string(src), "\n", line+1)
	if line > 0 && line <= len(lines) {
		d.Source = strings.TrimRight(lines[line-1], "\r")
	}
	return d
}

// WithHint is d with a hint.
func (d Diagnostic) WithHint(format string, args ...any) Diagnostic {
	d.Hint = fmt.Sprintf(format, args...)
	return d
}

// Position is file:line:col, as much of it as is known.
func (d Diagnostic) Position() string {
	switch {
	case d.Line == 0:
		return d.File
	case d.Col == 0:
		return fmt.Sprintf("%s:%d", d.File, d.Line)
	}
	return fmt.Sprintf("%s:%d:%d", d.File, d.Line, d.Col)
}

func (d Diagnostic) Error() string { return d.Position() + ": " + d.Message }

// List is every message of a run. It is an error when one of them is.
type List []Diagnostic

// Sorted is the list with warnings before errors, which so stand where people look; each part by file, line, column and
// message, each message once.
func (l List) Sorted() List {
	sorted := slices.Clone(l)
	slices.SortFunc(sorted, func(a, b Diagnostic) int {
		return cmp.Or(cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Col, b.Col), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(sorted)
}

// Without is the list without what another one says of the same files, at whatever line: what is new since then.
func (l List) Without(before List) List {
	if slices.Equal(l, before) { // as after most builds, and there may be thousands
		return nil
	}
	type said struct{ file, message string }
	known := make(map[said]bool, len(before))
	for _, d := range before {
		known[said{d.File, d.Message}] = true
	}
	return slices.DeleteFunc(slices.Clone(l), func(d Diagnostic) bool { return known[said{d.File, d.Message}] })
}

// Errors counts the messages that stop a build.
func (l List) Errors() int {
	n := 0
	for _, d := range l {
		if d.Severity == Error {
			n++
		}
	}
	return n
}

// Err is the list as an error, or nil when no message stops the build.
func (l List) Err() error {
	if l.Errors() == 0 {
		return nil
	}
	return l
}

func (l List) Error() string {
	lines := make([]string, 0, len(l))
	for _, d := range l {
		lines = append(lines, d.Error())
	}
	return strings.Join(lines, "\n")
}

// AsList finds the diagnostics in an error.
func AsList(err error) (List, bool) {
	var l List
	if errors.As(err, &l) {
		return l, true
	}
	var d Diagnostic
	if errors.As(err, &d) {
		return List{d}, true
	}
	return nil, false
}

// Write prints the messages as the package comment shows them.
func (l List) Write(w io.Writer) error {
	var b strings.Builder
	for _, d := range l {
		fmt.Fprintf(&b, "%s: %s\n", d.Position(), d.Message)
		if source := strings.TrimSpace(d.Source); source != "" {
			fmt.Fprintf(&b, "  %s\n", shorten(source))
		}
		if d.Hint != "" {
			fmt.Fprintf(&b, "  hint: %s\n", d.Hint)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func shorten(line string) string {
	const most = 120
	runes := []rune(line)
	if len(runes) <= most {
		return line
	}
	return string(runes[:most]) + " …"
}
