package charset

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// A wideCodec is UTF-16 or UTF-32.
type wideCodec struct {
	unit  int              // bytes of a code unit
	order binary.ByteOrder // nil: a byte order mark or the text itself tells
}

// next implements stepper. A lone surrogate and what the end of the text cuts
// off are invalid.
func (c wideCodec) next(b []byte) (rune, int) {
	if len(b) < c.unit {
		return invalid, len(b)
	}
	if c.unit == 4 {
		if u := c.order.Uint32(b); u <= utf8.MaxRune && utf8.ValidRune(rune(u)) {
			return rune(u), 4
		}
		return invalid, 4
	}
	r := rune(c.order.Uint16(b))
	switch {
	case !utf16.IsSurrogate(r):
		return r, 2
	case len(b) < 4 && r < 0xDC00: // a high surrogate that the end cuts off
		return invalid, len(b)
	case len(b) < 4:
		return invalid, 2
	}
	if r = utf16.DecodeRune(r, rune(c.order.Uint16(b[2:]))); r == utf8.RuneError {
		return invalid, 2
	}
	return r, 4
}

func (c wideCodec) decode(w *strings.Builder, b []byte) int {
	c, mark := c.resolve(b)
	return decodeSteps(w, c, b[mark:], false)
}

func (c wideCodec) size(b []byte) int { return len(b)/c.unit*3 + 3 }

// resolve finds the byte order if it is open, and the length of the byte order
// mark that told it.
func (c wideCodec) resolve(b []byte) (_ wideCodec, mark int) {
	if c.order != nil {
		return c, 0
	}
	little, big := c, c
	little.order, big.order = binary.LittleEndian, binary.BigEndian
	switch {
	case bytes.HasPrefix(b, little.mark()):
		return little, c.unit
	case bytes.HasPrefix(b, big.mark()):
		return big, c.unit
	case little.likely(b) > big.likely(b):
		return little, 0
	}
	return big, 0 // RFC 2781 section 4.3
}

// mark returns the byte order mark.
func (c wideCodec) mark() []byte {
	return c.append(nil, '\ufeff')
}

// likely counts the code units of a sample of b that are usual in text: ASCII,
// and the blocks of CJK.
//
// QUIRK: senders omit the byte order mark that RFC 2781 section 3.2 wants under
// the label "utf-16" and write in the order of their machine.
func (c wideCodec) likely(b []byte) (n int) {
	b = b[:min(len(b), sampleSize)]
	for ; len(b) >= c.unit; b = b[c.unit:] {
		switch r, _ := c.next(b); {
		case ' ' <= r && r <= '~', r == '\r', r == '\n', r == '\t':
			n += 2
		case 0x3000 <= r && r < 0xA000, 0xAC00 <= r && r < 0xD7A4:
			n++
		}
	}
	return n
}

func (c wideCodec) append(dst []byte, r rune) []byte {
	order := c.order.(binary.AppendByteOrder)
	if c.unit == 4 {
		return order.AppendUint32(dst, uint32(r))
	}
	if r1, r2 := utf16.EncodeRune(r); r1 != utf8.RuneError {
		return order.AppendUint16(order.AppendUint16(dst, uint16(r1)), uint16(r2))
	}
	return order.AppendUint16(dst, uint16(r))
}

// encode writes a byte order mark where the label leaves the order open.
func (c wideCodec) encode(dst []byte, s string) ([]byte, bool) {
	if c.order == nil {
		c.order = binary.LittleEndian
		dst = append(dst, c.mark()...)
	}
	for _, r := range s {
		dst = c.append(dst, r)
	}
	return dst, utf8.ValidString(s)
}

func (c wideCodec) cut(b []byte, n int) int {
	c, _ = c.resolve(b)
	n -= n % c.unit
	if c.unit == 2 && n >= 2 {
		r1 := rune(c.order.Uint16(b[n-2:]))
		if 0xD800 <= r1 && r1 < 0xDC00 && n+2 <= len(b) && utf16.DecodeRune(r1, rune(c.order.Uint16(b[n:]))) != utf8.RuneError {
			n -= 2
		}
	}
	return n
}
