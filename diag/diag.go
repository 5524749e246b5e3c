// Package diag holds what a conversion reports: a [Diagnostic] for every
// repair, fallback and loss, and one *[Error] when the conversion failed.
//
// A diagnostic's [Code] is stable API: it never changes its meaning and is
// never reused. [Codes] lists all of them.
package diag

import (
	"fmt"
	"strings"
)

// Severity says how much of the message a diagnostic concerns.
type Severity uint8

const (
	// Info is a note: nothing of the message changed its meaning.
	Info Severity = iota
	// Warning is a repair or a fallback: the result is a best effort.
	Warning
	// Loss is content that the result does not hold.
	Loss
)

func (s Severity) String() string {
	switch s {
	case Info:
		return "info"
	case Warning:
		return "warning"
	case Loss:
		return "loss"
	}
	return fmt.Sprintf("severity(%d)", uint8(s))
}

// A Diagnostic tells of one repair, fallback or loss, and where it happened.
type Diagnostic struct {
	Severity Severity
	Code     Code
	// Part is the number of the MIME part, such as "1.2", or "" for the root
	// message's header block and for what concerns no part.
	Part string
	// Header is the name of the header field, or "".
	Header string
	// Detail says more, in one line. Text of the message stands in it quoted
	// and shortened, so it is safe to print.
	Detail string
}

// String returns the diagnostic in one line.
func (d Diagnostic) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", d.Severity, d.Code)
	if d.Part != "" {
		fmt.Fprintf(&b, ": part %s", d.Part)
	}
	if d.Header != "" {
		fmt.Fprintf(&b, ": %s", Quote(d.Header))
	}
	if d.Detail != "" {
		fmt.Fprintf(&b, ": %s", d.Detail)
	}
	return b.String()
}
