package mapi2mime

import (
	"slices"
	"strings"

	"github.com/contentconv/contentconv/internal/textconv"
	"github.com/contentconv/contentconv/mapi"
	"github.com/contentconv/contentconv/rtf"
)

// notRendered is the PidTagRenderingPosition of an attachment that has no place in
// the RTF ([MS-OXCMSG] 2.2.2.16).
const notRendered = -1

// renderedAttachments returns the attachments that have a place in the RTF, in the
// order of their places. Only that order counts: the numbers are places in a text
// that nobody has.
func (m *message) renderedAttachments() []*attachment {
	var list []*attachment
	for i, a := range m.m.Attachments {
		if a != nil && mapi.PidTagRenderingPosition.Or(&a.Properties, notRendered) >= 0 {
			list = append(list, m.attachment(a, m.attachmentPlace(i)))
		}
	}
	slices.SortStableFunc(list, func(a, b *attachment) int {
		return int(mapi.PidTagRenderingPosition.Or(a.props, 0)) - int(mapi.PidTagRenderingPosition.Or(b.props, 0))
	})
	return list
}

// shownTypes are the media types of files that readers show within HTML.
var shownTypes = map[string]bool{
	"image/png": true, "image/jpeg": true, "image/jpg": true, "image/pjpeg": true, "image/gif": true, "image/x-png": true,
}

// rendering returns what stands in the RTF for the n-th attachment with a place: the
// picture that it is, else its name.
func (m *message) rendering(list []*attachment, n int) rtf.Place {
	if n >= len(list) {
		return rtf.Place{}
	}
	a := list[n]
	name, _ := a.storedName()
	if !a.isShown(name) {
		return rtf.Place{Name: name}
	}
	if m.placed == nil {
		m.placed = make(map[*mapi.Attachment]string)
	}
	id := strings.Trim(clean(mapi.PidTagAttachContentId.Or(a.props, "")), "<> ")
	if id == "" || strings.ContainsAny(id, " \t<>\"") {
		id = m.random.Hex("content-id", a.place, name) + "@" + defaultDomain
	}
	m.placed[a.a] = id
	return rtf.Place{URL: "cid:" + textconv.EscapeCID(id), Name: name}
}

// isShown reports whether readers show the attachment within HTML: a picture, or an
// OLE object that has one.
func (a *attachment) isShown(name string) bool {
	if a.content() == nil {
		return false
	}
	switch a.a.Method() {
	case mapi.AttachByValue:
		return shownTypes[a.shownType(name)]
	case mapi.AttachOLE:
		o, err := a.object() // an error comes again when the attachment is planned
		return err == nil && o.picture != nil
	}
	return false
}

// shownType returns the media type by which it is judged whether readers show the
// attachment.
func (a *attachment) shownType(name string) string {
	if tag := strings.ToLower(a.mimeTag()); tag != "" {
		return tag
	}
	return a.typeByName(name)
}
