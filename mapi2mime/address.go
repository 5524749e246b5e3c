package mapi2mime

import (
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/guard"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
)

// A mailbox is one entry of an address field. Without an address only the name
// is written, as a group without members (RFC 6854).
type mailbox struct {
	name, addr string
}

// resolve finds the Internet address of a, in the order of [MS-OXCMAIL] 2.1.3.1.1:
// the SMTP property, type and address, the entry id (which [mapi.AddressGroup.Get]
// follows), the address book, and a capsule around what is no Internet address.
// header is the field it is for. It reports false when there is neither an
// address nor a name.
func (m *message) resolve(a mapi.Address, header string) (mailbox, bool, error) {
	ok, err := m.limitAddress(&a, header)
	if err != nil || !ok {
		return mailbox{}, false, err
	}
	box := mailbox{name: strings.TrimSpace(clean(a.Name))}
	if box.addr, err = m.internetAddress(a, header); err != nil {
		return box, false, err
	}
	if box.addr == "" {
		if box.name == "" {
			if a != (mapi.Address{}) {
				m.report(diag.AddressInvalid, header, diag.Quote(a.SMTP+a.Email))
			}
			return box, false, nil
		}
		m.report(diag.AddressUnresolved, header, diag.Quote(box.name))
		return box, true, nil
	}
	if !isASCII(box.addr) {
		m.report(diag.AddressUTF8, header, diag.Quote(box.addr))
	}
	if strings.EqualFold(box.name, box.addr) {
		box.name = ""
	}
	return box, true, nil
}

// internetAddress returns the Internet address of a, or "".
func (m *message) internetAddress(a mapi.Address, header string) (string, error) {
	isSMTP := strings.EqualFold(a.Type, "SMTP")
	for _, s := range []string{a.SMTP, a.Email} {
		if addr, ok := addrSpec(s); ok && (s == a.SMTP || isSMTP) {
			return addr, nil
		}
	}
	if a.SMTP != "" || isSMTP {
		m.report(diag.AddressInvalid, header, diag.Quote(a.SMTP))
	}
	if isSMTP || a.Type == "" || a.Email == "" {
		return m.addressInName(a, header), nil
	}
	addr, err := m.lookUp(a.Type, a.Email)
	if err != nil || addr != "" {
		return addr, err
	}
	return m.encapsulate(a, header), nil
}

// addressInName returns the display name where it is an address.
//
// QUIRK: programs that make .msg files for others store recipients as nothing but
// a name, which is the address ([MS-OXCMSG] wants type and address beside it).
func (m *message) addressInName(a mapi.Address, header string) string {
	addr, ok := addrSpec(a.Name)
	if !ok || strings.IndexByte(addr, '@') < 0 || strings.IndexByte(addr, '"') >= 0 {
		return ""
	}
	m.report(diag.AddressRepaired, header, "the name is the address: "+diag.Quote(addr))
	return addr
}

// lookUp asks the address book, once for each address.
func (m *message) lookUp(addressType, email string) (string, error) {
	if m.o.Resolver == nil {
		return "", nil
	}
	key := strings.ToUpper(addressType) + ":" + email
	if addr, known := m.resolved[key]; known {
		return addr, nil
	}
	var s string
	var err error
	guard.Call(func() { s, err = m.o.Resolver.Resolve(m.ctx, addressType, email) })
	if err != nil {
		return "", err
	}
	addr, _ := addrSpec(s)
	if m.resolved == nil {
		m.resolved = make(map[string]string)
	}
	m.resolved[key] = addr
	return addr, nil
}

// noAddressTypes are types of what is no address anywhere: a distribution list of
// the sender's own, and a name that nobody resolved.
var noAddressTypes = map[string]bool{"MAPIPDL": true, "UNKNOWN": true}

// encapsulate puts an address of another system into an Internet address of our
// own domain ([MS-OXCMAIL] 2.1.3.1.8). It is never folded, so one too long for a
// line is none.
func (m *message) encapsulate(a mapi.Address, header string) string {
	if m.o.EncapsulationDomain == "" || noAddressTypes[strings.ToUpper(a.Type)] {
		return ""
	}
	s := mapi.EncodeIMCEA(a.Type, a.Email, m.o.EncapsulationDomain)
	if _, _, _, ok := mapi.DecodeIMCEA(s); !ok || len(s) > maxToken-len("<>") {
		return ""
	}
	addr, ok := addrSpec(s)
	if !ok {
		return ""
	}
	m.report(diag.AddressEncapsulated, header, diag.Quote(a.Type+":"+a.Email))
	return addr
}

// limitAddress applies MaxRecipientPropertyLength to the name and to the address.
// It reports false for an address that was dropped.
func (m *message) limitAddress(a *mapi.Address, header string) (bool, error) {
	rule := m.rule(m.limits.RecipientProperty(), header)
	for _, s := range []string{a.SMTP, a.Email} {
		if !m.o.ShortenText {
			if _, err := rule.Text(s); err != nil {
				return false, err
			}
			continue
		}
		if over := rule.Limit.Check(limits.Length(s)); over != nil {
			m.report(diag.ItemsDropped, header, over.Error())
			return false, nil
		}
	}
	var err error
	a.Name, err = rule.Text(a.Name)
	return err == nil, err
}
