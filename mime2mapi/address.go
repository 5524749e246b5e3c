package mime2mapi

import (
	"math"
	"slices"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/address"
	"github.com/contentconv/contentconv/internal/failure"
	"github.com/contentconv/contentconv/internal/guard"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
)

// convertOriginators sets who sent the message and for whom ([MS-OXCMAIL]
// 2.2.3.1.3, 2.2.3.1.4): From is the represented, Sender the sender, and each
// stands in for the other when that is missing. Only the first mailbox of a
// field counts.
func (m *message) convertOriginators() error {
	from, err := m.firstMailbox(m.fields.from)
	if err != nil {
		return err
	}
	sender, err := m.firstMailbox(m.fields.sender)
	if err != nil {
		return err
	}
	if sender == nil {
		sender = from
	}
	if from == nil {
		from = sender
	}
	if from == nil {
		return m.convertAuthorName()
	}
	if err := m.setGroup(&mapi.SentRepresentingGroup, from); err != nil {
		return err
	}
	return m.setGroup(&mapi.SenderGroup, sender)
}

// convertAuthorName sets the name of an author without an address, where From has
// no more than that.
//
// QUIRK: bounces say "From: Mail Delivery System <>", which RFC 5322 section 3.6.2
// has no place for. RFC 6854 writes such an author as an empty group.
func (m *message) convertAuthorName() error {
	f := m.fields.from
	if f == nil {
		return nil
	}
	r := address.ParseMax(f.Unfolded(), m.fallback, 1)
	names := append(r.Groups, r.Invalid...)
	if len(names) == 0 || strings.ContainsAny(names[0], "<>@") {
		return nil
	}
	name, err := m.limited(names[0], m.limits.RecipientProperty(), m.job.root.Path, f.Name)
	if err != nil || name == "" {
		return err
	}
	mapi.PidTagSentRepresentingName.Set(m.properties(), name)
	mapi.PidTagSenderName.Set(m.properties(), name)
	return nil
}

// convertReceipts sets who wants receipts ([MS-OXCMAIL] 2.2.3.1), and the list
// of those that want replies.
func (m *message) convertReceipts() error {
	p := m.properties()
	reader, err := m.firstMailbox(m.fields.readReceipt)
	if err != nil {
		return err
	}
	if reader != nil {
		mapi.PidTagReadReceiptRequested.Set(p, true)
		mapi.PidTagNonReceiptNotificationRequested.Set(p, true)
		if err := m.setGroup(&mapi.ReadReceiptGroup, reader); err != nil {
			return err
		}
	}
	if m.fields.deliveryReceipt {
		mapi.PidTagOriginatorDeliveryReportRequested.Set(p, true)
	}
	return m.convertReplyTo()
}

// convertReplyTo sets two lists of the same length and order: entry ids, and
// names joined by semicolons ([MS-OXCMAIL] 2.2.3.1.6). A semicolon within a name
// would break the count, so it becomes a comma there; the entry id keeps it.
func (m *message) convertReplyTo() error {
	boxes, err := m.mailboxes(m.fields.replyTo, m.dropMore)
	if err != nil || len(boxes) == 0 {
		return err
	}
	entries := make(mapi.FlatEntryList, len(boxes))
	names := make([]string, len(boxes))
	for i, box := range boxes {
		a, err := m.resolve(box)
		if err != nil {
			return err
		}
		entries[i] = entryID(a)
		names[i] = strings.ReplaceAll(a.Name, ";", ",")
	}
	p := m.properties()
	mapi.PidTagReplyRecipientEntries.Set(p, entries.Bytes())
	mapi.PidTagReplyRecipientNames.Set(p, strings.Join(names, ";"))
	return nil
}

func entryID(a mapi.Address) []byte {
	if a.Type == "EX" {
		return (&mapi.AddressBookEntryID{DN: a.Email}).Bytes()
	}
	return (&mapi.OneOff{Name: a.Name, AddressType: a.Type, Address: a.Email, Flags: mapi.OneOffUnicode | mapi.OneOffNoRichInfo}).Bytes()
}

// firstMailbox returns the first address of a field, or nil. The others are not
// even looked at.
func (m *message) firstMailbox(f *mimescan.Field) (*mapi.InternetAddress, error) {
	if f == nil {
		return nil, nil
	}
	r := address.ParseMax(f.Unfolded(), m.fallback, 1)
	m.report(r.Defects, m.job.root.Path, f.Name)
	if len(r.Mailboxes) == 0 {
		return nil, nil
	}
	a, ok, err := m.limitedMailbox(r.Mailboxes[0], f.Name)
	if !ok {
		return nil, err
	}
	return &a, nil
}

