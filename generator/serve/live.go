package serve

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"

	"broadsheet/generator/diag"
)

// What the preview adds below the base path. No article can have these names: a name that begins with an underscore
// is none.
const (
	scriptName = "_preview/preview.js"
	styleName  = "_preview/preview.css"
	eventsName = "_preview/events"
	sourceName = "_preview/source"
	editName   = "_preview/edit"
	reviewName = "_preview/review"
)

//go:embed preview.js preview.css
var ownFiles embed.FS

// edition is one report and the way to the next: ready closes when next is set. Streams follow the chain each at its
// own speed, so there is no list of streams to keep, and what all have passed is freed.
type edition struct {
	number int
	Report
	faults []fault // as browsers show them
	ready  chan struct{}
	next   *edition
}

func newEdition(number int, r Report) *edition {
	return &edition{number: number, Report: r, faults: []fault{}, ready: make(chan struct{})}
}

// relay turns reports into editions until ctx ends or there are no more. It alone writes s.latest.
func (s *Server) relay(ctx context.Context, reports <-chan Report) {
	for {
		select {
		case <-ctx.Done():
			return
		case r, open := <-reports:
			if !open {
				return
			}
			s.publish(r)
		}
	}
}

func (s *Server) publish(r Report) {
	last := s.latest.Load()
	last.next = newEdition(last.number+1, r)
	last.next.faults = s.newFaults(r.Faults, r.Faults.Without(last.Faults))
	s.latest.Store(last.next)
	close(last.ready)
}

// stream sends the latest edition and then each new one, until the browser or the server goes away.
func (s *Server) stream(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	page := r.URL.Query().Get("page")
	flusher := http.NewResponseController(w)
	for e := s.latest.Load(); ; e = e.next {
		if send(w, newMessage(e, s.shown(page))) != nil || flusher.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-e.ready:
		}
	}
}

// message is the data of one event.
type message struct {
	Edition int      `json:"edition"`
	Stamp   string   `json:"stamp"`
	Assets  []string `json:"assets"`
	Faults  []fault  `json:"faults"`
	Count   int      `json:"count"` // of all faults; Faults has the first of them
	Built   int64    `json:"built"` // when, in milliseconds since 1970; 0 before the first build
	Took    int64    `json:"took"`  // milliseconds
}

// The most that one event carries. A first build writes every picture of the archive, and one mistake in a template
// is reported for every page.
const (
	mostAssets = 100
	mostFaults = 50
)

func newMessage(e *edition, stamp string) message {
	m := message{
		Edition: e.number, Stamp: stamp, Assets: assets(e.Changed, e.Removed), Faults: e.faults,
		Count: len(e.Faults), Took: e.Took.Milliseconds(),
	}
	if !e.Built.IsZero() {
		m.Built = e.Built.UnixMilli()
	}
	return m
}

// newFaults is what browsers show of a report's messages: errors first, then what the report before did not have.
func (s *Server) newFaults(all, fresh diag.List) []fault {
	isFresh := make(map[diag.Diagnostic]bool, len(fresh))
	for _, d := range fresh {
		isFresh[d] = true
	}
	var ranked [3]diag.List // of each rank no more than are shown: there may be thousands
	for _, d := range all {
		rank := 2
		switch {
		case d.Severity == diag.Error:
			rank = 0
		case len(fresh) > 0 && isFresh[d]:
			rank = 1
		}
		if len(ranked[rank]) < mostFaults {
			ranked[rank] = append(ranked[rank], d)
		}
	}
	shown := slices.Concat(ranked[:]...)
	list := []fault{}
	for _, d := range shown[:min(len(shown), mostFaults)] {
		list = append(list, s.newFault(d, isFresh[d]))
	}
	return list
}

// assets are the files among names that pages are shown with.
func assets(names ...[]string) []string {
	list := []string{}
	for _, name := range slices.Concat(names...) {
		if len(list) < mostAssets && isAsset(name) {
			list = append(list, name)
		}
	}
	return list
}

func isAsset(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".css", ".js", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif":
		return true
	}
	return false
}

// send writes one event. JSON holds no line break, so the data is a single line.
func send(w http.ResponseWriter, m message) error {
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "event: report\nid: %d\ndata: %s\n\n", m.Edition, data)
	return err
}
