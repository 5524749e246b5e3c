package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/contentconv/contentconv/limits"
)

// arguments are the flags and operands of the command.
type arguments struct {
	input, output string // output is "-" for standard output
	from, to      string
	reject        bool
	trusted       bool
	tnef          bool
	verbose       bool
	trace, dsn    string
	body          string
	limits        limits.Limits
}

// A usageError is a mistake in the command line.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

func usagef(format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...)}
}

var errHelp = errors.New("help")

// The formats that can be read and written so far.
var (
	inputFormats  = []string{"eml", "msg", "tnef", "ics"}
	outputFormats = []string{"eml", "msg", "tnef", "ics", "json"}
)

func parseArguments(args []string, stderr io.Writer) (*arguments, error) {
	a := new(arguments)
	fs := flag.NewFlagSet("contentconv", flag.ContinueOnError)
	fs.SetOutput(stderr)
	fs.Usage = func() {
		fmt.Fprintf(stderr, "usage: contentconv [flags] INPUT [OUTPUT]\n\n")
		fs.PrintDefaults()
	}
	fs.StringVar(&a.to, "to", "", "output `format`: "+strings.Join(outputFormats, ", "))
	fs.StringVar(&a.from, "from", "", "input `format`: "+strings.Join(inputFormats, ", ")+"; recognised by default")
	fs.BoolVar(&a.reject, "reject", false, "fail for malformed input instead of repairing it")
	fs.BoolVar(&a.trusted, "trusted", false, "the input comes from inside the organisation")
	fs.BoolVar(&a.tnef, "tnef", false, "an eml carries the whole message in a winmail.dat")
	fs.BoolVar(&a.verbose, "v", false, "print diagnostics on standard error")
	fs.StringVar(&a.body, "body", "best", "bodies of an eml: `best`, plain, html or both")
	fs.StringVar(&a.trace, "trace", "", "write a trace of a failure below this `directory`")
	fs.StringVar(&a.dsn, "dsn", "", "write the notification for an inbound failure to this `file`")
	fs.Func("limit", "set the limit `NAME=VALUE` (-1 is none); repeatable", a.setLimit)
	if err := fs.Parse(args); err != nil {
		return nil, errHelp // the flag set has printed what is wrong
	}
	switch fs.NArg() {
	case 1:
		a.input, a.output = fs.Arg(0), "-"
	case 2:
		a.input, a.output = fs.Arg(0), fs.Arg(1)
	default:
		fs.Usage()
		return nil, errHelp
	}
	return a, a.checkFormats()
}

func (a *arguments) setLimit(s string) error {
	name, value, ok := strings.Cut(s, "=")
	n, err := strconv.ParseInt(value, 10, 64)
	if !ok || err != nil {
		return errors.New("not of the form NAME=VALUE")
	}
	if !a.limits.Set(name, n) {
		return fmt.Errorf("no limit is named %q", name)
	}
	return nil
}

func (a *arguments) checkFormats() error {
	if a.to == "" {
		a.to = strings.TrimPrefix(strings.ToLower(filepath.Ext(a.output)), ".")
		if isWinmail(a.output) {
			a.to = "tnef"
		}
	}
	switch {
	case a.to == "":
		return usagef("the output format is not known: use -to")
	case !slices.Contains(outputFormats, a.to):
		return usagef("output format %q is not one of %s", a.to, strings.Join(outputFormats, ", "))
	case !validBody(a.body):
		return usagef("-body is best, plain, html or both, not %q", a.body)
	case a.from != "" && !slices.Contains(inputFormats, a.from):
		return usagef("input format %q is not one of %s", a.from, strings.Join(inputFormats, ", "))
	}
	return nil
}

// isWinmail reports whether a file has the name that TNEF streams have in mail.
func isWinmail(path string) bool { return strings.EqualFold(filepath.Base(path), "winmail.dat") }

func validBody(s string) bool {
	_, ok := bodyFormats[s]
	return ok
}
