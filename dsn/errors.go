package dsn

import (
	"errors"
	"fmt"

	"github.com/contentconv/contentconv/diag"
)

// ErrSuppressed is what every *[SuppressedError] is, for [errors.Is].
var ErrSuppressed = errors.New("no notification is due")

// A SuppressedError says that no notification must be sent, and why. It is no
// failure.
type SuppressedError struct {
	Reason Reason
	// Detail is what in the message or its envelope says so, safe to print.
	Detail string
}

func (e *SuppressedError) Error() string {
	s := fmt.Sprintf("dsn: %v: %s", ErrSuppressed, e.Reason)
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	return s
}

// Is reports whether target is [ErrSuppressed].
func (e *SuppressedError) Is(target error) bool { return target == ErrSuppressed }

// Reason says why no notification is due.
type Reason uint8

const (
	// NullReturnPath: the message is a notification itself (RFC 5321, section
	// 4.5.5).
	NullReturnPath Reason = iota + 1
	// NoRecipients: there is nobody whom the message could not be delivered to.
	NoRecipients
	// NotRequested: NOTIFY asks for no word of failures, for any recipient (RFC
	// 3461, section 4.1).
	NotRequested
	// AutoSubmitted: a program sent the message on its own (RFC 3834, section 2).
	AutoSubmitted
	// ListMail: the message came through a mailing list.
	ListMail
	// BulkMail: the Precedence field says bulk, list or junk.
	BulkMail
	// ReportMail: the message is a report itself (RFC 6522).
	ReportMail
	// SenderDeclines: the X-Auto-Response-Suppress field says that the sender
	// wants no notification ([MS-OXCMAIL]).
	SenderDeclines
)

var reasons = map[Reason]string{
	NullReturnPath: "the return path is null",
	NoRecipients:   "there are no recipients",
	NotRequested:   "no recipient has NOTIFY=FAILURE",
	AutoSubmitted:  "the message was sent automatically",
	ListMail:       "the message came through a mailing list",
	BulkMail:       "the message is bulk mail",
	ReportMail:     "the message is a report",
	SenderDeclines: "the sender declines notifications",
}

func (r Reason) String() string {
	if s := reasons[r]; s != "" {
		return s
	}
	return fmt.Sprintf("reason(%d)", uint8(r))
}

// An EnvelopeError says what of the envelope is not what it must be.
type EnvelopeError struct {
	Field  string // such as "Recipients[2].Address"
	Value  string
	Reason string
}

func (e *EnvelopeError) Error() string {
	return fmt.Sprintf("dsn: envelope: %s %s %s", e.Field, diag.Quote(e.Value), e.Reason)
}

// An OptionError says what of the options is not what it must be.
type OptionError struct {
	Name   string // the field of Options
	Value  string
	Reason string
}

func (e *OptionError) Error() string {
	return fmt.Sprintf("dsn: option %s %s %s", e.Name, diag.Quote(e.Value), e.Reason)
}
