package diag

import (
	"fmt"
	"strings"
)

// maxReply is the number of octets of a reply's text. RFC 5321 (section 4.5.3.1.5)
// bounds the line with its codes by 512.
const maxReply = 480

// SMTPReply returns what an SMTP or LMTP server answers to a message whose
// conversion failed: the reply code, the enhanced status code (RFC 3463) and a text
// of one line of ASCII that ends in the trace record's id. A message that is at
// fault is refused for good, with 554 5.6.0; one that met a failure to read or
// write is to be sent again, with 451 4.3.0. For github.com/emersion/go-smtp:
//
//	code, enhanced, text := e.SMTPReply()
//	return &smtp.SMTPError{Code: code, EnhancedCode: enhanced, Message: text}
func (e *Error) SMTPReply() (code int, enhanced [3]int, text string) {
	code, enhanced = 554, [3]int{5, 6, 0}
	if e.Reason == IO {
		code, enhanced = 451, [3]int{4, 3, 0}
	}
	text = fmt.Sprintf("content conversion failed: %s: %s", e.Reason, e.Detail())
	text = strings.Map(func(r rune) rune {
		if r > '~' {
			return '?'
		}
		return r
	}, text)
	var id string
	if e.TraceID != "" {
		id = " (trace " + e.TraceID + ")"
	}
	if most := maxReply - len(id); len(text) > most {
		text = text[:most-3] + "..."
	}
	return code, enhanced, text + id
}
