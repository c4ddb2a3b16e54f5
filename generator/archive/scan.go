package archive

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/manifest"
)

// Root is a folder of articles, or some files of one.
type Root struct {
	Dir   string   // on this machine
	Files []string // below Dir, slash-separated; nil stands for everything in it
}

// source is one article as it lies in content/.
type source struct {
	file     string // what a person edits: NAME.md, else NAME.txt
	original string // NAME.txt beside NAME.md, or file itself when it is a .txt; "" for Markdown alone
	sidecar  string // NAME.toml, or ""
}

// input is one file below content/.
type input struct {
	name string // below content/
	root *folder
	stamp
	sum     manifest.Digest // of its bytes; zero while it is not known
	article bool            // an article's own file, or its original
}

func (f *input) unknown() bool { return f.sum == manifest.Digest{} }

// path is where the file lies on this machine.
func (f *input) path() string { return f.root.path(f.name) }

// folder is a root on this machine.
type folder struct {
	dir   string            // symbolic links resolved
	moved map[string]string // paths of files that go by other names than they have in it
}

func (r *folder) path(name string) string {
	if moved, found := r.moved[name]; found {
		return moved
	}
	return filepath.Join(r.dir, filepath.FromSlash(name))
}

// tree is what lies below content/, sorted out by name alone.
type tree struct {
	files    []*input // every file we may read, sorted by name
	articles []source // sorted by file
	pages    []string // standing pages: .md below pages/
	sections []string // _index.md files
	common   []string // _defaults.toml files
	found    diag.List
	root     *folder // the last one

	taken map[string]bool // names, while folders are gone through
}

// The files at the head of content/ that say something about the articles.
const (
	entitiesFile    = "entities.toml"
	tagsFile        = "tags.toml"
	duplicatesFile  = "duplicates.toml"
	boilerplateFile = "boilerplate.toml"
	defaultsFile    = "_defaults.toml"
	sectionFile     = "_index.md"
	pagesFolder     = "pages"
)

// PublishedFile is the record of published addresses, at the head of content/.
const PublishedFile = "urls.tsv"

// decided are the authority files that are read, at the head of content/.
var decided = []string{entitiesFile, tagsFile, duplicatesFile, boilerplateFile, PublishedFile}

// unread are authority files of the design that this version does not act on. To go on without one could show what
// must not be shown, or lose what somebody decided, so each is an error.
var unread = []string{"publications.toml", "takedowns.toml"}

// scan lists the files of every root and sorts them out.
func scan(roots []Root) (*tree, error) {
	t := &tree{taken: map[string]bool{}}
	for _, root := range roots {
		if err := t.walk(root); err != nil {
			return nil, err
		}
	}
	t.taken = nil
	slices.SortFunc(t.files, func(a, b *input) int { return strings.Compare(a.name, b.name) })
	t.sort()
	return t, nil
}

func (t *tree) walk(root Root) error {
	dir, err := filepath.EvalSymlinks(root.Dir)
	if err == nil {
		dir, err = filepath.Abs(dir) // "." would be no part of the paths that a walk gives
	}
	if err != nil {
		return err
	}
	t.root = &folder{dir: dir}
	if root.Files != nil {
		for _, name := range root.Files {
			t.add(name)
		}
		return t.addCompanions(dir, root.Files)
	}
	var names letters
	return filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if p == dir {
			return nil
		}
		name := filepath.ToSlash(strings.TrimPrefix(p[len(dir):], string(filepath.Separator)))
		switch {
		case hidden(d.Name()):
			if d.IsDir() {
				return fs.SkipDir
			}
		case d.Type()&fs.ModeSymlink != 0:
			t.link(dir, name, p)
		case d.Type().IsRegular():
			t.add(names.keep(name))
		}
		return nil
	})
}

// hidden reports whether a name is no article's, page's or picture's.
func hidden(name string) bool {
	if name == defaultsFile || name == sectionFile {
		return false
	}
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")
}

// add takes in the file of a name below the last root. Two roots may hold the same name; the second is told apart by its
// folder's name.
func (t *tree) add(name string) {
	lies := t.root.path(name)
	if t.taken[name] {
		for t.taken[name] {
			name = path.Join(filepath.Base(filepath.Dir(lies)), name)
		}
		if t.root.moved == nil {
			t.root.moved = map[string]string{}
		}
		t.root.moved[name] = lies
	}
	t.taken[name] = true
	t.files = append(t.files, &input{name: name, root: t.root})
}

// addCompanions takes in what belongs to files named one by one: sidecars and folder defaults.
func (t *tree) addCompanions(dir string, files []string) error {
	for _, name := range files {
		companions := []string{strings.TrimSuffix(name, path.Ext(name)) + ".toml"}
		for folder := path.Dir(name); ; folder = path.Dir(folder) {
			companions = append(companions, path.Join(folder, defaultsFile))
			if folder == "." || folder == "/" {
				break
			}
		}
		for _, c := range companions {
			file := filepath.Join(dir, filepath.FromSlash(c))
			if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() && !t.taken[c] {
				t.add(c)
			}
		}
	}
	return nil
}

