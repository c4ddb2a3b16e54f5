package archive

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
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
