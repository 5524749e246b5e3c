package oleobject

import (
	"encoding/binary"
	"image"

	"github.com/contentconv/contentconv/internal/metafile"
)

// A Picture is what stands for an object where its program does not run.
type Picture struct {
	// Icon says that it shows an icon, and not what is in the object.
	Icon bool
	// Data is a device-independent bitmap, or a metafile.
	Data []byte

	bitmap bool
}

// maxPicture bounds the size of a picture.
const maxPicture = 32 << 20

// Clipboard formats of pictures, and the aspect of an icon ([MS-OLEDS] 2.3.4).
const (
	formatMetafile = 3
	formatDIB      = 8
	formatEMF      = 14

	aspectIcon = 4
)

// The classes of objects that are pictures and nothing else, by the first field of
// their CLSID ([MS-OLEDS] 2.3.5).
const (
	staticMetafile = 0x00000315
	staticDIB      = 0x00000316
	staticEMF      = 0x00000319
)

// static returns the class of an object that is a picture, else 0.
func (o *Object) static() uint32 {
	id := o.root.CLSID
	if string(id[4:]) != "\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46" {
		return 0
	}
	switch class := binary.LittleEndian.Uint32(id[:]); class {
	case staticMetafile, staticDIB, staticEMF:
		return class
	}
	return 0
}

// IsPicture reports whether the object is a picture and nothing else.
func (o *Object) IsPicture() bool { return o.static() != 0 }

// Picture returns the object's picture, if it has one.
func (o *Object) Picture() (*Picture, bool) {
	if class := o.static(); class != 0 {
		if b, ok := o.read(contents, maxPicture); ok {
			return &Picture{Data: b, bitmap: class == staticDIB}, true
		}
	}
	b, ok := o.read(presentation, maxPicture)
	if !ok || len(b) < 8 {
		return nil, false
	}
	if marker := binary.LittleEndian.Uint32(b); marker != 0xFFFFFFFF && marker != 0xFFFFFFFE {
		return nil, false // no standard format
	}
	format := binary.LittleEndian.Uint32(b[4:])
	b = b[8:]
	if len(b) < 4 {
		return nil, false
	}
	// The device that the picture was made for; its size counts itself.
	device := int64(binary.LittleEndian.Uint32(b))
	if device < 4 || device > int64(len(b)) {
		return nil, false
	}
	b = b[device:]
	const fields = 28
	if len(b) < fields {
		return nil, false
	}
	p := &Picture{Icon: binary.LittleEndian.Uint32(b) == aspectIcon, bitmap: format == formatDIB}
	size := int64(binary.LittleEndian.Uint32(b[24:]))
	b = b[fields:]
	p.Data = b[:min(size, int64(len(b)))]
	known := format == formatMetafile || format == formatDIB || format == formatEMF
	return p, known && len(p.Data) > 0
}

// Image draws the picture. The error is [metafile.ErrNotDrawn].
func (p *Picture) Image() (image.Image, error) {
	draw := metafile.Render
	if p.bitmap {
		draw = metafile.DIB
	}
	img, err := draw(p.Data)
	if err != nil {
		return nil, err // a nil image in an interface is none
	}
	return img, nil
}
