package dsn_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/dsn"
)

func TestReturnedHeader(t *testing.T) {
	x := func(n int) string { return strings.Repeat("x", n) }
	tests := []struct {
		name, in, want string
	}{
		{"as it came", "A: 1\r\nB:  2\r\n\t3 \r\n", "A: 1\r\nB:  2\r\n\t3 \r\n"},
		{"no line end at the end", "A: 1", "A: 1\r\n"},
		{"ends at the empty line", "A: 1\r\n\r\nB: 2\r\n", "A: 1\r\n"},
		{"empty lines first", "\r\n\r\nA: 1\r\n", "A: 1\r\n"},
		{"LF", "A: 1\nB: 2\n\nC: 3\n", "A: 1\r\nB: 2\r\n"},
		{"CR", "A: 1\rB: 2\r\rC: 3\r", "A: 1\r\nB: 2\r\n"},
		{"CR CR LF", "A: 1\r\r\nB: 2\r\r\n", "A: 1\r\nB: 2\r\n"},
		{"CR within a line", "A: 1\rB: 2\r\nC: 3\r\n", "A: 1 B: 2\r\nC: 3\r\n"},
		{"NUL", "A: 1\x002\r\n", "A: 1 2\r\n"},
		{"NUL as a line", "A: 1\r\n\x00\r\nB: 2\r\n", "A: 1\r\nB: 2\r\n"},
		{"line of white space", "A: 1\r\n \t\r\n 2\r\nB: 3\r\n", "A: 1\r\n 2\r\nB: 3\r\n"},
		{"space before the colon", "A \t: 1\r\n", "A: 1\r\n"},
		{"mbox line", "From a@example.org Thu Jan 1\r\nA: 1\r\n", "A: 1\r\n"},
		{"mbox line later", "A: 1\r\nFrom a@example.org Thu Jan 1\r\n", "A: 1\r\nX-Unparsed-Line: From a@example.org Thu Jan 1\r\n"},
		{"no colon", "junk\r\n more\r\nA: 1\r\n", "X-Unparsed-Line: junk\r\n more\r\nA: 1\r\n"},
		{"no name", ": 1\r\n", "X-Unparsed-Line: : 1\r\n"},
		{"name with a space", "A B: 1\r\n", "X-Unparsed-Line: A B: 1\r\n"},
		{"name beyond ASCII", "Ä: 1\r\n", "X-Unparsed-Line: Ä: 1\r\n"},
		{"name with NUL", "A\x00B: 1\r\n", "X-Unparsed-Line: A B: 1\r\n"},
		{"continuation first", " 1: 2\r\nA: 1\r\n", "X-Unparsed-Line: 1: 2\r\nA: 1\r\n"},
		{"long name", x(201) + ": 1\r\n", "X-Unparsed-Line: " + x(201) + ": 1\r\n"},
		{"998 characters", "A: " + x(995) + "\r\n", "A: " + x(995) + "\r\n"},
		{"999 characters", "A: " + x(996) + "\r\n", "A: " + x(995) + "\r\n x\r\n"},
		{"folded at a space", "A: " + x(900) + " " + x(900) + "\r\n", "A: " + x(900) + "\r\n " + x(900) + "\r\n"},
		{"folded within a character", "A: " + x(994) + "ü\r\n", "A: " + x(994) + "\r\n ü\r\n"},
		{"long continuation", "A: 1\r\n " + x(998) + "\r\n", "A: 1\r\n " + x(997) + "\r\n x\r\n"},
		{"long white space", "A: 1\r\n" + strings.Repeat(" ", 3000) + "2\r\n", "A: 1\r\n" + strings.Repeat(" ", 3000-3*997) + "2\r\n"},
		{"very long", "A: " + x(3000) + "\r\n", "A: " + x(995) + "\r\n " + x(997) + "\r\n " + x(997) + "\r\n " + x(3000-995-2*997) + "\r\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := build(t, withHeader(tt.in), envelope(), options())
			if diff := cmp.Diff(tt.want, r.parts[2].body); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReturnedHeaderEncoding(t *testing.T) {
	for in, want := range map[string]string{
		"A: b\r\n\tc~\r\n":     "",
		"A: \x1b$B8!:w\x1b(B":  "quoted-printable",
		"A: \x7f":              "quoted-printable",
		"A: Gr\xfc\xdfe\r\n":   "quoted-printable",
		"A: =?x?= B\r\n =3D\r": "",
	} {
		r := build(t, withHeader(in), envelope(), options())
		if got := r.parts[2]; got.encoding != want || got.kind != "text/rfc822-headers" {
			t.Errorf("%q: %+v", in, got)
		}
	}
}

func TestReturnedHeaderIsBounded(t *testing.T) {
	var b strings.Builder
	for b.Len() < 4<<20 {
		b.WriteString("X-Field: some value\r\n")
	}
	r := build(t, withHeader("Subject: x\r\n"+b.String()), envelope(), options())
	body := r.parts[2].body
	if len(body) > 256<<10 || len(body) < 255<<10 || !strings.HasSuffix(body, "X-Field: some value\r\n") {
		t.Errorf("%d bytes", len(body))
	}
	if !has(r.parts[0].body, "    (the header is longer than what is attached)") {
		t.Errorf("text does not say so:\n%s", r.parts[0].body)
	}
	// What follows a field that is left out is left out, too.
	r = build(t, withHeader("A: 1\r\nB: "+strings.Repeat("x", 4<<20)+"\r\nC: 3\r\n"), envelope(), options())
	if got := r.parts[2].body; got != "A: 1\r\n" {
		t.Errorf("header is %.100q", got)
	}
	r = build(t, withHeader("A: "+strings.Repeat("x", 4<<20)), envelope(), options())
	if r.Returned != dsn.ReturnedNothing {
		t.Errorf("%d bytes of one field", len(r.raw))
	}
}

// hostile are texts that would add a line or a field if they were repeated as
// they are.
var hostile = map[string]string{
	"CRLF":            "a\r\nBcc: victim@example.com",
	"LF":              "a\nBcc: victim@example.com",
	"CR":              "a\rBcc: victim@example.com",
	"empty line":      "a\r\n\r\nbody",
	"CRLF and dot":    "a\r\n.\r\nMAIL FROM:<b@example.com>",
	"encoded CRLF":    "=?utf-8?q?a=0D=0ABcc:_victim@example.com?=",
	"encoded NUL":     "=?utf-8?b?AGEA?=",
	"NUL":             "a\x00b",
	"escape":          "a\x1b[2J",
	"U+2028":          "a\u2028Bcc: victim@example.com",
	"U+0085":          "a\u0085Bcc: victim@example.com",
	"override":        "a\u202eb",
	"invalid":         "a\xff\xfe",
	"heading":         "a\r\nWhat you can do:\r\n    Pay.",
	"status group":    "a\r\n\r\nFinal-Recipient: rfc822; victim@example.com",
	"delimiter":       "a\r\n--=_\r\n--",
	"long":            strings.Repeat("long ", 1000),
	"long word":       strings.Repeat("long", 1000),
	"long characters": strings.Repeat("長", 1000),
}

// Text of the message stays in its place: the fields of the header and of the
// status part, and the headings of the text, are those of a harmless message.
func TestHostileText(t *testing.T) {
	places := map[string]func(*diag.Error, string){
		"Subject":    func(e *diag.Error, s string) { e.RootHeader = []byte("Subject: " + s) },
		"Message-ID": func(e *diag.Error, s string) { e.RootHeader = []byte("Subject: x\r\nMessage-ID: <" + s + ">") },
		"Date":       func(e *diag.Error, s string) { e.RootHeader = []byte("Subject: x\r\nDate: " + s) },
		"Part":       func(e *diag.Error, s string) { e.Part = s },
		"Header":     func(e *diag.Error, s string) { e.Header = s },
		"Err":        func(e *diag.Error, s string) { e.Err = errorString(s) },
		"TraceID":    func(e *diag.Error, s string) { e.TraceID = s },
		"Status":     func(e *diag.Error, s string) { e.Status = s },
	}
	for place, set := range places {
		for name, s := range hostile {
			t.Run(place+" "+name, func(t *testing.T) {
				e := failure()
				set(e, s)
				checkHostile(t, e)
			})
		}
	}
}

type errorString string

func (e errorString) Error() string { return string(e) }

func checkHostile(t *testing.T, e *diag.Error) {
	t.Helper()
	o := options()
	o.AnswerAutomatic = true
	r := build(t, e, envelope(), o)
	want := []string{"From", "To", "Subject", "Date", "Message-Id", "Auto-Submitted", "Mime-Version", "Content-Type"}
	if r.header.Has("In-Reply-To") {
		want = []string{"From", "To", "Subject", "Date", "Message-Id", "In-Reply-To", "References", "Auto-Submitted", "Mime-Version", "Content-Type"}
	}
	if diff := cmp.Diff(want, fieldNames(&r.header.Header)); diff != "" {
		t.Errorf("header: %s\n%s", diff, r.raw)
	}
	if len(r.status) != 2 {
		t.Fatalf("%d groups of status fields:\n%s", len(r.status), r.raw)
	}
	want = []string{"Final-Recipient", "Action", "Status", "Diagnostic-Code", "Last-Attempt-Date"}
	if r.status[1].Has("Final-Log-Id") {
		want = append(want, "Final-Log-Id")
	}
	if diff := cmp.Diff(want, fieldNames(&r.status[1])); diff != "" {
		t.Errorf("status: %s\n%s", diff, r.raw)
	}
	headings := 0
	for line := range strings.SplitSeq(r.parts[0].body, "\r\n") {
		if strings.HasSuffix(line, ":") && !strings.HasPrefix(line, " ") {
			headings++
		}
		if strings.ContainsFunc(line, func(c rune) bool { return c < ' ' || c == '\u2028' || c == '\u0085' || c == '\u202e' }) {
			t.Errorf("text has the line %q", line)
		}
	}
	if headings != 5 {
		t.Errorf("%d headings:\n%s", headings, r.parts[0].body)
	}
}

func TestSubjectIsDecoded(t *testing.T) {
	r := build(t, withHeader("Subject: =?iso-8859-1?q?Gr=FC=DFe?=\r\n =?utf-8?b?4oCT?= x\r\n"), envelope(), options())
	if got, err := r.header.Text("Subject"); got != "Undeliverable: Grüße– x" || err != nil {
		t.Errorf("Subject: %q, %v", got, err)
	}
	if !has(r.parts[0].body, "    Subject: Grüße– x") || r.parts[0].encoding != "quoted-printable" {
		t.Errorf("text:\n%s", r.parts[0].body)
	}
}

func TestInReplyTo(t *testing.T) {
	tests := []struct {
		name, in string
		repeated bool
	}{
		{"message id", "<1.a-b@[192.0.2.1]>", true},
		{"no brackets", "1@example.org", false},
		{"empty", "<>", false},
		{"two", "<1@example.org> <2@example.org>", false},
		{"bracket within", "<1<@example.org>", false},
		{"closing bracket within", "<1>@example.org>", false},
		{"beyond ASCII", "<ü@example.org>", false},
		{"control", "<\x1b@example.org>", false},
		{"long", "<" + strings.Repeat("x", 900) + "@example.org>", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := build(t, withHeader("Message-ID: "+tt.in+"\r\n"), envelope(), options())
			want := ""
			if tt.repeated {
				want = tt.in
			}
			if got := r.header.Get("In-Reply-To"); got != want || r.header.Get("References") != want {
				t.Errorf("In-Reply-To: %s", got)
			}
		})
	}
}
