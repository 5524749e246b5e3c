// Package failure makes the one error of a conversion, in either direction, from
// whatever went wrong inside it, and hands its record to the trace sink.
package failure

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/derive"
	"github.com/contentconv/contentconv/internal/guard"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/trace"
)

// A Failure is what goes wrong inside a conversion, with its place.
type Failure struct {
	Reason       diag.Reason
	Part, Header string
	Err          error
	Stack        []byte
}

func (f *Failure) Error() string { return f.Err.Error() }

// Unwrap returns the cause.
func (f *Failure) Unwrap() error { return f.Err }

// Panic returns the failure that a panic of our own code is.
func Panic(v any, stack []byte) *Failure {
	return &Failure{Reason: diag.Internal, Err: fmt.Errorf("panic: %v", v), Stack: stack}
}

// Exceeded returns the failure that actual is beyond the limit, or nil.
func Exceeded(l limits.Limit, actual int64, part, header string) error {
	if err := l.Check(actual); err != nil {
		return &Failure{Reason: diag.LimitExceeded, Part: part, Header: header, Err: err}
	}
	return nil
}

// InPart says in which part a limit was passed. Other errors stay as they are.
func InPart(err error, part string) error {
	if errors.Is(err, limits.ErrExceeded) {
		return &Failure{Reason: diag.LimitExceeded, Part: part, Err: err}
	}
	return err
}

// Malformed returns the failure that a message is badly formed, as the
// diagnostic says.
func Malformed(d *diag.Diagnostic) error {
	text := d.Code.Description()
	if d.Detail != "" {
		text += " (" + d.Detail + ")"
	}
	return &Failure{Reason: diag.MalformedMIME, Part: d.Part, Header: d.Header, Err: errors.New(text)}
}

// An End is a conversion that failed.
type End struct {
	Direction  diag.Direction
	Recorder   *diag.Recorder
	RootHeader []byte

	// What a trace record holds; none is made when Sink is nil.
	Sink         trace.Sink
	Source       *derive.Source
	Options      []trace.Option
	Limits       limits.Limits
	Message      trace.Content
	MessageError error
}

// Error returns the error of the conversion that err ended. The end of the
// context is no failure of the conversion: that error stays as it is.
func (e *End) Error(ctx context.Context, err error) error {
	if ctx.Err() != nil && (errors.Is(err, ctx.Err()) || errors.Is(err, context.Cause(ctx))) {
		return err
	}
	out := &diag.Error{Direction: e.Direction, Status: diag.StatusConversionFailed, RootHeader: e.RootHeader}
	var f *Failure
	switch {
	case errors.As(err, &f):
		out.Reason, out.Part, out.Header, out.Err, out.Stack = f.Reason, f.Part, f.Header, f.Err, f.Stack
	case errors.Is(err, limits.ErrExceeded):
		out.Reason, out.Err = diag.LimitExceeded, err
	default:
		out.Reason, out.Err = diag.IO, err
	}
	out.Diagnostics = e.Recorder.Diagnostics()
	if e.Sink != nil {
		e.trace(ctx, out)
	}
	return out
}

// trace hands the failure to the sink. What the sink says of it becomes a
// diagnostic of the error.
func (e *End) trace(ctx context.Context, failed *diag.Error) {
	now := time.Now()
	failed.TraceID = e.Source.GUID("trace", failed.Error(), string(e.RootHeader), now.String())
	r := &trace.Record{
		ID: failed.TraceID, Kind: trace.Failure, Direction: e.Direction, Time: now,
		Err: failed, Diagnostics: failed.Diagnostics, Options: e.Options, Limits: e.Limits,
		Message: e.Message, MessageError: e.MessageError,
	}
	var err error
	guard.Call(func() { err = e.Sink.Trace(ctx, r) })
	if err == nil {
		return
	}
	failed.TraceID = ""
	code := diag.TraceFailed
	if errors.Is(err, trace.ErrFull) {
		code = diag.TraceFull
	}
	e.Recorder.Add(code, "", "", diag.Quote(err.Error()))
	failed.Diagnostics = e.Recorder.Diagnostics()
}
