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
	"sync"
	"sync/atomic"
	"syscall"

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
	entries, staged, err := makePages(ctx, p, out, o)
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

// makePages makes each page that has changed, and tells which those are. Parts are independent, so workers take them in
// turn; each page's result has its own place in the list, and the order of work shows nowhere.
func makePages(ctx context.Context, p *plan, out *output, o Options) (entries manifest.Manifest, staged []bool, err error) {
	const run = 16 // parts, so that workers mostly write to different folders
	m := &maker{plan: p, out: out, o: o, entries: make(manifest.Manifest, len(p.pages)), staged: make([]bool, len(p.pages))}
	return m.entries, m.staged, m.all(ctx, run)
}

// all makes the pages of all parts, so many parts at a time.
func (m *maker) all(ctx context.Context, run int) error {
	var next atomic.Int64
	parts := m.plan.parts
	work, ctx := errgroup.WithContext(ctx)
	for range workers(m.o.Jobs) {
		work.Go(func() error {
			w := &writer{out: m.out}
			for ctx.Err() == nil {
				from := int(next.Add(int64(run))) - run
				if from >= len(parts) {
					return nil
				}
				for _, part := range parts[from:min(from+run, len(parts))] {
					if err := m.part(w, part); err != nil {
						return err
					}
				}
			}
			return ctx.Err()
		})
	}
	if err := work.Wait(); err != nil {
		return err
	}
	return m.faults.Sorted().Err()
}

// maker holds what workers share: each page has a place of its own in the lists.
type maker struct {
	plan    *plan
	out     *output
	o       Options
	entries manifest.Manifest
	staged  []bool
	done    atomic.Int64
	trusts  bool // that what the last build wrote is in place

	mu     sync.Mutex
	faults diag.List // what the authors of templates must mend; a fault of one template shows on many pages and is told once
}

// part makes those pages of a part that have changed.
func (m *maker) part(w *writer, part part) error {
	var again []page
	for n := part.first; n < part.first+part.count; n++ {
		page := &m.plan.pages[n]
		old, known := m.standing(page)
		if known && old.Key == page.key && !m.o.Clean {
			m.entries[n] = old
			m.count()
			continue
		}
		write := page.write
		if write == nil {
			if again == nil {
				again = m.plan.anew(part)
			}
			write = again[n-part.first].write
		}
		e := manifest.Entry{Path: page.path, Key: page.key}
		staged, err := w.page(&e, write, old, known && !m.o.Clean)
		if list, author := diag.AsList(err); author {
			m.fault(list)
		} else if err != nil {
			return err
		}
		m.entries[n], m.staged[n] = e, staged
		m.count()
	}
	return nil
}

// standing is the entry of a page that is in place as the last build wrote it.
func (m *maker) standing(p *page) (old manifest.Entry, known bool) {
	old, known = m.out.old.Find(p.path)
	return old, known && (m.trusts || m.out.has(old))
}

func (m *maker) count() {
	if n := m.done.Add(1); m.o.Progress != nil {
		m.o.Progress(int(n), len(m.plan.pages))
	}
}

func (m *maker) fault(list diag.List) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.faults = append(m.faults, list...)
}

// writer makes pages one at a time.
type writer struct {
	out  *output
	buf  bytes.Buffer
	last string // the folder that was written to last
}

// page renders a page, fills in its entry, and stages it unless it came out as it was.
func (w *writer) page(e *manifest.Entry, write func(*bytes.Buffer) error, old manifest.Entry, known bool) (staged bool, err error) {
	w.buf.Reset()
	if err := write(&w.buf); err != nil {
		return false, err
	}
	e.Size, e.Hash = int64(w.buf.Len()), manifest.DigestOf(w.buf.Bytes())
	if known && old.Hash == e.Hash {
		return false, nil
	}
	return true, w.stage(e.Path)
}

// stage writes the page to the stage; the first page of a folder makes it.
func (w *writer) stage(path string) error {
	name := filepath.Join(w.out.stage(w.out.whole), filepath.FromSlash(path))
	err := w.folder(filepath.Dir(name))
	if err == nil {
		err = writePage(name, w.buf.Bytes())
	}
	switch {
	case errors.Is(err, fs.ErrPermission):
		return unwritable(path, err)
	case err != nil:
		return fmt.Errorf("writing a page: %w", err)
	}
	return nil
}

// writePage is os.WriteFile for a file on a disk, which nobody ever waits for. To say so spares four of the nine calls to
// the system that it takes: package os would make it so, find that it means nothing there, and make it undone.
func writePage(name string, content []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC|syscall.O_NONBLOCK, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Close())
}

// folder makes a folder of the stage. Pages of one folder mostly come one after the other.
func (w *writer) folder(name string) error {
	if name == w.last {
		return nil
	}
	err := os.Mkdir(name, 0o777)
	if errors.Is(err, fs.ErrNotExist) {
		err = os.MkdirAll(name, 0o777)
	}
	if errors.Is(err, fs.ErrExist) {
		err = nil
	}
	if err == nil {
		w.last = name
	}
	return err
}
