package charset

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzDecode checks what holds for any bytes in any charset: the text is valid
// UTF-8, it has a U+FFFD for every bad sequence, both forms of Decode agree, a
// cut is a prefix within its bound, and the text of undamaged bytes can be
// written and read again.
func FuzzDecode(f *testing.F) {
	for name, keys := range textOf {
		for _, key := range keys {
			b, _ := Lookup(name).Encode(texts[key])
			for i := range charsets {
				if charsets[i].name == name {
					f.Add(uint8(i), b, 5)
					f.Add(uint8(i), b[:len(b)-1], 7)
				}
			}
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, b []byte, n int) {
		c := &charsets[int(which)%len(charsets)]
		s, bad := c.Decode(b)
		if !utf8.ValidString(s) {
			t.Fatalf("%s: Decode(%q) = %q is not UTF-8", c, b, s)
		}
		if bad > strings.Count(s, "\uFFFD") {
			t.Fatalf("%s: Decode(%q) = %q has fewer than %d U+FFFD", c, b, s, bad)
		}
		if s2, bad2 := c.DecodeString(string(b)); s2 != s || bad2 != bad {
			t.Fatalf("%s: DecodeString(%q) = %q, %d; Decode %q, %d", c, b, s2, bad2, s, bad)
		}
		if cut := c.Cut(b, n); len(cut) > max(n, 0) || string(cut) != string(b[:len(cut)]) {
			t.Fatalf("%s: Cut(%q, %d) = %q", c, b, n, cut)
		}
		e, ok := c.Encode(s)
		if can := c.CanEncode(s); can != ok {
			t.Fatalf("%s: CanEncode(%q) = %t, Encode says %t", c, s, can, ok)
		}
		if again, bad := c.Decode(e); ok && (bad > 0 || foldText(again, japaneseFold) != foldText(s, japaneseFold)) {
			t.Fatalf("%s: %q is written as %q, which reads %q", c, s, e, again)
		}
	})
}

// FuzzEncode checks that what Encode calls a faithful copy reads as the text.
func FuzzEncode(f *testing.F) {
	for _, s := range texts {
		for i := range charsets {
			f.Add(uint8(i), s)
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, s string) {
		c := &charsets[int(which)%len(charsets)]
		b, ok := c.Encode(s)
		back, bad := c.Decode(b)
		if ok && (bad > 0 || foldText(back, japaneseFold) != foldText(s, japaneseFold)) {
			t.Fatalf("%s: %q is written as %q, which reads %q", c, s, b, back)
		}
		if ok && !utf8.ValidString(s) {
			t.Fatalf("%s: invalid %q was written", c, s)
		}
	})
}

// FuzzDetect checks that a guess decodes, and that a text is not treated as
// damaged UTF-8 or refused under any label.
func FuzzDetect(f *testing.F) {
	for _, s := range samples {
		f.Add(uint8(0), []byte(s.text))
		for i, name := range s.charsets {
			b, _ := Lookup(name).Encode(s.text)
			f.Add(uint8(i*7), b)
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, b []byte) {
		d := Detect(b)
		if d == nil {
			t.Fatalf("Detect(%q) = nil", b)
		}
		if s, _ := d.Decode(b); d == ASCII() && s != string(b) {
			t.Fatalf("Detect(%q) = us-ascii", b)
		}
		c := &charsets[int(which)%len(charsets)]
		if which == 255 {
			c = nil
		}
		s, used, bad := DecodeDeclared(c, b)
		if used == nil || !utf8.ValidString(s) || bad > strings.Count(s, "\uFFFD") {
			t.Fatalf("DecodeDeclared(%s, %q) = %q, %v, %d", c, b, s, used, bad)
		}
		if alone := Used(c, b); alone != used {
			t.Fatalf("Used(%s, %q) = %s; DecodeDeclared uses %s", c, b, alone, used)
		}
		if utf8.Valid(b) && (c == UTF8() || c == ASCII() && !strings.ContainsAny(string(b), "\x00\x1b")) && bad > 0 {
			t.Fatalf("DecodeDeclared(%s, %q) damages UTF-8: %q", c, b, s)
		}
	})
}

// FuzzLookup checks that no label panics and that case and quotes don't matter.
func FuzzLookup(f *testing.F) {
	for _, s := range []string{"utf-8", `"iso-8859-1"`, "x-cp1252", "_iso-2022-jp$ESC", "cp-866", "3Dutf-8", " ;x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, label string) {
		c := Lookup(label)
		if c == nil {
			return
		}
		if len(label) > maxLabel {
			t.Fatalf("Lookup read %d bytes", len(label))
		}
		if Lookup(c.Name()) != c {
			t.Fatalf("Lookup(%q) = %s, whose name finds another", label, c)
		}
		if len(label)+2 <= maxLabel && Lookup(`"`+strings.ToUpper(label)+`"`) != c && utf8.ValidString(label) && asciiPrefix(view(label)) == len(label) && !strings.ContainsAny(label, `"'`) {
			t.Fatalf("Lookup(%q) = %s, in capitals and quotes %v", label, c, Lookup(`"`+strings.ToUpper(label)+`"`))
		}
	})
}
