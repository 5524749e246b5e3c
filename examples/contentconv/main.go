// Contentconv converts one message between the formats eml, msg and json.
//
//	contentconv [flags] INPUT [OUTPUT]
//	contentconv trace DIR [ID [OUTPUT]]
//
// INPUT is recognised by its content, the output format by -to or by OUTPUT's
// extension. "-" is standard input or output, and no OUTPUT is standard output.
// The second form lists what -trace has left in DIR, shows one failure, or converts
// its message again. The exit status is 0 when the message was converted, 1 when
// that failed, with one line on standard error, and 2 for wrong usage.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"unicode"
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
	if len(args) > 0 && args[0] == "trace" {
		return exitStatus(stderr, "trace", runTrace(ctx, args[1:], stdout, stderr))
	}
	a, err := parseArguments(args, stderr)
	if err != nil {
		if !errors.Is(err, errHelp) {
			sayLine(stderr, "%v", err)
		}
		return exitUsage
	}
	return exitStatus(stderr, a.input, a.convert(ctx, stdin, stdout, stderr))
}

// exitStatus says what went wrong with a conversion, if anything, and returns the
// status for it.
func exitStatus(stderr io.Writer, input string, err error) int {
	var usage *usageError
	switch {
	case err == nil:
		return exitConverted
	case errors.As(err, &usage):
		sayLine(stderr, "%v", err)
		return exitUsage
	}
	sayLine(stderr, "%s: %v", input, err)
	return exitFailed
}

// sayLine writes one line. Line breaks in it become blanks, and other characters
// that a terminal might obey become question marks: names of files and texts of
// errors come from outside.
func sayLine(w io.Writer, format string, args ...any) {
	text := strings.Join(strings.Fields(fmt.Sprintf(format, args...)), " ")
	text = strings.Map(func(r rune) rune {
		if !unicode.IsGraphic(r) {
			return '?'
		}
		return r
	}, text)
	fmt.Fprintf(w, "contentconv: %s\n", text)
}
