package charset

import (
	"bytes"
	"strings"
	"unicode/utf8"
	"unsafe"
)

// DecodeDeclared returns the text of b, whose label says that its charset is c;
// nil means that there is no label, or an unknown one. It obeys the label unless
// the bytes prove it wrong, as the package comment describes. used is the
// charset that b was read in, never nil; bad is what [Charset.Decode] counts. A
// byte order mark at the start is dropped.
func DecodeDeclared(c *Charset, b []byte) (s string, used *Charset, bad int) {
	return decodeDeclared(c, b, (*Charset).Decode)
}

// DecodeOwned is [DecodeDeclared] for bytes that nobody changes afterwards: text
// that is the same bytes in UTF-8 shares their memory.
func DecodeOwned(c *Charset, b []byte) (s string, used *Charset, bad int) {
	return decodeDeclared(c, b, func(used *Charset, b []byte) (string, int) {
		return used.DecodeString(unsafe.String(unsafe.SliceData(b), len(b)))
	})
}

func decodeDeclared(c *Charset, b []byte, decode func(*Charset, []byte) (string, int)) (s string, used *Charset, bad int) {
	if used = beforeDecoding(c, b); used == nil {
		used = Detect(b)
	}
	s, bad = decode(used, b)
	if used == c && bad > 0 {
		if used = afterDecoding(c, b, s, bad); used != c {
			s, bad = decode(used, b)
		}
	}
	if strings.HasPrefix(used.name, "utf-") {
		s = TrimBOM(s)
	}
	return s, used, bad
}

// Used returns the charset that [DecodeDeclared] reads b in. It makes the text
// only where it must see it.
func Used(c *Charset, b []byte) *Charset {
	used := beforeDecoding(c, b)
	switch {
	case used == nil:
		return Detect(b)
	case used != c || used.sameAsUTF8(b) == len(b):
		return used
	case c == UTF8():
		return afterDecoding(c, b, "", 1)
	case !c.multibyte():
		return c
	}
	if s, bad := c.Decode(b); bad > 0 {
		return afterDecoding(c, b, s, bad)
	}
	return c
}

// beforeDecoding returns the charset of b as far as its bytes tell before they
// are decoded: c, another, or nil for whatever [Detect] finds.
func beforeDecoding(c *Charset, b []byte) *Charset {
	mark := detectBOM(b)
	switch {
	case c == nil || c == UTF8():
		return c // what the decoder makes of it tells
	case c == ASCII() && (asciiPrefix(b) < len(b) || bytes.ContainsAny(b, "\x00\x1b")):
		// QUIRK: us-ascii is what programs write that don't know (RFC 2046 section
		// 4.1.2 allows nothing but ASCII then).
		return nil
	case c.wide() && mark.wide():
		return sameWidth(c, mark)
	case c.wide() && plainlyNarrow(b):
		// QUIRK: text that was converted to 8 bits keeps the label utf-16, most of all
		// HTML (RFC 2781 section 3).
		return nil
	case mark == UTF8() && utf8.Valid(b):
		// QUIRK: editors put U+FEFF before UTF-8 text under any label. No text in
		// another charset begins with these three bytes.
		return mark
	case c.stateful() && asciiPrefix(b) < len(b) && bytes.IndexByte(b, esc) < 0:
		// QUIRK: the label of the 7-bit form on text in an 8-bit one, as Japanese
		// mailers write that forget to convert (RFC 1468).
		if d := Detect(b); d == UTF8() || d.multibyte() {
			return d
		}
	case c.multibyte() && plainlyUTF8(b):
		// QUIRK: UTF-8 under the label of a national charset, by programs that went
		// over to UTF-8 while their labels did not (RFC 2045 section 5). Half of such
		// text decodes without a fault, into rare ideographs.
		return UTF8()
	}
	return c
}

// sameWidth returns the charset whose byte order mark b starts with, unless c
// has that order or finds it by itself.
func sameWidth(c, mark *Charset) *Charset {
	a, b := c.codec.(wideCodec), mark.codec.(wideCodec)
	if a.unit == b.unit && a.order == nil {
		return c
	}
	return mark
}

// plainlyNarrow reports whether text labelled UTF-16 or UTF-32 can only be in an
// 8-bit charset: it has no NUL and no mark, and is UTF-8 or mostly ASCII.
func plainlyNarrow(b []byte) bool {
	if len(b) < 4 || bytes.IndexByte(b, 0) >= 0 {
		return false
	}
	b = b[:min(len(b), sampleSize)]
	ascii := 0
	for _, c := range b {
		if ' ' <= c && c <= '~' || c == '\r' || c == '\n' || c == '\t' {
			ascii++
		}
	}
	return ascii*4 > len(b)*3 || likelyUTF8(b)
}

// plainlyUTF8 reports whether b is valid UTF-8 with enough characters of three
// bytes that this is no chance.
func plainlyUTF8(b []byte) bool {
	n := countUTF8(b)
	return n.long >= 3 && n.bad == 0
}

// afterDecoding returns the charset to use for text that has bad invalid
// sequences under the label c: c or another one. s is the text under c.
func afterDecoding(c *Charset, b []byte, s string, bad int) *Charset {
	if c == UTF8() {
		n := countUTF8(b)
		if n.good > 0 && n.good >= n.bad || n.good+n.bad == 0 && n.cut > 1 {
			return c
		}
		return Detect(b)
	}
	wide := utf8.RuneCountInString(s) - countASCII(s)
	if !c.multibyte() || bad*4 < wide {
		return c
	}
	// Much damage. The label gives way to UTF-8, and to any charset in which the
	// bytes have none.
	d := Detect(b)
	if _, badThen := d.Decode(b); badThen > 0 && d != UTF8() {
		return c
	}
	return d
}

func countASCII(s string) (n int) {
	for i := range len(s) {
		if s[i] < utf8.RuneSelf {
			n++
		}
	}
	return n
}

// wide reports whether c is UTF-16 or UTF-32; c may be nil.
func (c *Charset) wide() bool {
	if c == nil {
		return false
	}
	_, wide := c.codec.(wideCodec)
	return wide
}

// stateful reports whether c is a 7-bit charset with shifts.
func (c *Charset) stateful() bool {
	_, stateful := c.codec.(*statefulCodec)
	return stateful
}

// multibyte reports whether characters of c may have several bytes, so that its
// decoder notices most text in other charsets. UTF-8 does not count.
func (c *Charset) multibyte() bool {
	switch c.codec.(type) {
	case *doubleByte, gbCodec, *statefulCodec:
		return true
	}
	return false
}
