package charset

import (
	"strings"
	"unsafe"
)

// A Charset converts between the bytes of one charset and UTF-8 text. There is
// one value for each charset, so pointers can be compared. A Charset is
// immutable and can be shared by any number of goroutines.
type Charset struct {
	name     string
	codePage int
	ascii    bool
	codec    codec
}

// A codec does the work for a charset.
type codec interface {
	// decode writes the text of b to w as valid UTF-8 and returns how many
	// invalid sequences became U+FFFD.
	decode(w *strings.Builder, b []byte) (bad int)
	// size estimates the length of the text of b, from above if it is cheap.
	size(b []byte) int
	// encode appends the bytes of s to dst. ok is false when a substitute stands
	// for at least one character.
	encode(dst []byte, s string) (out []byte, ok bool)
	// cut returns the end of the last character that lies within b[:n];
	// 0 < n < len(b).
	cut(b []byte, n int) int
}

// Name returns the preferred MIME name in lower case, such as "iso-8859-1".
func (c *Charset) Name() string { return c.name }

// CodePage returns the Windows code page identifier, such as 1252 or 50220, or
// 0 when Windows has none for the charset.
func (c *Charset) CodePage() int { return c.codePage }

// ASCIICompatible reports whether every byte below 0x80 means the ASCII
// character wherever it is the first byte of a character, so that ASCII text is
// the same bytes in the charset. It is false for UTF-16, UTF-32, UTF-7, HZ, the
// ISO-2022 family and EBCDIC.
func (c *Charset) ASCIICompatible() bool { return c.ascii }

// String returns the name.
func (c *Charset) String() string { return c.name }

// Decode returns the text of b. It never fails and the result is always valid
// UTF-8: each invalid, unassigned or truncated sequence becomes one U+FFFD and
// counts as bad. A byte order mark stays, as U+FEFF, except that it is consumed
// where it decides the byte order ("utf-16", "utf-32"); see [TrimBOM].
func (c *Charset) Decode(b []byte) (s string, bad int) {
	if c.sameAsUTF8(b) == len(b) {
		return string(b), 0
	}
	var w strings.Builder
	w.Grow(c.TextSize(b))
	bad = c.DecodeTo(&w, b)
	return w.String(), bad
}

// DecodeTo is [Charset.Decode] that appends the text to w.
func (c *Charset) DecodeTo(w *strings.Builder, b []byte) (bad int) {
	n := c.sameAsUTF8(b)
	w.Write(b[:n])
	return c.codec.decode(w, b[n:])
}

// TextSize estimates the length of the text of b; for charsets of one byte a
// character it is exact.
func (c *Charset) TextSize(b []byte) int {
	n := c.sameAsUTF8(b)
	if n < len(b) {
		n += c.codec.size(b[n:])
	}
	return n
}

// DecodeString is [Charset.Decode] for a string. It returns b itself when the
// text is the same bytes in UTF-8.
func (c *Charset) DecodeString(b string) (s string, bad int) {
	if c.sameAsUTF8(view(b)) == len(b) {
		return b, 0
	}
	return c.Decode(view(b))
}

// view returns the bytes of s, not to be changed, without a copy.
func view(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// sameAsUTF8 returns the length of a prefix of b that needs no conversion.
func (c *Charset) sameAsUTF8(b []byte) int {
	switch {
	case c == UTF8():
		return validPrefix(b)
	case c.ascii:
		return asciiPrefix(b)
	}
	return 0
}

// Encode returns s in the charset. ok is false when a character has no
// representation, or s is not valid UTF-8; '?', or U+FFFD in a Unicode charset,
// stands in its place. Text in a stateful charset ends in the initial state.
func (c *Charset) Encode(s string) (b []byte, ok bool) {
	if c.ascii && asciiPrefix(view(s)) == len(s) {
		return []byte(s), true
	}
	return c.codec.encode(make([]byte, 0, len(s)+len(s)/4), s)
}

// CanEncode reports whether [Charset.Encode] would represent every character of
// s.
func (c *Charset) CanEncode(s string) bool {
	if c.ascii && asciiPrefix(view(s)) == len(s) {
		return true
	}
	_, ok := c.codec.encode(make([]byte, 0, len(s)+len(s)/4), s)
	return ok
}

// Cut returns a prefix of b of at most n bytes that ends at the end of a
// character. Where bytes are damaged it cuts at n when it finds nothing better.
// In a stateful charset the rest of b may depend on a state that the prefix set.
func (c *Charset) Cut(b []byte, n int) []byte {
	switch {
	case n <= 0:
		return b[:0]
	case n >= len(b):
		return b
	}
	return b[:c.codec.cut(b, n)]
}

// TrimBOM returns s without the U+FEFF that it may start with.
func TrimBOM(s string) string { return strings.TrimPrefix(s, "\ufeff") }
