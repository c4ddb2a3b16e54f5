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

	"broadsheet/generator/config"
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
			"  broadsheet import stories.csv --map title=Kop --map body=Tekst --into content/archive",
		Args: arguments(cobra.MinimumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error { return m.run(c.Context(), c.OutOrStdout(), args) },
	}
	c.Flags().StringVar(&m.format, "format", "auto", "format of the sources: "+strings.Join(intake.Formats(), ", "))
	c.Flags().StringVar(&m.into, "into", "", "folder for the articles (default: content in the site's folder)")
	c.Flags().StringVar(&m.media, "media", "", "folder with the pictures that articles show")
	c.Flags().StringArrayVar(&m.columns, "map", nil, "the column of a table that holds a field: FIELD=COLUMN (site.toml: import.map)")
	c.Flags().BoolVar(&m.diff, "diff", false, "write nothing; show how edited files differ from the source")
	return c
}

func (m *importFlags) run(ctx context.Context, stdout io.Writer, paths []string) (err error) {
	if m.into == "" {
		m.into = filepath.Join(m.site, contentFolder)
	}
	if err := m.needFolders(); err != nil {
		return err
	}
	options, err := m.options()
	if err != nil {
		return err
	}
	sources, err := intake.Sources(paths, m.format)
	if err != nil {
		return err
	}
	state := filepath.Join(m.site, stateFolder)
	unlock, err := site.Lock(state)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	bar := newBar(m.stderr, sources)
	options.Read, options.Survey = bar.add, bar.survey
	target := intake.Target{Into: m.into, Media: m.media, Report: bar.say}
	if target.Journal, err = journalOf(m.site, m.into); err != nil {
		return err
	}
	options.Scratch = filepath.Dir(target.Journal)
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
	wanted := []string{m.site}
	if m.media != "" {
		wanted = append(wanted, m.media)
	}
	if _, err := os.Stat(m.into); err == nil { // else it will be made
		wanted = append(wanted, m.into)
	}
	for _, dir := range wanted {
		if missing := needFolder(dir); missing != nil {
			return *missing
		}
	}
	return nil
}

// importMemory, in bytes, is where garbage is collected sooner. A million articles keep half of it in use.
const importMemory = 256 << 20

// options checks settings and flags.
func (m *importFlags) options() (intake.Options, error) {
	if !slices.Contains(intake.Formats(), m.format) {
		return intake.Options{}, usage{fmt.Errorf("--format: %q is none of %s", m.format, strings.Join(intake.Formats(), ", "))}
	}
	settings, err := m.settings()
	if err != nil {
		return intake.Options{}, err
	}
	columns := settings.Import.Map
	given := map[string]bool{}
	for _, c := range m.columns {
		key, column, found := strings.Cut(c, "=")
		switch {
		case !found || !slices.Contains(intake.Keys(), key):
			return intake.Options{}, usage{fmt.Errorf("--map %s: want FIELD=COLUMN, where FIELD is one of %s", c, strings.Join(intake.Keys(), ", "))}
		case given[key]:
			return intake.Options{}, usage{fmt.Errorf("--map %s: %s is given twice", c, key)}
		}
		given[key] = true
		columns[key] = column
	}
	return intake.Options{Columns: columns, DateOrder: settings.Ingest.DateOrder}, nil
}

// settings are those of site.toml, with a map of columns of their own: a flag goes before it, field by field.
func (m *importFlags) settings() (*config.Site, error) {
	p, err := openSettings(m.flags)
	if err != nil {
		return nil, err
	}
	columns := map[string]string{}
	for key, column := range p.settings.Import.Map {
		columns[key] = column
		if !slices.Contains(intake.Keys(), key) {
			p.found = append(p.found, m.unknownField(key))
		}
	}
	if p.found.Errors() > 0 {
		return nil, p.found.Sorted()
	}
	p.settings.Import.Map = columns
	return &p.settings, nil
}

func (m *importFlags) unknownField(key string) diag.Diagnostic {
	said := diag.Fail(config.File, "import.map has the unknown field %q", key)
	if src, err := os.ReadFile(filepath.Join(m.site, config.File)); err == nil {
		line, col := config.Find(src, "import.map")
		said = said.At(src, line, col)
	}
	if near := diag.Nearest(key, intake.Keys()); near != "" {
		return said.WithHint("did you mean %q?", near)
	}
	return said.WithHint("use one of: %s", strings.Join(intake.Keys(), ", "))
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
	if said := c.Warnings + c.Broken; said > 0 {
		fmt.Fprintf(m.stderr, "%s above\n", plural(said, "message"))
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

// bar shows how far an import has come, how quick it is and how long it will take. A survey is quicker than the import
// that follows it by far, so its time and its bytes are no part of the reckoning.
type bar struct {
	progress
	total, done, surveyed int64
	start, next           time.Time
	last                  time.Time // when either was told of
	surveying             time.Duration
}

func newBar(w io.Writer, sources []intake.Source) *bar {
	now := time.Now()
	b := &bar{progress: newProgress(w), start: now, next: now.Add(often), last: now}
	for _, s := range sources {
		b.total += s.Bytes
	}
	return b
}

// add is called by the one that reads.
func (b *bar) add(n int) {
	b.done += int64(n)
	b.last = time.Now()
	if !b.isTime() {
		return
	}
	rate := float64(b.done) / (b.last.Sub(b.start) - b.surveying).Seconds()
	left := time.Duration(float64(max(b.total-b.done, 0)) / rate * float64(time.Second)).Round(time.Second)
	fmt.Fprintf(b.w, "\r\x1b[Kimporting: %d %%, %.1f MB/s, %s left", 100*b.done/max(b.total, 1), rate/1e6, left)
}

// survey is called in its place by one that reads ahead.
func (b *bar) survey(n int) {
	b.surveyed += int64(n)
	now := time.Now()
	b.surveying += now.Sub(b.last)
	b.last = now
	if b.isTime() {
		fmt.Fprintf(b.w, "\r\x1b[Klooking for authors and pictures: %.1f MB read", float64(b.surveyed)/1e6)
	}
}

// isTime reports whether the line is to be written anew.
func (b *bar) isTime() bool {
	if !b.terminal || b.last.Before(b.next) {
		return false
	}
	b.next = b.last.Add(often)
	return true
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
