package dsn_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/dsn"
)

func TestSuppressedByHeader(t *testing.T) {
	tests := []struct {
		name   string
		header string
		want   dsn.Reason // 0: a notification is due
	}{
		{"ordinary mail", "Subject: x\r\n", 0},
		{"RFC 3834 auto-generated", "Auto-Submitted: auto-generated\r\n", dsn.AutoSubmitted},
		{"RFC 3834 auto-replied", "auto-submitted : Auto-Replied; owner=x\r\n", dsn.AutoSubmitted},
		{"RFC 3834 unknown keyword", "Auto-Submitted: whatever\r\n", dsn.AutoSubmitted},
		{"RFC 3834 no", "Auto-Submitted: No (comment; x)\r\n", 0},
		{"RFC 3834 comment first", "Auto-Submitted: (a (b\\) c)) no\r\n", 0},
		{"RFC 3834 no, and again yes", "Auto-Submitted: no\r\nAuto-Submitted: auto-generated\r\n", dsn.AutoSubmitted},
		{"RFC 3834 folded", "Auto-Submitted:\r\n auto-generated\r\n", dsn.AutoSubmitted},
		{"Precedence bulk", "Precedence: BULK\r\n", dsn.BulkMail},
		{"Precedence list", "Precedence: list\r\n", dsn.BulkMail},
		{"Precedence junk", "Precedence: junk\r\n", dsn.BulkMail},
		{"Precedence first-class", "Precedence: first-class\r\n", 0},
		{"List-Id", "List-Id: <x.example.org>\r\n", dsn.ListMail},
		{"List-Unsubscribe", "LIST-UNSUBSCRIBE: <mailto:x@example.org>\r\n", dsn.ListMail},
		{"no list field", "Listing: x\r\n", 0},
		{"report", "Content-Type: multipart/report; boundary=x\r\n", dsn.ReportMail},
		{"report, upper case", "Content-Type: Multipart/REPORT;report-type=disposition-notification\r\n", dsn.ReportMail},
		{"no report", "Content-Type: multipart/reporting\r\n", 0},
		{"sender declines all", "X-Auto-Response-Suppress: All\r\n", dsn.SenderDeclines},
		{"sender declines some", "X-Auto-Response-Suppress: OOF, NDR\r\n", dsn.SenderDeclines},
		{"sender declines others", "X-Auto-Response-Suppress: OOF, RN\r\n", 0},
		{"in a folded line of another field", "Subject: x\r\n Auto-Submitted: auto-generated\r\n", 0},
		{"after the header", "Subject: x\r\n\r\nAuto-Submitted: auto-generated\r\n", 0},
		{"after a large field", "X: " + strings.Repeat("x ", 1<<20) + "\r\nAuto-Submitted: auto-generated\r\n", dsn.AutoSubmitted},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := dsn.New(t.Context(), withHeader(tt.header), envelope(), options())
			if tt.want == 0 {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if e := wantError[*dsn.SuppressedError](t, err); e.Reason != tt.want || !errors.Is(err, dsn.ErrSuppressed) {
				t.Errorf("error is %v", err)
			}
			o := options()
			o.AnswerAutomatic = true
			if _, err := dsn.New(t.Context(), withHeader(tt.header), envelope(), o); err != nil {
				t.Errorf("AnswerAutomatic: %v", err)
			}
		})
	}
}

func TestSuppressedByEnvelope(t *testing.T) {
	tests := []struct {
		name   string
		change func(*dsn.Envelope)
		want   dsn.Reason
	}{
		{"null return path", func(e *dsn.Envelope) { e.ReturnPath = "" }, dsn.NullReturnPath},
		{"null return path in brackets", func(e *dsn.Envelope) { e.ReturnPath = "<>" }, dsn.NullReturnPath},
		{"return path of a mail system", func(e *dsn.Envelope) { e.ReturnPath = "MAILER-DAEMON@example.org" }, dsn.NullReturnPath},
		{"no recipients", func(e *dsn.Envelope) { e.Recipients = nil }, dsn.NoRecipients},
		{"NOTIFY=NEVER", func(e *dsn.Envelope) { e.Recipients[0].Notify = dsn.NotifyNever }, dsn.NotRequested},
		{"NOTIFY=SUCCESS", func(e *dsn.Envelope) { e.Recipients[0].Notify = dsn.NotifySuccess }, dsn.NotRequested},
		{"NOTIFY=DELAY", func(e *dsn.Envelope) { e.Recipients[0].Notify = dsn.NotifyDelay }, dsn.NotRequested},
		{"NOTIFY=NEVER,FAILURE", func(e *dsn.Envelope) { e.Recipients[0].Notify = dsn.NotifyNever | dsn.NotifyFailure }, dsn.NotRequested},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, answer := range []bool{false, true} {
				env, o := envelope(), options()
				tt.change(&env)
				o.AnswerAutomatic = answer
				_, err := dsn.New(t.Context(), failure(), env, o)
				if e := wantError[*dsn.SuppressedError](t, err); e.Reason != tt.want {
					t.Errorf("error is %v", err)
				}
			}
		})
	}
}

func TestNotifyFilters(t *testing.T) {
	env := envelope()
	env.Recipients = []dsn.Recipient{
		{Address: "<unset@example.com>"},
		{Address: "never@example.com", Notify: dsn.NotifyNever},
		{Address: "failure@example.com", Notify: dsn.NotifyFailure},
		{Address: "success@example.com", Notify: dsn.NotifySuccess | dsn.NotifyDelay},
		{Address: "all@example.com", Notify: dsn.NotifySuccess | dsn.NotifyFailure | dsn.NotifyDelay},
	}
	r := build(t, failure(), env, options())
	var got []string
	for _, h := range r.status[1:] {
		got = append(got, h.Get("Final-Recipient"))
	}
	want := []string{"rfc822; unset@example.com", "rfc822; failure@example.com", "rfc822; all@example.com"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(r.Recipients) != 3 || strings.Contains(r.raw, "never@") || strings.Contains(r.raw, "success@") {
		t.Errorf("others are named:\n%s", r.raw)
	}
	if len(env.Recipients) != 5 || env.Recipients[0].Address != "<unset@example.com>" || env.Recipients[1].Address != "never@example.com" {
		t.Error("the caller's envelope changed")
	}
}

func TestReasonString(t *testing.T) {
	seen := map[string]bool{}
	for r := dsn.NullReturnPath; r <= dsn.SenderDeclines; r++ {
		if s := r.String(); seen[s] || strings.Contains(s, "(") {
			t.Errorf("%d is %q", r, s)
		} else {
			seen[s] = true
		}
	}
	if s := dsn.Reason(99).String(); s != "reason(99)" {
		t.Error(s)
	}
}
