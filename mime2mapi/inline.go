package mime2mapi

import (
	"github.com/contentconv/contentconv/internal/htmlscan"
	"github.com/contentconv/contentconv/internal/mimescan"
	"github.com/contentconv/contentconv/mapi"
)

// inlineTypes are the images that can be inline ([MS-OXCMAIL] 2.2.3.4.1.4.1).
var inlineTypes = map[string]bool{
	"image/jpeg": true, "image/jpg": true, "image/pjpeg": true, "image/gif": true,
	"image/bmp": true, "image/png": true, "image/x-png": true,
}

// renderedInBody is the bit of PidTagAttachFlags that marks an inline attachment.
const renderedInBody = 0x04

// convertInline marks an attachment inline when all four conditions of
// [MS-OXCMAIL] 2.2.3.4.1.4.1 hold: it is a child of a multipart/related or of
// the aggregate body, it has an id or a location, an image element of the HTML
// refers to that, and it is an image of a listed type. A looser rule would hide
// attachments.
func (m *message) convertInline(p *mapi.Properties, e *mimescan.Entity) {
	inAggregate := e.Parent != nil && e.Parent == m.body.aggregate
	if inAggregate && inlineTypes[e.ContentType.Full] && !m.isAttachment(e) {
		mapi.PidTagAttachContentId.Set(p, m.contentID(e))
	}
	inRelated := e.Parent != nil && e.Parent.Multipart && e.Parent.ContentType.Full == "multipart/related"
	if !inAggregate && !inRelated || !inlineTypes[e.ContentType.Full] || m.body.stored == nil {
		return
	}
	if m.body.refs == nil {
		m.body.refs = htmlscan.References(m.body.stored)
	}
	id := mapi.PidTagAttachContentId.Or(p, "")
	location := mapi.PidTagAttachContentLocation.Or(p, "")
	base := mapi.PidTagAttachContentBase.Or(p, mapi.PidNameContentBase.Or(m.properties(), ""))
	switch {
	case id != "" && m.body.refs.HasImageCID(id):
	case location != "" && m.body.refs.HasImageLocation(location, base):
	default:
		return
	}
	mapi.PidTagAttachFlags.Set(p, renderedInBody)
	mapi.PidTagAttachmentHidden.Set(p, true)
}

// hideAll sets PidLidSmartNoAttach when every attachment is inline, so that a
// client shows no paper clip.
func (m *message) hideAll() {
	for _, a := range m.into.Attachments {
		if !mapi.PidTagAttachmentHidden.Or(&a.Properties, false) {
			return
		}
	}
	if len(m.into.Attachments) > 0 {
		mapi.PidLidSmartNoAttach.Set(m.properties(), true)
	}
}
