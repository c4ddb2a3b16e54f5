package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"broadsheet/generator/archive"
)

// editor is somebody at work on a site.
type editor struct {
	t     *testing.T
	r     *rand.Rand
	dir   string
	count int

	workshop *workshop // what builds while the site is watched
	warm     int       // builds that began with what the last one left, in memory or on disk
	changed  []string  // since the last of them

	entries  map[int]int       // by block of entityBlocks: its form in entities.toml, from 1; 0 for none
	settings map[string]string // by key of site.toml, as TOML
	flags    []string          // of build, until changed again
}

func (e *editor) start(articles int) {
	e.settings = map[string]string{
		"title": "'The Example'", "base_url": "'https://example.org/x/'", "listings.split_above": "3", "feeds.min_articles": "2",
	}
	e.set("title", "'The Example'")
	e.write("content/n/paper.txt", "The paper of the day\n2002-04-05\n\nSEOUL (AP) - Lim Dong-won met Jane Roe in Seoul. The talks went on.\n")
	for range articles {
		e.add()
	}
	e.write("content/pages/about.md", "# About\n\nSee [a story](../n/paper.txt) and [the map](../n/map.svg).\n")
	if e.r.IntN(2) == 0 {
		e.publish()
	}
	e.build("public")
}

// publish records the addresses that there are now.
func (e *editor) publish() {
	e.t.Helper()
	b := &buildFlags{flags: &flags{site: e.dir, stderr: &bytes.Buffer{}}}
	o, err := b.open()
	if err != nil {
		e.t.Fatal(err)
	}
	o.read.Cache = ""
	a, err := archive.Open(context.Background(), o.read)
	if err != nil {
		e.t.Fatal(err)
	}
	e.write("content/urls.tsv", string(a.Addresses().Append(nil)))
	if err := a.Close(); err != nil {
		e.t.Fatal(err)
	}
}

// edit does one thing at random and says what.
func (e *editor) edit() string {
	kind := e.kinds()[e.r.IntN(len(e.kinds()))]
	kind.do()
	return kind.name
}

// editArticle is edit, mostly of one article or entry.
func (e *editor) editArticle() string {
	kinds := e.kinds()
	but := "flags" // a watch keeps those it began with
	if e.r.IntN(8) > 0 {
		kinds = slices.DeleteFunc(kinds, func(k kind) bool { return !k.article })
	}
	kinds = slices.DeleteFunc(kinds, func(k kind) bool { return k.name == but })
	kind := kinds[e.r.IntN(len(kinds))]
	kind.do()
	return kind.name
}

// kind is one kind of edit.
type kind struct {
	name    string
	do      func()
	article bool // of an article or of entities.toml alone
}

