package mapi2mime

import (
	"strings"

	"github.com/contentconv/contentconv/internal/address"
)

// strictAddressList reports whether s is an address list that every reader
// understands in one way: RFC 5322 3.4 in ASCII, without its obsolete forms and
// without comments but behind groups.
func strictAddressList(s string) bool {
	r := strictReader{s: s}
	for inGroup := false; ; {
		r.blanks()
		words, dotted := r.phrase()
		switch c := r.next(); {
		case c == ':' && words > 0 && !dotted && !inGroup:
			inGroup = true
			if r.blanks(); r.peek() != ';' {
				continue
			}
			r.i++
			r.comment()
			inGroup = false
		case c == '<' && !dotted:
			if !r.addrSpec(">") {
				return false
			}
			r.i++
		case c == '@' && words == 1:
			if r.i = r.wordStart; !r.addrSpec(", ;\t") {
				return false
			}
		default:
			return false
		}
		r.blanks()
		if inGroup && r.peek() == ';' {
			r.i++
			r.comment()
			inGroup = false
			r.blanks()
		}
		switch r.next() {
		case 0:
			return !inGroup && r.i > len(r.s)
		case ',':
		default:
			return false
		}
	}
}

// A strictReader reads a list from left to right.
type strictReader struct {
	s         string
	i         int
	wordStart int // of the last word
}

// peek returns the byte at hand, 0 at the end.
func (r *strictReader) peek() byte {
	if r.i < len(r.s) {
		return r.s[r.i]
	}
	return 0
}

func (r *strictReader) next() byte {
	c := r.peek()
	r.i++
	return c
}

func (r *strictReader) blanks() {
	for c := r.peek(); c == ' ' || c == '\t'; c = r.peek() {
		r.i++
	}
}

// comment reads a comment in plain words behind a group, as sendmail writes one.
func (r *strictReader) comment() {
	r.blanks()
	if r.peek() != '(' {
		return
	}
	n := strings.IndexFunc(r.s[r.i+1:], func(c rune) bool { return c < ' ' || c >= 0x7F || strings.ContainsRune(`()\\`, c) })
	if n >= 0 && r.s[r.i+1+n] == ')' {
		r.i += n + len("()")
	}
}

// phrase reads words and the blanks behind them. It returns how many there are, and
// whether one that is not quoted has a dot.
func (r *strictReader) phrase() (words int, dotted bool) {
	for {
		r.wordStart = r.i
		if r.peek() == '"' {
			if !r.quoted() {
				return 0, true
			}
		} else {
			for c := r.peek(); isAtomText(c) || c == '.'; c = r.peek() {
				dotted = dotted || c == '.'
				r.i++
			}
		}
		if r.i == r.wordStart {
			return words, dotted
		}
		words++
		if r.peek() == '@' {
			return words, dotted
		}
		r.blanks()
	}
}

// quoted reads a quoted string.
func (r *strictReader) quoted() bool {
	for r.i++; ; {
		switch c := r.next(); {
		case c == '"':
			return true
		case c == '\\':
			c = r.next()
			if c < ' ' || c >= 0x7F {
				return false
			}
		case c < ' ' && c != '\t' || c >= 0x7F:
			return false
		}
	}
}

// addrSpec reads an address, up to one of the bytes in end or the end of the list.
func (r *strictReader) addrSpec(end string) bool {
	start := r.i
	if r.peek() == '"' && !r.quoted() {
		return false
	}
	n := strings.IndexAny(r.s[r.i:], end)
	switch {
	case n >= 0:
		r.i += n
	case end == ">":
		return false
	default:
		r.i = len(r.s)
	}
	spec := r.s[start:r.i]
	local := spec[:max(strings.LastIndexByte(spec, '@'), 0)]
	dots := local == "" || local[0] == '.' || local[len(local)-1] == '.' || local[0] != '"' && strings.Contains(local, "..")
	return !dots && isASCII(spec) && address.ValidAddrSpec(spec)
}

// isAtomText reports whether c may stand in an atom (RFC 5322 3.2.3).
func isAtomText(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c != 0 && strings.IndexByte("!#$%&'*+-/=?^_`{|}~", c) >= 0
}
