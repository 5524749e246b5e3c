package metafile

import (
	"encoding/binary"
	"image"
)

// Types of records ([MS-EMF] 2.1.1).
const (
	emfHeader        = 1
	emfWindowExtent  = 9
	emfWindowOrigin  = 10
	emfEnd           = 14
	emfStretchBlt    = 77
	emfStretchDIBits = 81
)

// isEMF reports whether data begins as an enhanced metafile does.
func isEMF(b []byte) bool {
	return len(b) >= 44 && binary.LittleEndian.Uint32(b) == emfHeader && string(b[40:44]) == " EMF"
}

// renderEMF returns the image of an enhanced metafile. Where it sets no window, what
// it shows are the bounds in its header ([MS-EMF] 2.2.9).
func renderEMF(b []byte) (*image.RGBA, error) {
	var d drawing
	at := func(p []byte, i int) int { return int(int32(binary.LittleEndian.Uint32(p[i:]))) }
	left, top := at(b, 8), at(b, 12)
	d.window = rect{left, top, at(b, 16) - left + 1, at(b, 20) - top + 1}
	for len(b) >= 8 {
		record, size := binary.LittleEndian.Uint32(b), int64(binary.LittleEndian.Uint32(b[4:]))
		if size < 8 || size > int64(len(b)) {
			break
		}
		p := b[:size]
		b = b[size:]
		switch {
		case record == emfEnd:
			return d.draw()
		case record == emfWindowExtent && len(p) >= 16:
			d.window.w, d.window.h = at(p, 8), at(p, 12)
		case record == emfWindowOrigin && len(p) >= 16:
			d.window.x, d.window.y = at(p, 8), at(p, 12)
		case record == emfStretchDIBits && len(p) >= 80 && len(d.blits) < maxBlits:
			d.addEMF(p, blit{rop: uint32(at(p, 68)), from: rect{at(p, 32), at(p, 36), at(p, 40), at(p, 44)},
				to: rect{at(p, 24), at(p, 28), at(p, 72), at(p, 76)}}, 48)
		case record == emfStretchBlt && len(p) >= 108 && len(d.blits) < maxBlits:
			d.addEMF(p, blit{rop: uint32(at(p, 40)), from: rect{at(p, 44), at(p, 48), at(p, 100), at(p, 104)},
				to: rect{at(p, 24), at(p, 28), at(p, 32), at(p, 36)}}, 84)
		}
	}
	return d.draw()
}

// addEMF adds the bitmap of a record, whose header and pixels are at offsets that
// stand at i.
func (d *drawing) addEMF(p []byte, bl blit, i int) {
	part := func(i int) []byte {
		off, n := int64(binary.LittleEndian.Uint32(p[i:])), int64(binary.LittleEndian.Uint32(p[i+4:]))
		if off > int64(len(p)) || n > int64(len(p))-off {
			return nil
		}
		return p[off : off+n]
	}
	head, pixels := part(i), part(i+8)
	if len(head) == 0 || len(pixels) == 0 {
		return
	}
	bl.dib = append(head[:len(head):len(head)], pixels...)
	d.add(bl)
}
