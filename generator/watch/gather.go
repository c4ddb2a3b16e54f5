package watch

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"slices"
	"time"
)

// How long a burst waits for more. Saving a file is a handful of events within a millisecond or two, and somebody looks
// at the screen meanwhile; checking out a branch is thousands, with pauses, and half of it is no site worth building.
const (
	quiet   = 5 * time.Millisecond   // without events, after saving some files
	settle  = 100 * time.Millisecond // without events, after anything else
	longest = 500 * time.Millisecond // from first event to report, of saving some files
	overdue = 10 * time.Second       // the same, of anything else
	few     = 32                     // paths; more were not saved by hand
)

// event is one thing that happened: paths that changed, or a notice with all paths it puts in doubt.
type event struct {
	paths  []string
	came   bool // what has these names is new
	notice error
}

// gather turns events into bursts until events closes. It never keeps a sender of events waiting for a receiver of
// changes. While busy reports true, somebody else is at work on the files.
func gather(events <-chan event, changes chan<- Change, busy func() bool) {
	defer close(changes)
	for first := range events {
		b := burst{paths: map[string]bool{}, busy: busy}
		b.add(first)
		for !b.delivered {
			if !b.collect(events) || !b.deliver(events, changes) {
				return
			}
		}
	}
}

type burst struct {
	paths     map[string]bool // and whether the first that happened was that a file of this name came
	notice    error
	busy      func() bool
	delivered bool
}

func (b *burst) add(e event) {
	for _, p := range e.paths {
		if _, known := b.paths[p]; !known {
			b.paths[p] = e.came
		}
	}
	if b.notice == nil {
		b.notice = e.notice
	}
}

// collect adds events until they pause or have lasted too long. It returns false when there will be no more.
func (b *burst) collect(events <-chan event) bool {
	pause, limit := time.NewTimer(quiet), time.NewTimer(longest)
	defer pause.Stop()
	defer limit.Stop()
	last, first := time.Now(), time.Now()
	for {
		select {
		case e, open := <-events:
			if !open {
				return false
			}
			b.add(e)
			last = time.Now()
			pause.Reset(quiet)
		case <-pause.C:
			if b.settled(time.Since(last)) {
				return true
			}
			pause.Reset(max(quiet, settle-time.Since(last)))
		case <-limit.C:
			if b.saved() || time.Since(first) >= overdue {
				return true
			}
			limit.Reset(overdue - longest)
		}
	}
}

// settled reports whether a burst is over that has been quiet for so long.
func (b *burst) settled(pause time.Duration) bool {
	return b.saved() || pause >= settle && !b.busy()
}

// saved reports whether the burst is a few files with their new text in them. An empty file may be about to be written,
// and one that is gone to come back: many editors save so. Built at that moment, the page would vanish from under the
// reader.
func (b *burst) saved() bool {
	if len(b.paths) > few || b.notice != nil || b.busy() {
		return false
	}
	for path, came := range b.paths {
		if passed(path, came) {
			continue
		}
		info, err := os.Stat(path)
		if err != nil || !info.Mode().IsRegular() || info.Size() == 0 {
			return false
		}
	}
	return true
}

// passed reports whether a file came only to go, as temporary ones do. It is reported all the same: it may have come in
// place of another.
func passed(path string, came bool) bool {
	if !came {
		return false
	}
	_, err := os.Lstat(path)
	return errors.Is(err, fs.ErrNotExist)
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
