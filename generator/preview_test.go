//go:build e2e

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/chromedp/chromedp"
)

// desk is a site that is served, and a browser that shows one page of it.
type desk struct {
	t       *testing.T
	dir     string
	root    string // address of the site
	browser context.Context
	stderr  *bytes.Buffer
}

// newDesk writes the files of a site, serves it, and opens one page.
func newDesk(t *testing.T, files map[string]string, page string, flags ...string) *desk {
	t.Helper()
	d := &desk{t: t, dir: t.TempDir(), stderr: &bytes.Buffer{}}
	for name, text := range files {
		d.save(name, text)
	}
	d.serve(flags...)
	d.browser, _ = browser(t)
	d.do(chromedp.Navigate(d.root + page))
	d.until("the page and the strip are there", `!!document.querySelector("main") && shown(".built") !== ""`)
	return d
}

// serve starts the preview, which ends with the test.
func (d *desk) serve(flags ...string) {
	d.t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	address := make(announce, 1)
	var ended sync.WaitGroup
	ended.Go(func() {
		run(ctx, append([]string{"serve", "--site", d.dir, "--addr", "127.0.0.1:0"}, flags...), address, d.stderr)
	})
	d.t.Cleanup(func() { stop(); ended.Wait() })
	d.root = <-address
}

func (d *desk) save(name, text string) {
	d.t.Helper()
	file := filepath.Join(d.dir, filepath.FromSlash(name))
	err := os.MkdirAll(filepath.Dir(file), 0o777)
	if err == nil {
		err = os.WriteFile(file, []byte(text), 0o666)
	}
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) remove(name string) {
	d.t.Helper()
	if err := os.Remove(filepath.Join(d.dir, filepath.FromSlash(name))); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) do(actions ...chromedp.Action[chromedp.Void]) {
	d.t.Helper()
	for _, a := range actions {
		if err := chromedp.Do(d.browser, a); err != nil {
			d.t.Fatal(err)
		}
	}
}

// words let an expression look into the shadow tree of the preview.
const words = `
const ours = s => [...(document.querySelector("broadsheet-preview")?.shadowRoot.querySelectorAll(s) ?? [])];
const shown = s => ours(s).map(e => e.textContent).join("|");
const edition = () => Number(document.querySelector("broadsheet-preview")?.dataset.edition ?? -1);
`

// evaluate gives the value of an expression in the page.
func evaluate[T any](d *desk, expression string) T {
	d.t.Helper()
	got, err := chromedp.Run(d.browser, chromedp.Evaluate[T]("(() => {"+words+"return "+expression+"})()"))
	if err != nil {
		d.t.Fatalf("%s: %v", expression, err)
	}
	return got
}

// until waits for an expression to be true; the page may be loaded again meanwhile.
func (d *desk) until(what, expression string) {
	d.t.Helper()
	patience := time.Now().Add(30 * time.Second)
	for {
		got, err := chromedp.Run(d.browser, chromedp.Poll[bool]("(() => {"+words+"return "+expression+"})()",
			chromedp.WithPollingInterval(20*time.Millisecond), chromedp.WithPollingTimeout(10*time.Second)))
		if err == nil && got {
			return
		}
		if time.Now().After(patience) || d.browser.Err() != nil {
			text, _ := chromedp.Run(d.browser, chromedp.Evaluate[string]("document.body?.innerText + '\\n' + (document.querySelector('broadsheet-preview')?.shadowRoot.textContent ?? '')"))
			d.t.Fatalf("not so: %s (%v)\nthe page:\n%.3000s\nserve said:\n%s", what, err, text, d.stderr)
		}
	}
}

func long(words string) string { return strings.Repeat(words+"\n\n", 60) }

