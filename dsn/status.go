package dsn

import (
	"fmt"
	"strings"
	"time"
	"unicode"
)

// statusPart returns the body of the second part: a group of fields about the
// message, and one about each recipient (RFC 3464, section 2).
func statusPart(c *Options, e *Envelope, f *failure) (string, error) {
	var b statusWriter
	b.field("Original-Envelope-Id", plainXtext(e.EnvelopeID))
	b.field("Reporting-MTA", "dns; "+c.ReportingMTA)
	if e.ReceivedFrom != "" {
		b.field("Received-From-MTA", "dns; "+e.ReceivedFrom)
	}
	if !e.Arrival.IsZero() {
		b.field("Arrival-Date", e.Arrival.Format(time.RFC1123Z))
	}
	for i, r := range e.Recipients {
		b.WriteString("\r\n")
		if r.Original != "" {
			b.field("Original-Recipient", originalRecipient(r.Original, e.global))
		}
		b.field("Final-Recipient", finalRecipient(r.Address, e.global))
		b.field("Action", "failed")
		b.field("Status", f.status)
		b.field("Diagnostic-Code", f.diagnosticCode())
		b.field("Last-Attempt-Date", c.Now.Format(time.RFC1123Z))
		b.field("Final-Log-ID", f.traceID)
		if b.tooLong {
			return "", &EnvelopeError{fmt.Sprintf("Recipients[%d]", i), r.Address, "is too long for a line when it is encoded"}
		}
	}
	return b.String(), nil
}

// A statusWriter writes fields; those without a value are left out.
type statusWriter struct {
	strings.Builder
	tooLong bool // a word has more characters than a line
}

func (b *statusWriter) field(name, value string) {
	// What comes here was checked where it came in. That nothing adds a line is
	// seen to once more, in the one place that writes.
	value = strings.TrimSpace(oneLine(value))
	if value == "" {
		return
	}
	const preferred = 76
	b.WriteString(name + ":")
	used := len(name) + 1
	for word := range strings.SplitSeq(value, " ") {
		if word != "" && used+1+len(word) > preferred && used > len(name)+1 {
			b.WriteString("\r\n")
			used = 0
		}
		b.WriteString(" " + word)
		used += 1 + len(word)
		b.tooLong = b.tooLong || used > maxLine
	}
	b.WriteString("\r\n")
}

// oneLine returns s with a space for each character that is none to be seen.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsGraphic(r) {
			return ' '
		}
		return r
	}, s)
}
