package mapi2mime

import (
	"strings"

	"github.com/contentconv/contentconv/mapi"
)

// knownAddresses are the Internet addresses that a message has beside addresses
// of other systems, by type and address. The letters of X.500 names mean the same
// in either case.
type knownAddresses map[string]string

func (k knownAddresses) find(addressType, address string) string {
	return k[knownKey(addressType, address)]
}

func knownKey(addressType, address string) string {
	return strings.ToUpper(addressType + ":" + address)
}

func (k knownAddresses) add(a mapi.Address) {
	if a.Email == "" || a.Type == "" || strings.EqualFold(a.Type, "SMTP") {
		return
	}
	addr, ok := addrSpec(a.SMTP)
	if _, _, _, capsule := mapi.DecodeIMCEA(addr); !ok || capsule {
		return
	}
	key := knownKey(a.Type, a.Email)
	if _, twice := k[key]; !twice {
		k[key] = addr
	}
}

// addressInMessage returns the address that another entry of the message has
// beside the same address of its own system. Outlook stores no Internet address
// of a sender of its own organisation, and that of the recipients.
func (m *message) addressInMessage(p *person, _ string) (string, error) {
	if !p.elsewhere() {
		return "", nil
	}
	return m.known().find(p.Type, p.Email), nil
}

// known returns the addresses that the message has, collected when first asked
// for.
func (m *message) known() knownAddresses {
	if m.knownAddresses != nil {
		return m.knownAddresses
	}
	k := make(knownAddresses)
	for _, g := range []*mapi.AddressGroup{
		&mapi.SentRepresentingGroup, &mapi.SenderGroup, &mapi.ReadReceiptGroup,
		&mapi.ReceivedByGroup, &mapi.ReceivedRepresentingGroup,
	} {
		k.add(g.Get(&m.m.Properties))
	}
	for i := range m.m.Recipients {
		k.add(m.m.Recipients[i].Address())
	}
	m.knownAddresses = k
	return k
}
