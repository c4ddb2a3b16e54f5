// Package watch reports what changes on disk while somebody writes.
//
// Watch takes directories and single files. A directory is watched with everything below it, whether it was there at
// the start or came later; a file is watched by its name, so an editor that saves by renaming is seen. A path that
// does not exist yet is waited for, as long as its folder exists. Symbolic links below a directory are not followed.
//
// Changes arrive in bursts: saving one file, or checking out a branch, is one Change. A burst is over when nothing has
// happened for Options.Quiet, and at the latest Options.Longest after its first event. While the receiver is busy the
// next burst grows, so at most one Change waits and none is lost.
//
// A path in a Change that is a directory, or was one, stands for everything below it. Not reported: files that editors
// and desktops leave for a moment or for themselves (4913, x.swp, x~, .#x, #x#, .goutputstream-X, .DS_Store), anything
// in .broadsheet or .git, Go files in a given directory called templates or static, changes of permission alone, and
// whatever Options.Ignore names.
//
// Where the system grants no more watches (inotify limits, open files), the tree is read each second instead; the next
// Change says so in Err and names every given path, because what happened in between is not known. The same holds when
// the system lost events.
package watch

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Options say what to watch and when a burst is over.
type Options struct {
	Paths   []string               // directories and single files; Change.Paths begin with these
	Ignore  func(path string) bool // more to leave out, with all below it where it is a directory; may be nil
	Quiet   time.Duration          // without events before a burst is over; 0 means 30 ms
	Longest time.Duration          // from first event to report; 0 means 500 ms
}

// Change is one burst.
type Change struct {
	Paths []string // what changed, sorted, each once; a directory stands for all below it
	Err   error    // a notice: why Paths may name too much or come late; watching goes on
}

// Notices that Change.Err may wrap.
var (
	ErrPolling  = errors.New("the system grants no more watches; looking for changes each second instead")
	ErrOverflow = errors.New("the system lost some changes; taking everything as changed")
)

// Watch reports changes until ctx ends; then the channel closes, and nothing that Watch started runs any more.
func Watch(ctx context.Context, o Options) (<-chan Change, error) {
	o = o.withDefaults()
	events := make(chan event, 64)
	changes := make(chan Change)
	follow, err := start(o)
	if err != nil {
		return nil, err
	}
	go func() {
		defer close(events)
		follow(ctx, events)
	}()
	go gather(events, changes, o.Quiet, o.Longest)
	return changes, nil
}

func (o Options) withDefaults() Options {
	if o.Quiet == 0 {
		o.Quiet = 30 * time.Millisecond
	}
	if o.Longest == 0 {
		o.Longest = 500 * time.Millisecond
	}
	paths := make([]string, len(o.Paths))
	for i, p := range o.Paths {
		paths[i] = filepath.Clean(p)
	}
	o.Paths = paths
	return o
}

// start sets the watches up before Watch returns, so that a change made right after is seen. What it returns runs
// until ctx ends.
func start(o Options) (func(context.Context, chan<- event), error) {
	watcher, err := fsnotify.NewWatcher()
	if exhausted(err) {
		return polling(o, err), nil
	}
	if err != nil {
		return nil, fmt.Errorf("watching for changes: %w", err)
	}
	t := newTree(o, watcher.Add, watcher.Remove)
	if err := t.addRoots(); err != nil {
		watcher.Close()
		if exhausted(err) {
			return polling(o, err), nil
		}
		return nil, fmt.Errorf("watching for changes: %w", err)
	}
	return func(ctx context.Context, events chan<- event) {
		err := t.follow(ctx, watcher.Events, watcher.Errors, events)
		watcher.Close()
		if err != nil {
			polling(o, err)(ctx, events)
		}
	}, nil
}

// exhausted reports whether err says that the system has no watch or open file left to give.
func exhausted(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE)
}
