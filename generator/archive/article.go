package archive

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/entity"
	"broadsheet/generator/frontmatter"
	"broadsheet/generator/ingest"
	"broadsheet/generator/manifest"
	"broadsheet/generator/markdown"
	"broadsheet/generator/news"
	"broadsheet/generator/prose"
	"broadsheet/generator/published"
	"broadsheet/generator/related"
	"broadsheet/generator/tag"
)

// reading is what an article's own files make of it: all but what the authority files say.
type reading struct {
	Article  news.Article // no Mentions, no Clusters
	Language string       // the text was read with: its sidecar's or its folders'
	Genre    string       // likewise
	Machine  entity.Found
	Messages messages
	SetAside bool // front matter that cannot be parsed: the article as it last was stands
	Empty    bool // nothing in the file, or no text
}

// draft is a reading in the making. Its body is parsed once, whichever step asks for it first.
type draft struct {
	reading
	doc *markdown.Document
}

// document is the body, once nothing changes it any more.
func (d *draft) document() *markdown.Document {
	if d.doc == nil {
		d.doc = markdown.Parse([]byte(d.Article.Body))
	}
	return d.doc
}

// carded is what the authority files then make of a reading.
type carded struct {
	Sum      manifest.Digest // of what follows, as it is kept
	Traces   entity.Traces   // of the reading: by them it is found when an authority changes
	Head     cardHead
	Clusters []news.Cluster // the card's
	Mentions []news.Mention
}

// cardHead is the part of it that every build needs of every article: the card, without its Clusters, and the reading's messages.
type cardHead struct {
	Card     news.Card
	Sketch   related.Sketch // of the text
	Messages messages
}

// keptCard is a card head as the cache has it.
type keptCard struct {
	cardHead
	sum manifest.Digest
}

// messages is what is said about an article's files.
type messages struct {
	Found   diag.List
	Unknown diag.List
}

// decisions is what people have said about names, tags, lines and stories that ran twice, and which addresses were published.
type decisions struct {
	authority   *entity.Authority
	vocabulary  *tag.Vocabulary
	duplicates  related.Decisions
	boilerplate *ingest.Decisions
	published   *published.Record
	written     map[string][]byte // the files that say so, by name
	key         string            // of those a card depends on: names and tags
}

// reader runs the per-article steps. It may be used by many workers: what it holds does not change.
type reader struct {
	Options
	decisions
	tree    *tree
	cache   *cache
	last    func(file string) (lastKeys, bool) // where an article was last kept
	revised func() *entity.Revision            // what has been said otherwise of names since then; nil where more has changed
	strings *interner
	*lessons
}

// result is what a worker sends back of one article.
type result struct {
	readingKey, cardKey manifest.Digest
	reading             []byte    // to be put into the cache; nil when it came from there
	card                []byte    // likewise
	head                *keptCard // nil when the article is left out
	left                messages  // of an article that is left out or set aside
	anew                bool
}

// article runs the steps for one source. Where its card is known, nothing of it is read.
func (r *reader) article(s source) (result, error) {
	files, err := r.files(s)
	if err != nil {
		return result{}, err
	}
	told, err := r.lesson(s.original)
	if err != nil {
		return result{}, err
	}
	var res result
	res.readingKey = r.readingKey(s, files, told)
	res.cardKey = r.cardKey(res.readingKey)
	if !r.Clean && r.cache.lend(res.cardKey, func(value []byte) { res.head, err = r.decodeCard(value, s.file, true) }) && err == nil {
		return res, nil
	}
	if head, key, found := r.unconcerned(s, res.readingKey); found {
		res.head, res.cardKey = head, key
		return res, nil
	}
	var made draft
	if value, found := r.lookUp(res.readingKey); !found || readingCoder.decode(value, &made.reading) != nil {
		if err := r.load(files); err != nil {
			return result{}, err
		}
		res.readingKey = r.readingKey(s, files, told) // somebody may have written to them since they were weighed
		res.anew = true
		made = r.read(s, files, told)
		res.reading = readingCoder.encode(&made.reading)
	}
	switch {
	case made.Empty:
		res.left = made.Messages
		return res, nil
	case made.SetAside:
		return r.setAside(s, res, made.Messages), nil
	}
	return r.card(&made, res)
}

func (r *reader) lookUp(key manifest.Digest) ([]byte, bool) {
	if r.Clean {
		return nil, false
	}
	return r.cache.get(key)
}

// file is one file's name and hash, and its bytes once they are read.
type file struct {
	name  string
	sum   manifest.Digest
	bytes []byte
}

