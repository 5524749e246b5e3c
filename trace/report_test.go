package trace

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/limits"
)

const testID = "0a1b2c3d-4e5f-6789-abcd-000000000001"

func TestReport(t *testing.T) {
	tests := []struct {
		name   string
		record *Record
		want   string
	}{
		{"inbound failure", &Record{
			Time: time.Date(2026, 3, 4, 5, 6, 7, 8e6, time.FixedZone("", 3600)),
			Err: &diag.Error{
				Reason: diag.LimitExceeded, Status: "5.6.0", Part: "1.2", Header: "X Y",
				Err: fmt.Errorf("parts: %w", &limits.ExceededError{Name: "MaxBodyPartsTotal", Limit: 250, Actual: 251}),
			},
			Diagnostics: []diag.Diagnostic{
				{Severity: diag.Warning, Code: diag.AddressRepaired, Part: "", Header: "To", Detail: "no domain"},
				{Severity: diag.Loss, Code: diag.ItemsDropped},
			},
			Options: []Option{{"Trusted", "false"}, {"DefaultCharset", ""}, {"Key", "c2VjcmV0"}},
			Limits:  limits.Limits{MSize: limits.None, MaxMimeRecipients: 7},
			Message: Content(unopened{}),
		}, `*diag.Error: 5.6.0 limit exceeded: part 1.2: "X Y": parts: MaxBodyPartsTotal is 250, the message has 251
*fmt.wrapError: parts: MaxBodyPartsTotal is 250, the message has 251
*limits.ExceededError: MaxBodyPartsTotal is 250, the message has 251

InboundConversionResults:
- id: 0a1b2c3d-4e5f-6789-abcd-000000000001
- kind: failure
- time: 2026-03-04T04:06:07.008Z
- status: 5.6.0
- reason: limit exceeded
- part: 1.2
- header: "X Y"
- message: 0a1b2c3d-4e5f-6789-abcd-000000000001.eml, 12345 bytes
- diagnostic: warning: address-repaired: To: no domain
- diagnostic: loss: items-dropped

InboundConversionOptions:
- Trusted: false
- DefaultCharset:
- Key: (not shown)
- MaxMimeTextHeaderLength: 2000
- MaxMimeSubjectLength: 255
- MSize: unlimited
- MaxMimeRecipients: 7
- MaxRecipientPropertyLength: 1000
- MaxBodyPartsTotal: 250
- MaxEmbeddedMessageDepth: 30
`},
		{"bug without a message, outbound", &Record{
			Direction: diag.Outbound,
			Err: &diag.Error{
				Direction: diag.Outbound, Reason: diag.Internal, Status: "5.6.0",
				Err:   errors.New("index out of range"),
				Stack: []byte("goroutine 1 [running]:\nmain.f(0x1)\n\t/src/main.go:7 +0x1d\n\n"),
			},
			MessageError: errors.New("no\nmemory"),
		}, `*diag.Error: 5.6.0 internal: index out of range
*errors.errorString: index out of range
   at goroutine 1 [running]:
   at main.f(0x1)
   at /src/main.go:7 +0x1d

OutboundConversionResults:
- id: 0a1b2c3d-4e5f-6789-abcd-000000000001
- kind: failure
- time: 0001-01-01T00:00:00Z
- status: 5.6.0
- reason: internal
- part:
- header:
- message: none: no\nmemory

OutboundConversionOptions:
- MaxMimeTextHeaderLength: 2000
- MaxMimeSubjectLength: 255
- MSize: 2147483647
- MaxMimeRecipients: 12288
- MaxRecipientPropertyLength: 1000
- MaxBodyPartsTotal: 250
- MaxEmbeddedMessageDepth: 30
`},
		{"calendar fallback", &Record{Kind: CalendarFallback}, `calendar fallback: no error

InboundConversionResults:
- id: 0a1b2c3d-4e5f-6789-abcd-000000000001
- kind: calendar fallback
- time: 0001-01-01T00:00:00Z
- message: none

InboundConversionOptions:
- MaxMimeTextHeaderLength: 2000
- MaxMimeSubjectLength: 255
- MSize: 2147483647
- MaxMimeRecipients: 12288
- MaxRecipientPropertyLength: 1000
- MaxBodyPartsTotal: 250
- MaxEmbeddedMessageDepth: 30
`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.record.ID = testID
			if diff := cmp.Diff(tt.want, string(report(tt.record, 12345))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// unopened is a Content that nobody opens.
type unopened struct{ Content }

// hostile returns a record in which every text from outside is s.
func hostile(s string) *Record {
	return &Record{
		ID: testID,
		Err: &diag.Error{
			Reason: diag.Internal, Status: "5.6.0", Part: s, Header: s,
			Err: fmt.Errorf("%s: %w", s, errors.New(s)), Stack: []byte(s),
		},
		Diagnostics:  []diag.Diagnostic{{Code: diag.AddressRepaired, Part: s, Header: s, Detail: s}},
		Options:      []Option{{s, s}, {"DefaultCharset", s}},
		MessageError: errors.New(s),
	}
}

func TestReportQuotes(t *testing.T) {
	const forged = "- Trusted: true"
	tests := map[string]string{
		"terminal escape":              "\x1b[2J\x1b]0;x\a",
		"C1 escape":                    "\u009b2J",
		"line feed":                    "\n" + forged,
		"CRLF":                         "\r\n" + forged,
		"carriage return":              "\r" + forged,
		"next line":                    "\u0085" + forged,
		"line separator U+2028":        "\u2028" + forged,
		"paragraph separator":          "\u2029" + forged,
		"vertical tab and form feed":   "\v\f" + forged,
		"NUL":                          "\x00",
		"right-to-left override":       "\u202eabc",
		"isolate":                      "\u2066abc",
		"byte order mark":              "\ufeff",
		"tag character":                "\U000e0041",
		"invalid UTF-8":                "\xff\xfe\xc0\xaf",
		"escape's last byte of a rune": "\x9b31m",
		"delete":                       "\x7f",
	}
	for name, s := range tests {
		t.Run(name, func(t *testing.T) { checkHostile(t, "a"+s+"b") })
	}
}

func checkHostile(t *testing.T, s string) {
	t.Helper()
	r := hostile(s)
	r.Err.Stack = nil
	text := string(report(r, 0))
	r.Err.Stack = []byte(s)
	for _, c := range string(report(r, 0)) {
		if c != '\n' && !strconv.IsGraphic(c) {
			t.Fatalf("the report holds %q:\n%q", c, text)
		}
	}
	plain := hostile("plain")
	plain.Err.Stack = nil
	want := strings.Count(string(report(plain, 0)), "\n")
	if got := strings.Count(text, "\n"); got != want {
		t.Errorf("%d lines, want %d:\n%s", got, want, text)
	}
	if s != "" && slices.Contains(strings.Split(text, "\n"), "- Trusted: true") {
		t.Errorf("a line was forged:\n%s", text)
	}
}

func TestReportHidesSecrets(t *testing.T) {
	for _, name := range []string{"Key", "key", "DSNKey", "Password", "ClientSecret", "authToken"} {
		text := string(report(&Record{ID: testID, Options: []Option{{name, "hunter2"}}}, 0))
		if strings.Contains(text, "hunter2") || !strings.Contains(text, "- "+name+": (not shown)\n") {
			t.Errorf("%s:\n%s", name, text)
		}
	}
	if text := string(report(&Record{ID: testID, Options: []Option{{"Key", ""}}}, 0)); !strings.Contains(text, "- Key:\n") {
		t.Errorf("a key that is not set:\n%s", text)
	}
}

// loop is an error whose chain has no end.
type loop struct{}

func (loop) Error() string   { return "loop" }
func (l loop) Unwrap() error { return l }

func TestReportChain(t *testing.T) {
	count := func(err error) int {
		text := string(report(&Record{ID: testID, Err: &diag.Error{Reason: diag.IO, Err: err}}, 0))
		block, _, _ := strings.Cut(text, "\n\n")
		return strings.Count(block, "\n") + 1
	}
	a, b := errors.New("a"), errors.New("b")
	tests := []struct {
		name string
		err  error
		want int
	}{
		{"one", a, 2},
		{"joined", fmt.Errorf("x: %w", errors.Join(a, fmt.Errorf("y: %w", b))), 6},
		{"endless", loop{}, maxChain},
		{"wide", errors.Join(many(1000)...), maxChain},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := count(tt.err); got != tt.want {
				t.Errorf("%d errors, want %d", got, tt.want)
			}
		})
	}
}

func many(n int) []error {
	out := make([]error, n)
	for i := range out {
		out[i] = errors.New("e")
	}
	return out
}

func TestReportIsBounded(t *testing.T) {
	r := hostile(strings.Repeat("ü\n", 1<<20))
	if n := len(report(r, 0)); n > 1<<20 {
		t.Errorf("%d bytes", n)
	}
}

func TestLine(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "Grüße, \"x\" \\ 日本", "Grüße, \"x\" \\ 日本"},
		{"escaped", "\x1b\n\t\xff\u2028", `\x1b\n\t\xff\u2028`},
		{"spaces of other scripts", "a\u00a0b\u3000c", "a\u00a0b\u3000c"},
		{"replacement character", "\ufffd", "\ufffd"},
		{"cut", strings.Repeat("a", maxLine+1), strings.Repeat("a", maxLine) + "..."},
		{"cut within a character", strings.Repeat("a", maxLine-1) + "ü", strings.Repeat("a", maxLine-1) + "..."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, line(tt.in)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func FuzzReport(f *testing.F) {
	for _, s := range []string{"", "Subject", "\x1b[2J", "\r\n- Key: x", "\u2028\u202e", "\xff\x9b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkHostile(t, "a"+s) })
}