// mailboxes returns the addresses of fields of the same name, within the limits.
// A field with more of them than MaxMimeRecipients is judged by tooMany.
func (m *message) mailboxes(fields []*mimescan.Field, tooMany func(l limits.Limit, total int64, header string) error) ([]mapi.InternetAddress, error) {
	limit, max := m.limits.Recipients(), math.MaxInt
	if limit.Max != limits.None {
		max = int(min(limit.Max, math.MaxInt))
	}
	var out []mapi.InternetAddress
	for _, f := range fields {
		r := address.ParseMax(f.Unfolded(), m.fallback, max)
		if total := int64(r.Total); limit.Exceeded(total) {
			if err := tooMany(limit, total, f.Name); err != nil {
				return nil, err
			}
		}
		m.report(r.Defects, m.job.root.Path, f.Name)
		out = slices.Grow(out, len(r.Mailboxes))
		for _, box := range r.Mailboxes {
			a, ok, err := m.limitedMailbox(box, f.Name)
			if err != nil {
				return nil, err
			}
			if ok {
				out = append(out, a)
			}
		}
	}
	return out, nil
}

// failTooMany judges recipients, which MaxMimeRecipients is about.
func (m *message) failTooMany(l limits.Limit, total int64, header string) error {
	return failure.Exceeded(l, total, m.job.root.Path, header)
}

// dropMore judges other addresses: those beyond the bound are left out.
func (m *message) dropMore(l limits.Limit, total int64, header string) error {
	m.rec.Addf(diag.ItemsDropped, m.job.root.Path, header, "%s is %d, the field has %d addresses", l.Name, l.Max, total)
	return nil
}

// limitedMailbox applies MaxRecipientPropertyLength to the name and to the
// address. It reports false for a mailbox that was dropped.
func (m *message) limitedMailbox(box address.Mailbox, header string) (mapi.InternetAddress, bool, error) {
	limit, part := m.limits.RecipientProperty(), m.job.root.Path
	a := mapi.InternetAddress{Name: box.Name, Address: box.Addr}
	var err error
	if m.o.ShortenText {
		// QUIRK: a part of an address is another address, so that one too long is
		// no recipient at all (RFC 5321 4.5.3.1 has 256 octets for a path).
		if over := limit.Check(limitsLength(a.Address, limit)); over != nil {
			m.rec.Add(diag.ItemsDropped, part, header, over.Error())
			return a, false, nil
		}
	}
	if a.Name, err = m.limited(a.Name, limit, part, header); err != nil {
		return a, false, err
	}
	a.Address, err = m.limited(a.Address, limit, part, header)
	return a, err == nil, err
}

// setGroup sets a group of properties from an Internet address.
func (m *message) setGroup(g *mapi.AddressGroup, box *mapi.InternetAddress) error {
	if m.o.Resolver == nil && len(m.o.Domains) == 0 {
		g.SetInternet(m.properties(), box)
		return nil
	}
	a, err := m.resolve(*box)
	if err == nil {
		g.Set(m.properties(), a)
	}
	return err
}

// resolve looks an address up: in the capsule that it may be, then in the
// address book ([MS-OXCMAIL] 2.2.3.1.1).
func (m *message) resolve(box mapi.InternetAddress) (mapi.Address, error) {
	a, ok := box.Decapsulate(m.owned)
	if !ok {
		a = mapi.Address{Name: box.DisplayName(), Type: "SMTP", Email: box.Address, SMTP: box.Address}
	}
	if m.o.Resolver == nil {
		return a, nil
	}
	var entry *Entry
	var err error
	guard.Call(func() { entry, err = m.o.Resolver.Resolve(m.ctx, box.Address) })
	if err != nil {
		return a, &failure.Failure{Reason: diag.IO, Part: m.job.root.Path, Err: err}
	}
	if entry != nil {
		a.Type, a.Email = "EX", entry.DN
		if entry.DisplayName != "" {
			a.Name = entry.DisplayName
		}
	}
	return a, nil
}

// owned reports whether the encapsulated addresses of a domain are ours to open
// ([MS-OXCMAIL] 2.2.3.1.2).
func (m *message) owned(domain string) bool {
	return slices.ContainsFunc(m.o.Domains, func(d string) bool { return strings.EqualFold(d, domain) })
}
