package watch

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// between is the shortest pause from the end of one look at the tree to the next; a look that takes long is followed by
// a pause several times as long, so that watching a large archive leaves the machine free.
const (
	between = 500 * time.Millisecond
	rest    = 4 // times what the look took
)

// stamp tells two states of a file apart.
type stamp struct {
	size     int64       // bytes
	modified int64       // nanoseconds since 1970
	mode     fs.FileMode // its type alone
}

// polling looks at all files again and again. Its first event tells why.
func polling(o Options, cause error) func(context.Context, chan<- event) {
	return func(ctx context.Context, events chan<- event) {
		before := o.look()
		events <- event{paths: o.Paths, notice: fmt.Errorf("%w: %w", ErrPolling, cause)}
		pause := time.NewTimer(between)
		defer pause.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-pause.C:
			}
			start := time.Now()
			after := o.look()
			if paths := differences(before, after); len(paths) > 0 {
				events <- event{paths: paths}
			}
			before = after
			pause.Reset(max(between, rest*time.Since(start)))
		}
	}
}

// look is the state of every file that is watched.
func (o Options) look() map[string]stamp {
	files := map[string]stamp{}
	for _, root := range o.Paths {
		if info, err := os.Stat(root); err == nil {
			o.lookAt(files, root, root, info)
		}
	}
	return files
}

// lookAt adds path and all below it. What cannot be read counts as absent.
func (o Options) lookAt(files map[string]stamp, root, path string, info fs.FileInfo) {
	if o.ignores(root, path) {
		return
	}
	if !info.IsDir() {
		files[path] = stamp{info.Size(), info.ModTime().UnixNano(), info.Mode().Type()}
		return
	}
	entries, _ := os.ReadDir(path)
	for _, entry := range entries {
		below := filepath.Join(path, entry.Name())
		info, err := entry.Info()
		if err == nil && info.Mode()&fs.ModeSymlink != 0 {
			info = linked(below, info)
		}
		if err == nil {
			o.lookAt(files, root, below, info)
		}
	}
}

// linked is the file that a symbolic link leads to, or the link itself where that is no file.
func linked(link string, info fs.FileInfo) fs.FileInfo {
	if target, err := os.Stat(link); err == nil && target.Mode().IsRegular() {
		return target
	}
	return info
}

// differences are the files that came, went or changed, in no order.
func differences(before, after map[string]stamp) []string {
	var paths []string
	for path, now := range after {
		if then, known := before[path]; !known || then != now {
			paths = append(paths, path)
		}
	}
	for path := range before {
		if _, there := after[path]; !there {
			paths = append(paths, path)
		}
	}
	return paths
}
