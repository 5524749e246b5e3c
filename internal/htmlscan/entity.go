package htmlscan

import (
	"html"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// maxEntity is more than the length of the longest name of a character
// reference (31 letters and the semicolon).
const maxEntity = 40

// Unescape replaces the character references of text in HTML: the names of
// HTML 5, and numbers. A number between 128 and 159 is read as a byte of
// windows-1252, as everybody who writes one means it; 0, surrogates and numbers
// beyond Unicode become U+FFFD. What is no reference stays as it is.
func Unescape(s string) string { return unescape(s, false) }

// UnescapeAttr is [Unescape] for the value of an attribute, where a name
// without its semicolon stays as it is before "=", a letter or a digit: the "&copy="
// of a query is no copyright sign.
func UnescapeAttr(s string) string { return unescape(s, true) }

func unescape(s string, attr bool) string {
	i := strings.IndexByte(s, '&')
	if i < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i >= 0 {
		b.WriteString(s[:i])
		s = s[i:]
		n := 0
		if len(s) > 1 && s[1] == '#' {
			n = numeric(&b, s)
		} else {
			n = named(&b, s, attr)
		}
		if n == 0 {
			b.WriteByte('&')
			n = 1
		}
		s = s[n:]
		i = strings.IndexByte(s, '&')
	}
	b.WriteString(s)
	return b.String()
}

// numeric writes the character of the numeric reference at the start of s and
// returns the reference's length, or 0 if it is none.
func numeric(b *strings.Builder, s string) int {
	i, base := 2, 10
	if i < len(s) && s[i]|0x20 == 'x' {
		i, base = 3, 16
	}
	begin, n := i, 0
	for ; i < len(s); i++ {
		d := digit(s[i])
		if d >= base {
			break
		}
		n = min(n*base+d, utf8.MaxRune+1)
	}
	if i == begin {
		return 0
	}
	if i < len(s) && s[i] == ';' {
		i++
	}
	b.WriteRune(character(n))
	return i
}

// digit returns the value of a hexadecimal digit; 16 or more for what is none.
func digit(c byte) int {
	switch {
	case isDigit(c):
		return int(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return 16
}

func character(n int) rune {
	switch {
	case n == 0 || n > utf8.MaxRune || !utf8.ValidRune(rune(n)):
		return utf8.RuneError
	case 0x80 <= n && n <= 0x9F:
		return charmap.Windows1252.DecodeByte(byte(n))
	}
	return rune(n)
}

// commonNames are the references that nearly all documents get by with.
var commonNames = map[string]string{
	"&nbsp;": "\u00a0", "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": `"`, "&copy;": "©", "&ndash;": "–", "&bull;": "•",
}

// named writes what the named reference at the start of s stands for and
// returns the reference's length, or 0 if it is none.
func named(b *strings.Builder, s string, attr bool) int {
	i := 1
	for i < len(s) && i < maxEntity && isAlnum(s[i]) {
		i++
	}
	if i == 1 {
		return 0
	}
	if i < len(s) && s[i] == ';' {
		i++
	}
	ref := s[:i]
	text, common := commonNames[ref]
	if !common {
		text = html.UnescapeString(ref)
	}
	if text == ref || attr && !wholeName(ref, text, s[i:]) {
		return 0
	}
	b.WriteString(text)
	return i
}

// wholeName reports whether text stands for all of ref, and not for the
// beginning of it, as "¬it;" does for "&notit;", and whether what follows lets
// ref be a reference in an attribute.
func wholeName(ref, text, rest string) bool {
	if strings.HasSuffix(ref, ";") {
		return text == ";" || !strings.HasSuffix(text, ";")
	}
	return utf8.RuneCountInString(text) == 1 && !strings.HasPrefix(rest, "=")
}
