package main

import (
	"context"
	"fmt"

	"broadsheet/generator/config"
	"broadsheet/generator/watch"
)

// buildAndWatch calls build at once and after each burst of changes to the site, until ctx ends. It watches from before
// the first build on, so that nothing saved in the meantime is missed.
func buildAndWatch(ctx context.Context, f *flags, build func(context.Context)) error {
	p := &project{dir: f.site}
	changes, err := watch.Watch(ctx, watch.Options{Paths: append(p.sources(), p.folder(config.File))})
	if err != nil {
		return fmt.Errorf("watching the site: %w", err)
	}
	build(ctx)
	for change := range changes {
		if change.Err != nil {
			fmt.Fprintf(f.stderr, "broadsheet: %v\n", change.Err)
		}
		build(ctx)
	}
	return nil
}
