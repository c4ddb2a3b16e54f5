//go:build e2e

package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"broadsheet/generator/search"
)

// searcher is a reader at the search page of a site.
type searcher struct {
	t    *testing.T
	ctx  context.Context
	root string
}

func newSearcher(t *testing.T, root string) searcher {
	t.Helper()
	ctx, _ := browser(t)
	return searcher{t, ctx, root}
}

func (s searcher) does(actions ...chromedp.Action[chromedp.Void]) {
	s.t.Helper()
	if err := chromedp.Do(s.ctx, actions...); err != nil {
		s.t.Fatal(err)
	}
}

// asks opens the page with a query in its address, or without one, anew.
func (s searcher) asks(query string) {
	s.t.Helper()
	address := s.root + "search.html"
	if query != "" {
		address += "?q=" + url.QueryEscape(query)
	}
	s.does(chromedp.EmulateViewport(1280, 900), chromedp.Navigate("about:blank"), chromedp.Navigate(address))
}

// submits asks for what a field says that is there already.
func (s searcher) submits(query string) {
	s.t.Helper()
	s.sees(fmt.Sprintf(`(() => { const q = document.getElementById("q"); q.value = %q; q.form.requestSubmit(); return ""; })()`, query))
}

// hears waits until what screen readers say of the hits matches.
func (s searcher) hears(want string) {
	s.t.Helper()
	s.waits(fmt.Sprintf(`document.getElementById("count").textContent.match(%q) !== null`, want), "the page says "+want)
}

// waits until a script is true.
func (s searcher) waits(script, what string) {
	s.t.Helper()
	var err error
	for range 3 { // a page that goes takes what looks at it along
		if _, err = chromedp.Run(s.ctx, chromedp.Poll[bool](script, chromedp.WithPollingTimeout(10*time.Second))); err == nil {
			return
		}
	}
	text, _ := chromedp.Run(s.ctx, chromedp.Text(chromedp.CSS("#count")))
	s.t.Fatalf("waited in vain until %s; it says %q: %v", what, text, err)
}

// sees is the value of a script, a string.
func (s searcher) sees(script string) string {
	s.t.Helper()
	text, err := chromedp.Run(s.ctx, chromedp.Evaluate[string](script))
	if err != nil {
		s.t.Fatalf("%s: %v", script, err)
	}
	return text
}

func (s searcher) expects(what, script, want string) {
	s.t.Helper()
	if got := s.sees(script); got != want {
		s.t.Errorf("%s: %q, want %q", what, got, want)
	}
}

const (
	theQuery   = `new URLSearchParams(location.search).get("q") ?? ""`
	theFocus   = `document.activeElement.id || document.activeElement.tagName`
	theNumber  = `String(document.querySelectorAll("#hits > li").length)`
	theDoubles = `String(document.querySelectorAll("#hits a").length - new Set([...document.querySelectorAll("#hits a")].map((e) => e.href)).size)`
)

// whims is a server that may be told to treat some requests in its own way.
type whims struct {
	do atomic.Pointer[func(http.ResponseWriter, *http.Request) bool]
}

func (w *whims) serve(h http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if do := w.do.Load(); do == nil || !(*do)(rw, r) {
			h.ServeHTTP(rw, r)
		}
	})
}

// lose answers addresses of that form with an error.
func (w *whims) lose(form string, code int) {
	lost := regexp.MustCompile(form)
	w.set(func(rw http.ResponseWriter, r *http.Request) bool {
		if !lost.MatchString(r.URL.Path) {
			return false
		}
		http.Error(rw, "lost", code)
		return true
	})
}

func (w *whims) set(do func(http.ResponseWriter, *http.Request) bool) { w.do.Store(&do) }
func (w *whims) mend()                                                { w.do.Store(nil) }

