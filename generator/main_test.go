package main

import (
	"context"
	"fmt"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"broadsheet/generator/frontmatter"
	"broadsheet/generator/golden"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"broadsheet": func() { os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

// TestScripts runs the command as a person would; each script in testdata/script is a small site and what is done
// with it.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", UpdateScripts: *golden.Update, RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"same":  same,
			"write": writeBytes,
		},
	})
}

// same compares two folders: same DIR DIR.
func same(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: same DIR DIR")
	}
	difference := compareTrees(folder(ts, args[0]), folder(ts, args[1]))
	if neg == (difference == "") {
		ts.Fatalf("%s and %s: %q", args[0], args[1], difference)
	}
}

func folder(ts *testscript.TestScript, dir string) map[string]string {
	files, err := golden.Tree(ts.MkAbs(dir))
	ts.Check(err)
	return files
}

// writeBytes writes a Go string literal, as often as wanted: write FILE LITERAL [TIMES].
func writeBytes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: write FILE LITERAL [TIMES]")
	}
	text, err := strconv.Unquote(args[1])
	ts.Check(err)
	times := 1
	if len(args) > 2 {
		times, err = strconv.Atoi(args[2])
		ts.Check(err)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Repeat(text, times)), 0o666))
}

// rows is the order of the packages: each imports from lower rows alone. main may import all of them.
var rows = map[string]int{
	"site":    3,
	"archive": 2, "intake": 2, "render": 2,
	"config": 1, "ingest": 1, "markdown": 1, "frontmatter": 1, "entity": 1, "tag": 1, "related": 1, "search": 1,
	"watch": 1, "serve": 1, "publish": 1, "published": 1, "export": 1, "check": 1,
	"news": 0, "manifest": 0, "diag": 0, "prose": 0, "golden": 0,
}

// TestLayers holds the table above: imports go down, never sideways, and only main knows the settings and the theme.
// It reads the imports itself, since a go list run as a child would be unseen by the test cache.
func TestLayers(t *testing.T) {
	imports := packageImports(t)
	if len(imports) < 10 {
		t.Fatalf("found only %d packages", len(imports))
	}
	for pkg, imported := range imports {
		row, known := rows[strings.Split(pkg, "/")[0]]
		if !known {
			t.Errorf("package %s is in no row", pkg)
		}
		for _, other := range imported {
			if strings.Split(pkg, "/")[0] == strings.Split(other, "/")[0] {
				continue // a package and its own subfolders
			}
			if under, ok := rows[other]; !ok || under >= row {
				t.Errorf("%s (row %d) imports %s", pkg, row, other)
			}
			if other == "config" {
				t.Errorf("%s imports config; only main does, and hands each package options of its own", pkg)
			}
		}
	}
}

// packageImports lists, for each package below generator, which others of the module it imports, tests left out.
func packageImports(t *testing.T) map[string][]string {
	t.Helper()
	imports := map[string][]string{}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") || filepath.Dir(name) == "." {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		pkg := filepath.ToSlash(filepath.Dir(name))
		imports[pkg] = append(imports[pkg], nil...)
		for _, spec := range file.Imports {
			if other, ours := strings.CutPrefix(strings.Trim(spec.Path.Value, `"`), "broadsheet/"); ours {
				imports[pkg] = append(imports[pkg], strings.TrimPrefix(other, "generator/"))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return imports
}

// TestEveryPackageIsDescribed holds each package to a comment that says what may be relied on.
func TestEveryPackageIsDescribed(t *testing.T) {
	described := map[string]bool{}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments|parser.PackageClauseOnly)
		if err != nil {
			return err
		}
		dir := path.Dir(filepath.ToSlash(name))
		described[dir] = described[dir] || file.Doc != nil
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for dir, has := range described {
		if !has {
			t.Errorf("%s has no package comment", dir)
		}
	}
}

// TestReadmeHasEveryCommandAndFlag keeps the README whole.
func TestReadmeHasEveryCommandAndFlag(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	words := map[string]bool{}
	for _, word := range regexp.MustCompile("`[^`\n]+`|broadsheet [a-z]+").FindAllString(string(readme), -1) {
		for _, part := range strings.Fields(strings.Trim(word, "`")) {
			words[strings.Trim(part, "[],")] = true
		}
	}
	root := command(&flags{})
	for _, c := range append([]*cobra.Command{root}, root.Commands()...) {
		if c != root && !words[c.Name()] {
			t.Errorf("README.md does not name the command %s", c.Name())
		}
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if !words["--"+f.Name] && f.Name != "help" {
				t.Errorf("README.md does not name the flag --%s of %s", f.Name, c.Name())
			}
		})
		if c != root && c.Example == "" {
			t.Errorf("%s has no example in its help", c.Name())
		}
	}
}

// TestReadmeHasEveryKey keeps the README's account of front matter whole.
func TestReadmeHasEveryKey(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range frontmatter.Keys() {
		if !strings.Contains(string(readme), "`"+key.Name+"`") {
			t.Errorf("README.md does not name the key `%s`", key.Name)
		}
	}
}

// TestFailuresOfTheMachine holds that what only the machine can be blamed for ends with 3 and says what a person can do.
func TestFailuresOfTheMachine(t *testing.T) {
	for reason, hint := range map[error]string{syscall.ENOSPC: "free some space", syscall.EROFS: "choose a folder elsewhere", syscall.EACCES: "who owns", io.ErrUnexpectedEOF: ""} {
		var said strings.Builder
		err := fmt.Errorf("writing: %w", &fs.PathError{Op: "write", Path: "public/a.html", Err: reason})
		if code := exitCode(err, &said); code != exitMachine || !strings.Contains(said.String(), hint) || (hint == "") == strings.Contains(said.String(), "hint: ") {
			t.Errorf("%v: %d\n%s", reason, code, said.String())
		}
	}
}
