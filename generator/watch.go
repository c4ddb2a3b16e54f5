package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"broadsheet/generator/config"
	"broadsheet/generator/site"
	"broadsheet/generator/watch"
)

// rebuild is called with the paths that have changed, as package watch reports them; nil where nobody knows.
type rebuild func(ctx context.Context, changed []string)

// buildAndWatch calls build at once and after each burst of changes to the site, until ctx ends. It watches from before
// the first build on, so that nothing saved in the meantime is missed. Between changes the workshop settles.
func buildAndWatch(ctx context.Context, f *flags, w *workshop, build rebuild) error {
	p := &project{dir: f.site}
	changes, err := watch.Watch(ctx, watch.Options{Paths: append(p.sources(), p.folder(config.File))})
	if err != nil {
		return fmt.Errorf("watching the site: %w", err)
	}
	build(ctx, nil)
	for {
		rest, hurry := context.WithCancel(ctx)
		settled := make(chan error, 1)
		go func() { settled <- w.settle(rest, calm) }()
		change, open := <-changes
		hurry()
		if err := <-settled; err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, site.ErrBusy) {
			exitCode(err, f.stderr) // prints it; the next change may mend it
		}
		if !open {
			return w.close()
		}
		if change.Err != nil {
			fmt.Fprintf(f.stderr, "broadsheet: %v\n", change.Err)
		}
		build.follow(ctx, change, changes)
	}
}

// calm is how long nothing must have changed before search index and sitemaps follow. Who saves again and again waits for no
// more than the pages; an index that is under way when something changes was made for nothing.
const calm = time.Second

// patience is how long a build may take before a change stops it.
const patience = time.Second

// follow builds after a change. A build that takes long is stopped when something has changed again, and one begun that
// knows of both. That one is left to end, or somebody who saves every few seconds would never see a page.
func (build rebuild) follow(ctx context.Context, change watch.Change, changes <-chan watch.Change) {
	work, stop := context.WithCancel(ctx)
	defer stop()
	done := make(chan struct{})
	go func() {
		defer close(done)
		build(work, change.Paths)
	}()
	select {
	case <-done:
		return
	case <-time.After(patience):
	}
	select {
	case <-done:
	case next, open := <-changes:
		stop()
		<-done
		if open {
			build(ctx, union(change.Paths, next.Paths))
		}
	}
}

func union(a, b []string) []string {
	both := slices.Concat(a, b)
	slices.Sort(both)
	return slices.Compact(both)
}
