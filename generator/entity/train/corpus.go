package main

import (
	"bufio"
	"bytes"
	"io/fs"
	"os"
	"strings"
	"unicode/utf8"

	"broadsheet/generator/entity/corpus"
	"broadsheet/generator/news"
)

// document is a text and the names that people, or a machine, have marked in it, in order.
type document struct {
	text  string
	names []news.Mention
}

// few is how many sentences make a document where a corpus does not say where one ends.
const few = 20

var kinds = map[string]news.Kind{"PER": news.Person, "LOC": news.Place, "ORG": news.Organization}

// readColumns reads a corpus of a word and its IOB2 tag a line.
func readColumns(fsys fs.FS, name string) ([]document, error) {
	src, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	var all []document
	var doc composer
	marked := bytes.Contains(src, []byte("# newdoc"))
	end := func() {
		if d := doc.document(); d.text != "" {
			all = append(all, d)
		}
		doc = composer{}
	}
	lines := bufio.NewScanner(bytes.NewReader(src))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		word, rest, tabbed := strings.Cut(line, "\t")
		switch {
		case strings.HasPrefix(line, "# newdoc"):
			doc.sentence()
			end()
		case line == "":
			if doc.sentence(); !marked && doc.sentences == few {
				end()
			}
		case tabbed:
			doc.word(word, rest[strings.LastIndexByte(rest, '\t')+1:])
		}
	}
	doc.sentence()
	end()
	return all, lines.Err()
}

// composer puts words together as they were printed.
type composer struct {
	text      strings.Builder
	names     []news.Mention
	sentences int
	before    string // the word before, "" at the head of a sentence
	quoted    bool
	inside    string // what the open name is tagged
}

func (c *composer) word(word, tag string) {
	glue := c.before == "" || closing(word) || opening(c.before)
	if word == `"` {
		glue = glue || c.quoted
		c.quoted = !c.quoted
	} else if c.before == `"` && c.quoted {
		glue = true
	}
	if !glue {
		c.text.WriteByte(' ')
	}
	start := c.text.Len()
	c.text.WriteString(word)
	c.mark(start, tag)
	c.before = word
}

func (c *composer) mark(start int, tag string) {
	kind := strings.TrimLeft(tag, "BI-")
	switch {
	case tag == "O":
		c.inside = ""
		return
	case tag[0] == 'B' || kind != c.inside:
		c.names = append(c.names, news.Mention{Span: news.Span{Start: start}, Kind: kinds[kind]})
	}
	c.inside = kind
	c.names[len(c.names)-1].End = c.text.Len()
}

func (c *composer) sentence() {
	if c.before != "" {
		c.text.WriteString("\n\n")
		c.sentences++
	}
	c.before, c.quoted, c.inside = "", false, ""
}

func (c *composer) document() document {
	d := document{text: c.text.String()}
	for _, n := range c.names {
		if n.Kind != 0 {
			d.names = append(d.names, n)
		}
	}
	return d
}

func closing(word string) bool {
	if strings.ContainsRune(".,;:!?%)]}…", first(word)) {
		return true
	}
	for _, tail := range [...]string{"''", "'s", "'S", "n't", "'re", "'ve", "'ll", "'d", "'m"} {
		if strings.HasPrefix(word, tail) {
			return true
		}
	}
	return false
}

func opening(word string) bool {
	switch word {
	case "(", "[", "{", "$", "``", "£", "€", "#":
		return true
	}
	return false
}

func first(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// readArticles reads a folder of marked articles.
func readArticles(dir string) ([]document, error) {
	articles, err := corpus.Read(os.DirFS(dir))
	var all []document
	for _, a := range articles {
		d := document{text: a.Title + "\n\n" + a.Text}
		for _, m := range a.TitleMarks {
			d.names = append(d.names, news.Mention{Span: m.Span, Kind: m.Kind})
		}
		at := len(d.text) - len(a.Text)
		for _, m := range a.Marks {
			d.names = append(d.names, news.Mention{Span: news.Span{Start: at + m.Start, End: at + m.End}, Kind: m.Kind})
		}
		all = append(all, d)
	}
	return all, err
}
