package diag_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/limits"
)

func TestCodesAreDescribedOnce(t *testing.T) {
	seen := make(map[diag.Code]bool)
	for _, c := range diag.Codes() {
		if seen[c] {
			t.Errorf("%s is in the table twice", c)
		}
		seen[c] = true
		if d := c.Description(); !strings.HasSuffix(d, ".") || strings.Contains(d, "|") {
			t.Errorf("%s has the description %q; want a sentence that a table can hold", c, d)
		}
		if string(c) != strings.ToLower(string(c)) || strings.ContainsAny(string(c), " _") {
			t.Errorf("code %q is not lower case with hyphens", c)
		}
	}
}

func TestMalformedCodes(t *testing.T) {
	for _, c := range []diag.Code{diag.HeaderLineInvalid, diag.AddressQuoteUnclosed, diag.MultipartUnclosed, diag.Base64Invalid} {
		if !c.Malformed() {
			t.Errorf("%s does not make a message malformed", c)
		}
	}
	for _, c := range []diag.Code{diag.BareLF, diag.HeaderEightBit, diag.CharsetDetected} {
		if c.Malformed() {
			t.Errorf("%s makes a message malformed, as most mail would be", c)
		}
	}
}

func TestErrorIsOneSafeLine(t *testing.T) {
	err := &diag.Error{
		Reason: diag.MalformedMIME, Status: "5.6.0", Part: "1.2", Header: "To\x1b[2J\r\nX",
		Err: errors.New("first\nsecond\x1b[0m\u2028\u009b"),
	}
	got := err.Error()
	if strings.ContainsAny(got, "\r\n\x1b\u2028\u009b") {
		t.Errorf("%q holds a line break or an escape", got)
	}
	if want := `5.6.0 malformed MIME: part 1.2: "To\x1b[2J\r\nX": first second [0m  `; got != want {
		t.Errorf("got %q; want %q", got, want)
	}
}

func TestErrorUnwraps(t *testing.T) {
	cause := &limits.ExceededError{Name: "MSize", Limit: 5, Actual: 6}
	err := fmt.Errorf("outer: %w", &diag.Error{Reason: diag.LimitExceeded, Err: cause})
	var e *diag.Error
	var x *limits.ExceededError
	if !errors.As(err, &e) || !errors.As(err, &x) || !errors.Is(err, limits.ErrExceeded) || x.Name != "MSize" {
		t.Errorf("%v is not found as *diag.Error, *limits.ExceededError and limits.ErrExceeded", err)
	}
}

func TestQuote(t *testing.T) {
	long := strings.Repeat("é", 100)
	for _, c := range []struct{ in, want string }{
		{"plain", "plain"},
		{"", `""`},
		{"a b", `"a b"`},
		{"a\x1b[31m\r\nb", `"a\x1b[31m\r\nb"`},
		{"\u2028\u202e", `"\u2028\u202e"`},
		{long, `"` + long[:80] + `"...`},
		{"x" + long, `"x` + long[:78] + `"...`},
	} {
		if got := diag.Quote(c.in); got != c.want {
			t.Errorf("Quote(%q) = %s; want %s", c.in, got, c.want)
		}
	}
}

func TestRecorderKeepsOrderAndBounds(t *testing.T) {
	var r diag.Recorder
	r.Add(diag.BareLF, "", "", "")
	for range diag.MaxPerCode + 5 {
		r.Add(diag.Base64Invalid, "1", "", "")
	}
	r.Add(diag.AddressRepaired, "", "To", "x")
	list := r.Diagnostics()
	if len(list) != 1+diag.MaxPerCode+1+1 {
		t.Fatalf("%d diagnostics are kept", len(list))
	}
	want := diag.Diagnostic{Severity: diag.Warning, Code: diag.AddressRepaired, Header: "To", Detail: "x"}
	if diff := cmp.Diff(want, list[len(list)-2]); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if last := list[len(list)-1]; last.Code != diag.DiagnosticsDropped || last.Detail != "5 more" {
		t.Errorf("the last diagnostic is %v; want the number of those dropped", last)
	}
	if m := r.Malformed(); m == nil || m.Code != diag.Base64Invalid {
		t.Errorf("the first malformed diagnostic is %v", m)
	}
	var none *diag.Recorder
	none.Add(diag.BareLF, "", "", "")
	if none.Diagnostics() != nil || none.Malformed() != nil {
		t.Error("a nil recorder keeps diagnostics")
	}
}

func TestDiagnosticString(t *testing.T) {
	d := diag.Diagnostic{Severity: diag.Loss, Code: diag.ItemsDropped, Part: "2", Header: "References", Detail: "why"}
	if got, want := d.String(), "loss: items-dropped: part 2: References: why"; got != want {
		t.Errorf("got %q; want %q", got, want)
	}
}
