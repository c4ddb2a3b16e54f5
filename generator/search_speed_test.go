//go:build e2e

package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

var (
	searched = flag.String("searched", "", "a built site for TestQueryToScreen; the demonstration archive when left out")
	queries  = flag.Int("queries", 5, "queries of TestQueryToScreen")
	latency  = flag.Duration("latency", 150*time.Millisecond, "of each request in TestQueryToScreen, as slow 4G has it")
)

// TestQueryToScreen asks the search page for two neighbouring words of an article, again and again, and measures how long it
// takes until ten titles stand there: at once on a page that has just been loaded, with nothing in the cache (cold); on the same
// page, two other words that took a second and a half to type (typed); and the first two when the page is opened with them
// again (again). The network is slow 4G, 1.6 Mbit a second and the latency, which the server makes: a browser slows down its
// pages, but not their workers. Then it asks the same on a processor that is four times slower, for tasks that hold up the page.
// What comes before the first key must weigh no more than promised, and after it no more than four steps may follow each other.
func TestQueryToScreen(t *testing.T) {
	dir := *searched
	if dir == "" {
		dir = demonstration(t)
	}
	s := &scale{files: withSteps(http.FileServer(http.Dir(dir)))}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	ctx, _ := browser(t)
	q := &querier{t: t, ctx: ctx, address: server.URL + "/search.html", pairs: neighbours(t, dir, 2*(*queries))}
	q.prepare()

	var cold, typed, again, index, scripts, heads, facets, steps times
	for n := range *queries {
		s.slow(0)
		q.do(func() error {
			_, err := chromedp.Call(ctx, network.ClearBrowserCache, cdp.Empty{})
			return err
		})
		s.take()
		q.open("")
		before := s.take()
		if weight := before.page + before.scripts; weight > 16<<10 {
			t.Fatalf("%d bytes come before the first key", weight)
		} else if n == 0 {
			t.Logf("before the first key: %d bytes", weight)
		}
		s.slow(*latency)
		cold.add(q.ask(q.pairs[2*n], 0))
		titles := s.take()
		s.idle()
		rest := s.take()
		index.add(titles.index + rest.index)
		scripts.add(titles.scripts + rest.scripts)
		heads.add(titles.heads + rest.heads)
		facets.add(titles.facets + rest.facets)
		typed.add(q.ask(q.pairs[2*n+1], 1500*time.Millisecond))
		s.idle()
		again.add(q.open(q.pairs[2*n]))
		s.idle()
	}
	s.slow(0)
	q.slow(4)
	longest := 0
	for n := range *queries {
		q.open("")
		q.ask(q.pairs[2*n], 0)
		s.idle()
		longest = max(longest, q.longest())
	}
	for _, pair := range q.pairs {
		steps.add(q.steps(pair))
	}
	t.Logf("to ten titles, ms: cold %v, typed %v, again %v", &cold, &typed, &again)
	t.Logf("bytes of a cold query: index %v, scripts %v, heads of the answers %v; names and tags to narrow it down, after that: %v", &index, &scripts, &heads, &facets)
	if t.Logf("steps that follow each other, to ten titles: %v", &steps); steps[len(steps)-1] > 4 {
		t.Errorf("%d steps follow each other, more than 4", steps[len(steps)-1])
	}
	t.Logf("longest task of the page on a processor four times slower: %d ms", longest)
}

// times is figures, of which the middle and the 95th in a hundred are told.
type times []int

func (f *times) add(n int) { *f = append(*f, n) }

func (f *times) String() string {
	slices.Sort(*f)
	return fmt.Sprintf("p50 %d p95 %d most %d", (*f)[len(*f)/2], (*f)[len(*f)*95/100], (*f)[len(*f)-1])
}

// scale serves files as most hosts do, text in gzip, and weighs what it serves. With a latency it is as slow as slow 4G.
type scale struct {
	files http.Handler

	mu      sync.Mutex // guards what follows
	latency time.Duration
	free    time.Time // when the line is free again
	open    int       // requests
	weights
}

