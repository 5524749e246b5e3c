package mapi2mime

import (
	"bytes"

	"github.com/contentconv/contentconv/internal/macfile"
	"github.com/contentconv/contentconv/internal/mimeparam"
	"github.com/contentconv/contentconv/mapi"
)

// macEncoding is the object identifier that says that an attachment is MacBinary
// ([MS-OXCMSG] 2.2.2.20).
var macEncoding = []byte{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x14, 0x03, 0x0B, 0x01}

// macHeader is the size of a MacBinary header.
const macHeader = 128

// planMacintosh makes a multipart/appledouble of a MacBinary file, so that a Mac
// gets both forks and any other reader the data ([MS-OXCMAIL] 2.1.3.4.3). It
// reports false for what is none.
func (a *attachment) planMacintosh(c mapi.Content) (bool, error) {
	if encoding, _ := mapi.PidTagAttachEncoding.Get(a.props); !bytes.Equal(encoding, macEncoding) {
		return false, nil
	}
	size, err := contentSize(a.ctx, c)
	if err != nil {
		return false, contentFailure(a.ctx, err, a.place)
	}
	head, err := readContent(a.ctx, c, min(size, macHeader), size)
	if err != nil {
		return false, contentFailure(a.ctx, err, a.place)
	}
	f, err := macfile.ParseMacBinary(bytes.NewReader(head), size)
	if err != nil {
		return false, nil
	}
	return true, a.addAppleDouble(c, f)
}

// addAppleDouble adds the two halves of a Macintosh file.
func (a *attachment) addAppleDouble(c mapi.Content, f macfile.File) error {
	data := a.file(&subContent{of: c, off: f.Data.Off, size: f.Data.Len})
	if data.name == "" {
		data.name = f.Name
	}
	data.mediaType, data.params = a.macType(data.name)
	data.beside = true
	header := file{beside: true, content: a.appleFile(c, f), mediaType: "application/applefile", name: data.name}

	before := len(a.m.files)
	for _, half := range []file{header, data} {
		if err := a.addFile(half); err != nil {
			return err
		}
	}
	p, err := a.newPart("multipart/appledouble", a.place)
	if err != nil {
		return err
	}
	p.children = append([]*part(nil), a.m.files[before:]...)
	p.boundary = a.newBoundary()
	p.add("Content-Type", joinParams("Content-Type", p.mediaType, mimeparam.FormatParam("boundary", p.boundary)))
	a.m.files = append(a.m.files[:before], p)
	return nil
}

// appleFile returns the header file: the one that the attachment came with, where
// it says all that the MacBinary file does, because it may say more; else one that
// is made.
func (a *attachment) appleFile(c mapi.Content, f macfile.File) mapi.Content {
	if info, ok := mapi.PidNameAttachmentMacInfo.Get(a.props); ok {
		h, double, err := macfile.ParseApple(bytes.NewReader(info), int64(len(info)))
		if err == nil && double && sameFile(h, f) {
			return mapi.Bytes(info)
		}
	}
	return &subContent{head: f.HeaderFile(), of: c, off: f.Resource.Off, size: f.Resource.Len}
}

// sameFile reports whether two files differ in nothing but where their forks are.
func sameFile(a, b macfile.File) bool {
	same := a.Resource.Len == b.Resource.Len
	a.Data, a.Resource = b.Data, b.Resource
	return same && a == b
}

// macType returns the type of the data fork with its parameters.
func (a *attachment) macType(name string) (string, [][]string) {
	v := mimeparam.ParseContentType(mapi.PidNameAttachmentMacContentType.Or(a.props, ""), nil)
	if v.Full == "" {
		return a.typeByName(name), nil
	}
	if !allowedType(v.Full) {
		return octetStream, nil
	}
	return v.Full, formatParams(v)
}
