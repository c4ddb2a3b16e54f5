package serve

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"broadsheet/generator/diag"
)

// preview is a server that runs, and what a browser would do with it.
type preview struct {
	t       *testing.T
	dir     string
	url     string
	reports chan Report
	stop    func() error // ends the server and gives Run's result
}

func newPreview(t *testing.T) *preview {
	t.Helper()
	l, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	dir, site := archive(t), folder(t, map[string]string{"content/b.md": "+++\n\ttitel = 1\n+++\nText.\n"})
	s := New(Options{Dir: dir, Base: "/archive/", Site: site})
	ctx, cancel := context.WithCancel(context.Background())
	p := &preview{t: t, dir: dir, url: s.URL(l), reports: make(chan Report)}
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx, l, p.reports) }()
	p.stop = func() error {
		cancel()
		return <-ended
	}
	t.Cleanup(cancel)
	return p
}

var attribute = regexp.MustCompile(`data-(\w+)="([^"]*)"`)

// reader is a page as it was loaded, and its stream.
type reader struct {
	*bufio.Scanner
	stamp string
}

// open loads a page and then its stream, as the script does.
func (p *preview) open(target string) reader {
	p.t.Helper()
	query := url.Values{}
	for _, m := range attribute.FindAllStringSubmatch(p.get(target), -1) {
		query.Set(m[1], strings.ReplaceAll(m[2], "&#34;", `"`))
	}
	r, err := http.Get(p.url + eventsName + "?page=" + url.QueryEscape(query.Get("page")))
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { r.Body.Close() })
	if got := r.Header.Get("Content-Type"); got != "text/event-stream" {
		p.t.Fatalf("the stream is %s", got)
	}
	return reader{bufio.NewScanner(r.Body), query.Get("stamp")}
}