func (e *editor) kinds() []kind {
	kinds := []kind{
		{name: "add", do: func() { e.add() }},
		{name: "add markdown", do: e.addMarkdown},
		{name: "change", do: func() { e.rewrite(e.article(), "Seoul", "Pyongyang") }},
		{name: "headline", do: func() { e.rewrite(e.article(), "Story", "Report") }},
		{name: "delete", do: func() { e.remove(e.article()) }},
		{name: "rename", do: e.rename},
		{name: "sidecar", do: func() {
			name := e.article()
			e.write(strings.TrimSuffix(name, filepath.Ext(name))+".toml", e.pick(sidecars()...))
		}},
		{name: "defaults", do: func() {
			e.write("content/n/_defaults.toml", e.pick("section = 'World'\n", "section = 'City'\npublication = 'The Mail'\n", "rights = 'metadata'\n"))
		}},
		{name: "entities", do: func() { e.write("content/entities.toml", e.pick(entityFiles()...)) }},
		{name: "entry", do: e.entry},
		{name: "no entities", do: func() { e.remove("content/entities.toml") }},
		{name: "tags", do: func() { e.write("content/tags.toml", e.pick(tagFiles()...)) }},
		{name: "no tags", do: func() { e.remove("content/tags.toml") }},
		{name: "template", do: func() {
			e.write("templates/missing.html", e.pick("<p>None.</p>", "<!doctype html><title>{{.Title}}</title>"))
		}},
		{name: "partial", do: func() {
			e.write("templates/_foot.html", e.pick("</main></body></html>", "<p>foot</p></main></body></html>"))
		}},
		{name: "static", do: func() { e.write("static/style.css", e.pick("body{}", "p{}")) }},
		{name: "setting", do: func() {
			s := settings()[e.r.IntN(len(settings()))]
			e.set(s[0], e.pick(s[1:]...))
		}},
		{name: "flags", do: func() {
			e.flags = [][]string{nil, {"--drafts"}, {"--base-url", "https://example.org/z"}, {"--jobs", "1"}}[e.r.IntN(4)]
		}},
		{name: "lost state", do: e.lose},
		{name: "front matter", do: e.frontMatter},
		{name: "form", do: func() { e.rewrite(e.article(), "Lim Dong-won", e.pick("Lim Dongwon", "Kim Dong-won")) }},
		{name: "publish", do: e.publish},
		{name: "not published", do: func() { e.remove("content/urls.tsv") }},
		{name: "picture", do: func() { e.write("content/n/map.svg", e.pick("<svg/>", "<svg xmlns='http://www.w3.org/2000/svg'/>")) }},
		{name: "no picture", do: func() { e.remove("content/n/map.svg") }},
		{name: "section page", do: func() {
			e.write("content/n/_index.md", e.pick("# Home news\n\nFrom here.\n", "+++\ntitle = 'Abroad'\n+++\n", "From *everywhere*.\n"))
		}},
		{name: "about", do: func() {
			e.write("content/pages/about.md", "# About us\n\n![map](../n/map.svg) and ["+e.pick("one", "two")+"](../n/story-2.txt)\n")
		}},
	}
	alone := []string{"entities", "entry", "no entities", "add", "add markdown", "change", "headline", "delete", "rename", "sidecar", "front matter", "form", "publish", "not published"}
	for n := range kinds {
		kinds[n].article = slices.Contains(alone, kinds[n].name)
	}
	return kinds
}

func (e *editor) add() {
	e.count++
	name := fmt.Sprintf("content/%s/story-%d.txt", e.pick("n", "n/deep", "m"), e.count)
	e.write(name, fmt.Sprintf("Story %d of the day\n%s\n\nBy Jane Doe\n\n%s (AP) - President Lee Chung-min met Mr. Lim Dong-won of Yonsei University in Seoul. "+
		"The talks %d went on, and Mr. Lim said the United Nations would help.\n\nA ceasefire was near in %s.\n",
		e.count, e.pick("2002-04-05", "2002-04-06", "2002-05-01", "2001", "1998-12-31", ""), e.pick("SEOUL", "BERLIN"), e.count, e.pick("Iraq", "France", "Seoul")))
}

func (e *editor) addMarkdown() {
	e.count++
	e.write(fmt.Sprintf("content/n/story-%d.md", e.count), fmt.Sprintf("+++\ntitle = 'Edited %d'\ndate = %s\ntags = ['Peace', '%s']\npeople = ['Jane Roe']\naliases = ['old/%d.html']\ndraft = %s\n+++\n"+
		"Jane Roe spoke to [the paper](paper.txt).\n\n![map](map.svg)\n", e.count, e.pick("'191X'", "2003-01-01", "'1914/1918'"), e.pick("War", "Sport"), e.r.IntN(3), e.pick("true", "false")))
}

func (e *editor) rename() {
	name := e.article()
	if b, err := os.ReadFile(filepath.Join(e.dir, name)); err == nil {
		e.count++
		e.remove(name)
		e.write(fmt.Sprintf("content/m/moved-%d%s", e.count, filepath.Ext(name)), string(b))
	}
}

// lose takes away a file of what the last build left, or its end. The manifest and what amends it are no such files: without
// them the output is nobody's.
func (e *editor) lose() {
	files, err := filepath.Glob(filepath.Join(e.dir, stateFolder, "*"))
	more, _ := filepath.Glob(filepath.Join(e.dir, stateFolder, "outputs", "*"))
	files = slices.DeleteFunc(append(files, more...), func(name string) bool {
		info, err := os.Stat(name)
		return err != nil || info.IsDir() || slices.Contains([]string{".manifest", ".amended"}, filepath.Ext(name))
	})
	if err != nil || len(files) == 0 {
		return
	}
	slices.Sort(files)
	name := files[e.r.IntN(len(files))]
	info, err := os.Stat(name)
	if err == nil && e.r.IntN(2) == 0 {
		err = os.Truncate(name, info.Size()/2)
	} else if err == nil {
		err = os.Remove(name)
	}
	if err != nil {
		e.t.Fatal(err)
	}
}

