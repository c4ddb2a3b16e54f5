package archive

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"golang.org/x/sync/errgroup"

	"broadsheet/generator/entity"
	"broadsheet/generator/manifest"
)

// Last is the archive of the last build, as far as that can be told without reading it.
type Last struct {
	Inputs  manifest.Digest // key of all that it was made from
	Changed []string        // files below content/ that have come, gone or changed since

	in    *Inputs // those of the last build
	now   *Inputs
	build lastBuild
}

// Last finds the archive of the last build, where few articles have changed since and nothing else: it can then be opened as
// it was, and renewed. It gives nil where it cannot.
func (in *Inputs) Last() *Last {
	o := in.o
	if o.Cache == "" || o.Clean || len(o.Roots) != 1 || o.Roots[0].Files != nil || len(in.Faults()) > 0 || len(in.known.known) == 0 {
		return nil
	}
	changed := in.changed()
	if len(changed) == 0 || len(changed) > mostRenewed || !renewable(changed) {
		return nil
	}
	last := readLast(o).read()
	l := &Last{Inputs: last.inputs, Changed: changed, in: in.before(changed, last.authority), now: in, build: last}
	if key, known := l.in.Key(); !known || key != last.inputs || len(l.in.tree.found) > 0 {
		return nil
	}
	return l
}

// renewable reports whether no more hangs on files than can be renewed.
func renewable(files []string) bool {
	return !slices.ContainsFunc(files, func(name string) bool { return !slices.Contains(revisable, name) && !belongsToArticle(name) })
}

// changed is the files that are not as the last build knew them, up to so many that it does not matter.
func (in *Inputs) changed() (names []string) {
	files, known := in.tree.files, in.known.known
	for (len(files) > 0 || len(known) > 0) && len(names) <= mostRenewed {
		switch {
		case len(known) == 0 || len(files) > 0 && files[0].name < known[0].name:
			names, files = append(names, files[0].name), files[1:]
		case len(files) == 0 || known[0].name < files[0].name:
			names, known = append(names, known[0].name), known[1:]
		default:
			if files[0].sum != known[0].sum {
				names = append(names, files[0].name)
			}
			files, known = files[1:], known[1:]
		}
	}
	return names
}

// before is the inputs of the last build. Files that are as they were have the stamps they have now.
func (in *Inputs) before(changed []string, authority map[string][]byte) *Inputs {
	known := in.known.known
	files := make([]input, len(known))
	t := &tree{files: make([]*input, len(known)), root: in.tree.root}
	for n := range known {
		files[n] = input{name: known[n].name, root: in.tree.root, stamp: known[n].stamp, sum: known[n].sum}
		if !slices.Contains(changed, known[n].name) {
			files[n].stamp = in.tree.file(known[n].name).stamp
		}
		t.files[n] = &files[n]
	}
	t.sort()
	return newInputs(in.o, t, authority, in.known)
}

// errStale says that the cache does not hold what the last build left in it.
var errStale = errors.New("the cache has changed since the last build")

// Open is the archive as the last build left it, ready to be renewed. It gives nil where the cache has lost a part of it.
func (l *Last) Open(ctx context.Context) (*Archive, error) {
	o := l.in.o
	o.Renewable = true
	c, err := openCache(o.Cache)
	if err != nil {
		return nil, fmt.Errorf("opening the cache: %w", err)
	}
	a := l.in.begin(c)
	a.Inputs = l.Inputs
	expected := a.expect(l.now)
	results, err := a.recall(ctx, o, &l.build, expected)
	if err == nil {
		err = a.assemble(results, lastOf(results), o)
	}
	if err == nil && len(a.Of) != len(a.Cards) {
		err = errStale
	}
	if err == nil {
		a.kept.expected = expected
		return a, nil
	}
	if err = errors.Join(err, c.abandon()); errors.Is(err, errStale) || errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	return nil, err
}

// recall is readArticles for an archive that the last build has read: every card is in the cache, and no file is looked at. It notes
// what the revision that is expected concerns.
func (a *Archive) recall(ctx context.Context, o Options, last *lastBuild, expected *expected) ([]result, error) {
	r := a.reader
	r.strings = newInterner()
	r.last = func(file string) (lastKeys, bool) { return last.find(file) }
	end := a.cache.end
	if err := r.learn(ctx); err != nil {
		return nil, err
	}
	results, concerned := make([]result, len(a.tree.articles)), make([]bool, len(a.tree.articles))
	work, ctx := errgroup.WithContext(ctx)
	work.Go(func() error { return a.readNames(o, a.Inputs) })
	work.Go(func() error {
		return parallel(ctx, o.Jobs, len(results), func(i int) (err error) {
			results[i], concerned[i], err = r.again(a.tree.articles[i], expected.revision)
			return err
		})
	})
	err := work.Wait()
	if err == nil && a.cache.end != end {
		err = errStale
	}
	for i := range results {
		a.cache.use(results[i].readingKey)
		a.cache.use(results[i].cardKey)
		if concerned[i] {
			expected.concerned[a.tree.articles[i].file] = true
		}
	}
	return results, err
}

// again is what the last build made of an article, and whether a revision concerns it.
func (r *reader) again(s source, revision *entity.Revision) (res result, concerned bool, err error) {
	if keys, found := r.last(s.file); found && !keys.aside {
		res = result{readingKey: keys.reading, cardKey: keys.card}
		found := r.cache.lend(keys.card, func(value []byte) {
			res.head, err = r.decodeCard(value, s.file, false)
			concerned = err == nil && !revision.Nobody() && revision.Concerns(traces(value))
		})
		if !found || err != nil {
			err = errStale
		}
		return res, concerned, err
	}
	res, err = r.article(s) // it was left out, or set aside
	if err == nil && res.anew {
		err = errStale
	}
	return res, false, err
}
