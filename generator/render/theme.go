// Package render turns the site's data into pages, feeds and sitemaps.
//
// A theme is a set of html/template files. Each page template is given one struct of this package, and all it can see
// stands in that struct (see page.go):
//
//	front.html     Front      the front page
//	article.html   Article    one article
//	listing.html   Listing    the articles of a tag, person, place, organization, author, section or publication
//	index.html     Index      the A-Z of one kind
//	explore.html   Explore    tags over the years, who stands with whom, the map
//	dates.html     Dates      every year, decade and the undated shelf
//	days.html      Days       every day of the year, for what happened on it
//	year.html      Year       a year's twelve months
//	period.html    Period     a month, a day, a decade, a loose year, the undated shelf
//	page.html      Standing   an about page and the like
//	search.html    Search     the search
//	missing.html   Missing    404.html
//	moved.html     Moved      an alias
//
// A file whose name begins with an underscore is a partial, called as {{template "_items.html" …}}. A page template may
// call partials and what it defines itself, nothing of another page's. Files are read in layers, and a later layer's file
// replaces an earlier one's of the same name.
//
// Parse finds every mistake before a page is written: syntax, a field or template that does not exist, a value in a
// place where HTML cannot hold it. Each is a diagnostic at its file, line and column.
//
// Beside the functions of package text/template there are:
//
//	link ROOT LINK         the link as HTML: its label in <a>, or the label alone where it has no URL
//	room ROOT PATH LINK    the same in a menu: marked where it leads to PATH, the page one is on
//	headline ROOT ITEM     the same for an article
//	names ROOT LIST        such links with commas between them
//	listed ROOT LIST       such links as lines of a list, each with its count
//	dated ROOT ITEMS       articles as lines of a list, each with its date
//	chart ROOT BARS        a chart over time: a drawing, and a table behind it that leads where the bars lead
//	network ROOT LINKS PAIRS        a drawing of those that stand with a name, and of which of them stand together
//	ring ROOT LINKS PAIRS  a drawing of names in a ring, and which of them stand together
//	dots ROOT PINS         places on a map of the world
//	words                  what pages say in the site's language: {{words.Cite}} (see words.go)
//	lang LANGUAGE          the attributes lang and dir; none where LANGUAGE is ""
//	date DATE              the date as HTML: its text, in <time> where that has a form for it
//	href ROOT URL          where a link leads: ROOT and URL together, or URL alone where it has a scheme
//	host URL               the site it leads to: "wikidata.org"
//	number N               1234 as "1,234"
//	count N ONE MANY       "1 article", "1,234 articles"
//	join LIST SEPARATOR    the list's strings with the separator between them
//
// Four run a partial, once for each value it is given, since a site shows the same so often:
//
//	teasers ROOT ITEMS     each article of a list, by _item.html, which is given an ItemAt
//	assets PAGE            _assets.html, which is given an Assets
//	masthead PAGE          _masthead.html, which is given a Masthead
//	foot PAGE              _foot.html, which is given a Foot
//
// A partial that writes links needs the page's Root beside what it lists. These put the two together: items ROOT LIST,
// links ROOT LIST, figure ROOT FIGURE, month ROOT MONTH, and steps ROOT LABEL PREVIOUS NEXT (see partial.go).
//
// No output depends on a clock, the machine or the order of a map.
package render

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"strings"

	"broadsheet/generator/diag"
)

// Theme is a set of templates that was found whole. It may be used by many goroutines at once.
type Theme struct {
	sources map[string]string // by file name
	pages   map[string]*template.Template
	keys    map[string]string
	parts   *fragments
	words   *Words
}

// pageTypes lists every page template with what it is given.
func pageTypes() map[string]reflect.Type {
	return map[string]reflect.Type{
		"front.html":   reflect.TypeFor[Front](),
		"article.html": reflect.TypeFor[Article](),
		"listing.html": reflect.TypeFor[Listing](),
		"index.html":   reflect.TypeFor[Index](),
		"explore.html": reflect.TypeFor[Explore](),
		"dates.html":   reflect.TypeFor[Dates](),
		"days.html":    reflect.TypeFor[Days](),
		"year.html":    reflect.TypeFor[Year](),
		"period.html":  reflect.TypeFor[Period](),
		"page.html":    reflect.TypeFor[Standing](),
		"search.html":  reflect.TypeFor[Search](),
		"missing.html": reflect.TypeFor[Missing](),
		"moved.html":   reflect.TypeFor[Moved](),
	}
}

// Parse reads the templates at the root of each layer, the default theme first and the site's own after it, and sets
// the words of a language into them; a layer whose folder does not exist is empty. The authors' mistakes come back as a
// diag.List.
func Parse(words *Words, layers ...fs.FS) (*Theme, error) {
	sources, err := readLayers(layers)
	if err != nil {
		return nil, err
	}
	pages := pageTypes()
	faults := misnamed(sources, pages)
	types := fragmentTypes()
	maps.Copy(types, pages)
	parts := &fragments{}
	set, syntax := parseAll(sources, parts, words)
	parts.set = set
	faults = append(faults, syntax...)
	if len(syntax) == 0 {
		faults = append(faults, checkTypes(set, sources, types)...)
	}
	if len(faults) == 0 {
		faults = checkContexts(set, sources, types)
	}
	if len(faults) > 0 {
		return nil, faults.Sorted()
	}
	spare(set, functions(parts, words))
	theme := &Theme{sources: sources, pages: map[string]*template.Template{}, keys: keysOf(sources, pages, words), parts: parts, words: words}
	for name := range pages {
		theme.pages[name] = set.Lookup(name)
	}
	return theme, nil
}

