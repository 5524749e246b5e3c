package mimeparam

import (
	"strings"

	"github.com/contentconv/contentconv/internal/rfc2047"
)

// tokens tells which bytes a token consists of (RFC 2045 section 5.1).
var tokens = func() (t [256]bool) {
	for c := range t {
		t[c] = c > ' ' && c < 0x7F && !strings.ContainsRune(`()<>@,;:\"/[]?=`, rune(c))
	}
	return t
}()

func skipToken(s string, i int) int {
	for i < len(s) && tokens[s[i]] {
		i++
	}
	return i
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

func skipSpace(s string, i int) int {
	for i < len(s) && isSpace(s[i]) {
		i++
	}
	return i
}

// isParam reports whether a parameter's name and "=" stand at i.
func isParam(s string, i int) bool {
	end := skipToken(s, i)
	if end == i {
		return false
	}
	end = skipSpace(s, end)
	return end < len(s) && s[end] == '='
}

// isFileName reports whether a parameter, whose name may have the marks of
// RFC 2231, names a file.
func isFileName(name string) bool {
	name, _, _ = strings.Cut(name, "*")
	return strings.EqualFold(name, "name") || strings.EqualFold(name, "filename")
}

func (p *parser) at(c byte) bool { return p.i < len(p.s) && p.s[p.i] == c }

// skipCFWS skips white space and comments.
func (p *parser) skipCFWS() {
	for {
		p.i = skipSpace(p.s, p.i)
		if !p.at('(') {
			return
		}
		end := p.commentEnd(p.i)
		if end == 0 {
			return
		}
		p.i = end
	}
}

// commentEnd returns the index after the comment that starts at i, or 0 when it
// has no end; no other is looked for then.
func (p *parser) commentEnd(i int) int {
	if p.noComments {
		return 0
	}
	depth := 0
	for j := i; j < len(p.s); j++ {
		switch p.s[j] {
		case '\\':
			j++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return j + 1
			}
		}
	}
	p.noComments = true
	return 0
}

// value takes a parameter's value.
//
// QUIRK: file names have parentheses without quotation marks, which would make
// them comments (RFC 2045 5.1); nobody writes comments there.
func (p *parser) value(fileName bool) string {
	p.i = skipSpace(p.s, p.i)
	if !fileName {
		p.skipCFWS()
	}
	if p.at('"') {
		return p.quoted()
	}
	return p.unquoted(fileName)
}

// unquoted takes a value without quotation marks.
//
// QUIRK: it may hold spaces and specials, which only quotation marks allow
// (RFC 2045 5.1).
func (p *parser) unquoted(fileName bool) string {
	value := p.s[p.i:p.unquotedEnd(fileName)]
	if strings.ContainsAny(value, " \t\"\\()<>@,:") {
		p.invalid("no quotation marks", value)
	}
	return value
}

// unquotedEnd moves to the semicolon, the comment or the next parameter that
// ends a value, and returns the index after the value.
func (p *parser) unquotedEnd(fileName bool) int {
	s := p.s
	end := p.i // of the value without white space after it
	for p.i < len(s) && s[p.i] != ';' {
		switch c := s[p.i]; {
		case isSpace(c):
			if p.i = skipSpace(s, p.i); isParam(s, p.i) {
				return end
			}
			continue
		case c == '(' && !fileName:
			if after := p.commentEnd(p.i); after > 0 {
				p.i = after
				return end
			}
		case c == '=':
			if n := rfc2047.WordLen(s[p.i:]); n > 0 {
				p.i += n
				end = p.i
				continue
			}
		}
		p.i++
		end = p.i
	}
	return end
}