// files is everything an article is made from: its own file first, then original, sidecar and defaults. What is not
// known to be as it was is read.
func (r *reader) files(s source) ([]file, error) {
	names := []string{s.file}
	if s.original != "" && s.original != s.file {
		names = append(names, s.original)
	}
	if s.sidecar != "" {
		names = append(names, s.sidecar)
	}
	names = append(names, r.tree.defaults(s.file)...)
	files := make([]file, len(names))
	for i, name := range names {
		in := r.tree.file(name)
		files[i] = file{name: name, sum: in.sum}
		if !in.unknown() {
			continue
		}
		if err := r.load(files[i : i+1]); err != nil {
			return nil, err
		}
		in.sum = files[i].sum
	}
	return files, nil
}

// load reads those files that are not read yet.
func (r *reader) load(files []file) error {
	for i := range files {
		f := &files[i]
		if f.bytes != nil {
			continue
		}
		b, err := r.tree.read(f.name)
		if err != nil {
			return fmt.Errorf("reading an article: %w", err)
		}
		f.bytes, f.sum = b, manifest.DigestOf(b)
	}
	return nil
}

// readingKey is the hash of exactly what a reading depends on.
func (r *reader) readingKey(s source, files []file, told lesson) manifest.Digest {
	var k manifest.Hasher
	for _, part := range []string{"reading", r.Program, s.file, s.original, s.sidecar, r.Options.Language, r.Publication, string(r.Rights), r.DateOrder} {
		k.String(part)
	}
	k.Bool(r.Plain)
	k.Bool(r.Recognize)
	k.String(r.Charset)
	told.key(&k)
	for _, f := range files {
		k.String(f.name)
		k.Digest(f.sum)
	}
	return k.Key()
}

// cardKey is the hash of exactly what a card depends on.
func (r *reader) cardKey(reading manifest.Digest) manifest.Digest {
	var k manifest.Hasher
	k.String("card")
	k.Digest(reading)
	k.String(r.decisions.key)
	k.String(r.AssignTags)
	return k.Key()
}

// read makes a reading from an article's files.
func (r *reader) read(s source, files []file, told lesson) (made draft) {
	defer func() {
		if cause := recover(); cause != nil {
			made = draft{reading: reading{Messages: messages{Found: diag.List{diag.Panicked(contentPath(s.file), cause)}}, SetAside: true}}
		}
	}()
	byName := make(map[string][]byte, len(files))
	for _, f := range files {
		byName[f.name] = f.bytes
	}
	if len(strings.TrimSpace(string(byName[s.file]))) == 0 {
		empty := diag.Warn(contentPath(s.file), "the file is empty and left out").WithHint("put the article in, or delete the file")
		return draft{reading: reading{Empty: true, Messages: messages{Found: diag.List{empty}}}}
	}
	if what := ingest.Foreign(byName[s.file]); what != "" {
		foreign := diag.Warn(contentPath(s.file), "this is no text but %s, and left out", what).WithHint("give it the extension it should have, or take it out of the folder")
		return draft{reading: reading{Empty: true, Messages: messages{Found: diag.List{foreign}}}}
	}
	made.Article.From = map[string]string{}
	given := r.defaults(s, byName, &made.reading)
	if s.original != "" {
		hints := given
		if s.sidecar != "" {
			m, _ := frontmatter.ParseTOML(contentPath(s.sidecar), byName[s.sidecar])
			hints = append(slices.Clip(given), m)
		}
		r.readText(s, byName[s.original], hints, told, &made.reading)
	}
	made.applyMissing(given)
	if s.sidecar != "" {
		made.apply(frontmatter.ParseTOML(contentPath(s.sidecar), byName[s.sidecar]))
	}
	if path.Ext(s.file) == ".md" {
		made.readMarkdown(s.file, byName[s.file])
	}
	r.finish(s, byName, &made)
	return made
}

// defaults reads the folders' defaults, the outermost first.
func (r *reader) defaults(s source, byName map[string][]byte, made *reading) []frontmatter.Matter {
	var given []frontmatter.Matter
	for _, name := range r.tree.defaults(s.file) {
		m, found := frontmatter.ParseTOML(contentPath(name), byName[name])
		m.Origin = frontmatter.Defaults
		made.Messages.Found = append(made.Messages.Found, found...)
		made.SetAside = made.SetAside || m.Broken
		given = append(given, m)
	}
	return given
}