// idle waits until nothing has been asked for in a while: what comes may ask for more.
func (s *scale) idle() {
	for quiet := 0; quiet < 20; quiet++ {
		time.Sleep(20 * time.Millisecond)
		s.mu.Lock()
		if s.open > 0 {
			quiet = 0
		}
		s.mu.Unlock()
	}
}

// begin counts a request, and gives what ends it.
func (s *scale) begin() (end func()) {
	count := func(n int) {
		s.mu.Lock()
		s.open += n
		s.mu.Unlock()
	}
	count(1)
	return func() { count(-1) }
}

func (s *scale) slow(latency time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.latency = latency
}

// bytesPerSecond is 1.6 Mbit.
const bytesPerSecond = 200_000

// send puts a body on the line, which all requests share.
func (s *scale) send(ctx context.Context, w http.ResponseWriter, body []byte) {
	const piece = 4 << 10
	for len(body) > 0 && ctx.Err() == nil {
		n := min(piece, len(body))
		s.mu.Lock()
		wait := time.Duration(0)
		if s.latency > 0 {
			if now := time.Now(); s.free.Before(now) {
				s.free = now
			}
			s.free = s.free.Add(time.Duration(n) * time.Second / bytesPerSecond)
			wait = time.Until(s.free)
		}
		s.mu.Unlock()
		time.Sleep(wait)
		w.Write(body[:n])
		if f, ok := w.(http.Flusher); ok {
			f.Flush()
		}
		body = body[n:]
	}
}

// weights is bytes: of the index, of what narrows a search down, of the scripts, of the page with its style sheets, and of the heads of
// the answers with index and scripts, as HTTP/1.1 has them.
type weights struct{ index, facets, scripts, page, heads int }

// take is what has been served since the last time.
func (s *scale) take() weights {
	s.mu.Lock()
	defer s.mu.Unlock()
	w := s.weights
	s.weights = weights{}
	return w
}

func (s *scale) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer s.begin()()
	answer := httptest.NewRecorder()
	s.files.ServeHTTP(answer, r)
	for name, values := range answer.Header() {
		w.Header()[name] = values
	}
	body := answer.Body.Bytes()
	if ext := filepath.Ext(r.URL.Path); len(body) > 0 && slices.Contains([]string{".html", ".css", ".js", ".svg"}, ext) {
		var b strings.Builder
		z := gzip.NewWriter(&b)
		z.Write(body)
		z.Close()
		body = []byte(b.String())
		w.Header().Set("Content-Encoding", "gzip")
	}
	for name, value := range usual {
		w.Header().Set(name, value)
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.Header().Set("Date", time.Now().UTC().Format(http.TimeFormat))
	var head bytes.Buffer
	fmt.Fprintf(&head, "HTTP/1.1 %d %s\r\n\r\n", answer.Code, http.StatusText(answer.Code))
	w.Header().Write(&head)
	part := false // of what a query waits for
	s.mu.Lock()
	switch name := r.URL.Path; {
	case strings.HasSuffix(name, "/steps.js"):
	case strings.Contains(name, "/facets") || strings.Contains(name, "/labels-"):
		s.facets += len(body)
	case strings.HasSuffix(name, ".bin"):
		s.index, part = s.index+len(body), true
	case strings.HasSuffix(name, ".js"):
		s.scripts, part = s.scripts+len(body), true
	case name == "/search.html" || strings.HasSuffix(name, ".css") || strings.HasSuffix(name, ".svg"):
		s.page += len(body)
	}
	if part {
		s.heads += head.Len()
	}
	latency := s.latency
	s.mu.Unlock()
	time.Sleep(latency)
	w.WriteHeader(answer.Code)
	s.send(r.Context(), w, body)
}

// usual is what a host of static files says of each, beside what a file server says.
var usual = map[string]string{
	"Cache-Control": "max-age=600", "Server": "nginx", "Etag": `"6745a3f1-5dc4"`, "Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff",
	"Strict-Transport-Security": "max-age=31536000", "Age": "0", "X-Cache": "HIT", "Via": "1.1 varnish",
}

