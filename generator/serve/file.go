package serve

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"strings"
	"time"
)

// file answers with the file name below the folder.
func (s *Server) file(w http.ResponseWriter, r *http.Request, name string) {
	folder := name == "" || strings.HasSuffix(name, "/")
	if folder {
		name += "index.html"
	}
	root, err := os.OpenRoot(s.Dir)
	if err != nil {
		s.missing(w, r, name) // nothing has been built yet
		return
	}
	defer root.Close()
	info, err := look(root, name)
	switch {
	case err == nil && info.IsDir() && !folder:
		redirect(w, r, s.base+name+"/")
	case err != nil || !info.Mode().IsRegular():
		s.missing(w, r, name)
	default:
		s.send(w, r, root, name, info)
	}
}

// look refuses every name that is not a plain path below the folder.
func look(root *os.Root, name string) (fs.FileInfo, error) {
	if !fs.ValidPath(name) || strings.ContainsAny(name, "\\\x00") {
		return nil, fs.ErrNotExist
	}
	return root.Stat(name)
}

func (s *Server) send(w http.ResponseWriter, r *http.Request, root *os.Root, name string, info fs.FileInfo) {
	f, err := root.Open(name)
	if err != nil {
		s.missing(w, r, name)
		return
	}
	defer f.Close()
	w.Header().Set("Content-Type", contentType(name))
	w.Header().Set("ETag", stamp(info))
	if !isPage(name) {
		http.ServeContent(w, r, "", info.ModTime(), f)
		return
	}
	src, err := io.ReadAll(f)
	if err != nil {
		http.Error(w, "the page cannot be read", http.StatusInternalServerError)
		return
	}
	page := inject(src, s.scriptElement(name, stamp(info)))
	http.ServeContent(w, r, "", info.ModTime(), bytes.NewReader(page))
}

// missing answers for a page that is not there. Its script waits for that page to appear.
func (s *Server) missing(w http.ResponseWriter, r *http.Request, name string) {
	src, err := s.read(notFound)
	if err != nil {
		words := "There is no such page."
		if s.latest.Load().number == 0 {
			words = "The site is being built. This page comes by itself when it is there."
		}
		src = []byte("<!DOCTYPE html>\n<html lang=\"en\">\n<title>Preview</title>\n<p>" + words + "</p>\n")
	}
	w.Header().Set("Content-Type", contentType(notFound))
	w.WriteHeader(http.StatusNotFound)
	if r.Method != http.MethodHead {
		w.Write(inject(src, s.scriptElement(name, s.shown(name))))
	}
}

// notFound is the page shown in place of one that does not exist.
const notFound = "404.html"

func (s *Server) read(name string) ([]byte, error) {
	root, err := os.OpenRoot(s.Dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return root.ReadFile(name)
}

// shown is the stamp of what a reader of the page name sees now: that page, or the one that says there is none.
func (s *Server) shown(name string) string {
	root, err := os.OpenRoot(s.Dir)
	if err != nil {
		return "none"
	}
	defer root.Close()
	if info, err := look(root, name); err == nil && info.Mode().IsRegular() {
		return stamp(info)
	}
	if info, err := look(root, notFound); err == nil {
		return "none, " + stamp(info)
	}
	return "none"
}

// stamp tells two versions of a file apart. Last-Modified would not: it counts whole seconds, and builds are quicker.
func stamp(info fs.FileInfo) string {
	return fmt.Sprintf(`"%x-%x"`, info.ModTime().UnixNano(), info.Size())
}

// redirect is never kept by the browser, since the next site previewed on this port may have another base path.
func redirect(w http.ResponseWriter, r *http.Request, to string) {
	target := url.URL{Path: to, RawQuery: r.URL.RawQuery}
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, target.String(), http.StatusFound)
}

// inject puts element at the end of the body, or of a page whose body has no end tag.
func inject(page []byte, element string) []byte {
	at := lastIndexFold(page, "</body>")
	if at < 0 {
		at = len(page)
	}
	out := make([]byte, 0, len(page)+len(element))
	out = append(out, page[:at]...)
	out = append(out, element...)
	return append(out, page[at:]...)
}

func lastIndexFold(s []byte, tag string) int {
	for at := len(s) - len(tag); at >= 0; at-- {
		if s[at] == tag[0] && strings.EqualFold(string(s[at:at+len(tag)]), tag) {
			return at
		}
	}
	return -1
}

// scriptElement names the page it stands in and that page's stamp, by which the server knows later whether the
// browser shows the page as it is.
func (s *Server) scriptElement(name, stamp string) string {
	source := url.URL{Path: s.base + scriptName}
	return fmt.Sprintf(`<script src="%s" data-page="%s" data-stamp="%s"></script>`,
		html.EscapeString(source.String()), html.EscapeString(name), html.EscapeString(stamp))
}

// serveOwn sends the preview's own script or style sheet, which do not depend on the site.
func serveOwn(w http.ResponseWriter, r *http.Request, name string) {
	b, err := ownFiles.ReadFile(path.Base(name))
	if err != nil {
		panic("serve: " + err.Error())
	}
	w.Header().Set("Content-Type", contentType(name))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(b))
}

func isPage(name string) bool {
	ext := path.Ext(name)
	return ext == ".html" || ext == ".htm"
}
