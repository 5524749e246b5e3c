package rfc2047

import (
	"strings"
	"testing"
)

func TestEncodeUTF8(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"as it is", "Grüße  an alle", "Grüße  an alle"},
		{"control characters", "a\r\nBcc: b\x00", "a Bcc: b"},
		{"looks like a word", "=?utf-8?Q?ä?=", "=?utf-8?B?PT91dGYtOD9RP8OkPz0=?="},
		{"blanks at its ends", " ä", "=?utf-8?B?IMOk?="},
		{"folded", strings.Repeat("größe ", 12) + "x", strings.TrimSuffix(strings.Repeat("größe ", 8), " ") + "\r\n " + strings.Repeat("größe ", 4) + "x"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := EncodeUTF8(c.in, 10); got != c.want {
				t.Errorf("got %q; want %q", got, c.want)
			}
		})
	}
}

func TestEncodePhraseUTF8(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"atoms", "Jörg Müller", "Jörg Müller"},
		{"specials", "Müller, Jörg", `"Müller, Jörg"`},
		{"quotation mark", `a "b" ä`, `"a \"b\" ä"`},
		{"two blanks", "Jörg  Müller", `"Jörg  Müller"`},
		{"full stop", "Dr. Ü", `"Dr. Ü"`},
		{"line break", "ä\r\nBcc: b", `"ä Bcc: b"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := EncodePhraseUTF8(c.in, 10); got != c.want {
				t.Errorf("got %q; want %q", got, c.want)
			}
		})
	}
}
