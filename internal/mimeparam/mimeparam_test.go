package mimeparam

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/defect"
)

func codes(l defect.List) (out []diag.Code) {
	for _, d := range l {
		if !slices.Contains(out, d.Code) {
			out = append(out, d.Code)
		}
	}
	return out
}

// summary writes a value in one line: what it is, then its parameters.
func summary(v Value) string {
	out := []string{v.Full}
	for _, p := range v.Params {
		out = append(out, p.Name+"="+p.Value)
	}
	return strings.Join(out, "|")
}

var (
	invalid   = []diag.Code{diag.ParameterInvalid}
	duplicate = []diag.Code{diag.ParameterDuplicate}
	gap       = []diag.Code{diag.ParameterGap}
	noType    = []diag.Code{diag.ContentTypeInvalid}
)

var typeTests = []struct {
	name, in, want string
	codes          []diag.Code
}{
	{"plain", "text/plain", "text/plain", nil},
	{"with parameter", "text/plain; charset=utf-8", "text/plain|charset=utf-8", nil},
	{"upper case", `TEXT/Plain ; CharSet="UTF-8"`, "text/plain|charset=UTF-8", nil},
	{"white space around slash and equals", "text / plain ; charset = utf-8", "text/plain|charset=utf-8", nil},
	{"comments", `(a) text (b) / (c(\)d)) plain (e) ; (f) charset (g) = (h) utf-8 (i); (j)`, "text/plain|charset=utf-8", nil},
	{"comment touching a value", "text/plain; charset=us-ascii(Plain text); a=b", "text/plain|charset=us-ascii|a=b", nil},
	{"comment after a boundary", `multipart/mixed; boundary="abc" (comment); a=b`, "multipart/mixed|boundary=abc|a=b", nil},
	{"semicolon in quotation marks", `multipart/mixed; boundary="a;b"; c=d`, "multipart/mixed|boundary=a;b|c=d", nil},
	{"quoted pairs", `a/b; c="d\"e\\f"`, `a/b|c=d"e\f`, nil},
	{"empty value", `a/b; c=""; d=`, "a/b|c=|d=", nil},
	{"one byte boundary", "multipart/digest; boundary=1;", "multipart/digest|boundary=1", nil},
	{"equals signs in a boundary", "multipart/mixed; boundary=----=_Part_1=", "multipart/mixed|boundary=----=_Part_1=", nil},

	{"type alone", "text", "", noType},
	{"no subtype", "text/", "", noType},
	{"no type", "/plain", "", noType},
	{"empty", "", "", noType},
	{"junk", "=@;;", "", noType},
	{"no slash and junk", "X-BE2; 12", "", []diag.Code{diag.ContentTypeInvalid, diag.ParameterInvalid}},
	{"parameters alone", "charset=utf-8; name=x", "|charset=utf-8|name=x", noType},
	{"type and parameters", "text/charset=utf-8", "|charset=utf-8", noType},
	{"type in quotation marks", `"text/html"; charset=utf-8`, "text/html|charset=utf-8", nil},
	{"third part", "text/plain/x; charset=utf-8", "text/plain|charset=utf-8", noType},
	{"words after the type", "text/plain foo bar; charset=utf-8", "text/plain|charset=utf-8", noType},

	{"QUIRK no semicolon after the type", "text/html charset=utf-8", "text/html|charset=utf-8", nil},
	{"QUIRK comma after the type", "text/html, charset=utf-8", "text/html|charset=utf-8", nil},
	{"QUIRK no semicolon between parameters", `a/b; c="d"  e=f g=h`, "a/b|c=d|e=f|g=h", nil},
	{"QUIRK no space either", `a/b; c="d"e=f`, "a/b|c=d|e=f", nil},
	{"QUIRK semicolons beside each other", "multipart/alternative;; ; boundary=foo;;", "multipart/alternative|boundary=foo", nil},
	{"QUIRK no value", "text/plain; charset", "text/plain", invalid},
	{"QUIRK no value, others follow", "TEXT/PLAIN ; foo; a=b", "text/plain|a=b", invalid},
	{"QUIRK quoted name without value", `text/plain; "charset"; a=b`, "text/plain|a=b", invalid},
	{"QUIRK spaces in a value", "image/png; name=a b.png", "image/png|name=a b.png", invalid},
	{"QUIRK spaces in a value, another follows", "image/png; name= a b.png ; x=y", "image/png|name=a b.png|x=y", invalid},
	{"QUIRK parentheses in a file name", "image/png; name=a (1).png", "image/png|name=a (1).png", invalid},
	{"QUIRK no closing mark", `image/png; name="a.png`, "image/png|name=a.png", invalid},
	{"QUIRK no closing mark, others follow", `image/png; name="a; b.png; size=3; x="y"`, "image/png|name=a; b.png|size=3|x=y", invalid},
	{"QUIRK no closing mark, none follows", `image/png; name="a.png; size=3`, "image/png|name=a.png|size=3", invalid},
	{"QUIRK marks in a file name", `image/png; name="my "nice" file.png"; x=y`, `image/png|name=my "nice" file.png|x=y`, invalid},
	{"QUIRK one mark in a file name", `image/png; name="19" file.png"; x=y`, `image/png|name=19" file.png|x=y`, invalid},
	{"QUIRK text after the closing mark", `a/b; c="d" x; e=f`, "a/b|c=d|e=f", invalid},
	{"QUIRK Windows path", `a/b; name="C:\dir\file.txt"`, `a/b|name=C:\dir\file.txt`, nil},
	{"QUIRK Windows path that ends in a backslash", `a/b; name="C:\dir\"; x="y"`, `a/b|name=C:\dir\|x=y`, invalid},
	{"comment without an end", "text/plain (x; charset=utf-8", "text/plain|charset=utf-8", noType},

	{"duplicate, equal", "a/b; c=d; C=d", "a/b|c=d", nil},
	{"duplicate, the first counts", "a/b; c=d; c=e", "a/b|c=d", duplicate},

	{"IN-ATT-009 charset and language", "a/b; name*=utf-8'en'%e2%98%ba%20x", "a/b|name=☺ x", nil},
	{"IN-ATT-009 other charset", "a/b; name*=ISO-8859-1''%E4%f6%FC.txt", "a/b|name=äöü.txt", nil},
	{"IN-ATT-009 in quotation marks", `a/b; name*="iso-8859-1''Fr%F6sche.txt"`, "a/b|name=Frösche.txt", nil},
	{"IN-ATT-009 sections", `a/b; name*0="abc"; name*1=def; name*2="g h"`, "a/b|name=abcdefg h", nil},
	{"IN-ATT-009 extended sections", "a/b; name*0*=utf-8''%e2%98; name*1*=%ba; name*2=%41", "a/b|name=☺%41", nil},
	{"IN-ATT-009 charset of all sections", "a/b; name*0*=koi8-r''%F0; name*1*=%D2; name*2=.txt", "a/b|name=Пр.txt", nil},
	{"IN-ATT-009 sections in another order", "a/b; name*2=c; name*0=a; x=y; name*1=b", "a/b|name=abc|x=y", nil},
	{"IN-ATT-009 more than nine sections", "a/b; n*10=k; n*0=a; n*1=b; n*2=c; n*3=d; n*4=e; n*5=f; n*6=g; n*7=h; n*8=i; n*9=j", "a/b|n=abcdefghijk", nil},
	{"IN-ATT-009 extended form wins", "a/b; name=x; name*=utf-8''y", "a/b|name=y", nil},
	{"IN-ATT-009 sections win", "a/b; name=x; name*0=y; name*1=z", "a/b|name=yz", nil},
	{"IN-ATT-009 gap", "a/b; name*0=a; name*2=c", "a/b|name=a", gap},
	{"IN-ATT-009 QUIRK sections from one", "a/b; name*1=a; name*2=b", "a/b|name=ab", gap},
	{"IN-ATT-009 sections from two", "a/b; name*2=a", "a/b|name=", gap},
	{"IN-ATT-009 section twice", "a/b; name*0=a; name*0=b; name*1=c", "a/b|name=ac", duplicate},
	{"IN-ATT-009 bad escapes", "a/b; name*=utf-8''100%%4g%", "a/b|name=100%%4g%", invalid},
	{"IN-ATT-009 no charset", "a/b; name*=''%e2%98%ba", "a/b|name=☺", nil},
	{"IN-ATT-009 QUIRK no marks", "a/b; name*=%e2%98%ba.txt", "a/b|name=☺.txt", nil},
	{"IN-ATT-009 QUIRK one mark", "a/b; name*=utf-8'%e2%98%ba.txt", "a/b|name=☺.txt", nil},
	{"IN-ATT-009 apostrophe in a name", "a/b; name*=it's.txt", "a/b|name=it's.txt", nil},
	{"IN-ATT-009 apostrophe in a value", "a/b; name*=utf-8''it's.txt", "a/b|name=it's.txt", nil},
	{"IN-ATT-009 unknown charset", "a/b; name*=x-none''%e2%98%ba", "a/b|name=☺", []diag.Code{diag.WordCharsetUnknown}},
	{"IN-ATT-009 wrong charset", "a/b; name*=utf-8''Gr%FC%DFe", "a/b|name=Grüße", []diag.Code{diag.CharsetMismatch}},
	{"IN-ATT-009 QUIRK encoded word in the extended form", "a/b; name*=utf-8''=?utf-8?Q?=E2=98=BA?=", "a/b|name=☺", nil},
	{"not a section", "a/b; name*x=1; name*0x=2; name**=3", "a/b|name*x=1|name*0x=2|name*=3", nil},

	{"IN-ATT-010 encoded word in quotation marks", `a/b; name="=?utf-8?Q?=E2=98=BA.txt?="`, "a/b|name=☺.txt", nil},
	{"IN-ATT-010 encoded words in quotation marks", `a/b; name="=?utf-8?B?4pg=?= =?utf-8?B?ui50eHQ=?="`, "a/b|name=☺.txt", nil},
	{"IN-ATT-010 QUIRK raw encoded words", "a/b; name==?utf-8?Q?=E2=98=BA?= =?utf-8?Q?.txt?=; x=y", "a/b|name=☺.txt|x=y", invalid},
	{"IN-ATT-010 QUIRK raw encoded word with spaces", "a/b; name==?utf-8?Q?a b=20c?= x=y", "a/b|name=a b c|x=y", []diag.Code{diag.ParameterInvalid, diag.WordInvalid}},
	{"IN-ATT-010 words touch text", `a/b; name="3d-=?ISO-8859-1?Q?=63?=om=?US-ASCII*EN?Q?pr?=ess.gif"`, "a/b|name=3d-compress.gif", nil},
	{"IN-ATT-010 words over sections", `a/b; name*0="=?utf-8?Q?=E2=98"; name*1="=BA?="`, "a/b|name=☺", nil},
	{"raw UTF-8", "a/b; name=☺.txt", "a/b|name=☺.txt", nil},
	{"raw Latin-1", "a/b; name=\"Fr\xf6sche.txt\"", "a/b|name=Frösche.txt", []diag.Code{diag.HeaderEightBit}},
	{"control characters removed", "a/b; name=\"a\x00b\x1bc\"; x*=utf-8''%00d", "a/b|name=abc|x=d", []diag.Code{diag.HeaderControlRemoved}},
}

