// Package serve shows a folder of pages over HTTP while somebody works on them, and keeps the browser up to date.
//
// # Files
//
// The folder is served below a base path, as the published site will be; "/" leads there. A folder's page is its
// index.html, and there are no listings. What does not exist is answered with the folder's 404.html and status 404.
// Content types come from the names alone, never from the system's tables, and text is UTF-8. Ranges and conditional
// requests work; every answer is to be asked for again, so a browser never shows an old page. No request reaches a
// file outside the folder, not even through a symbolic link.
//
// # Safety
//
// A page elsewhere on the web must not read a preview through the reader's browser. So only requests addressed to this
// machine are answered: by "localhost", a loopback address, or the very address the connection came in on. A foreign
// name that was made to lead here (DNS rebinding) gets 421. No header allows other origins to read answers, and one
// forbids them to show its pictures and scripts.
//
// # Live reload
//
// HTML pages get one script element on their way out; the files stay as they are. The script listens to server-sent
// events at _preview/events below the base path. Each report makes one event:
//
//	event: report
//	id: 3
//	data: {"edition":3,"stamp":"\"18a-2f0\"","assets":["style.css"],"faults":[…],"count":1,"built":1763000000000,"took":12}
//
// stamp is that of the page as it is on disk now. Where it is another than that of the page as it is shown, the script
// fetches the page and puts the new text in the place of the old, scrolled to where it was. A page with a script that has
// not said, by data-again on its element, that it may run again, or with other scripts or style sheets than before, is loaded
// again. assets are style sheets, scripts and pictures that were rewritten or removed: style sheets are exchanged without
// loading the page again, a page that uses one of the others is loaded again. Faults appear over the page, with where, what,
// the lines around and the hint, until a report comes without; those that stop the build, or that the report before did not
// have, unfolded. A stream begins with the last report, so a page that was hidden or asleep catches up.
//
// # The strip
//
// The script also adds a strip at the foot of the window: when the site was last built, what file the page was made
// from, and what was found in it. It asks for these at
//
//	GET  _preview/source?page=articles/2002/04/a.html    {"file":"content/a.txt","found":{…},"messages":[…]}
//	POST _preview/edit?file=content/a.txt&line=3         opens the file in an editor
//	GET  _preview/review                                 {"questions":[…],"more":12,"token":"…"}
//	POST _preview/review?question=7fbc16&answer=yes      writes the answer down and tells what it wrote
//
// What is posted is refused to pages of any other origin. The editor is given nothing but texts of the site. An answer must bring
// the token along, in the header Preview-Token, which changes whenever the server starts.
package serve

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/net/netutil"

	"broadsheet/generator/diag"
)

// Report is what a build did, as far as a browser cares. Paths are slash-separated, below the folder served.
type Report struct {
	Changed []string // written or rewritten
	Removed []string
	Faults  diag.List
	Built   time.Time // when it was done
	Took    time.Duration
}

// Options say what is served, and where the strip finds what a page was made from.
type Options struct {
	Dir  string // the folder served
	Base string // its pages are shown below: "/archive/", or "/" for the root
	Site string // the folder that reports and sources name their files in; "" shows no lines and opens no file

	// Source is what a page was made from; it may be nil, and is called from many goroutines at once.
	Source func(ctx context.Context, page string) (Source, error)
	// Edit opens a file at a line and column, both from 1; it may be nil.
	Edit func(file string, line, col int) error
	// Review asks about what was guessed; it may be nil, and is called from many goroutines at once.
	Review Review
}

// Server previews one folder.
type Server struct {
	Options
	base   string // begins and ends with a slash
	token  string // that answers bring along
	latest atomic.Pointer[edition]
}

// New makes a server. The folder is opened anew for every request, so a build may replace it.
func New(o Options) *Server {
	s := &Server{Options: o, base: "/", token: rand.Text()}
	if inner := strings.Trim(o.Base, "/"); inner != "" {
		s.base = "/" + inner + "/"
	}
	s.latest.Store(newEdition(0, Report{}))
	return s
}

// mostConnections are open at once. Each takes a file handle; some systems grant a process 256, and the build needs its own.
const mostConnections = 96

// Run serves until ctx ends or the listener fails. Reports go out to browsers; the channel may close early. When ctx ends,
// streams end, and other requests have half a second to be answered before their connections are cut. Run returns when
// the last is over: then nothing calls Source or Edit any more. It closes the listener; whoever sends reports must end with
// ctx.
func (s *Server) Run(ctx context.Context, l net.Listener, reports <-chan Report) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	l = netutil.LimitListener(l, mostConnections)
	requests := &gate{next: s.Handler()}
	server := &http.Server{
		Handler:           requests,
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ReadHeaderTimeout: 10 * time.Second,
	}
	failed := make(chan error, 1)
	var running sync.WaitGroup
	running.Go(func() { s.relay(ctx, reports) })
	running.Go(func() { failed <- server.Serve(l) })
	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
		err = shutDown(server)
	}
	stop()
	requests.shut()
	running.Wait()
	if err != nil {
		return fmt.Errorf("serving the preview: %w", err)
	}
	return nil
}

// shutDown gives requests under way a moment. Browsers keep unused connections open, which Shutdown would wait for.
func shutDown(server *http.Server) error {
	ctx, stop := context.WithTimeout(context.Background(), 500*time.Millisecond)
	defer stop()
	err := server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		return server.Close()
	}
	return err
}

// gate lets requests through until it is shut.
type gate struct {
	next  http.Handler
	mu    sync.Mutex // guards done, and adding to under
	done  bool
	under sync.WaitGroup // requests under way
}

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !g.enter() {
		http.Error(w, "the preview has ended", http.StatusServiceUnavailable)
		return
	}
	defer g.under.Done()
	g.next.ServeHTTP(w, r)
}

func (g *gate) enter() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.done {
		g.under.Add(1)
	}
	return !g.done
}

// shut waits for the requests under way.
func (g *gate) shut() {
	g.mu.Lock()
	g.done = true
	g.mu.Unlock()
	g.under.Wait()
}

// Handler answers one request; Run uses it.
func (s *Server) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cross-Origin-Resource-Policy", "same-origin")
		w.Header().Set("Cache-Control", "no-cache")
		name, below := strings.CutPrefix(r.URL.Path, s.base)
		switch {
		case !ours(r):
			http.Error(w, "this preview answers to http://localhost and this machine's address only", http.StatusMisdirectedRequest)
		case name == editName && r.Method == http.MethodPost:
			s.edit(w, r)
		case name == reviewName && r.Method == http.MethodPost:
			s.answer(w, r)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "a preview can only be read", http.StatusMethodNotAllowed)
		case !below && (r.URL.Path == "/" || r.URL.Path+"/" == s.base):
			redirect(w, r, s.base)
		case !below:
			s.missing(w, r, "")
		case name == scriptName, name == styleName:
			serveOwn(w, r, name)
		case name == sourceName:
			s.tellSource(w, r)
		case name == reviewName:
			s.tellQuestions(w, r)
		case name == eventsName && r.Method == http.MethodGet:
			s.stream(w, r)
		default:
			s.file(w, r, name)
		}
	})
}

// ours reports whether a request is addressed to this machine by a name nobody else can give it.
func ours(r *http.Request) bool {
	host := r.Host
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	address, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	return address.IsLoopback() || address.Unmap().WithZone("") == reached(r)
}

// reached is the address of ours that the connection came in on.
func reached(r *http.Request) netip.Addr {
	local, _ := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	if local == nil {
		return netip.Addr{}
	}
	return local.AddrPort().Addr().Unmap().WithZone("")
}
