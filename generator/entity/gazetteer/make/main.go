// Command make writes the gazetteer that ships with the recogniser. Run it from the repository's root after a change
// to the lists or the sources:
//
//	go run ./generator/entity/gazetteer/make -vocab DIR -texts DIR
//
// The vocabularies are a folder with geonames/cities15000.txt, geonames/countryInfo.tsv, geonames/regionInfo.tsv and
// census-names/{male,female,surname}.tsv; the texts are a folder of news articles whose words are counted.
package main

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/generator/prose"
)

// Where the lists end: rarer names are more often words or other people's towns.
const (
	surnames  = 20000
	commonest = 3 // a word in lower case this often is common
	thousand  = 1000
)

func main() {
	vocab := flag.String("vocab", "", "folder of the vocabularies")
	texts := flag.String("texts", "", "folder of news articles, for words in lower case")
	dir := flag.String("dir", "generator/entity/gazetteer", "the gazetteer's folder")
	flag.Parse()
	if err := run(os.DirFS(*vocab), os.DirFS(*texts), *dir); err != nil {
		fmt.Fprintln(os.Stderr, "make:", err)
		os.Exit(1)
	}
}

func run(vocab, texts fs.FS, dir string) error {
	ours := os.DirFS(dir + "/lists")
	lists, err := compile(vocab, texts, ours)
	if err != nil {
		return err
	}
	atlas, err := chart(vocab, ours)
	if err != nil {
		return err
	}
	return cmp.Or(os.WriteFile(dir+"/names.txt.gz", pack(lists), 0o644), os.WriteFile(dir+"/atlas.txt.gz", pack(atlas), 0o644))
}

// list is one list of the gazetteer.
type list struct {
	name    string
	entries []string
}

func compile(vocab, texts, ours fs.FS) ([]list, error) {
	var c compiler
	c.ownLists(ours)
	c.add("given", c.column(vocab, "census-names/male.tsv", 0), c.column(vocab, "census-names/female.tsv", 0))
	common := c.column(vocab, "census-names/surname.tsv", 0)
	c.add("surname", common[:min(len(common), surnames)])
	c.add("common", c.commonWords(texts))
	c.add("country", c.countries(vocab))
	c.add("region", c.column(vocab, "geonames/regionInfo.tsv", 1), c.column(vocab, "geonames/regionInfo.tsv", 2))
	c.add("city", c.cities(vocab))
	return c.lists, c.err
}

// compiler gathers lists; the first error stays.
type compiler struct {
	lists []list
	err   error
}

// add appends entries to a list, each entry once, in order.
func (c *compiler) add(name string, columns ...[]string) {
	at := slices.IndexFunc(c.lists, func(l list) bool { return l.name == name })
	if at < 0 {
		at = len(c.lists)
		c.lists = append(c.lists, list{name: name})
	}
	l := &c.lists[at]
	seen := map[string]bool{}
	for _, e := range slices.Concat(append([][]string{l.entries}, columns...)...) {
		if e != "" && !seen[e] {
			seen[e] = true
			l.entries = append(l.entries[:len(seen)-1], e)
		}
	}
}

// ownLists reads the files of lists/: entries parted by commas and line ends, "#" lines left out. A line "word:"
// opens a list of that name; without one the list is the file's name in the singular.
func (c *compiler) ownLists(ours fs.FS) {
	for _, file := range []struct{ name, list, prefix string }{
		{"given", "given", ""}, {"families", "", ""}, {"demonyms", "demonym", ""}, {"never", "never", ""},
		{"titles", "title", ""}, {"roles", "role", ""}, {"speech", "speech", ""}, {"outfits", "", ""}, {"places", "place", ""},
		{"organizations", "organization", ""}, {"institutions", "institution", ""}, {"heads", "", "head-"},
	} {
		for _, line := range c.lines(ours, file.name+".txt") {
			if strings.HasPrefix(line, "#") {
				continue
			}
			name := file.list
			if head, rest, found := strings.Cut(line, ": "); found {
				name, line = file.prefix+head, rest
			}
			c.add(name, split(line))
		}
	}
}

