// Broadsheet makes a site of plain files from a folder of news articles. This package is the command: one file per
// subcommand, flags, and exit codes. The work is done in the packages below it; see CONTRIBUTING.md.
//
// Exit codes: 0 all is well; 1 something in the site must be mended; 2 the command was not understood; 3 the machine
// failed (a full disk, no permission) or the work was interrupted. Ctrl-C is how serve and build --watch end: with 0.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"runtime/pprof"
	"runtime/trace"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"broadsheet/generator/diag"
)

const (
	exitFault   = 1
	exitUsage   = 2
	exitMachine = 3
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run executes one command line and returns its exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	f := &flags{stderr: stderr}
	root := command(f)
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	code := exitCode(root.ExecuteContext(ctx), stderr)
	return max(code, exitCode(f.stopProfiles(), stderr))
}

// flags are those every command takes.
type flags struct {
	site       string
	out        string
	cpuProfile string
	trace      string

	stderr io.Writer
	stop   []func() error // ends the profiles
}

func command(f *flags) *cobra.Command {
	root := &cobra.Command{
		Use:           "broadsheet",
		Short:         "A static site generator for news archives",
		Long:          "Broadsheet turns a folder of news articles into a site of plain files, with the people, places and\norganizations in them, dates, tags and feeds. Start with: broadsheet new DIR",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.PersistentPreRunE = func(*cobra.Command, []string) error { return f.startProfiles() }
	p := root.PersistentFlags()
	p.StringVar(&f.site, "site", ".", "folder with content/ and site.toml")
	p.StringVar(&f.out, "out", "", "output folder (default: public in the site's folder)")
	p.StringVar(&f.cpuProfile, "cpuprofile", "", "write a CPU profile to this file, for go tool pprof")
	p.StringVar(&f.trace, "trace", "", "write an execution trace to this file, for go tool trace")
	root.SetHelpCommand(helpCommand())
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage{err} })
	root.AddCommand(buildCommand(f), serveCommand(f), importCommand(f), inspectCommand(f), reviewCommand(f), checkCommand(f), searchCommand(f), publishCommand(f), newCommand(), versionCommand())
	return root
}

// helpCommand is cobra's own, but that a command nobody knows is an error.
func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND]",
		Short:   "Explain a command",
		Example: "  broadsheet help build",
		RunE: func(c *cobra.Command, args []string) error {
			about, rest, err := c.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return usage{fmt.Errorf("unknown command %q", strings.Join(args, " "))}
			}
			about.InitDefaultHelpFlag()
			return about.Help()
		},
	}
}

// usage is an error of the command line itself.
type usage struct{ error }

// errFaulty says that messages were printed and the command must not succeed.
var errFaulty = errors.New("faults were found")

// exitCode prints what ended a command, and says how.
func exitCode(err error, stderr io.Writer) int {
	var bad usage
	list, author := diag.AsList(err)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errFaulty):
		return exitFault
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "broadsheet: interrupted")
		return exitMachine
	case author:
		list.Sorted().Write(stderr)
		return exitFault
	case errors.As(err, &bad), isUsage(err):
		fmt.Fprintf(stderr, "broadsheet: %v\n  hint: broadsheet help\n", err)
		return exitUsage
	}
	fmt.Fprintf(stderr, "broadsheet: %v\n", err)
	if hint := machineHint(err); hint != "" {
		fmt.Fprintf(stderr, "  hint: %s\n", hint)
	}
	return exitMachine
}

// machineHint is what a person can do about a failure of the machine, where that is plain; else "".
func machineHint(err error) string {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return "the disk is full: free some space on it and run this again; what was there before stands"
	case errors.Is(err, syscall.EROFS):
		return "the disk can only be read: choose a folder elsewhere"
	case errors.Is(err, fs.ErrPermission):
		return "see who owns that file or folder, and who may write to it"
	}
	return ""
}

// isUsage recognises cobra's own complaint about an unknown command, which has no type.
func isUsage(err error) bool {
	return strings.HasPrefix(err.Error(), "unknown command")
}

// arguments makes a wrong number of arguments an error of usage.
func arguments(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if err := check(c, args); err != nil {
			return usage{err}
		}
		return nil
	}
}

func (f *flags) startProfiles() error {
	return errors.Join(
		f.startProfile(f.cpuProfile, pprof.StartCPUProfile, pprof.StopCPUProfile),
		f.startProfile(f.trace, trace.Start, trace.Stop),
	)
}

func (f *flags) startProfile(name string, start func(io.Writer) error, stop func()) error {
	if name == "" {
		return nil
	}
	w, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := start(w); err != nil {
		return errors.Join(err, w.Close())
	}
	f.stop = append(f.stop, func() error { stop(); return w.Close() })
	return nil
}

// stopProfiles is called however the command ended: a profile of a build that failed is wanted most.
func (f *flags) stopProfiles() error {
	var err error
	for _, stop := range f.stop {
		err = errors.Join(err, stop())
	}
	return err
}
