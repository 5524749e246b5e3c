package derive

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"regexp"
	"testing"
)

func TestSameKeySameBytes(t *testing.T) {
	a, b := New([]byte("key")), New([]byte("key"))
	if a.Hex("boundary", "x") != b.Hex("boundary", "x") {
		t.Error("the same key, purpose and text give different bytes")
	}
	for _, other := range []string{
		a.Hex("boundary", "y"), a.Hex("message-id", "x"), a.Hex("boundary", "x", ""),
		New([]byte("other")).Hex("boundary", "x"), New(nil).Hex("boundary", "x"),
	} {
		if other == b.Hex("boundary", "x") {
			t.Error("another key, purpose or text gives the same bytes")
		}
	}
}

func TestHMAC(t *testing.T) {
	for _, n := range []int{0, 1, 32, 63, 64, 65, 200} {
		for _, size := range []int{0, 1, 447, 448, 449, 512, 5000} {
			key, text := bytes.Repeat([]byte("k"), n), bytes.Repeat([]byte("t"), size)
			h := hmac.New(sha256.New, key)
			h.Write(text)
			if got := hmacSHA256(key, text); !bytes.Equal(got[:], h.Sum(nil)) {
				t.Errorf("key of %d bytes, text of %d: %x", n, size, got)
			}
		}
	}
}

func TestTextsAreKeptApart(t *testing.T) {
	s := New([]byte("key"))
	if s.Hex("p", "a\x00b") == s.Hex("p", "a", "b") || s.Hex("p", "ab", "c") == s.Hex("p", "a", "bc") {
		t.Error("texts that read the same when joined give the same value")
	}
}

func TestNilKeyIsRandomButFixed(t *testing.T) {
	s := New(nil)
	if first := s.GUID("trace"); first != s.GUID("trace") {
		t.Error("one source gives two values for the same purpose")
	}
	if s.GUID("trace") == New(nil).GUID("trace") {
		t.Error("two sources without a key give the same value")
	}
}

func TestGUIDForm(t *testing.T) {
	form := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	if g := New([]byte("k")).GUID("trace", "m"); !form.MatchString(g) {
		t.Errorf("%q is no lower-case version 4 GUID", g)
	}
}