// TestPreview follows somebody at work: the page that changed is loaded again where it was scrolled to, another stays as
// it is, a style sheet is exchanged in place, a page that comes is shown, and one that goes is said to be gone.
func TestPreview(t *testing.T) {
	d := newDesk(t, map[string]string{
		"site.toml":         "title = 'The Harbour Chronicle'\nbase_url = 'https://example.org/archive/'\n",
		"content/flood.txt": "The flood\n\n" + long("The river rose on Friday evening, and the town was cut off."),
		"content/fire.txt":  "The fire\n\n" + long("The mill burned on Sunday, and nobody was hurt."),
		"static/style.css":  "body { color: rgb(1, 2, 3); }",
	}, "articles/undated/flood.html")
	d.do(chromedp.Evaluate[chromedp.Void](`window.scrollTo(0, 700); window.mark = 1; undefined`))

	d.save("content/flood.txt", "The flood\n\n"+long("The river fell on Sunday morning, and the town was dry again."))
	d.until("the page shows the new text", `document.querySelector("article").innerText.includes("dry again") && edition() > 0`)
	d.until("the page is where it was, with what its script adds", `scrollY === 700 && !!document.querySelector(".formats") && !!document.querySelector(".text .here")`)
	if !evaluate[bool](d, `window.mark === 1`) {
		t.Error("the page was loaded again")
	}

	d.do(chromedp.Evaluate[chromedp.Void](`window.mark = 2; undefined`))
	before := evaluate[int](d, `edition()`)
	d.save("content/fire.txt", "The fire\n\n"+long("The mill burned on Monday, and nobody was hurt."))
	d.until("the build is reported", fmt.Sprintf(`edition() > %d`, before))
	d.save("static/style.css", "body { color: rgb(3, 2, 1); }")
	d.until("the style sheet is exchanged", `getComputedStyle(document.body).color === "rgb(3, 2, 1)"`)
	if !evaluate[bool](d, `window.mark === 2 && scrollY === 700`) {
		t.Error("a page that did not change, or that had a new style sheet, was loaded again")
	}

	d.do(chromedp.Navigate(d.root + "articles/undated/storm.html"))
	d.until("there is no such page", `document.querySelector("h1").innerText.includes("No such page")`)
	d.save("content/storm.txt", "The storm\n\nThe roof of the town hall was lost.\n")
	d.until("the new page has come", `document.querySelector("article h1")?.innerText === "The storm"`)
	d.remove("content/storm.txt")
	d.until("the page has gone", `document.querySelector("h1").innerText.includes("No such page")`)
}

