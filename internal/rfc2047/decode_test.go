package rfc2047

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

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

var decodeTests = []struct {
	name, in, want string
	codes          []diag.Code
}{
	{"empty", "", "", nil},
	{"ASCII", "plain (text) = ?", "plain (text) = ?", nil},
	{"white space stays", " a\t b  ", " a\t b  ", nil},
	{"Q", "=?iso-8859-1?Q?Fr=F6sche_da?=", "Frösche da", nil},
	{"q in lower case, lower case escapes", "=?ISO-8859-1?q?Fr=f6sche?=", "Frösche", nil},
	{"B", "=?utf-8?B?RnLDtnNjaGU=?=", "Frösche", nil},
	{"b in lower case", "=?UTF-8?b?RnLDtnNjaGU=?=", "Frösche", nil},
	{"language tag of RFC 2231", "=?us-ascii*en?Q?hi?=", "hi", nil},
	{"between text", "Re: =?utf-8?Q?=C3=A4?= mid =?utf-8?Q?=C3=B6?= tail", "Re: ä mid ö tail", nil},
	{"touching text", "a=?utf-8?Q?b?=c=?utf-8?Q?d?=e", "abcde", nil},
	{"within quotation marks", `"=?utf-8?Q?=C3=A4?="`, `"ä"`, nil},
	{"in a comment", `(=?utf-8?Q?=C3=A4?=)`, `(ä)`, nil},

	{"IN-HDR-052 adjacent words", "=?utf-8?Q?a?= =?utf-8?Q?b?=", "ab", nil},
	{"IN-HDR-052 folded adjacent words", "=?utf-8?Q?a?= \t  =?iso-8859-1?Q?=E4?=", "aä", nil},
	{"IN-HDR-052 words without white space", "=?utf-8?Q?a?==?utf-8?B?Yg==?==?utf-8?Q?c?=", "abc", nil},
	{"IN-HDR-052 character split over words in B", "=?utf-8?B?4pg=?= =?UTF-8?B?ug==?=", "☺", nil},
	{"IN-HDR-052 character split over words in Q", "=?utf-8?Q?=E2=98?= =?utf-8?Q?=BA?=", "☺", nil},
	{"IN-HDR-052 character split over words of both encodings", "=?utf-8?Q?=E2=98?= =?utf8?B?ug==?=", "☺", nil},
	{"IN-HDR-052 white space before text stays", "=?utf-8?Q?a?= b =?utf-8?Q?c?=", "a b c", nil},

	{"iso-2022-jp, each word in the initial state", "=?ISO-2022-JP?B?GyRCJUYlOSVIGyhC?=  =?ISO-2022-JP?B?GyRCJUYlOSVIGyhC?=", "テストテスト", nil},
	{"iso-2022-jp, no return to ASCII", "=?ISO-2022-JP?B?GyRCJUYlOSVI?= =?ISO-2022-JP?B?GyRCJUYlOSVI?=", "テストテスト", nil},
	{"iso-2022-jp, state goes on", "=?ISO-2022-JP?B?GyRCJUYlOSVI?= =?ISO-2022-JP?B?JUYlOSVIGyhC?=", "テストテスト", nil},
	{"iso-2022-jp without words", "\x1b$B%F%9%H\x1b(B test", "テスト test", []diag.Code{diag.HeaderEightBit}},

	{"QUIRK raw spaces in Q", "=?utf-8?Q?a =C3=A4 b?=", "a ä b", []diag.Code{diag.WordInvalid}},
	{"QUIRK raw question marks in Q", "=?utf-8?Q?who? what??=", "who? what?", []diag.Code{diag.WordInvalid}},
	{"QUIRK question mark before an escape", "=?utf-8?Q?who?=20=C3=A4?= b", "who? ä b", nil},
	{"word before text that looks like an escape", "=?utf-8?Q?who?=20 b", "who20 b", nil},
	{"word before a word, not an escape", "=?utf-8?Q?a?=ab=?utf-8?Q?c?=", "aabc", nil},
	{"QUIRK bad escapes", "=?utf-8?Q?a=b=C3=A4=?=", "a=bä=", []diag.Code{diag.WordInvalid}},
	{"QUIRK no padding", "=?utf-8?B?RnLDtnNjaGU?=", "Frösche", []diag.Code{diag.WordInvalid}},
	{"QUIRK too much padding", "=?utf-8?B?RnLDtnNjaGU===?=", "Frösche", nil},
	{"QUIRK junk in B", "=?utf-8?B?RnLD tnNj!aGU=?=", "Frösche", []diag.Code{diag.WordInvalid}},
	{"QUIRK padding within B", "=?utf-8?B?YQ==Yg==?=", "ab", []diag.Code{diag.WordInvalid}},
	{"QUIRK base64 cut at any place", "=?utf-8?B?RnLDt?= =?utf-8?B?nNjaGU=?=", "Frösche", []diag.Code{diag.WordInvalid}},
	{"words without padding start anew", "=?utf-8?B?YQ?= =?utf-8?B?Yg?=", "ab", []diag.Code{diag.WordInvalid}},
	{"QUIRK cut off in Q", "=?utf-8?Q?a_=C3=A4_b", "a ä b", []diag.Code{diag.WordInvalid}},
	{"QUIRK cut off in the end mark", "=?utf-8?Q?abc?", "abc", []diag.Code{diag.WordInvalid}},
	{"QUIRK cut off in B", "=?utf-8?B?RnLDtnNja", "Frösc", []diag.Code{diag.WordInvalid}},
	{"QUIRK cut off within a character", "=?utf-8?B?RnLDtnNjaGXDpMM", "Fröscheä\ufffd", []diag.Code{diag.WordInvalid, diag.TextUndecodable}},
	{"QUIRK cut off before another word", "=?utf-8?Q?abc =?utf-8?Q?d?=", "abcd", []diag.Code{diag.WordInvalid}},
	{"no end and text", "=?utf-8?Q?abc def", "=?utf-8?Q?abc def", nil},
	{"nothing of base64 in B", "a =?utf-8?B?!!!!?= =?utf-8?Q?b?=", "a =?utf-8?B?!!!!?= b", []diag.Code{diag.WordInvalid}},
	{"no end and no payload", "=?utf-8?Q?", "=?utf-8?Q?", nil},
	{"empty payload", "a =?utf-8?B??= b", "a  b", nil},
	{"empty charset", "=??Q?abc?=", "abc", []diag.Code{diag.WordCharsetUnknown}},
	{"unknown encoding", "=?utf-8?X?abc?=", "=?utf-8?X?abc?=", nil},
	{"no word", "=?utf-8?=", "=?utf-8?=", nil},
	{"head alone", "=?", "=?", nil},
	{"label too long", "=?" + strings.Repeat("x", 100) + "?Q?a?=", "=?" + strings.Repeat("x", 100) + "?Q?a?=", nil},
	{"words are decoded once", "=?utf-8?Q?=3D=3Futf-8=3FQ=3Fa=3F=3D?=", "=?utf-8?Q?a?=", nil},
	{"nested", "=?utf-8?Q?=?utf-8?Q?a?=?=", "=?utf-8?Q?a?=", nil},

	{"unknown charset", "=?NONE?B?VEVTVA=?=", "TEST", []diag.Code{diag.WordCharsetUnknown}},
	{"unknown charset, UTF-8 within", "=?x-unknown?Q?=C3=A4?=", "ä", []diag.Code{diag.WordCharsetUnknown}},
	{"unknown charset, Latin-1 within", "=?x-unknown?Q?Gr=FC=DFe?=", "Grüße", []diag.Code{diag.WordCharsetUnknown}},
	{"declared UTF-8, is Latin-1", "=?utf-8?Q?Gr=FC=DFe?=", "Grüße", []diag.Code{diag.CharsetMismatch}},
	{"declared ASCII, is UTF-8", "=?us-ascii?Q?Gr=C3=BC=C3=9Fe?=", "Grüße", []diag.Code{diag.CharsetMismatch}},
	{"declared ASCII, is Latin-1", "=?us-ascii?Q?Gr=FC=DFe?=", "Grüße", []diag.Code{diag.CharsetMismatch}},
	{"8-bit bytes in a word", "=?iso-8859-1?Q?Fr\xf6sche?=", "Frösche", nil},
	{"utf-7", "=?utf-7?Q?Fr+APY-sche?=", "Frösche", nil},
	{"utf-7 in B", "=?utf-7?B?SitBUHctcmdlbiBTY2htK0FQdy1yZ2Vu?=", "Jürgen Schmürgen", nil},

	{"raw UTF-8", "Fr\xc3\xb6sche =?utf-8?Q?=C3=A4?=", "Frösche ä", nil},
	{"raw Latin-1", "Die Fr\xf6sche", "Die Frösche", []diag.Code{diag.HeaderEightBit}},
	{"raw Latin-1 beside a word", "Fr\xf6sche =?utf-8?Q?=C3=A4?=", "Frösche ä", []diag.Code{diag.HeaderEightBit}},
	{"QUIRK raw UTF-8 cut off", "Fr\xc3\xb6sche \xc3", "Frösche \ufffd", []diag.Code{diag.HeaderEightBit}},

	{"raw Latin-1 that holds a character of UTF-8", "Gr\xfc\xdfe \xc3\xbc \xe4\xf6", "Grüße Ã¼ äö", []diag.Code{diag.HeaderEightBit}},
	{"escape cut off", "=?utf-8?Q?a=4?=", "a=4", []diag.Code{diag.WordInvalid}},
	{"bytes that no label has", "=?utf\x7f8?Q?a?= =?utf 8?Q?a?=", "=?utf8?Q?a?= =?utf 8?Q?a?=", []diag.Code{diag.HeaderControlRemoved}},

	{"control characters removed", "=?utf-8?Q?a=00b=1Bc=7Fd?=\x01e", "abcde", []diag.Code{diag.HeaderControlRemoved}},
	{"C1 control characters removed", "=?utf-8?Q?a=C2=9Bb?=", "ab", []diag.Code{diag.HeaderControlRemoved}},
	{"line breaks become spaces", "=?utf-8?Q?a=0D=0Ab=0Ac=E2=80=A8d?=", "a b c d", []diag.Code{diag.HeaderControlRemoved}},
	{"TAB stays", "=?utf-8?Q?a=09b?=\tc", "a\tb\tc", nil},
}

