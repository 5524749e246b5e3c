package dsn_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/dsn"
)

// Whatever the message and the envelope hold, the notification is refused with a
// typed error, or it reads back as the same parts with the same fields.
func FuzzDSN(f *testing.F) {
	f.Add("From: a@example.org\r\nSubject: hello\r\n\r\n", "a@example.org", "b@example.com", "rfc822;b@example.com", "QQ314", "too long", uint8(0))
	f.Add("Subject: =?utf-8?b?AA0K?=\nX\n y\rz\x00", "ö@example.org", `"a b"@[192.0.2.1]`, `utf-8;\x{F6}@example.com`, "+0D+0A", "a\r\nb", uint8(1))
	f.Add("From x\nA :b\n\n", "<>", "<a>", "x;+41", "", "\u2028\x1b", uint8(2))
	f.Add("Message-ID: <a@b>\r\n\xff\xfe: x", "a@b", "a@b", "", "", strings.Repeat("x", 2000), uint8(7))
	f.Add("A: "+strings.Repeat("x", 2000), "a@b", strings.Repeat("ü", 90)+"@b", "", "", "=?iso-2022-jp?b?GyRC?=", uint8(9))
	f.Fuzz(func(t *testing.T, header, from, to, orcpt, envid, text string, flags uint8) {
		e := &diag.Error{
			Reason: diag.Reason(flags & 7), Status: text, Part: text, Header: text,
			Err: errors.New(text), RootHeader: []byte(header), TraceID: text,
		}
		env := dsn.Envelope{
			ReturnPath: from, EnvelopeID: envid, ReceivedFrom: "", SMTPUTF8: flags&8 != 0,
			Recipients: []dsn.Recipient{{Address: to, Original: orcpt}},
		}
		o := options()
		o.AnswerAutomatic = true
		o.SevenBit = flags&16 != 0
		if flags&32 != 0 {
			full(o, original(header+"\r\n\r\n"+text))
		}
		n, err := dsn.New(t.Context(), e, env, o)
		var (
			bad        *dsn.EnvelopeError
			badOption  *dsn.OptionError
			suppressed *dsn.SuppressedError
		)
		if errors.As(err, &bad) || errors.As(err, &badOption) || errors.As(err, &suppressed) {
			if strings.ContainsAny(err.Error(), "\r\n\x00\x1b") {
				t.Errorf("the error is not one line: %q", err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		checkReport(t, read(t, n), flags)
	})
}

func checkReport(t *testing.T, r *report, flags uint8) {
	t.Helper()
	known := map[string]bool{}
	for _, name := range []string{"From", "To", "Subject", "Date", "Message-Id", "In-Reply-To", "References",
		"Auto-Submitted", "Mime-Version", "Content-Type"} {
		known[name] = true
	}
	seen := map[string]int{}
	for _, name := range fieldNames(&r.header.Header) {
		if seen[name]++; seen[name] > 1 || !known[name] {
			t.Errorf("field %s:\n%s", name, r.raw)
		}
	}
	if len(seen) != 8 && len(seen) != 10 {
		t.Errorf("%d fields:\n%s", len(seen), r.raw)
	}
	if got := r.header.Get("To"); got != "<"+r.To+">" && !strings.Contains(got, " ") {
		t.Errorf("To is %q, want %q", got, r.To)
	}
	if len(r.status) != 2 {
		t.Fatalf("%d groups:\n%s", len(r.status), r.raw)
	}
	fields := map[string]bool{}
	for _, name := range fieldNames(&r.status[1]) {
		fields[name] = true
	}
	for _, name := range []string{"Final-Recipient", "Action", "Status", "Diagnostic-Code", "Last-Attempt-Date"} {
		if !fields[name] {
			t.Errorf("no %s:\n%s", name, r.raw)
		}
		delete(fields, name)
	}
	delete(fields, "Original-Recipient")
	delete(fields, "Final-Log-Id")
	if len(fields) != 0 {
		t.Errorf("fields %v:\n%s", fields, r.raw)
	}
	if !r.EightBit && strings.ContainsFunc(r.raw, func(c rune) bool { return c > 0x7F }) {
		t.Errorf("EightBit is false:\n%q", r.raw)
	}
	if flags&16 != 0 && r.SMTPUTF8 {
		t.Error("SevenBit was ignored")
	}
}