// TestStrip reads where a page comes from and what was found in it, and opens its file.
func TestStrip(t *testing.T) {
	opened := filepath.Join(t.TempDir(), "opened")
	editor := filepath.Join(t.TempDir(), "editor")
	if err := os.WriteFile(editor, []byte("#!/bin/sh\necho \"$@\" > "+opened+".part && mv "+opened+".part "+opened+"\n"), 0o777); err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, map[string]string{
		"content/voa/talks.txt":  "Accessibility links\n\nTalks near\n2002-04-05\n\nBy Jane Doe\n\nSEOUL - Lim Dong-won met the press in Seoul. Mr. Lim said the talks went on.\n",
		"content/pages/about.md": "# About\n\nThis archive.\n",
	}, "articles/2002/04/talks.html", "--editor", editor+" {file}:{line}")
	d.until("the strip names the file", `shown("button.file") === "content/voa/talks.txt"`)
	d.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("broadsheet-preview").shadowRoot.querySelector(".found").click()`))
	d.until("the panel is open", `shown(".panel").includes("Names")`)
	panel := evaluate[string](d, `shown(".panel td, .panel th")`)
	for _, want := range []string{"Talks near", "Jane Doe", "2002-04-05", "Lim Dong-won", "Accessibility links", "navigation"} {
		if !strings.Contains(panel, want) {
			t.Errorf("the panel does not show %q: %s", want, panel)
		}
	}
	d.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("broadsheet-preview").shadowRoot.querySelector(".strip button.file").click()`))
	eventually(t, "the editor was not started", func() bool {
		b, err := os.ReadFile(opened)
		return err == nil && string(b) == filepath.Join(d.dir, "content/voa/talks.txt")+":1\n"
	})
	d.do(chromedp.Navigate(d.root + "about.html"))
	d.until("the strip names the page's file", `shown("button.file") === "content/pages/about.md"`)

	// Nothing of this is in the files.
	err := filepath.WalkDir(filepath.Join(d.dir, ".broadsheet", "preview", "public"), func(name string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(name)
		if bytes.Contains(b, []byte("_preview")) {
			t.Errorf("%s has the preview's script", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// eventually waits for what another program does.
func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	patience := time.After(20 * time.Second)
	for !so() {
		select {
		case <-patience:
			t.Fatal(what)
		case <-time.Tick(20 * time.Millisecond):
		}
	}
}

// TestForeignPage has a page of another origin try to read the preview and to open a file: it is kept from both.
func TestForeignPage(t *testing.T) {
	d := newDesk(t, map[string]string{"content/flood.txt": "The flood\n\nThe river rose.\n"}, "articles/undated/flood.html", "--editor", "/nonexistent/editor")
	foreign := http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintln(w, "<!doctype html><title>foreign</title>")
	})}
	listener, err := listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go foreign.Serve(listener)
	t.Cleanup(func() { foreign.Close() })
	d.do(chromedp.Navigate("http://" + listener.Addr().String() + "/"))
	for _, c := range []struct{ name, expression string }{
		{"read a page", `fetch(%[1]q).then(r => r.text()).then(t => "read", () => "kept out")`},
		{"read a source", `fetch(%[1]q + "_preview/source?page=articles/undated/flood.html").then(r => r.text()).then(t => "read", () => "kept out")`},
		{"listen", `new Promise(done => { const s = new EventSource(%[1]q + "_preview/events?page=x"); s.addEventListener("report", () => done("read")); s.onerror = () => done("kept out") })`},
		{"open a file", `fetch(%[1]q + "_preview/edit?file=content/flood.txt", {method: "POST"}).then(r => "read", () => "kept out")`},
		{"show the style sheet", `new Promise(done => { const l = document.createElement("link"); l.rel = "stylesheet"; l.href = %[1]q + "style.css"; l.onload = () => done("read"); l.onerror = () => done("kept out"); document.head.append(l) })`},
	} {
		got, err := chromedp.Run(d.browser, chromedp.Evaluate[string](fmt.Sprintf(c.expression, d.root), chromedp.EvalAwaitPromise))
		if err != nil || got != "kept out" {
			t.Errorf("a foreign page may %s: %q, %v", c.name, got, err)
		}
	}
}

// seeded is a file with one fault in it. ‹ stands where the message must point to, and is not in the file.
type seeded struct {
	file, text string
	says       string // part of the message
}

// fine is a site without a fault.
var fine = map[string]string{
	"site.toml":         "title = \"The Harbour Chronicle\"\n",
	"content/flood.md":  "+++\ntitle = \"The flood\"\ndate = 1916-03-09\n+++\n\nThe river rose on Friday evening, and Jane Doe left the town.\n",
	"content/fire.txt":  "The fire\n\nThe mill burned on Sunday, and nobody was hurt.\n",
	"content/fire.toml": "title = \"The fire\"\n",
}

