package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"broadsheet/generator/archive"
	"broadsheet/generator/serve"
)

// sources knows what the pages of a preview were made from. The archive is opened when somebody asks, and kept until the
// next build.
type sources struct {
	open func() (order, error)

	work sync.Mutex // held by a build, and by whoever asks
	a    *archive.Archive
	at   map[string]int // card by address
}

// building keeps questions waiting until the function it returns is called.
func (s *sources) building() (done func()) {
	s.work.Lock()
	if s.a != nil {
		s.a.Close() // nothing was read anew since it was opened
		s.a = nil
	}
	return s.work.Unlock
}

// find is the source of a page.
func (s *sources) find(ctx context.Context, page string) (serve.Source, error) {
	s.work.Lock()
	defer s.work.Unlock()
	o, err := s.open()
	if err != nil {
		return serve.Source{}, err
	}
	if err := s.read(ctx, o); err != nil {
		return serve.Source{}, err
	}
	if n, found := s.at[page]; found {
		line, err := inspected(s.a, n)
		return serve.Source{File: contentFolder + "/" + line.File, Found: line}, err
	}
	for _, p := range s.a.Pages {
		if p.URL == page {
			return serve.Source{File: contentFolder + "/" + p.File}, nil
		}
	}
	return serve.Source{File: o.decided(page)}, nil
}

func (s *sources) read(ctx context.Context, o order) error {
	if s.a != nil {
		return nil
	}
	read := o.read
	read.Cache, read.Clean = o.folder(stateFolder), false
	a, err := archive.Open(ctx, read)
	if err != nil {
		return err
	}
	s.a, s.at = a, make(map[string]int, len(a.URLs))
	for n, url := range a.URLs {
		s.at[url] = n
	}
	return nil
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
