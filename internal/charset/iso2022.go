package charset

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
)

// A set is a coded character set that an escape sequence designates.
type set uint8

const (
	setASCII set = iota
	setKatakana
	setLatin1 // right half of ISO-8859-1
	setGreek  // right half of ISO-8859-7
	setJIS0208
	setJIS0212
	setGB2312
	setKSC5601
	setOther // two-byte sets without a table here, such as CNS 11643
)

// escapes are the designations, without the escape character, that text in
// ISO-2022-JP (RFC 1468, RFC 1554), ISO-2022-KR (RFC 1557) and ISO-2022-CN
// (RFC 1922) has, with the slot G0 to G2 that they fill. JIS X 0201 Roman
// counts as ASCII, as in code page 50220: its two other characters are meant as
// backslash and tilde in mail.
var escapes = []struct {
	seq  string
	slot int
	set  set
}{
	{"(B", 0, setASCII},
	{"(J", 0, setASCII},
	{"(H", 0, setASCII}, // QUIRK: Swedish, by programs that misread RFC 1468
	{"(I", 0, setKatakana},
	{"$@", 0, setJIS0208},
	{"$B", 0, setJIS0208},
	{"$(@", 0, setJIS0208},
	{"$(B", 0, setJIS0208},
	{"$(O", 0, setJIS0208}, // JIS X 0213 plane 1, a superset
	{"$(Q", 0, setJIS0208},
	{"$(D", 0, setJIS0212},
	{"$A", 0, setGB2312},
	{"$(A", 0, setGB2312},
	{"$(C", 0, setKSC5601},
	{"$)A", 1, setGB2312},
	{"$)C", 1, setKSC5601},
	{"$)E", 1, setOther},
	{"$)G", 1, setOther},
	{"$*H", 2, setOther},
	{".A", 2, setLatin1},
	{".F", 2, setGreek},
}

const (
	esc      = 0x1B
	shiftOut = 0x0E
	shiftIn  = 0x0F
)

// An iso2022Reader reads any 7-bit charset of the ISO-2022 family.
type iso2022Reader struct {
	g       [3]set
	shifted bool // G1 is in use, not G0
	// kana reads 8-bit bytes as half-width katakana.
	//
	// QUIRK: programs of the 1990s put JIS X 0201 katakana into ISO-2022-JP text
	// as 8-bit bytes, or after a shift-out without a designation (RFC 1468 has no
	// katakana at all).
	kana bool
}

// next implements stepper.
func (d *iso2022Reader) next(b []byte) (rune, int) {
	switch c := b[0]; {
	case c == esc:
		return d.escape(b)
	case c == shiftOut || c == shiftIn:
		d.shifted = c == shiftOut
		return nothing, 1
	case c == '\r' || c == '\n':
		// QUIRK: lines end without the return to ASCII that RFC 1468 demands, cut by
		// programs that wrap lines or truncate them.
		d.g[0], d.shifted = setASCII, false
		return rune(c), 1
	case c <= ' ' || c == 0x7F:
		return rune(c), 1
	case c >= utf8.RuneSelf:
		if d.kana && 0xA1 <= c && c <= 0xDF {
			return rune(c) + 0xFF61 - 0xA1, 1
		}
		return invalid, 1
	}
	if d.shifted {
		return d.g[1].char(b)
	}
	return d.g[0].char(b)
}

// escape reads an escape sequence or, after a single shift, one character.
func (d *iso2022Reader) escape(b []byte) (rune, int) {
	for _, e := range escapes {
		if bytes.HasPrefix(b[1:], []byte(e.seq)) {
			d.g[e.slot] = e.set
			return nothing, 1 + len(e.seq)
		}
	}
	if len(b) > 2 && (b[1] == 'N' || b[1] == 'O') && b[2] > ' ' && b[2] < 0x7F {
		r, n := d.g[2].char(b[2:])
		return r, 2 + n
	}
	// An unknown designation: what follows is unreadable if it is of two bytes
	// and most likely ASCII if of one.
	n := 1
	for n < len(b) && n < 4 && 0x20 <= b[n] && b[n] <= 0x2F {
		n++
	}
	if n > 1 && n < len(b) && 0x30 <= b[n] && b[n] <= 0x7E {
		n++
		d.g[0] = setASCII
		if b[1] == '$' {
			d.g[0] = setOther
		}
	}
	return invalid, n
}

// char reads one character of s at the start of b, a 7-bit graphic byte.
func (s set) char(b []byte) (rune, int) {
	c := b[0]
	switch s {
	case setASCII:
		return rune(c), 1
	case setKatakana:
		if c > 0x5F {
			return invalid, 1
		}
		return rune(c) + 0xFF61 - 0x21, 1
	case setLatin1:
		return rune(c) + 0x80, 1
	case setGreek:
		if r := charmap.ISO8859_7.DecodeByte(c + 0x80); r != utf8.RuneError {
			return r, 1
		}
		return invalid, 1
	}
	if len(b) < 2 || b[1] <= ' ' || b[1] >= 0x7F {
		return invalid, 1
	}
	return s.pair(c, b[1]), 2
}

// pair returns the character at a position of a two-byte set. Each set is the
// right half of an EUC.
func (s set) pair(c1, c2 byte) rune {
	var r rune
	i := int(c1)<<8 | int(c2) | 0x80 // (c1|0x80)-0x80 is the row of the table
	switch s {
	case setJIS0208:
		r = eucJP.table().pair[i]
	case setJIS0212:
		return decodeOne(japanese.EUCJP, []byte{0x8F, c1 | 0x80, c2 | 0x80})
	case setGB2312:
		r = gb18030.table().pair[i]
	case setKSC5601:
		r = eucKR.table().pair[i]
	}
	if r == 0 {
		return invalid
	}
	return r
}
