package rfc2047

import (
	"encoding/base64"
	"strings"

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
	b, _ := e.cs.Encode(s)
	e.q = !e.stateful && e.lengthQ(b) <= base64.StdEncoding.EncodedLen(len(b))
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
		next := i + len(string(r))
		switch {
		case e.stateful:
			b, _ := e.cs.Encode(s[:next])
			length = base64.StdEncoding.EncodedLen(len(b))
		case e.q:
			length += e.lengthQ(e.encode(s[i:next]))
		default:
			bytes += len(e.encode(s[i:next]))
			length = base64.StdEncoding.EncodedLen(bytes)
		}
		if length > room && end > 0 {
			return end
		}
		end = next
	}
	return end
}

func (e *encoder) encode(s string) []byte {
	if e.cs == charset.UTF8() {
		return []byte(s)
	}
	b, _ := e.cs.Encode(s)
	return b
}

func (e *encoder) lengthQ(b []byte) int {
	n := len(b)
	for _, c := range b {
		if c != ' ' && !e.safe(c) {
			n += 2
		}
	}
	return n
}

func (e *encoder) payload(w *strings.Builder, s string) {
	b := e.encode(s)
	if !e.q {
		w.WriteString(base64.StdEncoding.EncodeToString(b))
		return
	}
	const digits = "0123456789ABCDEF"
	for _, c := range b {
		switch {
		case c == ' ':
			w.WriteByte('_')
		case e.safe(c):
			w.WriteByte(c)
		default:
			w.WriteString("=" + string(digits[c>>4]) + string(digits[c&15]))
		}
	}
}
