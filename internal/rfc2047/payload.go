package rfc2047

import "strings"

// appendQ appends the bytes that a Q payload stands for (RFC 2047 section 4.2).
// ok is false when an escape is bad; it stays as literal text.
func appendQ(dst []byte, payload string) (out []byte, ok bool) {
	ok = true
	for i := 0; i < len(payload); i++ {
		switch c := payload[i]; {
		case c == '_':
			dst = append(dst, ' ')
		case c != '=':
			dst = append(dst, c)
		case i+2 < len(payload) && isHex(payload[i+1]) && isHex(payload[i+2]):
			dst = append(dst, unhex(payload[i+1])<<4|unhex(payload[i+2]))
			i += 2
		default:
			dst = append(dst, '=')
			ok = false
		}
	}
	return dst, ok
}

// A base64Reader decodes B payloads (RFC 2047 section 4.1). It keeps the bits
// of a group that a payload left incomplete.
type base64Reader struct {
	bits  uint32
	count int // number of bits, 0, 2, 4 or 6
}

// append appends the bytes that payload stands for. ok is false when padding
// lacks or stands within, and when there are bytes that are not of the alphabet;
// these are skipped.
//
// QUIRK: each of these is seen; concatenated base64 has padding within.
func (r *base64Reader) append(dst []byte, payload string) (out []byte, ok bool) {
	if !r.resumes(payload) {
		*r = base64Reader{}
	}
	ok = r.count == 0
	padded := false
	for i := range len(payload) {
		c := payload[i]
		v := base64Value[c]
		switch {
		case v < 64:
			if padded {
				padded, ok = false, false
			}
			r.bits = r.bits<<6 | uint32(v)
			if r.count += 6; r.count >= 8 {
				r.count -= 8
				dst = append(dst, byte(r.bits>>r.count))
			}
		case c == '=':
			padded = true
			*r = base64Reader{}
		default:
			ok = false
		}
	}
	return dst, ok && r.count == 0
}

// resumes reports whether payload goes on in the middle of a group.
//
// QUIRK: some senders cut one base64 text into words at any place, though each
// word must stand alone (RFC 2047 section 5). A word that merely lacks its
// padding has no bits left over, and a payload of whole groups starts anew.
func (r *base64Reader) resumes(payload string) bool {
	if r.count == 0 || r.count < 6 && r.bits&(1<<r.count-1) == 0 {
		return false
	}
	n := 0
	for i := range len(payload) {
		if base64Value[payload[i]] < 64 || payload[i] == '=' {
			n++
		}
	}
	return n%4 != 0
}

// holdsBase64 reports whether a payload is empty, or has a character that says
// something.
func holdsBase64(payload string) bool {
	for i := range len(payload) {
		if base64Value[payload[i]] < 64 {
			return true
		}
	}
	return strings.Trim(payload, "= ") == ""
}

// base64Value gives the value of a character of the alphabet, the one for URLs
// (RFC 4648 section 5) included; 64 for others.
var base64Value = func() (t [256]byte) {
	for i := range t {
		t[i] = 64
	}
	for i := range len(base64Alphabet) {
		t[base64Alphabet[i]] = byte(i)
	}
	t['-'], t['_'] = 62, 63
	return t
}()

const base64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}

func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}
