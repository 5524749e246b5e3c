package dsn_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/dsn"
	"github.com/contentconv/contentconv/limits"
)

func TestNotificationHeader(t *testing.T) {
	r := build(t, failure(), envelope(), options())
	if r.From != "" || r.To != "a@example.org" || r.SMTPUTF8 || r.EightBit {
		t.Errorf("envelope of the notification is %+v", r.Notification)
	}
	want := map[string]string{
		"From":           "Mail Delivery System <postmaster@mx.example.com>",
		"To":             "<a@example.org>",
		"Subject":        "Undeliverable: hello",
		"Date":           "Wed, 04 Mar 2026 05:06:07 +0000",
		"Message-Id":     r.MessageID,
		"In-Reply-To":    "<1@example.org>",
		"References":     "<1@example.org>",
		"Auto-Submitted": "auto-replied",
		"Mime-Version":   "1.0",
	}
	got := map[string]string{}
	for f := r.header.Fields(); f.Next(); {
		if f.Key() != "Content-Type" {
			got[f.Key()] = f.Value()
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	kind, params, err := r.header.ContentType()
	if kind != "multipart/report" || params["report-type"] != "delivery-status" || err != nil {
		t.Errorf("content type is %s, %v, %v", kind, params, err)
	}
}

func TestStatusFields(t *testing.T) {
	env := envelope()
	env.EnvelopeID = "QQ+2B314"
	env.ReceivedFrom = "out.example.org"
	env.Arrival = time.Date(2026, 3, 4, 5, 6, 0, 0, time.FixedZone("", -5*3600))
	env.Recipients = []dsn.Recipient{
		{Address: "b@example.com", Original: "RFC822;list+2Bx@example.com"},
		{Address: "<postmaster>"},
	}
	r := build(t, failure(), env, options())
	const diagnostic = "smtp; 554 5.6.0 Content conversion failed: limit exceeded: part 1.2: Subject: " +
		"MaxMimeSubjectLength is 255, the message has 300 (trace 0a1b2c3d-4e5f-6789-abcd-000000000001)"
	want := [][][2]string{
		{
			{"Original-Envelope-Id", "QQ+314"},
			{"Reporting-Mta", "dns; mx.example.com"},
			{"Received-From-Mta", "dns; out.example.org"},
			{"Arrival-Date", "Wed, 04 Mar 2026 05:06:00 -0500"},
		},
		{
			{"Original-Recipient", "RFC822; list+x@example.com"},
			{"Final-Recipient", "rfc822; b@example.com"},
			{"Action", "failed"},
			{"Status", "5.6.0"},
			{"Diagnostic-Code", diagnostic},
			{"Last-Attempt-Date", "Wed, 04 Mar 2026 05:06:07 +0000"},
			{"Final-Log-Id", "0a1b2c3d-4e5f-6789-abcd-000000000001"},
		},
		{
			{"Final-Recipient", "rfc822; postmaster"},
			{"Action", "failed"},
			{"Status", "5.6.0"},
			{"Diagnostic-Code", diagnostic},
			{"Last-Attempt-Date", "Wed, 04 Mar 2026 05:06:07 +0000"},
			{"Final-Log-Id", "0a1b2c3d-4e5f-6789-abcd-000000000001"},
		},
	}
	var got [][][2]string
	for _, h := range r.status {
		var group [][2]string
		for f := h.Fields(); f.Next(); {
			group = append(group, [2]string{f.Key(), f.Value()})
		}
		got = append(got, group)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestStatusCode(t *testing.T) {
	for in, want := range map[string]string{
		"5.6.0": "5.6.0", "5.3.4": "5.3.4", "": "5.6.0", "4.0.0": "5.6.0", "2.0.0": "5.6.0", "9.9.9": "5.6.0",
		"5.6": "5.6.0", "5.6.0.1": "5.6.0", "5.06.0": "5.6.0", "5.1000.0": "5.6.0", "5.6.0\r\nX: y": "5.6.0",
	} {
		e := failure()
		e.Status = in
		r := build(t, e, envelope(), options())
		if got := r.status[1].Get("Status"); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// What is wrong with the system is not told to strangers.
func TestDetailOfTheSystemIsKept(t *testing.T) {
	for _, tt := range []struct {
		reason diag.Reason
		shown  bool
	}{
		{diag.LimitExceeded, true}, {diag.MalformedMIME, true}, {diag.CorruptContent, true},
		{diag.Unsupported, true}, {diag.IO, false}, {diag.Internal, false},
	} {
		e := failure()
		e.Reason, e.Err = tt.reason, errors.New("open /var/spool/secret: denied")
		e.Stack = []byte("main.go:7")
		r := build(t, e, envelope(), options())
		if got := strings.Contains(r.raw, "/var/spool"); got != tt.shown {
			t.Errorf("%s: shown is %t:\n%s", tt.reason, got, r.raw)
		}
		if strings.Contains(r.raw, "main.go") {
			t.Errorf("%s: the stack is shown", tt.reason)
		}
	}
}

// Every limit and reason has words of its own for people.
func TestTextSaysWhatToDo(t *testing.T) {
	seen := map[string]string{}
	check := func(name string, e *diag.Error, lines ...string) {
		r := build(t, e, envelope(), options())
		text := r.parts[0].body
		for _, line := range lines {
			if !strings.Contains(strings.Join(strings.Fields(text), " "), line) {
				t.Errorf("%s: %q is missing in:\n%s", name, line, text)
			}
		}
		_, advice, _ := strings.Cut(text, "What you can do:\r\n")
		advice, _, _ = strings.Cut(advice, "\r\n\r\n")
		if other := seen[advice]; other != "" {
			t.Errorf("%s has the advice of %s: %s", name, other, advice)
		}
		seen[advice] = name
	}
	for i, l := range (limits.Limits{}).All() {
		e := failure()
		e.Err = fmt.Errorf("wrapped: %w", &limits.ExceededError{Name: l.Name, Limit: 1000 + int64(i), Actual: 2000 + int64(i)})
		check(l.Name, e, "The limit is "+l.Name+" (", fmt.Sprintf("): %d allowed, %d found.", 1000+i, 2000+i))
	}
	for _, reason := range []diag.Reason{diag.LimitExceeded, diag.MalformedMIME, diag.CorruptContent, diag.Unsupported, diag.IO} {
		e := failure()
		e.Reason, e.Err = reason, errors.New("x")
		check(reason.String(), e, "Reason: "+reason.String(), "Trace: "+e.TraceID, "Status: 5.6.0", "<b@example.com>")
	}
}

func TestManyRecipients(t *testing.T) {
	env := envelope()
	env.Recipients = nil
	for i := range 12289 {
		env.Recipients = append(env.Recipients, dsn.Recipient{Address: fmt.Sprintf("user%d@example.com", i)})
	}
	r := build(t, failure(), env, options())
	if got := len(r.status) - 1; got != 12289 {
		t.Errorf("%d recipients in the status part", got)
	}
	if !has(r.parts[0].body, "    ... and 12239 more") || has(r.parts[0].body, "    <user50@example.com>") {
		t.Errorf("text:\n%s", r.parts[0].body)
	}
}

func TestKey(t *testing.T) {
	text := func(change func(*diag.Error, *dsn.Envelope, *dsn.Options)) string {
		e, env, o := failure(), envelope(), options()
		if change != nil {
			change(e, &env, o)
		}
		return build(t, e, env, o).raw
	}
	if first, again := text(nil), text(nil); first != again {
		t.Error("the same key gives different octets")
	}
	ids := map[string]string{}
	for name, change := range map[string]func(*diag.Error, *dsn.Envelope, *dsn.Options){
		"unchanged":      nil,
		"key":            func(_ *diag.Error, _ *dsn.Envelope, o *dsn.Options) { o.Key = []byte("other") },
		"no key":         func(_ *diag.Error, _ *dsn.Envelope, o *dsn.Options) { o.Key = nil },
		"no key again":   func(_ *diag.Error, _ *dsn.Envelope, o *dsn.Options) { o.Key = nil },
		"header":         func(e *diag.Error, _ *dsn.Envelope, _ *dsn.Options) { e.RootHeader = []byte("A: b\r\n") },
		"trace":          func(e *diag.Error, _ *dsn.Envelope, _ *dsn.Options) { e.TraceID = "x" },
		"time":           func(_ *diag.Error, _ *dsn.Envelope, o *dsn.Options) { o.Now = now.Add(time.Second) },
		"return path":    func(_ *diag.Error, e *dsn.Envelope, _ *dsn.Options) { e.ReturnPath = "c@example.org" },
		"recipient":      func(_ *diag.Error, e *dsn.Envelope, _ *dsn.Options) { e.Recipients[0].Address = "c@example.com" },
		"part and field": func(e *diag.Error, _ *dsn.Envelope, _ *dsn.Options) { e.Part, e.Header = "1", ".2Subject" },
	} {
		e, env, o := failure(), envelope(), options()
		if change != nil {
			change(e, &env, o)
		}
		r := build(t, e, env, o)
		_, params, _ := r.header.ContentType()
		for _, id := range []string{r.MessageID, params["boundary"]} {
			if other := ids[id]; other != "" {
				t.Errorf("%s and %s have the same %s", name, other, id)
			}
			ids[id] = name
		}
		if strings.Contains(r.MessageID, strings.TrimPrefix(params["boundary"], "=_")) {
			t.Errorf("%s: Message-ID and boundary are the same", name)
		}
	}
}

func TestWriteFails(t *testing.T) {
	n, err := dsn.New(t.Context(), failure(), envelope(), options())
	if err != nil {
		t.Fatal(err)
	}
	var whole bytes.Buffer
	if err := n.Write(t.Context(), &whole); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	for at := range whole.Len() {
		if err := n.Write(t.Context(), &failingWriter{at, broken}); !errors.Is(err, broken) {
			t.Fatalf("at byte %d: %v", at, err)
		}
	}
}

type failingWriter struct {
	left int
	err  error
}

func (w *failingWriter) Write(p []byte) (int, error) {
	if len(p) > w.left {
		return w.left, w.err
	}
	w.left -= len(p)
	return len(p), nil
}

func TestNoFailure(t *testing.T) {
	if _, err := dsn.New(t.Context(), nil, envelope(), nil); err == nil {
		t.Error("no error")
	}
}

func TestDefaults(t *testing.T) {
	r := build(t, &diag.Error{}, envelope(), nil)
	if r.Returned != dsn.ReturnedNothing {
		t.Errorf("Returned is %d", r.Returned)
	}
	if got := r.header.Get("Subject"); got != "Undeliverable message" {
		t.Errorf("Subject: %s", got)
	}
}

func TestOptionErrors(t *testing.T) {
	tests := []struct {
		name   string
		change func(*dsn.Options)
		want   string
	}{
		{"host with a line break", func(o *dsn.Options) { o.ReportingMTA = "mx\r\nX: y" }, "ReportingMTA"},
		{"host with a space", func(o *dsn.Options) { o.ReportingMTA = "mx x" }, "ReportingMTA"},
		{"international host", func(o *dsn.Options) { o.ReportingMTA = "mx.exämple.com" }, "ReportingMTA"},
		{"From with a line break", func(o *dsn.Options) { o.From = "a@b\r\nX: y" }, "From"},
		{"From with brackets", func(o *dsn.Options) { o.From = "<a@b>" }, "From"},
		{"international From", func(o *dsn.Options) { o.From = "ä@example.com" }, "From"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := options()
			tt.change(o)
			_, err := dsn.New(t.Context(), failure(), envelope(), o)
			if e := wantError[*dsn.OptionError](t, err); e.Name != tt.want {
				t.Errorf("error is %v", e)
			}
		})
	}
	t.Run("name with a line break", func(t *testing.T) {
		o := options()
		o.FromName = "Jörg\r\nX: \x00y"
		r := build(t, failure(), envelope(), o)
		if got, err := r.header.Text("From"); !strings.HasPrefix(got, "Jörg X: y <postmaster@") || err != nil {
			t.Errorf("From: %q, %v", got, err)
		}
	})
}
