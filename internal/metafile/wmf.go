package metafile

import (
	"encoding/binary"
	"image"
)

// Types of records ([MS-WMF] 2.1.1.1).
const (
	wmfEnd           = 0x0000
	wmfWindowOrigin  = 0x020B
	wmfWindowExtent  = 0x020C
	wmfDIBBitBlt     = 0x0940
	wmfDIBStretchBlt = 0x0B41
	wmfStretchDIB    = 0x0F43
)

const (
	wmfHeader    = 18
	wmfPlaceable = 22 // the header that files have in front
	placeableKey = 0x9AC6CDD7
)

// Render returns the image of a metafile of either kind.
func Render(b []byte) (*image.RGBA, error) {
	if isEMF(b) {
		return renderEMF(b)
	}
	var d drawing
	if len(b) >= wmfPlaceable && binary.LittleEndian.Uint32(b) == placeableKey {
		x, y := int16At(b, 6), int16At(b, 8)
		d.window = rect{x, y, int16At(b, 10) - x, int16At(b, 12) - y}
		b = b[wmfPlaceable:]
	}
	if len(b) < wmfHeader || b[0] != 1 && b[0] != 2 || b[1] != 0 || binary.LittleEndian.Uint16(b[2:]) != wmfHeader/2 {
		return nil, ErrNotDrawn
	}
	d.readWMF(b[wmfHeader:])
	return d.draw()
}

// readWMF reads the records: the size in words of 16 bits, the type, parameters.
func (d *drawing) readWMF(b []byte) {
	for len(b) >= 6 {
		size := 2 * int64(binary.LittleEndian.Uint32(b))
		if size < 6 || size > int64(len(b)) {
			return
		}
		record, p := binary.LittleEndian.Uint16(b[4:]), b[6:size]
		b = b[size:]
		switch {
		case record == wmfEnd:
			return
		case record == wmfWindowOrigin && len(p) >= 4:
			d.window.y, d.window.x = int16At(p, 0), int16At(p, 2)
		case record == wmfWindowExtent && len(p) >= 4:
			d.window.h, d.window.w = int16At(p, 0), int16At(p, 2)
		case len(d.blits) < maxBlits:
			d.addWMF(record, p)
		}
	}
}

// addWMF adds the bitmap of a record ([MS-WMF] 2.3.1.2, 2.3.1.3, 2.3.1.6). The
// fields stand in the reverse of the order of parameters.
func (d *drawing) addWMF(record uint16, p []byte) {
	if len(p) < 4 {
		return
	}
	bl := blit{rop: binary.LittleEndian.Uint32(p)}
	at := func(i int) int { return int16At(p, 4+2*i) }
	switch {
	case record == wmfDIBStretchBlt && len(p) > 20:
		bl.from, bl.to, bl.dib = rect{at(3), at(2), at(1), at(0)}, rect{at(7), at(6), at(5), at(4)}, p[20:]
	case record == wmfStretchDIB && len(p) > 22:
		bl.from, bl.to, bl.dib = rect{at(4), at(3), at(2), at(1)}, rect{at(8), at(7), at(6), at(5)}, p[22:]
	case record == wmfDIBBitBlt && len(p) > 16:
		bl.from, bl.to, bl.dib = rect{at(1), at(0), at(3), at(2)}, rect{at(5), at(4), at(3), at(2)}, p[16:]
	default:
		return
	}
	d.add(bl)
}

// add adds a bitmap, with the part of it that is drawn made positive.
func (d *drawing) add(bl blit) {
	if bl.from.w <= 0 || bl.from.h <= 0 || bl.to.w == 0 || bl.to.h == 0 {
		return
	}
	h, ok := readDIBHeader(bl.dib)
	if !ok || bl.from.w > h.width || bl.from.h > h.height {
		return
	}
	if !h.topDown { // the origin of a bitmap is at its lower left corner
		bl.from.y = h.height - bl.from.y - bl.from.h
	}
	d.blits = append(d.blits, bl)
}

func int16At(b []byte, i int) int { return int(int16(binary.LittleEndian.Uint16(b[i:]))) }
