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
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"broadsheet/generator/diag"
	"broadsheet/generator/serve"
)

// serveFlags are those of serve.
type serveFlags struct {
	*flags
	addr string
	open bool
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
	server := serve.New(s.out, p.settings.BasePath())
	work, ctx := errgroup.WithContext(ctx)
	work.Go(func() error { return server.Run(ctx, listener, reports) })
	work.Go(func() error {
		defer close(reports)
		w, announced := &workshop{open: s.order}, false
		return buildAndWatch(ctx, s.flags, func(ctx context.Context, changed []string) {
			send(ctx, reports, s.build(ctx, w, changed))
			if !announced && ctx.Err() == nil {
				s.announce(stdout, server.URL(listener))
				announced = true
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
		openBrowser(address)
	}
}

func send(ctx context.Context, reports chan<- serve.Report, r serve.Report) {
	select {
	case reports <- r:
	case <-ctx.Done():
	}
}

// build brings the preview up to date and says what came of it, here and to the browser.
func (s *serveFlags) build(ctx context.Context, w *workshop, changed []string) serve.Report {
	start := time.Now()
	m, _, err := w.rebuild(ctx, changed, newProgress(s.stderr))
	r := serve.Report{Changed: m.Written, Removed: m.Removed, Took: time.Since(start)}
	faults, author := diag.AsList(err)
	switch {
	case err == nil:
		m.found.Write(s.stderr)
		fmt.Fprintf(s.stderr, "%s rewritten, %d removed (%.2f s)\n", plural(len(m.Written), "file"), len(m.Removed), r.Took.Seconds())
		return r
	case author:
		r.Faults = faults.Sorted()
	case ctx.Err() == nil:
		r.Faults = diag.List{diag.Fail("broadsheet", "%v", err)}
	}
	if ctx.Err() == nil {
		exitCode(err, s.stderr) // prints it; the next change may mend it
	}
	return r
}

// order is the site as its settings and templates are now, as a preview shows it.
func (s *serveFlags) order() (order, error) {
	p, err := openProject(s.flags)
	if err != nil {
		return order{}, err
	}
	read := p.reading()
	read.Drafts, read.Private = true, true
	write, err := p.rendering()
	write.State = p.folder(previewFolder)
	return order{p, read, write}, err
}

// openBrowser asks the desktop to show an address; where there is none, the printed line has to do.
func openBrowser(address string) {
	name, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	if c := exec.Command(name, args...); c.Start() == nil {
		go c.Wait()
	}
}