func TestDecode(t *testing.T) {
	for _, tt := range decodeTests {
		t.Run(tt.name, func(t *testing.T) {
			got, defects := Decode(tt.in, nil)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Decode(%q) differs (-want +got):\n%s", tt.in, diff)
			}
			if diff := cmp.Diff(tt.codes, codes(defects)); diff != "" {
				t.Errorf("codes differ (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDecodeFallback(t *testing.T) {
	greek := charset.Lookup("iso-8859-7")
	for _, tt := range []struct{ name, in, want string }{
		{"fallback for 8-bit text", "\xe1\xe2", "αβ"},
		{"valid UTF-8 comes first", "\xc3\xa4", "ä"},
		{"fallback for an unknown charset", "=?x-unknown?Q?=E1=E2?=", "αβ"},
		{"declared charset comes first", "=?iso-8859-1?Q?=E1?=", "á"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, _ := Decode(tt.in, greek); got != tt.want {
				t.Errorf("Decode(%q) is %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestDecodePhrase(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"trimmed", " =?utf-8?Q?_a?= b\t", "a b"},
		{"NUL and newline of Mailsploit", "=?utf-8?Q?potus=40whitehouse.gov=00=0A?= x", "potus@whitehouse.gov  x"},
		{"overrides removed", "a\u202eb\u202cc\u2066d\u2069", "abcd"},
		{"marks stay", "a\u200f b", "a\u200f b"},
		{"tabs become spaces", "a\tb", "a b"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, _ := DecodePhrase(tt.in, nil); got != tt.want {
				t.Errorf("DecodePhrase(%q) is %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestWordLen(t *testing.T) {
	for in, want := range map[string]int{
		"=?utf-8?Q?a,b?= c":  15,
		"=?utf-8?Q?a b?=":    15,
		"=?utf-8?Q?a":        0,
		"=?utf-8?Q?a =?x?Q?": 0,
		"x":                  0,
	} {
		if got := WordLen(in); got != want {
			t.Errorf("WordLen(%q) is %d, want %d", in, got, want)
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"a\tb ä\u00a0":           "a\tb ä\u00a0",
		"a\x00b\x7f\u0080\u009f": "ab",
		"a\r\nb\rc\nd\u0085e":    "a b c d e",
		"\u2028\u2029\u202a":     "  \u202a",
	} {
		got, clean := Clean(in)
		if got != want || clean != (in == want) {
			t.Errorf("Clean(%q) is %q, %v, want %q", in, got, clean, want)
		}
	}
}

// hostile values of about n bytes, which a decoder with a step back would read
// in quadratic time.
func hostile(n int) map[string]string {
	return map[string]string{
		"heads of no encoding": strings.Repeat("=?x?y?", n/6),
		"heads":                strings.Repeat("=?x?q?", n/6),
		"heads and text":       strings.Repeat("=?x?q?a ", n/8),
		"escapes after ends":   strings.Repeat("=?x?q?a?=AA", n/11),
		"ends":                 "=?x?q?" + strings.Repeat("?=AA", n/4),
		"one word":             "=?utf-8?B?" + strings.Repeat("YWFh", n/4) + "?=",
		"equals signs":         strings.Repeat("=?=", n/3),
		"labels":               strings.Repeat("=?"+strings.Repeat("l", maxLabel), n/(maxLabel+2)),
		"text before a word":   strings.Repeat("a ", n/2) + "=?utf-8?Q?b?=",
		"words":                strings.Repeat("=?utf-8?Q?b?= ", n/14),
	}
}

// The test fails by its timeout when one of the values takes quadratic time: 4
// MB are then 10^13 steps.
func TestDecodeHostile(t *testing.T) {
	for name, in := range hostile(4 << 20) {
		t.Run(name, func(t *testing.T) {
			out, defects := Decode(in, nil)
			if len(out) > 3*len(in) || len(defects) > 20 {
				t.Errorf("%d bytes gave %d bytes and %d defects", len(in), len(out), len(defects))
			}
		})
	}
}

func FuzzDecodeWords(f *testing.F) {
	for _, tt := range decodeTests {
		f.Add(tt.in)
	}
	for _, s := range hostile(1000) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text, _ := Decode(s, nil)
		name, _ := DecodePhrase(s, charset.Lookup("windows-1252"))
		for _, out := range []string{text, name} {
			if !utf8.ValidString(out) {
				t.Fatalf("result %q is not valid UTF-8", out)
			}
			if _, clean := Clean(out); !clean {
				t.Fatalf("result %q holds control characters", out)
			}
			if len(out) > 3*len(s) {
				t.Fatalf("%d bytes became %d", len(s), len(out))
			}
		}
		if n := WordLen(s); n < 0 || n > len(s) {
			t.Fatalf("word of %d bytes in %d", n, len(s))
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	inputs := hostile(300_000)
	inputs["typical ASCII subject"] = "Re: [list] Minutes of the meeting on Wednesday"
	inputs["typical subject"] = "=?UTF-8?Q?Buchungsdetails,_Abflug_am_21=2E_April_2015;_Z=C3=BCrich?= =?UTF-8?Q?_CP?="
	inputs["50000 heads of no encoding"] = strings.Repeat("=?x?y?", 50_000)
	inputs["100000 heads of no encoding"] = strings.Repeat("=?x?y?", 100_000)
	for name, in := range inputs {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(in)))
			for b.Loop() {
				Decode(in, nil)
			}
		})
	}
}