func split(line string) []string {
	entries := strings.Split(line, ",")
	for i := range entries {
		entries[i] = strings.TrimSpace(entries[i])
	}
	return entries
}

func (c *compiler) lines(dir fs.FS, name string) []string {
	src, err := fs.ReadFile(dir, name)
	if err != nil {
		c.err = cmp.Or(c.err, err)
		return nil
	}
	return strings.Split(strings.TrimRight(string(src), "\n"), "\n")
}

// rows are the cells of a tab-separated table.
func (c *compiler) rows(dir fs.FS, name string, width int) [][]string {
	var rows [][]string
	for i, line := range c.lines(dir, name) {
		cells := strings.Split(line, "\t")
		if len(cells) < width {
			c.err = cmp.Or(c.err, fmt.Errorf("%s:%d: %d columns, want %d", name, i+1, len(cells), width))
			return nil
		}
		rows = append(rows, cells)
	}
	return rows
}

// column is one column of a table with a heading.
func (c *compiler) column(dir fs.FS, name string, n int) []string {
	var column []string
	for i, row := range c.rows(dir, name, n+1) {
		if i > 0 {
			column = append(column, row[n])
		}
	}
	return column
}

func (c *compiler) countries(vocab fs.FS) []string {
	names := c.column(vocab, "geonames/countryInfo.tsv", 4)
	for i, name := range names {
		names[i] = strings.TrimPrefix(name, "The ")
	}
	return names
}

// cities are the entries of cities15000, the largest first, under their own name and its plain spelling.
func (c *compiler) cities(vocab fs.FS) []string {
	type city struct {
		entry      string
		population int
	}
	var cities []city
	for _, row := range c.rows(vocab, "geonames/cities15000.txt", 15) {
		population, _ := strconv.Atoi(row[14])
		seat := ""
		if row[7] == "PPLC" {
			seat = "*"
		}
		for _, name := range slices.Compact([]string{row[1], row[2]}) {
			cities = append(cities, city{fmt.Sprintf("%s%s\t%s\t%d", seat, name, row[8], population/thousand), population})
		}
	}
	slices.SortStableFunc(cities, func(a, b city) int { return cmp.Compare(b.population, a.population) })
	entries := make([]string, len(cities))
	for i, city := range cities {
		entries[i] = city.entry
	}
	return entries
}

// commonWords are the words that the texts print in lower case, in alphabetical order.
func (c *compiler) commonWords(texts fs.FS) []string {
	counts := map[string]int{}
	err := fs.WalkDir(texts, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".txt") {
			return err
		}
		file, err := texts.Open(name)
		if err != nil {
			return err
		}
		defer file.Close()
		return countLower(counts, file)
	})
	c.err = cmp.Or(c.err, err)
	maps.DeleteFunc(counts, func(_ string, n int) bool { return n < commonest })
	return slices.Sorted(maps.Keys(counts))
}

func countLower(counts map[string]int, r io.Reader) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<24)
	var words []prose.Token
	for lines.Scan() {
		words = prose.Words(words[:0], lines.Text())
		for _, w := range words {
			word := w.Of(lines.Text())
			if first, _ := utf8.DecodeRuneInString(word); unicode.IsLower(first) && !strings.ContainsAny(word, "./_@0123456789") {
				counts[word]++
			}
		}
	}
	return lines.Err()
}

func pack(lists []list) []byte {
	var packed bytes.Buffer
	zip, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	for _, l := range lists {
		fmt.Fprintf(zip, "[%s]\n", l.name)
		for _, entry := range l.entries {
			fmt.Fprintln(zip, entry)
		}
	}
	zip.Close()
	return packed.Bytes()
}
