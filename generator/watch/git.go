package watch

import (
	"os"
	"path/filepath"
	"strings"
	"time"
)

// gitLocks are the files that git keeps while it rewrites the working trees that paths lie in, one for each tree.
func gitLocks(paths []string) []string {
	var locks []string
	seen := map[string]bool{}
	for _, path := range paths {
		dir, found := gitFolder(path)
		if found && !seen[dir] {
			seen[dir] = true
			locks = append(locks, filepath.Join(dir, "index.lock"))
		}
	}
	return locks
}

// gitFolder is where git keeps its records of the working tree that path lies in. A linked working tree has a file in
// its place that names the folder (gitrepository-layout(5)).
func gitFolder(path string) (dir string, found bool) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", false
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		abs = real
	}
	for at := abs; ; at = filepath.Dir(at) {
		name := filepath.Join(at, ".git")
		info, err := os.Stat(name)
		if err == nil && info.IsDir() {
			return name, true
		}
		if err == nil {
			b, _ := os.ReadFile(name)
			dir, found := strings.CutPrefix(strings.TrimSpace(string(b)), "gitdir: ")
			if found && !filepath.IsAbs(dir) {
				dir = filepath.Join(at, dir)
			}
			return dir, found
		}
		if at == filepath.Dir(at) {
			return "", false
		}
	}
}

// held reports whether git is at work. A lock that has been there for long was left by a git that was killed.
func held(locks []string) bool {
	for _, lock := range locks {
		if info, err := os.Stat(lock); err == nil && time.Since(info.ModTime()) < overdue {
			return true
		}
	}
	return false
}
