package serve

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// folder writes files below a new directory.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	tree := fstest.MapFS{}
	for name, text := range files {
		tree[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	dir := filepath.Join(t.TempDir(), "public")
	if err := os.CopyFS(dir, tree); err != nil {
		t.Fatal(err)
	}
	return dir
}

func archive(t *testing.T) string {
	return folder(t, map[string]string{
		"index.html":                 "<html><body><p>front</p></body></html>",
		"404.html":                   "<html><body><p>no such page</p></BODY></html>",
		"loose.html":                 "<p>no end tags",
		"style.css":                  "body {}",
		"feed.xml":                   "<rss></rss>",
		"articles/2002/04/a.html":    "<html><body>story</body></html>",
		"articles/2002/04/a.txt":     "0123456789",
		"articles/2002/04/bild.JPG":  "\xff\xd8\xff",
		"articles/2002/04/odd.bin":   "\x00",
		"tags/index.html":            "<html><body>tags</body></html>",
		"empty/note.txt":             "",
		"articles/2002/04/ärger.svg": "<svg/>",
	})
}

// ask sends one request straight to the handler and gives the answer.
func ask(s *Server, method, target string, change ...func(*http.Request)) *http.Response {
	r := httptest.NewRequest(method, "http://localhost:8000/", nil)
	r.RequestURI = target
	r.URL.Path, r.URL.RawQuery, _ = strings.Cut(target, "?")
	for _, c := range change {
		c(r)
	}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestFiles(t *testing.T) {
	s := New(Options{Dir: archive(t), Base: "/archive/"})
	for _, c := range []struct {
		target string
		status int
		header string // "Name: value" that the answer must have
	}{
		{"/archive/", 200, "Content-Type: text/html; charset=utf-8"},
		{"/archive/index.html", 200, "Cache-Control: no-cache"},
		{"/archive/style.css", 200, "Content-Type: text/css; charset=utf-8"},
		{"/archive/feed.xml", 200, "Content-Type: application/xml; charset=utf-8"},
		{"/archive/articles/2002/04/a.txt", 200, "Content-Type: text/plain; charset=utf-8"},
		{"/archive/articles/2002/04/bild.JPG", 200, "Content-Type: image/jpeg"},
		{"/archive/articles/2002/04/odd.bin", 200, "Content-Type: application/octet-stream"},
		{"/archive/articles/2002/04/ärger.svg", 200, "Content-Type: image/svg+xml; charset=utf-8"},
		{"/archive/articles/2002/04/a.txt", 200, "X-Content-Type-Options: nosniff"},
		{"/archive/articles/2002/04/a.txt", 200, "Access-Control-Allow-Origin: "},
		{"/archive/tags/", 200, "Content-Type: text/html; charset=utf-8"},
		{"/archive/tags?a=1", 302, "Location: /archive/tags/?a=1"},
		{"/archive", 302, "Location: /archive/"},
		{"/", 302, "Location: /archive/"},
		{"/archive/empty/", 404, "Content-Type: text/html; charset=utf-8"},
		{"/archive/empty", 302, "Location: /archive/empty/"},
		{"/archive/gone.html", 404, "Content-Type: text/html; charset=utf-8"},
		{"/archive/index.html/", 404, ""},
		{"/style.css", 404, "Content-Type: text/html; charset=utf-8"},
		{"/archived/style.css", 404, ""},
	} {
		r := ask(s, "GET", c.target)
		if r.StatusCode != c.status {
			t.Errorf("%s: status %d, want %d", c.target, r.StatusCode, c.status)
		}
		if name, value, found := strings.Cut(c.header, ": "); found && r.Header.Get(name) != value {
			t.Errorf("%s: %s is %q, want %q", c.target, name, r.Header.Get(name), value)
		}
	}
}

func TestBase(t *testing.T) {
	for base, want := range map[string]string{"": "/", "/": "/", "archive": "/archive/", "/a/b": "/a/b/", "/a b/": "/a b/"} {
		if s := New(Options{Dir: ".", Base: base}); s.base != want {
			t.Errorf("base %q is %q, want %q", base, s.base, want)
		}
	}
	s := New(Options{Dir: archive(t), Base: "/a <b/"})
	if got := body(t, ask(s, "GET", "/a <b/")); !strings.Contains(got, `src="/a%20%3Cb/_preview/preview.js"`) {
		t.Errorf("the script of a base path with a blank: %s", got)
	}
}

// Only HTML gets the script, at the end of its body, and the file keeps its bytes.
func TestScriptElement(t *testing.T) {
	dir := archive(t)
	s := New(Options{Dir: dir, Base: "/"})
	before := read(t, filepath.Join(dir, "index.html"))
	front := body(t, ask(s, "GET", "/"))
	if !strings.HasPrefix(front, `<html><body><p>front</p><script src="/_preview/preview.js" data-page="index.html" data-stamp="`) ||
		!strings.HasSuffix(front, `"></script></body></html>`) || strings.Count(front, "<script") != 1 {
		t.Errorf("front page: %s", front)
	}
	if got := body(t, ask(s, "GET", "/loose.html")); !strings.HasPrefix(got, "<p>no end tags<script") {
		t.Errorf("page without end tags: %s", got)
	}
	if got := body(t, ask(s, "GET", "/x/")); !strings.Contains(got, `<p>no such page</p><script src="/_preview/preview.js" data-page="x/index.html"`) {
		t.Errorf("page not found: %s", got)
	}
	if got := body(t, ask(s, "GET", "/feed.xml")); got != "<rss></rss>" {
		t.Errorf("feed: %s", got)
	}
	if after := read(t, filepath.Join(dir, "index.html")); after != before {
		t.Errorf("the file on disk became %s", after)
	}
	r := ask(s, "GET", "/_preview/preview.js")
	if got := body(t, r); r.Header.Get("Content-Type") != "text/javascript; charset=utf-8" || !strings.Contains(got, "EventSource") {
		t.Errorf("the script: %s %s", r.Header.Get("Content-Type"), got)
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestHeadRangeAndConditions(t *testing.T) {
	dir := archive(t)
	s := New(Options{Dir: dir, Base: "/"})
	head := ask(s, "HEAD", "/")
	if got := body(t, head); got != "" || head.ContentLength != int64(len(body(t, ask(s, "GET", "/")))) {
		t.Errorf("HEAD: %d bytes announced, body %q", head.ContentLength, got)
	}
	if got := body(t, ask(s, "HEAD", "/gone")); got != "" {
		t.Errorf("HEAD of a missing page has the body %q", got)
	}
	part := ask(s, "GET", "/articles/2002/04/a.txt", header("Range", "bytes=2-4"))
	if got := body(t, part); part.StatusCode != 206 || got != "234" || part.Header.Get("Content-Range") != "bytes 2-4/10" {
		t.Errorf("range: %d %q %q", part.StatusCode, got, part.Header.Get("Content-Range"))
	}
	etag := head.Header.Get("ETag")
	if r := ask(s, "GET", "/", header("If-None-Match", etag)); r.StatusCode != 304 {
		t.Errorf("unchanged page: status %d", r.StatusCode)
	}
	// A build within the same second and of the same size is a new page all the same.
	touch(t, filepath.Join(dir, "index.html"), "<html><body><p>FRONT</p></body></html>", time.Millisecond)
	again := ask(s, "GET", "/", header("If-None-Match", etag), header("If-Modified-Since", head.Header.Get("Last-Modified")))
	if got := body(t, again); again.StatusCode != 200 || !strings.Contains(got, "FRONT") {
		t.Errorf("changed page: status %d, %s", again.StatusCode, got)
	}
}

func header(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

// touch rewrites a file and makes it that much newer, so that the test does not depend on how finely the file system
// keeps time.
func touch(t *testing.T, file, text string, newer time.Duration) {
	t.Helper()
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	then := info.ModTime().Add(newer)
	if err := os.Chtimes(file, then, then); err != nil {
		t.Fatal(err)
	}
}

// Nothing outside the folder is ever served, however it is asked for.
func TestOutside(t *testing.T) {
	dir := archive(t)
	if err := os.WriteFile(filepath.Join(filepath.Dir(dir), "secret.txt"), []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{"link.txt": "../secret.txt", "up": "..", "inside.txt": "style.css"} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	s := New(Options{Dir: dir, Base: "/"})
	for _, target := range []string{
		"/../secret.txt", "/tags/../../secret.txt", "//../secret.txt", "/./../secret.txt", "/..\\secret.txt",
		"/link.txt", "/up/secret.txt", "/up/", "/\x00", "/tags/./index.html", "//style.css", dir + "/style.css",
	} {
		if r := ask(s, "GET", target); r.StatusCode != 404 {
			t.Errorf("%q: status %d, body %s", target, r.StatusCode, body(t, r))
		}
	}
	if r := ask(s, "GET", "/inside.txt"); r.StatusCode != 200 {
		t.Errorf("a link within the folder: status %d", r.StatusCode)
	}
}

func TestMethods(t *testing.T) {
	s := New(Options{Dir: archive(t), Base: "/"})
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS"} {
		if r := ask(s, method, "/index.html"); r.StatusCode != 405 || r.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: status %d, Allow %q", method, r.StatusCode, r.Header.Get("Allow"))
		}
	}
}

// A name that somebody else can make lead to this machine is refused.
func TestHost(t *testing.T) {
	s := New(Options{Dir: archive(t), Base: "/"})
	lan := &net.TCPAddr{IP: net.ParseIP("192.0.2.7"), Port: 8000}
	for host, want := range map[string]int{
		"localhost": 200, "LOCALHOST:8000": 200, "localhost.:8000": 200, "news.localhost:1": 200,
		"127.0.0.1:8000": 200, "127.9.9.9": 200, "[::1]:8000": 200, "[::1]": 200,
		"192.0.2.7:8000": 200, "[::ffff:192.0.2.7]:8000": 200,
		"192.0.2.8:8000": 421, "example.org": 421, "127.0.0.1.example.org": 421, "localhost.example.org:8000": 421,
		"": 421, "0.0.0.0:8000": 421, "notlocalhost": 421,
	} {
		r := ask(s, "GET", "/", func(r *http.Request) {
			r.Host = host
			*r = *r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, net.Addr(lan)))
		})
		if r.StatusCode != want {
			t.Errorf("Host %q: status %d, want %d", host, r.StatusCode, want)
		}
	}
}

// Before the first build there is no folder; the preview says so and waits.
func TestNoFolderYet(t *testing.T) {
	s := New(Options{Dir: filepath.Join(t.TempDir(), "public"), Base: "/"})
	r := ask(s, "GET", "/")
	if got := body(t, r); r.StatusCode != 404 || !strings.Contains(got, `data-page="index.html"`) {
		t.Errorf("status %d, %s", r.StatusCode, got)
	}
}

func TestListen(t *testing.T) {
	first, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	second, err := Listen(first.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	taken, found := first.Addr().(*net.TCPAddr).Port, second.Addr().(*net.TCPAddr).Port
	if found <= taken || found > taken+portsToTry {
		t.Errorf("with %d taken the port is %d", taken, found)
	}
	for addr, want := range map[string]string{
		"": "127.0.0.1 8000", ":81": "127.0.0.1 81", "81": "127.0.0.1 81", "0.0.0.0:81": "0.0.0.0 81", "localhost": "localhost 8000",
		"[::1]:81": "::1 81", "a:b": "error", "::1": "error", ":70000": "error",
	} {
		if got := parted(addr); got != want {
			t.Errorf("address %q is %s, want %s", addr, got, want)
		}
	}
}

func TestURL(t *testing.T) {
	everywhere, err := Listen("0.0.0.0:0")
	if err != nil {
		t.Fatal(err)
	}
	defer everywhere.Close()
	port := strconv.Itoa(everywhere.Addr().(*net.TCPAddr).Port)
	if got, want := New(Options{Dir: ".", Base: "archive"}).URL(everywhere), "http://localhost:"+port+"/archive/"; got != want {
		t.Errorf("listening everywhere, the preview is at %s, want %s", got, want)
	}
}

func parted(addr string) string {
	host, port, err := splitAddress(addr)
	if err != nil {
		return "error"
	}
	return host + " " + strconv.Itoa(port)
}

// No request makes the server panic or answer with a file from outside.
func FuzzTarget(f *testing.F) {
	dir := f.TempDir()
	for name, text := range map[string]string{"public/index.html": "front", "public/404.html": "none", "secret.txt": "secret"} {
		file := filepath.Join(dir, name)
		if os.MkdirAll(filepath.Dir(file), 0o755) != nil || os.WriteFile(file, []byte(text), 0o644) != nil {
			f.Fatal("cannot write", file)
		}
	}
	s := New(Options{Dir: filepath.Join(dir, "public"), Base: "/a/"})
	for _, target := range []string{"/", "/a", "/a/", "/a/index.html", "/a/../../secret.txt", "/a/x\x00", "/a/\xff", "/a//", "/a/_preview/preview.js"} {
		f.Add(target)
	}
	f.Fuzz(func(t *testing.T, target string) {
		if strings.HasPrefix(target, "/a/"+eventsName) {
			return // ends only with its reader
		}
		r := ask(s, "GET", target)
		if !slices.Contains([]int{200, 302, 404}, r.StatusCode) {
			t.Errorf("%q: status %d", target, r.StatusCode)
		}
		if strings.Contains(body(t, r), "secret") && !strings.Contains(target, "secret") {
			t.Errorf("%q shows a file from outside", target)
		}
	})
}
