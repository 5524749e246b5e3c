package textconv

import "strings"

// Unflow returns text of the kind format=flowed (RFC 3676) with its paragraphs
// as single lines: soft line breaks are joined and space-stuffing is removed.
// Quoted lines start with one ">" a level and a blank. With delsp the blank
// before a soft line break goes too. Line ends are CRLF; what follows the last
// one stays without.
//
// A signature's separator "-- " is a line of its own. A soft line break before a
// line of another quote depth, or before a separator, is none (sections 4.3 and
// 4.5).
func Unflow(s string, delsp bool) string {
	var b strings.Builder
	b.Grow(len(s))
	var open bool // the last line written is flowed, and has no line end yet
	var depth int // its quote depth
	for s != "" {
		line, rest, ended := cutLine(s)
		s = rest
		quotes := len(line) - len(strings.TrimLeft(line, ">"))
		text := strings.TrimPrefix(line[quotes:], " ")
		signature := text == "-- "
		flowed := ended && !signature && strings.HasSuffix(text, " ")
		joins := open && quotes == depth && !signature
		if open && !joins {
			b.WriteString("\r\n")
		}
		if !joins {
			quotePrefix(&b, quotes, text)
		}
		if flowed && delsp && joinsNext(s, quotes) {
			text = text[:len(text)-1]
		}
		b.WriteString(text)
		open, depth = flowed, quotes
		if ended && !flowed {
			b.WriteString("\r\n")
		}
	}
	if open {
		b.WriteString("\r\n")
	}
	return b.String()
}

func quotePrefix(b *strings.Builder, quotes int, text string) {
	for range quotes {
		b.WriteByte('>')
	}
	if quotes > 0 && text != "" {
		b.WriteByte(' ')
	}
}

// joinsNext reports whether the line at the start of s continues a flowed line of
// that quote depth.
func joinsNext(s string, depth int) bool {
	n := 0
	for n < len(s) && s[n] == '>' && n <= depth {
		n++
	}
	if n != depth || s == "" {
		return false
	}
	s = strings.TrimPrefix(s[n:], " ")
	if !strings.HasPrefix(s, "-- ") {
		return true
	}
	return len(s) > 3 && s[3] != '\r' && s[3] != '\n'
}
