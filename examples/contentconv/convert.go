package main

import (
	"context"
	"errors"
	"io"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/ical"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/mapi2mime"
	"github.com/contentconv/contentconv/mime2mapi"
	"github.com/contentconv/contentconv/msg"
	"github.com/contentconv/contentconv/tnef"
	"github.com/contentconv/contentconv/trace"
)

// A converted is a message object that was read, whatever its format was.
type converted struct {
	message     *mapi.Message
	parts       []mime2mapi.Part
	diagnostics func() []diag.Diagnostic
	verify      func(context.Context) error
	close       func() error
}

// convert reads the input, converts it and writes the output.
func (a *arguments) convert(ctx context.Context, stdin io.Reader, stdout, stderr io.Writer) error {
	in, err := a.open(ctx, stdin)
	if err != nil {
		return err
	}
	defer in.Close()
	sink, err := a.sink()
	if err != nil {
		return err
	}
	c, err := a.read(ctx, in, sink)
	if err != nil {
		return a.failed(ctx, err, in, stderr)
	}
	defer c.close()
	out, err := a.write(ctx, stdout, c, in, sink)
	if err != nil {
		return a.failed(ctx, err, in, stderr)
	}
	a.report(stderr, append(c.diagnostics(), out...))
	return nil
}

// read makes a message object of the input.
func (a *arguments) read(ctx context.Context, in *input, sink trace.Sink) (*converted, error) {
	switch a.from {
	case "msg":
		res, err := mapi2mime.ReadMsg(ctx, in, in.size, a.outbound(in, sink))
		if err != nil {
			return nil, err
		}
		return fromFile(res.Message, res.Diagnostics, res.Err), nil
	case "tnef":
		res, err := mapi2mime.ReadTNEF(ctx, in, in.size, a.outbound(in, sink))
		if err != nil {
			return nil, err
		}
		return fromFile(res.Message, res.Diagnostics, res.Err), nil
	}
	if a.from == "ics" {
		return a.readCalendar(ctx, in)
	}
	o := &mime2mapi.Options{Limits: a.limits, Trusted: a.trusted, Trace: sink}
	if a.reject {
		o.Malformed = mime2mapi.Reject
	}
	res, err := mime2mapi.ConvertAt(ctx, in, in.size, o)
	if err != nil {
		return nil, err
	}
	return &converted{
		message: res.Message, parts: res.Parts, verify: res.Verify, close: res.Close,
		diagnostics: func() []diag.Diagnostic { return res.Diagnostics },
	}, nil
}

// fromFile is a message object that was read from a .msg or TNEF file.
func fromFile(m *mapi.Message, said []diag.Diagnostic, late func() error) *converted {
	return &converted{
		message:     m,
		diagnostics: func() []diag.Diagnostic { return said },
		verify:      func(context.Context) error { return late() },
		close:       func() error { return nil },
	}
}

// write writes the message object in the output format, and returns what there is
// to say about that.
func (a *arguments) write(ctx context.Context, stdout io.Writer, c *converted, in *input, sink trace.Sink) (said []diag.Diagnostic, err error) {
	err = a.writeOutput(stdout, func(w io.Writer) error {
		switch a.to {
		case "json":
			return writeJSON(ctx, w, c)
		case "msg":
			_, said, err = msg.Write(ctx, w, c.message, nil)
			return err
		case "tnef":
			_, said, err = tnef.Write(ctx, w, c.message, &tnef.WriteOptions{Standalone: true})
			return err
		case "ics":
			res, err := ical.Export(ctx, w, c.message, nil)
			if err == nil {
				said = res.Diagnostics
			}
			return err
		}
		res, err := mapi2mime.Convert(ctx, w, c.message, a.outbound(in, sink))
		if err == nil {
			said = res.Diagnostics
		}
		return err
	})
	return said, err
}

// outbound returns the options of the outbound direction. A file is written for
// its reader, so blind copies stay.
func (a *arguments) outbound(in *input, sink trace.Sink) *mapi2mime.Options {
	o := &mapi2mime.Options{
		Limits: a.limits, Trusted: a.trusted, Trace: sink,
		Purpose: mapi2mime.Retrieval, Body: bodyFormats[a.body],
	}
	if a.tnef {
		o.TNEF = mapi2mime.AlwaysTNEF
	}
	if a.from == "msg" || a.from == "tnef" {
		o.Original, o.OriginalSize = in, in.size
	}
	return o
}

var bodyFormats = map[string]mapi2mime.BodyFormat{
	"best": mapi2mime.Best, "plain": mapi2mime.Plain, "html": mapi2mime.HTML, "both": mapi2mime.Both,
}

// sink returns the sink that -trace asks for, or nil.
func (a *arguments) sink() (trace.Sink, error) {
	if a.trace == "" {
		return nil, nil
	}
	d, err := trace.NewDir(a.trace, nil)
	if err != nil {
		return nil, plain(err)
	}
	return d, nil
}

// failed does what a failed conversion asks for besides its one line.
func (a *arguments) failed(ctx context.Context, err error, in *input, stderr io.Writer) error {
	var failure *diag.Error
	if !errors.As(err, &failure) {
		return plain(err)
	}
	a.report(stderr, failure.Diagnostics)
	if a.dsn == "" || failure.Direction != diag.Inbound {
		return err
	}
	if dsnErr := a.writeNotification(ctx, failure, in); dsnErr != nil {
		sayLine(stderr, "%s: no notification: %v", a.input, dsnErr)
	}
	return err
}

func (a *arguments) report(stderr io.Writer, list []diag.Diagnostic) {
	if !a.verbose {
		return
	}
	for _, d := range list {
		sayLine(stderr, "%s: %s", a.input, d)
	}
}

// plain makes a failure of what went wrong outside a conversion, so that every
// failure has the same line.
func plain(err error) error {
	var failure *diag.Error
	if errors.As(err, &failure) {
		return err
	}
	return &diag.Error{Status: diag.StatusConversionFailed, Reason: diag.IO, Err: err}
}
