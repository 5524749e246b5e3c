package charset

import (
	"bytes"
	"unicode/utf8"
)

// sampleSize bounds the bytes of a text that are weighed to guess its charset.
const sampleSize = 16 << 10

// Detect returns the charset of text that comes without a label, or with a
// wrong one. It is never nil: text that gives no sign of anything else is
// us-ascii if it has only 7-bit bytes, and windows-1252 if not. The package
// comment describes the method.
func Detect(b []byte) *Charset {
	if c := detectBOM(b); c != nil {
		return c
	}
	if c := detectWide(b); c != nil {
		return c
	}
	if asciiPrefix(b) == len(b) {
		if c := detectShifts(b); c != nil {
			return c
		}
		return ASCII()
	}
	if likelyUTF8(b) {
		return UTF8()
	}
	return detectByScore(sample(b))
}

// sample returns the part of b that is weighed: from shortly before its first
// 8-bit byte on.
func sample(b []byte) []byte {
	start := max(0, asciiPrefix(b)-64)
	return b[start:min(len(b), start+sampleSize)]
}

// detectBOM finds a byte order mark. UTF-32 goes first, because its
// little-endian mark begins with that of UTF-16.
func detectBOM(b []byte) *Charset {
	for _, m := range [...]struct {
		mark string
		id   int
	}{
		{"\xEF\xBB\xBF", idUTF8},
		{"\xFF\xFE\x00\x00", idUTF32LE},
		{"\x00\x00\xFE\xFF", idUTF32BE},
		{"\xFF\xFE", idUTF16LE},
		{"\xFE\xFF", idUTF16BE},
	} {
		if bytes.HasPrefix(b, []byte(m.mark)) {
			return &charsets[m.id]
		}
	}
	return nil
}

// detectWide finds UTF-16 without a byte order mark: Latin text has a NUL in
// every other place, and text in other scripts has some for spaces and line
// ends.
func detectWide(b []byte) *Charset {
	if len(b) < 8 || len(b) < sampleSize && len(b)%2 != 0 {
		return nil // too short to tell from a text with a NUL in it
	}
	b = b[:min(len(b), sampleSize)]
	var nul [2]int
	for i, c := range b {
		if c == 0 {
			nul[i&1]++
		}
	}
	units := len(b) / 2
	var c *Charset
	switch {
	case nul[1]*4 > units && nul[0]*16 < nul[1]:
		c = UTF16LE()
	case nul[0]*4 > units && nul[1]*16 < nul[0]:
		c = UTF16BE()
	default:
		return nil
	}
	if _, bad := c.Decode(b); bad > 0 {
		return nil
	}
	return c
}

// detectShifts finds the 7-bit charsets by their shift sequences, provided that
// what the sequences frame is valid.
func detectShifts(b []byte) *Charset {
	for _, s := range [...]struct {
		shift string
		id    int
	}{
		{"\x1b$)C", idISO2022KR},
		{"\x1b$)A", idISO2022CN},
		{"\x1b$)G", idISO2022CN},
		{"\x1b$", idISO2022JP},
		{"\x1b(J", idISO2022JP},
		{"\x1b(I", idISO2022JP},
		{"~{", idHZGB2312},
	} {
		i := bytes.Index(b, []byte(s.shift))
		if i < 0 {
			continue
		}
		c := &charsets[s.id]
		part := b[i:min(len(b), i+sampleSize)]
		text, bad := c.Decode(part)
		if wide := len(text) - asciiPrefix(view(text)); wide > 0 && bad <= utf8.RuneCountInString(text)/50 {
			return c
		}
	}
	return nil
}

// likelyUTF8 reports whether b, which has 8-bit bytes, is UTF-8 with little
// damage. Text in another charset is hardly ever valid UTF-8 by chance.
func likelyUTF8(b []byte) bool {
	n := countUTF8(b)
	return n.good > 0 && n.bad*8 <= n.good
}

// A utf8Count says how far a text is UTF-8.
type utf8Count struct {
	good int // characters beyond ASCII
	long int // those of three or four bytes
	bad  int // invalid sequences
	cut  int // the bytes of the last character if the end of the text cuts it; not in bad
}

func countUTF8(b []byte) (n utf8Count) {
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			b = b[asciiPrefix(b):]
			continue
		}
		if _, size := utf8.DecodeRune(b); size > 1 {
			n.good++
			if size > 2 {
				n.long++
			}
			b = b[size:]
			continue
		}
		part := utf8Subpart(b)
		if length, _, _ := utf8Lead(b[0]); part == len(b) && part < length {
			n.cut = part
			return n
		}
		n.bad++
		b = b[part:]
	}
	return n
}

// detectByScore returns the charset whose model finds b most likely. The first
// of equals wins.
func detectByScore(b []byte) *Charset {
	var best *Charset
	var most float64
	for i := range byteModels() {
		m := &byteModels()[i]
		if s := m.score(b); best == nil || s > most {
			best, most = m.charset, s
		}
	}
	for i := range pairModels() {
		m := &pairModels()[i]
		if s := m.score(b); s > most {
			best, most = m.charset, s
		}
	}
	return best
}
