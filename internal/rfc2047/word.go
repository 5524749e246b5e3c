package rfc2047

import "strings"

// maxLabel bounds the charset of a word, with its language tag; words of 75
// characters have room for less.
const maxLabel = 72

// A word is an encoded word taken apart.
type word struct {
	label    string // the charset's name without the language tag
	encoding byte   // 'b' or 'q'
	payload  string
	damaged  bool
}

// WordLen returns the length of the encoded word that s starts with, or 0. The
// word has both its ends; white space within it is tolerated.
func WordLen(s string) int {
	w, start := wordHead(s)
	if start == 0 {
		return 0
	}
	end, closed := payloadEnd(s, start, w.encoding)
	if !closed {
		return 0
	}
	return end + len("?=")
}

// scanWord takes the word that s starts with and returns its length, 0 when s
// starts with none.
func scanWord(s string) (w word, length int) {
	w, start := wordHead(s)
	if start == 0 {
		return w, 0
	}
	end, closed := payloadEnd(s, start, w.encoding)
	w.payload = s[start:end]
	if closed {
		// QUIRK: some senders leave spaces as they are within a word
		// (RFC 2047 2 forbids it) or fold within one.
		w.damaged = strings.ContainsAny(w.payload, " \t\r\n")
		return w, end + len("?=")
	}
	// QUIRK: the last word of a value that was cut off at some length has no
	// end. It counts as a word when nothing but its payload can be meant.
	w.damaged = true
	w.payload = strings.TrimRight(w.payload, " \t\r\n")
	length = start + len(w.payload)
	w.payload = strings.TrimSuffix(w.payload, "?")
	if w.payload == "" || strings.ContainsAny(w.payload, " \t\r\n?") {
		return w, 0
	}
	return w, length
}

// wordHead takes the head of a word, as far as the payload's start, which is 0
// when s starts with no word.
func wordHead(s string) (w word, start int) {
	if !strings.HasPrefix(s, "=?") {
		return w, 0
	}
	i := len("=?")
	for i < len(s) && i <= maxLabel && isLabelChar(s[i]) {
		i++
	}
	if i+2 >= len(s) || s[i] != '?' || s[i+2] != '?' {
		return w, 0
	}
	switch s[i+1] {
	case 'b', 'B', 'q', 'Q':
		w.encoding = s[i+1] | 0x20
	default:
		return w, 0
	}
	w.label, _, _ = strings.Cut(s[2:i], "*") // RFC 2231 section 5
	return w, i + 3
}

// isLabelChar reports whether c may stand in a charset's name. Colons and dots
// do in names of the IANA registry.
func isLabelChar(c byte) bool {
	return c > ' ' && c < 0x7F && !strings.ContainsRune(`?="<>@,;()[]\`, rune(c))
}

// payloadEnd returns where the payload ends that starts at start: before "?=",
// with closed set, or before the head of another word or the end of s.
func payloadEnd(s string, start int, encoding byte) (end int, closed bool) {
	for i := start; ; {
		n := strings.IndexByte(s[i:], '?')
		if n < 0 {
			return len(s), false
		}
		i += n
		if i > start && s[i-1] == '=' {
			if _, head := wordHead(s[i-1:]); head > 0 {
				return i - 1, false
			}
		}
		if i+1 < len(s) && s[i+1] == '=' && !(encoding == 'q' && continues(s[i:])) {
			return i, true
		}
		i++
	}
}

// continues reports whether the "?=" that s starts with is text of a Q payload.
//
// QUIRK: senders that leave question marks as they are (RFC 2047 4.2 forbids
// it) write "?=20" where a space follows one. That is the end of a word, too;
// the end of another one before white space and the next word decides.
func continues(s string) bool {
	if len(s) < 4 || !isHex(s[2]) || !isHex(s[3]) {
		return false
	}
	for i := 4; i < len(s); i++ {
		switch s[i] {
		case ' ', '\t', '\r', '\n':
			return false
		case '?':
			if s[i-1] == '=' {
				return false
			}
			if i+1 < len(s) && s[i+1] == '=' {
				return true
			}
		}
	}
	return false
}
