package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"broadsheet/generator/archive"
	"broadsheet/generator/check"
	"broadsheet/generator/config"
	"broadsheet/generator/diag"
	"broadsheet/generator/markdown"
	"broadsheet/generator/news"
	"broadsheet/generator/published"
	"broadsheet/generator/site"
)

// checkFlags are those of check.
type checkFlags struct {
	*flags
	json   bool
	report string
	host   string
}

func checkCommand(f *flags) *cobra.Command {
	k := &checkFlags{flags: f}
	c := &cobra.Command{
		Use:   "check",
		Short: "Find dead links, unknown keys and everything else that wants mending",
		Long: "Check reads the articles as build does and then every page of the output: front matter that cannot be read,\n" +
			"keys nobody knows, corrections and translations of articles that are not there, text that is neither shown nor on\n" +
			"record as removed, links and anchors that lead nowhere. It changes nothing. Exit code 1 says something was found.\n\n" +
			"With --host it asks the site where it was published instead: whether its files come unaltered and by the right types,\n" +
			"and, where the search index is in packs, whether parts of them can be had.",
		Example: "  broadsheet build && broadsheet check\n  broadsheet check --report /var/tmp/report\n  broadsheet check --host https://example.org/archive/",
		Args:    arguments(cobra.NoArgs),
		RunE:    func(c *cobra.Command, _ []string) error { return k.run(c.Context(), c.OutOrStdout()) },
	}
	c.Flags().StringVar(&k.report, "report", "", "write what was removed and guessed into this folder, to read")
	c.Flags().StringVar(&k.host, "host", "", "ask this address, where the site was published, how it serves it")
	c.Flags().BoolVar(&k.json, "json", false, "print messages as JSON Lines")
	return c
}

func (k *checkFlags) run(ctx context.Context, stdout io.Writer) error {
	p, err := openProject(k.flags)
	if err != nil {
		return err
	}
	if _, err := p.rendering(); err != nil {
		return err
	}
	if k.host != "" {
		return k.askHost(ctx, p, stdout)
	}
	found := p.found
	articles, count, err := k.readAll(ctx, p, &found)
	if err != nil {
		return err
	}
	found = found.Sorted()
	if err := k.print(stdout, found); err != nil {
		return err
	}
	if len(found) > 0 {
		return errFaulty
	}
	if !k.json {
		fmt.Fprintf(stdout, "%s and %s with %s: nothing to mend\n", plural(articles, "article"), plural(count.Pages, "page"), plural(count.Links, "link"))
	}
	return nil
}

// askHost checks how a host serves what was built.
func (k *checkFlags) askHost(ctx context.Context, p *project, stdout io.Writer) error {
	address, err := config.ParseBaseURL(k.host)
	if err != nil || address == "" {
		return usage{fmt.Errorf("--host: no web address: %q", k.host)}
	}
	if _, err := os.Stat(filepath.Join(p.out, "index.html")); err != nil {
		return diag.Fail(filepath.ToSlash(p.out), "there is no output to compare the host's with").WithHint("run: broadsheet build")
	}
	found, err := check.Host(ctx, address, os.DirFS(p.out), p.settings.Search.Packs)
	if err != nil {
		return err
	}
	if err := k.print(stdout, found); err != nil {
		return err
	}
	if len(found) > 0 {
		return errFaulty
	}
	if !k.json {
		fmt.Fprintf(stdout, "%s serves the site as it is: nothing to mend\n", address)
	}
	return nil
}

// readAll goes through articles and output, unless settings, templates or authority files have faults: what they say of all others
// is not known then.
func (k *checkFlags) readAll(ctx context.Context, p *project, found *diag.List) (articles int, count check.Count, err error) {
	o := p.reading()
	o.Drafts, o.Private, o.Progress = true, true, newProgress(k.stderr).phase("reading articles")
	in, err := archive.Look(ctx, o)
	if err != nil {
		return 0, count, err
	}
	if faults := slices.Concat(*found, in.Faults()); faults.Errors() > 0 {
		*found = faults
		return 0, count, nil
	}
	if articles, err = k.readArticles(ctx, p, in, found); err != nil {
		return 0, count, err
	}
	count, err = k.readOutput(p, found)
	return articles, count, err
}