// sidecars are what somebody may say of an article.
func sidecars() []string {
	return []string{
		"date = '1999-09-09'\n", "title = 'By hand'\n", "rights = 'private'\n", "rights = 'metadata'\n", "slug = 'same'\n", "tags = ['Peace']\n",
		"images = ['map.svg']\n", "url = 'kept/here.html'\n", "aliases = ['kept/there.html']\n", "weight = 1\n", "weight = 2\n",
		"authors = ['Jane Roe', 'Jane Doe']\n", "publication = 'The Mail'\n", "deck = 'More of it'\n", "print_page = 'A5'\ntitle = ''\n",
		"date = 2002-04-05T14:05:00Z\n", "lastmod = 2020-01-02\n", "places = []\n", "description = 'In short.'\n", "section = 'City'\n", "draft = true\n", "corrections = ['It was Tuesday.']\n", "corrects = 'n/story-1'\n",
	}
}

// frontMatter says the same of every article in one folder, in another order each time.
func (e *editor) frontMatter() {
	lines := []string{"title = 'Ordered'\n", "date = 2002-04-06\n", "tags = ['War', 'Peace']\n", "section = 'City'\n", "weight = 3\n"}
	e.r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	e.write("content/n/ordered.md", "+++\n"+strings.Join(lines, "")+"+++\nA word to [the paper](paper.txt).\n")
}

// entityFiles are texts of entities.toml, each of another kind.
func entityFiles() []string {
	lim := "[[person]]\nname = 'Lim Dong-won'\naliases = ['Lim Dong Won']\n"
	return []string{
		lim, lim + "note = 'Envoy.'\n", lim + "sort = 'Dong-won'\n", lim + "same_as = ['https://example.org/lim']\n", lim + "not = ['Lee Chung-min']\n",
		"[[person]]\nname = 'Lee, the President'\naliases = ['Lee Chung-min']\n[[hide]]\nkind = 'place'\nname = 'Seoul'\n",
		"[[organization]]\nname = 'The United Nations Organization'\naliases = ['United Nations']\nsame_as = ['https://www.wikidata.org/entity/Q1065']\n",
		"[[person]]\nid = 'lim'\nname = 'Lim Dong-won'\n", "[[person]]\nname = 'Lim Dongwon'\naliases = ['Lim Dong-won']\n",
		"[[same]]\nnames = ['Lim Dong-won', 'Lee Chung-min']\n", "[[same]]\nnames = ['Lim Dongwon', 'Lim Dong-won']\n", "[[different]]\nnames = ['Lim Dong-won', 'Lee Chung-min']\n",
		"[[fix]]\narticle = 'n/paper'\ntext = 'Seoul'\nis = 'nothing'\n",
	}
}

// entry adds one block to entities.toml, changes it or takes it away.
func (e *editor) entry() {
	if e.entries == nil {
		e.entries = map[int]int{}
	}
	blocks := entityBlocks()
	n := e.r.IntN(len(blocks))
	e.entries[n] = e.r.IntN(1 + len(blocks[n]))
	var b strings.Builder
	for _, n := range e.r.Perm(len(blocks)) {
		if form := e.entries[n]; form > 0 {
			b.WriteString(blocks[n][form-1])
		}
	}
	e.write("content/entities.toml", b.String())
}