func (p *preview) get(target string) string {
	p.t.Helper()
	r, err := http.Get(p.url + target)
	if err != nil {
		p.t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return string(b)
}

// next reads one event. Its stamp is "" where it is that of the page as it was loaded, else "another".
func next(t *testing.T, stream reader) message {
	t.Helper()
	var m message
	for stream.Scan() {
		if data, found := strings.CutPrefix(stream.Text(), "data: "); found {
			if err := json.Unmarshal([]byte(data), &m); err != nil {
				t.Fatal(err)
			}
			if m.Stamp == stream.stamp {
				m.Stamp = ""
			} else {
				m.Stamp = "another"
			}
			return m
		}
	}
	t.Fatalf("the stream ended: %v", stream.Err())
	return m
}

// A reader of one page hears of style sheets, of faults until they are mended, and of that page alone.
func TestReports(t *testing.T) {
	p := newPreview(t)
	front, tags := p.open("index.html"), p.open("tags/")
	quiet := message{Assets: []string{}, Faults: []fault{}}
	both := func(name string, wantFront, wantTags message) {
		t.Helper()
		if diff := cmp.Diff(wantFront, next(t, front)); diff != "" {
			t.Errorf("%s, front page (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff(wantTags, next(t, tags)); diff != "" {
			t.Errorf("%s, tags (-want +got):\n%s", name, diff)
		}
	}
	both("at first", quiet, quiet)

	p.reports <- Report{Changed: []string{"style.css", "feed.xml", "search/0.json"}, Took: 12 * time.Millisecond}
	style := message{Edition: 1, Assets: []string{"style.css"}, Faults: []fault{}, Took: 12}
	both("style sheet", style, style)

	p.reports <- Report{Built: time.UnixMilli(7), Faults: diag.List{
		{File: "content/b.md", Line: 2, Col: 2, Message: "unknown key", Source: "\ttitel = 1", Hint: "did you mean title?"},
		{Severity: diag.Error, File: "site.toml", Line: 1, Col: 2, Message: "bad", Source: "[bad"},
	}}
	faults := message{Edition: 2, Assets: []string{}, Count: 2, Built: 7, Faults: []fault{
		{Position: "site.toml:1:2", File: "site.toml", Line: 1, Col: 2, Message: "bad", Error: true, Fresh: true, Lines: []line{{1, "[bad"}}},
		{Position: "content/b.md:2:2", File: "content/b.md", Line: 2, Col: 2, Message: "unknown key", Hint: "did you mean title?", Fresh: true,
			Lines: []line{{1, "+++"}, {2, "\ttitel = 1"}, {3, "+++"}, {4, "Text."}}},
	}}
	both("faults", faults, faults)

	touch(t, filepath.Join(p.dir, "index.html"), "<html><body>new</body></html>", time.Second)
	p.reports <- Report{Changed: []string{"index.html"}}
	stale, mended := quiet, quiet
	stale.Edition, stale.Stamp, mended.Edition = 3, "another", 3
	both("front page", stale, mended)

	if err := os.Remove(filepath.Join(p.dir, "tags/index.html")); err != nil {
		t.Fatal(err)
	}
	p.reports <- Report{Removed: []string{"tags/index.html"}}
	stale.Edition = 4
	both("tags are gone", stale, stale)
}

// Who comes late gets the last report at once; who waits for a page that is not there hears when it comes.
func TestLate(t *testing.T) {
	p := newPreview(t)
	missing := p.open("articles/new.html")
	if m := next(t, missing); m.Stamp != "" {
		t.Error("the missing page is stale at first")
	}
	if err := os.WriteFile(filepath.Join(p.dir, "articles/new.html"), []byte("<p>new"), 0o644); err != nil {
		t.Fatal(err)
	}
	p.reports <- Report{Changed: []string{"articles/new.html"}, Faults: diag.List{diag.Warn("a.txt", "empty")}}
	if m := next(t, missing); m.Stamp == "" {
		t.Error("the missing page has come, and is not stale")
	}
	late := p.open("articles/new.html")
	if m := next(t, late); m.Stamp != "" || m.Edition != 1 || m.Count != 1 {
		t.Errorf("first event of a late stream: %+v", m)
	}
}

// Ending the server ends open streams and does not wait for browsers' idle connections.
func TestStop(t *testing.T) {
	p := newPreview(t)
	streams := []reader{p.open("index.html"), p.open("tags/")}
	idle, err := net.Dial("tcp", strings.TrimSuffix(strings.TrimPrefix(p.url, "http://"), "/archive/"))
	if err != nil {
		t.Fatal(err)
	}
	defer idle.Close()
	start := time.Now()
	if err := p.stop(); err != nil {
		t.Errorf("Run: %v", err)
	}
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("it took %v to stop", took)
	}
	for _, s := range streams {
		for s.Scan() {
		}
	}
	if _, err := http.Get(p.url); err == nil {
		t.Error("the server still answers")
	}
}

// Reports may end before the preview does.
func TestReportsEnd(t *testing.T) {
	p := newPreview(t)
	close(p.reports)
	if got := p.get(""); !strings.Contains(got, "front") {
		t.Errorf("front page: %s", got)
	}
	if err := p.stop(); err != nil {
		t.Errorf("Run: %v", err)
	}
}

func TestListenerFails(t *testing.T) {
	l, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	if err := New(Options{Dir: ".", Base: "/"}).Run(context.Background(), l, nil); err == nil {
		t.Error("Run with a closed listener gave no error")
	}
}

// An event stays small, whatever a build did, and errors come first.
func TestMessageIsBounded(t *testing.T) {
	var r Report
	for i := range 1000 {
		r.Changed = append(r.Changed, fmt.Sprintf("%d.jpg", i))
		r.Faults = append(r.Faults, diag.Warn("a", "%d", i))
	}
	r.Faults = append(r.Faults, diag.Fail("b", "error"))
	e := newEdition(1, r)
	e.faults = New(Options{}).newFaults(r.Faults, r.Faults)
	m := newMessage(e, "")
	if len(m.Assets) != mostAssets || len(m.Faults) != mostFaults || m.Count != 1001 || !m.Faults[0].Error {
		t.Errorf("%d assets, %d faults of %d, first %+v", len(m.Assets), len(m.Faults), m.Count, m.Faults[0])
	}
}
