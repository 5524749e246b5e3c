package mapi2mime

import "github.com/contentconv/contentconv/mapi"

// A recipient is a person and the kind of field that names it.
type recipient struct {
	*person
	kind int32
}

// recipients yields the rows of the recipient table, each until the next is asked
// for. A message without a table has as recipients the names that are displayed for
// it, and without those the mailboxes of To and Cc of its transport headers.
//
// QUIRK: exports of mailboxes, and files that other programs make for Outlook,
// have PidTagDisplayTo and no recipient table ([MS-OXCMSG] 2.2.1.9 computes the
// one from the other).
func (m *message) recipients(yield func(recipient) bool) {
	switch {
	case len(m.m.Recipients) > 0:
		m.rows(yield)
	case m.hasDisplayed():
		m.displayed(yield)
	default:
		m.inHeaders(yield)
	}
}

func (m *message) rows(yield func(recipient) bool) {
	p := &m.person
	for i := range m.m.Recipients {
		row := &m.m.Recipients[i]
		*p = person{Address: row.Address(), group: &mapi.RecipientGroup, props: &row.Properties}
		if !yield(recipient{p, row.Kind()}) {
			return
		}
	}
}

// displayLists are the properties with the names of the recipients of each kind.
var displayLists = []struct {
	kind int32
	tag  mapi.Tag[string]
}{
	{mapi.RecipientTo, mapi.PidTagDisplayTo},
	{mapi.RecipientCc, mapi.PidTagDisplayCc},
	{mapi.RecipientBcc, mapi.PidTagDisplayBcc},
}

func (m *message) hasDisplayed() bool {
	for range m.displayed {
		return true
	}
	return false
}

// displayed yields the persons that the display lists name.
func (m *message) displayed(yield func(recipient) bool) {
	for _, list := range displayLists {
		for _, p := range namesOnly(list.tag.Or(&m.m.Properties, "")) {
			if !yield(recipient{&p, list.kind}) {
				return
			}
		}
	}
}

// inHeaders yields the persons that the transport headers name, without those of
// Bcc.
func (m *message) inHeaders(yield func(recipient) bool) {
	h := m.headers()
	if h == nil || m.headersOf() != ours {
		return
	}
	for _, list := range displayLists[:2] {
		for _, box := range h.fields[[...]string{"", "to", "cc"}[list.kind]] {
			p := &person{
				Address: mapi.Address{Name: box.Name, Type: "SMTP", Email: box.Addr, SMTP: box.Addr},
				group:   &mapi.RecipientGroup, props: new(mapi.Properties), source: AddressHeaders,
			}
			if !yield(recipient{p, list.kind}) {
				return
			}
		}
	}
}