// readArticles collects what a build would say, the keys it would pass over, and the account of every text.
func (k *checkFlags) readArticles(ctx context.Context, p *project, in *archive.Inputs, found *diag.List) (articles int, err error) {
	a, err := in.Open(ctx)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	*found = append(append(*found, a.Found...), a.Unlike...)
	for i := range a.Cards {
		list, err := a.Account(i)
		if err != nil {
			return 0, err
		}
		*found = append(*found, list...)
	}
	dangling, err := a.Dangling()
	if err != nil {
		return 0, err
	}
	*found = append(*found, dangling...)
	doubts, err := a.Doubts()
	if err != nil {
		return 0, err
	}
	for _, d := range doubts {
		*found = append(*found, doubtful(d))
	}
	lost, err := p.lost(a.Lost)
	if err != nil {
		return 0, err
	}
	*found = append(*found, lost...)
	if k.report != "" {
		err = writeReport(a, k.report)
	}
	return len(a.Cards), err
}

// lost says which published addresses lead nowhere, and what can be done.
func (p *project) lost(lines []published.Line) (list diag.List, err error) {
	if len(lines) == 0 {
		return nil, nil
	}
	file := contentFolder + "/" + archive.PublishedFile
	src, err := os.ReadFile(p.folder(filepath.FromSlash(file)))
	if err != nil {
		return nil, err
	}
	list = append(list, diag.Warn(file, "%s nowhere", leading(len(lines))))
	for _, l := range lines {
		told := diag.Warn(file, "%s leads nowhere: the %s %q is gone", l.URL, l.Shows, l.Of)
		told.Line = published.LineOf(src, l.URL)
		list = append(list, told.WithHint("%s", archive.LostHint(l)))
	}
	return list, nil
}

func leading(addresses int) string {
	if addresses == 1 {
		return "1 published address leads"
	}
	return fmt.Sprintf("%d published addresses lead", addresses)
}

// doubtful says which way of writing dates is to be settled, and how.
func doubtful(d archive.Doubt) diag.Diagnostic {
	told := diag.Warn(contentFolder+"/"+d.File, "day and month cannot be told apart: %s of %q dated to the year alone", plural(d.Articles, "article"), d.Source)
	told.Line, told.Source = d.Line, d.Text
	return told.WithHint("write into content/boilerplate.toml, with \"mdy\" if the month comes first:\n\n    [[source]]\n    name = %s\n    date_order = \"dmy\"\n", diag.QuoteTOML(d.Source))
}

// writeReport writes what a person reads to judge how the archive was taken in.
func writeReport(a *archive.Archive, dir string) error {
	now := time.Now()
	r := check.NewReport(news.Date{Year: now.Year(), Month: int(now.Month()), Day: now.Day()})
	for _, i := range a.ByPath() {
		article, err := a.Article(i)
		if err != nil {
			return err
		}
		source, err := a.Source(i)
		if err != nil {
			return err
		}
		r.Add(check.Article{
			File: article.File, Title: article.Title, Date: article.Date, Words: a.Cards[i].Words, Legible: article.Legibility, Removed: article.Removed,
			Text: markdown.Parse([]byte(article.Body)).Text(), Source: source,
		})
	}
	return r.Write(dir)
}

// readOutput checks the links of what was built.
func (k *checkFlags) readOutput(p *project, found *diag.List) (check.Count, error) {
	if _, err := os.Stat(p.out); errors.Is(err, fs.ErrNotExist) {
		*found = append(*found, diag.Fail(filepath.ToSlash(p.out), "there is no output to check").WithHint("run: broadsheet build"))
		return check.Count{}, nil
	} else if err != nil {
		return check.Count{}, err
	}
	wrote, err := site.Record(p.out, p.folder(stateFolder))
	if err != nil {
		return check.Count{}, err
	}
	count, list := check.Links(os.DirFS(p.out), p.settings.BaseURL)
	list = append(list, check.Files(os.DirFS(p.out), wrote)...)
	for i := range list {
		list[i].File = filepath.ToSlash(filepath.Join(p.out, list[i].File))
	}
	*found = append(*found, list...)
	return count, nil
}

// message is a diagnostic as --json prints it.
type message struct {
	File    string `json:"file"`
	Line    int    `json:"line,omitempty"`
	Col     int    `json:"col,omitempty"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

func (k *checkFlags) print(stdout io.Writer, found diag.List) error {
	if !k.json {
		if err := found.Write(stdout); err != nil || len(found) == 0 {
			return err
		}
		_, err := fmt.Fprintf(stdout, "%s\n", plural(len(found), "message"))
		return err
	}
	encoder := json.NewEncoder(stdout)
	encoder.SetEscapeHTML(false)
	for _, d := range found {
		if err := encoder.Encode(message{d.File, d.Line, d.Col, d.Message, d.Hint}); err != nil {
			return err
		}
	}
	return nil
}
