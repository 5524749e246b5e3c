package mapi

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// text8 reads 8-bit text of unknown code page: as UTF-8 if it is that, else as
// windows-1252, which has a character for every byte that occurs.
func text8(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	s, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return string(bytes.ToValidUTF8(b, []byte("\uFFFD")))
	}
	return string(s)
}

// text16 reads UTF-16LE. An odd byte at the end is ignored, half a surrogate
// pair becomes U+FFFD.
func text16(b []byte) string {
	s := make([]byte, 0, len(b)/2)
	for len(b) >= 2 {
		r := rune(binary.LittleEndian.Uint16(b))
		b = b[2:]
		if utf16.IsSurrogate(r) {
			low := rune(0)
			if len(b) >= 2 {
				low = rune(binary.LittleEndian.Uint16(b))
			}
			if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
				b = b[2:]
			}
		}
		s = utf8.AppendRune(s, r)
	}
	return string(s)
}

func appendRune16(b []byte, r rune) []byte {
	if r > 0xFFFF {
		hi, lo := utf16.EncodeRune(r)
		b = binary.LittleEndian.AppendUint16(b, uint16(hi))
		r = lo
	}
	return binary.LittleEndian.AppendUint16(b, uint16(r))
}

// appendField16 appends s as NUL-terminated UTF-16LE. A NUL within s would end
// the field early and shift those that follow, so it is left out.
func appendField16(b []byte, s string) []byte {
	for _, r := range s {
		if r != 0 {
			b = appendRune16(b, r)
		}
	}
	return append(b, 0, 0)
}

// field8 cuts 8-bit text at its NUL. Without one the text goes to the end.
func field8(b []byte) (field, rest []byte) {
	field, rest, _ = bytes.Cut(b, []byte{0})
	return field, rest
}

// field16 cuts UTF-16LE text at its NUL. Without one the text goes to the end.
func field16(b []byte) (field, rest []byte) {
	for i := 0; i+1 < len(b); i += 2 {
		if b[i] == 0 && b[i+1] == 0 {
			return b[:i], b[i+2:]
		}
	}
	return b, nil
}
