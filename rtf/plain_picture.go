package rtf

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// A Picture is a picture that stands in plain RTF itself.
type Picture struct {
	// Name is a file name such as "picture1.png", different for each picture.
	Name string
	// Type is the media type: image/png, image/jpeg, image/emf, image/wmf, image/bmp,
	// image/x-pict, or application/octet-stream.
	Type string
	// URL is what HTML refers to the picture by, or "" where it doesn't, because
	// browsers don't show pictures of that type.
	URL string
	// Width and Height are the size of display in CSS pixels, 0 where unknown.
	Width, Height int
	Data          []byte
}

// maxPictures bounds the pictures that are taken out of a document.
const maxPictures = 2000

// A pictureReader collects a \pict destination.
type pictureReader struct {
	mediaType, ext string
	data           []byte
	high           int8 // the first digit of a byte plus 1, or 0
	goal           [2]int32
	scale          [2]int32 // in per cent
}

// pictureTypes are the words that say what the data is.
var pictureTypes = map[string][2]string{
	"pngblip": {"image/png", ".png"}, "jpegblip": {"image/jpeg", ".jpg"}, "emfblip": {"image/emf", ".emf"},
	"wmetafile": {"image/wmf", ".wmf"}, "dibitmap": {"image/bmp", ".bmp"}, "macpict": {"image/x-pict", ".pct"},
}

// pictureMagic corrects them by what the data begins with.
var pictureMagic = []struct{ magic, mediaType, ext string }{
	{"\x89PNG\r\n", "image/png", ".png"},
	{"\xFF\xD8\xFF", "image/jpeg", ".jpg"},
	{"GIF8", "image/gif", ".gif"},
}

// shown are the types that browsers show.
var shown = map[string]bool{"image/png": true, "image/jpeg": true, "image/gif": true}

func (p *plainParser) beginPicture(e event) {
	if !e.first && !e.star {
		return
	}
	p.begin(destPicture)
	p.r.st.raw = true
	p.picture = pictureReader{mediaType: "application/octet-stream", ext: ".bin", scale: [2]int32{100, 100}}
}

func (r *pictureReader) word(e event) {
	switch e.word {
	case "picwgoal":
		r.goal[0] = e.param
	case "pichgoal":
		r.goal[1] = e.param
	case "picscalex":
		r.scale[0] = e.param
	case "picscaley":
		r.scale[1] = e.param
	default:
		if t, ok := pictureTypes[e.word]; ok {
			r.mediaType, r.ext = t[0], t[1]
		}
	}
}

// hex takes data in hexadecimal digits; what is none doesn't count.
func (r *pictureReader) hex(text []byte) {
	for _, c := range text {
		switch v := hexValue[c]; {
		case v == 0:
		case r.high == 0:
			r.high = int8(v)
		default:
			r.data = append(r.data, byte(r.high-1)<<4|(v-1))
			r.high = 0
		}
	}
}

func (r *pictureReader) binary(data []byte) { r.data = append(r.data, data...) }

// endPicture adds the picture that has been read.
func (p *plainParser) endPicture() {
	r := &p.picture
	data := r.data
	r.data = nil
	p.st.dest = p.stack[len(p.stack)-2].dest
	switch {
	case len(data) == 0 || p.st.char.has(flagHidden|flagDeleted):
		return
	case p.st.dest != destBody && p.st.dest != destNothing:
		return
	case len(p.doc.pictures) >= maxPictures:
		p.dropped++
		return
	}
	if p.err == nil {
		p.err = p.budget.take(len(data))
	}
	r.recognise(data)
	n := len(p.doc.pictures)
	pic := Picture{Name: fmt.Sprintf("picture%d%s", n+1, r.ext), Type: r.mediaType, Data: r.file(data)}
	pic.Width, pic.Height = r.pixels(0), r.pixels(1)
	if shown[pic.Type] {
		pic.URL = "cid:" + pic.Name
		if p.o.PictureURL != nil {
			pic.URL = p.o.PictureURL(n)
		}
	}
	p.doc.pictures = append(p.doc.pictures, pic)
	if p.st.field != nil {
		p.st.field.shown = true
	}
	p.add(item{kind: itemPicture, number: int32(n), char: p.st.char})
}

func (r *pictureReader) recognise(data []byte) {
	for _, m := range pictureMagic {
		if bytes.HasPrefix(data, []byte(m.magic)) {
			r.mediaType, r.ext = m.mediaType, m.ext
		}
	}
}

// pixels returns the width (0) or height (1) of display: the goal, in twips, times
// the scale.
func (r *pictureReader) pixels(i int) int {
	const twipsPerPixel, maxPixels = 15, 10000
	n := int64(r.goal[i]) * int64(r.scale[i]) / (100 * twipsPerPixel)
	if n <= 0 || n > maxPixels {
		return 0
	}
	return int(n)
}

// file returns the data as it stands in a file, where RTF leaves out the header.
func (r *pictureReader) file(data []byte) []byte {
	switch r.mediaType {
	case "image/bmp":
		return bitmapFile(data)
	case "image/wmf":
		return r.metafile(data)
	}
	return data
}

// bitmapFile puts the file header before a device-independent bitmap (BITMAPINFO,
// then pixels).
func bitmapFile(dib []byte) []byte {
	const fileHeader, infoHeader = 14, 40
	if len(dib) < infoHeader {
		return dib
	}
	le := binary.LittleEndian
	info, bits, compression, colors := le.Uint32(dib), le.Uint16(dib[14:]), le.Uint32(dib[16:]), le.Uint32(dib[32:])
	if info < infoHeader || info > 256 {
		return dib
	}
	if colors == 0 && bits <= 8 {
		colors = 1 << bits
	}
	offset := fileHeader + info + 4*min(colors, 256)
	if compression == 3 && info == infoHeader {
		offset += 12 // masks of the colors
	}
	out := append(make([]byte, 0, fileHeader+len(dib)), "BM"...)
	out = le.AppendUint32(out, uint32(fileHeader+len(dib)))
	out = le.AppendUint32(out, 0)
	out = le.AppendUint32(out, offset)
	return append(out, dib...)
}

// metafile puts the header before a Windows metafile that tells programs its size
// ([MS-WMF] 2.3.2.3): a bounding box in twips.
func (r *pictureReader) metafile(data []byte) []byte {
	const placeable, perInch = 0x9AC6CDD7, 1440
	le := binary.LittleEndian
	if len(data) >= 4 && le.Uint32(data) == placeable {
		return data
	}
	box := [4]uint16{2: uint16(min(max(r.goal[0], 1), 32767)), 3: uint16(min(max(r.goal[1], 1), 32767))}
	head := le.AppendUint32(nil, placeable)
	head = le.AppendUint16(head, 0)
	for _, v := range box {
		head = le.AppendUint16(head, v)
	}
	head = le.AppendUint16(head, perInch)
	head = le.AppendUint32(head, 0)
	sum := uint16(0)
	for i := 0; i < len(head); i += 2 {
		sum ^= le.Uint16(head[i:])
	}
	return append(le.AppendUint16(head, sum), data...)
}
