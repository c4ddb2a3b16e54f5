package site

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"broadsheet/generator/diag"
	"broadsheet/generator/manifest"
)

// change is what a build will do to the output.
type change struct {
	manifest manifest.Manifest // of the output as it will be
	written  []string          // staged
	removed  []string
}

func (c *change) bytes() int64 {
	var total int64
	for _, e := range c.manifest {
		total += e.Size
	}
	return total
}

// compare renders and stages every page whose key is not in the manifest.
func compare(ctx context.Context, p *plan, out *output, o Options) (*change, error) {
	entries, staged, err := makePages(ctx, p.pages, out, o)
	if err != nil {
		return nil, err
	}
	c := &change{manifest: entries}
	for i := range entries {
		if staged[i] {
			c.written = append(c.written, entries[i].Path)
		}
	}
	c.manifest.Sort()
	slices.Sort(c.written)
	for _, e := range out.old {
		if _, kept := c.manifest.Find(e.Path); !kept {
			c.removed = append(c.removed, e.Path)
		}
	}
	return c, nil
}

// makePages makes each page that has changed, and tells which those are. Pages are independent, so workers take them in
// turn; each result has its own place in the list, and the order of work shows nowhere.
func makePages(ctx context.Context, pages []page, out *output, o Options) (entries manifest.Manifest, staged []bool, err error) {
	entries, staged = make(manifest.Manifest, len(pages)), make([]bool, len(pages))
	faults := make([]error, len(pages))
	var next, done atomic.Int64
	work, ctx := errgroup.WithContext(ctx)
	for range o.Jobs {
		work.Go(func() error {
			w := &writer{out: out, clean: o.Clean}
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(pages) {
					return nil
				}
				entries[i], staged[i], faults[i] = w.page(&pages[i])
				if _, author := diag.AsList(faults[i]); faults[i] != nil && !author {
					return faults[i]
				}
				if n := done.Add(1); o.Progress != nil {
					o.Progress(int(n), len(pages))
				}
			}
			return ctx.Err()
		})
	}
	if err := work.Wait(); err != nil {
		return nil, nil, err
	}
	return entries, staged, faultsOf(faults)
}

// faultsOf collects what the authors of templates must mend; a fault of one template shows on many pages and is
// told once.
func faultsOf(faults []error) error {
	var list diag.List
	for _, err := range faults {
		if found, ok := diag.AsList(err); ok {
			list = append(list, found...)
		}
	}
	return list.Sorted().Err()
}

// writer makes pages one at a time.
type writer struct {
	out   *output
	clean bool
	buf   bytes.Buffer
}

// page leaves alone what is as it should be, else renders and stages it.
func (w *writer) page(p *page) (e manifest.Entry, staged bool, err error) {
	old, known := w.out.old.Find(p.path)
	known = known && w.out.has(old)
	if known && old.Key == p.key && !w.clean {
		return old, false, nil
	}
	w.buf.Reset()
	if err := p.write(&w.buf); err != nil {
		return e, false, err
	}
	e = manifest.Entry{Path: p.path, Key: p.key, Size: int64(w.buf.Len()), Hash: manifest.Sum(w.buf.Bytes())}
	if known && old.Hash == e.Hash && !w.clean {
		return e, false, nil
	}
	return e, true, w.stage(p.path)
}

// stage writes the page to the stage; the first page of a folder makes it.
func (w *writer) stage(path string) error {
	name := filepath.Join(w.out.stage(w.out.whole), filepath.FromSlash(path))
	err := os.WriteFile(name, w.buf.Bytes(), 0o666)
	if errors.Is(err, fs.ErrNotExist) {
		if err = os.MkdirAll(filepath.Dir(name), 0o777); err == nil {
			err = os.WriteFile(name, w.buf.Bytes(), 0o666)
		}
	}
	switch {
	case errors.Is(err, fs.ErrPermission):
		return unwritable(path, err)
	case err != nil:
		return fmt.Errorf("writing a page: %w", err)
	}
	return nil
}
