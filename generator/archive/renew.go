package archive

import (
	"bytes"
	"context"
	"slices"
	"sort"
	"strings"

	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
	"broadsheet/generator/related"
)

// kept is what Renew starts from.
type kept struct {
	o        Options
	last     []lastKeys // of each article, in the order of the tree
	sketches []related.Sketch
	messages messagesOf      // by file, of the articles that have any
	ids      map[string]bool // of the cards; nil while nobody has asked
	places   map[string]bool // that are taken, in lower case; likewise
	renewed  bool
	expected *expected // of the first renewal; nil where nothing is
}

// Renewal is what has become of an archive's cards.
type Renewal struct {
	Was    []int           // of each card: where it stood before; -1 where it is new or has changed
	Gone   map[int]Former  // those that are gone or have changed, by where they stood before
	Told   []int           // those that stand as they were, of whose names people say something else now; rising
	Recast map[int][]int   // of these, where they have as many clusters: which they are about now and were not, or the other way round
	Files  map[string]bool // below content/, which have come, gone or changed
}

// Former is a card that is gone or has changed, and where its page was.
type Former struct {
	news.Card
	URL    string
	sketch related.Sketch
}

// mostRenewed is how many articles are renewed one by one. Of more it is as quick to open the archive anew.
const mostRenewed = 64

// Renew brings the archive up to date after some files of content/ have changed, in about the time that the articles
// they belong to take. The archive is then the one that Open would make. Where more hangs on a file than its article, or
// somebody else has used the cache, Renew gives nil; the archive is then spent, and is to be closed and opened anew.
func (a *Archive) Renew(ctx context.Context, files []string) (*Renewal, error) {
	k := a.kept
	if k == nil || a.contested || slices.ContainsFunc(a.Pages, func(p Page) bool { return len(p.Aliases) > 0 }) || len(files) > mostRenewed || len(k.o.Roots) != 1 || k.o.Roots[0].Files != nil || !a.cache.ours() {
		return nil, nil
	}
	a.reader.strings, a.reader.last, a.reader.Clean = newInterner(), a.lastKept, false
	defer func() { a.reader.strings, a.reader.last = nil, nil }()
	changes, ok, err := a.tree.renew(files)
	if !ok || err != nil {
		return nil, err
	}
	revision, ok, err := a.revise(files)
	if !ok || err != nil {
		return nil, err
	}
	if ok, err := a.reread(changes); !ok || err != nil {
		return nil, err
	}
	concerned, ok, err := a.recard(ctx, revision)
	if !ok || err != nil {
		return nil, err
	}
	r := &Renewal{Gone: map[int]Former{}, Files: map[string]bool{}, Recast: map[int][]int{}}
	for _, f := range files {
		r.Files[f] = true
	}
	if !a.exchange(r, changes) {
		return nil, nil
	}
	told, ok := a.retell(r, concerned)
	if !ok {
		return nil, nil
	}
	a.told = [steps]messages{scanned: a.told[scanned], placed: a.told[placed], paged: a.told[paged]}
	for _, m := range k.messages {
		a.say(m)
	}
	who := func() { a.resolver.Update(a.Cards, r.Was) }
	if revision != nil {
		if err := a.resolveAgain(ctx, r, told); err != nil {
			return nil, err
		}
		who = func() {}
	}
	together(who, func() { a.regroupStories(r) }, func() {
		a.replace(r)
		a.relist(r)
		a.refer()
	})
	if a.lost {
		return nil, nil
	}
	made := a.resolver.Resolution()
	a.Entities, a.Of = made.Entities, made.Of
	a.keepAddresses()
	a.tellAll()
	k.renewed = true
	return r, nil
}

