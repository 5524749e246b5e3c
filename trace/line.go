package trace

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxLine is the number of bytes of one value that a report shows.
const maxLine = 4096

// line returns s in a form that stays within its line, whatever s is: control
// characters, terminal escapes, line separators, direction overrides and invalid
// bytes come out as the escapes of a Go string.
func line(s string) string {
	s = shorten(s, maxLine)
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if (r == utf8.RuneError && n == 1) || !strconv.IsGraphic(r) {
			q := strconv.QuoteToGraphic(s[i : i+n])
			b.WriteString(q[1 : len(q)-1])
		} else {
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}

// shorten cuts s to at most max bytes at a character's end, and marks the cut.
func shorten(s string, max int) string {
	if len(s) <= max {
		return s
	}
	i := max
	for i > max-utf8.UTFMax && !utf8.RuneStart(s[i]) {
		i--
	}
	return s[:i] + "..."
}
