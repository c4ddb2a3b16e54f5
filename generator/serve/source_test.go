package serve

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"broadsheet/generator/diag"
)

// desk is a server with a site, and what was opened in its editor.
func desk(t *testing.T) (s *Server, opened *[]string) {
	t.Helper()
	site := folder(t, map[string]string{
		"content/a.txt": "one\ntwo\nthree\n", "content/run.desktop": "x", "site.toml": "title = 1\n", "elsewhere/secret.txt": "secret",
	})
	if err := errors.Join(
		os.Symlink("../elsewhere/secret.txt", filepath.Join(site, "content/link.txt")),
		os.Symlink("elsewhere", filepath.Join(site, "templates")),
		os.WriteFile(filepath.Join(filepath.Dir(site), "outside.txt"), []byte("outside"), 0o666),
	); err != nil {
		t.Fatal(err)
	}
	opened = new([]string)
	return New(Options{
		Dir: archive(t), Site: site,
		Source: func(_ context.Context, page string) (Source, error) {
			if page == "broken.html" {
				return Source{}, errors.New("the disk is gone")
			}
			return Source{File: "content/a.txt", Found: map[string]string{"page": page}}, nil
		},
		Edit: func(file string, line, col int) error {
			rel, err := filepath.Rel(site, file)
			*opened = append(*opened, fmt.Sprintf("%s:%d:%d", filepath.ToSlash(rel), line, col))
			return err
		},
	}), opened
}

// What a page was made from comes with the messages about that file, and no other's.
func TestSource(t *testing.T) {
	s, _ := desk(t)
	s.publish(Report{Faults: diag.List{diag.Warn("content/a.txt", "odd"), diag.Warn("content/b.txt", "odder")}})
	r := ask(s, "GET", "/_preview/source?page=a.html")
	var got struct {
		File     string
		Found    map[string]string
		Messages []fault
	}
	if err := json.Unmarshal([]byte(body(t, r)), &got); err != nil {
		t.Fatal(err)
	}
	if got.File != "content/a.txt" || got.Found["page"] != "a.html" || len(got.Messages) != 1 || got.Messages[0].Message != "odd" {
		t.Errorf("%+v", got)
	}
	for name, want := range map[string]string{
		"Content-Type": "application/json; charset=utf-8", "X-Content-Type-Options": "nosniff", "Access-Control-Allow-Origin": "",
		"Cross-Origin-Resource-Policy": "same-origin",
	} {
		if got := r.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if r := ask(s, "GET", "/_preview/source?page=broken.html"); r.StatusCode != 500 {
		t.Errorf("a fault of the machine: status %d", r.StatusCode)
	}
}

// The editor is given texts of the site alone, and only because a page of the preview asks.
func TestEdit(t *testing.T) {
	s, opened := desk(t)
	for _, c := range []struct {
		target string
		header func(*http.Request)
		status int
		opened string
	}{
		{"file=content/a.txt&line=3&col=2", header("Sec-Fetch-Site", "same-origin"), 204, "content/a.txt:3:2"},
		{"file=site.toml", header("Origin", "http://localhost:8000"), 204, "site.toml:1:1"},
		{"file=templates/secret.txt", header("Sec-Fetch-Site", "same-origin"), 204, "templates/secret.txt:1:1"},
		{"file=content/a.txt", header("Sec-Fetch-Site", "cross-site"), 403, ""},
		{"file=content/a.txt", header("Sec-Fetch-Site", "same-site"), 403, ""},
		{"file=content/a.txt", header("Origin", "https://example.org"), 403, ""},
		{"file=content/a.txt", header("Origin", "null"), 403, ""},
		{"file=content/run.desktop", header("Sec-Fetch-Site", "same-origin"), 404, ""},
		{"file=content/link.txt", header("Sec-Fetch-Site", "same-origin"), 404, ""},
		{"file=../outside.txt", header("Sec-Fetch-Site", "same-origin"), 404, ""},
		{"file=content/../../outside.txt", header("Sec-Fetch-Site", "same-origin"), 404, ""},
		{"file=/etc/hosts.txt", header("Sec-Fetch-Site", "same-origin"), 404, ""},
		{"file=content/none.txt", header("Sec-Fetch-Site", "same-origin"), 404, ""},
		{"", header("Sec-Fetch-Site", "same-origin"), 404, ""},
	} {
		*opened = nil
		r := ask(s, "POST", "/_preview/edit?"+c.target, c.header)
		if r.StatusCode != c.status || strings.Join(*opened, " ") != c.opened {
			t.Errorf("%s: status %d, opened %v; want %d, %q", c.target, r.StatusCode, *opened, c.status, c.opened)
		}
	}
	if r := ask(s, "GET", "/_preview/edit?file=content/a.txt"); r.StatusCode != 404 || len(*opened) > 0 {
		t.Errorf("GET: status %d, opened %v", r.StatusCode, *opened)
	}
	rebound := func(r *http.Request) {
		r.Host = "rebound.example.org"
		r.Header.Set("Origin", "http://rebound.example.org")
	}
	if r := ask(s, "POST", "/_preview/edit?file=content/a.txt", rebound); r.StatusCode != 421 || len(*opened) > 0 {
		t.Errorf("a foreign name for this machine: status %d, opened %v", r.StatusCode, *opened)
	}
}

// The lines around a fault are those of the file; where it cannot be read, the message's own line has to do.
func TestLinesAroundAFault(t *testing.T) {
	s, _ := desk(t)
	for _, c := range []struct {
		d    diag.Diagnostic
		want string
	}{
		{diag.Diagnostic{File: "content/a.txt", Line: 1}, "[{1 one} {2 two} {3 three}]"},
		{diag.Diagnostic{File: "content/a.txt", Line: 9, Source: "as it was"}, "[{9 as it was}]"},
		{diag.Diagnostic{File: "content/a.txt"}, "[]"},
		{diag.Diagnostic{File: "content/link.txt", Line: 1}, "[]"},
		{diag.Diagnostic{File: "templates/article.html", Line: 4, Source: "{{end}}"}, "[{4 {{end}}}]"},
	} {
		if got := fmt.Sprint(s.newFault(c.d, false).Lines); got != c.want {
			t.Errorf("%+v: %s, want %s", c.d, got, c.want)
		}
	}
}