// TestSearchRecovers loses a file after the other: the page says that it could not search, and can when the file is there again.
func TestSearchRecovers(t *testing.T) {
	var server whims
	root, index, _ := searchable(t, false, server.serve)
	r, err := index.Search("president", search.Options{})
	if err != nil {
		t.Fatal(err)
	}
	all := fmt.Sprintf("^%d articles$", r.Total)
	s := newSearcher(t, root)
	for lost, says := range map[string]string{
		`/worker\.js$`: "worker", `/seek\.js$`: "worker", `/root\.bin$`: "404", `/s\d/d`: "404", `/s\d/c\d`: "404",
	} {
		server.lose(lost, http.StatusNotFound)
		s.asks("president")
		s.hears("^The search could not be carried out: .*" + says)
		server.mend()
		s.submits("president")
		s.hears(all)
		s.waits(theNumber+` === "10"`, lost+" is there again")
	}
	// more hits do not come, and do when they are asked for again
	r, err = index.Search("the", search.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s.asks("the")
	s.hears(fmt.Sprintf("^%d articles$", r.Total))
	server.lose(`/s\d/c\d`, http.StatusInternalServerError)
	for n := range 40 {
		if got := s.sees(`document.getElementById("more").click(), document.getElementById("count").textContent`); strings.Contains(got, "500") {
			break
		} else if n == 39 {
			t.Fatalf("the page says %q", got)
		}
		s.waits(`document.getElementById("count").textContent.includes("500") || document.querySelectorAll("#hits > li").length >= `+strconv.Itoa(10*(n+2)), "more hits come or fail")
	}
	server.mend()
	before := s.sees(theNumber)
	s.sees(`document.getElementById("more").click(), ""`)
	s.waits(theNumber+` > `+before, "more hits come")
	s.expects("hits shown twice", theDoubles, "0")
}

// TestSearchInTurn asks for something before the last answer has come: what was asked for last is shown, and more of that.
func TestSearchInTurn(t *testing.T) {
	var server whims
	root, index, _ := searchable(t, false, server.serve)
	r, err := index.Search("president", search.Options{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	s := newSearcher(t, root)
	s.asks("president")
	s.hears("articles$")
	asked, answer := make(chan struct{}), make(chan struct{})
	var once sync.Once
	server.set(func(_ http.ResponseWriter, r *http.Request) bool {
		if regexp.MustCompile(`/(?:rooms|v\d|w\d)`).MatchString(r.URL.Path) { // positions
			once.Do(func() { close(asked) })
			<-answer
		}
		return false
	})
	s.submits(`"of the"`)
	<-asked
	s.submits("president")
	s.hears(fmt.Sprintf("^%d articles$", r.Total))
	close(answer)
	server.mend()
	for n := 20; s.sees(`String(document.getElementById("more").hidden)`) == "false"; n += 10 {
		s.sees(`document.getElementById("more").click(), ""`)
		s.waits(fmt.Sprintf(`document.querySelectorAll("#hits > li").length >= %d`, min(n, r.Total)), "more hits come")
	}
	var want []string
	for _, h := range r.Hits {
		want = append(want, root+h.URL)
	}
	s.expects("the hits", `[...document.querySelectorAll("#hits .headline a")].map((e) => e.href).join("\n")`, strings.Join(want, "\n"))
}

// TestSearchNarrows looks for what each offered name, tag and time narrows a search down to: as many as it said.
func TestSearchNarrows(t *testing.T) {
	root, index, _ := searchable(t, false, plainly)
	s := newSearcher(t, root)
	for _, query := range []string{"president", `"united states`, "“prime minister", "president OR", "america", "Kim Jung Il", "-president", "electio*", "tag:politics 2019..2020", "2020.. OR trump"} {
		s.asks(query)
		s.hears("articles?$")
		s.waits(`document.querySelectorAll("#facets a").length > 0 || !document.querySelectorAll("#periods button").length || document.getElementById("count").textContent.startsWith("1 ")`, "names are offered")
		s.holds(index)
		bars, _ := strconv.Atoi(s.sees(`String(document.querySelectorAll("#periods button").length)`))
		if bars < 2 {
			continue
		}
		title := s.sees(`document.querySelector("#periods li:last-child button").title`)
		s.does(chromedp.Focus(chromedp.CSS("#periods li:last-child button")), chromedp.KeyEvent(kb.Enter))
		_, count, _ := strings.Cut(title, ": ")
		s.hears("^" + count + "$")
		if narrowed := s.sees(theQuery); !strings.Contains(narrowed, "..") {
			t.Errorf("the last bar of %s leads to %s", query, narrowed)
		}
	}
}

// holds looks for what the names and tags offered lead to: as many as they say, or with a plus at least as many. It returns how many
// have a plus.
func (s searcher) holds(index *search.Index) (open int) {
	s.t.Helper()
	list := s.sees(`[...document.querySelectorAll("#facets li")].map((e) => new URLSearchParams(e.firstChild.search).get("q") + "\t" + e.lastChild.textContent.replaceAll(",", "")).join("\n")`)
	for line := range strings.Lines(list) {
		narrowed, offered, _ := strings.Cut(strings.TrimSpace(line), "\t")
		least, plus := strings.CutSuffix(offered, "+")
		if plus {
			open++
		}
		count, err := strconv.Atoi(least)
		r, fault := index.Search(narrowed, search.Options{})
		if err != nil || fault != nil || r.Total < count || r.Total > count && !plus {
			s.t.Errorf("%s: %d found, %s offered, %v %v", narrowed, r.Total, offered, err, fault)
		}
	}
	return open
}

// TestSearchNarrowsSegments has an archive whose newest articles have a segment of their own, and a name that is common in the other
// one alone.
func TestSearchNarrowsSegments(t *testing.T) {
	files := map[string]string{"site.toml": ""}
	day := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	for n := range 6600 {
		person := "John Roe"
		if n < 5500 && n%100 == 0 || n == 6599 {
			person = "Jane Doe"
		} else if n%3 == 0 {
			person = "Mary Major"
		}
		date := day.AddDate(0, 0, n).Format(time.DateOnly)
		files[fmt.Sprintf("content/%d.md", n)] = fmt.Sprintf("+++\ntitle = \"Flood %d\"\ndate = %s\npeople = [%q]\n+++\n", n, date, person)
	}
	root, index := served(t, built(t, files, ""), plainly)
	s := newSearcher(t, root)
	s.asks("flood")
	s.hears("^6,600 articles$")
	s.waits(`document.querySelectorAll("#facets a").length === 3`, "names are offered")
	if open := s.holds(index); open != 1 {
		t.Errorf("%d of the names have a plus, want one: %s", open, s.sees(`document.getElementById("facets").innerText`))
	}
}

// TestSearchTimeline drags and clicks as people do: past the end, with the other button, by a program that reads the screen.
func TestSearchTimeline(t *testing.T) {
	root, _, _ := searchable(t, false, plainly)
	s := newSearcher(t, root)
	bars := func() (x [2]float64, y float64, span string) {
		s.asks("president")
		s.hears("articles$")
		at, err := chromedp.Run(s.ctx, chromedp.Evaluate[struct {
			X    [2]float64
			Y    float64
			Span string
		}](`(() => {
			const bars = [...document.querySelectorAll("#periods button")].slice(-3), at = bars.map((b) => b.getBoundingClientRect());
			return { X: [at[0].x + at[0].width / 2, at[2].x + at[2].width / 2], Y: at[0].bottom - 3, Span: bars[0].dataset.from + ".." + bars[2].dataset.to };
		})()`))
		if err != nil {
			t.Fatal(err)
		}
		return at.X, at.Y, at.Span
	}
	mouse := func(kind input.DispatchMouseEventType, x, y float64, button chromedp.MouseOption, buttons int64) {
		t.Helper()
		if _, err := chromedp.Run(s.ctx, chromedp.MouseEvent(kind, x, y, button, func(p *input.DispatchMouseEventParams) { p.Buttons = buttons })); err != nil {
			t.Fatal(err)
		}
	}
	x, y, span := bars()
	mouse(input.DispatchMouseEventTypeMousePressed, x[0], y, chromedp.ButtonLeft, 1)
	mouse(input.DispatchMouseEventTypeMouseMoved, x[1], y, chromedp.ButtonLeft, 1)
	mouse(input.DispatchMouseEventTypeMouseMoved, x[1]+40, y, chromedp.ButtonLeft, 1)
	mouse(input.DispatchMouseEventTypeMouseReleased, x[1]+40, y, chromedp.ButtonLeft, 0)
	s.expects("dragged past the end", theQuery, "president "+span)

	x, y, _ = bars()
	mouse(input.DispatchMouseEventTypeMousePressed, x[1], y, chromedp.ButtonRight, 2)
	mouse(input.DispatchMouseEventTypeMouseReleased, x[1], y, chromedp.ButtonRight, 0)
	s.expects("the other button", theQuery, "president")

	_, _, span = bars()
	_, last, _ := strings.Cut(span, "..")
	s.sees(`document.querySelector("#periods li:last-child button").dispatchEvent(new MouseEvent("click", { bubbles: true, detail: 1 })), ""`)
	s.expects("a click without a pointer", theQuery, "president "+last+".."+last)
	s.hears("articles$")
	s.expects("the focus", theFocus, "BODY") // nothing of the results had it

	s.asks("president before:2020 After:2018")
	s.hears("articles?$")
	s.sees(`document.getElementById("all").click(), ""`)
	s.expects("the whole period", theQuery, "president")
}

// TestSearchByKeyboard goes through a search without a mouse.
func TestSearchByKeyboard(t *testing.T) {
	var server whims
	root, index, dir := searchable(t, false, server.serve)
	s := newSearcher(t, root)
	count := func(query string) string {
		t.Helper()
		r, err := index.Search(query, search.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("^%d articles?$", r.Total)
	}
	// what is typed before the script is there stays
	script, err := os.ReadFile(filepath.Join(dir, "search", "page.js"))
	if err != nil {
		t.Fatal(err)
	}
	server.set(func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.HasSuffix(r.URL.Path, "/page.js") {
			return false
		}
		w.Header().Set("Content-Type", "text/javascript")
		fmt.Fprintf(w, "document.getElementById('q').value = 'president';\n%s", script)
		return true
	})
	s.asks("")
	server.mend()
	s.does(chromedp.SendKeys(chromedp.CSS("#q"), "\r"))
	s.hears(count("president"))
	s.expects("the focus", theFocus, "q")
	// to ask again is no new page
	pages := s.sees(`String(history.length)`)
	s.does(chromedp.SendKeys(chromedp.CSS("#q"), "\r"))
	s.hears(count("president"))
	s.expects("pages to go back", `String(history.length)`, pages)
	// another order finds what the field says
	s.does(chromedp.SendKeys(chromedp.CSS("#q"), " election"), chromedp.Focus(chromedp.CSS("[name=sort]")), chromedp.KeyEvent(kb.ArrowRight))
	s.hears(count("president election"))
	s.expects("the query", theQuery, "president election")
	s.expects("the order", `location.search.includes("sort=date") ? "newest" : "best"`, "newest")
	// who narrows down is told what it led to
	s.does(chromedp.WaitVisible(chromedp.CSS("#facets a")), chromedp.Focus(chromedp.CSS("#facets a")), chromedp.KeyEvent(kb.Enter))
	s.waits(`location.search.includes("person")`, "a person is chosen")
	s.expects("the focus", theFocus, "count")
	s.hears("articles?$")
	// a place in the page is not another search
	server.set(func(w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Cache-Control", "no-store")
		return false
	})
	s.asks("the")
	s.hears(count("the"))
	s.sees(`document.getElementById("more").click(), document.getElementById("more").click(), ""`)
	s.waits(theNumber+` === "20"`, "more hits come")
	s.sees(`location.hash = "narrow", ""`)
	s.waits(`location.hash === "#narrow"`, "the place is there")
	s.expects("hits shown", theNumber, "20")
	s.expects("hits shown twice", theDoubles, "0")
	// back from an article, all is there again, and the article has the focus: also where the browser has not kept the page
	followed := s.sees(`document.querySelectorAll("#hits .headline a")[17].href`)
	s.does(chromedp.Focus(chromedp.CSS("#hits > li:nth-child(18) a")), chromedp.KeyEvent(kb.Enter))
	s.waits(`document.querySelector("article.story") !== null`, "the article is there")
	s.sees(`setTimeout(() => history.back()), ""`)
	s.waits(theNumber+` === "20" && document.activeElement.href === `+strconv.Quote(followed), "the hits are there again")
	// on paper stands what was asked for, and nothing that is to be pressed
	if _, err := chromedp.Call(s.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
		t.Fatal(err)
	}
	s.expects("on paper", `["q", "count", "help", "more", "periods"].filter((id) => document.getElementById(id).checkVisibility()).join(" ")`, "q count")
	// what may have been meant is said with what was not found
	s.asks("“presidnt electoin”")
	s.hears("^Nothing found. Did you mean “president election”\\?$")
	s.does(chromedp.Focus(chromedp.CSS("#count a")), chromedp.KeyEvent(kb.Enter))
	s.hears("^[0-9]+ articles?$")
	s.expects("the focus", theFocus, "count")
}

// TestSearchSnippets looks at what is shown of texts in which words are not parted, and of an entity's other names.
func TestSearchSnippets(t *testing.T) {
	files := map[string]string{
		"site.toml":             "",
		"content/capital.md":    "+++\ntitle = \"首都\"\n+++\n" + strings.Repeat("山川草木花鳥風月", 40) + "、東京都の人口が増えた。" + strings.Repeat("春夏秋冬", 80) + "\n",
		"content/other.md":      "+++\ntitle = \"Other\"\n+++\nNothing here.\n",
		"content/summit.md":     "+++\ntitle = \"Summit\"\npeople = [\"Kim Jong Il\"]\n+++\nFirst words, of nobody.\n\nThen Kim Jong Il spoke.\n",
		"content/faces.md":      "+++\ntitle = \"Faces\"\n+++\n" + strings.Repeat("😀", 100) + "smile" + strings.Repeat("😀", 201) + "\n",
		"content/entities.toml": "[[person]]\nname = \"Kim Jong Il\"\naliases = [\"Dear Leader\"]\n",
	}
	root, _ := served(t, built(t, files, ""), plainly)
	s := newSearcher(t, root)
	for query, marked := range map[string]string{"東京": "東京", "東京都": "東京都", "smile": "smile", "dear leader": "Kim Jong Il", `person:"Dear Leader"`: "Kim Jong Il"} {
		s.asks(query)
		s.hears("^1 article$")
		s.waits(`document.querySelector("#hits .summary").textContent !== ""`, "a part of the text is shown")
		s.expects(query, `[...document.querySelectorAll("#hits mark")].map((e) => e.textContent).join(" ")`, marked)
		if text := s.sees(`document.querySelector("#hits .summary").textContent`); len([]rune(text)) > 260 || strings.ContainsRune(text, '\uFFFD') {
			t.Errorf("%s: %s", query, text)
		}
	}
}
