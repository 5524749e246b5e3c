package ical_test

import (
	"bytes"
	"testing"

	"github.com/contentconv/contentconv/ical"
)

// Every id that is read is written as it was, and its UID leads to the same series.
func FuzzGlobalObjectID(f *testing.F) {
	f.Add([]byte("\x04\x00\x00\x00\x82\x00\xE0\x00\x74\xC5\xB7\x10\x1A\x82\xE0\x08" +
		"\x07\xEA\x0B\x1E\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x0D\x00\x00\x00vCal-Uid\x01\x00\x00\x00x"))
	f.Add([]byte("abc@example.com"))
	f.Fuzz(func(t *testing.T, b []byte) {
		uid := ical.GlobalObjectIDOf(string(b))
		if g, err := ical.ParseGlobalObjectID(uid.Bytes()); err != nil || !bytes.Equal(g.Bytes(), uid.Bytes()) {
			t.Errorf("%x comes back as %x: %v", uid.Bytes(), g.Bytes(), err)
		}
		g, err := ical.ParseGlobalObjectID(b)
		if err != nil {
			return
		}
		if !bytes.Equal(g.Bytes(), b) {
			t.Errorf("%x is written as %x", b, g.Bytes())
		}
		if first := g.UID(); ical.GlobalObjectIDOf(first).UID() != first {
			t.Errorf("UID %q becomes %q", first, ical.GlobalObjectIDOf(first).UID())
		}
	})
}
