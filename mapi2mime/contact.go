package mapi2mime

import (
	"bytes"
	"errors"
	"strings"

	"github.com/contentconv/contentconv/internal/filename"
	"github.com/contentconv/contentconv/internal/mimeparam"
	"github.com/contentconv/contentconv/internal/transfer"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/vcard"
)

// asVCard reports whether a message object is a contact that is written as a vCard.
func (c *conversion) asVCard(m *mapi.Message) bool {
	return !c.o.ContactsAsMessages && vcard.IsContact(m)
}

// planContact makes a vCard of an embedded contact ([MS-OXCMAIL] 2.1.3.4.6).
func (a *attachment) planContact() error {
	return a.addContact(a.a.Message, a.fileName(), FromMessage)
}

// attachSelf adds the vCard of a message that is a contact itself, whose bodies are
// its notes alone.
func (m *message) attachSelf() error {
	if !m.asVCard(m.m) {
		return nil
	}
	return m.attachment(new(mapi.Attachment), m.place).addContact(m.m, "", FromProperties)
}

// addContact adds the vCard. Its media type is the one that [MS-OXVCARD] asks for,
// text/directory, which readers of text/vcard know as well.
func (a *attachment) addContact(contact *mapi.Message, name string, source Source) error {
	var b bytes.Buffer
	said, err := vcard.Export(a.ctx, &b, contact, &vcard.ExportOptions{WithFiles: source == FromProperties})
	switch {
	case errors.Is(err, vcard.ErrNoContact):
		return err
	case err != nil:
		return contentFailure(a.ctx, err, a.place)
	}
	for _, d := range said {
		a.report(d.Code, d.Header, d.Detail)
	}
	p, err := a.newPart("text/directory", a.place)
	if err != nil {
		return err
	}
	p.source = source
	if name == "" {
		name, _ = filename.Sanitize(mapi.PidTagDisplayName.Or(&contact.Properties, mapi.Subject(&contact.Properties)))
	}
	if name == "" {
		name = "contact"
	}
	if !strings.HasSuffix(strings.ToLower(name), ".vcf") {
		name += ".vcf"
	}
	p.add("Content-Type", joinParams("Content-Type", p.mediaType, mimeparam.FormatParam("profile", "vCard"),
		mimeparam.FormatParam("charset", "utf-8"), a.nameParam(name)))
	p.add("Content-Disposition", joinParams("Content-Disposition", "attachment", a.fileNameParam(name)))
	p.body = transfer.AppendQP(nil, b.Bytes(), transfer.QPText)
	p.add("Content-Transfer-Encoding", transfer.QuotedPrintable.String())
	a.m.files = append(a.m.files, p)
	a.m.attached = true
	return nil
}
