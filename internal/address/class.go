package address

// A class says what a byte does where it stands in no quoted string, comment or
// angle brackets.
type class uint8

const (
	text    class = iota // part of a word, 8-bit bytes and most control characters too
	space                // white space, line breaks
	special              // begins or ends something
)

var classes = func() (t [256]class) {
	for _, c := range " \t\r\n" {
		t[c] = space
	}
	for _, c := range `,;:<>()"[\` {
		t[c] = special
	}
	return t
}()

// plainAddr tells which bytes an addr-spec consists of that needs no care.
var plainAddr = func() (t [256]bool) {
	for c := range t {
		t[c] = c > ' ' && c < 0x7F && classes[c] == text && c != '@' && c != '\'' && c != ']'
	}
	return t
}()

// plainRun returns the index after the run of such bytes at i.
func plainRun(s string, i int) int {
	for i < len(s) && plainAddr[s[i]] {
		i++
	}
	return i
}

// isAtext reports whether c may stand in an atom (RFC 5322 section 3.2.3,
// RFC 6532 section 3.2).
func isAtext(c byte) bool {
	return plainAddr[c] && c != '.' || c == '\'' || c >= 0x80
}

func skipSpace(s string, i int) int {
	for i < len(s) && classes[s[i]] == space {
		i++
	}
	return i
}

// trimSpace returns s without white space at its ends.
func trimSpace(s string) string {
	s = s[skipSpace(s, 0):]
	n := len(s)
	for n > 0 && classes[s[n-1]] == space {
		n--
	}
	return s[:n]
}

func isSeparator(c byte) bool { return c == ',' || c == ';' }
