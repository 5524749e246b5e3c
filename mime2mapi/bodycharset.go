package mime2mapi

import (
	"fmt"
	"unicode/utf8"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/charset"
	"github.com/contentconv/contentconv/internal/htmlscan"
	"github.com/contentconv/contentconv/internal/mimescan"
)

// The charset of a text part, in this order: the charset parameter, a META
// element of HTML, the configured default, detection. docs/charsets.md tells the
// whole story.

// declared returns the charset that a text part is declared to be in: by its
// parameter, or in HTML by its META element. It returns nil when it declares
// none, or one that is unknown. Behind an unknown parameter the META element is
// believed of what is no UTF-8.
func (m *message) declared(e *mimescan.Entity, html []byte) *charset.Charset {
	if label := e.ContentType.Get("charset"); label != "" {
		if c := charset.Lookup(label); c != nil || !isASCII(html) && utf8.Valid(html) {
			return c
		}
	}
	if html != nil && e.ContentType.Full == "text/html" {
		if label, ok := htmlscan.CharsetOf(html); ok {
			return charset.Lookup(label)
		}
	}
	return nil
}

// decodeText returns the text of a part and the charset it was in. b must not
// change afterwards.
func (m *message) decodeText(e *mimescan.Entity, b []byte, declared *charset.Charset) (string, *charset.Charset) {
	s, used, bad := charset.DecodeOwned(m.orDefault(declared, b), b)
	m.reportCharset(e, declared, used, b)
	m.reportUndecodable(e, used, bad)
	return charset.TrimBOM(s), used
}

// htmlCharset returns the charset that HTML is in.
func (m *message) htmlCharset(e *mimescan.Entity, b []byte) *charset.Charset {
	declared := m.declared(e, b)
	used := charset.Used(m.orDefault(declared, b), b)
	m.reportCharset(e, declared, used, b)
	return used
}

// orDefault returns the charset to try first: what is declared; else the
// configured default, unless the bytes show another charset; else none, which
// means detection. The default of ASCII text decides no more than the code page
// that it is said to be in.
func (m *message) orDefault(declared *charset.Charset, b []byte) *charset.Charset {
	if declared != nil {
		return declared
	}
	def := m.o.defaultCharset()
	switch {
	case def == nil:
		return nil
	case isASCII(b):
		if def.ASCIICompatible() && charset.Detect(b) == charset.ASCII() {
			return def
		}
		return nil // 7-bit forms of other charsets, too
	}
	if utf8.Valid(b) {
		return charset.UTF8()
	}
	return def
}

func (m *message) reportCharset(e *mimescan.Entity, declared, used *charset.Charset, b []byte) {
	label := e.ContentType.Get("charset")
	switch {
	case label != "" && charset.Lookup(label) == nil:
		m.rec.Addf(diag.CharsetUnknown, e.Section(), "Content-Type", "%s, read as %s", diag.Quote(label), used.Name())
	case declared == used:
	case declared == nil && isASCII(b) && used.ASCIICompatible():
	case declared == nil:
		m.rec.Add(diag.CharsetDetected, e.Section(), "", used.Name())
	default:
		m.rec.Addf(diag.CharsetMismatch, e.Section(), "", "declared %s, read as %s", declared.Name(), used.Name())
	}
}

func (m *message) reportUndecodable(e *mimescan.Entity, used *charset.Charset, bad int) {
	if bad > 0 {
		m.rec.Add(diag.TextUndecodable, e.Section(), "", fmt.Sprintf("%d in %s", bad, used.Name()))
	}
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}
