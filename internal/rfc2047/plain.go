package rfc2047

import (
	"strings"

	"github.com/contentconv/contentconv/internal/charset"
)

// Most text of header fields is printable ASCII. Here that is seen in one pass over it;
// the rules for all text come to the same.

// standsAsIs reports whether [encode] returns s itself, folded if it is long.
func standsAsIs(s string) bool {
	if s == "" {
		return true
	}
	if isBlank(s[0]) || isBlank(s[len(s)-1]) {
		return false
	}
	piece := 0 // where the text began that cannot be folded
	for i := range len(s) {
		switch c := s[i]; {
		case isBlank(c):
			if i-piece > maxAtom {
				return false
			}
			if !isBlank(s[i-1]) {
				piece = i
			}
		case c < ' ', c >= 0x7F, c == '?' && i > 0 && s[i-1] == '=':
			return false
		}
	}
	return len(s)-piece <= maxAtom
}

// AppendPhrase is [EncodePhrase] that appends the phrase to dst.
func AppendPhrase(dst []byte, s string, cs *charset.Charset, firstLineUsed int) []byte {
	if name := strings.Trim(s, " \t"); firstLineUsed+len(name)+len(`""`) <= maxLine {
		switch formOf(name) {
		case atoms:
			return append(dst, name...)
		case quotable:
			return append(append(append(dst, '"'), name...), '"')
		}
	}
	return append(dst, EncodePhrase(s, cs, firstLineUsed)...)
}

// A form is how a name on one line can be written.
type form uint8

const (
	otherForm form = iota
	atoms
	quotable // as a quoted string without any backslash
)

// formOf looks at a name without white space at its ends.
func formOf(s string) form {
	f := atoms
	for i := range len(s) {
		switch c := s[i]; {
		case c == '?' && i > 0 && s[i-1] == '=':
			return otherForm // readers may take it for an encoded word
		case isAtom[c], c == ' ' && i > 0 && s[i-1] != ' ':
		case c < ' ' && c != '\t', c >= 0x7F, c == '"', c == '\\':
			return otherForm
		default:
			f = quotable
		}
	}
	return f
}
