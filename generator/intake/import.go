package intake

import (
	"context"
	"errors"
	"os"
	"runtime"

	"golang.org/x/sync/semaphore"
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
	underWay := semaphore.NewWeighted(bytesUnderWay)
	for next := range compose(ctx, sources, o, t, underWay) {
		made := <-next
		if made.err == nil {
			made.err = w.write(made.draft)
		}
		if made.err != nil {
			return w.count, made.err
		}
		underWay.Release(made.weight)
	}
	return w.count, context.Cause(ctx)
}

// composed is a draft, or what kept the machine from reading on.
type composed struct {
	draft
	weight int64 // of its record, in bytes
	err    error
}

// bytesUnderWay, of bodies, are at most between the reader and the writer; a body is held several times on its way, as
// HTML, as a tree and as Markdown.
const bytesUnderWay = 4 << 20

// compose makes drafts of all records. The channel holds, in the order of the records, where the draft of each is to
// be had; a few records a worker are under way at once, and no more than underWay lets through, so memory stays bounded.
func compose(ctx context.Context, sources []Source, o Options, t Target, underWay *semaphore.Weighted) <-chan chan composed {
	workers := runtime.GOMAXPROCS(0)
	type job struct {
		record Record
		weight int64
		made   chan composed
	}
	jobs := make(chan job)
	order := make(chan chan composed, 2*workers)
	for range workers {
		c := &composer{t.Into, media{t.Media}, newConverter()}
		go func() {
			for j := range jobs {
				j.made <- composed{draft: c.compose(j.record), weight: j.weight}
			}
		}()
	}
	send := func(r Record, err error) bool {
		weight := int64(min(len(r.Body), bytesUnderWay))
		if underWay.Acquire(ctx, weight) != nil {
			return false
		}
		made := make(chan composed, 1)
		select {
		case order <- made:
		case <-ctx.Done():
			return false
		}
		if err != nil {
			made <- composed{weight: weight, err: err}
			return false
		}
		jobs <- job{r, weight, made}
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
