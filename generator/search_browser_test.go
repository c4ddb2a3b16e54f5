//go:build e2e

package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"broadsheet/generator/search"
)

// searchable serves the demonstration archive below a path, and opens its index.
func searchable(t *testing.T, packs bool, serve func(http.Handler) http.Handler) (root string, index *search.Index, dir string) {
	t.Helper()
	if packs {
		dir = packedDemonstration(t)
	} else {
		dir = demonstration(t)
	}
	root, index = served(t, dir, serve)
	return root, index, dir
}

func served(t *testing.T, dir string, serve func(http.Handler) http.Handler) (root string, index *search.Index) {
	t.Helper()
	server := httptest.NewServer(http.StripPrefix("/archive/", serve(http.FileServer(http.Dir(dir)))))
	t.Cleanup(server.Close)
	index, err := search.Open(func(name string, from, size int) ([]byte, error) {
		return readPart(filepath.Join(dir, "search", filepath.FromSlash(name)), from, size)
	})
	if err != nil {
		t.Fatal(err)
	}
	return server.URL + "/archive/", index
}

// packedDemonstration builds the demonstration archive with its index in packs.
func packedDemonstration(t *testing.T) string {
	t.Helper()
	site, dir := demonstrationSite(t), filepath.Join(t.TempDir(), "public")
	settings := filepath.Join(site, "site.toml")
	written, err := os.ReadFile(settings)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Remove(settings), os.WriteFile(settings, append(written, "\n[search]\npacks = true\n"...), 0o666)); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	if code := run(context.Background(), []string{"build", "--site", site, "--out", dir}, &stdout, &stderr); code != 0 {
		t.Fatalf("build: %d\n%s", code, stderr.String())
	}
	return dir
}

func plainly(h http.Handler) http.Handler { return h }

// answer is what the scripts found.
type answer struct {
	Query      string
	Total      int
	Hits       []struct{ Number, Score int }
	Entities   []string
	Suggestion string
}

// TestBrowserFindsTheSame asks the scripts and the program the same questions: the same hits must come, in the same order,
// with the same scores.
func TestBrowserFindsTheSame(t *testing.T) {
	for name, packs := range map[string]bool{"files": false, "packs": true} {
		t.Run(name, func(t *testing.T) { findTheSame(t, packs) })
	}
}

