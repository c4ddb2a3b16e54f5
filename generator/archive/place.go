package archive

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"broadsheet/generator/diag"
	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
	"broadsheet/generator/prose"
)

// place settles the URL of every card, and the aliases. Where URLs would collide, the card that was published there keeps it,
// else the first, and a later one gets "-" and six characters of the hash of its id: never a counter, so that a third article
// moves neither. An address where an article was published is no other's, though it has another now, unless an author asks for
// it. URLs that differ in case alone collide too, since they are one file on many machines.
func (a *Archive) place(o Options) {
	a.URLs, a.collided = make([]string, len(a.Cards)), false
	taken := make(map[string]int, len(a.Cards))
	var urls letters
	was := a.publishedAt()
	hold(taken, was, func(i int, url string) bool { return a.Cards[i].URL != "" && url == wanted(&a.Cards[i], o) })
	for i := range a.Cards { // what an author wrote comes before what is made
		if a.Cards[i].URL != "" {
			a.claim(i, wanted(&a.Cards[i], o), taken, &urls)
		}
	}
	hold(taken, was, func(int, string) bool { return true })
	for i := range a.Cards {
		if a.URLs[i] == "" {
			a.claim(i, wanted(&a.Cards[i], o), taken, &urls)
		}
	}
	a.alias(taken)
}

// reserved are the characters that end a path in a URL, or begin an escape.
var reserved = strings.NewReplacer("#", "-", "?", "-", "%", "-")

// wanted is the URL of a card that nobody disputes.
func wanted(c *news.Card, o Options) string {
	if c.URL != "" {
		return reserved.Replace(c.URL)
	}
	return reserved.Replace(Permalink(o.Permalink, c))
}

// claim gives a card the address that it wants, or one made of it.
func (a *Archive) claim(i int, url string, taken map[string]int, urls *letters) {
	const characters = 6
	others := func(url string) bool {
		owner, found := taken[strings.ToLower(url)]
		return found && owner != i
	}
	if len(a.reader.published.Lines()) > 0 && !a.holds(i, url, taken) {
		if again := a.apart(i, url, characters); a.holds(i, again, taken) { // published when another stood in its way
			url, a.collided = again, true
		}
	}
	for n, wanted := characters, url; others(url); n++ {
		a.collided = true
		url = a.apart(i, wanted, n)
	}
	a.URLs[i] = urls.keep(url)
	taken[strings.ToLower(a.URLs[i])] = i
}

func (a *Archive) holds(i int, url string, taken map[string]int) bool {
	owner, found := taken[strings.ToLower(url)]
	return found && owner == i
}

// apart is an address that another card has, with so many characters of the hash of this one's id.
func (a *Archive) apart(i int, url string, characters int) string {
	ext := path.Ext(url)
	return strings.TrimSuffix(url, ext) + "-" + manifest.Sum([]byte(a.Cards[i].ID))[:characters] + ext
}

// Permalink is the URL a pattern gives a card. What is not known of the date is left out with its slash, so that
// {year}/{month} makes 2002/04, 2002, 1910s or undated.
func Permalink(pattern string, c *news.Card) string {
	var url strings.Builder
	dated := c.Date.Folder()
	for part := range strings.SplitSeq(pattern, "/") {
		start := url.Len()
		for part != "" {
			text, rest, _ := strings.Cut(part, "{")
			field, after, closed := strings.Cut(rest, "}")
			if !closed {
				text, field, after = part, "", ""
			}
			url.WriteString(text)
			url.WriteString(permalinkField(field, dated, c))
			part = after
		}
		if url.Len() > start {
			url.WriteByte('/')
		}
	}
	return strings.TrimSuffix(url.String(), "/")
}

// permalinkField is what a field of a pattern stands for; nothing where it is not known.
func permalinkField(field, dated string, c *news.Card) string {
	year, month, _ := strings.Cut(dated, "/")
	switch field {
	case "year":
		return year
	case "month":
		return month
	case "day":
		if c.Date.Precision() == news.ToDay {
			return fmt.Sprintf("%02d", c.Date.Day)
		}
	case "slug":
		return c.Slug
	case "section":
		return prose.Slug(c.Section)
	case "publication":
		return prose.Slug(c.Publication)
	}
	return ""
}

// Alias is where a former address leads, and the file that says so.
type Alias struct{ URL, File string }

