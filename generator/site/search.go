package site

import (
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/js"

	"broadsheet/generator/manifest"
	"broadsheet/generator/markdown"
	"broadsheet/generator/news"
	"broadsheet/generator/prose"
	"broadsheet/generator/render"
	"broadsheet/generator/search"
)

const (
	searchURL    = "search.html"
	searchFolder = "search/" // the index, the scripts that read it, and the tables
	stemFolder   = searchFolder + "stem/"
	stemURL      = searchFolder + "stem.js"
	describedURL = "opensearch.xml"
)

// searched reports whether there is a search.
func (p *plan) searched() bool { return p.o.Search && len(p.Cards) > 0 }

// chooseScripts takes of the theme's stemmers that of the site's language, and no scripts at all where there is no search. The
// theme's own go out as small as they can be made, which is two thirds; a site's are copied as they are.
func (p *plan) chooseScripts() {
	stemmer, ships := p.static[stemFolder+cmp.Or(search.Stemmer(p.o.Language), "none")+".js"]
	if _, own := p.static[stemURL]; ships && !own {
		p.static[stemURL] = stemmer
	}
	maps.DeleteFunc(p.static, func(name string, _ []byte) bool { return strings.HasPrefix(name, stemFolder) })
	scripts, _ := fs.Glob(p.o.Static[0], searchFolder+"*.*")
	smaller := minify.New()
	for _, name := range scripts {
		if theme, err := fs.ReadFile(p.o.Static[0], name); err == nil && path.Ext(name) == ".js" && bytes.Equal(theme, p.static[name]) {
			var small bytes.Buffer
			if js.Minify(smaller, &small, bytes.NewReader(theme), nil) == nil {
				p.static[name] = small.Bytes()
			}
		}
	}
	if !p.searched() {
		for _, name := range append(scripts, stemURL) {
			delete(p.static, name)
		}
	}
}

// search plans the page of the search. The index is no part of the plan: how many files it has shows when it is made.
func (p *sheet) search() {
	if !p.searched() {
		return
	}
	if folder := strings.TrimSuffix(searchFolder, "/"); !p.again {
		p.claimed[folder] = folder // nobody else's files lie there
	}
	described := ""
	if p.o.BaseURL != "" {
		described = describedURL
		p.add(describedURL, keyOf("opensearch", p.o.Program, p.o.Title, p.o.Description, p.o.BaseURL), p.describeSearch)
	}
	tables := p.tableLinks()
	var h manifest.Hasher
	h.String(described)
	h.Bool(p.o.Packs)
	links(&h, tables)
	p.render(searchURL, "search.html", &h, func() any {
		page := p.page(searchURL, p.words.Search)
		page.NoIndex = true
		return &render.Search{Page: page, Described: described, Packs: p.o.Packs, Tables: tables}
	})
}

