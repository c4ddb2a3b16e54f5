package archive

import (
	"fmt"
	"net/url"
	"path"
	"strings"

	"broadsheet/generator/manifest"
	"broadsheet/generator/markdown"
	"broadsheet/generator/news"
)

// file is one file's name and hash, and its bytes once they are read.
type file struct {
	name  string
	sum   manifest.Digest
	bytes []byte
}

// files is everything an article is made from: its own file first, then original, sidecar and defaults. What is not
// known to be as it was is read.
func (r *reader) files(s source) ([]file, error) {
	names := []string{s.file}
	if s.original != "" && s.original != s.file {
		names = append(names, s.original)
	}
	if s.sidecar != "" {
		names = append(names, s.sidecar)
	}
	names = append(names, r.tree.defaults(s.file)...)
	files := make([]file, len(names))
	for i, name := range names {
		in := r.tree.file(name)
		files[i] = file{name: name, sum: in.sum}
		if !in.unknown() {
			continue
		}
		if err := r.load(files[i : i+1]); err != nil {
			return nil, err
		}
		in.sum = files[i].sum
	}
	return files, nil
}

// load reads those files that are not read yet.
func (r *reader) load(files []file) error {
	for i := range files {
		f := &files[i]
		if f.bytes != nil {
			continue
		}
		b, err := r.tree.read(f.name)
		if err != nil {
			return fmt.Errorf("reading an article: %w", err)
		}
		f.bytes, f.sum = b, manifest.DigestOf(b)
	}
	return nil
}

// pictures is what the article shows, as written: the front matter's images, the body's, and the scan.
func pictures(a news.Article, doc *markdown.Document) []string {
	var written []string
	for _, image := range append(a.Images[:len(a.Images):len(a.Images)], doc.Images()...) {
		written = append(written, image.File)
	}
	return append(written, a.Scan)
}

// local is the files below content/ that the written references mean, each once, in order, whether they are there or
// not: that may change while the article does not.
func local(from string, written []string) []string {
	var files []string
	seen := map[string]bool{}
	for _, w := range written {
		if name := Resolve(from, w); name != "" && !seen[name] {
			seen[name] = true
			files = append(files, name)
		}
	}
	return files
}

// IsSource reports whether a file is an article, a page or their companion, never to be copied out as it is.
func IsSource(name string) bool {
	switch path.Ext(name) {
	case ".md", ".txt", ".toml":
		return true
	}
	return false
}

// Resolve is the path below content/ that a relative reference in the file from means, or "" when it has a scheme,
// is a mere anchor, or leads out of content/.
func Resolve(from, reference string) string {
	reference, _, _ = strings.Cut(reference, "#")
	reference, _, _ = strings.Cut(reference, "?")
	if reference == "" || strings.Contains(reference, ":") || strings.HasPrefix(reference, "//") {
		return ""
	}
	if unescaped, err := url.PathUnescape(reference); err == nil {
		reference = unescaped
	}
	name := path.Join(path.Dir(from), reference)
	if strings.HasPrefix(reference, "/") {
		name = strings.TrimPrefix(path.Clean(reference), "/")
	}
	if name == ".." || strings.HasPrefix(name, "../") {
		return ""
	}
	return name
}
