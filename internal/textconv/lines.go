package textconv

import (
	"strings"
	"unsafe"
)

// CRLF returns s with every line end (CRLF, LF, or CR) as CRLF; s itself, without
// allocation, if they are so already.
func CRLF(s string) string {
	if allCRLF(s) {
		return s
	}
	// Exact but for CR CR LF, which is rare.
	size := len(s) + strings.Count(s, "\n") + strings.Count(s, "\r") - 2*strings.Count(s, "\r\n")
	b := AppendCRLF(make([]byte, 0, size), s)
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// AppendCRLF appends s to dst with every line end as CRLF. Of a text that comes
// in pieces, up to two CRs at the end of one must wait for the next.
//
// QUIRK: CR CR LF is one line end: a copy in text mode makes it of CRLF (RFC 5322
// 2.3 knows CRLF alone).
func AppendCRLF[T string | []byte](dst []byte, s T) []byte {
	start := 0
	for i := 0; i < len(s); i++ {
		if s[i] != '\r' && s[i] != '\n' {
			continue
		}
		dst = append(append(dst, s[start:i]...), '\r', '\n')
		if s[i] == '\r' {
			i += behindCR(s[i+1:])
		}
		start = i + 1
	}
	return append(dst, s[start:]...)
}

// behindCR returns how many bytes of s, which follows a CR, belong to its line
// end.
func behindCR[T string | []byte](s T) int {
	switch {
	case len(s) >= 1 && s[0] == '\n':
		return 1
	case len(s) >= 2 && s[0] == '\r' && s[1] == '\n':
		return 2
	}
	return 0
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
