package propfile

import (
	"encoding/binary"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/limits"
)

// A Text is a string that is encoded in UTF-16LE when it is written.
type Text struct {
	s          string
	size       int64 // bytes
	terminated bool
}

// NewText returns s without the NULs at its end, or with just one.
func NewText(s string, terminated bool) *Text {
	s = TrimNUL(s)
	t := &Text{s, 2 * limits.Length(s), terminated}
	if terminated {
		t.size += 2
	}
	return t
}

// Size returns the number of bytes that WriteTo writes.
func (t *Text) Size() int64 { return t.size }

// WriteTo implements [io.WriterTo].
func (t *Text) WriteTo(w io.Writer) (n int64, err error) {
	const chunk = 4096
	buf := make([]byte, 0, min(t.size, chunk)+4)
	for _, r := range t.s {
		if r > 0xFFFF {
			high, low := utf16.EncodeRune(r)
			buf = binary.LittleEndian.AppendUint16(buf, uint16(high))
			r = low
		}
		buf = binary.LittleEndian.AppendUint16(buf, uint16(r))
		if len(buf) >= chunk {
			k, err := w.Write(buf)
			n += int64(k)
			if err != nil {
				return n, err
			}
			buf = buf[:0]
		}
	}
	if t.terminated {
		buf = append(buf, 0, 0)
	}
	k, err := w.Write(buf)
	return n + int64(k), err
}

// TrimNUL removes the NULs at the end, which would be taken for a terminator.
func TrimNUL(s string) string { return strings.TrimRight(s, "\x00") }

// Decode8 decodes an 8-bit string.
//
// QUIRK: files name the Unicode code pages 1200, 1201 and 65001 as those of
// 8-bit strings, which then are UTF-8 or else just windows-1252.
func Decode8(b []byte, page *charset.Charset) (s string, bad int) {
	switch page {
	case charset.UTF8(), charset.UTF16LE(), charset.UTF16BE():
		if utf8.Valid(b) {
			return string(b), 0
		}
		page = charset.Windows1252()
	}
	return page.Decode(b)
}

// Decode16 decodes UTF-16 without the NULs at its end; bad counts lone
// surrogates. An odd byte at the end is no character.
func Decode16(b []byte) (s string, bad int) {
	b = b[:len(b)&^1]
	for len(b) > 0 && b[len(b)-1] == 0 && b[len(b)-2] == 0 {
		b = b[:len(b)-2]
	}
	if s, ok := decodeBasic(b); ok {
		return s, 0
	}
	return charset.UTF16LE().Decode(b)
}

// decodeBasic decodes UTF-16 in which no character takes two units, and makes
// nothing but the text: messages have many short strings. ok is false where there
// are surrogates.
func decodeBasic(b []byte) (s string, ok bool) {
	size := 0
	for i := 0; i+1 < len(b); i += 2 {
		switch u := binary.LittleEndian.Uint16(b[i:]); {
		case u < 0x80:
			size++
		case u < 0x800:
			size += 2
		case u < 0xD800, u >= 0xE000:
			size += 3
		default:
			return "", false
		}
	}
	var w strings.Builder
	w.Grow(size)
	for i := 0; i+1 < len(b); i += 2 {
		if u := binary.LittleEndian.Uint16(b[i:]); u < utf8.RuneSelf {
			w.WriteByte(byte(u))
		} else {
			w.WriteRune(rune(u))
		}
	}
	return w.String(), true
}
