// Package check finds the faults of an output folder by reading its files, and nothing else.
//
// # What is checked
//
// Every .html file is a page. Reported are
//
//   - links, pictures, style sheets, scripts, forms, redirects and the like that lead to no file of the output; a link
//     to a folder needs an index.html there;
//   - links that climb out of the output, and addresses that cannot be decoded;
//   - anchors ("#x", "page.html#x") that the page they lead to has not, by id or by the name of an a element;
//   - pages without a title, without a language, with one id twice, and with a base element, which would turn every
//     other link.
//
// In feed.xml, atom.xml and sitemaps, wherever they stand, the addresses below the base URL must exist.
//
// A link is internal when it is relative, or lies below the base URL. Without a base URL, "/" is the output's root.
// Everything else (other sites, mailto:, data:) is left alone. "#", "#top" and text fragments need no anchor, and
// anchors of files that are no pages are not looked at.
//
// Host asks a published site instead: see there.
//
// # What is said
//
// Each message names the output file, the line and column of the tag, and shows the tag. One mistake in a template is
// on every page; so of each fault, such as one dead address, the first places are reported, in the order of paths, and
// the last of them says how many more there are.
//
// # What it costs
//
// Each page is read once, by as many workers as there are processors. Kept are the paths, 8 bytes for each id and 16
// for each link to an anchor. Ids are told apart by 64-bit hashes: that a missing anchor is overlooked for that reason
// is not to be expected in a lifetime.
package check

import (
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"broadsheet/generator/diag"
)

// Count is what was looked at.
type Count struct {
	Files   int // of the output, pages among them
	Pages   int
	Links   int // internal ones
	Anchors int // of these, to an anchor of a page
}

// Links checks the output in out. base is the site's base URL, or "".
func Links(out fs.FS, base string) (Count, diag.List) {
	o, unread := list(out, base)
	o.settle(o.read())
	return o.count, append(unread, o.report()...).Sorted()
}

// output is what is known of the folder. Workers read files, base, paths and number; count and faults belong to the
// goroutine of Links.
type output struct {
	files  fs.FS
	base   base
	paths  []string       // of all files, sorted
	number map[string]int // path to its index in paths
	count  Count
	faults faults
}

// list walks the folder. What cannot be read is a message.
func list(files fs.FS, baseURL string) (*output, diag.List) {
	o := &output{files: files, base: parseBase(baseURL), number: map[string]int{}, faults: faults{}}
	var unread diag.List
	_ = fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			unread = append(unread, diag.Fail(name, "cannot be read: %v", err))
		case !entry.IsDir():
			o.paths = append(o.paths, name)
		}
		return nil
	})
	slices.Sort(o.paths)
	for i, name := range o.paths {
		o.number[name] = i
	}
	o.count.Files = len(o.paths)
	return o, unread
}

// anchors is what is kept of a page until all are read.
type anchors struct {
	ids   []uint64 // hashes, sorted
	wants []want
}

// want is a link to an anchor.
type want struct {
	id     uint64 // hash
	page   int32  // the page that should have it: index into paths
	offset int32  // of the link's tag in its own page, bytes
}

// read has workers read all pages, and returns the anchors of each file of paths.
func (o *output) read() []anchors {
	todo, done := make(chan int), make(chan *page)
	var workers sync.WaitGroup
	for range max(2, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for file := range todo {
				done <- o.readFile(file)
			}
		})
	}
	go func() {
		for file, name := range o.paths {
			if isPage(name) || isFeed(name) {
				todo <- file
			}
		}
		close(todo)
		workers.Wait()
		close(done)
	}()
	kept := make([]anchors, len(o.paths))
	for p := range done {
		o.take(p)
		kept[p.file] = p.anchors
	}
	return kept
}

// take counts a page and files its faults.
func (o *output) take(p *page) {
	if isPage(p.name) {
		o.count.Pages++
	}
	o.count.Links += p.links
	o.count.Anchors += len(p.wants)
	for _, f := range p.found {
		o.faults.add(f)
	}
}

// settle looks the wanted anchors up. A page with a link to a missing one is read again for the link's words and place.
func (o *output) settle(kept []anchors) {
	for file := range kept {
		missing := map[int32]bool{}
		for _, w := range kept[file].wants {
			if _, there := slices.BinarySearch(kept[w.page].ids, w.id); !there {
				missing[w.offset] = true
			}
		}
		if len(missing) > 0 {
			o.reportAnchors(file, missing, kept)
		}
	}
}

func isPage(name string) bool { return strings.HasSuffix(name, ".html") }

func isFeed(name string) bool {
	file := path.Base(name)
	return file == "feed.xml" || file == "atom.xml" || strings.HasPrefix(file, "sitemap") && strings.HasSuffix(file, ".xml")
}

// find is the index of the file a target leads to.
func (o *output) find(t target) (file int, there bool) {
	if !t.folder {
		if file, there = o.number[t.path]; there {
			return file, true
		}
	}
	file, there = o.number[path.Join(t.path, "index.html")]
	return file, there
}
