package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"
)

// progress shows how far long work has come: on a terminal a line that counts, elsewhere a plain line when a part of it
// is done.
type progress struct {
	w        io.Writer
	terminal bool
}

func newProgress(w io.Writer) progress {
	f, isFile := w.(*os.File)
	return progress{w, isFile && term.IsTerminal(int(f.Fd()))}
}

// often is how long a count stands before it is written again.
const often = 100 * time.Millisecond

// phase returns the counter of one part of the work. Calls may come from many workers; the line is advice, and a count
// that comes late does no harm.
func (p progress) phase(name string) func(done, total int) {
	if !p.terminal {
		return func(done, total int) {
			if done == total {
				fmt.Fprintf(p.w, "%s: %d\n", name, total)
			}
		}
	}
	lines := make(chan string, 1)
	start := time.Now()
	next := start.Add(often)
	lines <- "" // held by whoever writes
	return func(done, total int) {
		select {
		case token := <-lines:
			if now := time.Now(); now.After(next) || done == total {
				next = now.Add(often)
				p.show(name, done, total, now.Sub(start))
			}
			lines <- token
		default: // somebody else is writing
		}
	}
}

// say is a line of its own.
func (p progress) say(words string) { fmt.Fprintln(p.w, words) }

func (p progress) show(name string, done, total int, spent time.Duration) {
	if done == total {
		fmt.Fprint(p.w, "\r\x1b[K")
		return
	}
	left := time.Duration(float64(spent) / float64(done) * float64(total-done)).Round(time.Second)
	fmt.Fprintf(p.w, "\r\x1b[K%s: %d of %d, %s left", name, done, total, left)
}
