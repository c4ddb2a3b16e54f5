// Package archive turns the files of content/ into the cards of an archive: it runs the per-article steps, keeps
// their results, and runs the steps that need every card. It is where build, inspect and check start.
//
// What is an article, a sidecar, a page or a section follows from names alone (file scan.go). Per article, later
// sources of a field win over earlier ones: the folders' _defaults.toml from the outermost in, what was found in the
// text, the sidecar, the front matter.
//
// Each per-article result is cached under the hash of exactly what it depends on, with its diagnostics:
//
//	reading   program, path, the bytes of article, original, sidecar and defaults, the settings read
//	card      the reading, entities.toml, tags.toml, how tags are assigned
//
// A card is kept with the traces of what its article may ask of entities.toml, and counts under another entities.toml too, where
// that says nothing else to such an article (package entity, Revision).
//
// Cards stand in order of date, time and id, oldest first, undated before all. Every listing holds indexes into
// them, newest first.
//
// An archive that is kept can be renewed after a few articles have changed (file renew.go), and so can the one that another
// process made (file reopen.go): beside the cache lie the stamps of its files, the keys of its cards and what the steps that need
// every card have made of them, all under the key of its inputs.
package archive

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"broadsheet/generator/diag"
	"broadsheet/generator/entity"
	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
	"broadsheet/generator/published"
	"broadsheet/generator/related"
	"broadsheet/generator/tag"
)

// Options says what to read and how. The zero value of a number is taken as it stands; see package config for the
// defaults of a site. What an archive does not depend on has no place in its JSON, which is part of the inputs' key.
type Options struct {
	Roots     []Root `json:"-"` // the site's content/ is one
	Authority string `json:"-"` // folder of entities.toml and tags.toml; "" for the first root's
	Cache     string `json:"-"` // folder for the cache; "" keeps it for this run alone
	Clean     bool   `json:"-"` // do as if the cache were empty
	Program   string // hash of the executable: another program may find other things
	Lean      bool   `json:"-"` // forget what no page shows: the Clusters of Cards, half of what they hold
	Renewable bool   `json:"-"` // keep what Renew needs
	Jobs      int    `json:"-"` // articles read at once; 0 for one a processor

	Plain   bool // every .txt is body from end to end
	Drafts  bool // keep drafts
	Private bool // keep what rights = "private" holds back: for the preview

	Language    string
	Publication string
	Rights      news.Rights
	DateOrder   string
	Charset     string // of texts that are not UTF-8
	Recognize   bool
	AssignTags  string // untagged, all, none
	Permalink   string
	MinEntity   int // articles before an entity has a page
	MinTag      int // articles before a tag has a page

	Progress func(done, total int) `json:"-"` // called by the owner of the cards as articles arrive; may be nil
}

// Archive is every article's card and what the cards say together.
type Archive struct {
	Inputs manifest.Digest // key of all that it was made from

	Cards []news.Card
	URLs  []string // of each card, below the site's root

	Entities     []news.Entity // sorted by id
	Of           [][]int32     // per card and cluster: index into Entities, or -1
	Tags         []news.Listing
	Sections     []news.Listing
	Publications []news.Listing
	Authors      []news.Listing
	AlsoRan      map[int][]int // of a card: the others that are the same story, the nearest in the archive's order

	Pages  []Page            // standing pages, sorted by URL
	Moved  map[string]Alias  // by the former address, below the root
	Kept   map[string]string // where an address leads that was published, or that another form of a published name would have
	Lost   []published.Line  // what was published and leads nowhere
	ByFile map[string]string // URL of each article and page that another one refers to, by its file below content/
	Found  diag.List         // every message, sorted
	Read   int               // articles read anew since it was opened
	Unlike Unknown           // front-matter keys nobody knows, with where they stand

	authority  *entity.Authority
	vocabulary *tag.Vocabulary
	cache      *cache
	keys       []manifest.Digest // per card: the key of its reading
	cardKeys   []manifest.Digest
	sums       []manifest.Digest // per card: hash of what the authority files made of its reading
	tree       *tree
	stamps     *stamps
	reader     *reader
	told       [steps]messages  // by the step that says it
	files      []string         // of the cards, sorted; nil where no _index.md asks for them
	titled     []news.Listing   // as they were before an _index.md titled them
	heads      []sectionHead    // what each _index.md says; nil while nobody has asked
	lacks      map[lack]lacking // pictures that are not there
	collided   bool             // two cards want one URL
	contested  bool             // two articles claim one id
	kept       *kept            // what Renew starts from; nil unless the options ask for it

	resolver *entity.Resolver  // nil once it is written down, unless the archive is renewed
	stories  *related.Stories  // likewise
	lastKeys []manifest.Digest // per card of the last build, if that was taken up: the key of its card
	lost     bool              // one of them was not found
}

