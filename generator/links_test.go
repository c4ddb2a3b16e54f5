package main

import (
	"math/rand/v2"
	"net/url"
	"path"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestBelowAnyPath builds a site and follows what every page loads or links to. Within the site each is relative and
// names its file, so that the site opens from a disk and below any path; 404.html, which hosts show at any address,
// begins at base_url's path instead.
func TestBelowAnyPath(t *testing.T) {
	const base = "https://example.org/x/"
	e := &editor{t: t, r: rand.New(rand.NewPCG(3, 3)), dir: t.TempDir()}
	e.start(12)
	e.addMarkdown()
	e.write("content/n/map.svg", "<svg/>")
	files := e.build("public", "--base-url", base)
	followed := 0
	for name, content := range files {
		if path.Ext(name) != ".html" {
			continue
		}
		for _, reference := range references(t, content) {
			u, err := url.Parse(reference)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if u.IsAbs() || u.Path == "" && u.Host == "" {
				continue // elsewhere on the web, or a place on the page itself
			}
			to := path.Join(path.Dir(name), u.Path)
			if name == "404.html" {
				to = strings.TrimPrefix(u.Path, "/x/")
			}
			if _, found := files[to]; !found || strings.HasPrefix(u.Path, "/") != (name == "404.html") || u.Host != "" {
				t.Errorf("%s refers to %q", name, reference)
			}
			followed++
		}
	}
	if followed < 500 {
		t.Errorf("only %d references were followed", followed)
	}
}

// references is every address a page loads or leads to, those for machines (rel=canonical) left out.
func references(t *testing.T, page string) []string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for n := range doc.Descendants() {
		for _, a := range n.Attr {
			switch {
			case a.Key == "href" || a.Key == "src":
				found = append(found, a.Val)
			case n.Data == "meta" && a.Key == "content" && strings.HasPrefix(a.Val, "0; url="):
				found = append(found, strings.TrimPrefix(a.Val, "0; url="))
			}
		}
	}
	return found
}
