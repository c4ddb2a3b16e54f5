package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"broadsheet/generator/diag"
)

// buildFlags are those of build.
type buildFlags struct {
	*flags
	baseURL string
	drafts  bool
	strict  bool
	watch   bool
	clean   bool
	jobs    int
	stats   bool
}

func buildCommand(f *flags) *cobra.Command {
	b := &buildFlags{flags: f}
	c := &cobra.Command{
		Use:     "build",
		Short:   "Make the site, or bring it up to date",
		Long:    "Build reads the articles in content/ and writes the site. What has not changed since the last build is\nneither read again nor written. If anything must be mended first, the old site stays as it was.",
		Example: "  broadsheet build\n  broadsheet build --site ~/chronicle --base-url https://example.org/chronicle/ --strict",
		Args:    arguments(cobra.NoArgs),
		RunE:    func(c *cobra.Command, _ []string) error { return b.run(c.Context(), c.OutOrStdout()) },
	}
	p := c.Flags()
	p.StringVar(&b.baseURL, "base-url", "", "address of the site, in place of base_url in site.toml")
	p.BoolVar(&b.drafts, "drafts", false, "show drafts too")
	p.BoolVar(&b.strict, "strict", false, "fail when there is any message")
	p.BoolVar(&b.watch, "watch", false, "build again whenever something changes")
	p.BoolVar(&b.clean, "clean", false, "build as if nothing had been built before")
	p.IntVar(&b.jobs, "jobs", 0, "articles and pages worked on at once (default: one a processor)")
	p.BoolVar(&b.stats, "stats", false, "print time and counts by phase")
	return c
}

func (b *buildFlags) run(ctx context.Context, stdout io.Writer) error {
	if b.jobs < 0 {
		return usage{fmt.Errorf("--jobs: %d is less than one", b.jobs)}
	}
	w := &workshop{open: b.open}
	if !b.watch {
		return b.once(ctx, w, nil, stdout)
	}
	return buildAndWatch(ctx, b.flags, w, func(ctx context.Context, changed []string) {
		if err := b.once(ctx, w, changed, stdout); ctx.Err() == nil {
			exitCode(err, b.stderr) // prints it; the next change may mend it
		}
	})
}

// open is the site as its settings and templates are now.
func (b *buildFlags) open() (order, error) {
	p, err := openProject(b.flags)
	if err != nil {
		return order{}, err
	}
	if err := p.setBaseURL(b.baseURL); err != nil {
		return order{}, err
	}
	read := p.reading()
	read.Drafts, read.Clean, read.Jobs = b.drafts, b.clean, b.jobs
	read.Cache, read.Lean, read.Renewable = p.folder(stateFolder), !b.watch, b.watch
	write, err := p.rendering()
	write.Clean, write.Jobs = b.clean, b.jobs
	return order{p, read, write}, err
}

// once brings the site up to date after a change, and says what it did.
func (b *buildFlags) once(ctx context.Context, w *workshop, changed []string, stdout io.Writer) error {
	start := time.Now()
	m, p, err := w.rebuild(ctx, changed, newProgress(b.stderr))
	if list, author := diag.AsList(err); author {
		list.Sorted().Write(b.stderr)
		b.comfort()
		return errFaulty
	}
	if err != nil {
		return err
	}
	m.found.Write(b.stderr)
	summary(stdout, p, m, time.Since(start))
	if b.stats {
		stats(stdout, m)
	}
	if b.strict && len(m.found) > 0 {
		return errFaulty
	}
	return nil
}

// comfort says, after a build that stopped at a fault, what became of the site that was there.
func (b *buildFlags) comfort() {
	if _, err := os.Stat(filepath.Join(b.output(), "index.html")); err == nil {
		fmt.Fprintf(b.stderr, "nothing was written: the site in %s is as it was\n", filepath.ToSlash(b.output()))
	}
}

// summary says in a line or two what a build did.
func summary(w io.Writer, p *project, m made, took time.Duration) {
	unshown := ""
	if m.unshown > 0 {
		unshown = fmt.Sprintf(", %d not shown (drafts, private or without text)", m.unshown)
	}
	fmt.Fprintf(w, "read %s, %d anew%s; %s: %d written, %d removed (%.2f s)\n",
		plural(m.articles, "article"), m.anew, unshown, plural(m.Pages, "file"), len(m.Written), len(m.Removed), took.Seconds())
	fmt.Fprintf(w, "the site is in %s\n", filepath.ToSlash(p.out))
	if m.articles == 0 {
		fmt.Fprintf(w, "no article in %s: %s\n", filepath.ToSlash(p.folder(contentFolder)), articleNames)
	}
	if n := len(m.found); n > 0 {
		fmt.Fprintf(w, "%s above\n", plural(n, "message"))
	}
	if p.settings.BaseURL == "" {
		fmt.Fprintln(w, "no base_url in site.toml: no feeds, sitemap or canonical links")
	}
}

// articleNames says what an article is, to somebody whose folder has none.
const articleNames = "texts end in .txt, Markdown in .md, and what else there is comes in by: broadsheet import"

func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

// stats prints where the time went and what it cost.
func stats(w io.Writer, m made) {
	for _, phase := range m.Phases {
		fmt.Fprintf(w, "  %-8s %8.3f s\n", phase.Name, phase.Took.Seconds())
	}
	fmt.Fprintf(w, "  %-8s %8d\n  %-8s %8d\n  %-8s %8d kB\n  %-8s %8d MB\n",
		"articles", m.articles, "files", m.Pages, "output", m.Bytes>>10, "memory", peakMemory()>>20)
}
