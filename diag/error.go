package diag

import (
	"fmt"
	"strings"
)

// Direction says which way a conversion went.
type Direction uint8

const (
	// Inbound is from an Internet message to a MAPI message object.
	Inbound Direction = iota
	// Outbound is from a MAPI message object to an Internet message.
	Outbound
)

func (d Direction) String() string {
	if d == Outbound {
		return "outbound"
	}
	return "inbound"
}

// Reason is the class of a failure.
type Reason uint8

const (
	// LimitExceeded means that the message passes one of the limits; the cause
	// is a *[limits.ExceededError].
	LimitExceeded Reason = iota + 1
	// MalformedMIME means that the message is badly formed and the conversion
	// was told to reject such messages.
	MalformedMIME
	// CorruptContent means that a file or an encoded part cannot be opened.
	CorruptContent
	// Unsupported means that the message asks for what the library cannot do.
	Unsupported
	// IO means that a reader, a writer or the file system failed.
	IO
	// Internal means a bug in this library. Please report it.
	Internal
)

func (r Reason) String() string {
	switch r {
	case LimitExceeded:
		return "limit exceeded"
	case MalformedMIME:
		return "malformed MIME"
	case CorruptContent:
		return "corrupt content"
	case Unsupported:
		return "unsupported"
	case IO:
		return "input/output"
	case Internal:
		return "internal"
	}
	return fmt.Sprintf("reason(%d)", uint8(r))
}

// StatusConversionFailed is the enhanced mail status code (RFC 3463) of a
// failed conversion: a permanent failure of the media kind.
const StatusConversionFailed = "5.6.0"

// An Error is the failure of a conversion. Find it with [errors.As]; the cause
// is found through it, so that errors.Is(err, limits.ErrExceeded) works.
type Error struct {
	Direction Direction
	Reason    Reason
	// Status is the enhanced mail status code, "5.6.0".
	Status string
	// Part and Header name the place as in [Diagnostic].
	Part   string
	Header string
	// Err is the cause; never nil.
	Err error
	// Diagnostics are those reported before the failure.
	Diagnostics []Diagnostic
	// RootHeader is the header block of the message as far as it was read, with
	// its line ends, for a delivery status notification. Nil if there is none.
	RootHeader []byte
	// TraceID is the GUID of the trace record, or "".
	TraceID string
	// Stack is the stack of a panic when Reason is Internal, else nil.
	Stack []byte
}

// Error returns the failure in one line without line breaks from the message.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s: %s", e.Status, e.Reason, e.Detail())
	return b.String()
}

// Detail returns the place and the cause, without status and reason.
func (e *Error) Detail() string {
	var b strings.Builder
	if e.Part != "" {
		fmt.Fprintf(&b, "part %s: ", e.Part)
	}
	if e.Header != "" {
		fmt.Fprintf(&b, "%s: ", Quote(e.Header))
	}
	b.WriteString(oneLine(e.Err.Error()))
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F || r == '\u2028' || r == '\u2029' || r == '\u0085' || r == '\u009B' {
			return ' '
		}
		return r
	}, s)
}
