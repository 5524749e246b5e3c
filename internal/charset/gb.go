package charset

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// A gbCodec reads GB 2312, GBK and GB18030 all as GB18030, the superset. It
// writes GBK for the former two, which every reader of those labels knows.
type gbCodec struct {
	*doubleByte
	writer encoding.Encoding
}

// A userArea is a block of GBK without characters of its own, which Windows and
// GB18030 map to the private use area of Unicode; x/text leaves it out.
type userArea struct {
	first rune // the character of the first pair
	lead  [2]byte
	trail [2]byte // without 0x7F
}

var userAreas = [...]userArea{
	{0xE000, [2]byte{0xAA, 0xAF}, [2]byte{0xA1, 0xFE}},
	{0xE234, [2]byte{0xF8, 0xFE}, [2]byte{0xA1, 0xFE}},
	{0xE4C6, [2]byte{0xA1, 0xA7}, [2]byte{0x40, 0xA0}},
}

// width returns the number of pairs of a lead byte.
func (a *userArea) width() rune {
	n := rune(a.trail[1]-a.trail[0]) + 1
	if a.trail[0] < 0x7F {
		n--
	}
	return n
}

func (a *userArea) decode(lead, trail byte) (r rune, ok bool) {
	if lead < a.lead[0] || a.lead[1] < lead || trail < a.trail[0] || a.trail[1] < trail || trail == 0x7F {
		return 0, false
	}
	if a.trail[0] < 0x7F && trail > 0x7F {
		trail--
	}
	return a.first + rune(lead-a.lead[0])*a.width() + rune(trail-a.trail[0]), true
}

func (a *userArea) encode(r rune) (pair [2]byte, ok bool) {
	i := r - a.first
	lead := rune(a.lead[0]) + i/a.width()
	if i < 0 || lead > rune(a.lead[1]) {
		return pair, false
	}
	trail := a.trail[0] + byte(i%a.width())
	if a.trail[0] < 0x7F && trail >= 0x7F {
		trail++
	}
	return [2]byte{byte(lead), trail}, true
}

// gb18030Long reads what no pair of x/text's covers: the user areas and the
// four-byte form.
func gb18030Long(b []byte) (rune, int) {
	if b[0] < 0x81 || b[0] > 0xFE || len(b) < 2 {
		return 0, 0
	}
	if '0' <= b[1] && b[1] <= '9' {
		return gb18030Four(b)
	}
	for i := range userAreas {
		if r, ok := userAreas[i].decode(b[0], b[1]); ok {
			return r, 2
		}
	}
	return 0, 0
}

func gb18030Four(b []byte) (rune, int) {
	switch {
	case len(b) == 2:
		return invalid, 2
	case b[2] < 0x81 || b[2] > 0xFE:
		return invalid, 1
	case len(b) == 3:
		return invalid, 3
	case b[3] < '0' || b[3] > '9':
		return invalid, 1
	case string(b[:4]) == "\x84\x31\xA4\x37":
		return utf8.RuneError, 4 // U+FFFD itself, which is no error
	}
	if r := decodeOne(simplifiedchinese.GB18030, b[:4]); r != invalid {
		return r, 4
	}
	return invalid, 1
}

// encode takes the private use area out of x/text's hands, which writes it as
// four-byte forms of other characters.
func (c gbCodec) encode(dst []byte, s string) ([]byte, bool) {
	ok := true
	for s != "" {
		i := strings.IndexFunc(s, private)
		if i < 0 {
			i = len(s)
		}
		var whole bool
		dst, whole = encodeText(dst, s[:i], c.writer, nil)
		ok = ok && whole
		if s = s[i:]; s == "" {
			break
		}
		r, n := utf8.DecodeRuneInString(s)
		s = s[n:]
		dst, whole = c.encodePrivate(dst, r)
		ok = ok && whole
	}
	return dst, ok
}

func private(r rune) bool { return 0xE000 <= r && r <= 0xF8FF }

func (c gbCodec) encodePrivate(dst []byte, r rune) ([]byte, bool) {
	for i := range userAreas {
		if pair, ok := userAreas[i].encode(r); ok {
			return append(dst, pair[:]...), true
		}
	}
	b, ok := encodeText(nil, string(r), c.writer, nil)
	if ok {
		if back, n := c.next(b); back == r && n == len(b) {
			return append(dst, b...), true
		}
	}
	return append(dst, '?'), false
}
