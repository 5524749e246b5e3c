package textconv

import "strings"

// CRLF returns s with every line end (CRLF, LF, or CR) as CRLF; s itself, without
// allocation, if they are so already.
//
// QUIRK: CR CR LF is one line end: a copy in text mode makes it of CRLF (RFC 5322
// 2.3 knows CRLF alone).
func CRLF(s string) string {
	if allCRLF(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + len(s)/16 + 2)
	for s != "" {
		i := strings.IndexAny(s, "\r\n")
		if i < 0 {
			b.WriteString(s)
			break
		}
		b.WriteString(s[:i])
		b.WriteString("\r\n")
		s = s[i+lineEnd(s[i:]):]
	}
	return b.String()
}

// lineEnd returns the length of the line end that s begins with.
func lineEnd(s string) int {
	switch {
	case strings.HasPrefix(s, "\r\n"):
		return 2
	case strings.HasPrefix(s, "\r\r\n"):
		return 3
	}
	return 1
}

// allCRLF reports whether every CR and every LF of s is half of a CRLF.
func allCRLF(s string) bool {
	pairs := 0
	for pos := 0; ; {
		i := strings.IndexByte(s[pos:], '\n')
		if i < 0 {
			return strings.Count(s, "\r") == pairs
		}
		pos += i + 1
		if pos < 2 || s[pos-2] != '\r' {
			return false
		}
		pairs++
	}
}

// RemoveNUL returns s without NUL characters and whether it had any. A text
// property ends at its first NUL.
func RemoveNUL(s string) (string, bool) {
	if strings.IndexByte(s, 0) < 0 {
		return s, false
	}
	return strings.ReplaceAll(s, "\x00", ""), true
}

// cutLine cuts s behind its first line end, of any kind, and returns the line
// without it. Ended is false for a last line that has none.
func cutLine(s string) (line, rest string, ended bool) {
	i := strings.IndexAny(s, "\r\n")
	if i < 0 {
		return s, "", false
	}
	n := 1
	if strings.HasPrefix(s[i:], "\r\n") {
		n = 2
	}
	return s[:i], s[i+n:], true
}
