package archive

import (
	"context"
	"errors"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"

	"broadsheet/generator/entity"
	"broadsheet/generator/manifest"
)

// revisable are the files whose change is renewed as that of an article is.
var revisable = []string{entitiesFile, PublishedFile}

// revise takes what entities.toml and the record of addresses say now in place of what they said, if they are among the files. It
// gives what is said otherwise of names, nil where nothing is, and reports false where one has faults.
func (a *Archive) revise(files []string) (revision *entity.Revision, ok bool, err error) {
	if !slices.ContainsFunc(files, func(name string) bool { return slices.Contains(revisable, name) }) {
		return nil, true, nil
	}
	r := a.reader
	written := maps.Clone(r.written)
	for _, name := range revisable {
		if !slices.Contains(files, name) {
			continue
		}
		written[name] = nil
		if f := a.tree.file(name); f != nil {
			if written[name], err = os.ReadFile(f.path()); err != nil {
				return nil, false, err
			}
		}
	}
	authority, record, faults := parseNames(written)
	if len(faults) > 0 {
		return nil, false, nil
	}
	if slices.Contains(files, PublishedFile) {
		a.collided = true // which has every address settled anew
	}
	if slices.Contains(files, entitiesFile) || !slices.Equal(publishedIDs(r.published), publishedIDs(record)) {
		revision = authority.Revised(r.authority)
		r.authority, a.authority = authority, authority
	}
	r.published, r.written, r.decisions.key = record, written, cardsKey(written, authority)
	return revision, true, nil
}

// mostRevised is the share of the archive's articles, one in so many, of which names may be told anew one by one. Of more it
// is as quick to open the archive anew.
const mostRevised = 8

var errMany = errors.New("too many articles are concerned")

// recard runs the second step anew for the articles that a revision concerns, and gives those of which it makes something else.
// It reports false where these are many.
func (a *Archive) recard(ctx context.Context, revision *entity.Revision) (changes []change, ok bool, err error) {
	if revision.Nobody() {
		return nil, true, nil
	}
	var owner sync.Mutex // of the cache and the changes
	err = parallel(ctx, a.kept.o.Jobs, len(a.kept.last), func(i int) error {
		was, is, err := a.recardOne(i, revision)
		if is == nil || err != nil {
			return err
		}
		owner.Lock()
		defer owner.Unlock()
		if len(changes) > max(len(a.Cards)/mostRevised, mostRenewed) {
			return errMany
		}
		if err := a.store(is); err != nil {
			return err
		}
		a.kept.last[i] = is.last()
		changes = append(changes, change{a.tree.articles[i], a.tree.articles[i], was, is})
		return nil
	})
	if errors.Is(err, errMany) || errors.Is(err, errStale) {
		return nil, false, nil
	}
	slices.SortFunc(changes, func(x, y change) int { return strings.Compare(x.after.file, y.after.file) })
	return changes, true, err
}

// recardOne is what becomes of article i, if it is not what it was.
func (a *Archive) recardOne(i int, revision *entity.Revision) (was *keptCard, is *result, err error) {
	last := a.kept.last[i]
	if last == (lastKeys{}) || last.aside {
		return nil, nil, nil
	}
	concerned := false
	found := a.cache.lend(last.card, func(value []byte) {
		if concerned = revision.Concerns(traces(value)); concerned {
			was, err = a.reader.decodeCard(value, a.tree.articles[i].file, false)
		}
	})
	if !found || err != nil {
		return nil, nil, errStale
	}
	if !concerned {
		return nil, nil, nil
	}
	res, err := a.reader.article(a.tree.articles[i])
	if err != nil || res.head == nil || res.head.sum == was.sum {
		return nil, nil, err
	}
	return was, &res, nil
}

// resolveAnew settles afresh which entity each name in each article is.
func (a *Archive) resolveAnew(ctx context.Context) error {
	k := a.kept
	a.resolver, a.Entities, a.Of = nil, nil, nil // they take as much as those that come
	err := parallel(ctx, k.o.Jobs, len(a.Cards), func(i int) error {
		if a.Cards[i].Clusters != nil {
			return nil
		}
		var head cardHead
		var err error
		parts := []part{{digestCoder, &manifest.Digest{}}, {coder: passOver}, {headCoder, &head}, {clustersCoder, &a.Cards[i].Clusters}}
		if !a.cache.lend(a.cardKeys[i], func(value []byte) { err = decodeHead(value, a.reader.strings.keep, parts...) }) {
			return errStale
		}
		return err
	})
	a.lost = err != nil && ctx.Err() == nil
	if err != nil {
		return ctx.Err()
	}
	a.resolver = entity.NewResolver(a.authority, k.o.MinEntity)
	a.resolver.Update(a.Cards, nil)
	if k.o.Lean {
		for i := range a.Cards {
			a.Cards[i].Clusters = nil
		}
	}
	return nil
}
