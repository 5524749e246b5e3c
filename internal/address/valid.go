package address

import (
	"strings"
	"unicode/utf8"

	"github.com/contentconv/contentconv/internal/rfc2047"
)

// ValidAddrSpec reports whether s is an addr-spec (RFC 5322 section 3.4.1, with
// UTF-8 as in RFC 6532) that can be written into a field or an SMTP command as
// it is.
//
// QUIRK: dots at the ends of a local part and beside each other are valid here;
// Japanese carriers gave out such addresses (RFC 5322 3.2.3).
func ValidAddrSpec(s string) bool { return IsPlain(s) || validAddrSpec(s) }

// IsPlain reports whether s is such an addr-spec, and consists of atoms of ASCII and
// dots alone, as nearly all do.
func IsPlain(s string) bool {
	at := plainRun(s, 0)
	if at == 0 || at == len(s) || s[at] != '@' {
		return false
	}
	last := byte('.')
	for i := at + 1; i < len(s); i++ {
		if !plainAddr[s[i]] || s[i] == '.' && last == '.' {
			return false
		}
		last = s[i]
	}
	return last != '.'
}

func validAddrSpec(s string) bool {
	if _, clean := rfc2047.Clean(s); !clean || !utf8.ValidString(s) {
		return false
	}
	end := quotedLen(s)
	if end == 0 {
		for end < len(s) && (isAtext(s[end]) || s[end] == '.') {
			end++
		}
	}
	if end == 0 || end >= len(s) || s[end] != '@' {
		return false
	}
	return validDomain(s[end+1:])
}

func validDomain(s string) bool {
	if strings.HasPrefix(s, "[") {
		// No real literal has the marks of a list, and readers would take them for such.
		n := strings.IndexAny(s[1:], " \t[]\\<>,;\"")
		return n >= 0 && 1+n == len(s)-1 && s[1+n] == ']'
	}
	for label := range strings.SplitSeq(s, ".") {
		if label == "" {
			return false
		}
		for i := range len(label) {
			if !isAtext(label[i]) {
				return false
			}
		}
	}
	return true
}
