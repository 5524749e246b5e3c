package propfile

import (
	"encoding/binary"
	"testing"
	"unicode/utf16"

	"github.com/contentconv/contentconv/internal/charset"
)

// compareDecode16 holds the way for common text against that for all.
func compareDecode16(t *testing.T, b []byte) {
	t.Helper()
	got, ok := decodeBasic(b[:len(b)&^1])
	want, bad := charset.UTF16LE().Decode(b[:len(b)&^1])
	surrogates := false
	for i := 1; i < len(b); i += 2 {
		surrogates = surrogates || b[i]>>3 == 0xD8>>3
	}
	if ok == surrogates {
		t.Errorf("%x: decoded is %v", b, ok)
	}
	if ok && (got != want || bad != 0) {
		t.Errorf("%x: %q, want %q, %d bad", b, got, want, bad)
	}
}

var texts16 = []string{"", "a", "Grüße", "\u07ff\u0800", "\ud7ff\ue000\uffff\ufeff", "日本語", "a\x00b", "smile 😀", "\u0080\x7f"}

func TestDecode16(t *testing.T) {
	for _, s := range texts16 {
		var b []byte
		for _, u := range utf16.Encode([]rune(s)) {
			b = binary.LittleEndian.AppendUint16(b, u)
		}
		compareDecode16(t, b)
		for _, end := range []string{"", "\x00\x00", "x"} {
			if got, bad := Decode16(append(b[:len(b):len(b)], end...)); got != s || bad != 0 {
				t.Errorf("%q and %q: %q, %d bad", s, end, got, bad)
			}
		}
	}
	if got, bad := Decode16([]byte("a\x00\x00\xD8b\x00")); got != "a\uFFFDb" || bad != 1 {
		t.Errorf("lone surrogate: %q, %d bad", got, bad)
	}
}

func FuzzDecode16(f *testing.F) {
	f.Add([]byte("a\x00\x00\xD8b\x00"))
	f.Add([]byte("\xE4\x00\x3D\xD8\x00\xDE"))
	f.Fuzz(compareDecode16)
}
