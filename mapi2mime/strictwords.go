package mapi2mime

import (
	"strings"

	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/rfc2047"
)

// strictWords reports whether every encoded word of a text is one that every reader
// decodes (RFC 2047 2): by itself between blanks, not too long, and in a charset of
// mail.
func strictWords(s string) bool {
	for before := byte(' '); s != ""; {
		n := strings.Index(s, "=?")
		if n < 0 {
			return true
		}
		if n > 0 {
			before = s[n-1]
		}
		s = s[n:]
		length := rfc2047.WordLen(s)
		if length == 0 || length > maxEncodedWord || !isBlank(rune(before)) || !strictWord(s[:length]) {
			return false
		}
		if s = s[length:]; s != "" && !isBlank(rune(s[0])) {
			return false
		}
		before = ' '
	}
	return true
}

// maxEncodedWord is the number of characters that an encoded word may have.
const maxEncodedWord = 75

// strictWord reports whether an encoded word is well-formed and has a charset that
// is sent in mail.
func strictWord(word string) bool {
	label, rest, _ := strings.Cut(word[len("=?"):], "?")
	return strings.IndexByte(label, '*') < 0 && usable(charset.Lookup(label)) != nil && !strings.ContainsAny(rest, " \t\r\n")
}
