package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"broadsheet/generator/diag"
	"broadsheet/generator/intake"
	"broadsheet/generator/manifest"
	"broadsheet/generator/site"
)

// importFlags are those of import.
type importFlags struct {
	*flags
	format  string
	into    string
	media   string
	columns []string
	diff    bool
}

func importCommand(f *flags) *cobra.Command {
	m := &importFlags{flags: f}
	c := &cobra.Command{
		Use:   "import SOURCE...",
		Short: "Write article files from exports, web pages, captures and tables",
		Long: "Import writes an article file for each record of its sources: HTML pages, WARC captures, WordPress exports,\n" +
			"JSON Lines, CSV, text exports of Nexis and Factiva, folders of any of them. A .txt below content/ needs no import.\n" +
			"Run it again whenever the source has grown: what is there stays, and a file you have edited is never overwritten.",
		Example: "  broadsheet import export.xml --media wp-content/uploads\n" +
			"  broadsheet import stories.csv --map headline=Kop --map body=Tekst --into content/archive",
		Args: arguments(cobra.MinimumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error { return m.run(c.Context(), c.OutOrStdout(), args) },
	}
	c.Flags().StringVar(&m.format, "format", "auto", "format of the sources: "+strings.Join(intake.Formats(), ", "))
	c.Flags().StringVar(&m.into, "into", "", "folder for the articles (default: content in the site's folder)")
	c.Flags().StringVar(&m.media, "media", "", "folder with the pictures that articles show")
	c.Flags().StringArrayVar(&m.columns, "map", nil, "the column of a table that holds a field: FIELD=COLUMN")
	c.Flags().BoolVar(&m.diff, "diff", false, "write nothing; show how edited files differ from the source")
	return c
}

func (m *importFlags) run(ctx context.Context, stdout io.Writer, paths []string) (err error) {
	options, err := m.options()
	if err != nil {
		return err
	}
	if err := m.needFolders(); err != nil {
		return err
	}
	sources, err := intake.Sources(paths, m.format)
	if err != nil {
		return err
	}
	if m.into == "" {
		m.into = filepath.Join(m.site, contentFolder)
	}
	state := filepath.Join(m.site, stateFolder)
	unlock, err := site.Lock(state)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	bar := newBar(m.stderr, sources)
	options.Read = bar.add
	target := intake.Target{Into: m.into, Media: m.media, Report: bar.say}
	if target.Journal, err = journalOf(m.site, m.into); err != nil {
		return err
	}
	if m.diff {
		target.Diff = stdout
	}
	debug.SetMemoryLimit(importMemory)
	count, err := intake.Import(ctx, sources, options, target)
	bar.clear()
	if err != nil {
		return err
	}
	return m.summarize(stdout, count)
}

// needFolders tells somebody who named a folder that is not there so, before anything is made in its place.
func (m *importFlags) needFolders() error {
	for _, dir := range []string{m.site, m.media} {
		if info, err := os.Stat(dir); dir != "" && (err != nil || !info.IsDir()) {
			return diag.Fail(filepath.ToSlash(dir), "there is no such folder")
		}
	}
	return nil
}

// importMemory, in bytes, is where garbage is collected sooner. A million articles keep half of it in use.
const importMemory = 256 << 20

// options checks the flags.
func (m *importFlags) options() (intake.Options, error) {
	o := intake.Options{Columns: map[string]string{}}
	if !slices.Contains(intake.Formats(), m.format) {
		return o, usage{fmt.Errorf("--format: %q is none of %s", m.format, strings.Join(intake.Formats(), ", "))}
	}
	for _, c := range m.columns {
		key, column, found := strings.Cut(c, "=")
		if !found || !slices.Contains(intake.Keys(), key) {
			return o, usage{fmt.Errorf("--map %s: want FIELD=COLUMN, where FIELD is one of %s", c, strings.Join(intake.Keys(), ", "))}
		}
		o.Columns[column] = key
	}
	return o, nil
}

// journalOf is the journal of the imports into one folder.
func journalOf(dir, into string) (string, error) {
	root, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	abs, err := filepath.Abs(into)
	if err != nil {
		return "", err
	}
	if rel, err := filepath.Rel(root, abs); err == nil && filepath.IsLocal(rel) {
		abs = filepath.ToSlash(rel) // so that a site that is moved as a whole keeps its journals
	}
	return filepath.Join(dir, stateFolder, "import", manifest.Sum([]byte(abs))+".tsv"), nil
}

// summarize prints what became of every record.
func (m *importFlags) summarize(stdout io.Writer, c intake.Count) error {
	if m.diff {
		fmt.Fprintf(m.stderr, "nothing was written; an import would write %d new and %d changed, and leave %d edited alone\n", c.New, c.Changed, c.Edited)
	} else {
		fmt.Fprintf(stdout, "%s: %d new, %d changed, %d as they were, %d edited and left alone\n", plural(c.Articles(), "article"), c.New, c.Changed, c.Same, c.Edited)
		printIf(stdout, "left out: ", leftOut(c))
		printIf(stdout, "pictures: ", m.pictures(c))
	}
	if c.Warnings > 0 {
		fmt.Fprintf(m.stderr, "%s above\n", plural(c.Warnings, "message"))
	}
	if c.Broken > 0 {
		return errFaulty
	}
	return nil
}

func printIf(w io.Writer, what string, parts []string) {
	if len(parts) > 0 {
		fmt.Fprintf(w, "%s%s\n", what, strings.Join(parts, ", "))
	}
}

// leftOut lists the records that are no articles now.
func leftOut(c intake.Count) []string {
	var left []string
	if c.Broken > 0 {
		left = append(left, plural(c.Broken, "record")+" that cannot be read")
	}
	if c.Duplicates > 0 {
		left = append(left, plural(c.Duplicates, "duplicate"))
	}
	for _, kind := range slices.Sorted(maps.Keys(c.Passed)) {
		left = append(left, fmt.Sprintf("%d × %s", c.Passed[kind], kind))
	}
	if c.Comments > 0 {
		left = append(left, plural(c.Comments, "comment"))
	}
	return left
}

func (m *importFlags) pictures(c intake.Count) []string {
	var said []string
	if c.Pictures > 0 {
		said = append(said, fmt.Sprintf("%d copied", c.Pictures))
	}
	if c.Missing > 0 {
		said = append(said, fmt.Sprintf("%d not found%s", c.Missing, m.hint()))
	}
	return said
}

// hint names the flag that may be wanted.
func (m *importFlags) hint() string {
	if m.media == "" {
		return " (--media names their folder)"
	}
	return ""
}

// bar shows how far an import has come, how quick it is and how long it will take.
type bar struct {
	progress
	total, done int64
	start, next time.Time
}

func newBar(w io.Writer, sources []intake.Source) *bar {
	b := &bar{progress: newProgress(w), start: time.Now()}
	for _, s := range sources {
		b.total += s.Bytes
	}
	return b
}

// add is called by the one that reads.
func (b *bar) add(n int) {
	b.done += int64(n)
	now := time.Now()
	if !b.terminal || now.Before(b.next) {
		return
	}
	b.next = now.Add(often)
	rate := float64(b.done) / now.Sub(b.start).Seconds()
	left := time.Duration(float64(max(b.total-b.done, 0)) / rate * float64(time.Second)).Round(time.Second)
	fmt.Fprintf(b.w, "\r\x1b[Kimporting: %d %%, %.1f MB/s, %s left", 100*b.done/max(b.total, 1), rate/1e6, left)
}

// say prints a message above the line.
func (b *bar) say(d diag.Diagnostic) {
	b.clear()
	diag.List{d}.Write(b.w)
}

func (b *bar) clear() {
	if b.terminal {
		fmt.Fprint(b.w, "\r\x1b[K")
	}
}
