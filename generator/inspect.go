package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"broadsheet/generator/archive"
	"broadsheet/generator/diag"
	"broadsheet/generator/markdown"
	"broadsheet/generator/news"
)

// inspectFlags are those of inspect.
type inspectFlags struct {
	*flags
	plain bool
}

func inspectCommand(f *flags) *cobra.Command {
	i := &inspectFlags{flags: f}
	c := &cobra.Command{
		Use:   "inspect PATH...",
		Short: "Print what was found in articles, as JSON Lines",
		Long: "Inspect prints one JSON object an article: fields, Markdown, text, removed lines, names and tags. An article\n" +
			"of the site is shown as its build sees it; files and folders elsewhere are read as an archive of their own.\nNothing is written.",
		Example: "  broadsheet inspect content/voa/north-south-korea.txt\n  broadsheet inspect ~/scans --plain",
		Args:    arguments(cobra.MinimumNArgs(1)),
		RunE:    func(c *cobra.Command, args []string) error { return i.run(c.Context(), args, c.OutOrStdout()) },
	}
	c.Flags().BoolVar(&i.plain, "plain", false, "take every .txt as body from end to end")
	return c
}

func (i *inspectFlags) run(ctx context.Context, paths []string, stdout io.Writer) error {
	p, err := openSettings(i.flags)
	if err != nil {
		return err
	}
	if err := p.found.Err(); err != nil {
		return err
	}
	inside, outside, err := p.part(paths)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(stdout)
	var found diag.List
	for _, some := range []selection{inside, outside} {
		if len(some.roots) == 0 {
			continue
		}
		list, err := i.show(ctx, p, some, out)
		if err != nil {
			return err
		}
		found = append(found, list...)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("printing what was found: %w", err)
	}
	if err := found.Err(); err != nil {
		return err
	}
	return found.Sorted().Write(i.stderr)
}

// selection is some articles of one archive.
type selection struct {
	roots  []archive.Root
	wanted func(file string) bool
}

// part tells the articles of the site from those of elsewhere.
func (p *project) part(paths []string) (inside, outside selection, err error) {
	content, _ := filepath.EvalSymlinks(p.folder(contentFolder))
	if content != "" {
		if content, err = filepath.Abs(content); err != nil {
			return inside, outside, err
		}
	}
	asked := map[string]bool{}
	for _, name := range paths {
		info, err := os.Stat(name)
		if err != nil {
			return inside, outside, usage{err}
		}
		if below, ok := within(content, name); ok {
			asked[askedFor(below, info.IsDir())] = true
			continue
		}
		root := archive.Root{Dir: name}
		if !info.IsDir() {
			root = archive.Root{Dir: filepath.Dir(name), Files: []string{filepath.Base(name)}}
		}
		outside.roots = append(outside.roots, root)
	}
	outside.wanted = func(string) bool { return true }
	if len(asked) > 0 {
		inside.roots = []archive.Root{{Dir: content}}
		inside.wanted = func(file string) bool { return holds(asked, file) }
	}
	return inside, outside, nil
}

// within is a path below a folder, slash-separated; "." is the folder itself.
func within(folder, name string) (string, bool) {
	if folder == "" {
		return "", false
	}
	abs, err := filepath.Abs(name)
	if err != nil {
		return "", false
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		abs = real
	}
	rel, err := filepath.Rel(folder, abs)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}

// askedFor is a path below content/ as holds looks it up: a file stands for its edited and its original form alike.
func askedFor(name string, folder bool) string {
	if folder {
		return name + "/"
	}
	return strings.TrimSuffix(name, path.Ext(name))
}

// holds reports whether a file was asked for, or a folder above it.
func holds(asked map[string]bool, file string) bool {
	if asked[askedFor(file, false)] {
		return true
	}
	folder := path.Dir(file)
	for folder != "." && !asked[folder+"/"] {
		folder = path.Dir(folder)
	}
	return asked[folder+"/"]
}

// show prints the wanted articles of an archive in the order of their files.
func (i *inspectFlags) show(ctx context.Context, p *project, some selection, out io.Writer) (found diag.List, err error) {
	o := p.reading()
	o.Roots, o.Plain, o.Drafts, o.Private = some.roots, i.plain, true, true
	a, err := archive.Open(ctx, o)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	shown := 0
	for _, n := range a.ByPath() {
		if !some.wanted(a.Cards[n].File) {
			continue
		}
		shown++
		line, err := inspected(a, n)
		if err != nil {
			return nil, err
		}
		if err := encoder.Encode(line); err != nil {
			return nil, err
		}
	}
	if shown == 0 {
		fmt.Fprintf(i.stderr, "no article in what was named: %s\n", articleNames)
	}
	return slices.DeleteFunc(a.Found, func(d diag.Diagnostic) bool {
		file := strings.TrimPrefix(d.File, contentFolder+"/")
		return d.Severity != diag.Error && !some.wanted(file)
	}), nil
}

