package charset

import (
	"encoding/binary"
	"strings"
	"unicode/utf8"
)

const highBits = 0x8080808080808080

// asciiPrefix returns the length of the longest prefix of b without 8-bit bytes.
func asciiPrefix(b []byte) int {
	i := 0
	for ; i+8 <= len(b); i += 8 {
		if binary.NativeEndian.Uint64(b[i:])&highBits != 0 {
			break
		}
	}
	for i < len(b) && b[i] < utf8.RuneSelf {
		i++
	}
	return i
}

// validPrefix returns the length of a prefix of b that is valid UTF-8: all of b
// if it is valid, else what precedes the first 8-bit byte.
func validPrefix(b []byte) int {
	if utf8.Valid(b) {
		return len(b)
	}
	return asciiPrefix(b)
}

type utf8Codec struct{}

// decode replaces each maximal subpart of an ill-formed sequence by one U+FFFD,
// as the Unicode Standard recommends (section 3.9), so that a truncated
// character leaves one.
func (utf8Codec) decode(w *strings.Builder, b []byte) (bad int) {
	for len(b) > 0 {
		n := utf8Run(b)
		w.Write(b[:n])
		if b = b[n:]; len(b) == 0 {
			break
		}
		w.WriteRune(utf8.RuneError)
		bad++
		b = b[utf8Subpart(b):]
	}
	return bad
}

// utf8Run returns the length of the longest valid prefix of b.
func utf8Run(b []byte) int {
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i += asciiPrefix(b[i:])
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(b)
}

// utf8Subpart returns the length of the maximal subpart at the start of b,
// which is no valid character: the longest prefix that could start one, at
// least one byte.
func utf8Subpart(b []byte) int {
	n, low, high := utf8Lead(b[0])
	if n == 0 {
		return 1
	}
	i := 1
	for ; i < n && i < len(b) && low <= b[i] && b[i] <= high; i++ {
		low, high = 0x80, 0xBF
	}
	return i
}

// utf8Lead returns the length of the character that c starts, 0 if it starts
// none, and the range of its second byte (RFC 3629 section 4).
func utf8Lead(c byte) (n int, low, high byte) {
	switch {
	case 0xC2 <= c && c <= 0xDF:
		return 2, 0x80, 0xBF
	case c == 0xE0:
		return 3, 0xA0, 0xBF
	case c == 0xED:
		return 3, 0x80, 0x9F
	case 0xE1 <= c && c <= 0xEF:
		return 3, 0x80, 0xBF
	case c == 0xF0:
		return 4, 0x90, 0xBF
	case 0xF1 <= c && c <= 0xF3:
		return 4, 0x80, 0xBF
	case c == 0xF4:
		return 4, 0x80, 0x8F
	}
	return 0, 0, 0
}

func (utf8Codec) size(b []byte) int { return len(b) + len(b)/8 }

func (utf8Codec) encode(dst []byte, s string) ([]byte, bool) {
	if utf8.ValidString(s) {
		return append(dst, s...), true
	}
	return append(dst, strings.ToValidUTF8(s, "\ufffd")...), false
}

func (utf8Codec) cut(b []byte, n int) int {
	for i := n; i > 0 && i > n-utf8.UTFMax; i-- {
		if !utf8.RuneStart(b[i]) {
			continue
		}
		if i == n {
			return n
		}
		if _, size := utf8.DecodeRune(b[i:]); size > n-i {
			return i
		}
		return n
	}
	return n
}

// asciiCodec is strict us-ascii: an 8-bit byte is invalid.
type asciiCodec struct{}

func (asciiCodec) decode(w *strings.Builder, b []byte) (bad int) {
	for len(b) > 0 {
		n := asciiPrefix(b)
		w.Write(b[:n])
		if b = b[n:]; len(b) == 0 {
			break
		}
		w.WriteRune(utf8.RuneError)
		bad++
		b = b[1:]
	}
	return bad
}

func (asciiCodec) size(b []byte) int { return len(b) + len(b)/8 }

func (asciiCodec) encode(dst []byte, s string) ([]byte, bool) {
	ok := true
	for _, r := range s {
		if r >= utf8.RuneSelf {
			r, ok = '?', false
		}
		dst = append(dst, byte(r))
	}
	return dst, ok
}

func (asciiCodec) cut(_ []byte, n int) int { return n }
