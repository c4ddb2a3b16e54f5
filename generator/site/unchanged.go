package site

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"broadsheet/generator/diag"
	"broadsheet/generator/manifest"
)

// past is what a build leaves for the next one: the key of all it was made from, and what it said.
type past struct {
	Key      string
	Articles int
	Found    diag.List
}

// Unchanged reports whether the output, made of the inputs that there are, is what a build would make, and if so, what that build
// reported: the same messages, no file written. Then the cards need not be read, nor pages planned; each file of the output is
// looked at, since somebody may have changed or removed it.
func (l *Last) Unchanged(ctx context.Context) (r Report, unchanged bool, err error) {
	standing, err := l.Stands(ctx)
	if err != nil || !standing {
		return r, false, err
	}
	c := change{manifest: l.out.old}
	return Report{Articles: l.past.Articles, Pages: len(l.out.old), Bytes: c.bytes(), Found: l.past.Found}, true, l.out.confirm()
}

// wholeKey is the hash of all that decides the output: the archive's inputs, and the basis of its pages.
func wholeKey(inputs, basis manifest.Digest) manifest.Digest {
	var h manifest.Hasher
	h.Digest(inputs)
	h.Digest(basis)
	return h.Key()
}

// basisOf is the hash of what all pages are made with: the settings, the theme and the static files.
func basisOf(o Options) (manifest.Digest, error) {
	var h manifest.Hasher
	settings, err := json.Marshal(o)
	if err != nil {
		return manifest.Digest{}, err
	}
	h.String(string(settings))
	h.String(o.Theme.KeyOfAll())
	static, err := layered(o.Static)
	if err != nil {
		return manifest.Digest{}, err
	}
	for _, name := range sortedKeys(static) {
		h.String(name)
		h.Digest(manifest.DigestOf(static[name]))
	}
	return h.Key(), nil
}

// stands reports whether every file of the last build is as it was written.
func (o *output) stands(ctx context.Context, jobs int) (bool, error) {
	const run = 256 // files that stand in the same folders mostly
	var next atomic.Int64
	var changed atomic.Bool
	work, ctx := errgroup.WithContext(ctx)
	for range workers(jobs) {
		work.Go(func() error {
			for ctx.Err() == nil && !changed.Load() {
				from := int(next.Add(run)) - run
				if from >= len(o.old) {
					return nil
				}
				for _, e := range o.old[from:min(from+run, len(o.old))] {
					if !o.has(e) {
						changed.Store(true)
						return nil
					}
				}
			}
			return ctx.Err()
		})
	}
	err := work.Wait()
	return err == nil && !changed.Load(), err
}

func (o *output) pastName() string { return o.prefix + ".past" }

// readPast is what the last build left; a build that was cut off left nothing.
func (o *output) readPast() (p past, found bool) {
	b, err := os.ReadFile(o.pastName())
	return p, err == nil && json.Unmarshal(b, &p) == nil
}

// forget comes before the output is changed.
func (o *output) forget() error {
	err := os.Remove(o.pastName())
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

// remember comes when the output is whole.
func (o *output) remember(p past) error {
	b, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return replace(o.pastName(), b)
}

// replace puts a file in place whole.
func replace(name string, content []byte) error {
	if err := os.WriteFile(name+".part", content, 0o666); err != nil {
		return err
	}
	return os.Rename(name+".part", name)
}
