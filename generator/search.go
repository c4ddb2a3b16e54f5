package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"broadsheet/generator/diag"
	"broadsheet/generator/search"
)

// searchFlags are those of search.
type searchFlags struct {
	*flags
	json   bool
	newest bool
	limit  int
}

func searchCommand(f *flags) *cobra.Command {
	s := &searchFlags{flags: f}
	c := &cobra.Command{
		Use:   "search QUERY...",
		Short: "Search the site that was built",
		Long: "Search reads the same index as the site's own search page, and finds the same articles in the same order. A query\n" +
			"may have \"phrases\", OR, -words, beginnings (kore*), person: place: org: tag: by: section:, and dates\n(2002-04..2003, before:2002, after:2002).",
		Example: "  broadsheet search summit talks\n  broadsheet search '\"sunshine policy\" -soccer 2000..2002'\n  broadsheet search --json 'person:\"Kim Jong Il\"'\n  broadsheet search -- korea -soccer",
		Args:    arguments(cobra.MinimumNArgs(1)),
		RunE:    func(c *cobra.Command, args []string) error { return s.run(strings.Join(args, " "), c.OutOrStdout()) },
	}
	c.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
		return usage{fmt.Errorf("%w; a query with -words stands behind --, as in: broadsheet search -- korea -soccer", err)}
	})
	p := c.Flags()
	p.BoolVar(&s.json, "json", false, "print JSON Lines: what was found, then one object a hit")
	p.BoolVar(&s.newest, "newest", false, "the newest first, not the best")
	p.IntVar(&s.limit, "limit", 10, "hits to print")
	return c
}

func (s *searchFlags) run(query string, stdout io.Writer) error {
	p, err := openSettings(s.flags)
	if err != nil {
		return err
	}
	folder := filepath.Join(p.out, "search")
	index, err := search.Open(func(name string, from, size int) ([]byte, error) {
		return readPart(filepath.Join(folder, filepath.FromSlash(name)), from, size)
	})
	if errors.Is(err, fs.ErrNotExist) {
		return p.noIndex()
	}
	if err != nil {
		return fmt.Errorf("searching: %w", err)
	}
	r, err := index.Search(query, search.Options{Newest: s.newest, Limit: max(s.limit, 0)})
	if err != nil {
		return fmt.Errorf("searching: %w", err)
	}
	if s.json {
		return printFound(stdout, query, r)
	}
	return tellFound(stdout, r)
}

// noIndex says why there is no search index.
func (p *project) noIndex() error {
	missing := diag.Fail(filepath.ToSlash(p.out), "there is no search index")
	_, err := os.Stat(filepath.Join(p.out, "index.html"))
	switch {
	case !p.settings.Search.Enabled:
		return missing.WithHint("write enabled = true below [search] in site.toml, and run: broadsheet build")
	case err == nil:
		return missing.WithHint("a site without articles has none; put some into content/ and run: broadsheet build")
	}
	return missing.WithHint("run: broadsheet build")
}

// readPart reads size bytes of a file from one on, as far as it has them, or all where size is 0.
func readPart(name string, from, size int) ([]byte, error) {
	if size == 0 {
		return os.ReadFile(name)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.NewSectionReader(f, int64(from), int64(size)))
}

// printFound prints a result as JSON Lines.
func printFound(w io.Writer, query string, r search.Result) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	err := e.Encode(struct {
		Query      string          `json:"query"`
		Total      int             `json:"total"`
		Suggestion string          `json:"suggestion,omitempty"`
		Entities   []search.Entity `json:"entities,omitempty"`
		Years      []search.Year   `json:"years,omitempty"`
	}{query, r.Total, r.Suggestion, r.Entities, r.Years})
	for _, h := range r.Hits {
		if err == nil {
			err = e.Encode(h)
		}
	}
	return err
}

// tellFound prints a result for people.
func tellFound(w io.Writer, r search.Result) error {
	var b strings.Builder
	for _, e := range r.Entities {
		fmt.Fprintf(&b, "%s  %s (%s)\n\n", e.Name, e.ID, plural(e.Articles, "article"))
	}
	for _, h := range r.Hits {
		fmt.Fprintf(&b, "%-10s  %s\n            %s\n", h.Date, h.Title, h.URL)
	}
	switch {
	case r.Suggestion != "":
		fmt.Fprintf(&b, "nothing found; did you mean: %s\n", r.Suggestion)
	case r.Total == 0:
		fmt.Fprintln(&b, "nothing found")
	case len(r.Hits) < r.Total:
		fmt.Fprintf(&b, "%s found, %d shown; --limit shows more\n", plural(r.Total, "article"), len(r.Hits))
	default:
		fmt.Fprintf(&b, "%s found\n", plural(r.Total, "article"))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
