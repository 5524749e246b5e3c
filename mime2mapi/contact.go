package mime2mapi

import (
	"errors"
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/internal/filename"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/limits"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/vcard"
)

// maxContacts bounds the cards of one conversion in bytes, because contacts are held
// in memory. Those beyond it stay files.
const maxContacts = 32 << 20

// isVCard reports whether a leaf is a vCard by its type ([MS-OXCMAIL] 2.1.3.4.6): that
// of RFC 6350, the one before it, or RFC 2425's with the profile of vCard.
func isVCard(e *mimescan.Entity) bool {
	switch e.ContentType.Full {
	case "text/vcard", "text/x-vcard":
		return true
	case "text/directory":
		return strings.EqualFold(strings.TrimSpace(e.ContentType.Get("profile")), "vcard")
	}
	return false
}

// attachContact makes an embedded contact of a vCard, wherever in the message it
// stands: a contact is never a body. It reports false for what is no card, or not one
// that a contact can be made of, which is a file as it came.
func (m *message) attachContact(e *mimescan.Entity) (bool, error) {
	if !m.o.Contacts || !isVCard(e) {
		return false, nil
	}
	data, whole, err := m.calendarText(e)
	if err != nil {
		return false, err
	}
	if whole = whole && m.contacts+int64(len(data)) <= maxContacts; !whole {
		m.rec.Addf(diag.VCardFallback, e.Section(), "", "the cards have more than %d bytes", maxContacts)
		return false, nil
	}
	got, err := vcard.Import(m.ctx, data, &vcard.ImportOptions{Charset: m.typeParam(e, "charset"), Part: e.Section()})
	if errors.Is(err, vcard.ErrNotOneCard) || errors.Is(err, limits.ErrExceeded) {
		m.rec.Add(diag.VCardFallback, e.Section(), "", err.Error())
		return false, nil
	}
	if err != nil {
		return false, err
	}
	for _, d := range got.Diagnostics {
		m.rec.AddDiagnostic(d)
	}
	m.contacts += int64(len(data))
	return true, m.addContact(e, got.Message)
}

// addContact attaches a contact as an embedded message.
func (m *message) addContact(e *mimescan.Entity, contact *mapi.Message) error {
	a := &mapi.Attachment{Message: contact}
	p := &a.Properties
	mapi.PidTagAttachMethod.Set(p, mapi.AttachEmbeddedMessage)
	mapi.PidTagAttachMimeTag.Set(p, e.ContentType.Full)
	name := mapi.Subject(&contact.Properties)
	if name == "" {
		name = m.generatedName()
	}
	name = m.limitedItems(name, m.limits.TextHeader(), e.Path, "")
	mapi.PidTagDisplayName.Set(p, name)
	if file := filename.OfMessage(name, false); file != "" {
		mapi.PidTagAttachFilename.Set(p, file)
	}
	mapi.PidTagRenderingPosition.Set(p, -1)
	m.setDates(p, e, m.disposition(e))
	if err := m.convertAttachmentFields(p, e); err != nil {
		return err
	}
	m.attached(e, a, ToMessage)
	return nil
}
