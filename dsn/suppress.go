package dsn

import (
	"strings"

	"github.com/contentconv/contentconv/diag"
)

// suppressed decides whether a notification is due, and leaves those recipients
// in e that it tells of.
func suppressed(e *Envelope, h *headerBlock, answerAutomatic bool) error {
	if e.ReturnPath == "" {
		return &SuppressedError{NullReturnPath, ""}
	}
	// QUIRK: some systems send their notifications from this address instead of
	// with the null return path that RFC 5321 (section 4.5.5) wants.
	if local, _ := cutLocal(e.ReturnPath); strings.EqualFold(local, "mailer-daemon") {
		return &SuppressedError{NullReturnPath, "return path " + diag.Quote(e.ReturnPath)}
	}
	if len(e.Recipients) == 0 {
		return &SuppressedError{NoRecipients, ""}
	}
	var due []Recipient
	for _, r := range e.Recipients {
		if r.Notify.failure() {
			due = append(due, r)
		}
	}
	if e.Recipients = due; len(due) == 0 {
		return &SuppressedError{NotRequested, ""}
	}
	if answerAutomatic {
		return nil
	}
	return automatic(h)
}

// automaticFields are the fields that tell mail of programs, and which values of
// them do.
var automaticFields = []struct {
	name   string
	reason Reason
	is     func(value string) bool
}{
	{"auto-submitted", AutoSubmitted, func(v string) bool { return !strings.EqualFold(keyword(v), "no") }},
	{"content-type", ReportMail, func(v string) bool { return strings.EqualFold(keyword(v), "multipart/report") }},
	{"precedence", BulkMail, func(v string) bool { return oneOf(keyword(v), "bulk", "list", "junk") }},
	{"x-auto-response-suppress", SenderDeclines, declines},
}

// automatic judges by the header (RFC 3834, section 2). Of a field that occurs
// more than once each counts.
func automatic(h *headerBlock) error {
	for _, f := range automaticFields {
		for _, v := range h.values[f.name] {
			if f.is(v) {
				return &SuppressedError{f.reason, f.name + " " + diag.Quote(v)}
			}
		}
	}
	if h.list != "" {
		return &SuppressedError{ListMail, "field " + diag.Quote(h.list)}
	}
	return nil
}

func declines(v string) bool {
	for w := range strings.SplitSeq(v, ",") {
		if oneOf(strings.TrimSpace(w), "all", "ndr") {
			return true
		}
	}
	return false
}

// keyword returns the word that a value begins with, before parameters and
// comments; comments before it are skipped.
func keyword(v string) string {
	for {
		v = strings.TrimLeft(v, " \t")
		if !strings.HasPrefix(v, "(") {
			break
		}
		v = skipComment(v)
	}
	if i := strings.IndexAny(v, " \t;("); i >= 0 {
		v = v[:i]
	}
	return v
}

// skipComment returns what follows the comment that v begins with.
func skipComment(v string) string {
	depth := 0
	for i := 0; i < len(v); i++ {
		switch v[i] {
		case '\\':
			i++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return v[i+1:]
			}
		}
	}
	return ""
}

func oneOf(s string, words ...string) bool {
	for _, w := range words {
		if strings.EqualFold(s, w) {
			return true
		}
	}
	return false
}
