package dsn

import (
	"errors"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/rfc2047"
	"github.com/contentconv/contentconv/limits"
)

// A failure is what a notification says of an error.
type failure struct {
	status  string
	reason  diag.Reason
	detail  string // "" where it is of the system and not of the message
	traceID string
	limit   *limits.ExceededError // nil if no limit was exceeded
}

const (
	maxDetail  = 300
	maxTraceID = 100
)

func newFailure(err *diag.Error) *failure {
	f := &failure{status: diag.StatusConversionFailed, reason: err.Reason, traceID: ascii(err.TraceID, maxTraceID)}
	if isStatus(err.Status) {
		f.status = err.Status
	}
	errors.As(err.Err, &f.limit)
	// The cause of an input or output error, or of a bug, can hold paths and
	// names of this system, which are no business of a sender's.
	if err.Reason != diag.IO && err.Reason != diag.Internal && err.Err != nil {
		f.detail = shown(err.Detail(), maxDetail)
	}
	return f
}

// isStatus reports whether s is a status of a permanent failure (RFC 3463).
func isStatus(s string) bool {
	parts := strings.Split(s, ".")
	if len(parts) != 3 || parts[0] != "5" {
		return false
	}
	for _, p := range parts {
		if n, err := strconv.ParseUint(p, 10, 16); err != nil || n > 999 || strconv.FormatUint(n, 10) != p {
			return false
		}
	}
	return true
}

// diagnosticCode returns the value of a Diagnostic-Code field: what a reply of
// SMTP would have said.
func (f *failure) diagnosticCode() string {
	var b strings.Builder
	b.WriteString("smtp; 554 " + f.status + " Content conversion failed: " + f.reason.String())
	if f.detail != "" {
		b.WriteString(": " + ascii(f.detail, maxDetail))
	}
	if f.traceID != "" {
		b.WriteString(" (trace " + f.traceID + ")")
	}
	return b.String()
}

// ascii returns s as one line of at most max characters, with the escapes of a Go
// string for what is not ASCII.
func ascii(s string, max int) string {
	var b strings.Builder
	for _, r := range shown(s, max) {
		if r < utf8.RuneSelf {
			b.WriteRune(r)
		} else {
			q := strconv.QuoteRuneToASCII(r)
			b.WriteString(q[1 : len(q)-1])
		}
	}
	if b.Len() > max {
		return b.String()[:max] + "..."
	}
	return b.String()
}

// shown returns text of the message as one line for people: encoded words are
// decoded, what cannot be seen or would change what is seen around it is gone,
// and no more than max characters remain.
func shown(s string, max int) string {
	s, _ = rfc2047.Decode(s, nil)
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r):
			return ' '
		case !unicode.IsGraphic(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	s = strings.Join(strings.Fields(s), " ")
	n := 0
	for i := range s {
		if n++; n > max {
			return s[:i] + "..."
		}
	}
	return s
}
