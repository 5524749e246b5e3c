package rtf

import (
	"strings"

	"github.com/contentconv/contentconv/internal/htmlscan"
)

// maxReference is more than the length of any character reference.
const maxReference = 40

// textToken writes text. What every reader shall see stands outside of groups;
// white space that HTML doesn't show, and character references, stand within.
func (e *encapsulator) textToken() {
	raw := e.z.Raw()
	if e.trim {
		e.trim = false
		first := len(raw) - len(strings.TrimPrefix(strings.TrimPrefix(raw, "\r"), "\n"))
		e.hide(raw[:first])
		raw = raw[first:]
	}
	references := true
	switch e.z.Element() {
	case "script", "style", "iframe", "noembed", "xml":
		e.out.group(tagStyleText, raw)
		return
	case "title":
		e.out.group(tagTitleText, raw)
		return
	case "xmp", "plaintext":
		references = false
	}
	for raw != "" {
		n := 1
		switch c := raw[0]; {
		case isHTMLSpace(c):
			n = countSpaces(raw)
			e.spaces(raw[:n])
		case c == '&' && references:
			n = e.reference(raw)
		case c < ' ' || c == 0x7F:
			e.out.group(tagInline, raw[:1])
		default:
			n = countWords(raw)
			e.show.words(raw[:n])
		}
		raw = raw[n:]
	}
}

func isHTMLSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' && c != '\v' }

func countSpaces(s string) int {
	n := 0
	for n < len(s) && isHTMLSpace(s[n]) {
		n++
	}
	return n
}

// countWords returns the length of the text at the start of s that shows as it
// stands: words with single blanks between them. The first byte is known to be
// of it.
func countWords(s string) int {
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '&' || c < ' ' || c == 0x7F:
			return i
		case c == ' ' && (i+1 == len(s) || isHTMLSpace(s[i+1])):
			return i
		}
	}
	return len(s)
}

// spaces writes a run of white space. In running text it shows as one blank, at
// the start of a line and behind a blank as none.
func (e *encapsulator) spaces(s string) {
	if e.pre > 0 {
		e.show.preformatted(s)
		return
	}
	switch {
	case !e.show.blank():
	case s[0] == ' ':
		e.show.words(" ")
		s = s[1:]
	default:
		e.show.extra(" ")
	}
	e.hide(s)
}

func (e *encapsulator) hide(html string) {
	if html != "" {
		e.out.group(tagInline, html)
	}
}

// reference writes the character reference at the start of s, or the "&" if it is
// none, and returns its length.
func (e *encapsulator) reference(s string) int {
	n := 1
	for n < len(s) && n < maxReference && (isAlnum(s[n]) || s[n] == '#') {
		n++
	}
	if n < len(s) && s[n] == ';' {
		n++
	}
	text := htmlscan.Unescape(s[:n])
	if text == s[:n] {
		e.show.words(s[:n])
		return n
	}
	e.out.group(tagInline, s[:n])
	e.show.extra(text)
	return n
}

func isAlnum(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}
