package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"broadsheet/generator/serve"
	"broadsheet/generator/site"
)

// errUnread says why nothing is known of the pages, which are those of an earlier build.
var errUnread = errors.New("this is not known while the site has faults, or another process builds it")

// source is what a page of the last build was made from. It waits for a build that is under way.
func (w *workshop) source(ctx context.Context, page string) (serve.Source, error) {
	if err := w.ready(ctx); err != nil && !errors.Is(err, site.ErrBusy) {
		return serve.Source{}, err
	}
	w.work.RLock()
	defer w.work.RUnlock()
	if w.last == nil {
		return serve.Source{}, errUnread
	}
	a := w.last.archive
	if n := slices.Index(a.URLs, page); n >= 0 {
		line, err := inspected(a, n)
		return serve.Source{File: contentFolder + "/" + line.File, Found: line}, err
	}
	for _, p := range a.Pages {
		if p.URL == page {
			return serve.Source{File: contentFolder + "/" + p.File}, nil
		}
	}
	return serve.Source{File: w.last.decided(page)}, nil
}

// decided is the authority file where people say something about the names of a page, if there is one.
func (p *project) decided(page string) string {
	folder, _, _ := strings.Cut(page, "/")
	name := ""
	switch folder {
	case "people", "places", "organizations":
		name = "entities.toml"
	case "tags":
		name = "tags.toml"
	}
	if info, err := os.Stat(filepath.Join(p.folder(contentFolder), name)); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	return contentFolder + "/" + name
}
