package mapi2mime

import (
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/guard"
	"github.com/contentconv/contentconv/mapi"
)

// internetAddress returns the Internet address of a person and where it was
// found. An X.500 name is never one ([MS-OXCMAIL] 2.1.3.1.1).
func (m *message) internetAddress(p *person, header string) (string, AddressSource, error) {
	if addr, source, err := m.ownAddress(p, header); addr != "" || err != nil {
		return addr, source, err
	}
	for _, r := range ladder {
		addr, err := r.find(m, p, header)
		if addr != "" || err != nil {
			return addr, r.source, err
		}
	}
	return "", AddressNone, nil
}

// ladder are the places beside a person's own properties where the Internet
// address is looked for, in this order. What the message says of the very person
// comes first; then who created the object, which is another question; then the
// directory, which may know a newer address than the one that was written to; then
// the name of a person in a directory, which may be anything.
var ladder = []struct {
	source AddressSource
	find   func(m *message, p *person, header string) (string, error)
}{
	{AddressMessage, (*message).addressInMessage},
	{AddressHeaders, (*message).addressInHeaders},
	{AddressCreator, (*message).addressOfCreator},
	{AddressResolver, (*message).addressInBook},
	{AddressName, (*message).addressInName},
	{AddressEncapsulated, (*message).encapsulate},
}

// ownAddress returns the address that the person's own properties have, in the
// order of [mapi.AddressGroup.Get].
func (m *message) ownAddress(p *person, header string) (string, AddressSource, error) {
	isSMTP := strings.EqualFold(p.Type, "SMTP")
	if addr, ok := addrSpec(p.SMTP); ok {
		return m.openCapsule(addr, p.ownSource())
	}
	if addr, ok := addrSpec(p.Email); ok && isSMTP {
		return m.openCapsule(addr, AddressEmail)
	}
	if p.SMTP != "" || isSMTP {
		m.report(diag.AddressInvalid, header, diag.Quote(p.SMTP))
	}
	if p.elsewhere() {
		return "", AddressNone, nil
	}
	addr, err := m.addressInName(p, header)
	return addr, AddressName, err
}

// elsewhere reports whether the person has an address of another system.
func (p *person) elsewhere() bool {
	return p.Email != "" && p.Type != "" && !strings.EqualFold(p.Type, "SMTP")
}

// addressInName returns the address that the display name is or holds.
//
// QUIRK: programs that make .msg files for others store recipients as nothing but
// a name, which is the address ([MS-OXCMSG] wants type and address beside it).
// Outlook shows a contact as "Name (address)", and address books have users whose
// name is their address.
func (m *message) addressInName(p *person, header string) (string, error) {
	name, text := p.Name, strings.Trim(p.Name, " \t\x00'")
	if !p.elsewhere() {
		name, text = splitName(text)
	}
	addr, ok := addrSpec(text)
	if !ok || strings.IndexByte(addr, '@') < 0 || strings.IndexByte(addr, '"') >= 0 {
		return "", nil
	}
	m.report(diag.AddressRepaired, header, "the name is the address: "+diag.Quote(addr))
	p.Name = name
	return addr, nil
}

// splitName splits a display name that ends in an address in brackets. A name
// without brackets is all address.
func splitName(s string) (name, addr string) {
	addr = s
	for _, pair := range []string{"<>", "()", "[]"} {
		if i := strings.LastIndexByte(s, pair[0]); i >= 0 && s[len(s)-1] == pair[1] {
			name, addr = strings.TrimSpace(s[:i]), s[i+1:len(s)-1]
			break
		}
	}
	addr, _ = cutPrefixFold(addr, "mailto:")
	return name, addr
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// addressInBook asks the address book.
func (m *message) addressInBook(p *person, _ string) (string, error) {
	if !p.elsewhere() || noAddressTypes[strings.ToUpper(p.Type)] {
		return "", nil
	}
	return m.lookUp(p.Type, p.Email)
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

// Who created a message and who changed it last, and their addresses. The latter
// are what Outlook and Exchange write; [MS-OXPROPS] does not list them.
var creators = []struct {
	name, smtp mapi.Tag[string]
	id         mapi.Tag[[]byte]
}{
	{mapi.PidTagCreatorName, 0x5D0A001F, mapi.PidTagCreatorEntryId},
	{mapi.PidTagLastModifierName, 0x5D0B001F, mapi.PidTagLastModifierEntryId},
}

// addressOfCreator returns the address of who created the message, or changed it
// last, for a sender who is the same by entry id or by name.
//
// QUIRK: the new Outlook stores an address here that no mail goes to, in the
// domain shadow.outlook.com.
func (m *message) addressOfCreator(p *person, _ string) (string, error) {
	if p.props != &m.m.Properties {
		return "", nil
	}
	for _, c := range creators {
		addr, ok := addrSpec(c.smtp.Or(p.props, ""))
		if ok && !strings.HasSuffix(strings.ToLower(addr), "@shadow.outlook.com") && p.is(c.name.Or(p.props, ""), c.id) {
			return addr, nil
		}
	}
	return "", nil
}

// is reports whether the person has that name or entry id. No name is anyone's.
func (p *person) is(name string, id mapi.Tag[[]byte]) bool {
	a, ok1 := id.Get(p.props)
	b, ok2 := p.group.EntryID.Get(p.props)
	if ok1 && ok2 && len(a) > 0 && string(a) == string(b) {
		return true
	}
	return name == "" && !ok1 || name != "" && foldName(name) == foldName(p.Name)
}
