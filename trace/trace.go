// Package trace is content conversion tracing: a conversion hands a [Record] of
// its failure, with the message that failed, to a [Sink]. [Dir] is the sink that
// writes to a folder.
//
// Tracing is off unless a conversion's options name a sink. A sink never fails a
// conversion: what it returns becomes a diagnostic.
package trace

import (
	"context"
	"io"
	"time"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/limits"
)

// A Sink takes the records of conversions. Any number of goroutines may call it.
type Sink interface {
	// Trace stores the record. The record and its message are only valid until
	// Trace returns. An error that is [ErrFull] says that the sink takes no more.
	Trace(ctx context.Context, r *Record) error
}

// Kind says why a record is made.
type Kind uint8

const (
	// Failure means that the conversion failed.
	Failure Kind = iota
	// CalendarFallback means that it did not: a calendar that the calendar
	// schema cannot hold was delivered as an attachment.
	CalendarFallback
)

func (k Kind) String() string {
	if k == CalendarFallback {
		return "calendar fallback"
	}
	return "failure"
}

// A Record tells of one conversion.
type Record struct {
	// ID is the record's GUID, lower case, without braces.
	ID        string
	Kind      Kind
	Direction diag.Direction
	Time      time.Time
	// Err is the failure; nil when Kind is not Failure.
	Err *diag.Error
	// Diagnostics are the results of the conversion as far as it came.
	Diagnostics []diag.Diagnostic
	// Options are the conversion's options by name, in order.
	Options []Option
	// Limits are the bounds of the conversion.
	Limits limits.Limits
	// Message is the message as it came: MIME for inbound, a .msg file for
	// outbound. Nil when it could not be had; MessageError says why then.
	Message      Content
	MessageError error
}

// An Option is one option of a conversion and its value as text.
type Option struct {
	Name, Value string
}

// Content is a message's bytes.
type Content interface {
	Open(ctx context.Context) (io.ReadCloser, error)
	Size(ctx context.Context) (int64, error)
}
