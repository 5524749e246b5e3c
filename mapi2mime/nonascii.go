package mapi2mime

import (
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/punycode"
)

// asciiAddress gives an address with characters beyond ASCII the form that it is
// written in. Where UTF-8 is allowed in header fields, that is its own. Else a
// domain is written in its ASCII form, which means the same. A local part has
// none (RFC 6531 3.7.4): such an address is written in UTF-8 nevertheless, because
// nothing else keeps it, or as RFC 6857 3.1.8 downgrades it, as the name of a group
// without members, which no reply goes to.
func (m *message) asciiAddress(box *mailbox, header string) {
	if isASCII(box.addr) {
		return
	}
	if !m.o.UTF8Headers {
		at := strings.LastIndexByte(box.addr, '@')
		domain, ok := punycode.Domain(box.addr[at+1:])
		switch {
		case at > 0 && ok && isASCII(box.addr[:at]):
			m.report(diag.AddressDomainEncoded, header, diag.Quote(box.addr))
			box.addr = box.addr[:at+1] + domain
			return
		case m.o.ASCIIAddresses:
			m.report(diag.AddressDowngraded, header, diag.Quote(box.addr))
			box.name = strings.TrimSpace(box.name + " " + box.addr)
			box.addr, box.source = "", AddressDowngraded
			return
		}
	}
	m.report(diag.AddressUTF8, header, diag.Quote(box.addr))
}