var seededFaults = []seeded{
	{"content/flood.md", "+++\ntitle = \"The flood\"\ndate = ‹\"1916-13-09\"\n+++\n\nThe river rose.\n", "no month 13"},
	{"content/flood.md", "+++\ntitle = \"The flood‹\ndate = 1916-03-09\n+++\n\nThe river rose.\n", "cannot be read"},
	{"content/flood.md", "+++\ntitle = \"The flood\"\n‹title = \"Again\"\n+++\n\nThe river rose.\n", "given twice"},
	{"content/flood.md", "‹+++\ntitle = \"The flood\"\ndate = 1916-03-09\n\nThe river rose.\n", "never closed"},
	{"content/flood.md", "+++\ntitle = \"The flood\"\ndraft = ‹\"perhaps\"\n+++\n\nThe river rose.\n", "true or false"},
	{"content/flood.md", "+++\ntitle = \"The flood\"\nrights = ‹\"secret\"\n+++\n\nThe river rose.\n", "unknown rights"},
	{"content/flood.md", "---\ntitle: The flood\ndate: ‹1916-02-30\n---\n\nThe river rose.\n", "no day 30"},
	{"content/flood.md", "{\n \"title\": \"The flood\",\n \"date\": 1916‹-03-09\n}\n\nThe river rose.\n", "cannot be read"},
	{"content/flood.md", "---\ntitle: ‹\"The flood\ndate: 1916-03-09\n---\n\nThe river rose.\n", "nothing closes this"},
	{"content/flood.md", "---\ntitle: The flood\ntags: ‹[floods, rivers\ndate: 1916-03-09\n---\n\nThe river rose.\n", "nothing closes this"},
	{"content/flood.md", "+++\ntitle = \"The flood\"\ndate = 1916-03-09\n+++\n\nThe river rose.\n\n![the river](‹pics/river.jpg)\n", "is not there"},
	{"content/fire.toml", "title = ‹\n", "cannot be read"},
	{"content/fire.toml", "date = ‹\"Sunday\"\n", "is no date"},
	{"content/fire.toml", "title = \"The fire\"\n\nlanguage = ‹3\n", "no language tag"},
	{"content/fire.toml", "title = \"The fire\"\nimages = [\"‹pics/fire.jpg\"]\n", "is not there"},
	{"content/_defaults.toml", "publication = \"The Mail‹\n", "cannot be read"},
	{"content/_defaults.toml", "section = \"World\"\nrights = ‹\"none\"\n", "unknown rights"},
	{"site.toml", "‹titel = \"The Harbour Chronicle\"\n", "unknown key"},
	{"site.toml", "title = \"The Harbour Chronicle\"\nlanguage = ‹5\n", "want a text"},
	{"site.toml", "title = \"The Harbour Chronicle‹\n", "new lines"},
	{"site.toml", "title = \"x\"\n‹base_url = \"example.org\"\n", "no web address"},
	{"site.toml", "title = \"x\"\n\n[entities]\n‹min_article = 2\n", "unknown key"},
	{"site.toml", "title = \"x\"\n[ingest]\n‹charset = \"utf-99\"\n", "unknown value"},
	{"site.toml", "title = \"x\"\n[rights]\n‹default = \"closed\"\n", "unknown rights"},
	{"site.toml", "title = \"x\"\n‹permalink = \"articles/{yaer}/{slug}.html\"\n", "{yaer}"},
	{"site.toml", "title = \"x\"\n[listings]\n‹split_above = -1\n", "at least 1"},
	{"site.toml", "title = \"x\"\nmenu = [{ ‹lable = \"About\", url = \"about.html\" }]\n", "unknown key"},
	{"content/entities.toml", "[[person]]\nname = \"Jane Doe\"\n‹alias = [\"J. Doe\"]\n", "unknown key"},
	{"content/entities.toml", "‹[[person]]\naliases = [\"Jane Doe\"]\n", "without a name"},
	{"content/entities.toml", "[[person]]\nname = \"Jane Doe\"\n\n[[person]]\nname = \"‹Jane Doe\"\n", "already"},
	{"content/entities.toml", "[[person]]\nname = \"Jane Doe\"\n[[‹peson]]\nname = \"John Roe\"\n", "unknown key"},
	{"content/entities.toml", "[[same]]\n‹names = [\"Jane Doe\"]\n", "two names"},
	{"content/entities.toml", "[[hide]]\nname = \"Jane Doe\"\nkind = \"‹persn\"\n", "unknown kind"},
	{"content/entities.toml", "[[person]]\nname = \"Jane Doe\"\nwhen = { before = \"‹soon\" }\n", "is no date"},
	{"content/entities.toml", "[[person‹]\nname = \"Jane Doe\"\n", "]]"},
	{"content/tags.toml", "[[tag]]\nlabel = \"Floods\"\n‹rule = \"flood\"\n", "unknown key"},
	{"content/tags.toml", "‹[[tag]]\naliases = [\"Floods\"]\n", "without a label"},
	{"content/tags.toml", "[[tag]]\nlabel = \"Floods\"\nbroader = [\"‹Weather\"]\n", "not in this file"},
	{"content/duplicates.toml", "[[same]]\n‹articles = [\"flood\"]\n", "needs two"},
	{"content/takedowns.toml", "‹[[article]]\nid = \"flood\"\n", "does not act on"},
	{"content/boilerplate.toml", "[[drop]]\ntext = \"Breaking News\"\n‹lines = 2\n", "unknown key"},
	{"templates/missing.html", "<!doctype html>\n<title>None</title>\n<p>{{‹.Titel}}</p>\n", "no field"},
	{"templates/missing.html", "<!doctype html>\n<title>None</title>\n<p>{{‹capitals .Title}}</p>\n", "not defined"},
	{"templates/missing.html", "<!doctype html>\n<title>None</title>\n{{template ‹\"_heads.html\" .}}\n", "no template"},
	{"templates/missing.html", "<!doctype html>\n<title>None</title>\n‹<p class=\"wide>{{.Title}}</p>\n", "still open"},
	{"templates/missing.html", "<!doctype html>\n<title>None</title>\n<p>{{.Title ‹| }}</p>\n", "after the pipe"},
	{"templates/_kicker.html", "<p>\n{{‹.Sections}}</p>\n", "no field"},
	{"templates/article.html", "<!doctype html>\n<title>{{.Title}}</title>\n{{range ‹.Authers}}{{.}}{{end}}\n", "no field"},
}

