package site

import (
	"bytes"
	"os"
	"strings"
	"unicode"

	"broadsheet/generator/archive"
	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
)

// filesFolder holds what articles show or link to, at its path below content/.
const filesFolder = "files/"

// files plans the theme's static files and the pictures of articles and pages. A file reaches the output only when
// something shown refers to it, so that nothing of a private article slips out beside it.
func (p *sheet) files() {
	for _, name := range sortedKeys(p.static) {
		p.copied(name, p.static[name])
	}
	wanted := map[string]bool{}
	for i := range p.Cards {
		if c := &p.Cards[i]; p.has(i, hasFiles) && c.Rights == news.Open {
			for _, f := range c.Files {
				wanted[f] = true
			}
		}
	}
	for _, standing := range p.Pages {
		for _, f := range standing.Files {
			wanted[f] = true
		}
	}
	for _, name := range sortedKeys(wanted) {
		if archive.IsSource(name) {
			continue
		}
		p.copiedFile(name)
	}
}

// originals plans the texts as they were received, of the articles whose rights allow it.
func (p *sheet) originals() {
	for i := range p.Cards {
		p.originalPage(i)
	}
}

func (p *sheet) originalPage(i int) {
	c := &p.Cards[i]
	url := p.original(c)
	if where, found := p.File(c.Original); url != "" && found {
		p.add(url, keyOf("original", p.FileKey(c.Original).String()), func(b *bytes.Buffer) error { return readInto(b, where) })
	}
}

// original is where the text of a card stands as it was received, or "". An edited article's is not shown: what was
// taken out by editing must not come back beside it. Nor is one whose name is no address.
func (p *plan) original(c *news.Card) string {
	if !p.o.Originals || c.Rights != news.Open || c.Original != c.File || strings.ContainsFunc(c.Original, unicode.IsControl) {
		return ""
	}
	return filesFolder + c.Original
}

func readInto(b *bytes.Buffer, file string) error {
	content, err := os.ReadFile(file)
	b.Write(content)
	return err
}

func (p *sheet) copied(path string, content []byte) {
	p.add(path, manifest.DigestOf(content), func(b *bytes.Buffer) error {
		b.Write(content)
		return nil
	})
}

// copiedFile plans a file below content/. Its key is its size and time, so that no build reads pictures to see that
// they are as they were; one whose time alone has changed is read, and found to be so.
func (p *sheet) copiedFile(name string) {
	if where, found := p.File(name); found {
		p.add(filesFolder+name, p.FileKey(name), func(b *bytes.Buffer) error { return readInto(b, where) })
	}
}
