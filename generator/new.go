package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"broadsheet/generator/config"
	"broadsheet/generator/diag"
)

func newCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "new DIR",
		Short:   "Start a site in a new folder",
		Long:    "New makes a folder with a site.toml to fill in, a first article and an about page. It never replaces a file.",
		Example: "  broadsheet new chronicle\n  broadsheet build --site chronicle",
		Args:    arguments(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			if err := newSite(args[0]); err != nil {
				return err
			}
			_, err := fmt.Fprintf(c.OutOrStdout(), "made %s: put articles into %s and run: broadsheet build --site %s\n",
				args[0], filepath.Join(args[0], contentFolder), args[0])
			return err
		},
	}
}

// starter is the files of a new site.
var starter = []struct{ name, content string }{
	{config.File, `# Every setting has a default; the README lists them all.
title = "Our archive"
# base_url = "https://example.org/archive/"    # where the site will stand: feeds and the sitemap need it
# publication = "The name of the paper"        # where the whole site is one paper
# contact = "mailto:archive@example.org"
menu = [{ label = "About", url = "about.html" }]
`},
	{"content/first-article.txt", `How to fill this archive

Put the text of each article into a file of its own in the folder content, as you have it: the headline on the first line, then whatever the page had, then the story. Folders are yours to choose; most archives have one a year.

Lines that are no part of the story, such as menus and calls to subscribe, are taken out and kept on record. What the program finds out about an article, and why, is shown by the command inspect.

If it gets a headline or a date wrong, write a file of the same name ending in .toml beside the article, with title or date in it. What you write there always wins.
`},
	{"content/first-article.toml", `# What you say about an article wins over what the program found.
tags = ["Start here"]
`},
	{"content/pages/about.md", `# About this archive

Say here where the articles come from, what is complete and what is missing, and who may use them.
`},
	{".gitignore", "/public/\n/.broadsheet/\n"},
}

// newSite writes the starter into a folder that has no site yet.
func newSite(dir string) error {
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return *needFolder(dir)
	}
	for _, taken := range []string{config.File, contentFolder} {
		if _, err := os.Lstat(filepath.Join(dir, taken)); !errors.Is(err, fs.ErrNotExist) {
			if err != nil {
				return err
			}
			return diag.Fail(filepath.ToSlash(filepath.Join(dir, taken)), "there is a site here already").WithHint("choose another folder")
		}
	}
	for _, f := range starter {
		name := filepath.Join(dir, filepath.FromSlash(f.name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			return err
		}
		if _, err := os.Lstat(name); err == nil {
			continue
		}
		if err := os.WriteFile(name, []byte(f.content), 0o666); err != nil {
			return err
		}
	}
	return nil
}
