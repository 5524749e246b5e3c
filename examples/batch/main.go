// Batch converts many messages: .eml files to .msg files and the other way.
//
//	batch [flags] OUTPUT INPUT ...
//
// An INPUT is a file, an mbox file, or a folder with any of them at any depth, a
// Maildir for one; what a file is shows in its content. OUTPUT is a folder, which
// mirrors what was converted. One message that fails stops no other: the summary
// says how many failed and why, and the exit status is 1 then. A run that was
// interrupted goes on where it was when it is started again.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	"github.com/schollz/progressbar/v3"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// The exit statuses.
const (
	exitConverted = 0
	exitFailed    = 1 // messages failed, or the run was interrupted
	exitUsage     = 2
)

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	b := new(batch)
	f := flag.NewFlagSet("batch", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.IntVar(&b.workers, "workers", runtime.GOMAXPROCS(0), "convert so `many` messages at once")
	f.BoolVar(&b.retry, "retry", false, "try those again that failed in an earlier run")
	quiet := f.Bool("quiet", false, "show no progress")
	if err := f.Parse(args); err != nil {
		return exitUsage
	}
	if f.NArg() < 2 || b.workers < 1 {
		fmt.Fprintln(stderr, "usage: batch [flags] OUTPUT INPUT ...")
		return exitUsage
	}
	b.progress = progress(stderr, *quiet)
	s, err := b.run(ctx, f.Arg(0), f.Args()[1:])
	b.progress.finish()
	if s != nil {
		s.print(stdout)
	}
	switch {
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "batch: interrupted; start it again to go on")
		return exitFailed
	case err != nil:
		fmt.Fprintf(stderr, "batch: %v\n", err)
		return exitFailed
	case s.failures() > 0:
		return exitFailed
	}
	return exitConverted
}

// A meter shows how far the run is, on a terminal.
type meter struct{ bar *progressbar.ProgressBar } // nil shows nothing

func progress(w io.Writer, quiet bool) meter {
	f, ok := w.(*os.File)
	if quiet || !ok {
		return meter{}
	}
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return meter{}
	}
	return meter{progressbar.NewOptions64(-1,
		progressbar.OptionSetWriter(f),
		progressbar.OptionSetDescription("converting"),
		progressbar.OptionShowCount(),
		progressbar.OptionShowIts(),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
	)}
}

func (m meter) total(n int) {
	if m.bar != nil {
		m.bar.ChangeMax(n)
	}
}

func (m meter) add() {
	if m.bar != nil {
		_ = m.bar.Add(1)
	}
}

func (m meter) finish() {
	if m.bar != nil {
		_ = m.bar.Finish()
	}
}
