package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"broadsheet/generator/archive"
	"broadsheet/generator/config"
	"broadsheet/generator/diag"
	"broadsheet/generator/ingest"
	"broadsheet/generator/news"
	"broadsheet/generator/render"
	"broadsheet/generator/site"
	"broadsheet/static"
	"broadsheet/templates"
)

// project is a site's folder with its settings.
type project struct {
	dir      string
	out      string
	settings config.Site
	found    diag.List // what is wrong with settings and templates
}

// The folders of a site.
const (
	contentFolder   = "content"
	templatesFolder = "templates"
	staticFolder    = "static"
	outputFolder    = "public"
	stateFolder     = ".broadsheet"
)

// openProject reads a site's settings. A folder without site.toml has the defaults; one without content/ is no site.
func openProject(f *flags) (*project, error) {
	p, err := openSettings(f)
	if err != nil {
		return nil, err
	}
	return p, p.needContent()
}

// openSettings is openProject for commands that can do without content/.
func openSettings(f *flags) (*project, error) {
	p := &project{dir: f.site, out: f.output()}
	src, err := os.ReadFile(filepath.Join(p.dir, config.File))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	p.settings, p.found = config.Parse(src)
	if name := p.settings.Ingest.Charset; !ingest.KnownCharset(name) {
		line, col := config.Find(src, "ingest.charset")
		p.found = append(p.found, diag.Fail(config.File, "ingest.charset has the unknown value %q", name).At(src, line, col).
			WithHint(`use "auto", or a name such as "windows-1252"`))
	}
	return p, nil
}

// output is the folder that the site is written to.
func (f *flags) output() string {
	if f.out != "" {
		return f.out
	}
	return filepath.Join(f.site, outputFolder)
}

func (p *project) folder(name string) string { return filepath.Join(p.dir, name) }

// sources is the folders a site is made from.
func (p *project) sources() []string {
	return []string{p.folder(contentFolder), p.folder(templatesFolder), p.folder(staticFolder)}
}

// needContent tells somebody in the wrong folder so.
func (p *project) needContent() error {
	missing := needFolder(p.folder(contentFolder))
	if missing == nil {
		return nil
	}
	return missing.WithHint("articles go into content/; start a site with: broadsheet new DIR, or name one with --site")
}

// needFolder says what is wrong where a folder should be; nil where one is.
func needFolder(dir string) *diag.Diagnostic {
	info, err := os.Stat(dir)
	if err == nil && info.IsDir() {
		return nil
	}
	missing := diag.Fail(filepath.ToSlash(dir), "there is no such folder")
	if err == nil {
		missing.Message = "this is a file, and no folder"
	}
	return &missing
}

// setBaseURL takes the address from the command line in place of the settings'.
func (p *project) setBaseURL(address string) error {
	if address == "" {
		return nil
	}
	baseURL, err := config.ParseBaseURL(address)
	if err != nil {
		return usage{fmt.Errorf("--base-url: %w", err)}
	}
	p.settings.BaseURL = baseURL
	return nil
}

// reading says how the site's articles are read.
func (p *project) reading() archive.Options {
	s := p.settings
	return archive.Options{
		Roots: []archive.Root{{Dir: p.folder(contentFolder)}}, Authority: p.folder(contentFolder), Program: program(),
		Language: s.Language, Publication: s.Publication, Rights: news.Rights(s.Rights.Default), DateOrder: s.Ingest.DateOrder, Charset: s.Ingest.Charset,
		Recognize: s.Entities.Recognize, AssignTags: s.Tags.Assign, Permalink: s.Permalink,
		MinEntity: s.Entities.MinArticles, MinTag: s.Tags.MinArticles,
	}
}

// rendering says how the site is written. Mistakes in templates join what is found of the project.
func (p *project) rendering() (site.Options, error) {
	theme, err := render.Parse(render.WordsFor(p.settings.Language), templates.Files, os.DirFS(p.folder(templatesFolder)))
	list, author := diag.AsList(err)
	if err != nil && !author {
		return site.Options{}, err
	}
	p.found = append(p.found, list...)
	s := p.settings
	o := site.Options{
		Out: p.out, State: p.folder(stateFolder), Program: program(), Sources: p.sources(),
		Title: s.Title, Description: s.Description, BaseURL: s.BaseURL, BasePath: s.BasePath(), Language: s.Language,
		Publication: s.Publication, Contact: s.Contact,
		SplitAbove: s.Listings.SplitAbove, FeedItems: s.Feeds.Items, MinFeed: s.Feeds.MinArticles, Originals: s.Ingest.Originals, Search: s.Search.Enabled, Packs: s.Search.Packs, Pagefind: s.Search.Pagefind,
		RemoteImages: s.RemoteImages, IndexPeople: s.Entities.IndexPeople,
		Theme: theme, Static: []fs.FS{static.Files, os.DirFS(p.folder(staticFolder))},
	}
	for _, m := range s.Menu {
		o.Menu = append(o.Menu, render.Link{Label: m.Label, URL: strings.TrimLeft(m.URL, "/")})
	}
	return o, nil
}

// made is what a build did and found.
type made struct {
	site.Report
	articles int
	anew     int // of these, read anew
	unshown  int // of these, those that the site does not show
	found    diag.List
}

