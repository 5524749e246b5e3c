package rtf

import (
	"strings"
	"unicode/utf8"

	"github.com/contentconv/contentconv/internal/charset"
)

// charsetPages are the code pages of \fcharset, besides 1 (the document's) and 2
// (symbols), as the RTF specification lists them under "Font Table".
var charsetPages = map[int32]int{
	0: 1252, 77: 10000, 78: 10001, 79: 10003, 80: 10008, 81: 10002, 83: 10005, 84: 10004, 85: 10006, 86: 10081,
	87: 10021, 88: 10029, 89: 10007, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253, 162: 1254,
	163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850,
}

const (
	fontCharsetSymbol = 2
	pageSymbol        = 42 // CP_SYMBOL, for \cpg42 and \fcharset2
)

// nameSuffixes are the code pages of fonts that tell their script by their name
// alone, as those of Windows 3.1 and 95 do.
var nameSuffixes = []struct {
	suffix string
	page   int
}{
	{" ce", 1250}, {" cyr", 1251}, {" greek", 1253}, {" tur", 1254}, {" (hebrew)", 1255},
	{" (arabic)", 1256}, {" baltic", 1257}, {" (vietnamese)", 1258},
}

// equalPages are pages that are read as another one: those that no decoder exists
// for, and those in which RTF cannot be.
//
// QUIRK: \ansicpg50220 and the like come from the charset of the mail that the RTF
// was made of; the bytes are in the Windows code page of that language, because no
// RTF writer emits shift sequences.
var equalPages = map[int]int{
	10001: 932, 10002: 950, 10003: 949, 10008: 936, 10004: 28596, 10005: 1255, 10021: 874,
	50220: 932, 50221: 932, 50222: 932, 50225: 949, 50227: 936, 52936: 936, 51936: 936, 20936: 936, 51949: 949,
}

// fontPage returns the code page of a font, whose name is in lower case, or 0 for the
// document's. \cpg wins over \fcharset, and a charset that is not known is that of
// the document.
func fontPage(cpg, fcharset int32, face string) int {
	page := int(cpg)
	if page <= 0 {
		switch fcharset {
		case fontCharsetSymbol:
			page = pageSymbol
		case noCharset:
			page = facePage(face)
		default:
			page = charsetPages[fcharset]
		}
	}
	if page == pageSymbol || isSymbolFace(face) {
		return pageSymbol
	}
	if decoderOf(page) == nil {
		return 0
	}
	return page
}

// facePage returns the code page that a font's name tells, or 0.
func facePage(face string) int {
	for _, s := range nameSuffixes {
		if strings.HasSuffix(face, s.suffix) {
			return s.page
		}
	}
	return 0
}

// decoderOf returns the charset of a code page, or nil where it is unknown or one
// that RTF cannot be in because its ASCII is not ASCII.
func decoderOf(page int) *charset.Charset {
	if p, ok := equalPages[page]; ok {
		page = p
	}
	c := charset.ByCodePage(page)
	if c == nil || !c.ASCIICompatible() {
		return nil
	}
	return c
}

// A bytePage decodes the bytes of one code page. Unlike [charset.Charset] alone it
// tells bytes that may go on from damage, takes a pair that the code page leaves to
// its user as one character, and keeps undefined C1 bytes.
type bytePage struct {
	id    int
	cs    *charset.Charset
	unit  func(b []byte) int // length of the character at the start of b, 0 if b ends within it; nil for one byte each
	runes *[256]rune         // where unit is nil, made when first used; utf8.RuneError for what is undefined
}

// A pageCache makes the bytePage of each code page once.
type pageCache map[int]*bytePage

// page returns the bytePage of a code page, that of windows-1252 where there is none.
func (c pageCache) page(id int) *bytePage {
	cs := decoderOf(id)
	if cs == nil {
		id, cs = 1252, charset.Windows1252()
	}
	if p, ok := equalPages[id]; ok {
		id = p
	}
	p := c[id]
	if p == nil {
		p = &bytePage{id: id, cs: cs, unit: units[id]}
		c[id] = p
	}
	return p
}

