package watch

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// The lock is found from below a working tree, from a linked one and through a symbolic link; it counts while it is
// fresh.
func TestGitLocks(t *testing.T) {
	s := &site{t: t, dir: t.TempDir()}
	s.dir, _ = filepath.EvalSymlinks(s.dir)
	s.write("main/.git/config", "")
	s.write("main/news/content/a.txt", "a")
	s.write("linked/.git", "gitdir: ../main/.git/worktrees/linked\n")
	s.write("linked/site.toml", "")
	s.must(os.Symlink("main/news", s.path("news")))
	want := []string{s.path("main/.git/index.lock"), s.path("main/.git/worktrees/linked/index.lock")}
	got := gitLocks([]string{s.path("main/news/content"), s.path("news/content"), s.path("linked/site.toml"), "/"})
	if !slices.Equal(got, want) {
		t.Fatalf("locks %v, want %v", got, want)
	}
	if held(got) {
		t.Error("held without a lock")
	}
	s.write("main/.git/index.lock", "")
	if !held(got) {
		t.Error("not held with a lock")
	}
	old := time.Now().Add(-time.Minute)
	s.must(os.Chtimes(s.path("main/.git/index.lock"), old, old))
	if held(got) {
		t.Error("a lock that was left behind holds")
	}
}
