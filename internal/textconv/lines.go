package textconv

import "strings"

// CRLF returns s with every line end (CRLF, LF, or CR) as CRLF; s itself, without
// allocation, if they are so already.
func CRLF(s string) string {
	i, extra := bareLineEnds(s)
	if extra == 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + extra)
	for {
		b.WriteString(s[:i])
		s = s[i:]
		if s == "" {
			return b.String()
		}
		b.WriteString("\r\n")
		if strings.HasPrefix(s, "\r\n") {
			s = s[2:]
		} else {
			s = s[1:]
		}
		if i = strings.IndexAny(s, "\r\n"); i < 0 {
			i = len(s)
		}
	}
}

// bareLineEnds returns the offset of the first CR or LF that is no half of a
// CRLF, and how many there are. It looks from LF to LF, because a text in which
// every LF has its CR, and that has no more of these, needs no second look.
func bareLineEnds(s string) (first, n int) {
	pairs := 0
	for pos := 0; ; {
		i := strings.IndexByte(s[pos:], '\n')
		if i < 0 {
			break
		}
		pos += i + 1
		if pos < 2 || s[pos-2] != '\r' {
			return firstBare(s)
		}
		pairs++
	}
	if strings.Count(s, "\r") == pairs {
		return 0, 0
	}
	return firstBare(s)
}

func firstBare(s string) (first, n int) {
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\r' && i+1 < len(s) && s[i+1] == '\n':
			i++
		case s[i] == '\r' || s[i] == '\n':
			if n++; n == 1 {
				first = i
			}
		}
	}
	return first, n
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
