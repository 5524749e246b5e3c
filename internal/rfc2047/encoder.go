package rfc2047

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"github.com/contentconv/contentconv/internal/charset"
)

// maxWord is the number of characters that an encoded word may have (RFC 2047
// section 2).
const maxWord = 75

// isTextSafe and isPhraseSafe report whether c may stand as it is in a Q
// payload of a text or a phrase (RFC 2047 sections 4.2 and 5).
func isTextSafe(c byte) bool {
	return c > ' ' && c < 0x7F && c != '=' && c != '?' && c != '_'
}

func isPhraseSafe(c byte) bool {
	return isAlphanumeric(c) || strings.IndexByte("!*+-/", c) >= 0
}

// An encoder writes text as encoded words.
type encoder struct {
	text     string
	cs       *charset.Charset
	stateful bool // an encoded text is more than its encoded characters
	safe     func(byte) bool
	q        bool
	head     string
}

func newEncoder(s string, cs *charset.Charset, safe func(byte) bool) *encoder {
	e := &encoder{text: s, cs: cs, safe: safe}
	e.stateful = cs != nil && strings.HasPrefix(cs.Name(), "iso-2022-")
	if cs == nil || !cs.ASCIICompatible() && !e.stateful || !cs.CanSend(s) {
		e.cs, e.stateful = charset.UTF8(), false
	}
	n, q := e.size(s)
	e.q = !e.stateful && q <= base64.StdEncoding.EncodedLen(n)
	encoding := "B"
	if e.q {
		encoding = "Q"
	}
	e.head = "=?" + e.cs.Name() + "?" + encoding + "?"
	return e
}

// words returns the text as words of whole characters, one a line.
func (e *encoder) words(used int) string {
	var b strings.Builder
	b.Grow(2 * len(e.text))
	const atLeast = 12 // a character of four bytes in Q
	room := min(maxWord, maxLine-used)
	if room < len(e.head)+atLeast+len("?=") {
		b.WriteString("\r\n ")
		room = maxWord
	}
	for s := e.text; s != ""; room = maxWord {
		n := e.fit(s, room-len(e.head)-len("?="))
		b.WriteString(e.head)
		e.payload(&b, s[:n])
		b.WriteString("?=")
		if s = s[n:]; s != "" {
			b.WriteString("\r\n ")
		}
	}
	return b.String()
}

// fit returns the length of the longest prefix of s, at least one character,
// whose payload has at most room characters.
func (e *encoder) fit(s string, room int) int {
	length, bytes, end := 0, 0, 0
	for i, r := range s {
		next := i + utf8.RuneLen(r)
		if e.stateful {
			bytes, _ = e.size(s[:next])
		} else {
			n, q := e.sizeOfRune(s[i:next])
			bytes += n
			length += q
		}
		if !e.q {
			length = base64.StdEncoding.EncodedLen(bytes)
		}
		if length > room && end > 0 {
			return end
		}
		end = next
	}
	return end
}

// size returns how many bytes s has in the charset, and how many characters they
// have in Q.
func (e *encoder) size(s string) (bytes, q int) {
	if e.cs == charset.UTF8() {
		return len(s), lengthQ(s, e.safe)
	}
	b, _ := e.cs.Encode(s)
	return len(b), lengthQ(b, e.safe)
}

// sizeOfRune is size for a character by itself. ASCII is the same in each charset
// that has no state.
func (e *encoder) sizeOfRune(s string) (bytes, q int) {
	if s[0] < utf8.RuneSelf {
		return len(s), lengthQ(s, e.safe)
	}
	return e.size(s)
}

func lengthQ[T string | []byte](b T, safe func(byte) bool) int {
	n := len(b)
	for i := range len(b) {
		if c := b[i]; c != ' ' && !safe(c) {
			n += 2
		}
	}
	return n
}

func (e *encoder) payload(w *strings.Builder, s string) {
	if e.q && e.cs == charset.UTF8() {
		writeQ(w, s, e.safe)
		return
	}
	b, _ := e.cs.Encode(s)
	if e.q {
		writeQ(w, b, e.safe)
		return
	}
	w.WriteString(base64.StdEncoding.EncodeToString(b))
}

func writeQ[T string | []byte](w *strings.Builder, b T, safe func(byte) bool) {
	const digits = "0123456789ABCDEF"
	for i := range len(b) {
		switch c := b[i]; {
		case c == ' ':
			w.WriteByte('_')
		case safe(c):
			w.WriteByte(c)
		default:
			w.WriteByte('=')
			w.WriteByte(digits[c>>4])
			w.WriteByte(digits[c&15])
		}
	}
}
