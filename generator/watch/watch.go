// Package watch reports what changes on disk while somebody writes.
//
// Watch takes directories and single files. A directory is watched with everything below it, whether it was there at
// the start or came later; a file is watched by its name, so an editor that saves by renaming is seen. A path that
// does not exist yet is waited for, as long as its folder exists. A symbolic link below a directory stands for the file
// it leads to; one to a directory is not followed.
//
// Changes arrive in bursts: saving one file, or checking out a branch, is one Change. A burst of some files that have
// their new text is over when nothing has happened for 5 ms. Any other (many paths, a folder, a file that is empty or
// gone) waits for 100 ms, and for git to be done with the working tree. A burst that will not end is reported half a
// second after its first event, or after ten seconds where it is not some files alone. While the receiver is busy the
// next burst grows, so at most one Change waits and none is lost.
//
// A path in a Change that is a directory, or was one, stands for everything below it. Not reported: files that editors
// and desktops leave for a moment or for themselves (4913, x.swp, x~, .#x, #x#, .goutputstream-X, .DS_Store and the
// like), anything in .broadsheet or .git, Go files in a given directory called templates or static, changes of
// permission alone, and whatever Options.Ignore names.
//
// Where the system grants no more watches (inotify limits, open files), or a path lies on a file system that other
// machines write to unheard (NFS, SMB, FUSE), the tree is looked at again and again instead, each half second or, if
// looking takes longer than an eighth of that, four times as long as it takes. The next Change says so in Err and names every given path,
// because what happened in between is not known. The same holds when the system lost events.
package watch

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"syscall"

	"github.com/fsnotify/fsnotify"
)

// Options say what to watch.
type Options struct {
	Paths  []string               // directories and single files; Change.Paths begin with these
	Ignore func(path string) bool // more to leave out, with all below it where it is a directory; may be nil
}

// Change is one burst.
type Change struct {
	Paths []string // what changed, sorted, each once; a directory stands for all below it
	Err   error    // a notice: why Paths may name too much or come late; watching goes on
}

// Notices that Change.Err may wrap.
var (
	ErrPolling  = errors.New("looking for changes again and again instead of hearing of them")
	ErrOverflow = errors.New("the system lost some changes; taking everything as changed")
)

// Watch reports changes until ctx ends; then the channel closes, and nothing that Watch started runs any more.
func Watch(ctx context.Context, o Options) (<-chan Change, error) {
	o.Paths = cleaned(o.Paths)
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
	locks := gitLocks(o.Paths)
	go gather(events, changes, func() bool { return held(locks) })
	return changes, nil
}

func cleaned(paths []string) []string {
	clean := make([]string, len(paths))
	for i, p := range paths {
		clean[i] = filepath.Clean(p)
	}
	return clean
}

// start sets the watches up before Watch returns, so that a change made right after is seen. What it returns runs
// until ctx ends.
func start(o Options) (func(context.Context, chan<- event), error) {
	if name := remote(o.Paths); name != "" {
		return polling(o, fmt.Errorf("the site lies on a %s file system, where others may write unheard", name)), nil
	}
	watcher, err := fsnotify.NewWatcher()
	if exhausted(err) {
		return polling(o, noMore(err)), nil
	}
	if err != nil {
		return nil, fmt.Errorf("watching for changes: %w", err)
	}
	t := newTree(o, watcher.Add, watcher.Remove)
	if err := t.addRoots(); err != nil {
		watcher.Close()
		if exhausted(err) {
			return polling(o, noMore(err)), nil
		}
		return nil, fmt.Errorf("watching for changes: %w", err)
	}
	return func(ctx context.Context, events chan<- event) {
		err := t.follow(ctx, watcher.Events, watcher.Errors, events)
		watcher.Close()
		if err != nil {
			polling(o, noMore(err))(ctx, events)
		}
	}, nil
}

// noMore says what the system has run out of. For want of watches it says that the disk is full.
func noMore(err error) error {
	if errors.Is(err, syscall.ENOSPC) {
		return fmt.Errorf("the system grants no more watches (fs.inotify.max_user_watches)")
	}
	return fmt.Errorf("the system grants no more watches: %w", err)
}

// exhausted reports whether err says that the system has no watch or open file left to give.
func exhausted(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE)
}
