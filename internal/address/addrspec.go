package address

import (
	"strings"
	"unicode/utf8"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/rfc2047"
)

// A status says what the text of an address is.
type status uint8

const (
	none    status = iota // no address
	partial               // what stands in an address's place: a local part, one with spaces
	whole                 // local part and domain
	several               // addresses with spaces between them
)

// plainAddrSpec returns s without white space at its ends if it is an addr-spec
// that needs no more care.
func plainAddrSpec(s string) (string, bool) {
	s = trimSpace(s)
	at := plainRun(s, 0)
	if at == 0 || at >= len(s)-1 || s[at] != '@' {
		return "", false
	}
	return s, plainRun(s, at+1) == len(s)
}

// cleanAddr returns the addr-spec in s, the content of angle brackets or an
// entry without them, without white space, comments, a route, and what else
// programs put there.
func (p *parser) cleanAddr(s string) (string, status) {
	if !utf8.ValidString(s) {
		s, _ = rfc2047.Raw(s, p.fallback)
	}
	s = p.withoutPrefix(strings.Trim(s, " \t\r\n"))
	c := compact(s, compacter{})
	if c.quoted {
		p.r.Defects.AddText(diag.AddressQuoteUnclosed, "at", s)
	}
	if c.quoted || c.depth > 0 {
		c = compact(s, compacter{noQuotes: c.quoted, noComments: c.depth > 0})
	}
	t, clean := rfc2047.Clean(c.out.String())
	if !clean {
		p.r.Defects.AddText(diag.HeaderControlRemoved, "address", s)
	}
	t = p.unwrap(t)
	return t, judge(t)
}

// withoutPrefix removes a route (RFC 5322 section 4.4) or the scheme of a URL.
func (p *parser) withoutPrefix(s string) string {
	n := strings.IndexByte(s, ':')
	if n < 0 {
		return s
	}
	if strings.HasPrefix(s, "@") && strings.IndexByte(s[n:], '@') > 0 {
		return s[n+1:]
	}
	if isScheme(s[:n]) {
		// QUIRK: "<mailto:a@b>" is seen.
		p.repair("scheme before an address")
		s, _, _ = strings.Cut(s[n+1:], "?")
	}
	return s
}

// unwrap removes quotation marks that an address does not need.
//
// QUIRK: "<'a@b'>" and "<\"a@b\">" are seen.
func (p *parser) unwrap(s string) string {
	for n := len(s); n > 4 && s[0] == '\'' && s[n-1] == '\'' && s[1] != '@' && s[n-2] != '@'; n = len(s) {
		p.repair("address in quotation marks")
		s = s[1 : n-1]
	}
	end := quotedLen(s)
	switch {
	case end == 0:
	case end == len(s) && strings.IndexByte(s, '@') > 0:
		p.repair("address in quotation marks")
		s = unescape(s[1 : end-1])
	case end < len(s) && s[end] == '@' && isLocal(s[1:end-1]) && s[1] != '\'':
		s = s[1:end-1] + s[end:]
	}
	return s
}

// quotedLen returns the length of the quoted string that s starts with, or 0.
func quotedLen(s string) int {
	if s == "" || s[0] != '"' {
		return 0
	}
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return 0
}

// judge says what s is.
func judge(s string) status {
	at, ats, spaces := -1, 0, false
	for i := quotedLen(s); i < len(s); i++ {
		switch s[i] {
		case '@':
			at = i
			ats++
		case ' ':
			spaces = true
		}
	}
	switch {
	case s == "":
		return none
	case ats == 0 && isLocal(s):
		return partial
	case at <= 0:
		return none
	case ats > 1 && spaces && allAddrSpecs(strings.Fields(s)):
		return several
	case ats == 1 && !spaces && at < len(s)-1:
		return whole
	}
	return partial
}

func allAddrSpecs(fields []string) bool {
	for _, f := range fields {
		if _, ok := plainAddrSpec(f); !ok {
			return false
		}
	}
	return true
}

// isLocal reports whether s is a local part of ASCII atoms and dots.
func isLocal(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= 0x80 || !isAtext(c) && c != '.' {
			return false
		}
	}
	return s != ""
}
