package maildate

import "strings"

// maxDate bounds the text of a date, comments not counted.
const maxDate = 256

// stripComments replaces each comment by a space. It stops early when more is
// left than any date needs. A comment without an end goes to the end of s.
func stripComments(s string) (text string, unclosed bool) {
	if strings.IndexByte(s, '(') < 0 {
		return s, false
	}
	var b strings.Builder
	b.Grow(min(len(s), maxDate+1))
	depth := 0
	for i := 0; i < len(s) && b.Len() <= maxDate; i++ {
		switch c := s[i]; {
		case c == '\\' && depth > 0:
			i++
		case c == '(':
			if depth == 0 {
				b.WriteByte(' ')
			}
			depth++
		case c == ')' && depth > 0:
			depth--
		case depth == 0:
			b.WriteByte(c)
		}
	}
	return b.String(), depth > 0
}

type kind uint8

const (
	end    kind = iota
	number      // a run of digits
	word        // a run of letters
	sign        // any other character
)

// A token is an element of a date.
type token struct {
	kind  kind
	text  string
	space bool // white space stands before it
}

// A lexer cuts text into tokens.
type lexer struct {
	s string
	i int
}

func (l *lexer) next() token {
	t := token{}
	for l.i < len(l.s) && l.s[l.i] <= ' ' {
		l.i++
		t.space = true
	}
	start := l.i
	if start == len(l.s) {
		return t
	}
	class := classOf(l.s[start])
	t.kind = class
	l.i++
	for class != sign && l.i < len(l.s) && classOf(l.s[l.i]) == class {
		l.i++
	}
	t.text = l.s[start:l.i]
	return t
}

func (l lexer) peek() token { return l.next() }

func classOf(c byte) kind {
	switch {
	case '0' <= c && c <= '9':
		return number
	case 'a' <= c|0x20 && c|0x20 <= 'z':
		return word
	}
	return sign
}

// value returns the value of a run of at most nine digits.
func value(digits string) int {
	n := 0
	for i := range len(digits) {
		n = 10*n + int(digits[i]-'0')
	}
	return n
}
