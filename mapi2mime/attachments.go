package mapi2mime

import (
	"strings"

	"github.com/contentconv/contentconv/diag"
	"github.com/contentconv/contentconv/mapi"
)

// An attachment is the planning of one attachment object.
type attachment struct {
	scope
	m     *message
	a     *mapi.Attachment
	props *mapi.Properties
}

func (m *message) attachment(a *mapi.Attachment, place string) *attachment {
	s := m.scope
	s.place = place
	return &attachment{scope: s, m: m, a: a, props: &a.Properties}
}

// planAttachments plans every attachment by its method ([MS-OXCMAIL] 2.1.3.4).
func (m *message) planAttachments() error {
	for i, a := range m.m.Attachments {
		if a == nil || m.notice != nil && a == m.notice.stored {
			continue
		}
		if err := m.ctx.Err(); err != nil {
			return err
		}
		if err := m.attachment(a, m.attachmentPlace(i)).plan(); err != nil {
			return err
		}
	}
	for _, step := range []func() error{m.planPictures, m.keepRTF, m.attachRTF, m.attachSelf} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// plan makes a part of the attachment, or says why there is none.
func (a *attachment) plan() error {
	if a.a.Message != nil && (a.a.Method() == mapi.AttachEmbeddedMessage || a.content() == nil) {
		return a.planMessage()
	}
	switch a.a.Method() {
	case mapi.AttachByReference, mapi.AttachByReferenceResolve, mapi.AttachByReferenceOnly, mapi.AttachByWebReference:
		if a.content() == nil {
			return a.planReference()
		}
	case mapi.AttachOLE:
		return a.planOLE()
	}
	c := a.content()
	if c == nil {
		if a.a.Method() != mapi.AttachByValue {
			return a.drop(NoData, "it has no data")
		}
		// A file without bytes keeps its name.
		c = mapi.Bytes(nil)
	}
	if done, err := a.planReturnedHeader(); done || err != nil {
		return err
	}
	if done, err := a.planMacintosh(c); done || err != nil {
		return err
	}
	return a.planFile(c)
}

// content returns the attachment's data. Objects made by hand may have it as a
// property.
func (a *attachment) content() mapi.Content {
	if a.a.Content != nil {
		return a.a.Content
	}
	if b, ok := mapi.PidTagAttachDataBinary.Get(a.props); ok {
		return mapi.Bytes(b)
	}
	return nil
}

// drop says that the attachment is not written.
func (a *attachment) drop(why DropReason, detail string) error {
	a.report(diag.AttachmentDropped, "", detail)
	a.dropped(why)
	return nil
}

func (a *attachment) dropped(why DropReason) {
	a.res.Parts = append(a.res.Parts, Part{Type: strings.ToLower(a.mimeTag()), Source: FromAttachment, Place: a.place, Reason: why})
}

// classException is the class of an exception of a recurring meeting ([MS-OXOCAL]
// 2.2.10.1).
const classException = "IPM.OLE.CLASS.{00061055-0000-0000-C000-000000000046}"

// planMessage makes a part of an embedded message, which is planned later, as a
// job of its own. The part has no field but its type ([MS-OXCMAIL] 2.1.3.4.5).
func (a *attachment) planMessage() error {
	if strings.EqualFold(mapi.PidTagMessageClass.Or(&a.a.Message.Properties, ""), classException) {
		a.dropped(Exception)
		return nil
	}
	switch {
	case a.o.EmbeddedAsMsg:
		return a.planMsgFile()
	case a.asVCard(a.a.Message):
		return a.planContact()
	}
	p, err := a.newPart("message/rfc822", a.place)
	if err != nil {
		return err
	}
	p.source = FromMessage
	p.add("Content-Type", p.mediaType)
	a.m.files = append(a.m.files, p)
	a.m.attached = true
	a.m.embedded = append(a.m.embedded, job{m: a.a.Message, holder: a.place, into: p, depth: a.m.depth + 1})
	return nil
}
