package archive

import (
	"bytes"
	"context"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"broadsheet/generator/entity"
	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
	"broadsheet/generator/related"
)

// kept is what Renew starts from.
type kept struct {
	o         Options
	decisions decisions
	last      []lastKeys // of each article, in the order of the tree
	sketches  []related.Sketch
	stories   *related.Stories
	resolver  *entity.Resolver
	messages  messagesOf      // by file, of the articles that have any
	ids       map[string]bool // of the cards; nil while nobody has asked
	places    map[string]bool // that are taken, in lower case; likewise
	renewed   bool
}

// Renewal is what has become of an archive's cards.
type Renewal struct {
	Was   []int           // of each card: where it stood before; -1 where it is new or has changed
	Gone  map[int]Former  // those that are gone or have changed, by where they stood before
	Files map[string]bool // below content/, which have come, gone or changed
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
	k.renewed = true
	changes, ok, err := a.tree.renew(files)
	if !ok || err != nil {
		return nil, err
	}
	if ok, err := a.reread(changes); !ok || err != nil {
		return nil, err
	}
	r := &Renewal{Gone: map[int]Former{}, Files: map[string]bool{}}
	for _, f := range files {
		r.Files[f] = true
	}
	if !a.exchange(r, changes) {
		return nil, nil
	}
	a.told = [steps]messages{scanned: a.told[scanned], placed: a.told[placed], paged: a.told[paged]}
	for _, m := range k.messages {
		a.say(m)
	}
	made := k.resolver.Update(a.Cards, r.Was)
	a.Entities, a.Of = made.Entities, made.Of
	a.regroupStories(r)
	a.replace(r)
	a.relist(r)
	a.refer()
	a.tellAll()
	return r, nil
}

// change is one article as it was and as it is; the zero source stands for none.
type change struct {
	before, after source
	was           *keptCard
	is            *result
}

// renew looks at files anew, and finds the articles they belong to. It reports false where another thing hangs on one.
func (t *tree) renew(files []string) (changes []change, ok bool, err error) {
	var stems []string
	for _, name := range files {
		if t.concernsNobody(name) {
			continue
		}
		if !belongsToArticle(name) {
			return nil, false, nil
		}
		stems = append(stems, strings.TrimSuffix(name, path.Ext(name)))
	}
	slices.Sort(stems)
	for _, stem := range slices.Compact(stems) {
		before, lone := t.source(stem)
		if lone {
			return nil, false, nil
		}
		for _, ext := range []string{".md", ".txt", ".toml"} {
			if ok, err := t.look(stem + ext); !ok || err != nil {
				return nil, false, err
			}
		}
		after, lone := t.source(stem)
		if lone {
			return nil, false, nil
		}
		for _, name := range []string{after.file, after.original} {
			if name != "" {
				t.at[name].article = true
			}
		}
		changes = append(changes, change{before: before, after: after})
	}
	return changes, true, nil
}

// concernsNobody reports whether a name is one that is never read, or is neither there nor was: a file that an editor
// made to save by renaming it.
func (t *tree) concernsNobody(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if hidden(part) {
			return true
		}
	}
	at, known := slices.BinarySearchFunc(t.files, name, func(f *input, name string) int { return strings.Compare(f.name, name) })
	for ; !known && at < len(t.files) && strings.HasPrefix(t.files[at].name, name); at++ {
		known = strings.HasPrefix(t.files[at].name, name+"/")
	}
	if known {
		return false
	}
	_, err := os.Lstat(filepath.Join(t.dir, filepath.FromSlash(name)))
	return os.IsNotExist(err)
}

// belongsToArticle reports whether a file is an article's own, its original's or its sidecar's, and nothing else.
func belongsToArticle(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if hidden(part) || part == defaultsFile || part == sectionFile {
			return false
		}
	}
	return IsSource(name) && !strings.HasPrefix(name, pagesFolder+"/") && !slices.Contains(decided, name) && !slices.Contains(unread, name)
}

// source is the article of a name without extension; alone says that there is a sidecar and no article.
func (t *tree) source(stem string) (s source, alone bool) {
	md, txt, sidecar := t.has(stem+".md"), t.has(stem+".txt"), t.has(stem+".toml")
	switch {
	case md != "":
		return source{md, txt, sidecar}, false
	case txt != "":
		return source{txt, txt, sidecar}, false
	}
	return source{}, sidecar != ""
}

