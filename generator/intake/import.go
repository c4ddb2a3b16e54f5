package intake

import (
	"context"
	"errors"
	"os"
	"runtime"
)

// Import writes the records of sources. What it says of single records goes to t.Report; an error is the machine's.
// Records are read one after the other, made ready by a worker a processor, and written in the order they were read.
func Import(ctx context.Context, sources []Source, o Options, t Target) (count Count, err error) {
	if t.Diff == nil {
		if err := os.MkdirAll(t.Into, 0o777); err != nil {
			return count, err
		}
	}
	w, err := openWriter(t)
	if err != nil {
		return count, err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for next := range compose(ctx, sources, o, t) {
		made := <-next
		if made.err == nil {
			made.err = w.write(made.draft)
		}
		if made.err != nil {
			return w.count, made.err
		}
	}
	return w.count, context.Cause(ctx)
}

// composed is a draft, or what kept the machine from reading on.
type composed struct {
	draft
	err error
}

// compose makes drafts of all records. The channel holds, in the order of the records, where the draft of each is to
// be had; a few records a worker are under way at once, so memory stays bounded.
func compose(ctx context.Context, sources []Source, o Options, t Target) <-chan chan composed {
	workers := runtime.GOMAXPROCS(0)
	type job struct {
		record Record
		made   chan composed
	}
	jobs := make(chan job)
	order := make(chan chan composed, 2*workers)
	for range workers {
		c := &composer{t.Into, media{t.Media}, newConverter()}
		go func() {
			for j := range jobs {
				j.made <- composed{draft: c.compose(j.record)}
			}
		}()
	}
	send := func(r Record, err error) bool {
		made := make(chan composed, 1)
		select {
		case order <- made:
		case <-ctx.Done():
			return false
		}
		if err != nil {
			made <- composed{err: err}
			return false
		}
		jobs <- job{r, made}
		return true
	}
	go func() {
		defer close(order)
		defer close(jobs)
		for _, s := range sources {
			for r, err := range Read(s, o) {
				if !send(r, err) {
					return
				}
			}
		}
	}()
	return order
}
