package dsn_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-message"
	"github.com/emersion/go-message/textproto"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/dsn"
	"github.com/contentconv/contentconv/limits"
)

var now = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

func failure() *diag.Error {
	return &diag.Error{
		Reason: diag.LimitExceeded, Status: "5.6.0", Part: "1.2", Header: "Subject",
		Err:        &limits.ExceededError{Name: "MaxMimeSubjectLength", Limit: 255, Actual: 300},
		RootHeader: []byte("From: a@example.org\r\nSubject: hello\r\nMessage-ID: <1@example.org>\r\n\r\n"),
		TraceID:    "0a1b2c3d-4e5f-6789-abcd-000000000001",
	}
}

func withHeader(h string) *diag.Error {
	e := failure()
	e.RootHeader = []byte(h)
	return e
}

func envelope() dsn.Envelope {
	return dsn.Envelope{ReturnPath: "a@example.org", Recipients: []dsn.Recipient{{Address: "b@example.com"}}}
}

func options() *dsn.Options {
	return &dsn.Options{ReportingMTA: "mx.example.com", Now: now, Key: []byte("key")}
}

// A report is a notification that was read again.
type report struct {
	*dsn.Notification
	raw    string
	header message.Header
	parts  []reportPart
	// status holds the groups of fields of the second part.
	status []textproto.Header
}

type reportPart struct {
	kind     string
	encoding string
	body     string // decoded
}

func build(t *testing.T, err *diag.Error, env dsn.Envelope, o *dsn.Options) *report {
	t.Helper()
	n, nerr := dsn.New(t.Context(), err, env, o)
	if nerr != nil {
		t.Fatal(nerr)
	}
	return read(t, n)
}

// read writes a notification, checks what holds for all of them, and reads it.
func read(t *testing.T, n *dsn.Notification) *report {
	t.Helper()
	var b bytes.Buffer
	if err := n.Write(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	r := &report{Notification: n, raw: b.String()}
	checkLines(t, r.raw)
	m, err := message.Read(strings.NewReader(r.raw))
	if err != nil {
		t.Fatal(err)
	}
	r.header = m.Header
	mr := m.MultipartReader()
	if mr == nil {
		t.Fatalf("no multipart:\n%s", r.raw)
	}
	for {
		p, err := mr.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("%v:\n%s", err, r.raw)
		}
		body, err := io.ReadAll(p.Body)
		if err != nil {
			t.Fatal(err)
		}
		kind, _, err := p.Header.ContentType()
		if err != nil {
			t.Fatal(err)
		}
		r.parts = append(r.parts, reportPart{kind, p.Header.Get("Content-Transfer-Encoding"), string(body)})
	}
	if want := 2 + min(1, int(n.Returned)); len(r.parts) != want {
		t.Fatalf("%d parts, want %d:\n%s", len(r.parts), want, r.raw)
	}
	for group := range strings.SplitSeq(r.parts[1].body, "\r\n\r\n") {
		h, err := textproto.ReadHeader(bufio.NewReader(strings.NewReader(strings.TrimSuffix(group, "\r\n") + "\r\n\r\n")))
		if err != nil {
			t.Fatalf("%v:\n%s", err, r.raw)
		}
		r.status = append(r.status, h)
	}
	return r
}

// checkLines checks that the octets can be sent: CRLF line ends, no NUL, no line
// that is too long, and bytes beyond ASCII only where the notification says so.
func checkLines(t *testing.T, raw string) {
	t.Helper()
	for line := range strings.SplitSeq(raw, "\r\n") {
		if strings.ContainsAny(line, "\r\n\x00") {
			t.Errorf("line holds CR, LF or NUL: %q", line)
		}
		if len(line) > 998 {
			t.Errorf("line has %d bytes: %.100q", len(line), line)
		}
	}
}

func fieldNames(h *textproto.Header) []string {
	var out []string
	for f := h.Fields(); f.Next(); {
		out = append(out, f.Key())
	}
	return out
}

// has reports whether the text has the line.
func has(text, line string) bool {
	return slices.Contains(strings.Split(text, "\r\n"), line)
}

func wantError[E error](t *testing.T, err error) E {
	t.Helper()
	var e E
	if !errors.As(err, &e) {
		t.Fatalf("error is %v (%T), want a %T", err, err, e)
	}
	return e
}
