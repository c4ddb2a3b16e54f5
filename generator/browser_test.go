//go:build e2e

package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// browser starts Chromium and returns a context for its tab, with the addresses it asked for.
func browser(t *testing.T) (context.Context, func() []string) {
	t.Helper()
	flags := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), flags...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 5*time.Minute)
	t.Cleanup(cancel)
	var mu sync.Mutex
	var asked []string
	err := chromedp.Listen(ctx, func(event any) {
		if e, ok := event.(*network.EventRequestWillBeSent); ok {
			mu.Lock()
			asked = append(asked, e.Request.URL)
			mu.Unlock()
		}
	})
	if err != nil {
		t.Fatal("starting Chromium:", err)
	}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	return ctx, func() []string {
		mu.Lock()
		defer mu.Unlock()
		return asked
	}
}

// demonstration builds the archive of this repository and returns its folder.
func demonstration(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "public")
	site := demonstrationSite(t)
	var stdout, stderr bytes.Buffer
	if code := run(context.Background(), []string{"build", "--site", site, "--out", dir}, &stdout, &stderr); code != 0 {
		t.Fatalf("build: %d\n%s", code, stderr.String())
	}
	return dir
}

// pageKinds is a page of every kind the demonstration archive has.
var pageKinds = []string{
	"index.html", "articles/undated/north-south-korea.html", "explore/index.html", "dates/index.html", "dates/on/index.html", "dates/on/01-12.html", "2019/index.html", "2019/01.html",
	"undated.html", "people/index.html", "places/united-states/index.html", "people/donald-trump/index.html", "tags/index.html", "publications/wikinews/index.html",
	"about.html", "search.html", "404.html",
}

// TestPagesInABrowser opens every kind of page from the file system and below a path of a host, at the width of a
// phone and a desk, light and dark. Nothing may be asked of another host, run out of the page, or stay unstyled.
func TestPagesInABrowser(t *testing.T) {
	dir := demonstration(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: http.StripPrefix("/archive/", http.FileServer(http.Dir(dir)))}
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })

	ctx, asked := browser(t)
	roots := []string{"file://" + dir + "/", "http://" + listener.Addr().String() + "/archive/"}
	for _, root := range roots {
		for _, page := range pageKinds {
			if page == "404.html" && strings.HasPrefix(root, "file:") {
				continue // made for hosts, which show it at any address
			}
			for _, width := range []int64{390, 1280} {
				for _, scheme := range []string{"light", "dark"} {
					look(t, ctx, root+page, width, scheme)
				}
			}
		}
	}
	for _, address := range asked() {
		u, err := url.Parse(address)
		if err != nil || u.Scheme != "file" && u.Scheme != "data" && u.Host != listener.Addr().String() {
			t.Errorf("a page asked for %s", address)
		}
	}
}

// seen is what a page measures of itself.
type seen struct {
	Title    string
	Headings int
	Overflow float64 // px
	Light    float64 // of the background, 0 to 255
	Family   string
}

// look opens one page and checks what a reader would see.
func look(t *testing.T, ctx context.Context, address string, width int64, scheme string) {
	t.Helper()
	const measure = `(() => {
		const background = getComputedStyle(document.documentElement).backgroundColor;
		const body = getComputedStyle(document.body);
		const [r, g, b] = (background === 'rgba(0, 0, 0, 0)' ? body.backgroundColor : background).match(/[0-9.]+/g).map(Number);
		return {Title: document.title, Headings: document.querySelectorAll('h1').length,
			Overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
			Light: (r + g + b) / 3, Family: body.fontFamily};
	})()`
	err := emulate(ctx, scheme)
	if err == nil {
		err = chromedp.Do(ctx, chromedp.EmulateViewport(width, 800), chromedp.Navigate(address))
	}
	var page seen
	if err == nil {
		page, err = chromedp.Run(ctx, chromedp.Evaluate[seen](measure))
	}
	what := fmt.Sprintf("%s, %d px, %s", address, width, scheme)
	switch {
	case err != nil:
		t.Fatalf("%s: %v", what, err)
	case page.Title == "" || page.Headings != 1:
		t.Errorf("%s: title %q, %d main headings", what, page.Title, page.Headings)
	case page.Overflow > 0:
		t.Errorf("%s: %v px run out of the page", what, page.Overflow)
	case (page.Light > 128) != (scheme == "light"):
		t.Errorf("%s: the background has the lightness %v", what, page.Light)
	case !strings.Contains(strings.ToLower(page.Family), "serif"):
		t.Errorf("%s: the style sheet is missing", what)
	}
}

// TestClickThrough goes from the front page to an article, on to a name in it and back, from the file system.
func TestClickThrough(t *testing.T) {
	dir := demonstration(t)
	ctx, _ := browser(t)
	click := func(selector chromedp.CSS, wait chromedp.CSS) string {
		t.Helper()
		if err := chromedp.Do(ctx, chromedp.Click(selector), chromedp.WaitVisible(wait)); err != nil {
			t.Fatalf("%s: %v", selector, err)
		}
		text, err := chromedp.Run(ctx, chromedp.Text(wait))
		if err != nil {
			t.Fatalf("%s: %v", wait, err)
		}
		return text
	}
	if err := chromedp.Do(ctx, chromedp.Navigate("file://"+dir+"/index.html")); err != nil {
		t.Fatal(err)
	}
	article := click(`main a[href*="articles/"]`, `article h1`)
	name := click(`article a[href*="/index.html"]`, `main h1:not(article h1)`)
	if err := chromedp.Do(ctx, chromedp.NavigateBack()); err != nil {
		t.Fatal(err)
	}
	where, err := chromedp.Run(ctx, chromedp.Location())
	if err != nil || article == "" || name == "" || !strings.Contains(where, "/articles/") {
		t.Errorf("article %q, name %q, back at %s, %v", article, name, where, err)
	}
}
