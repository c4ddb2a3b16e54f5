package watch

import (
	"maps"
	"slices"
	"time"
)

// event is one thing that happened: paths that changed, or a notice with all paths it puts in doubt.
type event struct {
	paths  []string
	notice error
}

// gather turns events into bursts until events closes. It never keeps a sender of events waiting for a receiver of
// changes.
func gather(events <-chan event, changes chan<- Change, quiet, longest time.Duration) {
	defer close(changes)
	for first := range events {
		b := burst{paths: map[string]struct{}{}}
		b.add(first)
		for !b.delivered {
			if !b.collect(events, quiet, longest) || !b.deliver(events, changes) {
				return
			}
		}
	}
}

type burst struct {
	paths     map[string]struct{}
	notice    error
	delivered bool
}

func (b *burst) add(e event) {
	for _, p := range e.paths {
		b.paths[p] = struct{}{}
	}
	if b.notice == nil {
		b.notice = e.notice
	}
}

// collect adds events until they pause or have lasted too long. It returns false when there will be no more.
func (b *burst) collect(events <-chan event, quiet, longest time.Duration) bool {
	pause, limit := time.NewTimer(quiet), time.NewTimer(longest)
	defer pause.Stop()
	defer limit.Stop()
	for {
		select {
		case e, open := <-events:
			if !open {
				return false
			}
			b.add(e)
			pause.Reset(quiet)
		case <-pause.C:
			return true
		case <-limit.C:
			return true
		}
	}
}

// deliver hands the burst over. An event that comes before a receiver does joins the burst, which must then be
// collected further; a receiver who waits already is served first, or a stream of events could hold the burst back. It
// returns false when there will be no more events.
func (b *burst) deliver(events <-chan event, changes chan<- Change) bool {
	change := Change{Paths: slices.Sorted(maps.Keys(b.paths)), Err: b.notice}
	b.delivered = true
	select {
	case changes <- change:
		return true
	default:
	}
	select {
	case changes <- change:
		return true
	case e, open := <-events:
		b.delivered = false
		if open {
			b.add(e)
		}
		return open
	}
}
