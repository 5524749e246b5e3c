package mimescan

import "testing"

// A body that looks like header fields is not lost to the header block of its
// part, where the empty line between is missing.
func TestStrayFields(t *testing.T) {
	moved := []string{"header-unterminated 1"}
	open := []string{"header-unterminated 1", "header-unterminated 1"} // the block has no empty line at all
	for _, tt := range []struct {
		name, part string
		tree       []string
		defects    []string
	}{
		{"letter", "Content-Type: text/plain\nDear: Sir\nTime: 10:30\n", []string{`1 text/plain "Dear: Sir\r\nTime: 10:30"`}, open},
		{"letter with an empty line behind", "Content-Type: text/plain\nDear: Sir\nDate: today\n\n", []string{`1 text/plain "Dear: Sir\r\nDate: today\r\n"`}, moved},
		{"letter that goes on", "Content-Type: text/plain\nDear: Sir\nthis is it.\n", []string{`1 text/plain "Dear: Sir\r\nthis is it."`}, open},
		{"known fields before what goes on", "Content-Type: text/plain\nDear: Sir\nDate: today\nthis is it.\n", []string{`1 text/plain "this is it."`}, []string{"header-unterminated 1"}},
		{"HTML that goes on", "Content-Type: text/html\nDear: Sir\n<p>this is it.\n", []string{`1 text/html "<p>this is it."`}, []string{"header-unterminated 1"}},
		{"no type", "Dear: Sir\n", []string{`1 text/plain "Dear: Sir"`}, open},
		{"known fields and no empty line", "Content-Type: text/plain\nDate: today\n", []string{`1 text/plain "Date: today"`}, open},
		{"known fields and no empty line in HTML", "Content-Type: text/html\nSubject: x\n", []string{`1 text/html ""`}, []string{"header-unterminated 1"}},
		{"known fields", "Content-Type: text/plain\nDate: today\n\n", []string{`1 text/plain ""`}, nil},
		{"fields that describe the part", "Note: x\nContent-Type: text/plain\nX-Note: x\n\n", []string{`1 text/plain ""`}, nil},
		{"a body of its own", "Content-Type: text/plain\nDear: Sir\n\nbody\n", []string{`1 text/plain "body"`}, nil},
		{"base64", "Content-Type: text/plain\nContent-Transfer-Encoding: base64\nDear: Sir\n\n", []string{`1 text/plain ""`}, nil},
		{"picture", "Content-Type: image/png\nDear: Sir\n\n", []string{`1 image/png ""`}, nil},
		{"read report", "Content-Type: message/disposition-notification\nX-Note: x\nFinal-Recipient: rfc822;a@b\nDisposition: x\n\n",
			[]string{`1 message/disposition-notification "Final-Recipient: rfc822;a@b\r\nDisposition: x\r\n"`}, moved},
		{"delivery report", "Content-Type: message/delivery-status\nReporting-MTA: dns; a\n\nFinal-Recipient: rfc822;a@b\n",
			[]string{`1 message/delivery-status "Reporting-MTA: dns; a\r\n\r\nFinal-Recipient: rfc822;a@b"`}, moved},
		{"report of its own", "Content-Type: message/delivery-status\nDate: x\n\nReporting-MTA: dns; a\n", []string{`1 message/delivery-status "Reporting-MTA: dns; a"`}, nil},
		{"forwarded message", "Content-Type: message/rfc822\nFrom: a@b.c\nContent-Type: text/html\n\nbody\n",
			[]string{"1 message/rfc822", `1 text/html "body"`}, append([]string{"header-duplicate 1"}, moved...)},
		{"forwarded message in base64", "Content-Type: message/rfc822\nFrom: a@b.c\nContent-Transfer-Encoding: base64\n\nYm9keQ==\n",
			[]string{"1 message/rfc822", `1 text/plain "Ym9keQ=="`}, moved},
		{"forwarded message without a body", "Content-Type: message/rfc822\nReceived: x\nFrom: a@b.c\n", []string{"1 message/rfc822", `1 text/plain ""`}, append(moved, open...)},
		{"forwarded message behind a Subject", "Content-Type: message/rfc822\nSubject: x\n\nFrom: a@b.c\n\nbody\n", []string{"1 message/rfc822", `1 text/plain "body"`}, nil},
		{"header block of a message", "Content-Type: text/rfc822-headers\nReceived: x\nContent-Type: text/plain\n\n",
			[]string{`1 text/rfc822-headers "Received: x\r\nContent-Type: text/plain\r\n"`}, append([]string{"header-duplicate 1"}, moved...)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			scanCase{"", mixed + "--b\n" + tt.part + "--b--\n", append([]string{"multipart/mixed"}, tt.tree...), tt.defects}.run(t, Defaults())
		})
	}
}

// The fields of a message's root describe the message.
func TestStrayFieldsOfRoot(t *testing.T) {
	e, _ := scan(t, "From: a@b.c\r\nNote: x\r\n", Defaults())
	if len(e.Header.Fields) != 2 || e.Size() != 0 {
		t.Errorf("%d fields, body of %d bytes", len(e.Header.Fields), e.Size())
	}
}
