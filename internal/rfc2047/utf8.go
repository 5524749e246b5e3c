package rfc2047

import (
	"strings"

	"github.com/contentconv/contentconv/internal/charset"
)

// EncodeUTF8 is [Encode] for a field that may hold UTF-8 (RFC 6532 section 3.2):
// text stays as it is, and becomes encoded words only where lines cannot be
// folded or readers would take it for something else.
func EncodeUTF8(s string, firstLineUsed int) string {
	s, _ = Clean(valid(s))
	if isFoldable(s) {
		return fold(s, firstLineUsed)
	}
	e := newEncoder(s, charset.UTF8(), textSafe)
	return e.words(firstLineUsed)
}

// EncodePhraseUTF8 is [EncodePhrase] for a field that may hold UTF-8.
func EncodePhraseUTF8(s string, firstLineUsed int) string {
	s, _ = Clean(valid(s))
	s = strings.Trim(s, " \t")
	plain := s
	if strings.ContainsFunc(s, func(r rune) bool { return r < 0x80 && !isAtoms(string(r)) && r != ' ' }) ||
		strings.Contains(s, "  ") {
		plain = quote(s)
	}
	if isFoldable(plain) {
		return fold(plain, firstLineUsed)
	}
	e := newEncoder(s, charset.UTF8(), phraseSafe)
	return e.words(firstLineUsed)
}