// readText finds fields and body in a text as it was received; hints may tell its language and its genre.
func (r *reader) readText(s source, src []byte, hints []frontmatter.Matter, told lesson, made *reading) {
	made.Language = r.Options.Language
	var given news.Article
	for _, m := range hints {
		a, _ := m.Apply(news.Article{})
		made.Language, made.Genre = cmp.Or(a.Language, made.Language), cmp.Or(a.Genre, made.Genre)
		given, _ = m.Apply(given)
	}
	o := r.readingOptions(told, made)
	o.Given = saidBeside(given)
	a, found := ingest.Read(s.original, src, o)
	for i := range found {
		found[i].File = contentPath(s.original)
	}
	if a.From == nil {
		a.From = map[string]string{}
	}
	made.Article = a
	made.Messages.Found = append(made.Messages.Found, found...)
}

// saidBeside is an article of whose fields none but its sidecar's are named; all that a text has gives way to those.
func saidBeside(a news.Article) news.Article {
	from := map[string]string{}
	for key, where := range a.From {
		if where == frontmatter.Sidecar {
			from[key] = where
		}
	}
	a.From = from
	return a
}

// applyMissing sets what the folders say, except for the fields the text itself gave.
func (made *reading) applyMissing(given []frontmatter.Matter) {
	inText := made.Article.From
	for _, m := range given {
		fields := m.Fields[:0:0]
		for _, f := range m.Fields {
			if where, found := inText[f.Name()]; !found || where == frontmatter.Defaults {
				fields = append(fields, f)
			}
		}
		m.Fields = fields
		made.apply(m, nil)
	}
}

// apply sets what front matter or a sidecar says.
func (made *reading) apply(m frontmatter.Matter, found diag.List) {
	a, wrong := m.Apply(made.Article)
	made.Article = a
	made.Messages.Found = append(append(made.Messages.Found, found...), wrong...)
	made.Messages.Unknown = append(made.Messages.Unknown, m.Unknown()...)
	made.SetAside = made.SetAside || m.Broken
}

// readMarkdown takes an edited article: front matter, then the body, whose first line may be its headline.
func (made *draft) readMarkdown(name string, src []byte) {
	m, body, line, found := frontmatter.Parse(contentPath(name), src)
	made.apply(m, found)
	if m.Broken {
		return
	}
	text := string(body)
	if head, rest, ok := headline(text); ok && !m.Has("title") {
		made.Article.Title = head
		made.Article.From["title"] = fmt.Sprintf("line %d", line+strings.Count(text, "\n")-strings.Count(rest, "\n")-1)
		line += strings.Count(text, "\n") - strings.Count(rest, "\n")
		text = rest
	}
	if !m.Has("date") && made.Article.Date.IsZero() {
		if d, from := ingest.DateOf(name); !d.IsZero() {
			made.Article.Date = d
			made.Article.From["date"] = from
		}
	}
	made.Article.Body = text
	made.Article.Removed = nil // what the original lost is no part of the edited text
	for _, dropped := range made.document().Dropped() {
		dropped.Line += line - 1
		dropped.Part = true
		made.Article.Removed = append(made.Article.Removed, dropped)
	}
}

// headline parts a body that opens with a first-level heading.
func headline(body string) (head, rest string, ok bool) {
	first, rest, _ := strings.Cut(strings.TrimLeft(body, "\r\n"), "\n")
	head, ok = strings.CutPrefix(strings.TrimSpace(first), "# ")
	if !ok {
		return "", body, false
	}
	return strings.TrimSpace(markdown.Parse([]byte(strings.TrimRight(head, "# "))).Text()), rest, true
}

// finish settles identity and rights, and finds the names.
func (r *reader) finish(s source, byName map[string][]byte, made *draft) {
	a := &made.Article
	a.File, a.Original = s.file, s.original
	evidence := s.original
	if evidence == "" {
		evidence = s.file
	}
	sum := sha256.Sum256(byName[evidence])
	a.SHA256 = hex.EncodeToString(sum[:])
	if a.ID == "" {
		a.ID = identity(s.file)
	}
	if a.Slug == "" {
		a.Slug = path.Base(identity(s.file))
		if d, _ := ingest.DateOf(path.Base(s.file)); !d.IsZero() {
			a.Slug = ingest.TrimDate(a.Slug)
		}
	}
	if a.Slug = prose.Slug(a.Slug); a.Slug == "" {
		a.Slug = manifest.Sum([]byte(a.ID))[:6]
	}
	if a.Publication == "" {
		a.Publication = r.Publication
	}
	if a.Language == "" {
		a.Language = r.Options.Language
	}
	if a.Rights == "" {
		a.Rights = r.Rights
	}
	text := made.document().Text()
	if a.Original == a.File {
		a.Legibility = ingest.Legibility(text)
	}
	if r.Recognize && !(len(a.Named[news.Person]) > 0 && len(a.Named[news.Place]) > 0 && len(a.Named[news.Organization]) > 0) {
		names := recognizer()
		made.Machine = names.Filed(names.Find(a.Title, text, a.Language), text, a.Language, a.Dateline.Place)
		a.Reach = made.Machine.Reach
	}
}

