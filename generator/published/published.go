// Package published is the record of every address that was ever published, content/urls.tsv: what each shows, so that it goes on
// leading there whatever becomes of names, dates and files.
//
// The file is UTF-8 text, a line an address. Its first line names the columns; of the others each has three or four, with a tab
// between them, and they are sorted by address, byte by byte, so that two who publish seldom touch the same line:
//
//	url        below the site's root, as links spell it, unescaped: people/kim-jong-il/index.html
//	shows      article, person, place, organization, tag, section, publication, author or page
//	of         the article's id; the name of a person, place or organization; the label of a tag, section, publication or
//	           author; a standing page's file below content/
//	leads to   the address that it led to when the site was last published; left out where it has its own page
//
// Publishing writes the file and never takes a line out. A person may: an address without its line is forgotten. Lines may stand
// in any order, and one may stand twice.
package published

import (
	"bytes"
	"cmp"
	"io/fs"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/generator/diag"
)

// Line is one address.
type Line struct {
	URL     string
	Shows   string // one of Shown
	Of      string
	LeadsTo string // "" where it has its own page
}

// What an address shows, beside the kinds of an entity as news.Kind writes them.
const (
	Article     = "article"
	Tag         = "tag"
	Section     = "section"
	Publication = "publication"
	Author      = "author"
	Page        = "page"
)

// shown is every word of the second column.
var shown = []string{Article, "person", "place", "organization", Tag, Section, Publication, Author, Page}

const header = "url\tshows\tof\tleads to\n"

// Record is the lines of a file. The nil Record has none, and is ready for use.
type Record struct {
	lines []Line  // by URL
	of    []int32 // their numbers, by Shows, Of and URL
}

// New is a record of lines, of which no two have one URL.
func New(lines []Line) *Record {
	slices.SortFunc(lines, func(a, b Line) int { return strings.Compare(a.URL, b.URL) })
	r := &Record{lines: lines, of: make([]int32, len(lines))}
	for n := range r.of {
		r.of[n] = int32(n)
	}
	slices.SortStableFunc(r.of, func(a, b int32) int { return lines[a].compare(lines[b].Shows, lines[b].Of) })
	return r
}

func (l *Line) compare(shows, of string) int {
	return cmp.Or(strings.Compare(l.Shows, shows), strings.Compare(l.Of, of))
}

// Lines is every line, by URL. It is not to be changed.
func (r *Record) Lines() []Line {
	if r == nil {
		return nil
	}
	return r.lines
}

// Find is the line of an address.
func (r *Record) Find(url string) (Line, bool) {
	lines := r.Lines()
	at, found := slices.BinarySearchFunc(lines, url, func(l Line, url string) int { return strings.Compare(l.URL, url) })
	if !found {
		return Line{}, false
	}
	return lines[at], true
}

// Of is the addresses of one thing, sorted.
func (r *Record) Of(shows, of string) (urls []string) {
	if r == nil {
		return nil
	}
	at, _ := slices.BinarySearchFunc(r.of, 0, func(n int32, _ int) int { return r.lines[n].compare(shows, of) })
	for ; at < len(r.of) && r.lines[r.of[at]].compare(shows, of) == 0; at++ {
		urls = append(urls, r.lines[r.of[at]].URL)
	}
	return urls
}

// Append writes the record in the form of the package comment.
func (r *Record) Append(b []byte) []byte {
	b = append(b, header...)
	for _, l := range r.Lines() {
		b = append(b, l.URL+"\t"+l.Shows+"\t"+l.Of...)
		if l.LeadsTo != "" {
			b = append(b, "\t"+l.LeadsTo...)
		}
		b = append(b, '\n')
	}
	return b
}

// Parse reads what Append wrote, and what a person or git has made of it. The Record is nil when the file has errors.
func Parse(name string, src []byte) (*Record, diag.List) {
	if len(src) == 0 {
		return nil, nil
	}
	if !utf8.Valid(src) {
		return nil, diag.List{diag.Fail(name, "not UTF-8").WithHint("save the file as UTF-8")}
	}
	p := parser{name: name, at: map[string]int{}}
	number := 0
	for text := range strings.Lines(string(bytes.TrimPrefix(src, []byte("\ufeff")))) {
		number++
		p.line(number, strings.TrimRight(text, "\r\n"))
	}
	if len(p.faults) > 0 {
		return nil, p.faults
	}
	return New(p.lines), nil
}

// LineOf is the line of a file that has an address, from 1 on; 0 where none has.
func LineOf(src []byte, url string) int {
	number := 0
	for line := range bytes.Lines(src) {
		if number++; bytes.HasPrefix(line, append([]byte(url), '\t')) {
			return number
		}
	}
	return 0
}

type parser struct {
	name    string
	lines   []Line
	numbers []int          // of each, in the file
	at      map[string]int // by URL: its place in lines
	faults  diag.List
}

// fail reports what is wrong with a line, from a byte of it on.
func (p *parser) fail(number int, text string, from int, hint, format string, args ...any) {
	d := diag.Fail(p.name, format, args...)
	d.Line, d.Col, d.Source, d.Hint = number, utf8.RuneCountInString(text[:from])+1, strings.ReplaceAll(text, "\t", "  "), hint
	p.faults = append(p.faults, d)
}

func (p *parser) line(number int, text string) {
	if text == "" || number == 1 && text == strings.TrimSuffix(header, "\n") {
		return
	}
	for _, mark := range []string{"<<<<<<<", "=======", ">>>>>>>", "|||||||"} {
		if strings.HasPrefix(text, mark) {
			p.fail(number, text, 0, "keep the lines of both sides, and take the marks out", "a mark of git's, where two have changed the file")
			return
		}
	}
	fields := strings.Split(text, "\t")
	if len(fields) != 3 && len(fields) != 4 {
		p.fail(number, text, 0, "address, what it shows, and of which, with a tab between them", "there are three columns or four, and this line has %d", len(fields))
		return
	}
	l := Line{URL: fields[0], Shows: fields[1], Of: fields[2]}
	if len(fields) > 3 {
		l.LeadsTo = fields[3]
	}
	second := len(l.URL) + 1
	third := second + len(l.Shows) + 1
	const address = "write it as it stands below the site's root: people/jane-doe/index.html"
	switch other, twice := p.at[l.URL]; {
	case !isAddress(l.URL):
		p.fail(number, text, 0, address, "%q is no address", l.URL)
	case !slices.Contains(shown, l.Shows):
		hint := "it shows one of: " + strings.Join(shown, ", ")
		if near := diag.Nearest(l.Shows, shown); near != "" {
			hint = "did you mean " + near + "?"
		}
		p.fail(number, text, second, hint, "%q is nothing that an address shows", l.Shows)
	case l.Of == "":
		p.fail(number, text, third, "write the article's id, or the name", "the line does not say which %s the address shows", l.Shows)
	case l.LeadsTo != "" && !isAddress(l.LeadsTo):
		p.fail(number, text, third+len(l.Of)+1, address, "%q is no address", l.LeadsTo)
	case twice && p.lines[other] != l:
		p.fail(number, text, 0, "keep one of the two lines", "the address stands in line %d already, with something else", p.numbers[other])
	case !twice:
		p.at[l.URL] = len(p.lines)
		p.lines, p.numbers = append(p.lines, l), append(p.numbers, number)
	}
}

func isAddress(s string) bool {
	return fs.ValidPath(s) && s != "." && !strings.ContainsFunc(s, unicode.IsControl)
}
