package rfc2047

import (
	"strings"
	"testing"
)

// comparePlain holds what is seen in one pass against the rules for all text.
func comparePlain(t *testing.T, s string, used int) {
	t.Helper()
	if got, want := Encode(s, nil, used), encode(s, nil, used); got != want {
		t.Errorf("Encode(%q, %d): %q, want %q", s, used, got, want)
	}
	if got, want := string(AppendPhrase([]byte("x"), s, nil, used)), "x"+EncodePhrase(s, nil, used); got != want {
		t.Errorf("AppendPhrase(%q, %d): %q, want %q", s, used, got, want)
	}
}

var plainTexts = []string{
	"", " ", "a", "a b", "a  b", " a", "a ", "\ta", "a\tb", "a.b", "=?", "a=?b", "=", "?", "a= ?", `a"b`, `a\b`, "a\x7fb", "a\x01b", "a\r\nb",
	"J\u00f6rg", "a\u0085b", "O'Hara, P.", "x@y", strings.Repeat("a", 76), strings.Repeat("a", 77), strings.Repeat("a,", 37), strings.Repeat("ab ", 40),
}

func TestPlain(t *testing.T) {
	for _, s := range plainTexts {
		for _, used := range []int{0, 1, 2, 6, 74, 75, 76, 100} {
			comparePlain(t, s, used)
		}
	}
}

func FuzzPlain(f *testing.F) {
	for _, s := range plainTexts {
		f.Add(s, uint8(6))
	}
	f.Fuzz(func(t *testing.T, s string, used uint8) { comparePlain(t, s, int(used)) })
}
