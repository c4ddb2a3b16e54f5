package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"broadsheet/generator/diag"
	"broadsheet/generator/serve"
)

// serveFlags are those of serve.
type serveFlags struct {
	*flags
	addr   string
	open   bool
	editor string
	last   diag.List // what the last build found
}

func serveCommand(f *flags) *cobra.Command {
	s := &serveFlags{flags: f}
	c := &cobra.Command{
		Use:     "serve",
		Short:   "Preview the site, and rebuild it as you write",
		Long:    "Serve builds the site, drafts and private articles included, into a folder of its own, shows it on this\nmachine alone, and brings open pages up to date whenever something changes.",
		Example: "  broadsheet serve\n  broadsheet serve --addr 127.0.0.1:9000 --open",
		Args:    arguments(cobra.NoArgs),
		RunE:    func(c *cobra.Command, _ []string) error { return s.run(c.Context(), c.OutOrStdout()) },
	}
	c.Flags().StringVar(&s.addr, "addr", "127.0.0.1:8000", "address to listen on; the next free port is taken")
	c.Flags().BoolVar(&s.open, "open", false, "open the preview in the browser")
	c.Flags().StringVar(&s.editor, "editor", "", "command that opens a file from the preview, such as \"code -g {file}:{line}:{col}\" (default: what the desktop has for it)")
	return c
}

// previewFolder holds the preview and what is known of it. A preview shows what must not be published: since build does
// not know of it, and serve not of build, neither takes the other's output for its own.
const previewFolder = stateFolder + "/preview"

func (s *serveFlags) run(ctx context.Context, stdout io.Writer) error {
	p, err := openProject(s.flags)
	if err != nil {
		return err
	}
	if s.out == "" {
		s.out = filepath.Join(p.folder(previewFolder), outputFolder)
	}
	reports := make(chan serve.Report, 1)
	listener, err := listen(s.addr)
	if err != nil {
		return err
	}
	w := &workshop{open: s.order}
	server := serve.New(serve.Options{Dir: s.out, Base: p.settings.BasePath(), Site: s.site, Source: w.source, Edit: s.edit, Review: &interview{workshop: w, site: p}})
	s.announce(stdout, server.URL(listener))
	work, ctx := errgroup.WithContext(ctx)
	work.Go(func() error { return server.Run(ctx, listener, reports) })
	work.Go(func() error {
		defer close(reports)
		return buildAndWatch(ctx, s.flags, w, func(building context.Context, changed []string) {
			if r, whole := s.build(building, w, changed); whole {
				send(ctx, reports, r)
			}
		})
	})
	if err := work.Wait(); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// listen tells an address that is none from one that the machine will not give.
func listen(addr string) (net.Listener, error) {
	listener, err := serve.Listen(addr)
	var refused *net.OpError
	if err != nil && !errors.As(err, &refused) {
		return nil, usage{fmt.Errorf("--addr: %w", err)}
	}
	return listener, err
}

// announce says where the preview is.
func (s *serveFlags) announce(stdout io.Writer, address string) {
	fmt.Fprintf(stdout, "preview at %s (Ctrl-C ends it)\n", address)
	if s.open {
		_ = openOnDesktop(address) // where there is no desktop, the printed line has to do
	}
}

func send(ctx context.Context, reports chan<- serve.Report, r serve.Report) {
	select {
	case reports <- r:
	case <-ctx.Done():
	}
}

// build brings the preview up to date and says what came of it, here and to the browser; false when it was stopped.
func (s *serveFlags) build(ctx context.Context, w *workshop, changed []string) (serve.Report, bool) {
	start := time.Now()
	m, _, err := w.rebuild(ctx, changed, newProgress(s.stderr))
	r := serve.Report{Changed: m.Written, Removed: m.Removed, Faults: m.found, Built: time.Now(), Took: time.Since(start)}
	faults, author := diag.AsList(err)
	switch {
	case err != nil && ctx.Err() != nil:
		return r, false
	case author:
		r.Faults = faults.Sorted()
	case err != nil:
		r.Faults = diag.List{diag.Fail("broadsheet", "%v", err).WithHint("%s", machineHint(err))}
	}
	s.tell(r)
	return r, true
}

// tell prints what a build did: every error, and the messages that the one before did not have. An archive may have
// thousands, and the one about the line just written must not drown.
func (s *serveFlags) tell(r serve.Report) {
	news := r.Faults.Without(s.last)
	for _, d := range r.Faults {
		if d.Severity == diag.Error {
			news = append(news, d)
		}
	}
	news.Sorted().Write(s.stderr)
	s.last = r.Faults
	if r.Faults.Errors() > 0 {
		fmt.Fprintln(s.stderr, "the preview stays as it was")
		return
	}
	fmt.Fprintf(s.stderr, "%s rewritten, %d removed", plural(len(r.Changed), "file"), len(r.Removed))
	if n := len(r.Faults); n > 0 {
		fmt.Fprintf(s.stderr, ", %s", plural(n, "message"))
	}
	fmt.Fprintf(s.stderr, " (%.2f s)\n", r.Took.Seconds())
}

// order is the site as its settings and templates are now, as a preview shows it.
func (s *serveFlags) order() (order, error) {
	p, err := openProject(s.flags)
	if err != nil {
		return order{}, err
	}
	read := p.reading()
	read.Cache, read.Drafts, read.Private, read.Renewable = p.folder(stateFolder), true, true, true
	write, err := p.rendering()
	write.State = p.folder(previewFolder)
	return order{p, read, write}, err
}

// edit opens a file of the site.
func (s *serveFlags) edit(file string, line, col int) error {
	if s.editor == "" {
		return openOnDesktop(file)
	}
	command := strings.Fields(s.editor)
	if !strings.Contains(s.editor, "{file}") {
		command = append(command, "{file}")
	}
	fill := strings.NewReplacer("{file}", file, "{line}", strconv.Itoa(line), "{col}", strconv.Itoa(col))
	for i := range command {
		command[i] = fill.Replace(command[i])
	}
	return launch(command[0], command[1:]...)
}

// openOnDesktop asks the desktop to show a file or an address.
func openOnDesktop(what string) error {
	switch runtime.GOOS {
	case "darwin":
		return launch("open", what)
	case "windows":
		return launch("rundll32", "url.dll,FileProtocolHandler", what)
	}
	return launch("xdg-open", what)
}

// launch starts a program that outlives us, and does not wait for it.
func launch(name string, args ...string) error {
	c := exec.Command(name, args...)
	if err := c.Start(); err != nil {
		return fmt.Errorf("no program to open it with: %w; name one with --editor", err)
	}
	go c.Wait() // frees what the system keeps of a program that has ended
	return nil
}
