package archive

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

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

// readArticles runs the per-article steps on o.Jobs workers. The results stand in the order of the sources, whoever
// made them; what is new goes into the cache as it arrives, so that no body waits in memory.
func (a *Archive) readArticles(ctx context.Context, o Options, d decisions) ([]result, error) {
	r := &reader{Options: o, decisions: d, tree: a.tree, cache: a.cache}
	a.reader = r
	if o.Recognize {
		r.recognizer = entity.NewRecognizer()
	}
	if err := r.learn(ctx); err != nil {
		return nil, err
	}
	results := make([]result, len(a.tree.articles))
	var owner sync.Mutex // of the cache and the counts
	arrived := 0
	err := parallel(ctx, o.Jobs, len(results), func(i int) error {
		res, err := r.article(a.tree.articles[i])
		if err != nil {
			return err
		}
		owner.Lock()
		defer owner.Unlock()
		if err := a.store(&res, lastKey(o.Program, a.tree.articles[i].file)); err != nil {
			return err
		}
		results[i] = res
		if arrived++; o.Progress != nil {
			o.Progress(arrived, len(results))
		}
		return nil
	})
	return results, err
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