func findTheSame(t *testing.T, packs bool) {
	root, index, dir := searchable(t, packs, plainly)
	ctx, _ := browser(t)
	queries := append(questions(t, dir), "Kim Jung Il", "elecction", "parliment", `person:"Donald Trump" -2019`, "korea*", "naïve CAFÉ", "日本", "U.S. army",
		"after:2019-03-05 before:2020", "2020-03..2019-02", "before:+200", "-the", "electio*", "countries*", "post-election*", "president AND election", "„united states“ «prime minister",
		"-president\u2009election", "constructor:x", "“parliment vote", "presidnt’s", "18999", "america 2019", "Kim Jung Il -soccer", "place:new-york", `place:"New York"`, "<b>president</b>", "O'Neill", `"the united states"`, `tag:politics OR place:"North Korea"`, "37,000", "..2019-06 vote")
	list, err := json.Marshal(queries)
	if err != nil {
		t.Fatal(err)
	}
	script := `(async () => {
		const { Index } = await import("./search/index.js"), { Search } = await import("./search/seek.js");
		const index = await Index.open(async (path, from, size) => {
			const headers = size ? { Range: "bytes=" + from + "-" + (from + size - 1) } : {};
			return new Uint8Array(await (await fetch("search/" + path, { headers })).arrayBuffer());
		}), answers = [];
		for (const Query of ` + string(list) + `) {
			const s = new Search(index, Query);
			await s.run(false);
			const Hits = Array.from(s.numbers.slice(0, 10), (Number) => ({ Number, Score: s.all[Number] }));
			answers.push({ Query, Total: s.total, Hits, Entities: s.entities.map((e) => e.id), Suggestion: s.total ? "" : await s.suggest() });
		}
		return answers;
	})()`
	if err := chromedp.Do(ctx, chromedp.Navigate(root+"search.html")); err != nil {
		t.Fatal(err)
	}
	answers, err := chromedp.Run(ctx, chromedp.Evaluate[[]answer](script, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	if len(answers) != len(queries) {
		t.Fatalf("%d answers to %d questions", len(answers), len(queries))
	}
	found := 0
	for n, got := range answers {
		r, err := index.Search(queries[n], search.Options{Limit: 10})
		if err != nil {
			t.Fatalf("%s: %v", queries[n], err)
		}
		want := answer{Query: queries[n], Total: r.Total, Suggestion: r.Suggestion}
		for _, h := range r.Hits {
			want.Hits = append(want.Hits, struct{ Number, Score int }{h.Number, h.Score})
		}
		for _, e := range r.Entities {
			want.Entities = append(want.Entities, e.ID)
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("in the browser\n%v\nin the terminal\n%v", got, want)
		}
		if r.Total > 0 {
			found++
		}
	}
	if found < len(queries)/4 {
		t.Errorf("only %d of %d questions found anything", found, len(queries))
	}
}

// questions are words of the archive's own texts, near each other, put together in every way.
func questions(t *testing.T, dir string) []string {
	t.Helper()
	var texts [][]string
	err := fs.WalkDir(os.DirFS(dir), "files", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".txt" {
			return err
		}
		b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if words := strings.Fields(string(bytes.ToValidUTF8(b, nil))); len(words) > 20 {
			texts = append(texts, words)
		}
		return err
	})
	if err != nil || len(texts) == 0 {
		t.Fatal("no texts: ", err)
	}
	r := rand.New(rand.NewPCG(5, 6))
	near := func() []string {
		words := texts[r.IntN(len(texts))]
		at := r.IntN(len(words) - 3)
		return words[at : at+3]
	}
	var queries []string
	for n := range 600 {
		a, b := near(), near()
		queries = append(queries, []string{
			strings.Join(a[:2], " "), strings.Join(a, " "), `"` + strings.Join(a, " ") + `"`, a[0] + " OR " + b[0], a[0] + " -" + b[1],
			a[0] + " 2019-02..2020-03", a[0] + "* " + a[1],
		}[n%7])
	}
	return queries
}

// TestSearchPage uses the page as a reader does: types, steps through hits, narrows them down, goes back and forward.
func TestSearchPage(t *testing.T) {
	root, _, _ := searchable(t, false, plainly)
	ctx, asked := browser(t)
	status := func(want string) {
		t.Helper()
		if _, err := chromedp.Run(ctx, chromedp.Poll[bool](fmt.Sprintf(`document.getElementById("count").textContent.match(%q) !== null`, want))); err != nil {
			text, _ := chromedp.Run(ctx, chromedp.Text(chromedp.CSS("#count")))
			t.Fatalf("the page says %q, not %q: %v", text, want, err)
		}
	}
	value := func(script string) string {
		t.Helper()
		s, err := chromedp.Run(ctx, chromedp.Evaluate[string](script))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(root+"search.html"), chromedp.SendKeys(chromedp.CSS("#q"), "president election\r")); err != nil {
		t.Fatal(err)
	}
	status("^[0-9]+ articles$")
	all := value(`document.getElementById("count").textContent`)
	if hits := value(`String(document.querySelectorAll("#hits li").length)`); hits != "10" {
		t.Errorf("%s hits are shown", hits)
	}
	if err := chromedp.Do(ctx, chromedp.WaitVisible(chromedp.CSS("#hits mark")), chromedp.WaitVisible(chromedp.CSS("#facets a"))); err != nil {
		t.Fatal("no words are marked, or nothing narrows down:", err)
	}
	if err := chromedp.Do(ctx, chromedp.Click(chromedp.CSS("#facets a"))); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](fmt.Sprintf(`/^[0-9]+ article/.test(document.getElementById("count").textContent) && document.getElementById("count").textContent !== %q`, all))); err != nil {
		t.Fatal("a facet narrows nothing down:", err)
	}
	if address := value(`location.search`); !strings.Contains(address, "%3A") {
		t.Errorf("the address is %s", address)
	}
	if err := chromedp.Do(ctx, chromedp.NavigateBack()); err != nil {
		t.Fatal(err)
	}
	status("^" + all + "$")
	narrowed := value(`String(history.length)`)
	if err := chromedp.Do(ctx, chromedp.NavigateForward()); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](fmt.Sprintf(`/^[0-9]+ article/.test(document.getElementById("count").textContent) && document.getElementById("count").textContent !== %q`, all))); err != nil {
		t.Fatal("forward does not narrow down again:", err)
	}
	if q := value(`new URLSearchParams(location.search).get("q") + " " + document.getElementById("q").value`); strings.Count(q, ":") != 2 {
		t.Errorf("after going forward the query is %s", q)
	}
	if err := chromedp.Do(ctx, chromedp.NavigateBack()); err != nil {
		t.Fatal(err)
	}
	status("^" + all + "$")
	if now := value(`String(history.length)`); now != narrowed {
		t.Errorf("going back and forward made %s pages of %s", now, narrowed)
	}
	// a period, by keyboard
	if err := chromedp.Do(ctx, chromedp.Focus(chromedp.CSS("#periods button")), chromedp.KeyEvent(kb.Enter)); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(ctx, chromedp.WaitVisible(chromedp.CSS("#all"))); err != nil {
		t.Fatal("no period was chosen:", err)
	}
	if q := value(`new URLSearchParams(location.search).get("q")`); !strings.Contains(q, "..") {
		t.Errorf("the query is %s", q)
	}
	// a longer one, dragged over with the mouse
	if err := chromedp.Do(ctx, chromedp.Click(chromedp.CSS("#all"))); err != nil {
		t.Fatal(err)
	}
	status("^" + all + "$")
	bars, err := chromedp.Run(ctx, chromedp.Evaluate[struct {
		X, Y []float64
		Want string
	}](`(() => {
		const bars = [...document.querySelectorAll("#periods button")].slice(0, 3);
		bars[0].scrollIntoView({ block: "center" });
		const at = bars.map((b) => b.getBoundingClientRect());
		return { X: at.map((r) => r.x + r.width / 2), Y: at.map((r) => r.bottom - 2), Want: "president election " + bars[0].dataset.from + ".." + bars[2].dataset.to };
	})()`))
	if err != nil {
		t.Fatal(err)
	}
	for n, x := range bars.X {
		kind := []input.DispatchMouseEventType{input.DispatchMouseEventTypeMousePressed, input.DispatchMouseEventTypeMouseMoved, input.DispatchMouseEventTypeMouseMoved}[n]
		if _, err := chromedp.Run(ctx, chromedp.MouseEvent(kind, x, bars.Y[n], chromedp.ButtonLeft, held)); err != nil {
			t.Fatal(err)
		}
	}
	if err := chromedp.Do(ctx, chromedp.MouseEvent(input.DispatchMouseEventTypeMouseReleased, bars.X[2], bars.Y[2], chromedp.ButtonLeft), chromedp.WaitVisible(chromedp.CSS("#all"))); err != nil {
		t.Fatal("no time was chosen:", err)
	}
	if q := value(`new URLSearchParams(location.search).get("q")`); q != bars.Want {
		t.Errorf("dragged over three bars, the query is %s, want %s", q, bars.Want)
	}
	// a name under another spelling
	if err := chromedp.Do(ctx, chromedp.Navigate(root+"search.html?q=Kim+Jung+Il")); err != nil {
		t.Fatal(err)
	}
	status("^1 article$")
	if name := value(`document.querySelector("#named li").textContent`); !strings.HasPrefix(name, "Kim Jong Il") {
		t.Errorf("Kim Jung Il is %q", name)
	}
	// nothing
	if err := chromedp.Do(ctx, chromedp.Navigate(root+"search.html?q=parliment+qqqq"), chromedp.WaitVisible(chromedp.CSS("#count"))); err != nil {
		t.Fatal(err)
	}
	status("^Nothing found")
	for _, address := range asked() {
		if u, err := url.Parse(address); err != nil || !strings.HasPrefix(address, root) && u.Scheme != "data" && u.Path != "/favicon.ico" {
			t.Errorf("the page asked for %s", address)
		}
	}
}

