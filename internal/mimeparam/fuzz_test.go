package mimeparam

import (
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/rfc2047"
)

// hostile values of about n bytes, which a parser with a step back would read in
// quadratic time.
func hostile(n int) map[string]string {
	var sections strings.Builder
	for i := n / 16; i > 0; i-- {
		sections.WriteString("; n*" + string(rune('0'+i%10)) + strings.Repeat("7", 5) + "=abcd")
	}
	return map[string]string{
		"sections":         "a/b" + sections.String(),
		"parameters":       "a/b" + strings.Repeat(";a=b", n/4),
		"unclosed marks":   "a/b" + strings.Repeat(`;a="b`, n/5),
		"marks after junk": "a/b;" + strings.Repeat(`a="b"@c=(x)`, n/11),
		"marks":            `a/b;a="b` + strings.Repeat(`"`, n),
		"mark and commas":  `a/b;a="b` + strings.Repeat(`";,`, n/3),
		"hidden marks":     `a/b;a="` + strings.Repeat(`\" `, n/3),
		"comments":         "a/b;" + strings.Repeat("(", n),
		"comment values":   "a/b;" + strings.Repeat("a=(;", n/4),
		"junk":             "a/b " + strings.Repeat("c d ", n/4),
		"spaces":           "a/b; c=" + strings.Repeat(" ", n) + "d",
		"value of words":   "a/b; c=" + strings.Repeat("d ", n/2),
		"word heads":       "a/b; c=" + strings.Repeat("=?x?q?", n/6),
		"escapes":          "a/b; c*=utf-8''" + strings.Repeat("%4", n/2),
		"equals signs":     "a/b; c" + strings.Repeat("=", n),
	}
}

// The test fails by its timeout when one of the values takes quadratic time.
func TestParseHostile(t *testing.T) {
	for name, in := range hostile(4 << 20) {
		t.Run(name, func(t *testing.T) {
			v := ParseContentType(in, nil)
			if v.Full != "a/b" || len(v.Defects) > 20 {
				t.Errorf("type is %q, with %d defects", v.Full, len(v.Defects))
			}
		})
	}
}

func TestManyParameters(t *testing.T) {
	var b strings.Builder
	b.WriteString("a/b")
	for i := range 100_000 {
		b.WriteString("; n*" + strconv.Itoa(i) + "=" + string(rune('a'+i%26)))
		b.WriteString("; p" + strconv.Itoa(i%1000) + "=x")
	}
	v := ParseContentType(b.String(), nil)
	if n := len(v.Params); n != 1001 {
		t.Errorf("%d parameters, want 1001", n)
	}
	if n := len(v.Get("n")); n != 100_000 {
		t.Errorf("continued value has %d bytes, want 100000", n)
	}
	if len(v.Defects) > 0 {
		t.Errorf("defects: %v", v.Defects)
	}
}

func TestParametersAreBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString("a/b")
	for i := range maxSections + 10 {
		b.WriteString("; p" + strconv.Itoa(i) + "=x; n*" + strconv.Itoa(i) + "=y")
	}
	v := ParseContentType(b.String(), nil)
	if len(v.Params) != maxFields || len(v.Get("n")) != maxSections {
		t.Errorf("%d parameters and %d sections were kept", len(v.Params), len(v.Get("n")))
	}
	want := []diag.Code{diag.ParameterInvalid, diag.ParameterGap}
	if diff := cmp.Diff(want, codes(v.Defects)); diff != "" {
		t.Errorf("codes differ (-want +got):\n%s", diff)
	}
}

func FuzzParam(f *testing.F) {
	for _, tt := range typeTests {
		f.Add(tt.in)
	}
	for _, s := range hostile(200) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, v := range []Value{ParseContentType(s, nil), ParseDisposition(s, nil)} {
			seen := make(map[string]bool)
			total := 0
			for _, p := range v.Params {
				if seen[p.Name] || p.Name == "" || skipToken(p.Name, 0) != len(p.Name) || p.Name != strings.ToLower(p.Name) {
					t.Fatalf("parameter name %q is wrong or there twice", p.Name)
				}
				seen[p.Name] = true
				total += len(p.Value)
				if _, clean := rfc2047.Clean(p.Value); !clean || !utf8.ValidString(p.Value) {
					t.Fatalf("value %q holds control characters or is invalid", p.Value)
				}
				reread := ParseContentType("a/b; "+strings.Join(FormatParam("x", p.Value), "; "), nil)
				if got := reread.Get("x"); got != p.Value && !strings.Contains(p.Value, "=?") {
					t.Fatalf("%q, formatted and parsed, is %q", p.Value, got)
				}
			}
			if total > 3*len(s) {
				t.Fatalf("%d bytes became %d", len(s), total)
			}
		}
	})
}

func BenchmarkParseContentType(b *testing.B) {
	for name, in := range map[string]string{
		"typical":  `multipart/alternative; boundary="----=_NextPart_000_0009_01CE8EA1.39F0BC00"`,
		"filename": `application/pdf; name="report 2020.pdf"; size=1234`,
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ParseContentType(in, nil)
			}
		})
	}
}