// look sees whether a file is there, and what its stamp is. It reports false for what is no file.
func (t *tree) look(name string) (ok bool, err error) {
	info, err := os.Lstat(filepath.Join(t.dir, filepath.FromSlash(name)))
	at, known := slices.BinarySearchFunc(t.files, name, func(f *input, name string) int { return strings.Compare(f.name, name) })
	switch {
	case os.IsNotExist(err):
		if known {
			t.files = slices.Delete(t.files, at, at+1)
			delete(t.at, name)
		}
		return true, nil
	case err != nil:
		return false, err
	case !info.Mode().IsRegular():
		return false, nil
	case !known:
		t.at[name] = &input{name: name, dir: t.dir}
		t.files = slices.Insert(t.files, at, t.at[name])
	}
	f := t.at[name]
	*f = input{name: f.name, dir: f.dir, stamp: stamp{info.Size(), info.ModTime().UnixNano()}}
	return true, nil
}

// reread runs the per-article steps for the articles that have changed. It reports false where one teaches others something
// new.
func (a *Archive) reread(changes []change) (ok bool, err error) {
	k := a.kept
	a.reader.strings, a.reader.last, a.reader.Clean = newInterner(), k.lastKeys(a.tree.articles), false
	if ok, err := a.reader.relearn(changes); !ok || err != nil {
		return false, err
	}
	for n := range changes {
		c := &changes[n]
		at, found := slices.BinarySearchFunc(a.tree.articles, c.before.file, bySource)
		if c.before.file != "" && found && k.last[at] != (lastKeys{}) {
			value, _ := a.cache.get(k.last[at].card)
			if c.was, err = a.reader.decodeCard(value); err != nil {
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
	a.reader.strings, a.reader.last = nil, nil
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

// lastKeys is where each article was last kept.
func (k *kept) lastKeys(articles []source) func() map[string]lastKeys {
	return func() map[string]lastKeys {
		keys := make(map[string]lastKeys, len(k.last))
		for i, last := range k.last {
			if last != (lastKeys{}) {
				keys[articles[i].file] = last
			}
		}
		return keys
	}
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
		if stood && a.keepsPlace(at, card) {
			r.Was[at] = -1
			a.set(at, c.is)
			continue
		}
		if stood {
			a.drop(r, at)
		}
		at, _ = a.find(card)
		a.insert(r, at, c.is)
	}
	return true
}

// find is where a card stands, or belongs.
func (a *Archive) find(card *news.Card) (at int, found bool) {
	at = sort.Search(len(a.Cards), func(i int) bool { return compareCards(&a.Cards[i], card) >= 0 })
	return at, at < len(a.Cards) && compareCards(&a.Cards[at], card) == 0
}

// keepsPlace reports whether a card belongs where another stands.
func (a *Archive) keepsPlace(at int, card *news.Card) bool {
	return (at == 0 || compareCards(&a.Cards[at-1], card) < 0) && (at == len(a.Cards)-1 || compareCards(card, &a.Cards[at+1]) < 0)
}

func (a *Archive) set(at int, res *result) {
	a.Cards[at], a.keys[at], a.cardKeys[at], a.sums[at] = res.head.Card, res.readingKey, res.cardKey, res.head.sum
	a.kept.sketches[at], a.Cards[at].Sketch, a.URLs[at] = res.head.Card.Sketch, nil, ""
}

func (a *Archive) insert(r *Renewal, at int, res *result) {
	r.Was = slices.Insert(r.Was, at, -1)
	a.Cards, a.keys, a.cardKeys = slices.Insert(a.Cards, at, news.Card{}), slices.Insert(a.keys, at, ""), slices.Insert(a.cardKeys, at, "")
	a.sums, a.URLs, a.kept.sketches = slices.Insert(a.sums, at, manifest.Digest{}), slices.Insert(a.URLs, at, ""), slices.Insert(a.kept.sketches, at, nil)
	a.set(at, res)
}

func (a *Archive) drop(r *Renewal, at int) {
	r.Was = slices.Delete(r.Was, at, at+1)
	a.Cards, a.keys, a.cardKeys = slices.Delete(a.Cards, at, at+1), slices.Delete(a.keys, at, at+1), slices.Delete(a.cardKeys, at, at+1)
	a.sums, a.URLs, a.kept.sketches = slices.Delete(a.sums, at, at+1), slices.Delete(a.URLs, at, at+1), slices.Delete(a.kept.sketches, at, at+1)
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
	undecided := len(k.decisions.duplicates.Same)+len(k.decisions.duplicates.Different) == 0
	switch other := k.stories.Update(k.sketches, now, changed); {
	case other || !undecided:
		a.group(k.stories.Group(k.sketches, a.ids(), k.decisions.duplicates))
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

// replace settles the URLs of the new cards. Where one is wanted twice, or was, those of all cards are settled anew.
func (a *Archive) replace(r *Renewal) {
	k := a.kept
	if k.places == nil {
		a.notePlaces(func(i int) bool { return r.Was[i] >= 0 })
		for _, f := range r.Gone {
			k.places[strings.ToLower(f.URL)] = true
		}
	}
	if a.collided || !a.placeNew(r) {
		a.told[placed] = messages{}
		k.places = nil
		a.place(k.o)
	}
}

// notePlaces notes the addresses of some cards, and all aliases.
func (a *Archive) notePlaces(some func(card int) bool) {
	places := make(map[string]bool, len(a.URLs))
	for i, url := range a.URLs {
		if some(i) {
			places[strings.ToLower(url)] = true
		}
	}
	for alias := range a.Moved {
		places[strings.ToLower(alias)] = true
	}
	a.kept.places = places
}

// Takes reports whether the address is an article's, or an alias of one; those that differ in case alone are one. It can be
// asked of a renewed archive alone.
func (a *Archive) Takes(url string) bool {
	if a.kept.places == nil {
		a.notePlaces(func(int) bool { return true })
	}
	return a.kept.places[strings.ToLower(url)]
}

func (a *Archive) placeNew(r *Renewal) bool {
	places := a.kept.places
	for _, f := range r.Gone {
		delete(places, strings.ToLower(f.URL))
		for _, alias := range f.Aliases {
			delete(places, strings.ToLower(alias))
			delete(a.Moved, alias)
		}
	}
	take := func(url string) bool {
		folded := strings.ToLower(url)
		free := !places[folded]
		places[folded] = true
		return free
	}
	for i, was := range r.Was {
		if was < 0 {
			a.URLs[i] = wanted(&a.Cards[i], a.kept.o)
			if !take(a.URLs[i]) {
				return false
			}
		}
	}
	for i, was := range r.Was {
		if was >= 0 {
			continue
		}
		for _, alias := range a.Cards[i].Aliases {
			if !take(alias) {
				return false
			}
			a.Moved[alias] = Alias{a.URLs[i], a.Cards[i].File}
		}
	}
	return true
}

// relist brings the listings up to date.
func (a *Archive) relist(r *Renewal) {
	a.plainSections()
	now := r.Now()
	for _, g := range a.groupings(a.kept.o) {
		*g.listings = a.regroup(g, r, now)
	}
	a.noteTags()
	for _, f := range r.Gone {
		if at, found := slices.BinarySearch(a.files, f.File); found {
			a.files = slices.Delete(a.files, at, at+1)
		}
	}
	for i, was := range r.Was {
		if was < 0 && len(a.tree.sections) > 0 {
			at, _ := slices.BinarySearch(a.files, a.Cards[i].File)
			a.files = slices.Insert(a.files, at, a.Cards[i].File)
		}
	}
	a.nameSections()
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

// regroup brings one kind of listing up to date: the groups of the cards that have gone or come are made anew, the
// others' cards get their new numbers.
func (a *Archive) regroup(g grouping, r *Renewal, now []int) []news.Listing {
	came := map[string][]int{} // by slug; rising
	anew := map[string]bool{}
	for _, f := range r.Gone {
		for _, t := range g.of(&f.Card) {
			anew[t.Slug] = true
		}
	}
	for i, was := range r.Was {
		if was >= 0 {
			continue
		}
		for _, t := range g.of(&a.Cards[i]) {
			anew[t.Slug] = true
			if cards := came[t.Slug]; len(cards) == 0 || cards[len(cards)-1] != i {
				came[t.Slug] = append(cards, i)
			}
		}
	}
	list := *g.listings
	shifted := shifts(r.Was)
	made := make([]news.Listing, 0, len(list)+len(came))
	for _, l := range list {
		slug := strings.TrimPrefix(l.ID, g.folder+"/")
		if !anew[slug] && !shifted {
			made = append(made, l)
			continue
		}
		cards := make([]int, 0, len(l.Cards)+len(came[slug]))
		for _, was := range l.Cards {
			if i := now[was]; i >= 0 {
				cards = append(cards, i)
			}
		}
		if anew[slug] {
			cards = append(cards, came[slug]...)
			slices.SortFunc(cards, func(a, b int) int { return b - a })
			delete(came, slug)
			if len(cards) == 0 {
				continue
			}
			l = g.listing(slug, &a.Cards[cards[len(cards)-1]])
		}
		l.Cards, l.Page = cards, len(cards) >= g.least
		made = append(made, l)
	}
	for slug, cards := range came {
		l := g.listing(slug, &a.Cards[cards[0]])
		slices.Reverse(cards)
		l.Cards, l.Page = cards, len(cards) >= g.least
		made = append(made, l)
	}
	slices.SortFunc(made, func(x, y news.Listing) int { return strings.Compare(x.ID, y.ID) })
	return made
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