// identity is an article's id where it does not give one: its path without extension; a bundle's is its folder.
func identity(name string) string {
	id := strings.TrimSuffix(name, path.Ext(name))
	if path.Base(id) == "index" && path.Dir(id) != "." {
		return path.Dir(id)
	}
	return id
}

// card runs the second step: the decisions of the authority files.
func (r *reader) card(made *draft, res result) (result, error) {
	res.cardKey = r.cardKey(res.readingKey)
	c := r.decide(made)
	res.card, res.anew = c.encode(), true
	var err error
	res.head, err = r.decodeCard(res.card, made.Article.File, true) // what is kept and what is made are then one and the same
	return res, err
}

// encode is a card as it is kept.
func (c *carded) encode() []byte {
	b := cardedCoder.encode(c)
	sum := manifest.DigestOf(b[len(c.Sum):])
	copy(b, sum[:])
	return b
}

// decodeCard reads the card of a file from the cache, with its Clusters or without. What it says that the file's name says
// too, its id and slug mostly, shares the memory of that.
func (r *reader) decodeCard(value []byte, file string, clusters bool) (*keptCard, error) {
	c := &keptCard{}
	parts := []part{{digestCoder, &c.sum}, {coder: passOver}, {headCoder, &c.cardHead}}
	if clusters {
		parts = append(parts, part{clustersCoder, &c.Card.Clusters})
	}
	keep := func(s string) string {
		if at := strings.Index(file, s); at >= 0 {
			return file[at : at+len(s)]
		}
		return r.strings.keep(s)
	}
	if err := decodeHead(value, keep, parts...); err != nil {
		return nil, err
	}
	for n, t := range c.Card.Tags {
		c.Card.Tags[n] = r.strings.tag(t)
	}
	return c, nil
}

// decide applies the authority files to a reading.
func (r *reader) decide(made *draft) carded {
	a := made.Article
	doc := made.document()
	text := doc.Text()
	traces := entity.TracesOf(a.ID, a.Title, text, made.Machine, slices.Concat(a.Named[:]...)...)
	found := r.names(made)
	card := cardOf(a, doc, text)
	for _, kind := range news.Kinds {
		card.Named[kind] = a.Named[kind] != nil
	}
	card.Tags = r.tags(a, text)
	card.Pictures = local(a.File, pictures(a, doc))
	card.Files = local(a.File, append(pictures(a, doc), doc.Links()...))
	return carded{manifest.Digest{}, traces, cardHead{card, related.Of(text), made.Messages}, found.Clusters, found.Mentions}
}

// names is what people say of a reading's names.
func (r *reader) names(made *draft) entity.Found {
	a := &made.Article
	found := r.authority.Match(a.ID, a.Title, made.document().Text(), made.Machine)
	for _, kind := range news.Kinds {
		if a.Named[kind] != nil {
			found = r.authority.Given(kind, a.Named[kind], found)
		}
	}
	return found
}

// rename is the card that value keeps with its names as people tell them now; all else of it stays. It gives no result where the cache
// has lost the reading.
func (r *reader) rename(file string, reading manifest.Digest, value []byte) (res *result, err error) {
	res = &result{readingKey: reading, cardKey: r.cardKey(reading)}
	if r.cache.lend(res.cardKey, func(value []byte) { res.head, err = r.decodeCard(value, file, true) }) && err == nil {
		return res, nil
	}
	var c carded
	var made draft
	read, found := r.cache.get(reading)
	if !found || readingCoder.decode(read, &made.reading) != nil || cardedCoder.decode(value, &c) != nil {
		return nil, nil
	}
	names := r.names(&made)
	c.Clusters, c.Mentions = names.Clusters, names.Mentions
	res.card, res.anew = c.encode(), true
	res.head, err = r.decodeCard(res.card, file, true)
	return res, err
}

