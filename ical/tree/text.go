package tree

import (
	"strings"
	"unicode/utf8"
)

// UnescapeText returns the text of a TEXT value (RFC 5545, section 3.3.11). Line
// breaks are LF.
//
// QUIRK: commas and semicolons that are not escaped stand for themselves. Of an
// escape that doesn't exist, such as "\:", the backslash is dropped before a
// punctuation mark and kept before a letter, as paths of files have it; one at the
// end is kept.
func UnescapeText(s string) string {
	i := strings.IndexByte(s, '\\')
	if i < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i >= 0 && i+1 < len(s) {
		b.WriteString(s[:i])
		switch c := s[i+1]; {
		case c == 'n' || c == 'N':
			b.WriteByte('\n')
		case c == '\\' || c < utf8.RuneSelf && !isAlnum(c) && c != ' ':
			b.WriteByte(c)
		default:
			b.WriteByte('\\')
			b.WriteByte(c)
		}
		s = s[i+2:]
		i = strings.IndexByte(s, '\\')
	}
	b.WriteString(s)
	return b.String()
}

func isAlnum(c byte) bool {
	return 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' || '0' <= c && c <= '9'
}

// EscapeText returns s as a TEXT value. Line breaks of every kind become "\n";
// other control characters but the tab are removed.
func EscapeText(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7F || r == '\\' || r == ',' || r == ';' }) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' || c == ',' || c == ';':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c == '\r' && i+1 < len(s) && s[i+1] == '\n':
		case c == '\n' || c == '\r':
			b.WriteString(`\n`)
		case c == '\t' || c >= ' ' && c != 0x7F:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// SplitText returns the items of a list of texts, such as CATEGORIES, without
// their escapes. Commas that are escaped don't separate.
func SplitText(s string) []string {
	var out []string
	start := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case ',':
			out = append(out, UnescapeText(s[start:i]))
			start = i + 1
		}
	}
	return append(out, UnescapeText(s[start:]))
}

// SplitStructured returns the parts of a structured value, such as GEO or a
// vCard's N, with their escapes. Semicolons that are escaped don't separate.
func SplitStructured(s string) []string {
	var out []string
	start := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case ';':
			out = append(out, s[start:i])
			start = i + 1
		}
	}
	return append(out, s[start:])
}

// SplitList returns the items of a list of values that need no escapes, such as
// dates, without blanks around them. Empty items don't count.
// QUIRK: lists end in a comma, and some properties have no value at all.
func SplitList(s string) []string {
	var out []string
	for item := range strings.SplitSeq(s, ",") {
		if item = strings.TrimSpace(item); item != "" {
			out = append(out, item)
		}
	}
	return out
}
