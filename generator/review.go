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
	names  bool
	accept bool
	refuse bool
	limit  int
}

func reviewCommand(f *flags) *cobra.Command {
	r := &reviewFlags{flags: f}
	c := &cobra.Command{
		Use:   "review [NUMBER...]",
		Short: "Show what the program guessed or learned and nobody has confirmed",
		Long: "Review asks about names: spellings that may be one, names of two kinds, persons who share a name, each with two\n" +
			"sentences to read, a number, and what yes and no write. Given numbers, --accept says yes and --refuse no, and the\n" +
			"answer is written into content/entities.toml; a build then follows it in every article, a fix in one.\n\n" +
			"It lists what the texts of a source taught, too: lines that recur and are most likely no part of any story, with\n" +
			"the number of files each stands in, and the order of day and month in its dates, with one that has no other\n" +
			"reading. With --lines --accept this is recorded in content/boilerplate.toml; from then on an added article never\n" +
			"changes the text or date of another, and what is learned anew waits for the next review.",
		Example: "  broadsheet review --names\n  broadsheet review 7fbc16 --accept\n  broadsheet review --lines --accept",
		RunE:    func(c *cobra.Command, args []string) error { return r.run(c.Context(), args, c.OutOrStdout()) },
	}
	c.Flags().BoolVar(&r.names, "names", false, "review names alone")
	c.Flags().BoolVar(&r.lines, "lines", false, "review lines that recur, and how dates are written, alone")
	c.Flags().BoolVar(&r.accept, "accept", false, "say yes to the numbers given, or record all lines shown")
	c.Flags().BoolVar(&r.refuse, "refuse", false, "say no to the numbers given")
	c.Flags().IntVar(&r.limit, "limit", 20, "how many names to ask about at once")
	return c
}

// check says which flags do not go together.
func (r *reviewFlags) check(numbers []string) error {
	switch {
	case r.accept && r.refuse:
		return usage{errors.New("review: --accept or --refuse, not both")}
	case r.refuse && len(numbers) == 0:
		return usage{errors.New("review: give the numbers that --refuse says no to")}
	case r.accept && len(numbers) == 0 && !r.lines:
		return usage{errors.New("review: --accept wants the numbers of names, or --lines")}
	case len(numbers) > 0 && r.lines:
		return usage{errors.New("review: numbers are of names; --lines takes all lines shown")}
	}
	return nil
}

func (r *reviewFlags) run(ctx context.Context, numbers []string, stdout io.Writer) (err error) {
	if err := r.check(numbers); err != nil {
		return err
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
	if !r.lines {
		if err := r.reviewNames(p, a, numbers, stdout); err != nil || r.names || len(numbers) > 0 {
			return err
		}
	}
	return r.reviewLines(p, a, stdout)
}

// reviewLines shows what was learned of lines and dates, and records it where that is asked for.
func (r *reviewFlags) reviewLines(p *project, a *archive.Archive, stdout io.Writer) error {
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
		fmt.Fprintln(w, "no lines to review")
	}
	for _, p := range proposals {
		if p.Order != "" {
			fmt.Fprintf(w, "%s: date_order = %q, as in %s and %s like it\n", p.Source, p.Order, p.Date, plural(p.Dates-1, "date"))
		}
		if len(p.Lines) > 0 {
			fmt.Fprintf(w, "%s: %s\n", p.Source, plural(len(p.Lines), "line"))
		}
		for _, line := range p.Lines {
			fmt.Fprintf(w, "  %6d  %s\n", line.Files, line.Text)
		}
	}
}

// record appends a block for each source to the file; what stands in it stays as it is.
func record(name string, proposals []archive.Proposal) error {
	var blocks []string
	for _, p := range proposals {
		lines := make([]string, len(p.Lines))
		for i, line := range p.Lines {
			lines[i] = line.Text
		}
		blocks = append(blocks, ingest.FormatLearned(p.Source, p.Order, lines))
	}
	return appendBlocks(name, blocks)
}

// appendBlocks writes blocks below what stands in a file.
func appendBlocks(name string, blocks []string) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o666)
	if err != nil {
		return err
	}
	for _, block := range blocks {
		if _, err = io.WriteString(f, block); err != nil {
			break
		}
	}
	return errors.Join(err, f.Close())
}
