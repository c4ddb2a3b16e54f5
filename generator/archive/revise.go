package archive

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"os"
	"slices"
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
const mostRevised = 4

var errMany = errors.New("too many articles are concerned")

// expected is the revision that the files show when the last build's archive is taken up: it is opened to be renewed by it, and
// what that concerns is found while all cards are read.
type expected struct {
	written   map[string][]byte // the authority files after it
	revision  *entity.Revision
	concerned map[string]bool // articles, by file
}

func (a *Archive) expect(now *Inputs) *expected {
	d, _ := now.decisions()
	return &expected{written: now.authority, revision: d.authority.Revised(a.reader.authority), concerned: map[string]bool{}}
}

// suspects is the articles that the revision may concern, by number: all, unless it was expected.
func (a *Archive) suspects() []int {
	e, articles := a.kept.expected, a.tree.articles
	a.kept.expected = nil
	known := e != nil
	for _, name := range revisable {
		known = known && bytes.Equal(e.written[name], a.reader.written[name])
	}
	var list []int
	for i := range articles {
		if !known || e.concerned[articles[i].file] {
			list = append(list, i)
		}
	}
	return list
}

// concerned is an article of whose names people may say something else.
type concerned struct {
	was *keptCard
	is  *result // nil where they say the same
}

// recard runs the second step anew for the articles that a revision concerns. It reports false where these are many.
func (a *Archive) recard(ctx context.Context, revision *entity.Revision) (all []concerned, ok bool, err error) {
	if revision.Nobody() {
		return nil, true, nil
	}
	suspects := a.suspects()
	var owner sync.Mutex // of the cache and the list
	err = parallel(ctx, a.kept.o.Jobs, len(suspects), func(n int) error {
		i := suspects[n]
		c, err := a.recardOne(i, revision)
		if c.was == nil || err != nil {
			return err
		}
		owner.Lock()
		defer owner.Unlock()
		if len(all) > max(len(a.Cards)/mostRevised, mostRenewed) {
			return errMany
		}
		all = append(all, c)
		if c.is == nil {
			return nil
		}
		a.kept.last[i] = c.is.last()
		return a.store(c.is)
	})
	if errors.Is(err, errMany) || errors.Is(err, errStale) {
		return nil, false, nil
	}
	return all, true, err
}

// retell takes in what is said of names now, and gives the cards of which that may be something else. It reports false where one is
// not to be found.
func (a *Archive) retell(r *Renewal, all []concerned) (cards []int, found bool) {
	for _, c := range all {
		if !c.was.shown(a.kept.o) {
			continue
		}
		at, found := a.find(&c.was.Card)
		if !found {
			return nil, false
		}
		cards = append(cards, at)
		a.Cards[at].Clusters = c.was.Card.Clusters
		if c.is != nil {
			a.Cards[at].Clusters, a.cardKeys[at], a.sums[at] = c.is.head.Card.Clusters, c.is.cardKey, c.is.head.sum
			r.Told, r.Recast[at] = append(r.Told, at), entity.Recast(&a.Cards[at], c.was.Card.Clusters)
		}
	}
	slices.Sort(r.Told)
	return cards, true
}

// recardOne is what becomes of article i, if the revision concerns it and something does.
func (a *Archive) recardOne(i int, revision *entity.Revision) (c concerned, err error) {
	last := a.kept.last[i]
	if last == (lastKeys{}) || last.aside {
		return c, nil
	}
	file := a.tree.articles[i].file
	var named bool
	found := a.cache.lend(last.card, func(value []byte) {
		t := traces(value)
		if !revision.Concerns(t) {
			return
		}
		named = revision.Names(t)
		if c.was, err = a.reader.decodeCard(value, file, true); err == nil {
			c.is, err = a.reader.rename(file, last.reading, bytes.Clone(value))
		}
	})
	switch {
	case !found || err != nil || c.was != nil && c.is == nil:
		return c, errStale
	case c.is != nil && c.is.head.sum == c.was.sum:
		if c.is = nil; !named {
			c.was = nil
		}
	}
	return c, nil
}

// resolveAgain settles which entity each name is, now that people say something else of these cards: by what that changes, where the
// resolver can tell, else afresh.
func (a *Archive) resolveAgain(ctx context.Context, r *Renewal, cards []int) error {
	m := a.resolver.Amendment(a.authority)
	if m == nil {
		return a.resolveAfresh(ctx)
	}
	was, now := slices.Clone(r.Was), r.Now()
	for _, i := range cards {
		was[i] = -1
	}
	for _, before := range m.Cards {
		if i := now[before]; i >= 0 && was[i] >= 0 {
			if err := a.readClusters(i); err != nil {
				a.lost = true
				return nil
			}
			was[i] = -1
		}
	}
	a.resolver.Amend(m, a.Cards, was)
	return nil
}

// resolveAfresh settles it from all cards.
func (a *Archive) resolveAfresh(ctx context.Context) error {
	k := a.kept
	a.resolver, a.Entities, a.Of = nil, nil, nil // they take as much as those that come
	err := parallel(ctx, k.o.Jobs, len(a.Cards), a.readClusters)
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

// readClusters reads those of a card that has none, as they were kept.
func (a *Archive) readClusters(i int) (err error) {
	if a.Cards[i].Clusters != nil {
		return nil
	}
	var head cardHead
	parts := []part{{digestCoder, &manifest.Digest{}}, {coder: passOver}, {headCoder, &head}, {clustersCoder, &a.Cards[i].Clusters}}
	if !a.cache.lend(a.cardKeys[i], func(value []byte) { err = decodeHead(value, a.reader.strings.keep, parts...) }) {
		return errStale
	}
	return err
}
