package mapi2mime

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/contentconv/contentconv/internal/address"
)

// addrSpec returns an Internet address as it can be written between angle
// brackets, or "" and false when nothing that a property holds there can be. Control
// characters within an address make it none: they are an attempt to add a field
// or a second address.
func addrSpec(s string) (string, bool) {
	if address.IsPlain(s) {
		return foldable(s)
	}
	s = strings.TrimFunc(s, func(r rune) bool { return r == 0 || unicode.IsSpace(r) })
	if len(s) > 1 && s[0] == '<' && s[len(s)-1] == '>' {
		s = s[1 : len(s)-1]
	}
	switch {
	case s == "" || !utf8.ValidString(s) || clean(s) != s:
		return "", false
	case address.ValidAddrSpec(s):
		return foldable(s)
	}
	// A local part with blanks needs quotes (RFC 5322 3.4.1). One with delimiters
	// gets none: readers that overlook quotes would see another address.
	at := strings.LastIndexByte(s, '@')
	if at > 0 && !strings.ContainsAny(s[:at], `<>"\,;:@`) {
		if q := `"` + s[:at] + `"` + s[at:]; address.ValidAddrSpec(q) {
			return foldable(q)
		}
	}
	// QUIRK: mail has addresses without a domain, and with domains that end in a
	// dot (RFC 5322 3.4.1 has neither). They are written as they came, as long as
	// no reader takes them for anything else. An X.500 name is no such address.
	if strings.ContainsFunc(s, isSpecial) || strings.Count(s, "@") > 1 || s[0] == '/' {
		return "", false
	}
	return foldable(s)
}

// isSpecial reports whether r means something in an address field, or is white
// space.
func isSpecial(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(`()<>[]:;,"\`, r)
}

// foldable returns an address, or nothing for one that fits no line, not even
// folded before its domain.
func foldable(s string) (string, bool) {
	at := strings.LastIndexByte(s, '@')
	if max(at, len(s)-at)+len(" <>,") > maxLine {
		return "", false
	}
	return s, true
}