// stepping is the worker of the search page, but for this: what it asks for is answered only when nothing is in the works any more, all of
// it at once. So it counts what had to be waited for one after the other, however fast or busy network and browser are. The first
// step is what the page asks for together: scripts and roots.
const stepping = `
	import "./packs.js";
	import "./worker.js";
	const search = onmessage, send = fetch;
	let asked = [], working = 0;
	const during = (work) => { working++; return work.finally(() => { working--; }); };
	for (const kind of [Response, Blob]) {
		const read = kind.prototype.arrayBuffer;
		kind.prototype.arrayBuffer = function () { return during(read.call(this)); };
	}
	self.fetch = (...what) => new Promise((answer) => asked.push(() => answer(during(send(...what)))));
	const idle = async () => {
		for (let quiet = 0; quiet < 5; quiet = working ? 0 : quiet + 1) await new Promise((done) => setTimeout(done));
	};
	onmessage = async ({ data: query }) => {
		const roots = {};
		for (const name of ["root.bin", "words.bin"]) roots[name] = await (await send(name)).arrayBuffer();
		search({ data: { do: "begin", roots } });
		let steps = 1, done = false;
		search({ data: { do: "search", query } }).then(() => search({ data: { do: "hits", from: 0, to: 10 } })).then(() => { done = true; });
		for (await idle(); !done || asked.length; await idle()) {
			if (asked.length) steps++;
			for (const answer of asked.splice(0)) answer();
		}
		postMessage({ steps });
	};`

// withSteps serves that worker beside the scripts it is made of.
func withSteps(files http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "search/steps.js") {
			w.Header().Set("Content-Type", "text/javascript")
			io.WriteString(w, stepping)
			return
		}
		files.ServeHTTP(w, r)
	})
}

// steps is how many steps follow each other to a query's first titles.
func (q *querier) steps(query string) int {
	q.t.Helper()
	return q.number(fmt.Sprintf(`new Promise((done, failed) => {
		const worker = new Worker("search/steps.js", { type: "module" });
		worker.onerror = failed;
		worker.onmessage = ({ data }) => {
			if (data.fault) failed(new Error(data.fault));
			if (!data.steps) return;
			worker.terminate();
			done(data.steps);
		};
		worker.postMessage(%q);
	})`, query), query)
}

// TestSteps counts the steps to the first titles of queries of all kinds. Where the index is in packs, a list is one more read than the
// dictionary, so a phrase takes one step more.
func TestSteps(t *testing.T) {
	for name, packs := range map[string]bool{"files": false, "packs": true} {
		t.Run(name, func(t *testing.T) {
			root, _, _ := searchable(t, packs, withSteps)
			ctx, _ := browser(t)
			q := &querier{t: t, ctx: ctx, address: root + "search.html"}
			q.open("")
			for _, query := range []string{
				"president", "the president", "of the in", "Kim Jung Il", "Donald Trump", "United States", "parliment", "zzzz qqqq", "korea*", "the -president", "-the",
				"person:\"Donald Trump\"", "place:Venezuela election", "tag:politics 2019-03..2019-06", "before:2019-06", "flood OR fire", "hijab", "\"the united states\"",
			} {
				most := 4
				if packs && strings.HasPrefix(query, "\"") {
					most++
				}
				if steps := q.steps(query); steps > most {
					t.Errorf("%s: %d steps follow each other, more than %d", query, steps, most)
				} else {
					t.Logf("%s: %d steps", query, steps)
				}
			}
		})
	}
}

// querier uses the search page.
type querier struct {
	t       *testing.T
	ctx     context.Context
	address string
	pairs   []string
}

func (q *querier) do(what func() error) {
	q.t.Helper()
	if err := what(); err != nil {
		q.t.Fatal(err)
	}
}

