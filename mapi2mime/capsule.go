package mapi2mime

import (
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
)

// noAddressTypes are types of what is no address anywhere: a distribution list of
// the sender's own, and a name that nobody resolved.
var noAddressTypes = map[string]bool{"MAPIPDL": true, "UNKNOWN": true}

// encapsulate puts an address of another system into an Internet address of our
// own domain ([MS-OXCMAIL] 2.1.3.1.8). It is never folded, so one too long for a
// line is none.
func (m *message) encapsulate(p *person, header string) (string, error) {
	if m.o.EncapsulationDomain == "" || !p.elsewhere() || noAddressTypes[strings.ToUpper(p.Type)] {
		return "", nil
	}
	s := mapi.EncodeIMCEA(p.Type, p.Email, m.o.EncapsulationDomain)
	if _, _, _, ok := mapi.DecodeIMCEA(s); !ok || len(s) > maxToken-len("<>") {
		return "", nil
	}
	addr, ok := addrSpec(s)
	if !ok {
		return "", nil
	}
	m.report(diag.AddressEncapsulated, header, diag.Quote(p.Type+":"+p.Email))
	return addr, nil
}

// openCapsule returns the address that an IMCEA address stands for: one that the
// message has elsewhere, or one that the address book has where the domain is our
// own, because only who made a capsule knows what is in it. An address that is no
// capsule, or one of which nothing is known, is returned as it is.
func (m *message) openCapsule(addr string, source AddressSource) (string, AddressSource, error) {
	addressType, email, domain, ok := mapi.DecodeIMCEA(addr)
	if !ok {
		return addr, source, nil
	}
	ours := m.o.EncapsulationDomain != "" && strings.EqualFold(domain, m.o.EncapsulationDomain)
	inner := m.known().find(addressType, email)
	if ours && addressType == "SMTP" {
		inner, _ = addrSpec(email)
	}
	if inner == "" && ours {
		var err error
		if inner, err = m.lookUp(addressType, email); err != nil {
			return "", source, err
		}
	}
	if inner == "" {
		return addr, source, nil
	}
	return inner, AddressCapsule, nil
}
