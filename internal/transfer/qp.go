package transfer

import (
	"bytes"
	"slices"

	"github.com/contentconv/contentconv/diag"
)

// A qpDecoder decodes quoted-printable (RFC 2045 section 6.7).
type qpDecoder struct {
	reporter
	literal bool // the run of blanks in hand is too long to be padding
	inPlace bool // what is decoded overwrites what it is decoded from
	slowly  bool // never use regular
}

// maxBlanks is the longest run of blanks at the end of a line that is taken for
// padding. A longer one is text: no line of a well-formed message has room for
// it.
const maxBlanks = 1024

// maxCRs is the number of CR that may stand before an LF in one line end.
const maxCRs = 8

func (d *qpDecoder) decode(dst, src []byte, final bool) ([]byte, int) {
	if !d.inPlace {
		dst = slices.Grow(dst, len(src)+qpWord)
	}
	used, escape, newline := 0, -1, -1
	for used < len(src) {
		if !d.literal && !d.slowly && (!d.inPlace || used-len(dst) >= qpWord) {
			dst, used = d.regular(dst, src, used)
		}
		if escape < used {
			escape = next(src, used, '=')
		}
		if newline < used {
			newline = next(src, used, '\n')
		}
		stop := min(escape, newline)
		text, blanks := cutBlanks(src[used:stop])
		if len(text) > 0 {
			dst = append(dst, text...)
			used += len(text)
			d.literal = false
		}
		if stop == len(src) && !final && len(blanks) <= maxBlanks+maxCRs && !d.literal {
			return dst, used // what follows decides what the blanks are
		}
		switch {
		case stop == len(src) && final:
			dst = d.blanks(dst, blanks, len(blanks))
		case stop == newline && stop < len(src):
			dst = d.blanks(dst, blanks, 1)
		default:
			dst = d.blanks(dst, blanks, keepAll)
		}
		used = stop
		if stop == len(src) {
			break
		}
		if stop == newline {
			dst = append(dst, '\n')
			used++
			d.literal = false
			continue
		}
		n, out, ok := d.escape(dst, src[stop:], final)
		if !ok {
			return dst, used
		}
		dst = out
		used += n
		d.literal = false
	}
	return dst, used
}

// next returns the index of c in src at or after from, or len(src).
func next(src []byte, from int, c byte) int {
	if i := bytes.IndexByte(src[from:], c); i >= 0 {
		return from + i
	}
	return len(src)
}

// cutBlanks cuts the run of blanks and CR from the end of s.
func cutBlanks(s []byte) (text, blanks []byte) {
	i := len(s)
	for i > 0 && (s[i-1] == ' ' || s[i-1] == '\t' || s[i-1] == '\r') {
		i--
	}
	return s[:i], s[i:]
}

// keepAll stands for a run of blanks with text behind it.
const keepAll = -1

// blanks appends a run of blanks and CR. Where a line ends after it, white space
// was added in transport, and only CR stay: the one of the line end before LF, or
// at the end of the text all of them, which may each end a line.
func (d *qpDecoder) blanks(dst, run []byte, crs int) []byte {
	if len(run) > maxBlanks+maxCRs {
		d.literal = true
	}
	if crs == keepAll || d.literal {
		return append(dst, run...)
	}
	if n := len(run); crs == 1 && n > 0 && run[n-1] != '\r' {
		return dst
	}
	for _, c := range run {
		if c == '\r' && crs > 0 {
			dst = append(dst, c)
			crs--
		}
	}
	return dst
}

// escape takes what begins with '=' and returns how many bytes it used; false
// when more input is needed to tell.
func (d *qpDecoder) escape(dst, src []byte, final bool) (used int, out []byte, ok bool) {
	if len(src) >= 3 {
		hi, lo := hexDigit[src[1]], hexDigit[src[2]]
		if hi|lo < 16 {
			return 3, append(dst, hi<<4|lo), true
		}
	}
	switch n, verdict := softBreak(src, final); verdict {
	case isBreak:
		return n, dst, true
	case undecided:
		if !final {
			return 0, dst, false
		}
		return len(src), dst, true // QUIRK: a '=' at the very end; there is no line to join
	}
	if len(src) < 3 && !final && (len(src) == 1 || hexDigit[src[1]] < 16) {
		return 0, dst, false
	}
	// QUIRK: a '=' that begins no escape, such as that of a URL in text that was
	// never encoded: kept as it is (RFC 2045 section 6.7, note to rule 1).
	d.tell(diag.QuotedPrintableInvalid, "bad escape", src[:min(3, len(src))]...)
	return 1, append(dst, '='), true
}

type verdict int

const (
	noBreak verdict = iota
	isBreak
	undecided
)

// softBreak tells whether src, which begins with '=', is a soft line break, and
// how long it is. Blanks that transport added may stand before the line end.
func softBreak(src []byte, final bool) (n int, v verdict) {
	i := 1
	for i < len(src) && (src[i] == ' ' || src[i] == '\t') {
		if i++; i > maxBlanks {
			return 0, noBreak
		}
	}
	crs := 0
	for i < len(src) && src[i] == '\r' && crs < maxCRs {
		i++
		crs++
	}
	switch {
	case i == len(src):
		if final && crs > 0 {
			return i - crs + 1, isBreak
		}
		return 0, undecided
	case i < len(src) && src[i] == '\n':
		return i + 1, isBreak
	case crs > 0:
		// QUIRK: a line that ends in CR alone; another CR is an empty line (RFC 5322
		// section 2.3 has CRLF only).
		return i - crs + 1, isBreak
	}
	return 0, noBreak
}

// hexDigit gives the value of a hexadecimal digit, and 255 for any other byte.
//
// QUIRK: RFC 2045 section 6.7 has upper-case digits only; many write lower-case
// ones.
var hexDigit = func() (t [256]byte) {
	for i := range t {
		t[i] = 255
	}
	for i, c := range []byte("0123456789ABCDEF") {
		t[c] = byte(i)
		if c >= 'A' {
			t[c|0x20] = byte(i)
		}
	}
	return t
}()
