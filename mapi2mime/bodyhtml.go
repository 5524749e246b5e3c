package mapi2mime

import (
	"bytes"
	"unicode/utf8"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/htmlscan"
	"github.com/contentconv/contentconv/internal/textconv"
	"github.com/contentconv/contentconv/mapi"
)

// readHTML reads PidTagHtml, or its twin of type string. The bytes of PidTagHtml
// stay as they are, in the charset that the message says or that they prove to be
// in; only what may not be sent is turned into UTF-8 ([MS-OXCMAIL] 2.1.3.3.1).
func (m *message) readHTML() bool {
	p := &m.m.Properties
	v, _ := p.Get(mapi.PidTagHtml.Key())
	b := &m.body
	if s, isText := v.Text(); isText {
		s, _ = textconv.RemoveNUL(validUTF8(s))
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
	if usable(used) == nil || m.o.Charset != "" || !used.Standard(b.html) {
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

// setHTML makes HTML of another origin the body, in the first preferred charset
// that has all of its characters.
func (m *message) setHTML(s string) {
	b := &m.body
	c := charset.UTF8()
	for _, preferred := range m.preferredCharsets() {
		if preferred.CanSend(s) {
			c = preferred
			break
		}
	}
	b.html, _ = c.Encode(string(htmlscan.SetCharset([]byte(s), c.Name())))
	b.htmlCharset, b.hasHTML = c, true
}

// relabel writes HTML in the preferred charset, and says so in its META element.
func (m *message) relabel(s string) {
	b := &m.body
	var c *charset.Charset
	if m.o.Charset != "" {
		c = usable(charset.Lookup(m.o.Charset))
	}
	if c == nil || !c.CanSend(s) {
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
