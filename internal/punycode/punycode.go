// Package punycode writes domain names beyond ASCII in the form that every mail
// system takes: labels in Punycode with the prefix "xn--" (RFC 3492, RFC 5890).
package punycode

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// prefix begins a label in its ASCII form (RFC 5890 2.3.2.1).
const prefix = "xn--"

// Lengths of a domain name and of a label in octets (RFC 1035 2.3.4).
const (
	maxDomain = 253
	maxLabel  = 63
)

// Domain returns a domain name in ASCII. Labels in ASCII stay as they are; others
// are normalized (NFKC, small letters, as UTS #46 maps them) and encoded. It
// reports false for a name that has no such form: with an empty label, one that is
// too long, or characters that no name may have.
func Domain(s string) (string, bool) {
	if len(s) > maxDomain*utf8.UTFMax || !utf8.ValidString(s) {
		return "", false
	}
	labels := strings.FieldsFunc(s, isDot)
	if len(labels) != 1+strings.Count(strings.Map(dot, s), ".") {
		return "", false // there is an empty one
	}
	for i, label := range labels {
		a, ok := asciiLabel(label)
		if !ok {
			return "", false
		}
		labels[i] = a
	}
	out := strings.Join(labels, ".")
	return out, len(labels) > 0 && len(out) <= maxDomain
}

// isDot reports whether r separates labels (UTS #46 2.3).
func isDot(r rune) bool { return r == '.' || r == '\u3002' || r == '\uFF0E' || r == '\uFF61' }

func dot(r rune) rune {
	if isDot(r) {
		return '.'
	}
	return r
}

func asciiLabel(s string) (string, bool) {
	if isASCII(s) {
		return s, len(s) <= maxLabel
	}
	s = norm.NFC.String(strings.ToLower(norm.NFKC.String(s)))
	if isASCII(s) {
		return s, s != "" && len(s) <= maxLabel && isHostLabel(s)
	}
	for _, r := range s {
		if !allowed(r) {
			return "", false
		}
	}
	if strings.HasPrefix(s, "-") || strings.HasSuffix(s, "-") {
		return "", false
	}
	encoded, ok := Encode(s)
	return prefix + encoded, ok && len(prefix)+len(encoded) <= maxLabel
}

// allowed reports whether a label may hold r: letters, marks and digits of any
// script, and the hyphen. The joiners have rules of context in RFC 5892 A.1 and
// A.2, which names in use keep.
func allowed(r rune) bool {
	if r < utf8.RuneSelf {
		return r == '-' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z'
	}
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || unicode.Is(unicode.So, r) ||
		r == '\u00B7' || r == '\u200C' || r == '\u200D' || r == '\u30FB'
}

func isHostLabel(s string) bool {
	for _, r := range s {
		if !allowed(r) {
			return false
		}
	}
	return s[0] != '-' && s[len(s)-1] != '-'
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