// Words is what the pages say.
func (t *Theme) Words() *Words { return t.words }

// Key is a short hash of all that shapes a template's pages beside their data: its file and every partial.
func (t *Theme) Key(name string) string { return t.keys[name] }

// KeyOfAll is a short hash of all templates.
func (t *Theme) KeyOfAll() string {
	all := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(t.keys)) {
		fmt.Fprintln(all, name, t.keys[name])
	}
	return hex.EncodeToString(all.Sum(nil)[:8])
}

// Execute writes the page that the named template makes of data, one of this package's structs or a pointer to it. A
// template's failure is a diagnostic at its file, line and column; what was written until then is no page.
func (t *Theme) Execute(w io.Writer, name string, data any) error {
	page := t.pages[name]
	if page == nil {
		panic("render: no template named " + name)
	}
	err := page.Execute(w, data)
	if err == nil {
		return nil
	}
	if d, ok := executionFault(t.sources, err); ok {
		return d
	}
	return fmt.Errorf("writing a page of %s: %w", name, err)
}

func readLayers(layers []fs.FS) (map[string]string, error) {
	sources := map[string]string{}
	for _, layer := range layers {
		entries, err := fs.ReadDir(layer, ".")
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("reading templates: %w", err)
		}
		for _, e := range entries {
			if !isTemplate(e.Name()) {
				continue
			}
			text, err := fs.ReadFile(layer, e.Name())
			if err != nil {
				return nil, fmt.Errorf("reading template %s: %w", e.Name(), err)
			}
			sources[e.Name()] = string(text)
		}
	}
	return sources, nil
}

func isTemplate(name string) bool {
	return strings.HasSuffix(name, ".html") && !strings.HasPrefix(name, ".")
}

func isPartial(name string) bool { return strings.HasPrefix(name, "_") }

// misnamed reports files that no page is made with, and pages that have no file.
func misnamed(sources map[string]string, types map[string]reflect.Type) diag.List {
	var faults diag.List
	for name := range types {
		if _, ok := sources[name]; !ok {
			faults = append(faults, diag.Fail(path(name), "this template is missing"))
		}
	}
	var stems []string
	for _, name := range slices.Sorted(maps.Keys(types)) {
		stems = append(stems, stem(name))
	}
	for name := range sources {
		if _, ok := types[name]; ok || isPartial(name) {
			continue
		}
		d := diag.Fail(path(name), "no page is made with a template of this name")
		if near := diag.Nearest(stem(name), stems); near != "" {
			faults = append(faults, d.WithHint("did you mean \"%s.html\"?", near))
			continue
		}
		faults = append(faults, d.WithHint("a partial's name begins with an underscore: \"_%s\"", name))
	}
	return faults
}

func stem(name string) string { return strings.TrimSuffix(name, ".html") }

// parseAll parses every file into one set. Each file is tried, so that each file's first mistake is told.
func parseAll(sources map[string]string, parts *fragments, words *Words) (*template.Template, diag.List) {
	set := template.New("").Funcs(functions(parts, words))
	var faults diag.List
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		if _, err := set.New(name).Parse(sources[name]); err != nil {
			faults = append(faults, syntaxFault(sources, name, err))
			continue
		}
		faults = append(faults, loosePipes(sources, name)...)
	}
	for _, t := range set.Templates() {
		if t.Tree != nil {
			s := setter{words: reflect.ValueOf(words).Elem()}
			s.list(t.Tree.Root)
		}
	}
	return set, faults
}

// checkContexts lets html/template work out where in HTML each value stands. It does so on a template's first use, for all
// that the template may call. The one used here calls a page, but has a word to write before it, and cannot: nothing
// of the page runs.
func checkContexts(set *template.Template, sources map[string]string, types map[string]reflect.Type) diag.List {
	checks := map[string]*template.Template{}
	for name := range types {
		checks[name] = template.Must(set.New("check " + name).Parse(`x{{template "` + name + `" .}}`))
	}
	var faults diag.List
	for name, check := range checks {
		err := check.Execute(closed{}, nil)
		var misplaced *template.Error
		if errors.As(err, &misplaced) {
			faults = append(faults, contextFault(sources, name, misplaced))
		}
	}
	return faults
}

// closed is a writer that takes nothing.
type closed struct{}

func (closed) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

// keysOf hashes each page template with every partial, in order of name.
func keysOf(sources map[string]string, types map[string]reflect.Type, words *Words) map[string]string {
	partials := sha256.New()
	io.WriteString(partials, words.Language)
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		if isPartial(name) {
			fmt.Fprintf(partials, "%s %d\n%s", name, len(sources[name]), sources[name])
		}
	}
	shared := partials.Sum(nil)
	keys := map[string]string{}
	for name := range types {
		own := sha256.New()
		own.Write(shared)
		io.WriteString(own, sources[name])
		keys[name] = hex.EncodeToString(own.Sum(nil)[:8])
	}
	return keys
}

// path is a template's name as its author knows it.
func path(name string) string { return "templates/" + name }
