package rfc2047

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/contentconv/contentconv/internal/charset"
)

// unfold removes the line breaks of folding and white space before the value, as
// a reader does.
func unfold(s string) string { return strings.TrimLeft(strings.ReplaceAll(s, "\r\n", ""), " ") }

func TestEncode(t *testing.T) {
	for _, tt := range []struct{ name, charset, in, want string }{
		{"ASCII stays", "", "Re: a (b) \"c\" d=e?", "Re: a (b) \"c\" d=e?"},
		{"mostly ASCII in Q", "", "Frösche aus dem Norden = _?", "=?utf-8?Q?Fr=C3=B6sche_aus_dem_Norden_=3D_=5F=3F?="},
		{"little ASCII in B", "", "äöüß", "=?utf-8?B?w6TDtsO8w58=?="},
		{"other charset", "iso-8859-1", "Frösche", "=?iso-8859-1?Q?Fr=F6sche?="},
		{"charset that lacks a character", "iso-8859-1", "Fr☺sche der Nacht", "=?utf-8?Q?Fr=E2=98=BAsche_der_Nacht?="},
		{"charset with a state", "iso-2022-jp", "テスト", "=?iso-2022-jp?B?GyRCJUYlOSVIGyhC?="},
		{"charset unfit for fields", "utf-16le", "Frösche", "=?utf-8?Q?Fr=C3=B6sche?="},
		{"what looks like a word", "", "=?utf-8?Q?a?=", "=?utf-8?B?PT91dGYtOD9RP2E/PQ==?="},
		{"white space at the ends", "", " a ", "=?utf-8?Q?_a_?="},
		{"line breaks and NUL", "", "a\r\nBcc: b@c\x00\nd\u2028e", "a Bcc: b@c d e"},
		{"invalid UTF-8", "", "a\xff and more text", "=?utf-8?Q?a=EF=BF=BD_and_more_text?="},
		{"empty", "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := Encode(tt.in, charset.Lookup(tt.charset), 9)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Encode(%q) differs (-want +got):\n%s", tt.in, diff)
			}
		})
	}
}

func TestEncodePhrase(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"atoms", "John Doe-Smith's", "John Doe-Smith's"},
		{"comma", "Doe, John", `"Doe, John"`},
		{"dot", "John Q. Public", `"John Q. Public"`},
		{"quotation mark and backslash", `a"b\c`, `"a\"b\\c"`},
		{"two spaces", "a  b", `"a  b"`},
		{"not ASCII, specials escaped", "Jörg, \"X\" of the Y company.", "=?utf-8?Q?J=C3=B6rg=2C_=22X=22_of_the_Y_company=2E?="},
		{"what looks like a word", "=?utf-8?Q?a?=", "=?utf-8?B?PT91dGYtOD9RP2E/PQ==?="},
		{"trimmed, line breaks and NUL", "\ta\r\nb\x00 ", "a b"},
		{"empty", " ", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, EncodePhrase(tt.in, nil, 4)); diff != "" {
				t.Errorf("EncodePhrase(%q) differs (-want +got):\n%s", tt.in, diff)
			}
		})
	}
}

// TestEncodeLines has long texts of each kind: OUT-HDR-021, words of at most 75
// characters, lines of at most 76, no character split.
func TestEncodeLines(t *testing.T) {
	texts := map[string]string{
		"OUT-HDR-021 ASCII":              strings.Repeat("word ", 100) + "end",
		"OUT-HDR-021 Q":                  strings.Repeat("Frösche ", 100),
		"OUT-HDR-021 B":                  strings.Repeat("☺𝄞ä", 100),
		"OUT-HDR-021 ASCII, one word":    strings.Repeat("x", 2000),
		"OUT-HDR-021 Japanese":           strings.Repeat("テストabc", 50),
		"OUT-HDR-021 ASCII, many spaces": "a" + strings.Repeat(" ", 1000) + "b",
	}
	for name, text := range texts {
		for _, label := range []string{"utf-8", "iso-8859-1", "iso-2022-jp", "shift_jis", "gb18030"} {
			for _, used := range []int{0, 9, 40, 75, 200} {
				t.Run(fmt.Sprintf("%s, %s, %d used", name, label, used), func(t *testing.T) {
					cs := charset.Lookup(label)
					checkLines(t, text, Encode(text, cs, used), used)
					checkLines(t, strings.TrimSpace(text), EncodePhrase(text, cs, used), used)
				})
			}
		}
	}
}

func checkLines(t *testing.T, text, encoded string, used int) {
	t.Helper()
	for i, line := range strings.Split(encoded, "\r\n") {
		n := len(line)
		if i == 0 {
			n += used
		} else if line == "" || line[0] != ' ' || strings.TrimSpace(line) == "" {
			t.Errorf("line %q continues nothing", line)
		}
		if n > maxLine && (strings.Contains(strings.TrimSpace(line), " ") || strings.Contains(line, "=?")) {
			t.Errorf("line %q has %d characters", line, n)
		}
		if word := strings.TrimSpace(line); strings.HasPrefix(word, "=?") {
			if len(word) > maxWord {
				t.Errorf("word %q has %d characters", word, len(word))
			}
			if alone, defects := Decode(word, nil); strings.Contains(alone, "\ufffd") || len(defects) > 0 {
				t.Errorf("word %q alone is %q, %v", word, alone, defects)
			}
		}
	}
	back, defects := Decode(unfold(encoded), nil)
	if unquoted, ok := strings.CutPrefix(back, `"`); ok && !strings.HasPrefix(text, `"`) {
		back = strings.TrimSuffix(unquoted, `"`)
	}
	if back != text || len(defects) > 0 {
		t.Errorf("decodes to %q, %v, want %q", back, defects, text)
	}
}

func FuzzEncodeWords(f *testing.F) {
	f.Add("Frösche", 9)
	f.Add("=?utf-8?Q?a?=", 70)
	f.Add(" \t\"a\\\x00\r\n☺ ", 0)
	f.Fuzz(func(t *testing.T, s string, used int) {
		used &= 0xFF
		want, _ := Clean(strings.ToValidUTF8(s, "\ufffd"))
		for _, cs := range []*charset.Charset{nil, charset.Lookup("iso-8859-1"), charset.Lookup("iso-2022-jp")} {
			encoded := Encode(s, cs, used)
			flat := unfold(encoded)
			if !isPlain(flat) {
				t.Fatalf("encoded value %q holds what no field may", encoded)
			}
			if got, _ := Decode(flat, nil); got != want && utf8.ValidString(s) && cs == nil {
				t.Fatalf("%q decodes to %q, want %q", encoded, got, want)
			}
			if phrase := unfold(EncodePhrase(s, cs, used)); !isPlain(phrase) {
				t.Fatalf("phrase %q holds what no field may", phrase)
			}
		}
	})
}

// Quoting makes text longer: a line must not become too long by it.
func TestEncodePhraseOfBackslashes(t *testing.T) {
	name := strings.Repeat(`\`, 800)
	got := EncodePhrase(name, nil, 40)
	for line := range strings.SplitSeq(got, "\r\n") {
		if len(line) > 900 {
			t.Errorf("a line has %d characters", len(line))
		}
	}
	if back, _ := DecodePhrase(strings.ReplaceAll(got, "\r\n", ""), nil); back != name {
		t.Errorf("%d backslashes come back as %d characters", len(name), len(back))
	}
}