// entityBlocks are blocks of entities.toml that can stand together, each in several forms.
func entityBlocks() [][]string {
	return [][]string{
		{"[[person]]\nname = 'Lim Dong-won'\n", "[[person]]\nname = 'Lim Dong-won'\nnot = ['Mr. Lim', 'Lim']\n", "[[person]]\nid = 'lim'\nname = 'Lim Dong Won'\nnote = 'Envoy.'\n"},
		{"[[person]]\nid = 'another-lim'\nname = 'Lim Dong-won'\nwhen = { near = ['Iraq'] }\n", "[[person]]\nid = 'another-lim'\nname = 'Lim Dong-won'\nwhen = { before = '2002-04-06' }\n", "[[person]]\nid = 'another-lim'\nname = 'Lim Dong-won'\nwhen = { articles = ['n/paper'] }\n"},
		{"[[person]]\nname = 'Jane Roe'\n", "[[person]]\nname = 'Jane Q. Roe'\naliases = ['Jane Roe', 'Jane Doe']\n", "[[person]]\nid = 'jane'\nname = 'Roe'\n"},
		{"[[place]]\nname = 'Seoul'\n", "[[place]]\nname = 'Seoul'\ncoordinates = [37.57, 126.98]\n", "[[place]]\nname = 'Soul'\naliases = ['Seoul', 'Pyongyang']\nsort = 'Zoul'\n"},
		{"[[organization]]\nname = 'Yonsei'\n", "[[organization]]\nname = 'Yonsei'\naliases = ['Yonsei University']\nsame_as = ['https://example.org/yonsei']\n"},
		{"[[hide]]\nname = 'Yonsei University'\n", "[[hide]]\nkind = 'person'\nname = 'Lee Chung-min'\n", "[[hide]]\nkind = 'place'\nname = 'Berlin'\n"},
		{"[[same]]\nnames = ['Iraq', 'France']\n", "[[same]]\nnames = ['Berlin', 'France']\n", "[[same]]\nnames = ['Nowhere', 'Neverland']\n"},
		{"[[different]]\nnames = ['Lim Dong-won', 'Mr. Lim']\n", "[[different]]\nnames = ['United Nations', 'UN']\n"},
		{"[[fix]]\narticle = 'n/paper'\ntext = 'Seoul'\nis = 'nothing'\n", "[[fix]]\narticle = 'n/paper'\ntext = 'Jane Roe'\nis = 'people/lim-dong-won'\n", "[[fix]]\narticle = 'n/story-2'\ntext = 'Seoul'\nis = 'people/jane'\n"},
		{"[[person]]\nname = 'Nobody Nowhere'\n", "[[person]]\nname = 'nobody'\naliases = ['the talks']\n", "[[organization]]\nname = 'Story'\n"},
	}
}

// tagFiles are texts of tags.toml.
func tagFiles() []string {
	war := "[[tag]]\nlabel = 'War'\n"
	return []string{
		"[[tag]]\nlabel = 'Ceasefires'\n[[tag.rules]]\nany = ['ceasefire*']\n",
		"[[tag]]\nlabel = 'Peace and war'\naliases = ['Peace', 'War']\nnote = 'Both.'\n[[tag.rules]]\nany = ['talks']\n",
		war, war + "note = 'None of it.'\n", war + "broader = ['Peace']\n[[tag]]\nlabel = 'Peace'\n", "[[tag]]\nlabel = 'Peace'\nslug = 'calm'\n",
	}
}

// settings are keys of site.toml, each with values that are no default.
func settings() [][]string {
	return [][]string{
		{"title", "'The Example'", "'Another'"},
		{"description", "'Old news.'", "''"},
		{"base_url", "'https://example.org/x/'", "'https://example.org/y/'", "''"},
		{"language", "'en'", "'de'"},
		{"publication", "'The Mail'", "''"},
		{"contact", "'mailto:archive@example.org'", "''"},
		{"menu", "[{ label = 'About', url = 'about.html' }]", "[]"},
		{"permalink", "'{year}/{slug}.html'", "'{section}/{year}-{month}-{day}/{slug}.html'"},
		{"rights.default", "'open'", "'metadata'"},
		{"ingest.date_order", "'dmy'", "'auto'"},
		{"ingest.originals", "true", "false"},
		{"entities.recognize", "true", "false"},
		{"entities.min_articles", "1", "2", "5"},
		{"tags.assign", "'all'", "'none'", "'untagged'"},
		{"tags.min_articles", "1", "2", "5"},
		{"listings.split_above", "1", "2", "3", "4", "100"},
		{"feeds.items", "1", "20"},
		{"feeds.min_articles", "1", "3", "10"},
	}
}

