package failure

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/derive"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/trace"
	"github.com/google/go-cmp/cmp"
)

var errDisk = errors.New("the disk is gone")

// What a cause becomes: its reason and its place.
func TestError(t *testing.T) {
	exceeded := &limits.ExceededError{Name: "MSize", Limit: 1, Actual: 2}
	for _, tt := range []struct {
		name         string
		err          error
		reason       diag.Reason
		part, header string
		cause        error
	}{
		{"anything else", errDisk, diag.IO, "", "", errDisk},
		{"wrapped", fmt.Errorf("reading: %w", errDisk), diag.IO, "", "", errDisk},
		{"limit", fmt.Errorf("scan: %w", exceeded), diag.LimitExceeded, "", "", exceeded},
		{"limit with a place", Exceeded(limits.Limits{MSize: 1}.Size(), 2, "1.2", "To"), diag.LimitExceeded, "1.2", "To", exceeded},
		{"limit in a part", InPart(exceeded, "3"), diag.LimitExceeded, "3", "", exceeded},
		{"something else in a part", InPart(errDisk, "3"), diag.IO, "", "", errDisk},
		{"within another error", fmt.Errorf("body: %w", &Failure{Reason: diag.CorruptContent, Part: "2", Err: errDisk}), diag.CorruptContent, "2", "", errDisk},
		{"panic", Panic(errDisk, []byte("stack")), diag.Internal, "", "", nil},
		{"malformed", Malformed(&diag.Diagnostic{Code: diag.MultipartUnclosed, Part: "1", Header: "Content-Type", Detail: "x"}), diag.MalformedMIME, "1", "Content-Type", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			end := End{Direction: diag.Outbound, RootHeader: []byte("A: b\r\n")}
			var got *diag.Error
			if !errors.As(end.Error(context.Background(), tt.err), &got) {
				t.Fatal("no *diag.Error")
			}
			if got.Reason != tt.reason || got.Part != tt.part || got.Header != tt.header {
				t.Errorf("%v in part %q, header %q", got.Reason, got.Part, got.Header)
			}
			if got.Direction != diag.Outbound || got.Status != "5.6.0" || string(got.RootHeader) != "A: b\r\n" || got.TraceID != "" {
				t.Errorf("%v %s, header %q, trace %q", got.Direction, got.Status, got.RootHeader, got.TraceID)
			}
			if tt.cause != nil && !errors.As(got, new(*limits.ExceededError)) && !errors.Is(got, tt.cause) {
				t.Errorf("%v is not found through %v", tt.cause, got)
			}
			if isLimit := errors.Is(got, limits.ErrExceeded); isLimit != (tt.reason == diag.LimitExceeded) {
				t.Errorf("a limit: %v", isLimit)
			}
		})
	}
}

func TestErrorOfPanicHasItsStack(t *testing.T) {
	end := End{}
	var got *diag.Error
	if !errors.As(end.Error(context.Background(), Panic("boom", []byte("the stack"))), &got) || string(got.Stack) != "the stack" {
		t.Fatalf("%v", got)
	}
	if text := got.Error(); !strings.Contains(text, "boom") || strings.Contains(text, "the stack") {
		t.Errorf("the text is %q", text)
	}
}

func TestExceededWithinTheBound(t *testing.T) {
	if err := Exceeded(limits.Limits{MSize: 2}.Size(), 2, "", ""); err != nil {
		t.Errorf("the bound itself: %v", err)
	}
}