// watched has the page note its long tasks, and tell when a search has come to its end.
const watched = `
	self.longest = 0;
	new PerformanceObserver((list) => { for (const e of list.getEntries()) longest = Math.max(longest, e.duration); }).observe({ type: "longtask", buffered: true });
	self.answered = () => new Promise((done) => {
		const look = () => {
			const count = document.getElementById("count"), { searching, failed } = document.getElementById("search").dataset;
			if (!count.textContent || count.textContent === searching) return setTimeout(look, 5);
			done(count.textContent.startsWith(failed) ? -1 : Math.round(performance.now()));
		};
		look();
	});`

func (q *querier) prepare() {
	q.do(func() error {
		_, err := chromedp.Call(q.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: watched})
		return err
	})
}

// open loads the page, with a query if there is one, and gives the ms from then to its titles.
func (q *querier) open(query string) int {
	q.t.Helper()
	address := q.address
	if query != "" {
		address += "?q=" + strings.ReplaceAll(query, " ", "+")
	}
	q.do(func() error { return chromedp.Do(q.ctx, chromedp.Navigate(address)) })
	if query == "" {
		return 0
	}
	return q.number(`answered()`, query)
}

// ask types a query into the field for so long, and gives the ms from the Enter key to its titles.
func (q *querier) ask(query string, typing time.Duration) int {
	q.t.Helper()
	return q.number(fmt.Sprintf(`(async () => {
		const field = document.getElementById("q"), words = %q, ms = %d;
		for (let n = 1; ms && n <= words.length; n++) {
			field.value = words.slice(0, n);
			field.dispatchEvent(new Event("input"));
			await new Promise((done) => setTimeout(done, ms / words.length));
		}
		field.value = words;
		const start = performance.now();
		document.getElementById("search").requestSubmit();
		return Math.round(await answered() - start);
	})()`, query, typing.Milliseconds()), query)
}

func (q *querier) longest() int { return q.number(`Promise.resolve(Math.round(longest))`, "") }

func (q *querier) number(script, query string) int {
	q.t.Helper()
	n, err := chromedp.Run(q.ctx, chromedp.Evaluate[int](script, chromedp.EvalAwaitPromise))
	if err != nil || n < 0 {
		q.t.Fatalf("%q: %d ms, %v", query, n, err)
	}
	return n
}

// slow makes the processor so many times slower.
func (q *querier) slow(times float64) {
	q.do(func() error {
		_, err := chromedp.Call(q.ctx, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: times})
		return err
	})
}

var (
	paragraph = regexp.MustCompile(`(?s)<p[^>]*>(.*?)</p>`)
	mark      = regexp.MustCompile(`<[^>]*>`)
	plain     = regexp.MustCompile(`^[A-Za-z]{2,}$`)
)

// neighbours is pairs of words that follow each other in articles of a site.
func neighbours(t *testing.T, dir string, count int) []string {
	t.Helper()
	tables, err := filepath.Glob(filepath.Join(dir, "search", "articles-*.csv"))
	if err != nil || len(tables) == 0 {
		t.Fatal("no articles: ", err)
	}
	r := rand.New(rand.NewPCG(7, 8))
	var pairs []string
	for len(pairs) < count {
		words := wordsOf(t, dir, tables[r.IntN(len(tables))], r)
		for n := 0; n < 10; n++ {
			at := r.IntN(max(len(words)-1, 1))
			if at+1 < len(words) && plain.MatchString(words[at]) && plain.MatchString(words[at+1]) {
				pairs = append(pairs, words[at]+" "+words[at+1])
				break
			}
		}
	}
	return pairs
}

// wordsOf is the words of an article of a table.
func wordsOf(t *testing.T, dir, table string, r *rand.Rand) []string {
	t.Helper()
	f, err := os.Open(table)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatal(table, err)
	}
	url := rows[1+r.IntN(len(rows)-1)][slices.Index(rows[0], "url")]
	_, path, found := strings.Cut(url, "/articles/")
	if !found {
		path = strings.TrimPrefix(url, "articles/")
	}
	b, err := os.Open(filepath.Join(dir, "articles", filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	text, err := io.ReadAll(b)
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, p := range paragraph.FindAllSubmatch(text, -1) {
		words = append(words, strings.Fields(string(mark.ReplaceAll(p[1], nil)))...)
	}
	return words
}
