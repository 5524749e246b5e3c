package charset

import "bytes"

// QUIRK: the code pages of Windows for East Asia hold more characters than the charsets
// under whose names they go in mail. Readers that know Windows take the larger one
// for granted; others fail at the first such character. [Charset.Decode] knows them,
// text is not written with them.

// doubleBytes says which bytes a charset has by its own standard: single ones beyond
// ASCII, and pairs.
type doubleBytes struct {
	single func(c byte) bool
	pair   func(lead, trail byte) bool
}

func noSingle(byte) bool { return false }

func euc(lead, trail byte) bool { return lead >= 0xA1 && trail >= 0xA1 && lead < 0xFF && trail < 0xFF }

var strictBytes = map[string]doubleBytes{
	"gb2312": {noSingle, func(lead, trail byte) bool { return euc(lead, trail) && lead <= 0xF7 }},
	"gbk":    {noSingle, func(lead, trail byte) bool { return lead > 0x80 && lead < 0xFF }},
	"euc-kr": {noSingle, strictKorean}, "ks_c_5601-1987": {noSingle, strictKorean},
	"big5": {noSingle, func(lead, trail byte) bool {
		code := int(lead)<<8 | int(trail)
		switch {
		case code >= 0xA3C0 && code <= 0xA3FE, code >= 0xC6A1 && code <= 0xC8FE:
			return false // additions of ETEN, and the euro sign
		}
		return code >= 0xA140 && code <= 0xF9D5
	}},
	"shift_jis": {
		func(c byte) bool { return c >= 0xA1 && c <= 0xDF },
		func(lead, trail byte) bool { return lead != 0x87 && lead <= 0xEA },
	},
	"euc-jp": {noSingle, func(lead, trail byte) bool {
		return lead == 0x8E || euc(lead, trail) && lead != 0xAD && lead <= 0xF4
	}},
}

// strictKorean leaves out the syllables that Windows added, and the signs that the
// standard had not at first.
func strictKorean(lead, trail byte) bool {
	return euc(lead, trail) && !(lead == 0xA2 && (trail == 0xE6 || trail == 0xE7))
}

// CanSend reports whether every reader of mail knows each character of s by the name
// of the charset, see [Charset.Standard].
func (c *Charset) CanSend(s string) bool {
	b, ok := c.Encode(s)
	return ok && c.Standard(b)
}

// Standard reports whether text in the charset has nothing but what the charset has
// by its own standard, which every reader of its name knows.
func (c *Charset) Standard(b []byte) bool {
	if c.name == "iso-2022-jp" {
		return strictISO2022JP(b)
	}
	s, limited := strictBytes[c.name]
	if !limited {
		return true
	}
	for i := 0; i < len(b); i++ {
		switch {
		case b[i] < 0x80, s.single(b[i]):
		case i+1 < len(b) && s.pair(b[i], b[i+1]):
			i++
		default:
			return false
		}
	}
	return true
}

// strictISO2022JP looks for the rows that NEC and IBM added to JIS X 0208.
func strictISO2022JP(b []byte) bool {
	const double = "\x1B$"
	for {
		i := bytes.Index(b, []byte(double))
		if i < 0 {
			return true
		}
		b = b[i+len(double):]
		if len(b) > 0 {
			b = b[1:] // "@" or "B"
		}
		for len(b) >= 2 && b[0] > ' ' {
			if b[0] == 0x2D || b[0] >= 0x75 {
				return false
			}
			b = b[2:]
		}
	}
}
