package mimeparam

import "strings"

const maxMarkTries = 16

// quoted takes a quoted string and returns its value.
//
// QUIRK: quotation marks lack their partner or stand within file names as they
// are, and a backslash at the end of a Windows path hides the closing mark. So
// a mark closes the string only where a value can end. Since that may take a
// look at the rest of the field, it is tried a few times only.
func (p *parser) quoted() string {
	s, start := p.s, p.i+1
	first, hidden := 0, 0 // the first mark; the first hidden one where a value can end
	for j := start; j < len(s); j++ {
		switch c := s[j]; {
		case c == '\\':
			j++
			if hidden == 0 && j < len(s) && s[j] == '"' && endsValue(s, j+1) {
				hidden = j
			}
		case c == ';' && first > 0:
			return p.closeQuoted(start, first, true)
		case c != '"':
		case endsValue(s, j+1):
			return p.closeQuoted(start, j, first > 0)
		case beginsValue(s[start:j]):
			if first > 0 {
				return p.closeQuoted(start, first, true)
			}
			return p.unclosed(start, j, hidden)
		case first == 0:
			first = j
			if p.marksTried++; p.marksTried > maxMarkTries {
				return p.closeQuoted(start, first, true)
			}
		}
	}
	if first > 0 {
		return p.closeQuoted(start, first, true)
	}
	return p.unclosed(start, len(s), hidden)
}

// closeQuoted ends a quoted string at the mark at end.
func (p *parser) closeQuoted(start, end int, repaired bool) string {
	p.i = end + 1
	value := p.s[start:end]
	if repaired {
		p.invalid("quotation marks within a value", value)
	}
	return unescape(value)
}

// unclosed ends a quoted string that has no closing mark before limit: at the
// hidden one if there is one, else before a semicolon that precedes a parameter.
func (p *parser) unclosed(start, limit, hidden int) string {
	s := p.s
	p.invalid("quotation mark without a partner", s[start-1:])
	if hidden > 0 {
		p.i = hidden + 1
		return unescape(s[start:hidden])
	}
	end := start
	for end < limit {
		n := strings.IndexByte(s[end:limit], ';')
		if n < 0 {
			end = limit
			break
		}
		end += n
		if isParam(s, skipSpace(s, end+1)) {
			break
		}
		end++
	}
	p.i = end
	return strings.TrimRight(unescape(s[start:end]), " \t\r\n")
}

// endsValue reports whether a value can end before i.
func endsValue(s string, i int) bool {
	i = skipSpace(s, i)
	return i == len(s) || s[i] == ';' || s[i] == ',' || s[i] == '(' || isParam(s, i)
}

// beginsValue reports whether s ends with what precedes a value: a separator, a
// name and "=".
func beginsValue(s string) bool {
	s = strings.TrimRight(s, " \t\r\n")
	if !strings.HasSuffix(s, "=") {
		return false
	}
	s = strings.TrimRight(s[:len(s)-1], " \t\r\n")
	n := len(s)
	for n > 0 && tokens[s[n-1]] {
		n--
	}
	return n > 0 && n < len(s) && (s[n-1] == ';' || isSpace(s[n-1]))
}

// unescape removes the backslash of a quoted pair (RFC 5322 section 3.2.4).
//
// QUIRK: file names are seen with the backslashes of a path as they are, so only
// quotation marks and backslashes make a pair with one.
func unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\') {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
