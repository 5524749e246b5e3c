package charset

import "unicode/utf8"

// An hzReader reads HZ (RFC 1843): GB 2312 in 7-bit pairs between "~{" and "~}".
type hzReader struct{ gb bool }

// next implements stepper.
func (d *hzReader) next(b []byte) (rune, int) {
	c := b[0]
	switch {
	case c >= utf8.RuneSelf:
		// QUIRK: 8-bit GB 2312 stands in text labelled HZ, within the braces or
		// without any (RFC 1843 is 7-bit).
		return gb18030.next(b)
	case c == '~':
		return d.tilde(b)
	case c == '\n' || c == '\r':
		d.gb = false // RFC 1843: a line starts in ASCII
		return rune(c), 1
	case !d.gb || c <= ' ' || c == 0x7F:
		return rune(c), 1
	}
	return setGB2312.char(b)
}

func (d *hzReader) tilde(b []byte) (rune, int) {
	if len(b) > 1 {
		switch b[1] {
		case '{', '}':
			d.gb = b[1] == '{'
			return nothing, 2
		case '~':
			return '~', 2
		case '\n':
			return nothing, 2
		case '\r':
			if len(b) > 2 && b[2] == '\n' {
				return nothing, 3
			}
		}
	}
	if d.gb {
		return setGB2312.char(b)
	}
	// QUIRK: a tilde that starts nothing is an error in RFC 1843; text that was
	// never converted has it in URLs.
	return '~', 1
}
