package mapi2mime

import (
	"unsafe"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/mapi"
)

// defaultCodePage is that of plain text which names none: iso-8859-15
// ([MS-OXCMAIL] 2.1.3.3.1).
const defaultCodePage = 28605

// internetCodePages are the code pages of mail that stand for those of Windows
// ([MS-OXCMAIL] 2.1.3.3.3).
var internetCodePages = map[int32]int{
	932: 50220, 1250: 28592, 1251: 20866, 1252: 28591, 1253: 28597, 1254: 28599,
}

// usable returns c if text may be sent in it, else nil: not in UTF-16 and its
// like, whose ASCII is no ASCII ([MS-OXCMAIL] 2.1.3.3.1).
func usable(c *charset.Charset) *charset.Charset {
	if c == nil || !c.ASCIICompatible() && !sevenBit(c) {
		return nil
	}
	return c
}

// sevenBit reports whether c is one of the charsets that shift between ASCII and
// others.
func sevenBit(c *charset.Charset) bool {
	const prefix = "iso-2022-"
	return len(c.Name()) > len(prefix) && c.Name()[:len(prefix)] == prefix
}

// preferredCharsets returns the charsets to try for text, the best first. UTF-8
// takes what none of them can say.
func (m *message) preferredCharsets() []*charset.Charset {
	p := &m.m.Properties
	list := m.preferred[:0]
	add := func(c *charset.Charset) {
		if c = usable(c); c != nil {
			list = append(list, m.japanese(c))
		}
	}
	if m.o.Charset != "" {
		add(charset.Lookup(m.o.Charset))
		return list
	}
	if cp, ok := mapi.PidTagInternetCodepage.Get(p); ok {
		add(charset.ByCodePage(int(cp)))
		return list
	}
	cp, ok := mapi.PidTagMessageCodepage.Get(p)
	if !ok {
		add(charset.ByCodePage(defaultCodePage))
		return list
	}
	if internet, ok := internetCodePages[cp]; ok {
		add(charset.ByCodePage(internet))
	}
	add(charset.ByCodePage(int(cp)))
	return list
}

// encodeText returns text in the first preferred charset that has all of its
// characters, else in UTF-8. lent says that the bytes are the text itself.
func (m *message) encodeText(s string, preferred []*charset.Charset) (b []byte, used *charset.Charset, lent bool) {
	for _, c := range preferred {
		if c.ASCIICompatible() && isASCII(s) {
			return view(s), c, true
		}
		if b, ok := c.Encode(s); ok && c.Standard(b) {
			return b, c, false
		}
	}
	if len(preferred) > 0 && preferred[0] != charset.UTF8() {
		m.report(diag.CharsetReplaced, "", preferred[0].Name())
	}
	return view(s), charset.UTF8(), true
}

// view returns the bytes of s without a copy. They must not be changed, and no
// writer gets them.
func view(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// encodeTexts puts the bodies into their charsets, and returns the one that the
// header fields share: that of the best body, which whoever reads the message
// takes for the message's. A message without text has none.
func (m *message) encodeTexts() *charset.Charset {
	b := &m.body
	var used *charset.Charset
	if b.hasText && b.text != "" {
		preferred := []*charset.Charset{b.htmlCharset}
		if !b.hasHTML {
			preferred = m.preferredCharsets()
		}
		b.encoded, b.textCharset, b.lent = m.encodeText(b.text, preferred)
		used = b.textCharset
	}
	if b.hasHTML {
		used = b.htmlCharset
	}
	return used
}
