package mapi2mime

import (
	"fmt"
	"slices"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/failure"
	"github.com/contentconv/contentconv/mapi"
)

// undisclosed stands in To where a message names no recipient (RFC 5322 A.1.3).
const undisclosed = "undisclosed-recipients:;"

// addRecipients writes To, Cc and Bcc ([MS-OXCMAIL] 2.1.3.1.1), one entry for
// each row. MaxMimeRecipients is judged on the rows, before any is resolved.
func (m *message) addRecipients() error {
	if m.isReport() && (m.into != nil || m.received()) {
		return m.addReportRecipient()
	}
	lists := [...]addressList{
		mapi.RecipientTo:  m.newAddressList("To"),
		mapi.RecipientCc:  m.newAddressList("Cc"),
		mapi.RecipientBcc: m.newAddressList("Bcc"),
	}
	if err := m.checkRecipients(len(lists)); err != nil {
		return err
	}
	// Most recipients are of To, and take fewer bytes than this.
	const few, each = 4, 64
	if n := len(m.m.Recipients); n <= few {
		lists[mapi.RecipientTo].take()
	} else {
		lists[mapi.RecipientTo].b = make([]byte, 0, each*min(n, 1<<16))
	}
	withBcc, omitted := m.withBcc(), false
	for r := range m.recipients {
		if r.kind < mapi.RecipientTo || int(r.kind) >= len(lists) {
			m.report(diag.RecipientIgnored, "", fmt.Sprintf("type %d", r.kind))
			continue
		}
		l := &lists[r.kind]
		if r.kind == mapi.RecipientBcc && !withBcc {
			if !omitted {
				m.report(diag.BccOmitted, l.header, "")
			}
			omitted = true
			continue
		}
		box, ok, err := m.resolve(r.person, l.header)
		if err != nil {
			return err
		}
		if ok {
			l.add(box)
		}
	}
	if lists[mapi.RecipientTo].n == 0 && lists[mapi.RecipientCc].n == 0 {
		m.head.add("To", undisclosed)
	}
	for i := range lists {
		if l := &lists[i]; l.n > 0 {
			m.head.add(l.header, l.String())
		}
	}
	return nil
}

func (m *message) checkRecipients(kinds int) error {
	limit, n := m.limits.Recipients(), int64(len(m.m.Recipients))
	if limit.Exceeded(n) { // those of other kinds do not count
		n = 0
		for i := range m.m.Recipients {
			if kind := m.m.Recipients[i].Kind(); kind >= mapi.RecipientTo && int(kind) < kinds {
				n++
			}
		}
	}
	if len(m.m.Recipients) == 0 {
		for r := range m.recipients {
			if r.kind >= mapi.RecipientTo && int(r.kind) < kinds {
				n++
			}
		}
	}
	m.res.Addresses = slices.Grow(m.res.Addresses, int(min(n, 1<<16))+2)
	return failure.Exceeded(limit, n, m.place, "To")
}

// withBcc reports whether blind copies are written ([MS-OXCMAIL] 2.1.3.1.1.2):
// for a reader yes, by SMTP only those of meetings, where they are rooms and
// other resources, and of tasks.
func (m *message) withBcc() bool {
	switch m.o.Bcc {
	case BccAlways:
		return true
	case BccNever:
		return false
	}
	return m.o.Purpose == Retrieval ||
		m.hasClass("IPM.Schedule.Meeting") || m.hasClass("IPM.Appointment") ||
		m.hasClass("IPM.Task") || m.hasClass("IPM.TaskRequest")
}

// isReport reports whether the message is a delivery report.
func (m *message) isReport() bool {
	c := strings.ToUpper(m.class)
	return strings.HasPrefix(c, "REPORT.") && (strings.HasSuffix(c, ".DR") || strings.HasSuffix(c, ".NDR"))
}

// received reports whether the message says who got it. Of a delivery report that
// is to whom it was sent, whether or not it is embedded: its recipients are those
// that it reports on, and must not be told.
func (m *message) received() bool {
	p := &m.m.Properties
	return mapi.ReceivedRepresentingGroup.Get(p) != (mapi.Address{}) || mapi.ReceivedByGroup.Get(p) != (mapi.Address{})
}

// addReportRecipient writes To of a delivery report: who got it, not the recipients
// that it reports on ([MS-OXCMAIL] 2.1.3.1.1.1).
func (m *message) addReportRecipient() error {
	for _, g := range []*mapi.AddressGroup{&mapi.ReceivedRepresentingGroup, &mapi.ReceivedByGroup} {
		box, ok, err := m.group(g, "To")
		if err != nil {
			return err
		}
		if ok {
			m.head.add("To", m.formatMailboxes("To", box))
			return nil
		}
	}
	m.head.add("To", undisclosed)
	return nil
}
