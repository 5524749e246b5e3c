package transfer

import (
	"bytes"
	"encoding/binary"

	"github.com/contentconv/contentconv/diag"
)

// A base64Decoder decodes base64 (RFC 2045 section 6.8).
type base64Decoder struct {
	reporter
	group   uint32 // the bits of the characters of an unfinished group
	chars   int    // how many characters that are, 0 to 3
	wantPad bool   // one '=' of two has come
	padded  bool   // data has ended with padding: what follows is doubtful
	line    doubtfulLine
	run     []byte // of lines that are decoded together, see decodeLines
}

// notBase64 marks what is no character of the alphabet in the tables. White
// space, which is never a defect, has a mark of its own.
const (
	notBase64  = 1 << 24
	whiteSpace = 1<<24 | 1
	padding    = 1<<24 | 2
)

// base64Tables give a character's six bits in each of the four places of a
// group, so that a group costs four loads and three ors.
var base64Tables = func() (t [4][256]uint32) {
	for place := range t {
		shift := 18 - 6*place
		for c := range t[place] {
			t[place][c] = notBase64
		}
		for _, c := range []byte(" \t\r\n\v\f") {
			t[place][c] = whiteSpace
		}
		t[place]['='] = padding
		for i, c := range []byte(base64Alphabet) {
			t[place][c] = uint32(i) << shift
		}
	}
	return t
}()

const base64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

func (d *base64Decoder) decode(dst, src []byte, final bool) ([]byte, int) {
	used := len(src)
	try := len(src) // decodeLines is tried when no more than this is left
	for len(src) > 0 {
		if d.padded {
			dst, src = d.afterPadding(dst, src)
			continue
		}
		if d.chars == 0 && !d.wantPad {
			if vectors && len(src) <= try {
				var ok bool
				if dst, src, ok = d.decodeLines(dst, src); !ok {
					try = len(src) - pause
				}
			}
			dst, src = decodeGroups(dst, src)
		}
		dst, src = d.slow(dst, src)
	}
	if final {
		dst = d.finish(dst)
	}
	return dst, used
}

// decodeGroups decodes whole groups, with line ends between them, for as long
// as nothing else comes, and returns what is left of src.
func decodeGroups(dst, src []byte) (out, rest []byte) {
	dst = base64Room(dst, src)
	n, buf := len(dst), dst[:cap(dst)]
	t := &base64Tables
	for len(src) >= 8 {
		s, o := src[:8:8], buf[n:n+8:n+8]
		a := t[0][s[0]] | t[1][s[1]] | t[2][s[2]] | t[3][s[3]]
		b := t[0][s[4]] | t[1][s[5]] | t[2][s[6]] | t[3][s[7]]
		if (a|b)&notBase64 == 0 {
			binary.BigEndian.PutUint64(o, uint64(a)<<40|uint64(b)<<16)
			src = src[8:]
			n += 6
			continue
		}
		if a&notBase64 == 0 {
			binary.BigEndian.PutUint32(o, a<<8)
			src = src[4:]
			n += 3
		}
		switch {
		case src[0] == '\r' && src[1] == '\n':
			src = src[2:]
		case src[0] == '\n':
			src = src[1:]
		default:
			return buf[:n], src
		}
	}
	return buf[:n], src
}

// base64Room gives dst room for what src can decode to, and eight bytes more.
func base64Room(dst, src []byte) []byte {
	n := len(dst)
	need := n + len(src)/4*3 + 8
	if cap(dst) >= need {
		return dst
	}
	grown := make([]byte, n, max(need, 2*cap(dst)))
	copy(grown, dst)
	return grown
}

// slow decodes until a group is finished or src ends.
func (d *base64Decoder) slow(dst, src []byte) (out, rest []byte) {
	for i, c := range src {
		switch v := base64Tables[3][c]; v {
		case whiteSpace:
			continue
		case padding:
			dst = d.pad(dst)
		case notBase64:
			d.tell(diag.Base64Invalid, "byte outside of the alphabet", c)
			continue
		default:
			if d.wantPad {
				d.padded, d.wantPad = true, false
				return dst, src[i:]
			}
			dst = d.char(dst, v)
		}
		if d.chars == 0 {
			return dst, src[i+1:]
		}
	}
	return dst, nil
}

