package archive

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/sync/errgroup"

	"broadsheet/generator/diag"
	"broadsheet/generator/entity"
	"broadsheet/generator/ingest"
	"broadsheet/generator/manifest"
	"broadsheet/generator/related"
	"broadsheet/generator/tag"
)

// readDecisions reads the authority files. A fault in one stops the build, since going on would undo what somebody
// decided.
func (a *Archive) readDecisions(o Options) (decisions, error) {
	dir := o.Authority
	if dir == "" {
		dir = o.Roots[0].Dir
	}
	entities, err := readIfThere(filepath.Join(dir, entitiesFile))
	if err != nil {
		return decisions{}, err
	}
	tags, err := readIfThere(filepath.Join(dir, tagsFile))
	if err != nil {
		return decisions{}, err
	}
	duplicates, err := readIfThere(filepath.Join(dir, duplicatesFile))
	if err != nil {
		return decisions{}, err
	}
	boilerplate, err := readIfThere(filepath.Join(dir, boilerplateFile))
	if err != nil {
		return decisions{}, err
	}
	var d decisions
	var found diag.List
	d.authority, found = entity.ParseAuthority(contentPath(entitiesFile), entities)
	a.Found = append(a.Found, found...)
	d.vocabulary, found = tag.Parse(contentPath(tagsFile), tags)
	a.Found = append(a.Found, found...)
	d.duplicates, found = related.Parse(contentPath(duplicatesFile), duplicates)
	a.Found = append(a.Found, found...)
	d.boilerplate, found = ingest.ParseDecisions(contentPath(boilerplateFile), boilerplate)
	a.Found = append(a.Found, found...)
	d.key = manifest.Key(manifest.Sum(entities), manifest.Sum(tags))
	a.vocabulary = d.vocabulary
	return d, nil
}

func readIfThere(name string) ([]byte, error) {
	b, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return b, err
}

// readArticles runs the per-article steps on o.Jobs workers. The results come back in the order of the sources,
// whoever made them; what is new goes into the cache as it arrives, so that no body waits in memory.
func (a *Archive) readArticles(ctx context.Context, o Options, d decisions) ([]result, error) {
	r := &reader{Options: o, decisions: d, tree: a.tree, cache: a.cache}
	a.reader = r
	if o.Recognize {
		r.recognizer = entity.NewRecognizer()
	}
	if err := r.learn(ctx); err != nil {
		return nil, err
	}
	type numbered struct {
		n int
		result
	}
	jobs, done := make(chan int), make(chan numbered, o.Jobs)
	work, ctx := errgroup.WithContext(ctx)
	work.Go(func() error {
		defer close(jobs)
		for n := range a.tree.articles {
			select {
			case jobs <- n:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	var workers sync.WaitGroup
	for range o.Jobs {
		workers.Add(1)
		work.Go(func() error {
			defer workers.Done()
			for n := range jobs {
				res, err := r.article(a.tree.articles[n])
				if err != nil {
					return err
				}
				select {
				case done <- numbered{n, res}:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			return nil
		})
	}
	go func() { workers.Wait(); close(done) }()

	results := make([]result, len(a.tree.articles))
	var failed error
	for arrived, count := range enumerate(done) {
		results[arrived.n] = arrived.result
		if failed == nil {
			failed = a.store(&results[arrived.n], lastKey(o.Program, a.tree.articles[arrived.n].file))
		}
		if o.Progress != nil {
			o.Progress(count, len(results))
		}
	}
	return results, errors.Join(failed, work.Wait())
}

// enumerate counts what a channel brings, from 1.
func enumerate[T any](in <-chan T) func(yield func(T, int) bool) {
	return func(yield func(T, int) bool) {
		count := 0
		for v := range in {
			count++
			if !yield(v, count) {
				return
			}
		}
	}
}

// store puts what is new of a result into the cache and forgets its bytes.
func (a *Archive) store(res *result, last string) error {
	a.cache.use(res.readingKey)
	if res.reading != nil {
		if err := a.cache.put(res.readingKey, res.reading); err != nil {
			return err
		}
	}
	if res.card != nil {
		if err := a.cache.put(res.cardKey, res.card); err != nil {
			return err
		}
	}
	if res.carded != nil {
		if err := a.remember(*res, last); err != nil {
			return err
		}
	}
	if res.anew {
		a.Read++
	}
	res.reading, res.card = nil, nil
	return nil
}

// remember notes under last where the article's present state is kept, for the day its front matter breaks.
func (a *Archive) remember(res result, last string) error {
	a.cache.use(res.cardKey)
	a.cache.use(last)
	value := lastCoder.encode(&lastKeys{res.readingKey, res.cardKey})
	if old, found := a.cache.get(last); found && string(old) == string(value) {
		return nil
	}
	return a.cache.put(last, value)
}
