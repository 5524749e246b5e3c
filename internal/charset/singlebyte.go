package charset

import (
	"encoding/binary"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// A byteCodec is a charset of one byte a character. Its table comes from
// x/text or, for the charsets that x/text lacks, from tables.tsv.
type byteCodec struct {
	charmap *charmap.Charmap
	// c1 gives the meaning of 0x80 to 0x9F in a charset of the ISO-8859 family.
	//
	// QUIRK: text labelled with an ISO-8859 charset holds bytes of the kindred
	// Windows charset, mostly quotation marks, dashes and the euro sign (RFC 2045
	// section 2 and the charsets themselves have control characters there, which
	// mail never uses). The encoder does not write such bytes.
	c1 *charmap.Charmap
	// table holds the characters of the bytes 0x80 to 0xFF, or of all bytes, with
	// U+FFFD for none; used when charmap is nil.
	table string

	once sync.Once
	dec  [256]rune
	text [256]struct { // dec in UTF-8
		bytes [utf8.UTFMax - 1]byte
		n     uint8
	}
	enc   map[rune]byte
	ascii bool // the bytes below 0x80 are ASCII
}

// load fills the tables on first use: few of the many charsets are ever used.
func (c *byteCodec) load() {
	if c.charmap != nil {
		c.loadCharmap()
	} else {
		c.loadTable()
	}
	c.ascii = true
	for i, r := range c.dec {
		c.ascii = c.ascii && (i >= utf8.RuneSelf || r == rune(i))
		c.text[i].n = uint8(utf8.EncodeRune(c.text[i].bytes[:], r)) // no table goes beyond the BMP
	}
	c.enc = make(map[rune]byte, 256)
	for i := 255; i >= 0; i-- { // downwards, so that the lowest byte of a character wins
		r := c.dec[i]
		if r == utf8.RuneError || c.c1 != nil && 0x80 <= i && i <= 0x9F && r > 0xFF {
			continue
		}
		c.enc[r] = byte(i)
	}
}

func (c *byteCodec) loadCharmap() {
	for i := range c.dec {
		if c.c1 != nil && 0x80 <= i && i <= 0x9F {
			c.dec[i] = c.c1.DecodeByte(byte(i))
			continue
		}
		c.dec[i] = c.charmap.DecodeByte(byte(i))
	}
}

func (c *byteCodec) loadTable() {
	i := 256 - utf8.RuneCountInString(c.table)
	for j := range i {
		c.dec[j] = rune(j)
	}
	for _, r := range c.table {
		c.dec[i] = r
		i++
	}
}

func (c *byteCodec) decode(w *strings.Builder, b []byte) (bad int) {
	c.once.Do(c.load)
	var buf [512]byte // spares a call for each character
	n := 0
	for len(b) > 0 {
		if n > len(buf)-asciiRun {
			w.Write(buf[:n])
			n = 0
		}
		if c.asciiRunAt(b) {
			n += copy(buf[n:], b[:asciiRun])
			b = b[asciiRun:]
			continue
		}
		t := &c.text[b[0]]
		buf[n], buf[n+1], buf[n+2] = t.bytes[0], t.bytes[1], t.bytes[2]
		n += int(t.n)
		if c.dec[b[0]] == utf8.RuneError {
			bad++
		}
		b = b[1:]
	}
	w.Write(buf[:n])
	return bad
}

func (c *byteCodec) size(b []byte) (n int) {
	c.once.Do(c.load)
	for len(b) > 0 {
		if c.asciiRunAt(b) {
			n += asciiRun
			b = b[asciiRun:]
			continue
		}
		n += int(c.text[b[0]].n)
		b = b[1:]
	}
	return n
}

const asciiRun = 8

// asciiRunAt reports whether b starts with asciiRun bytes that stay as they are.
func (c *byteCodec) asciiRunAt(b []byte) bool {
	return c.ascii && len(b) >= asciiRun && binary.NativeEndian.Uint64(b)&highBits == 0
}

func (c *byteCodec) encode(dst []byte, s string) ([]byte, bool) {
	c.once.Do(c.load)
	ok := true
	for _, r := range s {
		x, found := c.enc[r]
		if !found {
			x, ok = c.enc['?'], false
		}
		dst = append(dst, x)
	}
	return dst, ok
}

func (*byteCodec) cut(_ []byte, n int) int { return n }
