package mapi2mime

import (
	"github.com/contentconv/contentconv/internal/htmlscan"
	"github.com/contentconv/contentconv/mapi"
)

// renderedInBody is the bit of PidTagAttachFlags that marks an inline attachment.
const renderedInBody = 0x04

// isInline reports whether the attachment is part of what the HTML shows
// ([MS-OXCMAIL] 2.1.3.4.1.2): it is marked so, has an id or a location, and the
// HTML refers to that. A mark alone would hide attachments that nothing shows.
//
// QUIRK: some programs mark such an attachment as hidden only, and set no flag.
func (a *attachment) isInline() bool {
	if a.m.body.rich == nil {
		return false
	}
	if a.m.placed[a.a] != "" {
		return true // the HTML was made of RTF that has a place for it
	}
	if mapi.PidTagAttachFlags.Or(a.props, 0)&renderedInBody == 0 && !mapi.PidTagAttachmentHidden.Or(a.props, false) {
		return false
	}
	id := mapi.PidTagAttachContentId.Or(a.props, "")
	location := mapi.PidTagAttachContentLocation.Or(a.props, "")
	if a.m.refs == nil {
		a.m.refs = htmlscan.References(a.m.body.html)
	}
	base := mapi.PidTagAttachContentBase.Or(a.props, mapi.PidNameContentBase.Or(&a.m.m.Properties, ""))
	return id != "" && a.m.refs.HasCID(id) || location != "" && a.m.refs.HasLocation(location, base)
}
