package mimescan

import (
	"bytes"
	"strings"
)

// guessBoundary returns the boundary of the delimiter line that the body of e
// begins with, where that is not the declared one: a line of two hyphens and one
// word, with a Content field on the next. Only the beginning of the body is looked
// at, and not beyond a line with the declared boundary.
//
// QUIRK: gateways lose the boundary parameter, and scripts write another one than
// they use (RFC 2046 section 5.1.1 requires it). Other programs show the parts as
// one text then, or as none.
func (s *scanner) guessBoundary(e *Entity, declared string) (guess string, err error) {
	found := ""
	err = s.followers(s.pos, func(f follower) bool {
		if found != "" && f.kind == lineField && hasPrefixFold(f.text, "content-") {
			guess = found
			return false
		}
		found = ""
		word, ok := bytes.CutPrefix(trimBlanks(f.text), []byte("--"))
		if !ok || f.delim {
			return !f.delim
		}
		if declared != "" && strings.HasPrefix(string(word), declared) {
			return false
		}
		if len(word) > 0 && len(word) <= maxGuess && bytes.IndexByte(word, ' ') < 0 {
			found = string(word)
		}
		return true
	})
	return guess, err
}

// maxGuess bounds a boundary that is guessed, as RFC 2046 section 5.1.1 bounds one.
const maxGuess = 70

func hasPrefixFold(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && strings.EqualFold(string(b[:len(prefix)]), prefix)
}
