package watch

import (
	"path/filepath"
	"strings"
)

// ignores reports whether a path below root, or root itself, is left out.
func (o Options) ignores(root, path string) bool {
	name := filepath.Base(path)
	return fleeting(name) || ownFolder(name) || programText(root, name) || o.Ignore != nil && o.Ignore(path)
}

// fleeting reports names that editors, office programs and desktops make for themselves.
func fleeting(name string) bool {
	switch {
	case name == "4913", name == ".DS_Store", name == "Thumbs.db", name == "desktop.ini":
		return true
	case strings.HasSuffix(name, "~"), strings.HasPrefix(name, "~$"), strings.HasPrefix(name, ".~lock."), strings.HasPrefix(name, ".#"):
		return true
	case strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#"):
		return true
	case strings.HasPrefix(name, ".goutputstream-"), strings.HasPrefix(name, ".nfs"), strings.Contains(name, ".sb-"):
		return true
	case strings.HasSuffix(name, "___jb_tmp___"), strings.HasSuffix(name, "___jb_old___"), strings.HasSuffix(name, ".kate-swp"), strings.HasSuffix(name, ".swp"):
		return true
	}
	return strings.HasPrefix(name, ".") && swapFile(filepath.Ext(name))
}

// swapFile knows Vim's extensions: .swp, then .swo, .swn and so on when several copies are open, and .swx for a test.
func swapFile(ext string) bool {
	return len(ext) == 4 && strings.HasPrefix(ext, ".sw") && ext[3] >= 'a' && ext[3] <= 'z'
}

// ownFolder reports the folders that hold the program's and git's own records.
func ownFolder(name string) bool { return name == ".broadsheet" || name == ".git" }

// programText reports the Go files beside the templates and static files, which no site is made from.
func programText(root, name string) bool {
	folder := filepath.Base(root)
	return (folder == "templates" || folder == "static") && filepath.Ext(name) == ".go"
}
