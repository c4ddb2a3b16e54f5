package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"path"
	"strings"
	"unicode/utf8"

	"broadsheet/generator/diag"
	"broadsheet/generator/entity"
	"broadsheet/generator/frontmatter"
	"broadsheet/generator/ingest"
	"broadsheet/generator/manifest"
	"broadsheet/generator/markdown"
	"broadsheet/generator/news"
	"broadsheet/generator/prose"
	"broadsheet/generator/related"
	"broadsheet/generator/tag"
)

// reading is what an article's own files make of it: all but what the authority files say.
type reading struct {
	Article  news.Article // no Mentions, no Clusters
	Language string       // the text was read with: its folders'
	Machine  entity.Found
	Found    diag.List
	Unknown  diag.List
	SetAside bool // front matter that cannot be parsed: the article as it last was stands
	Empty    bool // nothing in the file
}

// carded is what the authority files then make of a reading.
type carded struct {
	Card     news.Card
	Mentions []news.Mention
}

// decisions is what people have said about names, tags, lines and stories that ran twice.
type decisions struct {
	authority   *entity.Authority
	vocabulary  *tag.Vocabulary
	duplicates  related.Decisions
	boilerplate *ingest.Decisions
	key         string // of those a card depends on: names and tags
}

// reader runs the per-article steps. It may be used by many workers: what it holds does not change.
type reader struct {
	Options
	decisions
	tree       *tree
	cache      *cache
	recognizer *entity.Recognizer

	texts   []string // originals, in the order of the articles
	seen    []seen   // of each
	sources []taught
	orders  map[string]string      // by original: the settled order of day and month
	told    map[string]ingest.Told // by original; those that are told nothing are left out
}

// result is what a worker sends back of one article.
type result struct {
	readingKey, cardKey string
	reading             []byte // to be put into the cache; nil when it came from there
	card                []byte // likewise
	found, unknown      diag.List
	carded              *carded // nil when the article is left out
	anew                bool
}

// article runs the steps for one source.
func (r *reader) article(s source) (result, error) {
	files, err := r.files(s)
	if err != nil {
		return result{}, err
	}
	res := result{readingKey: r.readingKey(s, files)}
	var made reading
	if value, found := r.lookUp(res.readingKey); found && readingCoder.decode(value, &made) == nil {
		res.reading = nil
	} else {
		res.anew = true
		made = r.read(s, files)
		res.reading = readingCoder.encode(&made)
	}
	res.found, res.unknown = made.Found, made.Unknown
	switch {
	case made.Empty:
		return res, nil
	case made.SetAside:
		return r.last(s, res), nil
	}
	return r.card(made, res)
}

func (r *reader) lookUp(key string) ([]byte, bool) {
	if r.Clean {
		return nil, false
	}
	return r.cache.get(key)
}

// file is one file's name and bytes.
type file struct {
	name  string
	bytes []byte
}

// files reads everything an article is made from: its own file first, then original, sidecar and defaults.
func (r *reader) files(s source) ([]file, error) {
	names := []string{s.file}
	if s.original != "" && s.original != s.file {
		names = append(names, s.original)
	}
	if s.sidecar != "" {
		names = append(names, s.sidecar)
	}
	names = append(names, r.tree.defaults(s.file)...)
	files := make([]file, 0, len(names))
	for _, name := range names {
		b, err := r.tree.read(name)
		if err != nil {
			return nil, fmt.Errorf("reading an article: %w", err)
		}
		files = append(files, file{name, b})
	}
	return files, nil
}

// readingKey is the hash of exactly what a reading depends on.
func (r *reader) readingKey(s source, files []file) string {
	var k manifest.Hasher
	for _, part := range []string{"reading", r.Program, s.file, s.original, s.sidecar, r.Options.Language, r.Publication, string(r.Rights), r.DateOrder} {
		k.String(part)
	}
	k.Bool(r.Plain)
	k.Bool(r.Recognize)
	k.String(r.Charset)
	k.String(r.orders[s.original])
	toldKey(&k, r.told[s.original])
	for _, f := range files {
		k.String(f.name)
		k.String(manifest.Sum(f.bytes))
	}
	return k.Sum()
}

// read makes a reading from an article's files.
func (r *reader) read(s source, files []file) (made reading) {
	defer func() {
		if cause := recover(); cause != nil {
			made = reading{Found: diag.List{diag.Panicked(contentPath(s.file), cause)}, SetAside: true}
		}
	}()
	byName := make(map[string][]byte, len(files))
	for _, f := range files {
		byName[f.name] = f.bytes
	}
	if len(strings.TrimSpace(string(byName[s.file]))) == 0 {
		return reading{Empty: true, Found: diag.List{diag.Warn(contentPath(s.file), "the file is empty and left out").WithHint("put the article in, or delete the file")}}
	}
	made.Article.From = map[string]string{}
	given := r.defaults(s, byName, &made)
	if s.original != "" {
		r.readText(s, byName[s.original], given, &made)
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
		made.Found = append(made.Found, found...)
		made.SetAside = made.SetAside || m.Broken
		given = append(given, m)
	}
	return given
}