// step is one of those that make an archive, by what they say.
type step int

const (
	scanned step = iota
	gathered
	placed
	listed
	paged
	referred
	steps
)

func (a *Archive) tell(s step, list ...diag.Diagnostic) {
	a.told[s].Found = append(a.told[s].Found, list...)
}

// tellAll puts together what all steps say.
func (a *Archive) tellAll() {
	a.Found, a.Unlike = nil, nil
	for _, m := range a.told {
		a.Found = append(a.Found, m.Found...)
		a.Unlike = append(a.Unlike, m.Unknown...)
	}
	a.Found, a.Unlike = a.Found.Sorted(), a.Unlike.Sorted()
}

// Unknown is the front-matter keys we do not know: kept for templates, and listed by check.
type Unknown = diag.List

// Open reads an archive. Its error is the machine's, or the faults of its inputs; what is wrong with the articles stands in Found.
// Close must be called in any case where the error is nil.
func Open(ctx context.Context, o Options) (*Archive, error) {
	in, err := Look(ctx, o)
	if err != nil {
		return nil, err
	}
	return in.Open(ctx)
}

// Open reads the archive that the inputs make.
func (in *Inputs) Open(ctx context.Context) (*Archive, error) {
	if err := in.Faults().Err(); err != nil {
		return nil, err
	}
	c, err := openCache(in.o.Cache)
	if err != nil {
		return nil, fmt.Errorf("opening the cache: %w", err)
	}
	a := in.begin(c)
	results, err := a.readArticles(ctx, in.o)
	last := lastOf(results)
	if err == nil {
		err = a.assemble(results, last, in.o)
	}
	if err == nil {
		err = a.leave(last, in.o)
	}
	if err != nil {
		return nil, errors.Join(err, c.abandon())
	}
	if a.kept == nil {
		a.resolver, a.stories = nil, nil
	}
	return a, nil
}

// begin is the archive before any article has been read.
func (in *Inputs) begin(c *cache) *Archive {
	d, _ := in.decisions()
	a := &Archive{tree: in.tree, cache: c, stamps: in.known, vocabulary: d.vocabulary}
	a.tell(scanned, in.Faults()...)
	a.reader = &reader{Options: in.o, decisions: d, tree: a.tree, cache: a.cache}
	return a
}

// leave writes down what the next build may start from: which files the archive is made from, and where their cards are. Every
// article has been read.
func (a *Archive) leave(last []lastKeys, o Options) error {
	authority := a.reader.written
	a.Inputs, _ = a.tree.key(basisOf(o, authority))
	var work errgroup.Group
	work.Go(func() error { return a.stamps.keep(a.tree) })
	work.Go(func() error { return readLast(o).keep(a.Inputs, authority, a.tree.articles, last) })
	work.Go(func() error { return a.keepNames(o) })
	if err := work.Wait(); err != nil {
		return fmt.Errorf("writing the cache: %w", err)
	}
	return nil
}

