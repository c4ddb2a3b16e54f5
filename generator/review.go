package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"broadsheet/generator/archive"
	"broadsheet/generator/ingest"
)

// reviewFlags are those of review.
type reviewFlags struct {
	*flags
	lines  bool
	accept bool
}

func reviewCommand(f *flags) *cobra.Command {
	r := &reviewFlags{flags: f}
	c := &cobra.Command{
		Use:   "review",
		Short: "Show what the program learned and nobody has confirmed",
		Long: "Review lists the lines that recur in the texts of a source and are most likely no part of any story, with the\n" +
			"number of files each stands in. With --accept they are recorded in content/boilerplate.toml; from then on an\n" +
			"added article never changes the text of another, and what recurs anew waits for the next review.",
		Example: "  broadsheet review --lines\n  broadsheet review --lines --accept",
		Args:    arguments(cobra.NoArgs),
		RunE:    func(c *cobra.Command, _ []string) error { return r.run(c.Context(), c.OutOrStdout()) },
	}
	c.Flags().BoolVar(&r.lines, "lines", false, "review lines that recur")
	c.Flags().BoolVar(&r.accept, "accept", false, "record what is shown")
	return c
}

func (r *reviewFlags) run(ctx context.Context, stdout io.Writer) (err error) {
	if !r.lines {
		return usage{errors.New("review: say what to review: --lines")}
	}
	p, err := openProject(r.flags)
	if err == nil {
		err = errors.Join(p.needContent(), p.found.Err())
	}
	if err != nil {
		return err
	}
	o := p.reading()
	o.Drafts, o.Private, o.Progress = true, true, newProgress(r.stderr).phase("reading articles")
	a, err := archive.Open(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if err := a.Found.Err(); err != nil {
		return err
	}
	proposals, err := a.Proposals()
	if err != nil {
		return err
	}
	show(stdout, proposals)
	if !r.accept || len(proposals) == 0 {
		return nil
	}
	return record(filepath.Join(p.folder(contentFolder), "boilerplate.toml"), proposals)
}

func show(w io.Writer, proposals []archive.Proposal) {
	if len(proposals) == 0 {
		fmt.Fprintln(w, "nothing to review")
	}
	for _, p := range proposals {
		fmt.Fprintf(w, "%s: %s\n", p.Source, plural(len(p.Lines), "line"))
		for _, line := range p.Lines {
			fmt.Fprintf(w, "  %6d  %s\n", line.Files, line.Text)
		}
	}
}

// record appends a block for each source to the file; what stands in it stays as it is.
func record(name string, proposals []archive.Proposal) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o666)
	if err != nil {
		return err
	}
	for _, p := range proposals {
		lines := make([]string, len(p.Lines))
		for i, line := range p.Lines {
			lines[i] = line.Text
		}
		if _, err = io.WriteString(f, ingest.FormatLearned(p.Source, lines)); err != nil {
			break
		}
	}
	return errors.Join(err, f.Close())
}
