// Broadsheet makes a site of plain files from a folder of news articles. This package is the command: one file per
// subcommand, flags, and exit codes. The work is done in the packages below it; see CONTRIBUTING.md.
//
// Exit codes: 0 all is well; 1 something in the site must be mended; 2 the command was not understood; 3 the machine
// failed (a full disk, no permission).
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/pprof"
	"runtime/trace"
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
	return exitCode(root.ExecuteContext(ctx), stderr)
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
	root.PersistentPostRunE = func(*cobra.Command, []string) error { return f.stopProfiles() }
	p := root.PersistentFlags()
	p.StringVar(&f.site, "site", ".", "folder with content/ and site.toml")
	p.StringVar(&f.out, "out", "", "output folder (default: public in the site's folder)")
	p.StringVar(&f.cpuProfile, "cpuprofile", "", "write a CPU profile to this file, for go tool pprof")
	p.StringVar(&f.trace, "trace", "", "write an execution trace to this file, for go tool trace")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage{err} })
	root.AddCommand(buildCommand(f), serveCommand(f), inspectCommand(f), checkCommand(f), newCommand(), versionCommand())
	return root
}

// usage is an error of the command line itself.
type usage struct{ error }

// faulty says that messages were printed and the command must not succeed.
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
		return exitFault
	case author:
		list.Sorted().Write(stderr)
		return exitFault
	case errors.As(err, &bad), isUsage(err):
		fmt.Fprintf(stderr, "broadsheet: %v\n  hint: broadsheet help\n", err)
		return exitUsage
	}
	fmt.Fprintf(stderr, "broadsheet: %v\n", err)
	return exitMachine
}

// isUsage recognises cobra's own complaint about an unknown command, which has no type.
func isUsage(err error) bool {
	const unknown = "unknown command"
	return len(err.Error()) > len(unknown) && err.Error()[:len(unknown)] == unknown
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
	if f.cpuProfile != "" {
		w, err := os.Create(f.cpuProfile)
		if err != nil {
			return err
		}
		if err := pprof.StartCPUProfile(w); err != nil {
			return err
		}
		f.stop = append(f.stop, func() error { pprof.StopCPUProfile(); return w.Close() })
	}
	if f.trace != "" {
		w, err := os.Create(f.trace)
		if err != nil {
			return err
		}
		if err := trace.Start(w); err != nil {
			return err
		}
		f.stop = append(f.stop, func() error { trace.Stop(); return w.Close() })
	}
	return nil
}

func (f *flags) stopProfiles() error {
	var err error
	for _, stop := range f.stop {
		err = errors.Join(err, stop())
	}
	return err
}
