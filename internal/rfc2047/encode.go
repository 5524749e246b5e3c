package rfc2047

import (
	"strings"
	"unicode/utf8"

	"github.com/contentconv/contentconv/internal/charset"
)

const (
	maxLine = 76  // characters of a line with an encoded word
	maxAtom = 900 // characters that need not be folded (RFC 5322 2.1.1 allows 998)
)

// Encode returns s as the value of an unstructured field. ASCII text stays as
// it is; other text becomes encoded words in the charset cs, or in UTF-8 when cs
// is nil or cannot represent s. Long values are folded with CRLF and a space.
// firstLineUsed is the number of characters that stand before the value on its
// line. Line breaks become spaces and control characters are removed, so the
// value cannot end its field.
func Encode(s string, cs *charset.Charset, firstLineUsed int) string {
	if standsAsIs(s) {
		return fold(s, firstLineUsed)
	}
	return encode(s, cs, firstLineUsed)
}

func encode(s string, cs *charset.Charset, firstLineUsed int) string {
	s, _ = Clean(valid(s))
	if isPlain(s) && isFoldable(s) {
		return fold(s, firstLineUsed)
	}
	e := newEncoder(s, cs, textSafe)
	return e.words(firstLineUsed)
}

// valid returns s with U+FFFD for what is no UTF-8.
func valid(s string) string {
	if utf8.ValidString(s) {
		return s // most is, and this is the quick way to know
	}
	return strings.ToValidUTF8(s, "\ufffd")
}

// EncodePhrase returns a display name as a phrase (RFC 5322 section 3.2.5): as
// it is when it consists of atoms, else as a quoted string, and as encoded words
// when it is not ASCII. The other rules are those of [Encode]; white space at
// both ends is lost.
func EncodePhrase(s string, cs *charset.Charset, firstLineUsed int) string {
	s, _ = Clean(valid(s))
	s = strings.Trim(s, " \t")
	if isPlain(s) {
		plain := s
		if !isAtoms(s) {
			plain = quote(s)
		}
		if isFoldable(plain) {
			return fold(plain, firstLineUsed)
		}
	}
	e := newEncoder(s, cs, phraseSafe)
	return e.words(firstLineUsed)
}

// isFoldable reports whether ASCII text can stand as it is: it holds nothing
// that readers take for an encoded word or lose, and lines can be folded.
func isFoldable(s string) bool {
	if strings.Contains(s, "=?") || strings.Trim(s, " \t") != s {
		return false
	}
	for s != "" {
		n := nextFold(s)
		if n > maxAtom {
			return false
		}
		s = s[n:]
	}
	return true
}

// nextFold returns the index of the white space in s where a line can end, after
// white space that s begins with and some text, or the length of s.
func nextFold(s string) int {
	i := 0
	for i < len(s) && isBlank(s[i]) {
		i++
	}
	for i < len(s) && !isBlank(s[i]) {
		i++
	}
	return i
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

// fold breaks lines before white space, so that no line is longer than maxLine
// where white space allows it.
func fold(s string, used int) string {
	if used+len(s) <= maxLine {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + len(s)/16)
	for s != "" {
		n := nextFold(s)
		if used+n > maxLine && isBlank(s[0]) {
			b.WriteString("\r\n")
			used = 0
		}
		b.WriteString(s[:n])
		used += n
		s = s[n:]
	}
	return b.String()
}

// isAtoms reports whether s is atoms with one space between them.
func isAtoms(s string) bool {
	for i := range len(s) {
		if c := s[i]; !isAtom[c] && !(c == ' ' && i > 0 && s[i-1] != ' ') {
			return false
		}
	}
	return true
}

// isAtom tells which bytes an atom consists of (RFC 5322 section 3.2.3).
var isAtom = func() (t [256]bool) {
	for c := range t {
		t[c] = isAlphanumeric(byte(c)) || strings.IndexByte("!#$%&'*+-/=?^_`{|}~", byte(c)) >= 0
	}
	return t
}()

func quote(s string) string {
	if strings.ContainsAny(s, `"\`) {
		s = strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s)
	}
	return `"` + s + `"`
}

func isAlphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}
