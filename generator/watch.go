package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"broadsheet/generator/config"
	"broadsheet/generator/watch"
)

// rebuildOnChange calls rebuild after each burst of changes to the site, until ctx ends.
func rebuildOnChange(ctx context.Context, f *flags, rebuild func(context.Context)) error {
	p := &project{dir: f.site}
	out := f.out
	if out == "" {
		out = p.folder(outputFolder)
	}
	output, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	changes, err := watch.Watch(ctx, watch.Options{
		Paths: []string{p.folder(contentFolder), p.folder(templatesFolder), p.folder(staticFolder), p.folder(config.File)},
		Ignore: func(name string) bool {
			abs, err := filepath.Abs(name)
			return err == nil && (abs == output || strings.HasPrefix(abs, output+string(filepath.Separator)))
		},
	})
	if err != nil {
		return fmt.Errorf("watching the site: %w", err)
	}
	for change := range changes {
		if change.Err != nil {
			fmt.Fprintf(f.stderr, "broadsheet: %v\n", change.Err)
		}
		rebuild(ctx)
	}
	return nil
}
