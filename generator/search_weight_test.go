//go:build e2e

package main

import (
	"encoding/json"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"
)

var (
	searchIndex   = flag.String("index", "", "folder with an index in search/, for TestFirstScreen in place of the demonstration archive's")
	searchQueries = flag.String("query-file", "", "file of queries for TestFirstScreen, one a line")
)

// TestFirstScreen asks an index in a browser, each time as if it were the first query, to ten titles. What is read of the index
// for them is measured; every hit must be one of the whole answer, and what is said about their number near it.
func TestFirstScreen(t *testing.T) {
	dir := demonstration(t)
	index, queries := dir, []string{"the president", "prime minister", "interest rates", "in the", "north korea", "said that"}
	if *searchIndex != "" {
		index = *searchIndex
	}
	if *searchQueries != "" {
		b, err := os.ReadFile(*searchQueries)
		if err != nil {
			t.Fatal(err)
		}
		queries = strings.Split(strings.TrimSpace(string(b)), "\n")
	}
	var read, requests atomic.Int64
	own, given := http.FileServer(http.Dir(dir)), http.FileServer(http.Dir(index))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if filepath.Ext(r.URL.Path) != ".bin" {
			own.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Cache-Control", "no-store")
		given.ServeHTTP(counter{w, &read}, r)
		requests.Add(1)
	}))
	defer server.Close()
	ctx, _ := browser(t)
	if err := chromedp.Do(ctx, chromedp.Navigate(server.URL+"/search.html")); err != nil {
		t.Fatal(err)
	}
	type screen struct {
		Cut, Sure    bool
		About, Total int
		Ideal, Gain  float64
	}
	var weights, counts []int
	cut, gain, far := 0, 0.0, 0
	for _, query := range queries {
		read.Store(0)
		requests.Store(0)
		quoted, err := json.Marshal(query)
		if err != nil {
			t.Fatal(err)
		}
		const open = `const [{ Index }, { Search }, { part }] = await Promise.all(["index", "seek", "packs"].map((name) => import("./search/" + name + ".js")));
			const ask = (path, options) => fetch("search/" + path, options);
			window.index = await Index.open(async (path, from, size) => size ? part(ask, path, from, size) : new Uint8Array(await (await ask(path)).arrayBuffer()));`
		first := `(async () => { ` + open + `
			window.first = new Search(index, ` + string(quoted) + `);
			await first.run(false, true);
			await Promise.all(Array.from(first.numbers.slice(0, 10), (n) => index.card(n)));
		})()`
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[any](first, chromedp.EvalAwaitPromise)); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		weights, counts = append(weights, int(read.Load())), append(counts, int(requests.Load()))
		rest := `(async () => {
			const { Search } = await import("./search/seek.js"), whole = new Search(index, ` + string(quoted) + `);
			await whole.run(false);
			const shown = first.numbers.slice(0, 10), gains = (numbers) => numbers.reduce((sum, n, i) => sum + whole.all[n] / Math.log2(i + 2), 0);
			return { Cut: first.cut, Sure: shown.every((n) => whole.all[n] > 0) && shown.length === Math.min(10, whole.total), About: first.total, Total: whole.total,
				Ideal: gains(Array.from(whole.numbers.slice(0, 10))), Gain: gains(Array.from(shown)) };
		})()`
		s, err := chromedp.Run(ctx, chromedp.Evaluate[screen](rest, chromedp.EvalAwaitPromise))
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		if !s.Sure || !s.Cut && s.About != s.Total {
			t.Errorf("%s: the first screen says %+v", query, s)
		}
		if s.Cut {
			if cut++; s.About > 2*s.Total || s.Total > 2*s.About {
				far++
			}
			gain += s.Gain / s.Ideal
		}
	}
	slices.Sort(weights)
	slices.Sort(counts)
	at := func(list []int, percent int) int { return list[(len(list)-1)*percent/100] }
	t.Logf("%d queries to ten titles: %.1f KB in %d reads at the median, %.1f KB in %d at the 95th percentile", len(queries),
		float64(at(weights, 50))/1000, at(counts, 50), float64(at(weights, 95))/1000, at(counts, 95))
	if cut > 0 {
		t.Logf("%d read beginnings of lists alone: nDCG@10 against the whole answer %.3f; %d said a number off by more than a half", cut, gain/float64(cut), far)
	}
}

// counter counts what is written.
type counter struct {
	http.ResponseWriter
	bytes *atomic.Int64
}

func (c counter) Write(b []byte) (int, error) {
	n, err := c.ResponseWriter.Write(b)
	c.bytes.Add(int64(n))
	return n, err
}
