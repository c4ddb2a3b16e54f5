package check

import (
	"errors"
	"io/fs"
	"runtime"
	"sync"

	"broadsheet/generator/diag"
	"broadsheet/generator/manifest"
)

// Files compares the output in out, byte for byte, with what the build that made it wrote: a file that is missing or has
// changed since is a message, be it a page or a text as it was received. Files that no build wrote are left alone.
func Files(out fs.FS, wrote manifest.Manifest) diag.List {
	found := make([]diag.Diagnostic, len(wrote))
	todo := make(chan int)
	var workers sync.WaitGroup
	for range max(2, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for i := range todo {
				found[i] = compared(out, wrote[i])
			}
		})
	}
	for i := range wrote {
		todo <- i
	}
	close(todo)
	workers.Wait()
	var list diag.List
	for _, d := range found {
		if d.Message != "" {
			list = append(list, d)
		}
	}
	return list
}

// compared is what is wrong with one file; without a message where nothing is.
func compared(out fs.FS, e manifest.Entry) diag.Diagnostic {
	b, err := fs.ReadFile(out, e.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return diag.Warn(e.Path, "the build wrote this file, and it is gone").WithHint("run: broadsheet build")
	case err != nil:
		return diag.Fail(e.Path, "cannot be read: %v", err)
	case manifest.DigestOf(b) != e.Hash:
		return diag.Warn(e.Path, "this file is not as the build wrote it").WithHint("run: broadsheet build")
	}
	return diag.Diagnostic{}
}
