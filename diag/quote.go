package diag

import (
	"strconv"
	"unicode/utf8"
)

// MaxQuoted is the number of bytes of a message's text that [Quote] shows.
const MaxQuoted = 80

// Quote returns s for a message or a log line. A plain token stays as it is;
// anything else, and so every control character, line break and terminal
// escape, comes out as a quoted Go string. Over-long text is shortened.
func Quote(s string) string {
	cut := ""
	if len(s) > MaxQuoted {
		i := MaxQuoted
		for i > MaxQuoted-utf8.UTFMax && !utf8.RuneStart(s[i]) {
			i--
		}
		s, cut = s[:i], "..."
	}
	if cut == "" && plain(s) {
		return s
	}
	return strconv.QuoteToGraphic(s) + cut
}

func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c <= ' ' || c >= 0x7F || c == '"' || c == '\\' {
			return false
		}
	}
	return s != ""
}
