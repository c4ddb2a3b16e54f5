//go:build e2e

package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

var (
	articles   = flag.Int("articles", 200, "articles of the archive that TestSaveToScreen makes")
	saves      = flag.Int("saves", 4, "how often it saves one of them")
	paragraphs = flag.Int("paragraphs", 0, "how many paragraphs of 50 words the one has beyond its six")
)

// TestSaveToScreen saves an article again and again, in place and by renaming, and waits for the open page to show it. At
// that moment every page and feed that prints the article's headline must have the new one.
//
// It prints how long it took from before the file was written until the browser asked for the page, that is, until the site
// was built and the browser knew; until it had the answer; until the frame with the new headline was on the screen, by the
// time that Chromium gives for it (Element Timing, renderTime: when the frame was presented, as in a page's first
// contentful paint); and until the test was told.
func TestSaveToScreen(t *testing.T) {
	s := newBench(t, *articles)
	name := s.article(7)
	more := strings.Repeat(strings.Repeat("river ", 50)+"rose.\n\n", *paragraphs)
	d := &desk{t: t, dir: s.dir, stderr: &bytes.Buffer{}}
	d.serve()
	built := filepath.Join(s.dir, previewFolder, outputFolder)
	var address string
	patience := time.Now().Add(10 * time.Minute)
	for address == "" && time.Now().Before(patience) {
		address = containing(built, fmt.Sprintf("article-%06d.html", 7))
		<-time.After(100 * time.Millisecond)
	}
	d.browser, _ = browser(t)
	screen := make(chan frame, 16)
	d.do(chromedp.ExposeFunc("onScreen", func(_ context.Context, f frame) (chromedp.Void, error) {
		screen <- f
		return chromedp.Void{}, nil
	}))
	if _, err := chromedp.Call(d.browser, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: frames}); err != nil {
		t.Fatal(err)
	}
	d.do(chromedp.Navigate(d.root + address))
	waitFor(t, screen, "Headline of article 7")
	d.do(chromedp.Evaluate[chromedp.Void](`window.mark = 1; undefined`))
	var asked, answered, painted, told []time.Duration
	var lists []string
	headline := "Headline of article 7"
	for n := range *saves + 1 {
		before := headline
		headline = fmt.Sprintf("Saved for the time number %d", n)
		text := s.text(name, headline) + more
		start := time.Now()
		if n%2 == 0 {
			s.file(t, name, text)
		} else {
			s.file(t, name+".tmp", text)
			if err := os.Rename(filepath.Join(s.dir, name+".tmp"), filepath.Join(s.dir, name)); err != nil {
				t.Fatal(err)
			}
		}
		f := waitFor(t, screen, headline)
		heard := time.Since(start)
		if n == 0 { // the first save finds the pages that print the headline
			lists = printing(t, built, headline)
			continue
		}
		for _, list := range lists {
			b, err := os.ReadFile(list)
			if err != nil || bytes.Contains(b, []byte(before)) || !bytes.Contains(b, []byte(headline)) {
				t.Errorf("%s was not current when the page was: %v", list, err)
			}
		}
		asked, answered = append(asked, since(start, f.Asked)), append(answered, since(start, f.Answered))
		painted, told = append(painted, since(start, f.At)), append(told, heard)
		<-time.After(time.Duration(n%7) * 10 * time.Millisecond) // not in step with the browser's frames
	}
	if !evaluate[bool](d, `window.mark === 1`) {
		t.Error("the page was loaded again")
	}
	if len(lists) < 3 {
		t.Errorf("the headline stands on %d pages alone", len(lists))
	}
	t.Logf("%d articles, %d saves, %d pages with the headline", *articles, *saves, len(lists))
	for _, phase := range []struct {
		name  string
		times []time.Duration
	}{{"the page is asked for", asked}, {"the answer has come", answered}, {"it is on the screen", painted}, {"the test is told", told}} {
		t.Logf("%-22s p50 %v, p95 %v, worst %v", phase.name, share(phase.times, 50), share(phase.times, 95), share(phase.times, 100))
	}
}

// frame is the first that shows a headline. Times are in milliseconds since 1970.
type frame struct {
	Headline string
	Asked    float64 // when the page was asked for last
	Answered float64 // when that answer had come
	At       float64 // when the frame was presented
}

const frames = `
performance.setResourceTimingBufferSize(1e6);
new MutationObserver(() => document.querySelectorAll("article h1:not([elementtiming])").forEach(h => h.setAttribute("elementtiming", "")))
	.observe(document, {childList: true, subtree: true});
new PerformanceObserver(list => list.getEntries().forEach(e => {
	const last = performance.getEntriesByType("resource").filter(r => r.name === location.href).pop();
	onScreen({Headline: e.element?.textContent ?? "", Asked: performance.timeOrigin + (last?.startTime ?? 0),
		Answered: performance.timeOrigin + (last?.responseEnd ?? 0), At: performance.timeOrigin + e.renderTime});
})).observe({type: "element", buffered: true})`

func waitFor(t *testing.T, screen <-chan frame, headline string) frame {
	t.Helper()
	patience := time.After(5 * time.Minute)
	for {
		select {
		case f := <-screen:
			if f.Headline == headline {
				return f
			}
		case <-patience:
			t.Fatalf("%q did not come to the screen", headline)
		}
	}
}

// since is how long after start something was, in milliseconds since 1970.
func since(start time.Time, ms float64) time.Duration {
	return time.UnixMicro(int64(ms * 1000)).Sub(start)
}

// containing is the file of that name below a folder, as a path from the folder on; "" where there is none.
func containing(folder, name string) (address string) {
	filepath.WalkDir(folder, func(file string, e os.DirEntry, err error) error {
		if err == nil && e.Name() == name {
			rel, _ := filepath.Rel(folder, file)
			address = filepath.ToSlash(rel)
			return filepath.SkipAll
		}
		return nil
	})
	return address
}

// printing lists the files below a folder that have some words.
func printing(t *testing.T, folder, words string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(file string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(file)
		if bytes.Contains(b, []byte(words)) {
			files = append(files, file)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// share is the time within which that many per cent were done.
func share(times []time.Duration, percent int) time.Duration {
	sorted := slices.Sorted(slices.Values(times))
	return sorted[(len(sorted)*percent+99)/100-1].Round(100 * time.Microsecond)
}
