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
// Cards stand in order of date, time and id, oldest first, undated before all. Every listing holds indexes into
// them, newest first.
package archive

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"

	"broadsheet/generator/diag"
	"broadsheet/generator/entity"
	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
	"broadsheet/generator/related"
	"broadsheet/generator/tag"
)

// Options says what to read and how. The zero value of a number is taken as it stands; see package config for the
// defaults of a site.
type Options struct {
	Roots     []Root // the site's content/ is one
	Authority string // folder of entities.toml and tags.toml; "" for the first root's
	Cache     string // folder for the cache; "" keeps it for this run alone
	Clean     bool   // do as if the cache were empty
	Program   string // hash of the executable: another program may find other things
	Jobs      int    // articles read at once; 0 for one a processor

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

	Progress func(done, total int) // called by the owner of the cards as articles arrive; may be nil
}

// Archive is every article's card and what the cards say together.
type Archive struct {
	Cards []news.Card
	URLs  []string // of each card, below the site's root

	Entities     []news.Entity // sorted by id
	Of           [][]int       // per card and cluster: index into Entities, or -1
	Tags         []news.Listing
	Sections     []news.Listing
	Publications []news.Listing
	Authors      []news.Listing
	AlsoRan      map[int][]int // of a card: the others that are the same story, in the archive's order

	Pages  []Page            // standing pages, sorted by URL
	Moved  map[string]Alias  // by the former address, below the root
	ByFile map[string]string // URL of each article and page that another one refers to, by its file below content/
	Found  diag.List         // every message, sorted
	Read   int               // articles read anew in this run
	Unlike Unknown           // front-matter keys nobody knows, with where they stand

	vocabulary *tag.Vocabulary
	cache      *cache
	keys       []string // per card: the key of its reading
	cardKeys   []string
	tree       *tree
	reader     *reader
}

// Unknown is the front-matter keys we do not know: kept for templates, and listed by check.
type Unknown = diag.List

// Open reads an archive. Its error is the machine's; what is wrong with the articles stands in Found. Close must be
// called in any case where the error is nil.
func Open(ctx context.Context, o Options) (*Archive, error) {
	if o.Jobs <= 0 {
		o.Jobs = runtime.GOMAXPROCS(0)
	}
	t, err := scan(o.Roots)
	if err != nil {
		return nil, fmt.Errorf("reading the content folder: %w", err)
	}
	c, err := openCache(o.Cache)
	if err != nil {
		return nil, fmt.Errorf("opening the cache: %w", err)
	}
	a := &Archive{tree: t, cache: c, Found: t.found}
	if err := a.open(ctx, o); err != nil {
		return nil, errors.Join(err, c.close())
	}
	return a, nil
}

func (a *Archive) open(ctx context.Context, o Options) error {
	d, err := a.readDecisions(o)
	if err != nil {
		return err
	}
	results, err := a.readArticles(ctx, o, d)
	if err != nil {
		return err
	}
	a.keep(results, o)
	a.resolve(d, o)
	a.group(d)
	a.place(o)
	a.list(o)
	if err := a.readPages(o); err != nil {
		return err
	}
	a.refer()
	a.Found = a.Found.Sorted()
	a.Unlike = a.Unlike.Sorted()
	return nil
}

// Close writes what the cache should keep.
func (a *Archive) Close() error { return a.cache.close() }

// resolve settles which entity each name in each article is.
func (a *Archive) resolve(d decisions, o Options) {
	r := entity.Resolve(a.Cards, d.authority, o.MinEntity)
	a.Entities, a.Of = r.Entities, r.Of
}

// group finds the stories that ran more than once.
func (a *Archive) group(d decisions) {
	sketches, ids := make([]related.Sketch, len(a.Cards)), make([]string, len(a.Cards))
	for i := range a.Cards {
		sketches[i], ids[i] = a.Cards[i].Sketch, a.Cards[i].ID
	}
	a.AlsoRan = map[int][]int{}
	for _, story := range related.Group(sketches, ids, d.duplicates) {
		for n, i := range story {
			a.AlsoRan[i] = slices.Concat(story[:n], story[n+1:])
		}
	}
}

// Tag is what tags.toml says of a tag.
func (a *Archive) Tag(slug string) (tag.Entry, bool) { return a.vocabulary.Lookup(slug) }

// Key is the hash of everything that made card i, its body included.
func (a *Archive) Key(i int) string { return manifest.Key(a.keys[i], a.cardKeys[i]) }

// File is where a file below content/ lies on this machine; false when there is none.
func (a *Archive) File(name string) (string, bool) {
	p, found := a.tree.paths[name]
	return p, found
}
