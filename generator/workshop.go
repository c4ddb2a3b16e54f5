package main

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"sync"
	"time"

	"broadsheet/generator/archive"
	"broadsheet/generator/site"
)

// workshop makes one site over and over, in one process. What a build has read and planned is kept: when articles have
// changed and nothing else, the next build reads and plans no more than those. Its output is the same.
type workshop struct {
	open func() (order, error)

	work   sync.RWMutex // held by whoever reads or changes what follows
	unread bool         // the last build found nothing changed, and read nothing
	last   *kept        // what stays of the last build; nil where the next one has to begin anew
}

// order is what is to be built: a site as its settings and templates are now, and how.
type order struct {
	*project
	read  archive.Options
	write site.Options
}

// kept is what a build leaves to be worked on.
type kept struct {
	order
	archive *archive.Archive
	press   *site.Press
}

// rebuild brings the output up to date. changed is what has changed since the last time, as package watch reports it; nil
// where nobody knows. Everything that a whole build looks at and a watch is told of is looked at: whoever changes the
// output itself is not seen. Where another build of the site is under way, this one waits for it to end.
func (w *workshop) rebuild(ctx context.Context, changed []string, on progress) (made, *project, error) {
	w.work.Lock()
	defer w.work.Unlock()
	m, p, err := w.once(ctx, changed, on)
	for told := false; errors.Is(err, site.ErrBusy); told = true {
		if !told {
			on.say("waiting for another build of this site to end")
		}
		select {
		case <-ctx.Done():
			return m, p, ctx.Err()
		case <-time.After(often):
		}
		m, p, err = w.once(ctx, changed, on)
	}
	return m, p, err
}

func (w *workshop) once(ctx context.Context, changed []string, on progress) (made, *project, error) {
	if m, p, done, err := w.update(ctx, changed); done || err != nil {
		return m, p, err
	}
	o, err := w.open()
	if err != nil {
		return made{}, nil, err
	}
	m, left, err := o.build(ctx, on)
	w.last, w.unread = left, left == nil && err == nil && o.read.Renewable
	return m, o.project, err
}

// settle does what the author of a change need not wait for. Where a build found nothing changed, what it has not read and
// planned is, so that the next one need not. When it has been calm for a while, and a browser has shown the page, garbage is
// collected; when it has been calm for all of that time, what no page shows is brought up to date: search index and sitemaps.
func (w *workshop) settle(ctx context.Context, calm time.Duration) error {
	if err := w.ready(ctx); err != nil {
		return err
	}
	if err := pause(ctx, calm/3); err != nil {
		return err
	}
	collect()
	if err := pause(ctx, calm-calm/3); err != nil {
		return err
	}
	defer collect()
	return w.follow(ctx)
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// ready sees to it that what a build found unchanged is known all the same.
func (w *workshop) ready(ctx context.Context) error {
	w.work.RLock()
	unread := w.unread
	w.work.RUnlock()
	if !unread {
		return nil
	}
	w.work.Lock()
	defer w.work.Unlock()
	if !w.unread { // somebody else has done it meanwhile
		return nil
	}
	return w.prepare(ctx)
}

// follow brings up to date what no page shows. Of what is kept it changes nothing that others read.
func (w *workshop) follow(ctx context.Context) (err error) {
	w.work.RLock()
	defer w.work.RUnlock()
	if w.last == nil {
		return nil
	}
	unlock, err := site.Lock(w.last.folder(stateFolder))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	_, err = w.last.press.Settle(ctx)
	return err
}

// prepare reads and plans the site as it stands.
func (w *workshop) prepare(ctx context.Context) (err error) {
	o, err := w.open()
	if err != nil || o.found.Errors() > 0 {
		return nil // the build said so
	}
	unlock, err := site.Lock(o.folder(stateFolder))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	in, err := archive.Look(ctx, o.read)
	if err != nil {
		return err
	}
	_, left, err := o.make(ctx, in, newProgress(io.Discard))
	w.last, w.unread = left, left == nil
	return err
}

// update works on what the last build has left. It is done where that can be brought up to date.
func (w *workshop) update(ctx context.Context, changed []string) (m made, p *project, done bool, err error) {
	b := w.last
	if b == nil || len(changed) == 0 {
		return m, nil, false, nil
	}
	files, inside := below(b.folder(contentFolder), changed)
	if !inside {
		return m, nil, false, w.clear()
	}
	unlock, err := site.Lock(b.folder(stateFolder))
	if err != nil {
		return m, nil, false, err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	if m, done, err = b.update(ctx, files); !done || err != nil {
		return m, nil, false, errors.Join(err, w.clear())
	}
	return m, b.project, true, nil
}

// update brings what a build has left up to date after files below content/ have changed. Where it is not done, what is left
// is of no more use.
func (b *kept) update(ctx context.Context, files []string) (m made, done bool, err error) {
	start, read := time.Now(), b.archive.Read
	renewal, err := b.archive.Renew(ctx, files)
	if renewal == nil || err != nil {
		return m, false, err
	}
	renewed := time.Now()
	m.found = append(b.found, b.archive.Found...).Sorted()
	if m.found.Errors() > 0 {
		return m, false, m.found
	}
	if m.Report, done, err = b.press.Update(ctx, b.archive, renewal); !done || err != nil {
		return m, false, err
	}
	m.unshown = b.archive.Unshown()
	m.articles, m.anew = len(b.archive.Cards)+m.unshown, b.archive.Read-read
	m.Phases = []site.Phase{{Name: "renew", Took: renewed.Sub(start)}, {Name: "pages", Took: time.Since(renewed)}}
	return m, true, nil
}

// leave writes down what the next process may start from.
func (b *kept) leave() error {
	err := b.archive.Close()
	if err == nil {
		err = b.press.Leave(b.archive.Inputs, b.archive.Found)
	}
	return err
}

// close ends the work. What is kept in memory is written down, unless somebody else is at work on the site.
func (w *workshop) close() error {
	w.work.Lock()
	defer w.work.Unlock()
	w.unread = false // nobody reads it any more
	if w.last == nil {
		return nil
	}
	unlock, err := site.Lock(w.last.folder(stateFolder))
	if err != nil {
		return nil
	}
	last := w.last
	w.last = nil
	return errors.Join(last.leave(), unlock())
}

// clear leaves nothing of the last build.
func (w *workshop) clear() error {
	b := w.last
	w.last = nil
	if b == nil {
		return nil
	}
	return b.archive.Close()
}

// below is paths from a folder on; false where one lies elsewhere.
func below(folder string, paths []string) (names []string, all bool) {
	for _, path := range paths {
		name, err := filepath.Rel(folder, path)
		if err != nil || !filepath.IsLocal(name) || name == "." {
			return nil, false
		}
		names = append(names, filepath.ToSlash(name))
	}
	return names, true
}
