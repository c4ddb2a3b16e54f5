package check

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"broadsheet/generator/diag"
)

// found is a fault at one place.
type found struct {
	key     string // equal for the same fault on many pages
	file    int    // index into paths
	offset  int    // bytes; with file it orders the places
	message diag.Diagnostic
	hint    string
	wanted  target // what a dead link should have found, for a hint
}

// shown is how many places of one fault are reported.
const shown = 5

// fault is one fault and its first places in order.
type fault struct {
	count  int
	places []found // at most shown
}

type faults map[string]*fault

// add files a place. Places come in any order; the first ones stay.
func (all faults) add(f found) {
	one := all[f.key]
	if one == nil {
		one = &fault{}
		all[f.key] = one
	}
	one.count++
	at, _ := slices.BinarySearchFunc(one.places, f, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.offset, b.offset))
	})
	if at == shown {
		return
	}
	one.places = slices.Insert(one.places, at, f)
	one.places = one.places[:min(len(one.places), shown)]
}

// report is the messages of all faults, in no order.
func (o *output) report() diag.List {
	var list diag.List
	for _, one := range o.faults {
		hint := o.hint(one.places[0])
		for i, place := range one.places {
			d := place.message
			d.Hint = hint
			if more := one.count - shown; i == shown-1 && more > 0 {
				d.Message += fmt.Sprintf(" (and in %d more places)", more)
			}
			list = append(list, d)
		}
	}
	return list
}

// report files a fault of the page at a tag; a tag with a negative offset is the page as a whole.
func (p *page) report(t tag, key, message string) *found {
	d := diag.Warn(p.name, "%s", message)
	if t.offset >= 0 {
		d.Line, d.Col = position(p.src, t.offset)
		d.Source = strings.Join(strings.Fields(string(p.src[t.offset:t.end])), " ")
	}
	p.found = append(p.found, found{key: key, file: p.file, offset: t.offset, message: d})
	return &p.found[len(p.found)-1]
}

// position is the line and column of a byte, both from 1, the column in characters.
func position(src []byte, offset int) (line, col int) {
	start := bytes.LastIndexByte(src[:offset], '\n') + 1
	return bytes.Count(src[:start], []byte("\n")) + 1, utf8.RuneCount(src[start:offset]) + 1
}

func quoted(s string) string { return strconv.Quote(s) }

// hint is what the writer of a dead link may have meant.
func (o *output) hint(f found) string {
	switch {
	case f.hint != "" || f.wanted.path == "":
		return f.hint
	case f.wanted.fragment != "" && strings.HasPrefix(f.key, "anchor "):
		return didYouMean("#", diag.Nearest(f.wanted.fragment, o.idsOf(f.wanted.path)))
	case o.hasFolder(f.wanted.path):
		return "the folder has no index.html"
	}
	for _, rest, cut := strings.Cut(f.wanted.path, "/"); cut; _, rest, cut = strings.Cut(rest, "/") {
		if _, there := o.number[rest]; there {
			return "there is " + quoted(rest)
		}
	}
	return didYouMean("", o.nearest(f.wanted.path))
}

func didYouMean(before, near string) string {
	if near == "" {
		return ""
	}
	return "did you mean " + quoted(before+near) + "?"
}

func (o *output) hasFolder(name string) bool {
	at, _ := slices.BinarySearch(o.paths, name+"/")
	return at < len(o.paths) && strings.HasPrefix(o.paths[at], name+"/")
}

// near is how many paths on either side of a dead one are held against it: comparing all files of a large folder would
// cost more than the whole check.
const near = 40

// nearest is the path in the same folder whose name is most like that of name. Extensions are left out of the
// comparison, since they make all short names alike.
func (o *output) nearest(name string) string {
	at, _ := slices.BinarySearch(o.paths, name)
	paths := map[string]string{}
	var stems []string
	for _, p := range o.paths[max(0, at-near):min(len(o.paths), at+near)] {
		if stem := stemOf(p); path.Dir(p) == path.Dir(name) && paths[stem] == "" {
			paths[stem] = p
			stems = append(stems, stem)
		}
	}
	return paths[diag.Nearest(stemOf(name), stems)]
}

func stemOf(name string) string { return strings.TrimSuffix(path.Base(name), path.Ext(name)) }

// idsOf reads a page again for the first of its ids.
func (o *output) idsOf(name string) []string {
	src, err := fs.ReadFile(o.files, name)
	if err != nil {
		return nil
	}
	var ids []string
	for t := range tags(src) {
		if id := t.value("id"); id != "" && len(ids) < 2*near {
			ids = append(ids, id)
		}
	}
	return ids
}
