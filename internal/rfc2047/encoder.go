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

// textSafe and phraseSafe tell which bytes may stand as they are in a Q payload of a
// text or a phrase (RFC 2047 sections 4.2 and 5).
var (
	textSafe   = safeBytes(func(c byte) bool { return c > ' ' && c < 0x7F && c != '=' && c != '?' && c != '_' })
	phraseSafe = safeBytes(func(c byte) bool { return isAlphanumeric(c) || strings.IndexByte("!*+-/", c) >= 0 })
)

type byteSet [256]bool

func safeBytes(safe func(byte) bool) *byteSet {
	var t byteSet
	for c := range t {
		t[c] = safe(byte(c))
	}
	return &t
}

// An encoder writes text as encoded words.
type encoder struct {
	text     string
	cs       *charset.Charset
	stateful bool // an encoded text is more than its encoded characters
	safe     *byteSet
	q        bool
}

func newEncoder(s string, cs *charset.Charset, safe *byteSet) encoder {
	e := encoder{text: s, cs: charset.UTF8(), safe: safe}
	if cs != nil && cs != charset.UTF8() {
		stateful := strings.HasPrefix(cs.Name(), "iso-2022-")
		if (cs.ASCIICompatible() || stateful) && cs.CanSend(s) {
			e.cs, e.stateful = cs, stateful
		}
	}
	n, q := e.size(s)
	e.q = !e.stateful && q <= base64.StdEncoding.EncodedLen(n)
	return e
}

// headLen is the length of what stands before the payload of a word.
func (e *encoder) headLen() int { return len("=?") + len(e.cs.Name()) + len("?Q?") }

func (e *encoder) head(b *strings.Builder) {
	b.WriteString("=?")
	b.WriteString(e.cs.Name())
	if e.q {
		b.WriteString("?Q?")
	} else {
		b.WriteString("?B?")
	}
}

// words returns the text as words of whole characters, one a line.
func (e *encoder) words(used int) string {
	var b strings.Builder
	b.Grow(2*len(e.text) + e.headLen() + len("?="))
	const atLeast = 12 // a character of four bytes in Q
	room := min(maxWord, maxLine-used)
	if room < e.headLen()+atLeast+len("?=") {
		b.WriteString("\r\n ")
		room = maxWord
	}
	for s := e.text; s != ""; room = maxWord {
		n := e.fit(s, room-e.headLen()-len("?="))
		e.head(&b)
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

func lengthQ[T string | []byte](b T, safe *byteSet) int {
	n := len(b)
	for i := range len(b) {
		if c := b[i]; c != ' ' && !safe[c] {
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
	var word [maxWord + 1]byte
	if e.cs == charset.UTF8() {
		w.Write(base64.StdEncoding.AppendEncode(word[:0], []byte(s)))
		return
	}
	b, _ := e.cs.Encode(s)
	if e.q {
		writeQ(w, b, e.safe)
		return
	}
	w.Write(base64.StdEncoding.AppendEncode(word[:0], b))
}

func writeQ[T string | []byte](w *strings.Builder, b T, safe *byteSet) {
	const digits = "0123456789ABCDEF"
	for i := range len(b) {
		switch c := b[i]; {
		case c == ' ':
			w.WriteByte('_')
		case safe[c]:
			w.WriteByte(c)
		default:
			w.WriteByte('=')
			w.WriteByte(digits[c>>4])
			w.WriteByte(digits[c&15])
		}
	}
}
