package dsn

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// isXtext reports whether s is xtext (RFC 3461, section 4): printable ASCII
// without "=", and "+" only before two hexadecimal digits.
func isXtext(s string) bool {
	_, ok := decodeXtext(s)
	return ok
}

func decodeXtext(s string) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c <= ' ' || c >= 0x7F || c == '=':
			return "", false
		case c != '+':
			b.WriteByte(c)
		case i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2]):
			return "", false
		default:
			n, _ := strconv.ParseUint(s[i+1:i+3], 16, 8)
			b.WriteByte(byte(n))
			i += 2
		}
	}
	return b.String(), true
}

// QUIRK: RFC 3461 and RFC 6533 have upper case only; lower case is seen.
func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'A' <= c && c <= 'F' || 'a' <= c && c <= 'f'
}

// plainXtext returns what s stands for. RFC 3461 (section 4.2) allows printable
// ASCII only; of anything else the encoded form is shown, which is safe.
func plainXtext(s string) string {
	d, ok := decodeXtext(s)
	for i := range len(d) {
		if d[i] < ' ' || d[i] >= 0x7F {
			return s
		}
	}
	if !ok || strings.TrimSpace(d) == "" {
		return s
	}
	return d
}

// isORCPT reports whether s is an address type, a semicolon and an address in
// xtext, or in a form of RFC 6533 when the type is utf-8.
func isORCPT(s string) bool {
	kind, addr, _ := strings.Cut(s, ";")
	if len(s) > maxORCPT || !isHostText(kind, "") || addr == "" {
		return false
	}
	if !strings.EqualFold(kind, "utf-8") {
		return isXtext(addr)
	}
	_, ok := decodeUTF8Address(addr)
	return ok
}

// originalRecipient returns the value of an Original-Recipient field.
func originalRecipient(orcpt string, global bool) string {
	kind, addr, _ := strings.Cut(orcpt, ";")
	if !strings.EqualFold(kind, "utf-8") {
		return kind + "; " + plainXtext(addr)
	}
	s, _ := decodeUTF8Address(addr)
	if checkMailbox(s) != "" {
		return "utf-8; " + encodeUTF8Address(s)
	}
	return utf8Address(s, global)
}

// finalRecipient returns the value of a Final-Recipient field (RFC 3464, section
// 2.3.2; RFC 6533, section 3).
func finalRecipient(addr string, global bool) string {
	if isASCII(addr) {
		return "rfc822; " + addr
	}
	return utf8Address(addr, global)
}

func utf8Address(addr string, global bool) string {
	if global {
		return "utf-8; " + addr
	}
	return "utf-8; " + encodeUTF8Address(addr)
}

// encodeUTF8Address returns the form utf-8-addr-xtext of RFC 6533, section 3.
func encodeUTF8Address(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r > ' ' && r < 0x7F && r != '\\' && r != '+' && r != '=' {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, `\x{%02X}`, r)
		}
	}
	return b.String()
}

// decodeUTF8Address reads any of the three forms of RFC 6533, section 3.
func decodeUTF8Address(s string) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == '\\' {
			var ok bool
			if r, n, ok = embedded(s[i:]); !ok {
				return "", false
			}
		} else if r == utf8.RuneError && n == 1 || unicode.IsSpace(r) || !unicode.IsGraphic(r) {
			return "", false
		}
		b.WriteRune(r)
		i += n
	}
	return b.String(), s != ""
}

// embedded reads the \x{HEX} that s begins with.
func embedded(s string) (r rune, n int, ok bool) {
	end := strings.IndexByte(s[:min(len(s), 10)], '}')
	if end < 4 || s[:3] != `\x{` {
		return 0, 0, false
	}
	for _, c := range []byte(s[3:end]) {
		if !isHex(c) {
			return 0, 0, false
		}
	}
	v, err := strconv.ParseUint(s[3:end], 16, 32)
	if err != nil || !utf8.ValidRune(rune(v)) {
		return 0, 0, false
	}
	return rune(v), end + 1, true
}