// readText finds fields and body in a text as it was received.
func (r *reader) readText(s source, src []byte, given []frontmatter.Matter, made *reading) {
	language := r.Options.Language
	for _, m := range given {
		if a, _ := m.Apply(news.Article{}); a.Language != "" {
			language = a.Language
		}
	}
	a, found := ingest.Read(s.original, src, r.readingOptions(s.original, language))
	for i := range found {
		found[i].File = contentPath(s.original)
	}
	if a.From == nil {
		a.From = map[string]string{}
	}
	made.Article, made.Language = a, language
	made.Found = append(made.Found, found...)
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
	made.Found = append(append(made.Found, found...), wrong...)
	made.Unknown = append(made.Unknown, m.Unknown()...)
	made.SetAside = made.SetAside || m.Broken
}

// readMarkdown takes an edited article: front matter, then the body, whose first line may be its headline.
func (made *reading) readMarkdown(name string, src []byte) {
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
	for _, dropped := range markdown.Parse([]byte(text)).Dropped() {
		dropped.Line += line - 1
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
func (r *reader) finish(s source, byName map[string][]byte, made *reading) {
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
	text := markdown.Parse([]byte(a.Body)).Text()
	if a.Original == a.File {
		a.Legibility = ingest.Legibility(text)
	}
	if r.Recognize && !(len(a.Named[news.Person]) > 0 && len(a.Named[news.Place]) > 0 && len(a.Named[news.Organization]) > 0) {
		made.Machine = r.recognizer.Find(a.Title, text, a.Language)
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
func (r *reader) card(made reading, res result) (result, error) {
	res.cardKey = manifest.Key("card", res.readingKey, r.decisions.key, r.AssignTags)
	if value, found := r.lookUp(res.cardKey); found {
		res.carded = new(carded)
		if cardedCoder.decode(value, res.carded) == nil {
			return res, nil
		}
	}
	c := r.decide(made)
	res.card, res.carded, res.anew = cardedCoder.encode(&c), new(carded), true
	return res, cardedCoder.decode(res.card, res.carded) // what is kept and what is made are then one and the same
}

// decide applies the authority files to a reading.
func (r *reader) decide(made reading) carded {
	a := made.Article
	doc := markdown.Parse([]byte(a.Body))
	text := doc.Text()
	found := r.authority.Match(a.ID, a.Title, text, made.Machine)
	card := cardOf(a, doc, text)
	for _, kind := range news.Kinds {
		if a.Named[kind] != nil {
			card.Named[kind] = true
			found = r.authority.Given(kind, a.Named[kind], found)
		}
	}
	card.Clusters = found.Clusters
	card.Tags = r.tags(a, text)
	card.Sketch = related.Of(text)
	card.Pictures = local(a.File, pictures(a, doc))
	card.Files = local(a.File, append(pictures(a, doc), doc.Links()...))
	return carded{card, found.Mentions}
}

// tags is what the front matter gives, then what the rules add where the settings let them.
func (r *reader) tags(a news.Article, text string) []news.Tag {
	tags := r.vocabulary.Written(a.Tags)
	if r.AssignTags == "none" || r.AssignTags == "untagged" && len(a.Tags) > 0 {
		return tags
	}
	have := map[string]bool{}
	for _, t := range tags {
		have[t.Slug] = true
	}
	for _, t := range r.vocabulary.Assign(a.Title, text) {
		if !have[t.Slug] {
			tags = append(tags, t)
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
	card := news.Card{
		File: a.File, Original: a.Original, SHA256: a.SHA256, ID: a.ID, Slug: a.Slug, URL: a.URL,
		Title: a.Title, Deck: a.Deck, Date: a.Date, Modified: a.Modified,
		Authors: a.Byline.Authors, Credit: a.Byline.Credit,
		Publication: a.Publication, PrintPage: a.PrintPage, Section: a.Section, Genre: a.Genre,
		Language: a.Language, Rights: a.Rights, Draft: a.Draft, Weight: a.Weight, Aliases: a.Aliases,
		Words: len(strings.Fields(text)),
	}
	if a.Rights != news.Open {
		card.Deck = ""
	} else {
		card.Lede = cut(doc.Lede(), ledeBytes)
		if a.Description != "" {
			card.Lede = a.Description
		}
	}
	return card
}

// cut is s, or its first words that fit into most bytes and an ellipsis.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for !utf8.RuneStart(s[most]) {
		most--
	}
	short := s[:most]
	if blank := strings.LastIndexByte(short, ' '); blank > 0 {
		short = short[:blank]
	}
	return strings.TrimRight(short, " ,;:.–—-") + " …"
}

// last is the article as it was when its front matter could last be read, where the cache knows.
func (r *reader) last(s source, res result) result {
	var keys lastKeys
	if value, found := r.lookUp(lastKey(r.Program, s.file)); found && lastCoder.decode(value, &keys) == nil {
		value, found := r.cache.get(keys.Card)
		if c := new(carded); found && cardedCoder.decode(value, c) == nil {
			res.readingKey, res.cardKey, res.reading, res.carded = keys.Reading, keys.Card, nil, c
		}
	}
	return res
}

// lastKeys are the keys under which an article was last kept.
type lastKeys struct{ Reading, Card string }

func lastKey(program, name string) string { return manifest.Key("last", program, name) }
