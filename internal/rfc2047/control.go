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
	for i := 0; i < len(s); i++ {
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