// article is what inspect prints of one article; tools rely on these keys.
type article struct {
	File        string            `json:"file"`
	ID          string            `json:"id"`
	URL         string            `json:"url"`
	Title       string            `json:"title"`
	Deck        string            `json:"deck,omitempty"`
	Authors     []string          `json:"authors"`
	Byline      string            `json:"byline,omitempty"`
	Credit      string            `json:"credit"`
	Signed      string            `json:"signed,omitempty"`
	Dateline    string            `json:"dateline"`
	Date        string            `json:"date"`
	DateFrom    string            `json:"date_from"`
	From        map[string]string `json:"from"`
	Language    string            `json:"language"`
	Publication string            `json:"publication,omitempty"`
	Section     string            `json:"section,omitempty"`
	Genre       string            `json:"genre,omitempty"`
	Source      string            `json:"source,omitempty"`
	License     string            `json:"license,omitempty"`
	Rights      news.Rights       `json:"rights"`
	Draft       bool              `json:"draft,omitempty"`
	SHA256      string            `json:"sha256"`
	Legibility  int               `json:"legibility,omitempty"` // per cent of the text that reads as words
	Markdown    string            `json:"markdown"`
	Text        string            `json:"text"`
	Removed     []news.Removal    `json:"removed"`
	Mentions    []mention         `json:"mentions"`
	Entities    []entity          `json:"entities"`
	Tags        []*news.Tag       `json:"tags"`
	AlsoRan     []string          `json:"also_ran,omitempty"` // ids of the same story
}

// mention is a span of Text that names an entity; Entity is "" for a bare surname.
type mention struct {
	news.Span
	Kind   news.Kind `json:"kind"`
	Text   string    `json:"text"`
	Entity string    `json:"entity"`
	Sense  string    `json:"sense,omitempty"`
}

// entity is a person, place or organization of one article.
type entity struct {
	ID       string    `json:"id"`
	Kind     news.Kind `json:"kind"`
	Name     string    `json:"name"`
	Surfaces []string  `json:"surfaces"`
	Role     string    `json:"role"` // about or mentions

	Country     string    `json:"country,omitempty"`     // of a place, where it is known
	Coordinates []float64 `json:"coordinates,omitempty"` // degrees north and east
}

// inspected is what is known of card n.
func inspected(a *archive.Archive, n int) (article, error) {
	found, err := a.Article(n)
	if err != nil {
		return article{}, err
	}
	text := markdown.Parse([]byte(found.Body)).Text()
	line := article{
		File: found.File, ID: found.ID, URL: a.URLs[n], Title: found.Title, Deck: found.Deck,
		Authors: list(found.Byline.Authors), Byline: found.Byline.Printed, Credit: found.Byline.Credit, Signed: found.Signed,
		Dateline: found.Dateline.Printed, Date: found.Date.String(), DateFrom: found.From["date"], From: found.From,
		Language: found.Language, Publication: found.Publication, Section: found.Section, Genre: found.Genre,
		Source: found.Source, License: found.License, Rights: found.Rights, Draft: found.Draft, SHA256: found.SHA256, Legibility: found.Legibility,
		Markdown: found.Body, Text: text, Removed: list(found.Removed),
		Mentions: []mention{}, Entities: entities(a, n), Tags: list(a.Cards[n].Tags),
	}
	for _, i := range a.AlsoRan[n] {
		line.AlsoRan = append(line.AlsoRan, a.Cards[i].ID)
	}
	for _, m := range found.Mentions {
		said := mention{Span: m.Span, Kind: m.Kind, Text: text[m.Start:m.End], Sense: m.Sense}
		if e := a.Of[n][m.Cluster]; e >= 0 {
			said.Entity = a.Entities[e].ID
		}
		line.Mentions = append(line.Mentions, said)
	}
	return line, nil
}

// entities is what card n names, each entity once with all its forms.
func entities(a *archive.Archive, n int) []entity {
	named := []entity{}
	at := map[int32]int{}
	for c, cluster := range a.Cards[n].Clusters {
		e := a.Of[n][c]
		if i, seen := at[e]; seen && e >= 0 {
			named[i].Surfaces = append(named[i].Surfaces, texts(cluster.Surfaces)...)
			continue
		}
		said := entity{Kind: cluster.Kind, Name: cluster.Name, Surfaces: texts(cluster.Surfaces), Role: "mentions"}
		if e >= 0 {
			at[e] = len(named)
			said.ID, said.Name, said.Country = a.Entities[e].ID, a.Entities[e].Name, a.Entities[e].Country
			if at := a.Entities[e].At; at != nil {
				said.Coordinates = []float64{float64(at.Latitude) / news.Degree, float64(at.Longitude) / news.Degree}
			}
			if a.About(e, n) {
				said.Role = "about"
			}
		}
		named = append(named, said)
	}
	return named
}

// list is never nil, so that JSON has [] for nothing.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// texts is the forms alone, as the JSON has them.
func texts(forms []news.Spelling) []string {
	printed := make([]string, 0, len(forms))
	for _, form := range forms {
		printed = append(printed, form.Text)
	}
	return printed
}
