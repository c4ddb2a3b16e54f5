package intake

import (
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// media is where pictures are looked for.
type media struct{ Dir string }

// picture is a file that an article shows, and where it is to lie.
type picture struct {
	File string // on this machine
	To   string // below the folder of the import, slash-separated
}

// mediaFolder is where pictures go, below the folder of the import.
const mediaFolder = "media"

// from is the link to the picture from an article in a folder.
func (p picture) from(folder string) string {
	up := ""
	if folder != "" {
		up = strings.Repeat("../", strings.Count(folder, "/")+1)
	}
	return (&url.URL{Path: up + p.To}).EscapedPath()
}

// find looks for what a link leads to: in the folder of media, and, where the page itself lies on this machine, from
// the page's folder. Links to other sites are left alone.
func (m media) find(target, base *url.URL, r *Record) (picture, bool) {
	if !sameSite(target, base) || target.Path == "" || strings.HasSuffix(target.Path, "/") {
		return picture{}, false
	}
	if m.Dir != "" {
		if p, found := m.byEnd(target.Path); found {
			return p, true
		}
		if p, found := m.byEnd(smaller.ReplaceAllString(target.Path, "$1")); found {
			return p, true
		}
	}
	if target.Host != "" || !r.Local || isPage(target.Path) {
		return picture{}, false
	}
	return besidePage(target.Path, r)
}

// smaller are the copies of a picture that WordPress made in other sizes.
var smaller = regexp.MustCompile(`-\d+x\d+(\.\w+)$`)

// byEnd is the file of the folder at the longest end of a link's path.
func (m media) byEnd(p string) (picture, bool) {
	parts := strings.Split(strings.Trim(path.Clean("/"+p), "/"), "/")
	for i := range parts {
		end := path.Join(parts[i:]...)
		name := filepath.Join(m.Dir, filepath.FromSlash(end))
		if isFile(name) {
			return picture{File: name, To: mediaFolder + "/" + end}, true
		}
	}
	return picture{}, false
}

// besidePage is a file beside a page, which keeps its place below the folder that is imported.
func besidePage(p string, r *Record) (picture, bool) {
	below := path.Join(r.Below, p)
	if path.IsAbs(p) || below == ".." || strings.HasPrefix(below, "../") {
		return picture{}, false
	}
	name := filepath.Join(filepath.Dir(r.Path), filepath.FromSlash(p))
	return picture{File: name, To: mediaFolder + "/" + below}, isFile(name)
}

func isPage(p string) bool {
	switch strings.ToLower(path.Ext(p)) {
	case "", ".html", ".htm", ".xhtml", ".php", ".asp", ".aspx":
		return true
	}
	return false
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// sameSite reports whether a link stays on the site of base; one without a host does.
func sameSite(target, base *url.URL) bool {
	switch {
	case target.Scheme != "" && target.Scheme != "http" && target.Scheme != "https":
		return false
	case target.Host == "":
		return true
	}
	return base != nil && strings.TrimPrefix(target.Hostname(), "www.") == strings.TrimPrefix(base.Hostname(), "www.")
}
