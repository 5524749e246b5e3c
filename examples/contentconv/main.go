// Contentconv converts one message between the formats eml, msg and json.
//
//	contentconv [flags] INPUT [OUTPUT]
//
// INPUT is recognised by its content, the output format by -to or by OUTPUT's
// extension. "-" is standard input or output, and no OUTPUT is standard output.
// The exit status is 0 when the message was converted, 1 when that failed, with
// one line on standard error, and 2 for wrong usage.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// The exit statuses.
const (
	exitConverted = 0
	exitFailed    = 1
	exitUsage     = 2
)

func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	a, err := parseArguments(args, stderr)
	if err != nil {
		if !errors.Is(err, errHelp) {
			fmt.Fprintf(stderr, "contentconv: %v\n", err)
		}
		return exitUsage
	}
	if err := a.convert(ctx, stdin, stdout, stderr); err != nil {
		var usage *usageError
		if errors.As(err, &usage) {
			fmt.Fprintf(stderr, "contentconv: %v\n", err)
			return exitUsage
		}
		fmt.Fprintf(stderr, "contentconv: %s: %s\n", a.input, oneLine(err))
		return exitFailed
	}
	return exitConverted
}

// oneLine returns the error's text without line breaks.
func oneLine(err error) string { return strings.Join(strings.Fields(err.Error()), " ") }