func TestMalformedNamesWhatIsWrong(t *testing.T) {
	for detail, want := range map[string]string{
		"":  diag.MultipartUnclosed.Description(),
		"b": diag.MultipartUnclosed.Description() + " (b)",
	} {
		if got := Malformed(&diag.Diagnostic{Code: diag.MultipartUnclosed, Detail: detail}).Error(); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}

// The end of the context is no failure of the conversion.
func TestErrorOfTheContext(t *testing.T) {
	cause := errors.New("the server stops")
	ctx, cancel := context.WithCancelCause(context.Background())
	end := End{Sink: &sink{}, Source: derive.New(nil)}
	if err := end.Error(ctx, context.Canceled); !errors.As(err, new(*diag.Error)) {
		t.Errorf("before the end: %v is no failure", err)
	}
	cancel(cause)
	for _, err := range []error{context.Canceled, fmt.Errorf("read: %w", context.Canceled), cause} {
		if got := end.Error(ctx, err); got != err {
			t.Errorf("%v became %v", err, got)
		}
	}
	if err := end.Error(ctx, errDisk); !errors.As(err, new(*diag.Error)) {
		t.Errorf("another error: %v is no failure", err)
	}
}

type sink struct {
	record *trace.Record
	err    error
	panics bool
}

func (s *sink) Trace(_ context.Context, r *trace.Record) error {
	if s.panics {
		panic("sink")
	}
	s.record = r
	return s.err
}

type content struct{ trace.Content }

func TestErrorIsTraced(t *testing.T) {
	rec := new(diag.Recorder)
	rec.Add(diag.BareLF, "", "", "")
	s := new(sink)
	options := []trace.Option{{Name: "Trusted", Value: "true"}}
	end := End{Direction: diag.Inbound, Recorder: rec, RootHeader: []byte("A: b\r\n"), Sink: s, Source: derive.New([]byte("key")),
		Options: options, Limits: limits.Limits{MSize: 5}, Message: content{}, MessageError: errDisk}
	var failed *diag.Error
	if !errors.As(end.Error(context.Background(), errDisk), &failed) {
		t.Fatal("no *diag.Error")
	}
	r := s.record
	switch {
	case r == nil:
		t.Fatal("the sink got nothing")
	case r.ID == "" || r.ID != failed.TraceID:
		t.Errorf("the record is %q, the error's %q", r.ID, failed.TraceID)
	case r.Err != failed || r.Kind != trace.Failure || r.Direction != diag.Inbound || r.Time.IsZero():
		t.Errorf("record %+v", r)
	case r.Message != end.Message || r.MessageError != errDisk || r.Limits != end.Limits:
		t.Errorf("message %v, %v, limits %v", r.Message, r.MessageError, r.Limits)
	}
	if diff := cmp.Diff(options, r.Options); diff != "" {
		t.Errorf("options (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(rec.Diagnostics(), failed.Diagnostics); diff != "" || len(failed.Diagnostics) != 1 {
		t.Errorf("diagnostics (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(failed.Diagnostics, r.Diagnostics); diff != "" {
		t.Errorf("diagnostics of the record (-want +got):\n%s", diff)
	}
}

// A sink that fails makes no difference to the failure, but is told of.
func TestErrorOfTheSink(t *testing.T) {
	for err, code := range map[error]diag.Code{
		errDisk:                                  diag.TraceFailed,
		fmt.Errorf("no room: %w", trace.ErrFull): diag.TraceFull,
	} {
		rec := new(diag.Recorder)
		end := End{Recorder: rec, Sink: &sink{err: err}, Source: derive.New(nil)}
		var failed *diag.Error
		if !errors.As(end.Error(context.Background(), errDisk), &failed) {
			t.Fatal("no *diag.Error")
		}
		if failed.TraceID != "" || failed.Reason != diag.IO {
			t.Errorf("trace %q, reason %v", failed.TraceID, failed.Reason)
		}
		want := []diag.Diagnostic{{Severity: diag.Warning, Code: code, Detail: diag.Quote(err.Error())}}
		if diff := cmp.Diff(want, failed.Diagnostics); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	}
}

// A panic of the caller's sink is the caller's: it passes through.
func TestPanicOfTheSink(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("the panic was swallowed")
		}
	}()
	end := End{Sink: &sink{panics: true}, Source: derive.New(nil)}
	end.Error(context.Background(), errDisk)
}
