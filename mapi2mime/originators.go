package mapi2mime

import (
	"strings"

	"github.com/contentconv/contentconv/mapi"
)

// addOriginators writes From and Sender ([MS-OXCMAIL] 2.1.3.1.3, 2.1.3.1.4): From
// is the represented, Sender the sender where that is another one. Without a
// represented the sender is From.
func (m *message) addOriginators() error {
	from, okFrom, err := m.group(&mapi.SentRepresentingGroup, "From")
	if err != nil {
		return err
	}
	sender, okSender, err := m.group(&mapi.SenderGroup, "Sender")
	if err != nil {
		return err
	}
	switch {
	case !okFrom:
		from, okFrom, okSender = sender, okSender, false
	case sender.addr == "", strings.EqualFold(from.addr, sender.addr):
		okSender = false // From may be a name alone (RFC 6854), Sender may not
	}
	if m.o.SuppressSenderName {
		suppressName(&from)
		suppressName(&sender)
	}
	if okFrom {
		m.from = from
		m.head.add("From", m.formatMailboxes("From", from))
	}
	if okSender {
		m.head.add("Sender", m.formatMailboxes("Sender", sender))
	}
	return nil
}

// suppressName removes the name of a mailbox that has an address.
func suppressName(box *mailbox) {
	if box.addr != "" {
		box.name = ""
	}
}

// group resolves a group of the message's properties.
func (m *message) group(g *mapi.AddressGroup, header string) (mailbox, bool, error) {
	m.person = personOf(g, &m.m.Properties)
	return m.resolve(&m.person, header)
}

// receipts are the fields that ask for receipts ([MS-OXCMAIL] 2.1.3.1.5,
// 2.1.3.1.6), the properties that they stand for, and who gets one.
var receipts = []struct {
	header string
	flag   mapi.Tag[bool]
	groups []*mapi.AddressGroup
}{
	{"Disposition-Notification-To", mapi.PidTagReadReceiptRequested,
		[]*mapi.AddressGroup{&mapi.ReadReceiptGroup, &mapi.SentRepresentingGroup, &mapi.SenderGroup}},
	{"Return-Receipt-To", mapi.PidTagOriginatorDeliveryReportRequested,
		[]*mapi.AddressGroup{&mapi.ReadReceiptGroup, &mapi.SenderGroup, &mapi.SentRepresentingGroup}},
}

// addReceipts writes who gets receipts, where the flags ask for them.
func (m *message) addReceipts() error {
	for i := range receipts {
		r := &receipts[i]
		if !r.flag.Or(&m.m.Properties, false) {
			continue
		}
		for _, g := range r.groups {
			box, ok, err := m.group(g, r.header)
			if err != nil {
				return err
			}
			if ok && box.addr != "" {
				m.head.add(r.header, m.formatMailboxes(r.header, box))
				break
			}
		}
	}
	return nil
}
