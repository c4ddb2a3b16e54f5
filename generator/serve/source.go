package serve

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"broadsheet/generator/diag"
)

// Source is what a page was made from.
type Source struct {
	File  string `json:"file"`            // below Options.Site, slash-separated; "" for a page that has none of its own
	Found any    `json:"found,omitempty"` // what was found in the file, as broadsheet inspect prints it
}

// tellSource answers with the source of a page, and the messages about it.
func (s *Server) tellSource(w http.ResponseWriter, r *http.Request) {
	answer := struct {
		Source
		Messages []fault `json:"messages"`
	}{Messages: []fault{}}
	if s.Source != nil {
		var err error
		if answer.Source, err = s.Source(r.Context(), r.URL.Query().Get("page")); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
	}
	for _, f := range s.latest.Load().faults {
		if answer.File != "" && f.File == answer.File {
			answer.Messages = append(answer.Messages, f)
		}
	}
	w.Header().Set("Content-Type", contentType(sourceName+".json"))
	w.Header().Set("Cache-Control", "no-store")
	json.NewEncoder(w).Encode(answer)
}

// edit opens a file of the site in the person's editor. Only a page of the preview may ask for it: a form or script of
// another origin is refused by what browsers tell of where a request comes from.
func (s *Server) edit(w http.ResponseWriter, r *http.Request) {
	if err := http.NewCrossOriginProtection().Check(r); err != nil {
		http.Error(w, err.Error(), http.StatusForbidden)
		return
	}
	name := r.URL.Query().Get("file")
	line, _ := strconv.Atoi(r.URL.Query().Get("line"))
	col, _ := strconv.Atoi(r.URL.Query().Get("col"))
	if s.Edit == nil || !s.editable(name) {
		http.Error(w, "the site has no such text: "+name, http.StatusNotFound)
		return
	}
	if err := s.Edit(filepath.Join(s.Site, filepath.FromSlash(name)), max(line, 1), max(col, 1)); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// texts are the extensions of files that people write. Others may be programs, and to open one could run it.
var texts = []string{".txt", ".md", ".toml", ".html", ".css", ".js", ".xml"}

func (s *Server) editable(name string) bool {
	if !slices.Contains(texts, strings.ToLower(path.Ext(name))) {
		return false
	}
	root, info, err := s.lookUp(name)
	if err != nil {
		return false
	}
	root.Close()
	return info.Mode().IsRegular()
}

// lookUp finds a file of the site. Its folders, such as content/, may be links to elsewhere; below them none is followed
// that leads out.
func (s *Server) lookUp(name string) (root *os.Root, info fs.FileInfo, err error) {
	folder, rest, below := strings.Cut(name, "/")
	if !below {
		folder, rest = ".", name
	}
	if s.Site == "" || !fs.ValidPath(folder) || !fs.ValidPath(rest) {
		return nil, nil, fs.ErrNotExist
	}
	if root, err = os.OpenRoot(filepath.Join(s.Site, folder)); err != nil {
		return nil, nil, err
	}
	if info, err = look(root, rest); err != nil {
		root.Close()
		return nil, nil, err
	}
	return root, info, nil
}

// fault is a message as the browser shows it.
type fault struct {
	Position string `json:"position"`
	File     string `json:"file"`
	Line     int    `json:"line,omitempty"`
	Col      int    `json:"col,omitempty"`
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"`
	Error    bool   `json:"error"`
	Fresh    bool   `json:"fresh"` // the report before did not have it
	Lines    []line `json:"lines,omitempty"`
}

// line is one of a file's.
type line struct {
	Number int    `json:"number"`
	Text   string `json:"text"`
}

const (
	around  = 3       // lines shown before a fault, and after it
	longest = 400     // characters of one line
	largest = 4 << 20 // bytes of a file that is opened to show lines
)

// newFault adds the lines around a message's place, or the one it brings along where the file cannot be read.
func (s *Server) newFault(d diag.Diagnostic, fresh bool) fault {
	f := fault{
		Position: d.Position(), File: d.File, Line: d.Line, Col: d.Col, Message: d.Message, Hint: d.Hint,
		Error: d.Severity == diag.Error, Fresh: fresh,
	}
	src, err := s.text(d.File)
	if err != nil || d.Line == 0 || d.Line > bytes.Count(src, []byte("\n"))+1 {
		if d.Source != "" {
			f.Lines = []line{{d.Line, shortened(d.Source)}}
		}
		return f
	}
	number := 0
	for text := range bytes.Lines(src) {
		if number++; number >= d.Line-around && number <= d.Line+around {
			f.Lines = append(f.Lines, line{number, shortened(strings.TrimRight(string(text), "\r\n"))})
		}
	}
	return f
}

func shortened(text string) string {
	text = strings.ToValidUTF8(text, "\ufffd")
	if runes := []rune(text); len(runes) > longest {
		return string(runes[:longest]) + " …"
	}
	return text
}

// text is the bytes of a file of the site.
func (s *Server) text(name string) ([]byte, error) {
	root, info, err := s.lookUp(name)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	if !info.Mode().IsRegular() || info.Size() > largest {
		return nil, fs.ErrInvalid
	}
	return root.ReadFile(name[strings.IndexByte(name, '/')+1:])
}