// assemble runs the steps that need every card. The results are spent then: they would take as much as the cards.
func (a *Archive) assemble(results []result, last []lastKeys, o Options) error {
	d := a.reader.decisions
	a.reader.strings, a.reader.last, a.reader.revised = nil, nil, nil
	if o.Renewable {
		a.kept = &kept{o: o, last: last, messages: collectMessages(a.tree.articles, results)}
	}
	sketches := a.keep(results, o)
	if a.kept != nil {
		a.kept.sketches = sketches
	}
	if a.resolver != nil {
		a.lastKeys = slices.Clone(a.cardKeys)
	}
	together(func() { a.resolve(d, o) }, func() { a.findStories(sketches, d) }, func() {
		a.place(o)
		a.list(o)
	})
	if err := a.readPages(o); err != nil {
		return err
	}
	a.keepAddresses()
	a.refer()
	a.tellAll()
	return nil
}

// findStories finds the stories that ran more than once.
func (a *Archive) findStories(sketches []related.Sketch, d decisions) {
	if a.stories == nil {
		a.stories = related.NewStories(sketches)
	}
	a.group(a.stories.Group(sketches, a.ids(), d.duplicates))
}

// together runs steps of which none needs what another makes.
func together(steps ...func()) {
	var work sync.WaitGroup
	for _, step := range steps {
		work.Go(step)
	}
	work.Wait()
}

// Close writes what the cache should keep.
func (a *Archive) Close() error {
	if !a.cache.ours() {
		return a.cache.file.Close() // somebody else's cache is not ours to write to
	}
	var err error
	if k := a.kept; k != nil && k.renewed {
		err = a.leave(k.last, k.o)
	}
	return errors.Join(err, a.cache.close())
}

// resolve settles which entity each name in each article is.
func (a *Archive) resolve(d decisions, o Options) {
	if a.resolver == nil {
		a.resolver = entity.NewResolver(d.authority, o.MinEntity)
		a.resolver.Update(a.Cards, nil)
	}
	if a.kept == nil {
		a.resolver.Forget()
	}
	r := a.resolver.Resolution()
	a.Entities, a.Of, a.authority = r.Entities, r.Of, d.authority
	for i := range a.Cards {
		if o.Lean {
			a.Cards[i].Clusters = nil
		}
	}
}

func (a *Archive) ids() []string {
	ids := make([]string, len(a.Cards))
	for i := range a.Cards {
		ids[i] = a.Cards[i].ID
	}
	return ids
}

// mostRan is how many others of its story an article has on either side: thousands of texts may say "No text." and no more.
const mostRan = 20

// group notes the stories that ran more than once.
func (a *Archive) group(stories [][]int) {
	a.AlsoRan = map[int][]int{}
	for _, story := range stories {
		for n, i := range story {
			a.AlsoRan[i] = slices.Concat(story[max(n-mostRan, 0):n], story[n+1:min(n+1+mostRan, len(story))])
		}
	}
}

// Unshown is how many articles the archive has no card of: drafts, what rights hold back, files without a text.
func (a *Archive) Unshown() int { return len(a.tree.articles) - len(a.Cards) }

// Tag is what tags.toml says of a tag.
func (a *Archive) Tag(slug string) (tag.Entry, bool) { return a.vocabulary.Lookup(slug) }

// Aliases is the other names that entities.toml gives an entity.
func (a *Archive) Aliases(id string) []string { return a.authority.Aliases(id) }

// Key is the hash of everything that made card i, its body included. The authority files count by what they made of it: a
// new entry leaves the keys of the articles that do not name it as they are.
func (a *Archive) Key(i int) manifest.Digest {
	var h manifest.Hasher
	h.Digest(a.keys[i])
	h.Digest(a.sums[i])
	return h.Key()
}

// File is where a file below content/ lies on this machine; false when there is none.
func (a *Archive) File(name string) (string, bool) {
	f := a.tree.file(name)
	if f == nil {
		return "", false
	}
	return f.path(), true
}

// FileKey is a hash of a file below content/: of its bytes, if an article is made of it, else of its size and time.
func (a *Archive) FileKey(name string) manifest.Digest {
	f := a.tree.file(name)
	if f == nil {
		return manifest.Digest{}
	}
	return f.sum
}
