// Package site builds the output: it plans every page from the archive's cards, compares each page's key with the
// one it was last made from, and renders and writes what changed.
//
// A page's key is the hash of all that its data is made from, and of its template; nothing else may reach the page.
// A page whose key stands in the manifest, with its file in place, is neither rendered nor written. A page that is
// rendered and comes out as it was is not written either. Files of the last build that no page claims are removed;
// files that are in no manifest are never touched.
//
// The output is whole at any moment a person can see: what is new is staged on the same file system and then renamed
// into place, under a journal that the next command finishes if this one is killed (see commit.go).
package site

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"time"

	"broadsheet/generator/archive"
	"broadsheet/generator/diag"
	"broadsheet/generator/render"
)

// Options says how to build. What decides the output and is no file stands in its JSON, which is part of the key of the
// whole.
type Options struct {
	Out   string `json:"-"` // output folder
	State string `json:"-"` // folder for manifest and journal: the site's .broadsheet
	Clean bool   `json:"-"` // render everything, whatever the manifest says
	Jobs  int    `json:"-"` // pages rendered at once; 0 for one a processor

	Sources []string `json:"-"` // folders the site is made from, which the output must be kept apart from

	Program     string // hash of the executable: another program may render otherwise
	Title       string
	Description string
	BaseURL     string // with a slash at the end, or ""
	BasePath    string // its path, "/" where there is none
	Language    string
	Publication string
	Contact     string
	Menu        []render.Link
	SplitAbove  int // a longer listing is split
	FeedItems   int
	MinFeed     int  // articles before a listing has a feed
	Originals   bool // copy each text as it was received, where its rights allow
	Search      bool // build the search index and its page
	Packs       bool // keep the index in packs
	Pagefind    bool // let articles carry what Pagefind reads

	RemoteImages bool // show pictures from elsewhere on the web, which tells others who reads; else they are links
	IndexPeople  bool // let search engines list pages of people that nobody has confirmed

	Theme  *render.Theme `json:"-"`
	Static []fs.FS       `json:"-"` // the default first; a later layer's file replaces an earlier one's

	Progress func(done, total int) `json:"-"` // may be nil
}

// Report is what a build did.
type Report struct {
	Articles int
	Pages    int // files of the output
	Written  []string
	Removed  []string
	Bytes    int64 // of the whole output
	Phases   []Phase
	Found    diag.List // messages about pages: addresses that two of them claim
}

// With is what two builds did, one after the other.
func (r Report) With(next Report) Report {
	if next.Pages > 0 {
		r.Pages, r.Bytes = next.Pages, next.Bytes
	}
	r.Written, r.Removed = slices.Concat(r.Written, next.Written), slices.Concat(r.Removed, next.Removed)
	return r
}

// Phase is the time one part of the build took.
type Phase struct {
	Name string
	Took time.Duration
}

// Build brings the output up to date with the archive. An error that is a diag.List is the author's to mend; any
// other is the machine's. In either case the output is as it was.
func Build(ctx context.Context, a *archive.Archive, o Options) (Report, error) {
	r, _, _, err := build(ctx, a, o)
	return r, err
}

// NewPress is Build, and keeps what an update starts from.
func NewPress(ctx context.Context, a *archive.Archive, o Options) (*Press, Report, error) {
	r, plan, out, err := build(ctx, a, o)
	if err != nil {
		return nil, r, err
	}
	return newPress(plan, out, plan.remains()), r, out.remark()
}

func build(ctx context.Context, a *archive.Archive, o Options) (r Report, p *plan, out *output, err error) {
	start := time.Now()
	phase := func(name string) {
		r.Phases = append(r.Phases, Phase{name, time.Since(start)})
		start = time.Now()
	}
	if out, err = openOutput(o.Out, o.State, o.Sources); err != nil {
		return r, nil, nil, err
	}
	if p, err = newPlan(a, o); err != nil {
		out.abandon()
		return r, nil, nil, err
	}
	r.Found = p.found
	phase("plan")
	s := &spool{folder: o.State}
	defer func() { err = errors.Join(err, s.close()) }()
	if err := p.index(ctx, out, s); err != nil {
		out.abandon()
		return r, nil, nil, err
	}
	phase("search")
	change, err := compare(ctx, p, out, o)
	if err != nil {
		out.abandon()
		return r, nil, nil, err
	}
	phase("render")
	if err := out.commit(change); err != nil {
		return r, nil, nil, fmt.Errorf("writing the output: %w", err)
	}
	out.old, out.whole = change.manifest, false
	if err := out.leave(a.Inputs, o, past{Articles: len(a.Cards), Found: slices.Concat(a.Found, p.found)}, p.remains()); err != nil {
		return r, nil, nil, fmt.Errorf("writing the cache: %w", err)
	}
	phase("write")
	r.Articles = len(a.Cards)
	r.Pages, r.Written, r.Removed, r.Bytes = len(change.manifest), change.written, change.removed, change.bytes()
	return r, p, out, nil
}

// workers is how many of them a setting means.
func workers(jobs int) int {
	if jobs > 0 {
		return jobs
	}
	return runtime.GOMAXPROCS(0)
}
