package charset

import (
	"strings"
	"unicode/utf8"
)

// A stepper reads one unit at a time: a character, a shift, or something
// invalid. It holds the shift state, if the charset has one.
type stepper interface {
	// next reads the unit that b starts with, len(b) > 0. r is its character,
	// nothing or invalid; n, at least 1, is its length. b is the whole rest of
	// the text, so that a unit that b ends within is a truncated one.
	next(b []byte) (r rune, n int)
}

const (
	nothing rune = -1 // a shift sequence, which stands for no character
	invalid rune = -2 // becomes U+FFFD
)

// pairBase plus i stands for the pair of characters big5Pairs[i].
const pairBase = utf8.MaxRune + 1

// big5Pairs are the four letters of Big5-HKSCS that Unicode spells with a
// combining mark.
var big5Pairs = [...]string{"\u00CA\u0304", "\u00CA\u030C", "\u00EA\u0304", "\u00EA\u030C"}

// decodeSteps writes the characters that s reads from b and counts the invalid
// units. ascii says that a run of ASCII bytes stands for itself.
func decodeSteps(w *strings.Builder, s stepper, b []byte, ascii bool) (bad int) {
	buf := make([]byte, 0, 512) // spares a call for each character
	for len(b) > 0 {
		if len(buf) > cap(buf)-2*utf8.UTFMax {
			w.Write(buf)
			buf = buf[:0]
		}
		if ascii && b[0] < utf8.RuneSelf {
			n := asciiPrefix(b[:min(len(b), 64)])
			if len(buf)+n > cap(buf) {
				w.Write(buf)
				buf = buf[:0]
			}
			buf = append(buf, b[:n]...)
			b = b[n:]
			continue
		}
		r, n := s.next(b)
		b = b[n:]
		switch {
		case r == nothing:
		case r == invalid:
			bad++
			buf = utf8.AppendRune(buf, utf8.RuneError)
		case r >= pairBase:
			buf = append(buf, big5Pairs[r-pairBase]...)
		default:
			buf = utf8.AppendRune(buf, r)
		}
	}
	w.Write(buf)
	return bad
}

// cutSteps returns the end of the last unit of s that lies within b[start:n].
func cutSteps(s stepper, b []byte, start, n int) int {
	for start < n {
		_, size := s.next(b[start:])
		if start+size > n {
			break
		}
		start += size
	}
	return start
}