func TestParseContentType(t *testing.T) {
	for _, tt := range typeTests {
		t.Run(tt.name, func(t *testing.T) {
			got := ParseContentType(tt.in, nil)
			if diff := cmp.Diff(tt.want, summary(got)); diff != "" {
				t.Errorf("ParseContentType(%q) differs (-want +got):\n%s", tt.in, diff)
			}
			if diff := cmp.Diff(tt.codes, codes(got.Defects)); diff != "" {
				t.Errorf("codes differ (-want +got):\n%s\n%v", diff, got.Defects)
			}
		})
	}
}

func TestParseContentTypeHalves(t *testing.T) {
	for in, want := range map[string][2]string{
		"Text/HTML; a=b": {"text", "html"},
		"multipart":      {"multipart", ""},
		"text/":          {"text", ""},
		"charset=x":      {"", ""},
	} {
		v := ParseContentType(in, nil)
		if got := [2]string{v.Type, v.Subtype}; got != want {
			t.Errorf("halves of %q are %q, want %q", in, got, want)
		}
	}
}

func TestParseDisposition(t *testing.T) {
	for _, tt := range []struct {
		name, in, want string
		codes          []diag.Code
	}{
		{"plain", "attachment", "attachment", nil},
		{"parameters", `Inline; filename="a.txt"; size=3`, "inline|filename=a.txt|size=3", nil},
		{"date", `attachment; creation-date="Tue, 18 Feb 2025 13:28:02 GMT"`, "attachment|creation-date=Tue, 18 Feb 2025 13:28:02 GMT", nil},
		{"QUIRK no semicolon", "attachment filename=a.txt", "attachment|filename=a.txt", nil},
		{"QUIRK no disposition", "filename=a.txt", "|filename=a.txt", []diag.Code{diag.DispositionInvalid}},
		{"QUIRK in quotation marks", `"attachment"; filename=a`, "attachment|filename=a", nil},
		{"empty", " ", "", []diag.Code{diag.DispositionInvalid}},
		{"slash", "attachment/x; a=b", "attachment|a=b", []diag.Code{diag.DispositionInvalid}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := ParseDisposition(tt.in, nil)
			if diff := cmp.Diff(tt.want, summary(got)); diff != "" {
				t.Errorf("ParseDisposition(%q) differs (-want +got):\n%s", tt.in, diff)
			}
			if diff := cmp.Diff(tt.codes, codes(got.Defects)); diff != "" {
				t.Errorf("codes differ (-want +got):\n%s", diff)
			}
		})
	}
}

