package reportfield

import "strings"

const white = " \t\r\n"

func trim(s string) string { return strings.Trim(s, white) }

func blank(s string) bool { return trim(s) == "" }

// fieldEnd returns the index behind the line that begins at i and the lines that
// continue it: those that begin with white space and are not empty.
func fieldEnd(s string, i int) int {
	end := lineEnd(s, i)
	if blank(s[i:end]) {
		return end
	}
	for end < len(s) && (s[end] == ' ' || s[end] == '\t') {
		next := lineEnd(s, end)
		if blank(s[end:next]) {
			break
		}
		end = next
	}
	return end
}

// lineEnd returns the index behind the line that begins at i. CRLF, LF and CR end
// a line.
func lineEnd(s string, i int) int {
	n := strings.IndexAny(s[i:], "\r\n")
	if n < 0 {
		return len(s)
	}
	i += n + 1
	if s[i-1] == '\r' && i < len(s) && s[i] == '\n' {
		i++
	}
	return i
}

// split returns the name of a field, and where its value begins. The name is of
// printable ASCII without blanks (RFC 5322 2.2); blanks before the colon do not
// count.
func split(line string) (name string, value int, ok bool) {
	colon := strings.IndexByte(line, ':')
	if colon <= 0 {
		return "", 0, false
	}
	name = strings.TrimRight(line[:colon], " \t")
	for i := 0; i < len(name); i++ {
		if name[i] <= ' ' || name[i] >= 0x7F {
			return "", 0, false
		}
	}
	return name, colon + 1, name != ""
}
