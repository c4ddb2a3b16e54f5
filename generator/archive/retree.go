package archive

import (
	"os"
	"path"
	"slices"
	"strings"
)

// change is one article as it was and as it is; the zero source stands for none.
type change struct {
	before, after source
	was           *keptCard
	is            *result
}

// renew looks at files anew, and finds the articles they belong to. It reports false where another thing hangs on one.
func (t *tree) renew(files []string) (changes []change, ok bool, err error) {
	var stems []string
	for _, name := range files {
		if t.concernsNobody(name) {
			continue
		}
		if slices.Contains(revisable, name) {
			if ok, err := t.lookAndRead(name); !ok || err != nil {
				return nil, false, err
			}
			continue
		}
		if !belongsToArticle(name) {
			return nil, false, nil
		}
		stems = append(stems, strings.TrimSuffix(name, path.Ext(name)))
	}
	slices.Sort(stems)
	for _, stem := range slices.Compact(stems) {
		before, lone := t.source(stem)
		if lone {
			return nil, false, nil
		}
		for _, ext := range []string{".md", ".txt", ".toml"} {
			if ok, err := t.look(stem + ext); !ok || err != nil {
				return nil, false, err
			}
		}
		after, lone := t.source(stem)
		if lone {
			return nil, false, nil
		}
		for _, name := range []string{after.file, after.original} {
			if name != "" {
				t.file(name).article = true
			}
		}
		changes = append(changes, change{before: before, after: after})
	}
	return changes, true, nil
}

// concernsNobody reports whether a name is one that is never read, or is neither there nor was: a file that an editor
// made to save by renaming it.
func (t *tree) concernsNobody(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if hidden(part) {
			return true
		}
	}
	at, known := t.find(name)
	for ; !known && at < len(t.files) && strings.HasPrefix(t.files[at].name, name); at++ {
		known = strings.HasPrefix(t.files[at].name, name+"/")
	}
	if known {
		return false
	}
	_, err := os.Lstat(t.root.path(name))
	return os.IsNotExist(err)
}

// belongsToArticle reports whether a file is an article's own, its original's or its sidecar's, and nothing else.
func belongsToArticle(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if hidden(part) || part == defaultsFile || part == sectionFile {
			return false
		}
	}
	return IsSource(name) && !strings.HasPrefix(name, pagesFolder+"/") && !slices.Contains(decided, name) && !slices.Contains(unread, name)
}

// source is the article of a name without extension; alone says that there is a sidecar and no article.
func (t *tree) source(stem string) (s source, alone bool) {
	md, txt, sidecar := t.has(stem+".md"), t.has(stem+".txt"), t.has(stem+".toml")
	switch {
	case md != "":
		return source{md, txt, sidecar}, false
	case txt != "":
		return source{txt, txt, sidecar}, false
	}
	return source{}, sidecar != ""
}

// lookAndRead looks at a file that is no article's.
func (t *tree) lookAndRead(name string) (ok bool, err error) {
	if ok, err := t.look(name); !ok || err != nil || t.has(name) == "" {
		return ok, err
	}
	return true, t.file(name).read()
}

// look sees whether a file is there, and what its stamp is. It reports false for what is no file.
func (t *tree) look(name string) (ok bool, err error) {
	info, err := os.Lstat(t.root.path(name))
	at, known := t.find(name)
	switch {
	case os.IsNotExist(err):
		if known {
			t.files = slices.Delete(t.files, at, at+1)
		}
		return true, nil
	case err != nil:
		return false, err
	case !info.Mode().IsRegular():
		return false, nil
	case !known:
		t.files = slices.Insert(t.files, at, &input{name: name, root: t.root})
	}
	f := t.files[at]
	*f = input{name: f.name, root: f.root, stamp: stamp{info.Size(), info.ModTime().UnixNano()}}
	return true, nil
}
