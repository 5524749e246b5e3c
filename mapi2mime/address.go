package mapi2mime

import (
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
)

// A person is whom an entry of an address field is for: what a group of
// properties says, and where these stand.
type person struct {
	mapi.Address
	group  *mapi.AddressGroup
	props  *mapi.Properties
	source AddressSource // of the address, if it is not one of the properties
}

// personOf returns whom a group of properties is about.
func personOf(g *mapi.AddressGroup, p *mapi.Properties) person {
	return person{Address: g.Get(p), group: g, props: p}
}

// personOfEntry returns whom an entry id is about.
func personOfEntry(id []byte) person {
	p := new(mapi.Properties)
	mapi.PidTagEntryId.Set(p, id)
	return personOf(&mapi.RecipientGroup, p)
}

// A mailbox is one entry of an address field. Without an address only the name
// is written, as a group without members (RFC 6854).
type mailbox struct {
	name, addr string
	source     AddressSource
}

// resolve finds the Internet address of a person, for the field with that name.
// It reports false when there is neither an address nor a name.
func (m *message) resolve(p *person, header string) (mailbox, bool, error) {
	ok, err := m.limitAddress(&p.Address, header)
	if err != nil || !ok {
		return mailbox{}, false, err
	}
	var box mailbox
	if box.addr, box.source, err = m.internetAddress(p, header); err != nil {
		return box, false, err
	}
	box.name = m.displayName(p)
	if box.addr != "" {
		if strings.EqualFold(box.name, box.addr) || strings.EqualFold(box.name, p.SMTP) {
			box.name = ""
		}
		m.asciiAddress(&box, header)
		return box, true, nil
	}
	if box.name == "" {
		if p.Address != (mapi.Address{}) {
			m.report(diag.AddressInvalid, header, diag.Quote(p.SMTP+p.Email))
		}
		return box, false, nil
	}
	m.report(diag.AddressUnresolved, header, diag.Quote(box.name))
	return box, true, nil
}

// limitAddress applies MaxRecipientPropertyLength to the name and to the address.
// It reports false for an address that was dropped.
func (m *message) limitAddress(a *mapi.Address, header string) (bool, error) {
	limit := m.limits.RecipientProperty()
	if !limit.Exceeded(int64(max(len(a.SMTP), len(a.Email), len(a.Name)))) {
		return true, nil // no text has more characters than bytes
	}
	rule := m.rule(limit, header)
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