func (e *editor) set(key, value string) {
	e.settings[key] = value
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(e.settings)) {
		fmt.Fprintf(&b, "%s = %s\n", key, e.settings[key])
	}
	e.write("site.toml", b.String())
}

func (e *editor) pick(options ...string) string { return options[e.r.IntN(len(options))] }

// article is one of the articles there are, at random.
func (e *editor) article() string {
	var names []string
	err := filepath.WalkDir(filepath.Join(e.dir, "content"), func(p string, d fs.DirEntry, err error) error {
		if ext := filepath.Ext(p); err == nil && (ext == ".txt" || ext == ".md" && !strings.Contains(p, "pages") && d.Name() != "_index.md") {
			rel, _ := filepath.Rel(e.dir, p)
			names = append(names, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil || len(names) == 0 {
		return "content/none.txt"
	}
	slices.Sort(names)
	return names[e.r.IntN(len(names))]
}

func (e *editor) write(name, content string) {
	e.t.Helper()
	file := filepath.Join(e.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		e.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
		e.t.Fatal(err)
	}
	e.changed = append(e.changed, file)
}

func (e *editor) remove(name string) {
	file := filepath.Join(e.dir, filepath.FromSlash(name))
	if os.Remove(file) == nil {
		e.changed = append(e.changed, file)
	}
}

// watch begins to build in one process.
func (e *editor) watch() {
	flags := &buildFlags{flags: &flags{site: e.dir, out: filepath.Join(e.dir, "public"), stderr: &bytes.Buffer{}}, watch: true}
	e.workshop = &workshop{open: flags.open}
	e.rebuild()
}

// rebuild builds what has changed.
func (e *editor) rebuild() {
	e.t.Helper()
	was := e.workshop.last
	if _, _, err := e.workshop.rebuild(context.Background(), e.changed, newProgress(io.Discard)); err != nil {
		e.t.Fatal(err)
	}
	if was != nil && e.workshop.last == was {
		e.warm++
	}
	e.changed = nil
	if err := e.workshop.settle(context.Background(), 0); err != nil {
		e.t.Fatal(err)
	}
}

// clean builds the site into another folder, with a cache and a record of its own.
func (e *editor) clean() map[string]string {
	e.t.Helper()
	b := &buildFlags{flags: &flags{site: e.dir, out: filepath.Join(e.dir, "clean"), stderr: &bytes.Buffer{}}, clean: true}
	b.drafts = slices.Contains(e.flags, "--drafts")
	if at := slices.Index(e.flags, "--base-url"); at >= 0 {
		b.baseURL = e.flags[at+1]
	}
	o, err := b.open()
	if err != nil {
		e.t.Fatal(err)
	}
	o.read.Cache, o.write.State = "", filepath.Join(e.dir, "clean-state")
	if _, _, err := o.build(context.Background(), newProgress(io.Discard)); err != nil {
		e.t.Fatal(err)
	}
	return readTree(e.t, filepath.Join(e.dir, "clean"))
}

func (e *editor) close() {
	if err := e.workshop.close(); err != nil {
		e.t.Fatal(err)
	}
}

func (e *editor) rewrite(name, old, replacement string) {
	if b, err := os.ReadFile(filepath.Join(e.dir, filepath.FromSlash(name))); err == nil {
		e.write(name, strings.ReplaceAll(string(b), old, replacement))
	}
}

// build builds the site into a folder beside it and returns what is there then.
func (e *editor) build(out string, flags ...string) map[string]string {
	e.t.Helper()
	e.run(out, flags...)
	return readTree(e.t, filepath.Join(e.dir, out))
}

// run builds the site into a folder beside it.
func (e *editor) run(out string, flags ...string) {
	e.t.Helper()
	dir := filepath.Join(e.dir, out)
	var stdout, stderr bytes.Buffer
	if code := run(context.Background(), append([]string{"build", "--stats", "--site", e.dir, "--out", dir}, flags...), &stdout, &stderr); code != 0 {
		e.t.Fatalf("build: exit code %d\n%s", code, stderr.String())
	}
	if strings.Contains(stdout.String(), "\n  reopen ") && strings.Contains(stdout.String(), "\n  pages ") {
		e.warm++
	}
}