// build reads the archive and brings the output up to date. The faults of settings, templates and authority files are found before
// any article is read, those of articles before anything is written, and all of them are the error. A build that is to be kept
// keeps what the next one in this process starts from, unless nothing had changed and nothing was read.
func (o *order) build(ctx context.Context, on progress) (m made, left *kept, err error) {
	unlock, err := site.Lock(o.folder(stateFolder))
	if err != nil {
		return m, nil, err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	start := time.Now()
	limitLooking()
	in, out, err := o.look(ctx)
	if err != nil {
		return m, nil, err
	}
	looked := time.Since(start)
	if m, done, err := o.unchanged(ctx, in, out); done || err != nil {
		m.Phases = append([]site.Phase{{Name: "look", Took: looked}}, m.Phases...)
		return m, nil, err
	}
	if faults := slices.Concat(o.found, in.Faults()); faults.Errors() > 0 {
		return m, nil, faults
	}
	m, left, done, err := o.resume(ctx, in, out)
	if !done && err == nil {
		m, left, err = o.make(ctx, in, on)
	}
	m.Phases = append([]site.Phase{{Name: "look", Took: looked}}, m.Phases...)
	return m, left, err
}

// look finds the inputs, and what the last build left of the output.
func (o *order) look(ctx context.Context) (in *archive.Inputs, out *site.Last, err error) {
	var work sync.WaitGroup
	var failed error
	work.Go(func() {
		if o.found.Errors() == 0 {
			out, failed = site.FindLast(o.write)
		}
	})
	in, err = archive.Look(ctx, o.read)
	work.Wait()
	return in, out, cmp.Or(err, failed)
}

// resume is build where few articles have changed since the last build, in whatever process that was: archive and output are
// taken up as it left them, and brought up to date as while a site is watched.
func (o *order) resume(ctx context.Context, in *archive.Inputs, out *site.Last) (m made, left *kept, done bool, err error) {
	if out == nil {
		return m, nil, false, nil
	}
	last := in.Last()
	if last == nil || !out.MadeOf(last.Inputs) {
		return m, nil, false, nil
	}
	start := time.Now()
	if limitResumed(in.Articles()); o.read.Renewable {
		defer func() { limitMemory(in, true) }()
	}
	if left, err = o.reopen(ctx, last, out); left == nil || err != nil {
		return m, nil, false, err
	}
	took := time.Since(start)
	m, done, err = left.update(ctx, last.Changed)
	m.Phases = append([]site.Phase{{Name: "reopen", Took: took}}, m.Phases...)
	if !done || err != nil {
		return m, nil, false, errors.Join(err, left.archive.Close())
	}
	if o.read.Renewable {
		return m, left, true, nil
	}
	settled, err := left.press.Settle(ctx)
	m.Report = m.Report.With(settled)
	return m, nil, true, errors.Join(err, left.leave())
}

// reopen takes up archive and output as the last build left them; nil where either is not as it was.
func (o *order) reopen(ctx context.Context, last *archive.Last, out *site.Last) (*kept, error) {
	var a *archive.Archive
	var stands, planned bool
	work, within := errgroup.WithContext(ctx)
	work.Go(func() (err error) { a, err = last.Open(within); return err })
	work.Go(func() (err error) {
		planned = out.Planned()
		stands, err = out.Stands(within)
		return err
	})
	err := work.Wait()
	if a == nil {
		return nil, err
	}
	var press *site.Press
	if stands && planned && err == nil {
		press, err = out.Press(a)
	}
	if press == nil || err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return &kept{*o, a, press}, nil
}

// make is build for inputs that have changed.
func (o *order) make(ctx context.Context, in *archive.Inputs, on progress) (m made, left *kept, err error) {
	start := time.Now()
	limitMemory(in, o.read.Renewable)
	in.Watch(on.phase("reading articles"))
	a, err := in.Open(ctx)
	if err != nil {
		return m, nil, err
	}
	defer func() {
		if left == nil {
			err = errors.Join(err, a.Close())
		}
	}()
	m.unshown = a.Unshown()
	m.articles, m.anew, m.found = len(a.Cards)+m.unshown, a.Read, append(o.found, a.Found...).Sorted()
	if m.found.Errors() > 0 {
		return m, nil, m.found
	}
	raiseLimit()
	took := time.Since(start)
	write := o.write
	write.Progress = on.phase("making pages")
	var press *site.Press
	if o.read.Renewable {
		press, m.Report, err = site.NewPress(ctx, a, write)
	} else {
		m.Report, err = site.Build(ctx, a, write)
	}
	m.Phases = append([]site.Phase{{Name: "read", Took: took}}, m.Phases...)
	m.found = append(m.found, m.Report.Found...).Sorted()
	if list, author := diag.AsList(err); author {
		err = append(m.found, list...).Sorted()
	}
	if press != nil && err == nil {
		left = &kept{*o, a, press}
	}
	return m, left, err
}

// unchanged reports whether the last build was of the same inputs and its output stands.
func (p *project) unchanged(ctx context.Context, in *archive.Inputs, out *site.Last) (m made, unchanged bool, err error) {
	key, known := in.Key()
	if !known || !out.MadeOf(key) {
		return m, false, nil
	}
	start := time.Now()
	if m.Report, unchanged, err = out.Unchanged(ctx); unchanged && err == nil {
		err = in.Keep()
	}
	m.Phases = []site.Phase{{Name: "compare", Took: time.Since(start)}}
	m.articles, m.unshown, m.found = in.Articles(), in.Articles()-m.Articles, append(p.found, m.Report.Found...).Sorted()
	return m, unchanged, err
}

// program is the hash of the executable: results kept by another version are not used.
var program = sync.OnceValue(func() string {
	name, err := os.Executable()
	if err != nil {
		return "unknown"
	}
	f, err := os.Open(name)
	if err != nil {
		return "unknown"
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "unknown"
	}
	return hex.EncodeToString(h.Sum(nil))
})
