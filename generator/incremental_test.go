package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var sequences = flag.Int("sequences", 12, "random sequences of edits that TestIncrementalEqualsClean tries")

// TestIncrementalEqualsClean edits a small site at random, and builds it after each edit. Whatever was done, the
// output must be, byte for byte, what a clean build of the same files makes.
func TestIncrementalEqualsClean(t *testing.T) {
	for seed := range *sequences {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			e := &editor{t: t, r: rand.New(rand.NewPCG(uint64(seed), 7)), dir: t.TempDir()}
			e.start()
			var done []string
			for range 8 {
				done = append(done, e.edit())
				built := e.build("public")
				clean := e.build(fmt.Sprintf("clean-%d", len(done)), "--clean")
				if difference := compareTrees(built, clean); difference != "" {
					t.Fatalf("after %s:\n%s", strings.Join(done, ", "), difference)
				}
			}
		})
	}
}

// editor is somebody at work on a site.
type editor struct {
	t     *testing.T
	r     *rand.Rand
	dir   string
	count int
}

func (e *editor) start() {
	e.write("site.toml", "title = 'The Example'\nbase_url = 'https://example.org/x/'\n[listings]\nsplit_above = 3\n[feeds]\nmin_articles = 2\n")
	for range 12 {
		e.add()
	}
	e.write("content/pages/about.md", "# About\n\nSee [a story](../n/story-1.txt) and [the map](../n/map.svg).\n")
	e.build("public")
}

// edit does one thing at random and says what.
func (e *editor) edit() string {
	kinds := []struct {
		name string
		do   func()
	}{
		{"add", func() { e.add() }},
		{"add markdown", e.addMarkdown},
		{"change", func() { e.rewrite(e.article(), "Seoul", "Pyongyang") }},
		{"headline", func() { e.rewrite(e.article(), "Story", "Report") }},
		{"delete", func() { e.remove(e.article()) }},
		{"rename", e.rename},
		{"sidecar", e.sidecar},
		{"defaults", func() {
			e.write("content/n/_defaults.toml", e.pick("section = 'World'\n", "section = 'City'\npublication = 'The Mail'\n", "rights = 'metadata'\n"))
		}},
		{"entities", e.entities},
		{"no entities", func() { e.remove("content/entities.toml") }},
		{"tags", e.tags},
		{"no tags", func() { e.remove("content/tags.toml") }},
		{"template", func() {
			e.write("templates/missing.html", e.pick("<p>None.</p>", "<!doctype html><title>{{.Title}}</title>"))
		}},
		{"partial", func() {
			e.write("templates/_foot.html", e.pick("</main></body></html>", "<p>foot</p></main></body></html>"))
		}},
		{"static", func() { e.write("static/style.css", e.pick("body{}", "p{}")) }},
		{"settings", e.settings},
		{"picture", func() { e.write("content/n/map.svg", e.pick("<svg/>", "<svg xmlns='http://www.w3.org/2000/svg'/>")) }},
		{"no picture", func() { e.remove("content/n/map.svg") }},
		{"section page", func() {
			e.write("content/n/_index.md", e.pick("# Home news\n\nFrom here.\n", "+++\ntitle = 'Abroad'\n+++\n"))
		}},
		{"about", func() {
			e.write("content/pages/about.md", "# About us\n\n![map](../n/map.svg) and ["+e.pick("one", "two")+"](../n/story-2.txt)\n")
		}},
	}
	kind := kinds[e.r.IntN(len(kinds))]
	kind.do()
	return kind.name
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
		"Jane Roe spoke to [the paper](story-1.txt).\n\n![map](map.svg)\n", e.count, e.pick("'191X'", "2003-01-01", "'1914/1918'"), e.pick("War", "Sport"), e.r.IntN(3), e.pick("true", "false")))
}

func (e *editor) rename() {
	name := e.article()
	if b, err := os.ReadFile(filepath.Join(e.dir, name)); err == nil {
		e.count++
		e.remove(name)
		e.write(fmt.Sprintf("content/m/moved-%d%s", e.count, filepath.Ext(name)), string(b))
	}
}

func (e *editor) sidecar() {
	name := e.article()
	e.write(strings.TrimSuffix(name, filepath.Ext(name))+".toml", e.pick("date = '1999-09-09'\n", "title = 'By hand'\n", "rights = 'private'\n", "slug = 'same'\n", "tags = ['Peace']\n", "images = ['map.svg']\n", "url = 'kept/here.html'\n"))
}

func (e *editor) entities() {
	e.write("content/entities.toml", e.pick(
		"[[person]]\nname = 'Lim Dong-won'\naliases = ['Lim Dong Won']\nnote = 'Envoy.'\n",
		"[[person]]\nname = 'Lee, the President'\naliases = ['Lee Chung-min']\n[[hide]]\nkind = 'place'\nname = 'Seoul'\n",
		"[[organization]]\nname = 'The United Nations Organization'\naliases = ['United Nations']\nsame_as = ['https://www.wikidata.org/entity/Q1065']\n"))
}

func (e *editor) tags() {
	e.write("content/tags.toml", e.pick(
		"[[tag]]\nlabel = 'Ceasefires'\n[[tag.rules]]\nany = ['ceasefire*']\n",
		"[[tag]]\nlabel = 'Peace and war'\naliases = ['Peace', 'War']\nnote = 'Both.'\n[[tag.rules]]\nany = ['talks']\n"))
}

func (e *editor) settings() {
	e.write("site.toml", e.pick(
		"title = 'Another'\nbase_url = 'https://example.org/x/'\n[listings]\nsplit_above = 2\n",
		"title = 'The Example'\n",
		"base_url = 'https://example.org/y/'\n[entities]\nmin_articles = 1\n[tags]\nassign = 'all'\n",
		"permalink = '{year}/{slug}.html'\n[entities]\nrecognize = false\n"))
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
}

func (e *editor) remove(name string) { os.Remove(filepath.Join(e.dir, filepath.FromSlash(name))) }

func (e *editor) rewrite(name, old, replacement string) {
	if b, err := os.ReadFile(filepath.Join(e.dir, filepath.FromSlash(name))); err == nil {
		e.write(name, strings.ReplaceAll(string(b), old, replacement))
	}
}

// build builds the site into a folder beside it and returns what is there then.
func (e *editor) build(out string, flags ...string) map[string]string {
	e.t.Helper()
	dir := filepath.Join(e.dir, out)
	var stdout, stderr bytes.Buffer
	if code := run(context.Background(), append([]string{"build", "--site", e.dir, "--out", dir}, flags...), &stdout, &stderr); code != 0 {
		e.t.Fatalf("build: exit code %d\n%s", code, stderr.String())
	}
	return readTree(e.t, dir)
}

func readTree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		files[filepath.ToSlash(rel)] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// compareTrees says how two outputs differ, or "".
func compareTrees(got, want map[string]string) string {
	var b strings.Builder
	for name, content := range want {
		switch have, found := got[name]; {
		case !found:
			fmt.Fprintf(&b, "missing: %s\n", name)
		case have != content:
			fmt.Fprintf(&b, "differs: %s\n--- incremental\n%s\n--- clean\n%s\n", name, have, content)
		}
	}
	for name := range got {
		if _, found := want[name]; !found {
			fmt.Fprintf(&b, "left over: %s\n", name)
		}
	}
	return b.String()
}
