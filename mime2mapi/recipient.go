package mime2mapi

import (
	"strings"

	"github.com/contentconv/contentconv/internal/failure"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
)

// A kindList is the mailboxes of one kind of recipient.
type kindList struct {
	kind    int32
	fields  []*mimescan.Field
	display mapi.Tag[string]
	boxes   []mapi.InternetAddress
}

// convertRecipients makes the recipient table: To, Cc and Bcc, each in the order
// of the header block, groups flattened ([MS-OXCMAIL] 2.2.3.1.5). MaxMimeRecipients
// bounds them together.
func (m *message) convertRecipients() error {
	lists := []kindList{
		{kind: mapi.RecipientTo, fields: m.fields.to, display: mapi.PidTagDisplayTo},
		{kind: mapi.RecipientCc, fields: m.fields.cc, display: mapi.PidTagDisplayCc},
		{kind: mapi.RecipientBcc, fields: m.fields.bcc, display: mapi.PidTagDisplayBcc},
	}
	total := 0
	for i := range lists {
		l := &lists[i]
		var err error
		if l.boxes, err = m.mailboxes(l.fields, m.failTooMany); err != nil {
			return err
		}
		total += len(l.boxes)
		if len(l.fields) > 0 {
			if err := failure.Exceeded(m.limits.Recipients(), int64(total), m.job.root.Path, l.fields[0].Name); err != nil {
				return err
			}
		}
	}
	if total == 0 {
		return nil
	}
	m.into.Recipients = make([]mapi.Recipient, total)
	row := 0
	for i := range lists {
		l := &lists[i]
		for j := range l.boxes {
			if err := m.setRecipient(row, &l.boxes[j], l.kind); err != nil {
				return err
			}
			row++
		}
		if len(l.boxes) > 0 {
			l.display.Set(m.properties(), displayNames(m.into.Recipients[row-len(l.boxes):row]))
		}
	}
	return nil
}

func (m *message) setRecipient(row int, box *mapi.InternetAddress, kind int32) error {
	r := &m.into.Recipients[row]
	r.SetInternet(box, kind, int32(row))
	if m.o.Resolver == nil && len(m.o.Domains) == 0 {
		return nil
	}
	a, err := m.resolve(*box)
	if err != nil || a.Type == "SMTP" {
		return err
	}
	mapi.RecipientGroup.Set(&r.Properties, a)
	mapi.PidTagTransmittableDisplayName.Set(&r.Properties, a.Name)
	if id, ok := r.Properties.Get(mapi.PidTagEntryId.Key()); ok {
		r.Properties.Set(mapi.PidTagRecipientEntryId.Key(), id)
		r.Properties.Set(mapi.PidTagRecordKey.Key(), id)
	}
	return nil
}

// displayNames joins names as the store's computed properties do.
func displayNames(rows []mapi.Recipient) string {
	var b strings.Builder
	for i := range rows {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(mapi.PidTagDisplayName.Or(&rows[i].Properties, ""))
	}
	return b.String()
}

// limitsLength returns the length of s in characters, or something below it that
// is no more than the bound, when bytes alone show that s is within it.
func limitsLength(s string, l limits.Limit) int64 {
	if int64(len(s)) <= l.Max {
		return int64(len(s))
	}
	return limits.Length(s)
}
