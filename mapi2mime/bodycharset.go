package mapi2mime

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/htmlscan"
	"github.com/contentconv/contentconv/internal/textconv"
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
	var list []*charset.Charset
	add := func(c *charset.Charset) {
		if c = usable(c); c != nil {
			list = append(list, c)
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
// characters, else in UTF-8.
func (m *message) encodeText(s string, preferred []*charset.Charset) ([]byte, *charset.Charset) {
	for _, c := range preferred {
		if b, ok := c.Encode(s); ok {
			return b, c
		}
	}
	if len(preferred) > 0 && preferred[0] != charset.UTF8() {
		m.report(diag.CharsetReplaced, "", preferred[0].Name())
	}
	return []byte(s), charset.UTF8()
}

// readHTML reads PidTagHtml, or its twin of type string. The bytes of PidTagHtml
// stay as they are, in the charset that the message says or that they prove to be
// in; only what may not be sent is turned into UTF-8 ([MS-OXCMAIL] 2.1.3.3.1).
func (m *message) readHTML() bool {
	p := &m.m.Properties
	v, ok := p.Get(mapi.PidTagHtml.Key())
	if !ok {
		return false
	}
	b := &m.body
	if s, isText := v.Text(); isText {
		s, _ = textconv.RemoveNUL(strings.ToValidUTF8(s, "\uFFFD"))
		if b.hasHTML = s != ""; b.hasHTML {
			m.relabel(s)
		}
		return b.hasHTML
	}
	raw, _ := v.Bytes()
	if len(bytes.TrimRight(raw, "\x00")) == 0 {
		return false
	}
	declared := m.htmlLabel(raw)
	used := provenCharset(declared, raw)
	if used != declared && declared != nil {
		m.rec.Addf(diag.CharsetMismatch, m.place, "", "HTML: declared %s, read as %s", declared.Name(), used.Name())
	}
	b.html, b.htmlCharset = raw, used
	if usable(used) != nil {
		b.html = bytes.TrimRight(raw, "\x00")
	}
	if usable(used) == nil || m.o.Charset != "" {
		s, bad := used.Decode(raw)
		if bad > 0 {
			m.rec.Addf(diag.TextUndecodable, m.place, "", "%d in %s", bad, used.Name())
		}
		m.relabel(charset.TrimBOM(s))
	}
	b.hasHTML = true
	return true
}

// htmlLabel returns the charset that the message, or else the HTML, says it is
// in; nil for none.
func (m *message) htmlLabel(html []byte) *charset.Charset {
	p := &m.m.Properties
	if cp, ok := mapi.PidTagInternetCodepage.Get(p); ok {
		if c := charset.ByCodePage(int(cp)); c != nil {
			return c
		}
		m.rec.Addf(diag.CharsetUnknown, m.place, "", "code page %d", cp)
	}
	if label, ok := htmlscan.CharsetOf(html); ok {
		return charset.Lookup(label)
	}
	return nil
}

// provenCharset returns the charset of bytes with a label, which it obeys unless
// the bytes prove it wrong.
func provenCharset(declared *charset.Charset, b []byte) *charset.Charset {
	switch {
	case declared == nil && isPlainASCII(b):
		return charset.UTF8()
	case declared == charset.UTF8() && utf8.Valid(b), declared != nil && declared.ASCIICompatible() && isPlainASCII(b):
		return declared
	}
	_, used, _ := charset.DecodeDeclared(declared, b)
	return used
}

// relabel writes HTML in the preferred charset, and says so in its META element.
func (m *message) relabel(s string) {
	b := &m.body
	var c *charset.Charset
	if m.o.Charset != "" {
		c = usable(charset.Lookup(m.o.Charset))
	}
	if c == nil || !c.CanEncode(s) {
		c = charset.UTF8()
	}
	b.html, _ = c.Encode(string(htmlscan.SetCharset([]byte(s), c.Name())))
	b.htmlCharset = c
}

// isPlainASCII reports whether b is ASCII text without the shifts of another
// charset.
func isPlainASCII(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 || c == 0x1B {
			return false
		}
	}
	return true
}

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
		b.encoded, b.textCharset = m.encodeText(b.text, preferred)
		used = b.textCharset
	}
	if b.hasHTML {
		used = b.htmlCharset
	}
	return used
}
