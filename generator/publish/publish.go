// Package publish brings a finished output to where it is read, by difference: what is new or has changed is put there, what an
// earlier publication put there and the output has no more is taken away, and nothing else is touched.
//
// While it is at work, whoever reads the target finds no link to what is not there yet: new files come first, then those that
// have changed, pages before the indexes that name them and feeds and sitemaps after these; what is gone goes last. Each file is
// put in place whole.
//
// A directory that something was published to holds the list of that in ".broadsheet-published", a manifest. Before anything is
// changed, and until all is done, a list of all that may be there lies beside it, as ".broadsheet-published.next"; a publication
// that was cut off is finished by the next, whatever that publishes. A directory that is not empty and has neither is somebody else's.
package publish

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"broadsheet/generator/manifest"
)

// Difference is what is to be done to a target, each in the order in which it is done.
type Difference struct {
	New     manifest.Manifest // files that are not there
	Changed manifest.Manifest // files that are there with other bytes
	Gone    []string          // paths that the output has no more, sorted

	first []string // those of Gone that stand in the way of what is new
}

// Empty reports whether there is nothing to do.
func (d *Difference) Empty() bool { return len(d.New)+len(d.Changed)+len(d.Gone) == 0 }

// Bytes is the size of what is to be sent.
func (d *Difference) Bytes() (total int64) {
	for _, list := range []manifest.Manifest{d.New, d.Changed} {
		for _, e := range list {
			total += e.Size
		}
	}
	return total
}

// compare is what makes a target that has some files one that has those of want. has tells how a file is there that is listed.
func compare(want manifest.Manifest, listed []string, has func(manifest.Entry) presence) *Difference {
	d := &Difference{}
	for _, e := range want {
		switch has(e) {
		case absent:
			d.New = append(d.New, e)
		case other:
			d.Changed = append(d.Changed, e)
		}
	}
	for _, path := range listed {
		if _, wanted := want.Find(path); !wanted {
			d.Gone = append(d.Gone, path)
		}
	}
	inOrder(d.New)
	inOrder(d.Changed)
	d.findFirst(want)
	return d
}

// presence is how a file of the output is at a target.
type presence uint8

const (
	absent presence = iota
	other           // it is there with other bytes, or may be
	same
)

// inOrder sorts files so that what is named comes before what names it.
func inOrder(m manifest.Manifest) {
	slices.SortStableFunc(m, func(a, b manifest.Entry) int { return cmp.Compare(rank(a.Path), rank(b.Path)) })
}

// rank is when a file is sent: what pages load, pages, indexes, those that name indexes, and what others than readers fetch.
func rank(name string) int {
	top := !strings.Contains(name, "/")
	switch ext := path.Ext(name); {
	case ext == ".xml" || top && (ext == ".txt" || ext == ".json"):
		return 4
	case ext == ".html" && top:
		return 3
	case path.Base(name) == "index.html":
		return 2
	case ext == ".html":
		return 1
	}
	return 0
}

// findFirst finds what has to go before anything can come: a file where a folder is to be, files in a folder where a file is to
// be, and names that differ in case alone, which many disks take for one.
func (d *Difference) findFirst(want manifest.Manifest) {
	if len(d.Gone) == 0 {
		return
	}
	files, folders := make(map[string]bool, len(want)), map[string]bool{}
	for _, e := range want {
		folded := strings.ToLower(e.Path)
		files[folded] = true
		for at := path.Dir(folded); at != "." && !folders[at]; at = path.Dir(at) {
			folders[at] = true
		}
	}
	for _, name := range d.Gone {
		folded := strings.ToLower(name)
		inTheWay := files[folded] || folders[folded]
		for at := path.Dir(folded); at != "." && !inTheWay; at = path.Dir(at) {
			inTheWay = files[at]
		}
		if inTheWay {
			d.first = append(d.first, name)
		}
	}
}
