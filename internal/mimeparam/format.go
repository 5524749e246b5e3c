package mimeparam

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/rfc2047"
)

// maxPiece is the number of characters of a parameter that fit a line of 76
// with a space before and a semicolon after it.
const maxPiece = 74

// FormatParam returns a parameter as it is written after a semicolon: as a token
// or a quoted string when the value is ASCII, else in the form of RFC 2231 in
// UTF-8. A long value is continued, each section a string of its own; each fits
// a line. Line breaks become spaces and control characters are removed, so the
// value cannot end its field.
func FormatParam(name, value string) []string {
	value = clean(value)
	one := name + "=" + value
	if !isASCII(value) {
		one = name + "*=utf-8''" + escape(value)
	} else if value == "" || skipToken(value, 0) < len(value) {
		one = name + "=" + quote(value)
	}
	if len(one) <= maxPiece {
		return []string{one}
	}
	return continueParam(name, value)
}

// continueParam writes a parameter in sections (RFC 2231 section 3).
func continueParam(name, value string) []string {
	var out []string
	extended := !isASCII(value)
	const marks = `*99999*=""` // at most what a section has beside name and value
	room := max(maxPiece-len(name)-len(marks), 12)
	for value != "" || len(out) == 0 {
		head := name + "*" + strconv.Itoa(len(out))
		n, left := 0, room
		if extended {
			head += "*="
			if len(out) == 0 {
				head += "utf-8''"
				left -= len("utf-8''")
			}
			n = fit(value, left, escape)
			out = append(out, head+escape(value[:n]))
		} else {
			n = fit(value, left, escapeQuoted)
			out = append(out, head+"="+quote(value[:n]))
		}
		value = value[n:]
	}
	return out
}

// fit returns the length of a prefix of s, at least one character, that has at
// most room characters once written.
func fit(s string, room int, write func(string) string) int {
	for i, r := range s {
		end := i + utf8.RuneLen(r)
		if room -= len(write(s[i:end])); room < 0 && i > 0 {
			return i
		}
	}
	return len(s)
}

// FormatParamWord returns a parameter in one quoted string, with encoded words
// (RFC 2047) in it when the value is not ASCII. RFC 2047 section 5 forbids these;
// mail programs that don't know RFC 2231 read nothing else. Long values are
// folded between words with CRLF and a space.
func FormatParamWord(name, value string, cs *charset.Charset) string {
	value = clean(value)
	if isASCII(value) && !strings.Contains(value, "=?") {
		return name + "=" + quote(value)
	}
	head := name + `="`
	return head + rfc2047.EncodePhrase(value, cs, len(head)+1) + `"`
}

func clean(s string) string {
	s, _ = rfc2047.Clean(strings.ToValidUTF8(s, "\ufffd"))
	return s
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func quote(s string) string { return `"` + escapeQuoted(s) + `"` }

func escapeQuoted(s string) string {
	if !strings.ContainsAny(s, `"\`) {
		return s
	}
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s)
}

// escape writes s with the escapes of RFC 2231 section 7.
func escape(s string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; tokens[c] && c != '*' && c != '\'' && c != '%' {
			b.WriteByte(c)
		} else {
			b.WriteByte('%')
			b.WriteByte(digits[c>>4])
			b.WriteByte(digits[c&15])
		}
	}
	return b.String()
}
