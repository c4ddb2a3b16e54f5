package main

import (
	"context"

	"broadsheet/generator/archive"
	"broadsheet/generator/site"
)

// workshop makes one site over and over, in one process.
type workshop struct {
	open func() (order, error)
}

// order is what is to be built: a site as its settings and templates are now, and how.
type order struct {
	*project
	read  archive.Options
	write site.Options
}

// rebuild brings the output up to date. changed is what has changed since the last time, as package watch reports it; nil
// where nobody knows.
func (w *workshop) rebuild(ctx context.Context, changed []string, on progress) (made, *project, error) {
	o, err := w.open()
	if err != nil {
		return made{}, nil, err
	}
	m, err := o.build(ctx, o.read, o.write, on)
	return m, o.project, err
}
