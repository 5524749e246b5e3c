package address

import "strings"

// A compacter writes an address without comments, without white space beside
// dots, "@" and the ends, other white space as one space each, and without
// control characters in quoted strings.
type compacter struct {
	noQuotes   bool // quotation marks are dropped
	noComments bool // parentheses stand for themselves

	out    strings.Builder
	quoted bool // within a quoted string
	depth  int  // within a comment
	gap    bool // white space was left out
}

// compact reads s to its end. The result is within a quoted string or a comment
// when one has no end.
func compact(s string, c compacter) *compacter {
	c.out.Grow(len(s))
	last := byte('.') // as if one preceded
	for i := 0; i < len(s); i++ {
		b := s[i]
		escaped := b == '\\' && i+1 < len(s)
		if escaped {
			i++
			b = s[i]
		}
		if c.skip(b, escaped) {
			continue
		}
		if c.gap && b != '.' && b != '@' && last != '.' && last != '@' {
			c.out.WriteByte(' ')
		}
		c.gap = false
		if escaped && c.quoted {
			c.out.WriteByte('\\')
		}
		c.out.WriteByte(b)
		last = b
	}
	return &c
}

// skip takes note of what b means and reports whether it is left out.
func (c *compacter) skip(b byte, escaped bool) bool {
	switch {
	case c.depth > 0:
		if !escaped && b == '(' {
			c.depth++
		} else if !escaped && b == ')' {
			c.depth--
		}
		return true
	case c.quoted && isControl(b):
		return true
	case escaped:
		return false
	case b == '"':
		c.quoted = !c.quoted && !c.noQuotes
		return c.noQuotes
	case c.quoted:
		return false
	case b == '(' && !c.noComments:
		c.depth++
		return true
	case classes[b] == space:
		c.gap = true
		return true
	}
	return false
}

func isControl(c byte) bool { return c < ' ' && c != '\t' || c == 0x7F }