// units has the structure of the code pages of several bytes.
var units = map[int]func([]byte) int{
	932:   func(b []byte) int { return pair(b, b[0] >= 0x81 && b[0] <= 0x9F || b[0] >= 0xE0 && b[0] <= 0xFC) },
	936:   gbUnit,
	54936: gbUnit,
	949:   func(b []byte) int { return pair(b, b[0] >= 0x81 && b[0] <= 0xFE) },
	950:   func(b []byte) int { return pair(b, b[0] >= 0x81 && b[0] <= 0xFE) },
	20932: eucUnit,
	51932: eucUnit,
	65001: utf8Unit,
}

// pair returns the length of a character of one byte or, after a lead byte, two. A
// trail byte is never below 0x40 in any of the code pages, so that a lead byte
// before a blank, a digit or a quote stands alone.
func pair(b []byte, lead bool) int {
	switch {
	case !lead:
		return 1
	case len(b) < 2:
		return 0
	case b[1] >= 0x40 && b[1] != 0x7F && b[1] != 0xFF:
		return 2
	}
	return 1
}

func gbUnit(b []byte) int {
	lead := b[0] >= 0x81 && b[0] <= 0xFE
	if !lead || len(b) < 2 || !isDigit(b[1]) {
		return pair(b, lead)
	}
	for i, c := range b[2:min(len(b), 4)] {
		if i == 0 && (c < 0x81 || c > 0xFE) || i == 1 && !isDigit(c) {
			return 1
		}
	}
	if len(b) < 4 {
		return 0
	}
	return 4
}

func eucUnit(b []byte) int {
	if b[0] != 0x8F {
		return pair(b, b[0] == 0x8E || b[0] >= 0xA1 && b[0] <= 0xFE)
	}
	switch {
	case len(b) > 1 && b[1] < 0xA1, len(b) > 2 && b[2] < 0xA1:
		return 1
	case len(b) < 3:
		return 0
	}
	return 3
}

func utf8Unit(b []byte) int {
	if !utf8.FullRune(b) {
		return 0
	}
	_, n := utf8.DecodeRune(b)
	return n
}

// appendText appends the text of b to dst. rest is how many bytes at the end of b
// are the beginning of a character; bad is how many characters were replaced by
// U+FFFD.
func (p *bytePage) appendText(dst, b []byte) (out []byte, rest, bad int) {
	if p.unit == nil {
		dst, bad = p.appendBytes(dst, b)
		return dst, 0, bad
	}
	whole := p.whole(b)
	rest = len(b) - whole
	s, bad := p.cs.Decode(b[:whole])
	if bad == 0 || p.id == 65001 {
		return append(dst, s...), rest, bad
	}
	dst, bad = p.appendUnits(dst, b[:whole])
	return dst, rest, bad
}

// appendBytes decodes b by a code page of one byte a character.
func (p *bytePage) appendBytes(dst, b []byte) (out []byte, bad int) {
	if p.runes == nil {
		p.runes = new([256]rune)
		for i := range p.runes {
			s, wrong := p.cs.Decode([]byte{byte(i)})
			p.runes[i], _ = utf8.DecodeRuneInString(s)
			if wrong > 0 && i >= 0x80 && i < 0xA0 {
				p.runes[i] = rune(i)
			}
		}
	}
	for _, c := range b {
		r := p.runes[c]
		if r == utf8.RuneError {
			bad++
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst, bad
}

// whole returns the length of the part of b that holds whole characters.
func (p *bytePage) whole(b []byte) int {
	i := 0
	for i < len(b) {
		n := p.unit(b[i:])
		if n == 0 {
			break
		}
		i += n
	}
	return i
}

// appendUnits decodes b, which holds whole characters, one by one.
func (p *bytePage) appendUnits(dst, b []byte) (out []byte, bad int) {
	for len(b) > 0 {
		n := p.unit(b)
		s, wrong := p.cs.Decode(b[:n])
		if wrong > 0 {
			s = "\uFFFD"
			bad++
		}
		dst = append(dst, s...)
		b = b[n:]
	}
	return dst, bad
}