// link follows a symbolic link to a file below the same folder, and no other.
func (t *tree) link(dir, name, file string) {
	target, err := filepath.EvalSymlinks(file)
	if errors.Is(err, fs.ErrNotExist) {
		t.found = append(t.found, diag.Warn(contentPath(name), "this symbolic link leads nowhere").WithHint("remove it or mend its target"))
		return
	}
	if err != nil {
		t.found = append(t.found, diag.Warn(contentPath(name), "this symbolic link cannot be read: %v", err))
		return
	}
	if rel, err := filepath.Rel(dir, target); err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		t.found = append(t.found, diag.Warn(contentPath(name), "this symbolic link leaves content/ and is not followed").WithHint("copy the file in, or move its target below content/"))
		return
	}
	if info, err := os.Stat(target); err != nil || !info.Mode().IsRegular() {
		t.found = append(t.found, diag.Warn(contentPath(name), "a symbolic link to a folder is not followed").WithHint("its articles would appear twice; move the folder itself"))
		return
	}
	t.add(name)
}

// sort tells articles from pages, sections and companions.
func (t *tree) sort() {
	for i, f := range t.files {
		name := f.name
		base, stem := path.Base(name), strings.TrimSuffix(name, path.Ext(name))
		switch {
		case base == sectionFile:
			t.sections = append(t.sections, name)
		case slices.Contains(unread, name):
			t.found = append(t.found, diag.Fail(contentPath(name), "this version does not act on %s", name).At(nil, 1, 1).
				WithHint("move it out of content/ to build without it"))
		case path.Ext(name) == ".md" && strings.HasPrefix(name, pagesFolder+"/"):
			t.pages = append(t.pages, name)
		case path.Ext(name) == ".md":
			t.article(source{file: name, original: t.near(i, stem+".txt"), sidecar: t.near(i, stem+".toml")})
		case path.Ext(name) == ".txt" && t.near(i, stem+".md") == "":
			t.article(source{file: name, original: name, sidecar: t.near(i, stem+".toml")})
		case isShouted(name):
			t.found = append(t.found, diag.Warn(contentPath(name), "a name that ends in %s is no article's, and the file is left out", path.Ext(name)).
				WithHint("rename it to end in %s", strings.ToLower(path.Ext(name))))
		case base == defaultsFile:
			t.common = append(t.common, name)
		case path.Ext(name) == ".toml" && !slices.Contains(decided, name) && t.near(i, stem+".txt") == "" && t.near(i, stem+".md") == "":
			t.found = append(t.found, diag.Warn(contentPath(name), "no article belongs to this file").WithHint("a sidecar has its article's name: flood.toml beside flood.txt"))
		}
	}
}

// isShouted reports whether a name would be an article's but for the capitals of its extension, as old systems write them.
func isShouted(name string) bool {
	ext := path.Ext(name)
	lower := strings.ToLower(ext)
	return ext != lower && (lower == ".txt" || lower == ".md")
}

func (t *tree) article(s source) {
	t.articles = append(t.articles, s)
	t.file(s.file).article = true
	if s.original != "" {
		t.file(s.original).article = true
	}
}

// find is where the file of a name stands, or belongs.
func (t *tree) find(name string) (at int, found bool) {
	return slices.BinarySearchFunc(t.files, name, func(f *input, name string) int { return strings.Compare(f.name, name) })
}

// file is the file of a name, nil where there is none.
func (t *tree) file(name string) *input {
	if at, found := t.find(name); found {
		return t.files[at]
	}
	return nil
}

// has is the name, or "" where there is no such file.
func (t *tree) has(name string) string {
	if f := t.file(name); f != nil {
		return f.name
	}
	return ""
}

// near is what has says of the name of a companion, which mostly stands beside file i.
func (t *tree) near(i int, name string) string {
	for at := max(0, i-2); at < min(len(t.files), i+3); at++ {
		if t.files[at].name == name {
			return t.files[at].name
		}
		if at > 0 && t.files[at-1].name < name && name < t.files[at].name {
			return ""
		}
	}
	return t.has(name)
}

// defaults lists the _defaults.toml files that hold for name, the outermost first.
func (t *tree) defaults(name string) []string {
	var files []string
	for folder := path.Dir(name); len(t.common) > 0; folder = path.Dir(folder) {
		if at, found := slices.BinarySearch(t.common, path.Join(folder, defaultsFile)); found {
			files = append(files, t.common[at])
		}
		if folder == "." || folder == "/" {
			break
		}
	}
	slices.Reverse(files)
	return files
}

// read reads a file of the tree.
func (t *tree) read(name string) ([]byte, error) {
	f := t.file(name)
	if f == nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return os.ReadFile(f.path())
}

// contentPath is name as messages show it.
func contentPath(name string) string { return "content/" + name }