// place is the text without its mark, and the line and column of it, both from 1.
func (s seeded) place(t *testing.T) (text string, line, col int, marked string) {
	t.Helper()
	before, after, found := strings.Cut(s.text, "‹")
	if !found {
		t.Fatalf("no mark in %q", s.text)
	}
	begin := strings.LastIndexByte(before, '\n') + 1
	rest, _, _ := strings.Cut(after, "\n")
	return before + after, strings.Count(before, "\n") + 1, utf8.RuneCountInString(before[begin:]) + 1, before[begin:] + rest
}

// TestFaultsInTheBrowser saves one fault after the other. Each must come up over the page with its file, line, column
// and the line itself, the page as it was below it; and go when it is mended.
func TestFaultsInTheBrowser(t *testing.T) {
	d := newDesk(t, fine, "articles/undated/fire.html")
	for _, c := range seededFaults {
		text, line, col, marked := c.place(t)
		position := fmt.Sprintf("%s:%d:%d", c.file, line, col)
		d.save(c.file, text)
		d.until(fmt.Sprintf("%s with %q and %q", position, c.says, marked), fmt.Sprintf(
			`ours(".faults[open] article").some(a => a.querySelector(".position").textContent === %s &&
				a.querySelector(".message").textContent.includes(%s) &&
				(a.querySelector("pre .at")?.textContent ?? "").endsWith(%s) && a.getBoundingClientRect().height > 40) &&
			document.querySelector("article h1")?.innerText === "The fire"`, quoted(position), quoted(c.says), quoted(marked)))
		if good, was := fine[c.file]; was {
			d.save(c.file, good)
		} else {
			d.remove(c.file)
		}
		d.until(position+" is gone", `ours(".faults").length === 0 && document.querySelector("article h1")?.innerText === "The fire"`)
	}
	if len(seededFaults) < 30 {
		t.Errorf("only %d faults", len(seededFaults))
	}
}

func quoted(text string) string {
	b, _ := json.Marshal(text)
	return string(b)
}
