package check

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// TestHost asks hosts that serve the same output in their own ways, and compares what is found.
func TestHost(t *testing.T) {
	var root bytes.Buffer
	z := gzip.NewWriter(&root)
	z.Write([]byte("the root of an index"))
	z.Close()
	lists := make([]byte, 8991) // which do not become smaller
	for i, x := 0, uint32(1); i < len(lists); i++ {
		x = x*1664525 + 1013904223
		lists[i] = byte(x >> 24)
	}
	out := fstest.MapFS{
		"index.html":         {Data: []byte("<!doctype html><title>x</title>")},
		"search/worker.js":   {Data: []byte("onmessage = null;")},
		"search/root.bin":    {Data: root.Bytes()},
		"search/abc/p0.bin":  {Data: lists},
		"search/abc/d0.bin":  {Data: root.Bytes()},
		"search/abc/big.txt": {Data: make([]byte, 1<<20)},
	}
	files := http.FileServerFS(out)
	edit := func(change func(w http.ResponseWriter, r *http.Request)) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			change(w, r)
			files.ServeHTTP(w, r)
		})
	}
	compressed := func(ranges, says bool) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asked, whole := r.Header.Get("Range"), httptest.NewRecorder()
			r.Header.Del("Range")
			if files.ServeHTTP(whole, r); whole.Code != http.StatusOK {
				files.ServeHTTP(w, r)
				return
			}
			var b bytes.Buffer
			z := gzip.NewWriter(&b)
			z.Write(whole.Body.Bytes())
			z.Close()
			if ranges {
				r.Header.Set("Range", asked)
			}
			w.Header().Set("Content-Type", whole.Header().Get("Content-Type"))
			if says || asked == "" {
				w.Header().Set("Content-Encoding", "gzip")
			}
			http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(b.Bytes()))
		})
	}
	for _, c := range []struct {
		name  string
		packs bool
		host  http.Handler
		want  []string
	}{
		{"plain", true, files, nil},
		{"compresses what is whole", true, edit(func(http.ResponseWriter, *http.Request) {}), nil},
		{"ignores ranges", true, edit(func(_ http.ResponseWriter, r *http.Request) { r.Header.Del("Range") }), []string{"sends the whole"}},
		{"ignores ranges, and none are needed", false, edit(func(_ http.ResponseWriter, r *http.Request) { r.Header.Del("Range") }), nil},
		{"compresses, and then slices", true, compressed(true, true), []string{`encodes a part of a file as "gzip"`}},
		{"the same without a word", true, compressed(true, false), []string{"with other bytes"}},
		{"compresses all", false, compressed(false, true), nil},
		{"answers another range", true, edit(func(_ http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Range") != "" {
				r.Header.Set("Range", "bytes=0-9")
			}
		}), []string{"with other bytes: bytes 0-9/8991"}},
		{"takes scripts for text", false, edit(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, ".js") {
				w.Header().Set("Content-Type", "text/plain")
			}
		}), []string{`is "text/plain"`}},
		{"answers everything", false, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !strings.Contains(r.URL.Path, "search/") {
				r.URL.Path = "/"
			}
			files.ServeHTTP(w, r)
		}), []string{"answered with 200 OK"}},
		{"takes gzip for an encoding", false, edit(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "root.bin") {
				w.Header().Set("Content-Encoding", "gzip")
			}
		}), nil},
		{"says gzip of what is none", false, edit(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "p0.bin") {
				w.Header().Set("Content-Encoding", "gzip")
				w.Header().Set("Content-Length", strconv.Itoa(8991))
			}
		}), []string{"and it is not"}},
		{"holds nothing", false, http.NotFoundHandler(), []string{"404", "404", "404", "404"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := httptest.NewServer(c.host)
			defer server.Close()
			found, err := Host(t.Context(), server.URL+"/", out, c.packs)
			if err != nil || len(found) != len(c.want) {
				t.Fatalf("found %v, %v; want %q", found, err, c.want)
			}
			for n, d := range found {
				if !strings.Contains(d.Message, c.want[n]) || d.Hint == "" {
					t.Errorf("found %q, want %q and a hint", d.Message, c.want[n])
				}
			}
		})
	}
	if found, err := Host(t.Context(), "http://127.0.0.1:1/", out, false); err == nil {
		t.Errorf("nobody is there, and %v is found", found)
	}
}