// char takes the six bits of a character.
func (d *base64Decoder) char(dst []byte, v uint32) []byte {
	d.group = d.group<<6 | v
	if d.chars++; d.chars < 4 {
		return dst
	}
	dst = append(dst, byte(d.group>>16), byte(d.group>>8), byte(d.group))
	d.group, d.chars = 0, 0
	return dst
}

// pad takes a '='.
func (d *base64Decoder) pad(dst []byte) []byte {
	switch {
	case d.wantPad:
		d.wantPad, d.padded = false, true
	case d.chars >= 2:
		d.wantPad = d.chars == 2
		d.padded = !d.wantPad
		dst = d.partial(dst)
	case d.chars == 1:
		d.tell(diag.Base64Invalid, "padding after the first character of a group")
	default:
		d.tell(diag.Base64Invalid, "padding where no group is open")
	}
	return dst
}

// partial gives out the whole bytes of an unfinished group of two or three
// characters.
func (d *base64Decoder) partial(dst []byte) []byte {
	switch d.chars {
	case 2:
		dst = append(dst, byte(d.group>>4))
	case 3:
		dst = append(dst, byte(d.group>>10), byte(d.group>>2))
	}
	d.group, d.chars = 0, 0
	return dst
}

func (d *base64Decoder) finish(dst []byte) []byte {
	dst = d.endDoubtful(dst)
	switch {
	case d.wantPad:
		d.tell(diag.Base64Truncated, "the last group has one '=' of two")
	case d.chars == 1:
		d.tell(diag.Base64Truncated, "one character is left over")
	case d.chars > 1:
		d.tell(diag.Base64Truncated, "the last group is not padded")
	}
	d.wantPad = false
	return d.partial(dst)
}

// maxDoubtful is the length at which a line of nothing but base64 after padding
// is believed.
const maxDoubtful = 1024

// A doubtfulLine holds a line after padding until it is known what it is.
type doubtfulLine struct {
	held []byte
	gap  bool // white space has come after held
	junk bool // the line is no base64
}

// afterPadding takes what follows padding, up to the end of its line.
//
// QUIRK: RFC 2045 section 6.8 has padding at the end only. Two things follow it
// in the wild: another base64 stream, because a mailer joined pieces that it had
// encoded one by one, and plain text, because a list server or a virus scanner
// appended a footer without looking at the encoding. A line of nothing but whole
// groups is taken as the first, any other line as the second.
func (d *base64Decoder) afterPadding(dst, src []byte) (out, rest []byte) {
	l := &d.line
	for i, c := range src {
		switch v := base64Tables[3][c]; {
		case c == '\n' || c == '\r':
			if dst = d.endDoubtful(dst); !d.padded {
				return dst, src[i+1:]
			}
		case l.junk:
		case v == whiteSpace:
			l.gap = len(l.held) > 0
		case v == notBase64, l.gap:
			d.tell(diag.Base64Invalid, "text follows the padding")
			l.junk, l.held = true, l.held[:0]
		default:
			if l.held = append(l.held, c); len(l.held) == maxDoubtful {
				dst = d.believe(dst)
				return dst, src[i+1:]
			}
		}
	}
	return dst, nil
}

// endDoubtful decides on a line after padding that has ended.
func (d *base64Decoder) endDoubtful(dst []byte) []byte {
	for len(d.line.held) > 0 {
		if data := bytes.TrimRight(d.line.held, "="); len(data) == 0 {
			d.tell(diag.Base64Invalid, "padding where no group is open")
			break
		}
		if len(d.line.held)%4 != 0 {
			d.tell(diag.Base64Invalid, "text follows the padding")
			break
		}
		if dst = d.believe(dst); !d.padded {
			return dst
		}
	}
	d.line = doubtfulLine{held: d.line.held[:0]}
	return dst
}

// believe decodes a line after padding.
func (d *base64Decoder) believe(dst []byte) []byte {
	d.tell(diag.Base64Invalid, "padding within the data")
	held := d.line.held
	d.line, d.padded = doubtfulLine{}, false
	for len(held) > 0 {
		if d.padded {
			// What is left has been looked at: it is doubtful again, and not read again.
			d.line.held = held
			break
		}
		dst, held = d.slow(dst, held)
	}
	return dst
}
