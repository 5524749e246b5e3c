package mapi2mime

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/contentconv/contentconv/internal/rfc2047"
)

// Lines of a header block (RFC 5322 2.1.1): the length at which they are folded,
// and the one that none may have.
const (
	foldAt  = 76
	maxLine = 998
)

// maxName is the number of characters of a field's name that share a line with
// the beginning of its value.
const maxName = 60

// maxToken is the number of bytes of text without white space that fit a line of
// their own.
const maxToken = maxLine - len(" ") - len(",")

// add adds a field. That the value is one field's and fits its lines is made
// sure before; here is the last barrier between a property and a header block,
// and what it stops is an error of this library.
func (p *part) add(name, value string) {
	if !isFieldName(name) || !wellFormed(len(name)+len(": "), value) {
		panic("malformed header field " + name)
	}
	p.header = append(p.header, field{name, value})
}

func appendField(b []byte, f field) []byte {
	b = append(b, f.name...)
	if strings.HasPrefix(f.value, "\r\n") {
		b = append(b, ':')
	} else {
		b = append(b, ": "...)
	}
	b = append(b, f.value...)
	return append(b, "\r\n"...)
}

// isFieldName reports whether s can be the name of a field (RFC 5322 2.2).
func isFieldName(s string) bool {
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7F || c == ':' {
			return false
		}
	}
	return s != "" && len(s) < maxLine-len(": ")
}

// wellFormed reports whether a value has line breaks only where it is folded, no
// control characters but TAB, and lines that are not too long. used is what
// stands on its first line before it.
func wellFormed(used int, v string) bool {
	if v == "" {
		return false
	}
	all := byte(0)
	for i := 0; i < len(v); i++ {
		if len(v)-i >= 8 && printable(eight(v[i:])) {
			if used += 8; used > maxLine {
				return false
			}
			i += 7
			continue
		}
		all |= v[i]
		switch c := v[i]; {
		case c >= ' ' && c != 0x7F || c == '\t':
			if used++; used > maxLine {
				return false
			}
		case c == '\r' && i+2 < len(v) && v[i+1] == '\n' && (v[i+2] == ' ' || v[i+2] == '\t'):
			used = 0
			i++
		default:
			return false
		}
	}
	return all < utf8.RuneSelf || utf8.ValidString(v)
}

// words returns text as the value of an unstructured field of that name.
func (c *scope) words(name, s string) string {
	used, before := len(name)+len(": "), ""
	if used > maxName {
		used, before = 1, "\r\n "
	}
	if c.o.UTF8Headers {
		return before + rfc2047.EncodeUTF8(s, used)
	}
	return before + rfc2047.Encode(s, c.charsetOf(s), used)
}

// tokens returns text that readers take as it is, such as ids and URLs, as the
// value of a field of that name: it is folded between tokens only, and one too
// long for a line makes the whole unusable. Nobody decodes words in such text; what
// is beyond ASCII is escaped as in a URI (RFC 3986 2.1, RFC 3987 3.1), which keeps
// an id one and the same in Message-ID, References and "cid:".
func (c *scope) tokens(name, s string) (string, bool) {
	s = clean(s)
	if !c.o.UTF8Headers {
		s = escapeNonASCII(s)
	}
	return foldTokens(s, len(name)+len(": "))
}

// escapeNonASCII returns s with its bytes beyond ASCII as a percent sign and two
// digits.
func escapeNonASCII(s string) string {
	if isASCII(s) {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		if s[i] < utf8.RuneSelf {
			b.WriteByte(s[i])
		} else {
			fmt.Fprintf(&b, "%%%02X", s[i])
		}
	}
	return b.String()
}

// foldTokens joins the tokens of s by one space or one fold.
func foldTokens(s string, used int) (string, bool) {
	if used+len(s) <= foldAt && singleSpaced(s) {
		return s, true
	}
	return joinTokens(s, used)
}

// singleSpaced reports whether s is tokens with one space between them.
func singleSpaced(s string) bool {
	last := byte(' ')
	for i := range len(s) {
		if s[i] == '\t' || s[i] == ' ' && last == ' ' {
			return false
		}
		last = s[i]
	}
	return last != ' '
}

func joinTokens(s string, used int) (string, bool) {
	var b strings.Builder
	b.Grow(len(s) + len(s)/20)
	first := true
	for token := range strings.FieldsFuncSeq(s, isBlank) {
		if len(token) > maxToken {
			return "", false
		}
		switch {
		case first && used+len(token) > maxLine, !first && used+1+len(token) > foldAt:
			b.WriteString("\r\n ")
			used = 1
		case !first:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(token)
		used += len(token)
		first = false
	}
	return b.String(), !first
}

// clean returns s as valid UTF-8 without control characters. A line break
// becomes a space, so that the text stays on its line.
func clean(s string) string {
	s, _ = rfc2047.Clean(validUTF8(s))
	return s
}

// validUTF8 returns s with U+FFFD for what is no UTF-8.
func validUTF8(s string) string {
	if utf8.ValidString(s) {
		return s // most is, and this is the quick way to know
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

func isBlank(r rune) bool { return r == ' ' || r == '\t' }