// alias notes where former addresses lead. One that an article or an earlier alias holds is reported and left out.
func (a *Archive) alias(taken map[string]int) {
	a.Moved = map[string]Alias{}
	for i := range a.Cards {
		c := &a.Cards[i]
		for _, alias := range c.Aliases {
			owner, claimed := taken[strings.ToLower(alias)]
			if claimed && !strings.EqualFold(a.URLs[owner], alias) && a.Moved[alias].URL == "" { // kept by the record alone
				claimed = false
			}
			if !claimed {
				taken[strings.ToLower(alias)] = i
				a.Moved[alias] = Alias{a.URLs[i], c.File}
				continue
			}
			a.collided = true
			if owner != i {
				a.tell(placed, diag.Warn(contentPath(c.File), "the alias %q belongs to %s", alias, contentPath(a.Cards[owner].File)).
					WithHint("an address can lead to one article alone; remove it from one of the two"))
			}
		}
	}
}

// refer notes where the articles and pages stand that others refer to by their files.
func (a *Archive) refer() {
	a.ByFile = map[string]string{}
	for i := range a.Cards {
		c := &a.Cards[i]
		a.wanted(c.Files)
		a.missing(c.File, c.Pictures)
	}
	for _, p := range a.Pages {
		a.wanted(p.Files)
		a.missing(p.File, p.Pictures)
	}
	for i := range a.Cards {
		if len(a.ByFile) == 0 {
			break
		}
		c := &a.Cards[i]
		a.stands(c.File, a.URLs[i])
		a.stands(strings.TrimSuffix(c.File, path.Ext(c.File))+".txt", a.URLs[i])
	}
	for _, p := range a.Pages {
		a.stands(p.File, p.URL)
	}
	maps.DeleteFunc(a.ByFile, func(_, url string) bool { return url == "" })
}

func (a *Archive) wanted(files []string) {
	for _, f := range files {
		if IsSource(f) {
			a.ByFile[f] = ""
		}
	}
}

// missing reports pictures that are not where an article or page looks for them.
func (a *Archive) missing(from string, pictures []string) {
	for _, name := range pictures {
		if a.tree.has(name) == "" {
			a.tell(referred, a.lack(from, name))
		}
	}
}

// lack is a picture that is not there, by the files' names.
type lack struct{ from, name string }

// lacking is what is said of it, while the files that may name it stay as they are.
type lacking struct {
	stamps [2]stamp
	said   diag.Diagnostic
}

// lack says where an article, or the sidecar beside it, names a picture that is not there. It is asked at every build, and reads
// the files once.
func (a *Archive) lack(from, name string) diag.Diagnostic {
	files := []string{from}
	if at, found := slices.BinarySearchFunc(a.tree.articles, from, bySource); found && a.tree.articles[at].sidecar != "" {
		files = append(files, a.tree.articles[at].sidecar)
	}
	var stamps [2]stamp
	for n, file := range files {
		stamps[n] = a.tree.file(file).stamp
	}
	if known, found := a.lacks[lack{from, name}]; found && known.stamps == stamps {
		return known.said
	}
	message := "the picture %s is not there"
	d := diag.Warn(contentPath(from), message, contentPath(name))
	for _, file := range files {
		src, err := a.tree.read(file)
		if line, col := named(src, path.Dir(from), name); err == nil && line > 0 {
			d = diag.Warn(contentPath(file), message, contentPath(name)).At(src, line, col)
			break
		}
	}
	d = d.WithHint("its place is given from the folder of the article")
	if a.lacks == nil {
		a.lacks = map[lack]lacking{}
	}
	a.lacks[lack{from, name}] = lacking{stamps, d}
	return d
}

// named is the line and column where a text in a folder names a file: from the folder on, else by the last part of its name.
func named(src []byte, folder, name string) (line, col int) {
	for _, written := range []string{strings.TrimPrefix(name, folder+"/"), path.Base(name)} {
		if at := bytes.Index(src, []byte(written)); at >= 0 {
			begin := bytes.LastIndexByte(src[:at], '\n') + 1
			return bytes.Count(src[:begin], []byte("\n")) + 1, utf8.RuneCount(src[begin:at]) + 1
		}
	}
	return 0, 0
}

func (a *Archive) stands(file, url string) {
	if _, wanted := a.ByFile[file]; wanted {
		a.ByFile[file] = url
	}
}
