package watch

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fsnotify/fsnotify"
)

// tree keeps a watch on every directory below the given paths. It is owned by one goroutine.
type tree struct {
	options Options
	add     func(dir string) error
	remove  func(dir string) error
	roots   map[string]bool            // the given paths
	dirs    map[string]string          // each directory watched for its entries, to the given path it is below
	links   map[string]map[string]bool // files that symbolic links lead to, by their real path, to the links
}

func newTree(o Options, add, remove func(string) error) *tree {
	t := &tree{options: o, add: add, remove: remove, roots: map[string]bool{}, dirs: map[string]string{}, links: map[string]map[string]bool{}}
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
			if err := t.addBelow(root, root); err != nil {
				return err
			}
		}
	}
	return nil
}

// addBelow watches dir and the directories below it. Each watch is set before its directory is read: what lands in
// between is then seen twice rather than never.
func (t *tree) addBelow(root, dir string) error {
	err := t.add(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	t.dirs[dir] = root
	entries, _ := os.ReadDir(dir) // a directory that is gone again reports its own removal
	for _, entry := range entries {
		path := filepath.Join(dir, entry.Name())
		if t.options.ignores(root, path) {
			continue
		}
		err := error(nil)
		switch {
		case entry.IsDir():
			err = t.addBelow(root, path)
		case entry.Type()&fs.ModeSymlink != 0:
			err = t.addLink(path)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// addLink watches the file that a symbolic link leads to; not one that leads to a directory.
func (t *tree) addLink(link string) error {
	target, err := filepath.EvalSymlinks(link)
	if err != nil {
		return nil // it leads nowhere
	}
	if info, err := os.Stat(target); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	if target, err = filepath.Abs(target); err != nil {
		return err
	}
	if t.links[target] == nil {
		t.links[target] = map[string]bool{}
	}
	t.links[target][link] = true
	return t.add(filepath.Dir(target))
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
				events <- event{paths: paths, came: n.Has(fsnotify.Create)}
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
	if n.Op == fsnotify.Chmod {
		return nil, nil
	}
	paths := t.linksTo(path)
	root, watched := t.rootOf(path)
	if !watched || t.options.ignores(root, path) {
		return paths, nil
	}
	paths = append(paths, path)
	t.drop(path) // what came in its place, came at once: a directory renamed over another, a link that leads elsewhere now
	if !n.Has(fsnotify.Create) {
		return paths, nil
	}
	info, err := t.stat(path)
	switch {
	case err != nil:
		return paths, nil
	case info.IsDir():
		return paths, t.addBelow(root, path)
	case info.Mode()&fs.ModeSymlink != 0:
		return paths, t.addLink(path)
	}
	return paths, nil
}

// linksTo is the links that lead to a path, by whatever name the path was watched.
func (t *tree) linksTo(path string) []string {
	if len(t.links) == 0 {
		return nil
	}
	dir, err := filepath.EvalSymlinks(filepath.Dir(path))
	if err != nil {
		return nil
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return nil
	}
	return slices.Collect(maps.Keys(t.links[filepath.Join(dir, filepath.Base(path))]))
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
	clear(t.links)
	err := t.addRoots()
	if errors.Is(fault, fsnotify.ErrEventOverflow) {
		fault = ErrOverflow
	}
	return event{paths: t.options.Paths, notice: fault}, err
}
