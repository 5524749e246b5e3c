package tnef

import (
	"bytes"

	"github.com/contentconv/contentconv/internal/filename"
	"github.com/contentconv/contentconv/mapi"
)

// renderingSize is the size of attAttachRendData ([MS-OXTNEF] 2.1.3.3.15): type,
// position, width, height, flags.
const renderingSize = 2 + 4 + 2 + 2 + 4

// The types of attachments in attAttachRendData, and its flag for a file in the
// form MacBinary.
const (
	renderingFile   = 1
	renderingOLE    = 2
	flagMacBinary   = 1
	renderingIcon   = 0x0020 // width and height of a file's icon
	renderingNoIcon = 0xFFFF
)

// What PidTagAttachTag says of an OLE object, and PidTagAttachEncoding of a file
// in the form MacBinary ([MS-OXCMSG] 2.2.2.15, 2.2.2.20).
var (
	tagOLE            = []byte{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x14, 0x03, 0x0A, 0x03, 0x02, 0x01}
	encodingMacBinary = []byte{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x14, 0x03, 0x0B, 0x01}
)

// A renderingCodec is what an attachment is and where in the text it stands.
type renderingCodec struct{}

func (renderingCodec) read(x *legacyReader, data []byte) {
	if x.short(data, renderingSize) {
		return
	}
	if le.Uint16(data) == renderingOLE {
		setMissing(x.p, mapi.PidTagAttachMethod, mapi.AttachOLE)
		setMissing(x.p, mapi.PidTagAttachTag, tagOLE)
	}
	if le.Uint32(data[10:])&flagMacBinary != 0 {
		setMissing(x.p, mapi.PidTagAttachEncoding, encodingMacBinary)
	}
	setMissing(x.p, mapi.PidTagRenderingPosition, int32(le.Uint32(data[2:])))
}

func (renderingCodec) write(x *legacyWriter) ([]byte, bool) {
	typ, icon, flags := uint16(renderingFile), uint16(renderingIcon), uint32(0)
	if x.method == mapi.AttachOLE {
		typ, icon = renderingOLE, renderingNoIcon
	}
	if e, ok := mapi.PidTagAttachEncoding.Get(x.p); ok && bytes.Equal(e, encodingMacBinary) {
		flags = flagMacBinary
	}
	b := le.AppendUint16(nil, typ)
	b = le.AppendUint32(b, uint32(mapi.PidTagRenderingPosition.Or(x.p, -1)))
	b = le.AppendUint16(le.AppendUint16(b, icon), icon)
	return le.AppendUint32(b, flags), true
}

func setMissing[T any](p *mapi.Properties, t mapi.Tag[T], v T) {
	if !t.Has(p) {
		t.Set(p, v)
	}
}

// shortName is the length of the longest name that the system DOS allows.
const shortName = len("FILENAME.EXT")

// A titleCodec is the name of an attachment.
//
// QUIRK: [MS-OXTNEF] 2.1.3.3.17 has the short name here. Some writers put the long
// one, which may stand nowhere else.
type titleCodec struct{}

func (titleCodec) read(x *legacyReader, data []byte) {
	s := x.text8(data)
	if s == "" {
		return
	}
	setMissing(x.p, mapi.PidTagAttachFilename, s)
	if len(s) > shortName {
		setMissing(x.p, mapi.PidTagAttachLongFilename, s)
	}
}

// write prefers the long name, as new versions of Outlook do: there are readers
// that look nowhere else.
func (titleCodec) write(x *legacyWriter) ([]byte, bool) {
	s := mapi.PidTagAttachLongFilename.Or(x.p, "")
	if s == "" {
		s = mapi.PidTagAttachFilename.Or(x.p, "")
	}
	return bytes8(s, x.page), s != ""
}

// FileName returns the name of an attachment for a file: the first there is of the
// long name, the short one, the transport's and the display name, made such as a
// file may have it; or one that is made of its number n, from 1.
func FileName(a *mapi.Attachment, n int) string {
	for _, t := range []mapi.Tag[string]{
		mapi.PidTagAttachLongFilename, mapi.PidTagAttachFilename, mapi.PidTagAttachTransportName, mapi.PidTagDisplayName,
	} {
		if s, _ := filename.Sanitize(t.Or(&a.Properties, "")); s != "" {
			return s
		}
	}
	return filename.Generated(n, mapi.PidTagAttachMimeTag.Or(&a.Properties, ""))
}
