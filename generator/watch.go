package main

import (
	"context"
	"fmt"

	"broadsheet/generator/config"
	"broadsheet/generator/watch"
)

// buildAndWatch calls build at once and after each burst of changes to the site, with the paths that changed, until ctx ends. It watches from before
// the first build on, so that nothing saved in the meantime is missed.
func buildAndWatch(ctx context.Context, f *flags, build func(ctx context.Context, changed []string)) error {
	p := &project{dir: f.site}
	changes, err := watch.Watch(ctx, watch.Options{Paths: append(p.sources(), p.folder(config.File))})
	if err != nil {
		return fmt.Errorf("watching the site: %w", err)
	}
	build(ctx, nil)
	for change := range changes {
		if change.Err != nil {
			fmt.Fprintf(f.stderr, "broadsheet: %v\n", change.Err)
		}
		build(ctx, change.Paths)
	}
	return nil
}
