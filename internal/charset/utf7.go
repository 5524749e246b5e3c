package charset

import (
	"encoding/base64"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// A utf7Reader reads UTF-7 (RFC 2152). It holds the state within a run of
// Base64.
type utf7Reader struct {
	shifted bool
	bits    uint32 // those of the code unit to come
	n       uint   // how many
}

// next implements stepper.
func (d *utf7Reader) next(b []byte) (rune, int) {
	switch {
	case d.shifted:
		return d.nextShifted(b)
	case b[0] >= utf8.RuneSelf:
		return invalid, 1
	case b[0] != '+':
		return rune(b[0]), 1
	case len(b) > 1 && b[1] == '-':
		return '+', 2
	case len(b) < 4 || base64Value(b[1]) < 0 || base64Value(b[2]) < 0 || base64Value(b[3]) < 0:
		// QUIRK: a plus sign without enough Base64 for a character is ill-formed
		// (RFC 2152, rule 2); mail that calls plain text UTF-7 has it in telephone
		// numbers.
		return '+', 1
	}
	*d = utf7Reader{shifted: true}
	return nothing, 1
}

// nextShifted reads a character, of one or two code units, or the end of the
// run.
func (d *utf7Reader) nextShifted(b []byte) (rune, int) {
	u, n := d.unit(b)
	switch {
	case n == 0:
		return d.leave(b)
	case !utf16.IsSurrogate(u):
		return u, n
	}
	saved := *d
	if low, m := d.unit(b[n:]); m > 0 {
		if r := utf16.DecodeRune(u, low); r != utf8.RuneError {
			return r, n + m
		}
	}
	*d = saved
	if end := base64Run(b); u < 0xDC00 && end == len(b) && end-n < 4 {
		return invalid, end // the end of the text cuts the pair
	}
	return invalid, n
}

// unit reads one code unit. n is 0, and d unchanged, if the run ends before.
func (d *utf7Reader) unit(b []byte) (u rune, n int) {
	bits, have := d.bits, d.n
	for i, c := range b {
		v := base64Value(c)
		if v < 0 {
			return 0, 0
		}
		bits = bits<<6 | uint32(v)
		if have += 6; have >= 16 {
			d.n = have - 16
			d.bits = bits & (1<<d.n - 1)
			return rune(bits >> d.n & 0xFFFF), i + 1
		}
	}
	return 0, 0
}

// leave ends the run. A hyphen that closes it is absorbed; letters that make no
// whole code unit are invalid; left-over bits are padding.
func (d *utf7Reader) leave(b []byte) (rune, int) {
	*d = utf7Reader{}
	i := base64Run(b)
	r := nothing
	if i > 0 {
		r = invalid
	}
	if i < len(b) && b[i] == '-' {
		i++
	}
	if i == 0 {
		return d.next(b)
	}
	return r, i
}

// base64Run returns how many bytes of Base64 b starts with, at most the few that
// two code units take.
func base64Run(b []byte) int {
	const most = 8
	for i, c := range b[:min(len(b), most)] {
		if base64Value(c) < 0 {
			return i
		}
	}
	return min(len(b), most)
}

// base64Value returns the value of a letter of the Base64 alphabet, -1 for
// other bytes.
func base64Value(c byte) int {
	switch {
	case 'A' <= c && c <= 'Z':
		return int(c - 'A')
	case 'a' <= c && c <= 'z':
		return int(c-'a') + 26
	case '0' <= c && c <= '9':
		return int(c-'0') + 52
	case c == '+':
		return 62
	case c == '/':
		return 63
	}
	return -1
}

// utf7Direct are the characters that stand for themselves beside letters and
// digits: set D of RFC 2152 and white space.
const utf7Direct = "'(),-./:? \t\r\n"

// encodeUTF7 appends s in UTF-7, with every run of Base64 closed.
func encodeUTF7(dst []byte, s string) ([]byte, bool) {
	var run []byte
	flush := func() {
		if len(run) > 0 {
			dst = append(dst, '+')
			dst = base64.RawStdEncoding.AppendEncode(dst, run)
			dst = append(dst, '-')
			run = run[:0]
		}
	}
	for _, r := range s {
		if r < utf8.RuneSelf && (isAlphanumeric(byte(r)) || strings.ContainsRune(utf7Direct, r)) {
			flush()
			dst = append(dst, byte(r))
			continue
		}
		run = utf16BE.append(run, r)
	}
	flush()
	return dst, utf8.ValidString(s)
}

func isAlphanumeric(c byte) bool {
	return 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' || '0' <= c && c <= '9'
}
