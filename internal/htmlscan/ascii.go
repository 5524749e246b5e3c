package htmlscan

import "strings"

// class is a set of properties of a byte.
type class uint8

const (
	space       class = 1 << iota // white space of HTML
	endsTagName                   // ends the name of a tag
	endsName                      // ends the name of an attribute
)

var classes = [256]class{
	' ': space | endsTagName | endsName, '\n': space | endsTagName | endsName, '\t': space | endsTagName | endsName,
	'\r': space | endsTagName | endsName, '\f': space | endsTagName | endsName,
	'/': endsTagName | endsName, '>': endsTagName | endsName, '=': endsName,
}

// isSpace reports whether c is white space of HTML.
func isSpace(c byte) bool { return classes[c]&space != 0 }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isAlnum(c byte) bool { return isLetter(c) || isDigit(c) }

// lowerName returns name with its ASCII letters in lower case. Names that are
// so already, which is nearly all, cost nothing.
func lowerName(name string) string {
	for i := 0; i < len(name); i++ {
		if c := name[i]; 'A' <= c && c <= 'Z' {
			return lowerASCII(name)
		}
	}
	return name
}

func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c | 0x20
		}
	}
	return string(b)
}

// hasPrefixFold reports whether s starts with prefix, which is in lower case,
// whatever the case of ASCII letters in s.
func hasPrefixFold(s, prefix string) bool {
	if len(s) < len(prefix) {
		return false
	}
	for i := 0; i < len(prefix); i++ {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		if c != prefix[i] {
			return false
		}
	}
	return true
}

const spaces = " \n\t\r\f"

func trimSpace(s string) string { return strings.Trim(s, spaces) }
