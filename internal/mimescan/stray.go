package mimescan

import (
	"strings"

	"github.com/contentconv/contentconv/diag"
)

// Stray fields are fields in the header block of a part that are the beginning of
// its body, because the empty line between is missing.
//
// QUIRK: RFC 2045 section 3 gives no field of a part a meaning but those that
// begin with "Content-", and section 5.1.1 of RFC 2046 wants an empty line behind
// them. Scripts forget it, and a body that looks like fields would be lost to the
// header block: a letter that begins with "Note: ", the fields of a report, or
// the header block of a forwarded message.
type stray struct {
	first int   // the index of the first stray field
	off   int64 // where it stands in the source
}

// statusFields begin the body of a report ([RFC 3464], [RFC 8098], [RFC 5965]).
var statusFields = map[string]bool{
	"reporting-mta": true, "reporting-ua": true, "original-envelope-id": true, "arrival-date": true,
	"original-recipient": true, "final-recipient": true, "action": true, "disposition": true,
	"original-message-id": true, "feedback-type": true, "dsn-gateway": true, "mdn-gateway": true,
}

// messageFields begin a message or its header block.
var messageFields = map[string]bool{
	"received": true, "return-path": true, "from": true, "to": true, "subject": true, "date": true,
	"message-id": true, "delivered-to": true, "dkim-signature": true, "sender": true,
}

// fieldBodies are the media types whose bodies begin with a field, and which.
var fieldBodies = map[string]map[string]bool{
	"message/delivery-status":                 statusFields,
	"message/global-delivery-status":          statusFields,
	"message/disposition-notification":        statusFields,
	"message/global-disposition-notification": statusFields,
	"message/feedback-report":                 statusFields,
	"message/rfc822":                          messageFields,
	"message/global":                          messageFields,
	"message/news":                            messageFields,
	"text/rfc822-headers":                     messageFields,
	"message/global-headers":                  messageFields,
}

// findStray returns the first field of a part's header block that can be of the
// body; that the part has none is found at once for nearly all. The block in hand
// must be that of e.
func (s *scanner) findStray(e *Entity) (stray, bool) {
	fields := s.block.fields
	n := len(e.Header.Fields)
	if e.root || n == 0 || s.block.dropped {
		return stray{}, false
	}
	i := n
	if names := fieldBodies[e.ContentType.Full]; names != nil {
		for i = 0; i < n && !names[strings.ToLower(e.Header.Fields[i].Name)]; {
			i++
		}
	} else {
		for i > 0 && !describes(e.Header.Fields[i-1].Name) {
			i--
		}
	}
	if i == n {
		return stray{}, false
	}
	return stray{i, e.Start + int64(fields[i].name)}, true
}

// describes reports whether a field of that name describes a part.
func describes(name string) bool {
	for _, prefix := range []string{"content-", "x-", "mime-"} {
		if len(name) >= len(prefix) && strings.EqualFold(name[:len(prefix)], prefix) {
			return true
		}
	}
	return false
}

// moveStray makes the stray fields the beginning of the body.
func (s *scanner) moveStray(e *Entity, at stray) {
	h := &e.Header
	s.recordf(diag.HeaderUnterminated, e, h.Fields[at.first].Name, "the body begins with it")
	h.Fields, h.Raw = h.Fields[:at.first], h.Raw[:at.off-e.Start]
	e.Body = at.off
}

// strayHeader looks for stray fields in the header block that was read last.
// Those of a type whose body begins with fields are moved at once, unless such a
// body follows; for others finishStray decides when the part has ended.
func (s *scanner) strayHeader(e *Entity) error {
	at, ok := s.findStray(e)
	if !ok || e.ContentType.Type == "multipart" {
		return nil
	}
	names := fieldBodies[e.ContentType.Full]
	if names == nil {
		e.stray = at
		return nil
	}
	// A part can have a Subject or a Date of its own, but nothing of a report.
	if names["subject"] {
		if begins, err := s.bodyBegins(names); begins || err != nil {
			return err
		}
	}
	s.moveStray(e, at)
	return nil
}

// bodyBegins reports whether the first line that is not empty, from s.pos on, is
// a field with one of the names.
func (s *scanner) bodyBegins(names map[string]bool) (begins bool, err error) {
	err = s.followers(s.pos, func(f follower) bool {
		name, _, ok := strings.Cut(string(f.text[:min(len(f.text), maxSplitName)]), ":")
		begins = ok && !f.delim && names[strings.ToLower(strings.TrimRight(name, " \t"))]
		return !f.delim && (f.kind == lineBlank || f.kind == lineWhite)
	})
	return begins, err
}

// finishStray decides, for a part whose body ends at end, whether the last fields
// of its header block are of the body. In an empty text they are where a name is
// none that mail is known to have, or where the text is plain and has no empty line
// before it; in a plain text that follows without an empty line, where no name is.
func (s *scanner) finishStray(e *Entity, end int64) error {
	if e.stray.off == 0 || e.ContentType.Type != "text" || e.Encoding.Encoded() {
		return nil
	}
	empty, err := s.blank(e.Body, max(end, e.Body))
	if err != nil {
		return err
	}
	fields := e.Header.Fields[e.stray.first:]
	known := 0
	for _, f := range fields {
		if wellKnown([]byte(f.Name)) {
			known++
		}
	}
	open := e.unterminated && e.ContentType.Subtype == "plain"
	switch {
	case empty && (open || known < len(fields)):
	case open && known == 0:
	default:
		return nil
	}
	s.moveStray(e, e.stray)
	return nil
}