// reread runs the per-article steps for the articles that have changed. It reports false where one teaches others something
// new.
func (a *Archive) reread(changes []change) (ok bool, err error) {
	k := a.kept
	if ok, err := a.reader.relearn(changes); !ok || err != nil {
		return false, err
	}
	for n := range changes {
		c := &changes[n]
		at, found := slices.BinarySearchFunc(a.tree.articles, c.before.file, bySource)
		if c.before.file != "" && found && k.last[at] != (lastKeys{}) {
			value, _ := a.cache.get(k.last[at].card)
			if c.was, err = a.reader.decodeCard(value, c.before.file, false); err != nil {
				return false, nil // the cache was changed or damaged
			}
		}
		var res result
		if c.after.file != "" {
			if res, err = a.reader.article(c.after); err != nil {
				return false, err
			}
			if err := a.store(&res); err != nil {
				return false, err
			}
			c.is = &res
		}
		if c.before.file != "" && found {
			delete(k.messages, c.before.file)
			a.tree.articles, k.last = slices.Delete(a.tree.articles, at, at+1), slices.Delete(k.last, at, at+1)
		}
		if c.after.file != "" {
			at, _ := slices.BinarySearchFunc(a.tree.articles, c.after.file, bySource)
			k.messages.note(c.after.file, &res)
			a.tree.articles, k.last = slices.Insert(a.tree.articles, at, c.after), slices.Insert(k.last, at, res.last())
		}
	}
	return true, nil
}

// messagesOf is what is said of articles, by file.
type messagesOf map[string]messages

func collectMessages(articles []source, results []result) messagesOf {
	all := messagesOf{}
	for i := range results {
		all.note(articles[i].file, &results[i])
	}
	return all
}

func (all messagesOf) note(file string, res *result) {
	m := res.left
	if res.head != nil {
		m = messages{slices.Concat(m.Found, res.head.Messages.Found), slices.Concat(m.Unknown, res.head.Messages.Unknown)}
	}
	if len(m.Found)+len(m.Unknown) > 0 {
		all[file] = m
	}
}

func bySource(s source, file string) int { return strings.Compare(s.file, file) }

// lastKept is where an article was last kept.
func (a *Archive) lastKept(file string) (lastKeys, bool) {
	at, found := slices.BinarySearchFunc(a.tree.articles, file, bySource)
	if !found || a.kept.last[at] == (lastKeys{}) {
		return lastKeys{}, false
	}
	return a.kept.last[at], true
}

// exchange takes the new cards in where the old ones were, or where they belong now. It reports false where two articles
// claim one id.
func (a *Archive) exchange(r *Renewal, changes []change) bool {
	k := a.kept
	if k.ids == nil {
		k.ids = make(map[string]bool, len(a.Cards))
		for i := range a.Cards {
			k.ids[a.Cards[i].ID] = true
		}
	}
	r.Was = make([]int, len(a.Cards))
	for i := range r.Was {
		r.Was[i] = i
	}
	for _, c := range changes { // before any moves
		if c.was.shown(k.o) {
			at, found := a.find(&c.was.Card)
			if !found {
				return false
			}
			r.Gone[at] = Former{a.Cards[at], a.URLs[at], k.sketches[at]}
			delete(k.ids, a.Cards[at].ID)
		}
	}
	for _, c := range changes {
		at, stood := -1, false
		if c.was.shown(k.o) {
			at, stood = a.find(&c.was.Card)
		}
		if c.is == nil || !c.is.head.shown(k.o) {
			if stood {
				a.drop(r, at)
			}
			continue
		}
		card := &c.is.head.Card
		if k.ids[card.ID] {
			return false
		}
		k.ids[card.ID] = true
		to, _ := a.find(card)
		switch {
		case !stood:
			a.insert(r, to, c.is)
		case at < to: // it makes room where it was
			a.move(r, at, to-1, c.is)
		default:
			a.move(r, at, to, c.is)
		}
	}
	return true
}

// find is where a card stands, or belongs.
func (a *Archive) find(card *news.Card) (at int, found bool) {
	at = sort.Search(len(a.Cards), func(i int) bool { return compareCards(&a.Cards[i], card) >= 0 })
	return at, at < len(a.Cards) && compareCards(&a.Cards[at], card) == 0
}