// describeSearch writes what lets a browser offer the search (OpenSearch 1.1).
func (p *plan) describeSearch(b *bytes.Buffer) error {
	type address struct {
		Type     string `xml:"type,attr"`
		Template string `xml:"template,attr"`
	}
	description := struct {
		XMLName       xml.Name `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
		ShortName     string
		Description   string
		InputEncoding string
		URL           address `xml:"Url"`
	}{
		ShortName: p.o.Title, Description: cmp.Or(p.o.Description, p.o.Title), InputEncoding: "UTF-8",
		URL: address{"text/html", p.absolute(searchURL) + "?q={searchTerms}"},
	}
	b.WriteString(xml.Header)
	e := xml.NewEncoder(b)
	e.Indent("", "  ")
	return e.Encode(description)
}

// index adds the files of the search index to the plan. A segment whose key stands in the manifest, with all its files
// in place, is not made again. What is made waits in a spool until the output has been written.
func (p *plan) index(ctx context.Context, out *output, s *spool) error {
	if !p.searched() {
		return os.RemoveAll(filepath.Join(p.o.State, runsFolder))
	}
	dates := make([]news.Date, len(p.Cards))
	for i := range p.Cards {
		dates[i] = p.Cards[i].Date
	}
	x := &indexer{plan: p, out: out, spool: s, cut: search.Cut(dates), standing: map[manifest.Digest]manifest.Manifest{}}
	x.look()
	segments, err := x.segments(ctx)
	if err != nil {
		return err
	}
	names, err := x.entityNames(ctx)
	if err != nil {
		return err
	}
	x.tables()
	root, words := search.Roots(p.o.Language, p.o.Packs, segments, names)
	x.write(search.RootFile, root)
	x.write(search.WordsFile, words)
	return nil
}

// indexer makes the files of the search index.
type indexer struct {
	*plan
	out      *output
	spool    *spool
	cut      []search.Segment
	standing map[manifest.Digest]manifest.Manifest // by key: the files of the last build's index
	heads    [][]byte                              // of that index's segments, and
	named    []byte                                // of its names
}

// look notes what the last build left.
func (x *indexer) look() {
	if x.o.Clean {
		return
	}
	roots := map[string][]byte{}
	first, _ := slices.BinarySearchFunc(x.out.old, searchFolder, func(e manifest.Entry, name string) int { return cmp.Compare(e.Path, name) })
	for _, e := range x.out.old[first:] {
		name, below := strings.CutPrefix(e.Path, searchFolder)
		if !below {
			break
		}
		x.standing[e.Key] = append(x.standing[e.Key], e)
		if (name == search.RootFile || name == search.WordsFile) && x.out.has(e) {
			roots[name], _ = os.ReadFile(x.out.place(e.Path)) // without, all is made anew
		}
	}
	x.heads, x.named, _ = search.Heads(roots[search.RootFile], roots[search.WordsFile])
}

func (x *indexer) add(path string, key manifest.Digest, write func(*bytes.Buffer) error) {
	x.parts = append(x.parts, part{first: len(x.pages), count: 1})
	x.pages = append(x.pages, page{path: path, key: key, write: write})
}

func (x *indexer) write(name string, content []byte) {
	x.add(searchFolder+name, manifest.DigestOf(content), func(b *bytes.Buffer) error {
		b.Write(content)
		return nil
	})
}

// segments makes those that have changed, and gives the heads of all. Runs of articles that have not changed are taken as they were kept.
func (x *indexer) segments(ctx context.Context) (heads [][]byte, err error) {
	keys, err := x.articleKeys(ctx)
	if err != nil {
		return nil, err
	}
	runs := &search.Runs{Folder: filepath.Join(x.o.State, runsFolder)}
	if x.o.Clean {
		if err := os.RemoveAll(runs.Folder); err != nil {
			return nil, fmt.Errorf("removing what an earlier build kept: %w", err)
		}
	}
	for n, s := range x.cut {
		source := search.Source{
			Articles: s.End - s.First, Blocks: s.Blocks, Language: x.o.Language, Scratch: x.o.State, Packed: x.o.Packs, Jobs: workers(x.o.Jobs),
			Read: func(i int) (search.Article, error) { return x.article(s.First + i) },
			Runs: runs, Key: func(i int) manifest.Digest { return keys[s.First+i] },
		}
		runs.Use(source)
		var last []byte
		if n < len(x.heads) {
			last = x.heads[n]
		}
		head, err := x.bundle(x.segmentKey(n, s.Blocks, keys[s.First:s.End]), search.SegmentFolder(n), last, func(put func(string, []byte) error) ([]byte, error) {
			return search.WriteSegment(ctx, source, put)
		})
		if err != nil {
			return nil, err
		}
		heads = append(heads, head)
	}
	return heads, runs.Prune()
}

// runsFolder is where runs are kept, below the site's state.
const runsFolder = "search"

// articleKeys is of each article the hash of all that the index has of it.
func (x *indexer) articleKeys(ctx context.Context) ([]manifest.Digest, error) {
	var one manifest.Hasher
	keys := make([]manifest.Digest, len(x.Cards))
	for i := range keys {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		one.Reset()
		one.String(x.o.Program)
		one.Digest(x.Key(i))
		one.String(x.URLs[i])
		for _, n := range x.names[i] {
			one.String(x.Entities[n].ID)
			one.Bool(x.About(n, i))
		}
		keys[i] = one.Key()
	}
	return keys, nil
}

// segmentKey is the hash of all that the nth segment is made from.
func (x *indexer) segmentKey(n, blocks int, articles []manifest.Digest) manifest.Digest {
	var all manifest.Hasher
	all.String(search.SegmentFolder(n))
	all.Int(blocks)
	all.Bool(x.o.Packs)
	all.String(x.o.Program)
	all.String(x.o.Language)
	for _, key := range articles {
		all.Digest(key)
	}
	return all.Key()
}

// article is what is indexed of card i.
func (x *indexer) article(i int) (search.Article, error) {
	c := &x.Cards[i]
	a := search.Article{
		Title: c.Title, Deck: c.Deck, Date: c.Date,
		Card: search.Card{URL: escape(x.URLs[i]), Title: x.heading(c), Date: withoutClock(c.Date), Publication: x.publication(c)},
	}
	a.Terms = x.terms(i)
	if c.Rights == news.Metadata {
		return a, nil // with positions, an index gives away a text
	}
	body, err := x.Body(i)
	a.Text = markdown.Parse([]byte(body)).Text()
	return a, err
}

// terms is what card i is found by beside its words.
func (x *indexer) terms(i int) []search.Term {
	c := &x.Cards[i]
	var terms []search.Term
	for _, n := range x.names[i] {
		impact := search.Passing
		if x.About(n, i) {
			impact = search.About
		}
		terms = append(terms, search.Term{ID: x.Entities[n].ID, Impact: impact})
	}
	said := func(folder string, slugs ...string) {
		for _, slug := range slugs {
			if slug != "" {
				terms = append(terms, search.Term{ID: folder + "/" + slug, Impact: search.Passing})
			}
		}
	}
	for _, t := range c.Tags {
		said("tags", t.Slug)
	}
	for _, author := range c.Authors {
		said("authors", prose.Slug(author))
	}
	said("sections", prose.Slug(c.Section))
	said("publications", prose.Slug(c.Publication))
	said("languages", prose.Slug(c.Language))
	return terms
}

// entityNames makes the files that lead from names to entities, and gives their head.
func (x *indexer) entityNames(ctx context.Context) (head []byte, err error) {
	var names []search.Name
	var labels []search.Label
	var h manifest.Hasher
	h.String("names")
	h.Bool(x.o.Packs)
	h.String(x.o.Program)
	end := x.cut[0].End // of all but the newest
	label := func(id, text string, articles, older int) {
		common := older*labelOf >= end
		if common || articles*labelOf >= len(x.Cards) {
			labels = append(labels, search.Label{ID: id, Text: text, Newest: !common})
		}
	}
	pageFrom := math.MaxInt32
	for n := range x.Entities {
		e := &x.Entities[n]
		if len(e.Articles) == 0 {
			continue
		}
		older := 0
		for _, a := range e.Articles {
			if int(a.Card) < end {
				older++
			}
		}
		newest := older == 0
		h.Bool(newest)
		name := func(text string) {
			h.String(text)
			names = append(names, search.Name{Text: text, ID: e.ID, Name: e.Name, Newest: newest})
		}
		if e.Page {
			pageFrom = min(pageFrom, len(e.Articles))
		}
		h.Digest(x.linked[n])
		name(e.Name)
		for _, s := range e.Spellings {
			if strings.Contains(s.Text, " ") || e.Kind != news.Person {
				name(s.Text)
			}
		}
		for _, alias := range x.Aliases(e.ID) {
			name(alias)
		}
		label(e.ID, e.Name, len(e.Articles), older)
	}
	for _, l := range x.Tags {
		older := 0
		for _, i := range l.Cards {
			if i < end {
				older++
			}
		}
		label(l.ID, l.Label, len(l.Cards), older)
	}
	h.Int(pageFrom)
	for _, l := range labels {
		h.String(l.ID)
		h.String(l.Text)
		h.Bool(l.Newest)
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return x.bundle(h.Key(), search.NamesFolder, x.named, func(put func(string, []byte) error) ([]byte, error) {
		return search.WriteNames(names, labels, pageFrom, x.o.Packs, put)
	})
}

// labelOf is how many articles have one about what a facet's value stands for, at most: of all, or of all but the newest.
const labelOf = 1024

// bundle makes the files of a key in a folder, or takes those in place, and gives their head, which is the last one if they stand. A
// file that comes out as it was is not written again.
func (x *indexer) bundle(key manifest.Digest, folder string, last []byte, write func(put func(string, []byte) error) ([]byte, error)) (head []byte, err error) {
	if last != nil && x.kept(key) {
		return last, nil
	}
	return write(func(name string, content []byte) error {
		f, err := x.spool.put(content)
		x.add(searchFolder+folder+"/"+name+search.Extension, key, func(b *bytes.Buffer) error { return x.spool.copy(b, f) })
		return err
	})
}

// kept adds the files of a key, if the last build left them all in place.
func (x *indexer) kept(key manifest.Digest) (stands bool) {
	entries := x.standing[key]
	for _, e := range entries {
		if !x.out.has(e) {
			return false
		}
	}
	for _, e := range entries {
		x.add(e.Path, key, func(*bytes.Buffer) error { return fmt.Errorf("%s went away while the site was built", e.Path) })
	}
	return len(entries) > 0
}

// spool holds files that are made before it is known where they will stand, on disk.
type spool struct {
	folder string
	file   *os.File // nil while it holds nothing
	end    int64
}

// spooled is one file of a spool.
type spooled struct {
	at   int64
	size int
}

func (s *spool) put(b []byte) (f spooled, err error) {
	if s.file == nil {
		if s.file, err = os.CreateTemp(s.folder, "search-"); err == nil {
			os.Remove(s.file.Name()) // the open handle is all we need; where that fails (Windows), it goes in the end
		}
	}
	if err == nil {
		_, err = s.file.WriteAt(b, s.end)
	}
	if err != nil {
		return f, fmt.Errorf("writing the search index: %w", err)
	}
	f = spooled{s.end, len(b)}
	s.end += int64(len(b))
	return f, nil
}

// copy adds a file to b.
func (s *spool) copy(b *bytes.Buffer, f spooled) error {
	content := make([]byte, f.size)
	if _, err := s.file.ReadAt(content, f.at); err != nil {
		return fmt.Errorf("reading back the search index: %w", err)
	}
	b.Write(content)
	return nil
}

func (s *spool) close() error {
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	os.Remove(s.file.Name())
	return err
}

// withoutClock is a date as a hit shows it.
func withoutClock(d news.Date) string {
	d.Clock = ""
	return d.String()
}
