package dsn

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// checkMailbox says what keeps s from being a mailbox of SMTP (RFC 5321, section
// 4.1.2, and RFC 6531), or "". What passes has no control character, no space
// outside of quotes and nothing that could end an address, so it can stand in a
// header field.
//
// QUIRK: dots that begin, end or follow each other are seen in addresses of
// Japanese mobile carriers; RFC 5321 wants them quoted. A local part alone, as in
// <postmaster>, is an address of this host.
func checkMailbox(s string) string {
	switch {
	case s == "":
		return "is empty"
	case len(s) > maxAddress:
		return "is longer than 512 bytes"
	case !utf8.ValidString(s):
		return "is not UTF-8"
	}
	local, rest := cutLocal(s)
	if local == "" {
		return "has no local part, or one that is badly formed"
	}
	if rest == "" {
		return ""
	}
	if domain := rest[1:]; rest[0] != '@' || !isDomain(domain) {
		return "has a domain that is badly formed"
	}
	return ""
}

// cutLocal returns the local part and what follows it; an empty local part when
// s begins with none.
func cutLocal(s string) (local, rest string) {
	if s[0] == '"' {
		return cutQuoted(s)
	}
	for i, r := range s {
		if r == '@' {
			return s[:i], s[i:]
		}
		if !isAtext(r) && r != '.' {
			return "", s
		}
	}
	return s, ""
}

func cutQuoted(s string) (local, rest string) {
	escaped := false
	for i, r := range s[1:] {
		switch {
		case r != ' ' && !unicode.IsGraphic(r):
			return "", s
		case escaped:
			escaped = false
		case r == '\\':
			escaped = true
		case r == '"':
			return s[:i+2], s[i+2:]
		}
	}
	return "", s
}

func isAtext(r rune) bool {
	if r >= utf8.RuneSelf {
		return unicode.IsGraphic(r) && !unicode.IsSpace(r)
	}
	return r > ' ' && r < 0x7F && !strings.ContainsRune(`()<>[]:;@\,."`, r)
}

// isDomain accepts names, of the internationalized kind too, and address
// literals.
func isDomain(s string) bool {
	if strings.HasPrefix(s, "[") {
		return strings.HasSuffix(s, "]") && isHostText(s[1:len(s)-1], ":")
	}
	for _, r := range s {
		if r >= utf8.RuneSelf {
			if !isAtext(r) {
				return false
			}
		} else if !isHostText(string(r), "") {
			return false
		}
	}
	return s != ""
}

// isHost reports whether s can be the name of a host in a status field.
func isHost(s string) bool { return len(s) <= 255 && isHostText(s, "") }

func isHostText(s, more string) bool {
	for i := range len(s) {
		c := s[i]
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._"+more, c) >= 0) {
			return false
		}
	}
	return s != ""
}

func isASCII[T string | []byte](s T) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
