package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"broadsheet/generator/archive"
	"broadsheet/generator/diag"
	"broadsheet/generator/manifest"
	"broadsheet/generator/publish"
	"broadsheet/generator/site"
)

// publishFlags are those of publish.
type publishFlags struct {
	*buildFlags
	dryRun bool
}

func publishCommand(f *flags) *cobra.Command {
	p := &publishFlags{buildFlags: &buildFlags{flags: f}}
	c := &cobra.Command{
		Use:   "publish [TARGET]",
		Short: "Bring the site that was built to a directory, and record its addresses",
		Long: "Publish copies what is new or has changed to a directory, such as one that a web server serves, and removes what it put\n" +
			"there before and the site has no more. Nothing else there is touched, and one that was broken off is finished by the next.\n" +
			"TARGET is publish.target of site.toml when left out.\n\n" +
			"Then it notes every address in content/urls.tsv: commit that file with your articles. It keeps the addresses of names\n" +
			"where they are, and lets those of articles that move lead to where they went.",
		Example: "  broadsheet build && broadsheet publish /var/www/archive\n  broadsheet publish --dry-run /var/www/archive",
		Args:    arguments(cobra.MaximumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			return p.run(c.Context(), strings.Join(args, ""), c.OutOrStdout())
		},
	}
	c.Flags().BoolVar(&p.dryRun, "dry-run", false, "print what would be copied and removed, and do neither")
	c.Flags().StringVar(&p.baseURL, "base-url", "", "address that the site was built for, where that is not base_url in site.toml")
	return c
}

func (p *publishFlags) run(ctx context.Context, target string, stdout io.Writer) (err error) {
	o, err := p.open()
	if err == nil {
		err = o.found.Err()
	}
	if err != nil {
		return err
	}
	if target, err = o.target(target); err != nil {
		return err
	}
	unlock, err := site.Lock(o.folder(stateFolder))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	in, err := archive.Look(ctx, o.read)
	if err != nil {
		return err
	}
	a, err := in.Open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if err := o.needBuilt(ctx, a); err != nil {
		return err
	}
	want, err := site.Record(o.out, o.folder(stateFolder))
	if err != nil {
		return err
	}
	to, err := publish.OpenDirectory(target, append(o.sources(), o.out, o.folder(stateFolder))...)
	if err != nil {
		return err
	}
	d, err := to.Compare(want)
	if err != nil {
		return err
	}
	if p.dryRun {
		printDifference(stdout, d)
		return nil
	}
	if err := to.Apply(ctx, d, want, os.DirFS(o.out), newProgress(p.stderr).phase("publishing")); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "published to %s: %d new, %d changed, %d removed, of %s\n",
		filepath.ToSlash(target), len(d.New), len(d.Changed), len(d.Gone), plural(len(want), "file"))
	return o.record(in, a, stdout)
}

// target is the directory to publish to: as it was given, else as the settings have it, from the site's folder.
func (p *project) target(given string) (string, error) {
	target := given
	if target == "" {
		target = p.settings.Publish.Target
	}
	_, elsewhere, hasScheme := strings.Cut(target, "://")
	switch {
	case target == "":
		return "", usage{errors.New("publish to which directory? Name one, or set publish.target in site.toml")}
	case hasScheme && elsewhere != "", strings.HasPrefix(target, "git@"):
		return "", usage{fmt.Errorf("%s is no directory, and nothing else can be published to yet; bring %s there with a tool of that host", target, filepath.ToSlash(p.out))}
	case given == "" && !filepath.IsAbs(target):
		return p.folder(target), nil
	}
	return target, nil
}

// needBuilt refuses a site that is not as a build now would make it.
func (o *order) needBuilt(ctx context.Context, a *archive.Archive) error {
	if err := a.Found.Err(); err != nil {
		return err
	}
	out, err := site.FindLast(o.write)
	if err != nil {
		return err
	}
	if out.MadeOf(a.Inputs) || out.MadeOf(o.beforeNote(a.Inputs)) {
		if _, unchanged, err := out.Unchanged(ctx); unchanged || err != nil {
			return err
		}
	}
	return diag.Fail(filepath.ToSlash(o.out), "the site is not as a build now would make it").
		WithHint("run: broadsheet build, with the same --base-url; drafts are not published")
}

// record writes down which addresses have been published.
func (p *project) record(in *archive.Inputs, a *archive.Archive, stdout io.Writer) error {
	if n := len(a.Lost); n > 0 {
		fmt.Fprintf(stdout, "%s nowhere; to see which: broadsheet check\n", leading(n))
	}
	file := filepath.Join(p.folder(contentFolder), archive.PublishedFile)
	before, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	now := a.Addresses().Append(nil)
	if bytes.Equal(before, now) {
		return nil
	}
	if err := errors.Join(p.note(a.Inputs, in.Noted(now)), replaceFile(file, now)); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "noted the addresses in %s/%s: keep that file with the articles\n", contentFolder, archive.PublishedFile)
	return nil
}

// Publishing changes a file that the site is made from. Until something else does, what was built is as good for another target:
// the state folder's file "published" holds the keys of the inputs before and after, as hex, a line each.

func (p *project) noteFile() string { return filepath.Join(p.folder(stateFolder), "published") }

// note keeps the first of the keys that came one after the other.
func (p *project) note(before, after manifest.Digest) error {
	if first := p.beforeNote(before); first != (manifest.Digest{}) {
		before = first
	}
	return replaceFile(p.noteFile(), fmt.Appendf(nil, "%s\n%s\n", before, after))
}

// beforeNote is the key that the inputs of a key had before their addresses were noted; of others it is the zero Digest.
func (p *project) beforeNote(key manifest.Digest) (before manifest.Digest) {
	b, err := os.ReadFile(p.noteFile())
	if keys := bytes.Fields(b); err == nil && len(keys) == 2 && string(keys[1]) == key.String() {
		before, _ = manifest.ParseDigest(string(keys[0]))
	}
	return before
}

// replaceFile puts a file in place, whole.
func replaceFile(name string, content []byte) error {
	part := name + ".part"
	if err := os.WriteFile(part, content, 0o666); err != nil {
		return err
	}
	return os.Rename(part, name)
}

// printDifference prints what would be done, a line a file.
func printDifference(w io.Writer, d *publish.Difference) {
	for _, e := range d.New {
		fmt.Fprintln(w, "new    ", e.Path)
	}
	for _, e := range d.Changed {
		fmt.Fprintln(w, "changed", e.Path)
	}
	for _, path := range d.Gone {
		fmt.Fprintln(w, "removed", path)
	}
	fmt.Fprintf(w, "%d new, %d changed, %d removed; %d kB to copy\n", len(d.New), len(d.Changed), len(d.Gone), (d.Bytes()+1023)>>10)
}