func (a *Archive) set(at int, res *result) {
	a.Cards[at], a.keys[at], a.cardKeys[at], a.sums[at] = res.head.Card, res.readingKey, res.cardKey, res.head.sum
	a.kept.sketches[at], a.URLs[at] = res.head.Sketch, ""
}

func (a *Archive) insert(r *Renewal, at int, res *result) {
	r.Was = slices.Insert(r.Was, at, -1)
	a.Cards, a.keys, a.cardKeys = slices.Insert(a.Cards, at, news.Card{}), slices.Insert(a.keys, at, manifest.Digest{}), slices.Insert(a.cardKeys, at, manifest.Digest{})
	a.sums, a.URLs, a.kept.sketches = slices.Insert(a.sums, at, manifest.Digest{}), slices.Insert(a.URLs, at, ""), slices.Insert(a.kept.sketches, at, nil)
	a.set(at, res)
}

func (a *Archive) drop(r *Renewal, at int) {
	r.Was = slices.Delete(r.Was, at, at+1)
	a.Cards, a.keys, a.cardKeys = slices.Delete(a.Cards, at, at+1), slices.Delete(a.keys, at, at+1), slices.Delete(a.cardKeys, at, at+1)
	a.sums, a.URLs, a.kept.sketches = slices.Delete(a.sums, at, at+1), slices.Delete(a.URLs, at, at+1), slices.Delete(a.kept.sketches, at, at+1)
}

// move puts a card that has changed from where it was to where it belongs. What lies between, and no more, makes room.
func (a *Archive) move(r *Renewal, from, to int, res *result) {
	shift(r.Was, from, to)
	shift(a.Cards, from, to)
	shift(a.keys, from, to)
	shift(a.cardKeys, from, to)
	shift(a.sums, from, to)
	shift(a.URLs, from, to)
	shift(a.kept.sketches, from, to)
	r.Was[to] = -1
	a.set(to, res)
}

// shift takes one of a list from its place to another.
func shift[E any](list []E, from, to int) {
	one := list[from]
	if from < to {
		copy(list[from:to], list[from+1:to+1])
	} else {
		copy(list[to+1:from+1], list[to:from])
	}
	list[to] = one
}

// regroupStories finds the stories that ran more than once: as before, where the texts that have come and gone are like no
// others.
func (a *Archive) regroupStories(r *Renewal) {
	k := a.kept
	var now []int
	if shifts(r.Was) {
		now = r.Now()
	}
	var changed []related.Sketch
	for i, was := range r.Was {
		if f, stood := r.Gone[i]; was < 0 && !(stood && now == nil && bytes.Equal(f.sketch, k.sketches[i])) {
			changed = append(changed, k.sketches[i])
		}
	}
	for at, f := range r.Gone {
		if now != nil || at >= len(r.Was) || !bytes.Equal(f.sketch, k.sketches[at]) {
			changed = append(changed, f.sketch)
		}
	}
	duplicates := a.reader.duplicates
	undecided := len(duplicates.Same)+len(duplicates.Different) == 0
	switch other := a.stories.Update(k.sketches, now, changed); {
	case other || !undecided:
		a.group(a.stories.Group(k.sketches, a.ids(), duplicates))
	case now != nil:
		a.AlsoRan = moved(a.AlsoRan, now)
	}
}

// moved is lists of cards by their new numbers.
func moved(lists map[int][]int, now []int) map[int][]int {
	all := make(map[int][]int, len(lists))
	for was, list := range lists {
		cards := make([]int, len(list))
		for n, i := range list {
			cards[n] = now[i]
		}
		all[now[was]] = cards
	}
	return all
}

// Now is where the cards stand that stood at each place before; -1 where one is gone or has changed.
func (r *Renewal) Now() []int {
	now := slices.Repeat([]int{-1}, len(r.Was)+len(r.Gone))
	for i, was := range r.Was {
		if was >= 0 {
			now[was] = i
		}
	}
	return now
}

// shifts reports whether any card that stays has another number.
func shifts(was []int) bool {
	for i, old := range was {
		if old >= 0 && old != i {
			return true
		}
	}
	return false
}
