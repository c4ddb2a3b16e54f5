package intake

import (
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"golang.org/x/net/html/atom"

	"broadsheet/generator/diag"
	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
	"broadsheet/generator/prose"
)

// draft is a record made ready to be written: its files and the pictures it shows.
type draft struct {
	Record
	Files   []articleFile // a sidecar comes before its text, so that a text is never there without its rights
	Media   []picture
	Missing int // pictures that were not found

	replaces bool // files that this record gave before

	id    string // hash of the record's id
	check string // hash of what it says
	base  string // the files' path without extension, below the folder of the import, before collisions
}

// articleFile is one file of a draft.
type articleFile struct {
	Ext   string // ".md", ".txt" or ".toml"
	Bytes []byte
}

// composer makes drafts of records. It is one worker's own.
type composer struct {
	into    string // the folder of the import
	media   media
	convert *converter.Converter
}

// compose makes a draft. What cannot be had of its words makes its record Broken.
func (c *composer) compose(r Record) draft {
	d := draft{Record: r}
	if r.Broken != "" || r.Passed != "" {
		return d
	}
	if c.settleText(&d.Record); d.Broken != "" || d.Passed != "" {
		return d
	}
	d.check = d.sum()
	d.id = d.check
	if r.Key != "" {
		d.id = manifest.Key("id", r.Key)
	}
	d.settleName()
	if err := c.files(&d); err != nil {
		d.Broken = err.Error()
	}
	return d
}

// settleText sees to the text that a row names. Below the folder of the import it stays where it is and gets a sidecar;
// from below the table's folder it is copied. A table that names any other file is not trusted with it.
func (c *composer) settleText(r *Record) {
	if r.Beside == "" {
		if _, inside := below(c.into, r.Path); inside && r.Verbatim && filepath.Ext(r.Path) == ".txt" {
			r.Passed = "text that lies where it should"
		}
		return
	}
	if rel, inside := below(c.into, r.Beside); inside {
		r.Beside = rel
		if len(r.frontMatter()) == 0 {
			r.Passed = "row that says nothing of its text"
		}
		return
	}
	rel, inside := below(filepath.Dir(r.Path), r.Beside)
	if !inside {
		r.Broken = "the file " + r.Beside + " lies outside of the table's folder"
		return
	}
	text, err := readAll(Source{Path: r.Beside}, Options{})
	switch {
	case err != nil:
		r.Broken = "the text cannot be read: " + err.Error()
	case strings.TrimSpace(string(text)) == "":
		r.Passed = "empty file"
	}
	r.Folder, r.Name = strings.TrimPrefix(path.Dir(rel), "."), strings.TrimSuffix(path.Base(rel), path.Ext(rel))
	r.Body, r.Form, r.Verbatim, r.Beside = string(text), Text, true, ""
}

// below is name's path below a folder, slash-separated.
func below(dir, name string) (string, bool) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", false
	}
	name, err = filepath.Abs(name)
	if err != nil {
		return "", false
	}
	rel, err := filepath.Rel(dir, name)
	return filepath.ToSlash(rel), err == nil && filepath.IsLocal(rel)
}

// sum is the hash of what a record says.
func (r *Record) sum() string {
	return manifest.Key("record", strconv.Itoa(int(r.Form)), r.Key, r.Folder, r.Name, r.Title, r.Date.String(), r.Body, r.Beside, string(r.frontMatter()))
}

func (c *composer) files(d *draft) error {
	r := &d.Record
	switch {
	case r.Beside != "":
		d.Files = []articleFile{{".toml", r.frontMatter()}}
	case r.Form == Text:
		if matter := r.frontMatter(); len(matter) > 0 {
			d.Files = append(d.Files, articleFile{".toml", matter})
		}
		d.Files = append(d.Files, articleFile{".txt", textBytes(r)})
	default:
		body := r.Body
		c.heads(d)
		if r.Form == HTML {
			var err error
			if body, err = c.markdown(d); err != nil {
				return err
			}
		}
		d.Files = []articleFile{{".md", fmt.Appendf(nil, "+++\n%s+++\n\n%s\n", r.frontMatter(), strings.TrimSpace(body))}}
	}
	return nil
}

// heads settles where the pictures at an article's head lie.
func (c *composer) heads(d *draft) {
	from, _ := url.Parse(d.Base)
	images := slices.Clone(d.Images)
	for i := range images {
		target, err := url.Parse(images[i].File)
		if err != nil {
			continue
		}
		if p, found := c.media.find(target, from, &d.Record); found {
			d.Media = append(d.Media, p)
			images[i].File = p.from(d.Folder)
		} else {
			c.report(atom.Img, target, from, d)
		}
	}
	d.Images = images
}