// held says that the left button is down.
func held(p *input.DispatchMouseEventParams) { p.Buttons = 1 }

// TestSearchBehindAnyServer searches the same site behind servers that treat its files in their own ways: right answers
// come, or a clear message.
func TestSearchBehindAnyServer(t *testing.T) {
	const failed = "^The search could not be carried out: "
	sites := map[bool]string{false: demonstration(t), true: packedDemonstration(t)}
	for _, c := range []struct {
		name  string
		packs bool
		serve func(http.Handler) http.Handler
		says  string
	}{
		{"plain", false, plainly, ""},
		{"compresses everything once more", false, func(h http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				r.Header.Del("Range")
				answer := httptest.NewRecorder()
				h.ServeHTTP(answer, r)
				w.Header().Set("Content-Type", answer.Header().Get("Content-Type"))
				w.Header().Set("Content-Encoding", "gzip")
				w.WriteHeader(answer.Code)
				z := gzip.NewWriter(w)
				z.Write(answer.Body.Bytes())
				z.Close()
			})
		}, ""},
		{"takes gzip for an encoding", false, func(h http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				answer := httptest.NewRecorder()
				h.ServeHTTP(answer, r)
				if bytes.HasPrefix(answer.Body.Bytes(), []byte{0x1f, 0x8b}) {
					w.Header().Set("Content-Encoding", "gzip")
				}
				w.Header().Set("Content-Type", answer.Header().Get("Content-Type"))
				w.WriteHeader(answer.Code)
				w.Write(answer.Body.Bytes())
			})
		}, ""},
		{"answers every address with the front page", false, func(h http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if strings.HasSuffix(r.URL.Path, ".bin") {
					r.URL.Path = "/"
				}
				h.ServeHTTP(w, r)
			})
		}, failed},
		{"has lost a part", false, func(h http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if strings.Contains(r.URL.Path, "/d") && strings.HasSuffix(r.URL.Path, ".bin") {
					http.NotFound(w, r)
					return
				}
				h.ServeHTTP(w, r)
			})
		}, failed + ".*404"},
		{"answers with a page for what it lost", false, func(h http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if strings.Contains(r.URL.Path, "/c") && strings.HasSuffix(r.URL.Path, ".bin") {
					r.URL.Path = "/"
				}
				h.ServeHTTP(w, r)
			})
		}, failed + ".*answers with a page"},
		{"has cut a part short", false, func(h http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				answer := httptest.NewRecorder()
				h.ServeHTTP(answer, r)
				b := answer.Body.Bytes()
				if strings.Contains(r.URL.Path, "/c") && strings.HasSuffix(r.URL.Path, ".bin") {
					b = b[:len(b)/2]
				}
				w.Header().Set("Content-Type", answer.Header().Get("Content-Type"))
				w.WriteHeader(answer.Code)
				w.Write(b)
			})
		}, failed + ".*the index is damaged"},
		{"plain, with packs", true, plainly, ""},
		{"packs, and ignores ranges", true, func(h http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				r.Header.Del("Range")
				h.ServeHTTP(w, r)
			})
		}, ""},
		{"packs, and compresses, then slices", true, compressAndSlice(true), ""},
		{"packs, and slices what it compressed without a word", true, compressAndSlice(false), failed + ".*ranges"},
		{"packs, and answers other ranges", true, func(h http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Header.Get("Range") != "" {
					r.Header.Set("Range", "bytes=0-99")
				}
				h.ServeHTTP(w, r)
			})
		}, ""},
		{"packs, and refuses ranges", true, func(h http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Header.Get("Range") != "" {
					http.Error(w, "no", http.StatusRequestedRangeNotSatisfiable)
					return
				}
				h.ServeHTTP(w, r)
			})
		}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			root, index := served(t, sites[c.packs], c.serve)
			r, err := index.Search("the president", search.Options{})
			if err != nil || r.Total < 2 {
				t.Fatal(r.Total, err)
			}
			says := c.says
			if says == "" {
				says = fmt.Sprintf("^%d articles$", r.Total)
			}
			ctx, _ := browser(t)
			if err := chromedp.Do(ctx, chromedp.Navigate(root+"search.html?q=the+president")); err != nil {
				t.Fatal(err)
			}
			if _, err := chromedp.Run(ctx, chromedp.Poll[bool](fmt.Sprintf(`document.getElementById("count").textContent.match(%q) !== null`, says))); err != nil {
				text, _ := chromedp.Run(ctx, chromedp.Text(chromedp.CSS("#count")))
				t.Errorf("the page says %q, want %q: %v", text, says, err)
			}
		})
	}
}

// compressAndSlice compresses a whole file, and then takes a range of what came out. It may say that it compressed.
func compressAndSlice(says bool) func(http.Handler) http.Handler {
	return func(h http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asked := r.Header.Get("Range")
			if asked == "" {
				h.ServeHTTP(w, r)
				return
			}
			r.Header.Del("Range")
			answer := httptest.NewRecorder()
			h.ServeHTTP(answer, r)
			var packed bytes.Buffer
			z := gzip.NewWriter(&packed)
			z.Write(answer.Body.Bytes())
			z.Close()
			r.Header.Set("Range", asked)
			if w.Header().Set("Content-Type", answer.Header().Get("Content-Type")); says {
				w.Header().Set("Content-Encoding", "gzip")
			}
			http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(packed.Bytes()))
		})
	}
}