func TestBoundary(t *testing.T) {
	for _, tt := range []struct{ name, params, want string }{
		{"token", "boundary=abc", "abc"},
		{"white space within and at the end", `boundary="a  b  "`, "a  b"},
		{"not decoded", `boundary="=?utf-8?Q?a?="`, "=?utf-8?Q?a?="},
		{"not decoded without marks", "boundary==?utf-8?Q?a?=", "=?utf-8?Q?a?="},
		{"8-bit bytes stay", "boundary=\"a\xe4b\"", "a\xe4b"},
		{"comment", "boundary=abc (x)", "abc"},
		{"colon and parentheses in quotation marks", `boundary="(a):b"`, "(a):b"},
		{"no closing mark", `boundary="abc`, "abc"},
		{"sections", "boundary*0=ab; boundary*1=cd", "abcd"},
		{"extended", "boundary*=us-ascii''a%3Db", "a=b"},
		{"the first counts", "boundary=a; boundary=b", "a"},
		{"none", "x=y", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := ParseContentType("multipart/mixed; "+tt.params, nil).Boundary(); got != tt.want {
				t.Errorf("boundary of %q is %q, want %q", tt.params, got, tt.want)
			}
		})
	}
}

func TestGetAndHas(t *testing.T) {
	v := ParseContentType("a/b; C=d; e=", nil)
	if v.Get("c") != "d" || v.Get("x") != "" || !v.Has("e") || v.Has("x") {
		t.Errorf("accessors of %v are wrong", v.Params)
	}
}

func TestFallback(t *testing.T) {
	greek := charset.Lookup("iso-8859-7")
	v := ParseContentType("a/b; name=\xe1\xe2; x*=''%e1%e2", greek)
	if diff := cmp.Diff("a/b|name=αβ|x=αβ", summary(v)); diff != "" {
		t.Errorf("value differs (-want +got):\n%s", diff)
	}
}