func textBytes(r *Record) []byte {
	if r.Verbatim {
		return []byte(r.Body)
	}
	return []byte(r.Body + "\n")
}

// settleName gives the files of the draft their place: that of the text they stand beside, the name they bring along,
// or date and slug.
func (d *draft) settleName() {
	switch {
	case d.Beside != "":
		d.base = strings.TrimSuffix(d.Beside, path.Ext(d.Beside))
	case d.Name != "":
		d.base = path.Join(d.Folder, d.Name)
	case d.Folder != "":
		d.base = path.Join(d.Folder, d.slug())
	default:
		d.Folder = d.Date.Folder()
		d.base = path.Join(d.Folder, d.dated(d.slug()))
	}
}

// dated is a slug with its date before it. Digits at the head of an undated one would be read as its date, so there the
// slug is said in the file.
func (d *draft) dated(slug string) string {
	switch d.Date.Precision() {
	case news.Undated, news.ToDecade:
		if slug[0] < '0' || '9' < slug[0] {
			return slug
		}
		d.Slug = slug
		return "undated-" + slug
	case news.ToYear:
		return fmt.Sprintf("%04d-%s", d.Date.Year, slug)
	}
	return (news.Date{Year: d.Date.Year, Month: d.Date.Month, Day: d.Date.Day}).String() + "-" + slug
}

// slug is what the source says, else made from the headline, the end of the source's address, or the id.
func (d *draft) slug() string {
	last := strings.TrimSuffix(path.Base(d.URL), path.Ext(d.URL))
	if last == "index" {
		last = path.Base(path.Dir(d.URL))
	}
	address := strings.TrimSuffix(path.Base(d.Source), path.Ext(d.Source))
	for _, words := range []string{d.Slug, d.Title, last, address} {
		if s := prose.Slug(words); s != "" {
			if s == d.Slug {
				d.Slug = "" // the file's name says it
			}
			return s
		}
	}
	return "article-" + d.id[:12]
}

// frontMatter is what the source says of the article, as TOML without its marks; nil when it says nothing.
func (r *Record) frontMatter() []byte {
	a := &r.Article
	var m matter
	m.text("title", a.Title)
	m.text("deck", a.Deck)
	m.text("date", a.Date.String())
	m.text("date_note", a.DateNote)
	m.text("lastmod", a.Modified.String())
	m.text("byline", a.Byline.Printed)
	m.list("authors", a.Byline.Authors)
	m.text("credit", a.Byline.Credit)
	m.text("signed", a.Signed)
	m.text("dateline", a.Dateline.Printed)
	m.text("publication", a.Publication)
	m.text("edition", a.Edition)
	m.text("print_page", a.PrintPage)
	m.text("section", a.Section)
	m.text("genre", a.Genre)
	m.text("language", a.Language)
	m.list("tags", a.Tags)
	m.list("people", a.Named[news.Person])
	m.list("places", a.Named[news.Place])
	m.list("organizations", a.Named[news.Organization])
	m.text("description", a.Description)
	m.text("source", a.Source)
	m.text("license", a.License)
	m.text("rights", string(a.Rights))
	m.list("images", pictures(a.Images))
	m.text("scan", a.Scan)
	m.list("corrections", a.Corrections)
	m.list("identifiers", a.Identifiers)
	m.text("corrects", a.Corrects)
	m.text("translation_of", a.TranslationOf)
	m.text("id", a.ID)
	m.text("slug", a.Slug)
	m.text("url", a.URL)
	m.list("aliases", a.Aliases)
	if a.Draft {
		m = append(m, "draft = true\n"...)
	}
	return m
}

func pictures(images []news.Image) []string {
	var files []string
	for _, i := range images {
		files = append(files, i.File)
	}
	return files
}

// matter is front matter as it is written.
type matter []byte

func (m *matter) text(key, value string) {
	if value != "" {
		*m = fmt.Appendf(*m, "%s = %s\n", key, diag.QuoteTOML(value))
	}
}

func (m *matter) list(key string, values []string) {
	if len(values) == 0 {
		return
	}
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = diag.QuoteTOML(v)
	}
	*m = fmt.Appendf(*m, "%s = [%s]\n", key, strings.Join(quoted, ", "))
}
