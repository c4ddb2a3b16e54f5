package archive

import (
	"context"
	"slices"
	"sync"

	"broadsheet/generator/diag"
	"broadsheet/generator/entity"
	"broadsheet/generator/ingest"
	"broadsheet/generator/manifest"
	"broadsheet/generator/published"
	"broadsheet/generator/related"
	"broadsheet/generator/tag"
)

// parseAuthority reads the authority files.
func parseAuthority(files map[string][]byte) (d decisions, found diag.List) {
	var names, tags, duplicates, lines diag.List
	d.authority, d.published, names = parseNames(files)
	d.vocabulary, tags = tag.Parse(contentPath(tagsFile), files[tagsFile])
	d.duplicates, duplicates = related.Parse(contentPath(duplicatesFile), files[duplicatesFile])
	d.boilerplate, lines = ingest.ParseDecisions(contentPath(boilerplateFile), files[boilerplateFile])
	d.written, d.key = files, cardsKey(files, d.authority)
	return d, slices.Concat(names, tags, duplicates, lines)
}

// parseNames reads what people say of names, and under which ids they were published.
func parseNames(files map[string][]byte) (*entity.Authority, *published.Record, diag.List) {
	a, found := entity.ParseAuthority(contentPath(entitiesFile), files[entitiesFile])
	record, faults := published.Parse(contentPath(PublishedFile), files[PublishedFile])
	return a.WithPublished(publishedIDs(record)), record, slices.Concat(found, faults)
}

// cardsKey is the hash of what cards depend on of the authority files, and of the ids that entries have from the record.
func cardsKey(files map[string][]byte, a *entity.Authority) string {
	return manifest.Key(append(slices.Clone(a.Moved()), manifest.Sum(files[entitiesFile]), manifest.Sum(files[tagsFile]))...)
}

// readArticles runs the per-article steps on o.Jobs workers. The results stand in the order of the sources, whoever
// made them; what is new goes into the cache as it arrives, so that no body waits in memory.
func (a *Archive) readArticles(ctx context.Context, o Options) ([]result, error) {
	r := a.reader
	if err := r.learn(ctx); err != nil {
		return nil, err
	}
	r.strings = newInterner()
	r.recall(o)
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
		if err := a.store(&res); err != nil {
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

// recognizer is made once, when an article first needs it: model and gazetteer take a tenth of a second to read, and whoever
// builds a site again and again, as a preview does, reads them no second time.
var recognizer = sync.OnceValue(entity.NewRecognizer)

// store puts what is new of a result into the cache and forgets its bytes.
func (a *Archive) store(res *result) error {
	a.cache.use(res.readingKey)
	a.cache.use(res.cardKey)
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
	if res.anew {
		a.Read++
	}
	res.reading, res.card = nil, nil
	return nil
}
