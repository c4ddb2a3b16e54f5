package watch

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/fsnotify/fsnotify"
)

// tree keeps a watch on every directory below the given paths. It is owned by one goroutine.
type tree struct {
	options Options
	add     func(dir string) error
	remove  func(dir string) error
	roots   map[string]bool   // the given paths
	dirs    map[string]string // each directory watched for its entries, to the given path it is below
}

func newTree(o Options, add, remove func(string) error) *tree {
	t := &tree{options: o, add: add, remove: remove, roots: map[string]bool{}, dirs: map[string]string{}}
	for _, p := range o.Paths {
		t.roots[p] = true
	}
	return t
}

// addRoots watches the folder of every given path, which shows the path itself coming and going, and all directories
// below it.
func (t *tree) addRoots() error {
	for _, root := range t.options.Paths {
		if err := t.add(filepath.Dir(root)); err != nil {
			return err
		}
		if info, err := os.Stat(root); err == nil && info.IsDir() {
			if _, err := t.addBelow(root, root); err != nil {
				return err
			}
		}
	}
	return nil
}

// addBelow watches dir and the directories below it, and returns the files there. Each watch is set before its
// directory is read: what lands in between is then seen twice rather than never.
func (t *tree) addBelow(root, dir string) (files []string, err error) {
	err = t.add(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	t.dirs[dir] = root
	entries, _ := os.ReadDir(dir) // a directory that is gone again reports its own removal
	for _, entry := range entries {
		path := filepath.Join(dir, entry.Name())
		switch {
		case t.options.ignores(root, path):
		case entry.IsDir():
			below, err := t.addBelow(root, path)
			if err != nil {
				return nil, err
			}
			files = append(files, below...)
		default:
			files = append(files, path)
		}
	}
	return files, nil
}

// follow reports events until ctx ends. It returns an error when the system has no more watches to give.
func (t *tree) follow(ctx context.Context, notices <-chan fsnotify.Event, faults <-chan error, events chan<- event) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case n, open := <-notices:
			if !open {
				return nil
			}
			paths, err := t.changed(n)
			if err != nil {
				return err
			}
			if len(paths) > 0 {
				events <- event{paths: paths}
			}
		case fault, open := <-faults:
			if !open {
				return nil
			}
			lost, err := t.recover(fault)
			if err != nil {
				return err
			}
			events <- lost
		}
	}
}

// changed is what one notice of the system means for the receiver.
func (t *tree) changed(n fsnotify.Event) ([]string, error) {
	path := filepath.Clean(n.Name)
	root, watched := t.rootOf(path)
	if !watched || n.Op == fsnotify.Chmod || t.options.ignores(root, path) {
		return nil, nil
	}
	if n.Has(fsnotify.Remove) || n.Has(fsnotify.Rename) {
		t.drop(path)
	}
	if !n.Has(fsnotify.Create) {
		return []string{path}, nil
	}
	if info, err := t.stat(path); err != nil || !info.IsDir() {
		return []string{path}, nil
	}
	return t.addBelow(root, path)
}

// stat follows a symbolic link only where it is a given path itself.
func (t *tree) stat(path string) (fs.FileInfo, error) {
	if t.roots[path] {
		return os.Stat(path)
	}
	return os.Lstat(path)
}

// rootOf is the given path that path is, or is below.
func (t *tree) rootOf(path string) (root string, watched bool) {
	if t.roots[path] {
		return path, true
	}
	root, watched = t.dirs[filepath.Dir(path)]
	return root, watched
}

// drop forgets a directory that is gone and all below it. Moved directories keep their system watches under the old
// name unless these are taken away, so they are, whatever remove says of those the system has dropped by itself.
func (t *tree) drop(dir string) {
	if _, watched := t.dirs[dir]; !watched {
		return
	}
	below := dir + string(filepath.Separator)
	for d := range t.dirs {
		if d == dir || strings.HasPrefix(d, below) {
			delete(t.dirs, d)
			_ = t.remove(d)
		}
	}
}

// recover looks at all directories afresh after a fault, because those that came and went meanwhile were missed.
func (t *tree) recover(fault error) (event, error) {
	for d := range t.dirs {
		delete(t.dirs, d)
		_ = t.remove(d)
	}
	err := t.addRoots()
	if errors.Is(fault, fsnotify.ErrEventOverflow) {
		fault = ErrOverflow
	}
	return event{paths: t.options.Paths, notice: fault}, err
}
