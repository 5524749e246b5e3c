package rfc2047

import (
	"strings"
	"unicode/utf8"
)

// isPlain reports whether s is ASCII without control characters other than TAB.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' && c != '\t' || c >= 0x7F {
			return false
		}
	}
	return true
}

// needsNothing reports whether s is its own text.
func needsNothing(s string) bool {
	last := byte(0)
	for i := range len(s) {
		c := s[i]
		if c < ' ' && c != '\t' || c == 0x7F || c == '?' && last == '=' {
			return false
		}
		if c >= 0x80 {
			return !strings.Contains(s[i:], "=?") && utf8.ValidString(s[i:]) && nextControl(s[i:]) == len(s)-i
		}
		last = c
	}
	return true
}

// Clean returns s, which must be valid UTF-8, without control characters other
// than TAB; a line break becomes a space. clean is false when something changed.
func Clean(s string) (text string, clean bool) {
	if nextControl(s) == len(s) {
		return s, true
	}
	var b strings.Builder
	appendClean(&b, s)
	return b.String(), false
}

// appendClean is [Clean] that appends the text to b.
func appendClean(b *strings.Builder, s string) (clean bool) {
	for clean = true; ; clean = false {
		n := nextControl(s)
		b.WriteString(s[:n])
		if s = s[n:]; s == "" {
			return clean
		}
		r, size := utf8.DecodeRuneInString(s)
		if strings.HasPrefix(s, "\r\n") {
			size = 2
		}
		if isLineBreak(r) {
			b.WriteByte(' ')
		}
		s = s[size:]
	}
}

// nextControl returns the index of the first control character of s other than
// TAB, or the length of s.
func nextControl(s string) int {
	i := 0
	for len(s)-i >= 8 && printable(eight(s[i:])) {
		i += 8
	}
	for ; i < len(s); i++ {
		if !leadsControl[s[i]] {
			continue
		}
		switch c := s[i]; {
		case c < ' ' || c == 0x7F:
			return i
		case c == 0xC2 && i+1 < len(s) && s[i+1] < 0xA0: // U+0080 to U+009F
			return i
		case c == 0xE2 && (strings.HasPrefix(s[i:], "\u2028") || strings.HasPrefix(s[i:], "\u2029")):
			return i
		}
	}
	return len(s)
}

// printable reports whether all of the eight bytes in x are printable ASCII.
// (x-n*ones)&^x has the highest bit of the lowest byte below n set, and none where no
// byte is; a byte of 0x7F has it when one is added.
func printable(x uint64) bool {
	const ones, highest = 0x0101010101010101, 0x8080808080808080
	return (x|(x+ones)|(x-' '*ones)&^x)&highest == 0
}

// eight returns the first eight bytes of s as the compiler loads them, at once.
func eight(s string) uint64 {
	s = s[:8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// leadsControl tells which bytes nextControl looks at: those that control characters
// begin with.
var leadsControl = func() (t [256]bool) {
	for c := range t {
		t[c] = c < ' ' && c != '\t' || c == 0x7F || c == 0xC2 || c == 0xE2
	}
	return t
}()

func isLineBreak(r rune) bool {
	return r == '\r' || r == '\n' || r == '\u0085' || r == '\u2028' || r == '\u2029'
}
