package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/contentconv/contentconv/trace"
)

// convert reads the input, converts it and writes the output.
func (a *arguments) convert(ctx context.Context, stdin io.Reader, stdout, stderr io.Writer) error {
	in, err := a.open(stdin)
	if err != nil {
		return err
	}
	defer in.Close()
	o, err := a.inboundOptions()
	if err != nil {
		return err
	}
	res, err := mime2mapi.Convert(ctx, in, o)
	if err != nil {
		return a.failed(err, stderr)
	}
	defer res.Close()
	err = a.writeOutput(stdout, func(w io.Writer) error { return writeJSON(ctx, w, res) })
	a.report(stderr, res.Diagnostics)
	return err
}

// open returns the input, whose format is known or recognised.
func (a *arguments) open(stdin io.Reader) (io.ReadCloser, error) {
	var f io.ReadCloser = io.NopCloser(stdin)
	if a.input != "-" {
		file, err := os.Open(a.input)
		if err != nil {
			return nil, plain(err)
		}
		f = file
	}
	head := make([]byte, 64)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		f.Close()
		return nil, plain(err)
	}
	head = head[:n]
	if a.from == "" {
		a.from = recognise(head)
	}
	if a.from != "eml" {
		f.Close()
		return nil, &diag.Error{Status: diag.StatusConversionFailed, Reason: diag.Unsupported,
			Err: fmt.Errorf("%s files cannot be read yet", a.from)}
	}
	return struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(head), f), f}, nil
}

// recognise returns the format of a file that begins with head. What has no
// signature is a mail.
func recognise(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return "msg"
	case bytes.HasPrefix(head, []byte("\x78\x9F\x3E\x22")):
		return "tnef"
	case bytes.HasPrefix(bytes.ToUpper(bytes.TrimLeft(head, "\xEF\xBB\xBF \t\r\n")), []byte("BEGIN:VCALENDAR")):
		return "ics"
	}
	return "eml"
}

func (a *arguments) inboundOptions() (*mime2mapi.Options, error) {
	o := &mime2mapi.Options{Limits: a.limits, Trusted: a.trusted}
	if a.reject {
		o.Malformed = mime2mapi.Reject
	}
	if a.trace != "" {
		sink, err := trace.NewDir(a.trace, nil)
		if err != nil {
			return nil, plain(err)
		}
		o.Trace = sink
	}
	return o, nil
}

// failed does what a failed conversion asks for besides its one line.
func (a *arguments) failed(err error, stderr io.Writer) error {
	var failure *diag.Error
	if !errors.As(err, &failure) {
		return plain(err)
	}
	a.report(stderr, failure.Diagnostics)
	return err
}

func (a *arguments) report(stderr io.Writer, list []diag.Diagnostic) {
	if !a.verbose {
		return
	}
	for _, d := range list {
		fmt.Fprintf(stderr, "contentconv: %s: %s\n", a.input, d)
	}
}

// plain makes a failure of what went wrong outside a conversion, so that every
// failure has the same line.
func plain(err error) error {
	return &diag.Error{Status: diag.StatusConversionFailed, Reason: diag.IO, Err: err}
}

// oneLine returns the error's text without line breaks.
func oneLine(err error) string {
	return strings.Join(strings.Fields(err.Error()), " ")
}