// tags is what the front matter gives, then what the rules add where the settings let them.
func (r *reader) tags(a news.Article, text string) []*news.Tag {
	var tags []*news.Tag
	have := map[string]bool{}
	for _, t := range r.vocabulary.Written(a.Tags) {
		tags, have[t.Slug] = append(tags, &t), true
	}
	if r.AssignTags == "none" || r.AssignTags == "untagged" && len(a.Tags) > 0 {
		return tags
	}
	for _, t := range r.vocabulary.Assign(a.Title, text) {
		if !have[t.Slug] {
			tags = append(tags, &t)
		}
	}
	return tags
}

// pictures is what the article shows, as written: the front matter's images, the body's, and the scan.
func pictures(a news.Article, doc *markdown.Document) []string {
	var written []string
	for _, image := range append(a.Images[:len(a.Images):len(a.Images)], doc.Images()...) {
		written = append(written, image.File)
	}
	return append(written, a.Scan)
}

// local is the files below content/ that the written references mean, each once, in order, whether they are there or
// not: that may change while the article does not.
func local(from string, written []string) []string {
	var files []string
	seen := map[string]bool{}
	for _, w := range written {
		if name := Resolve(from, w); name != "" && !seen[name] {
			seen[name] = true
			files = append(files, name)
		}
	}
	return files
}

// IsSource reports whether a file is an article, a page or their companion, never to be copied out as it is.
func IsSource(name string) bool {
	switch path.Ext(name) {
	case ".md", ".txt", ".toml":
		return true
	}
	return false
}

// Resolve is the path below content/ that a relative reference in the file from means, or "" when it has a scheme,
// is a mere anchor, or leads out of content/.
func Resolve(from, reference string) string {
	reference, _, _ = strings.Cut(reference, "#")
	reference, _, _ = strings.Cut(reference, "?")
	if reference == "" || strings.Contains(reference, ":") || strings.HasPrefix(reference, "//") {
		return ""
	}
	if unescaped, err := url.PathUnescape(reference); err == nil {
		reference = unescaped
	}
	name := path.Join(path.Dir(from), reference)
	if strings.HasPrefix(reference, "/") {
		name = strings.TrimPrefix(path.Clean(reference), "/")
	}
	if name == ".." || strings.HasPrefix(name, "../") {
		return ""
	}
	return name
}

// ledeBytes is the most of a first paragraph that a list shows.
const ledeBytes = 280

// cardOf is the part of an article that listings need.
func cardOf(a news.Article, doc *markdown.Document, text string) news.Card {
	rare := &news.Rare{
		URL: a.URL, Aliases: a.Aliases, Draft: a.Draft, Weight: a.Weight, Modified: a.Modified, PrintPage: a.PrintPage,
		Corrects: a.Corrects, TranslationOf: a.TranslationOf,
	}
	card := news.Card{
		File: a.File, Original: a.Original, ID: a.ID, Slug: a.Slug, Title: a.Title, Date: a.Date,
		Authors: a.Byline.Authors, Credit: a.Byline.Credit, Publication: a.Publication, Section: a.Section, Genre: a.Genre,
		Language: a.Language, Rights: a.Rights, Words: words(text), Rare: rare,
	}
	if a.Rights == news.Open {
		rare.Deck, rare.Corrections = a.Deck, a.Corrections
		card.Lede = prose.Cut(doc.Lede(), ledeBytes)
		if a.Description != "" {
			card.Lede = a.Description
		}
	}
	return card
}

func words(text string) (n int) {
	for range strings.FieldsSeq(text) {
		n++
	}
	return n
}

// setAside is an article that cannot be read as it was when it last could, where the cache knows. said is what is wrong. Only
// a build, which has a cache, can say what becomes of the page.
func (r *reader) setAside(s source, res result, said messages) result {
	if res.left = said; r.Cache == "" {
		return res
	}
	fate := "the article is left out until it can be read"
	if keys, c := r.lastCard(s); c != nil {
		fate = "its page stays as it was until it can be read"
		c.Messages = messages{}
		res.readingKey, res.cardKey, res.reading, res.head = keys.reading, keys.card, nil, c
	}
	res.left.Found = append(slices.Clip(said.Found), diag.Warn(contentPath(s.file), "%s", fate))
	return res
}

// lastCard is an article's card as it was when it could last be read; nil where the cache does not know.
func (r *reader) lastCard(s source) (lastKeys, *keptCard) {
	keys, found := r.last(s.file)
	if !found {
		return keys, nil
	}
	value, found := r.cache.get(keys.card)
	if !found {
		return keys, nil
	}
	c, err := r.decodeCard(value, s.file, true)
	if err != nil {
		return keys, nil
	}
	return keys, c
}
