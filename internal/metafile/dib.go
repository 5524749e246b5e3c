package metafile

import (
	"encoding/binary"
	"errors"
	"image"
	"image/color"
)

// ErrNotDrawn means that data is no picture, or one that this package does not draw.
var ErrNotDrawn = errors.New("metafile: not a picture that can be drawn")

// MaxPixels bounds the number of pixels of an image.
const MaxPixels = 8 << 20

// Sizes of the headers of bitmaps ([MS-WMF] 2.2.2.3, 2.2.2.2), and the ways in which
// their pixels are stored.
const (
	coreHeader = 12
	infoHeader = 40

	storedRGB    = 0
	storedRLE8   = 1
	storedFields = 3
)

// A dibHeader is the header of a bitmap.
type dibHeader struct {
	size, width, height int
	topDown             bool
	bits, stored        int
	colors              int // in the table
	colorSize           int
	masks               [3]uint32
}

// DIB returns the image of a device-independent bitmap in memory: header, colours,
// pixels, as a metafile and the clipboard have it.
func DIB(b []byte) (*image.RGBA, error) {
	h, ok := readDIBHeader(b)
	if !ok {
		return nil, ErrNotDrawn
	}
	table := h.size
	if h.stored == storedFields && h.size == infoHeader {
		table += 12
	}
	pixels := table + h.colors*h.colorSize
	if pixels > len(b) {
		return nil, ErrNotDrawn
	}
	return h.image(b[table:pixels], b[pixels:])
}

func readDIBHeader(b []byte) (dibHeader, bool) {
	var h dibHeader
	if len(b) < coreHeader {
		return h, false
	}
	h.size = int(binary.LittleEndian.Uint32(b))
	switch {
	case h.size == coreHeader:
		h.width, h.height = int(binary.LittleEndian.Uint16(b[4:])), int(binary.LittleEndian.Uint16(b[6:]))
		h.bits, h.colorSize = int(binary.LittleEndian.Uint16(b[10:])), 3
	case h.size >= infoHeader && h.size <= len(b) && h.size <= 1<<10:
		h.width, h.height = int(int32(binary.LittleEndian.Uint32(b[4:]))), int(int32(binary.LittleEndian.Uint32(b[8:])))
		h.bits, h.stored, h.colorSize = int(binary.LittleEndian.Uint16(b[14:])), int(binary.LittleEndian.Uint32(b[16:])), 4
		h.colors = int(binary.LittleEndian.Uint32(b[32:]))
	default:
		return h, false
	}
	if h.height < 0 {
		h.height, h.topDown = -h.height, true
	}
	if h.width <= 0 || h.height <= 0 || h.width > MaxPixels || h.height > MaxPixels/h.width {
		return h, false
	}
	if h.bits <= 8 && (h.colors <= 0 || h.colors > 1<<h.bits) {
		h.colors = 1 << h.bits
	}
	if h.bits > 8 && (h.colors < 0 || h.colors > 256) {
		return h, false
	}
	return h, h.setMasks(b)
}

// setMasks sets where the colours stand in pixels of 16 and 32 bits, and reports
// whether pixels are stored in a way that can be read.
func (h *dibHeader) setMasks(b []byte) bool {
	switch h.bits {
	case 1, 4, 24:
		return h.stored == storedRGB
	case 8:
		return h.stored == storedRGB || h.stored == storedRLE8
	case 16:
		h.masks = [3]uint32{0x7C00, 0x03E0, 0x001F}
	case 32:
		h.masks = [3]uint32{0xFF0000, 0x00FF00, 0x0000FF}
	default:
		return false
	}
	if h.stored == storedFields {
		if len(b) < infoHeader+12 {
			return false
		}
		for i := range h.masks {
			h.masks[i] = binary.LittleEndian.Uint32(b[infoHeader+4*i:])
		}
	}
	return h.stored == storedRGB || h.stored == storedFields
}

// image draws the pixels. Rows that are not there stay white.
func (h *dibHeader) image(table, pixels []byte) (*image.RGBA, error) {
	stride := (h.width*h.bits + 31) / 32 * 4
	if h.stored == storedRLE8 {
		if h.width*h.height > maxRun/2*len(pixels) {
			return nil, ErrNotDrawn
		}
		pixels = h.expand(pixels, stride)
	}
	rows := min(h.height, len(pixels)/stride)
	if rows == 0 || rows < h.height/2 {
		return nil, ErrNotDrawn // most of it is missing
	}
	palette := h.palette(table)
	img := white(h.width, h.height)
	for row := range rows {
		y := h.height - 1 - row
		if h.topDown {
			y = row
		}
		line := pixels[row*stride : (row+1)*stride]
		for x := range h.width {
			img.SetRGBA(x, y, h.pixel(line, x, palette))
		}
	}
	return img, nil
}

func (h *dibHeader) palette(table []byte) []color.RGBA {
	list := make([]color.RGBA, 1<<min(h.bits, 8))
	for i := range h.colors {
		if c := table[i*h.colorSize:]; i < len(list) {
			list[i] = color.RGBA{c[2], c[1], c[0], 0xFF}
		}
	}
	return list
}

func (h *dibHeader) pixel(line []byte, x int, palette []color.RGBA) color.RGBA {
	switch h.bits {
	case 1:
		return palette[line[x/8]>>(7-x%8)&1]
	case 4:
		return palette[line[x/2]>>(4-4*(x%2))&0xF]
	case 8:
		return palette[line[x]]
	case 24:
		return color.RGBA{line[3*x+2], line[3*x+1], line[3*x], 0xFF}
	case 16:
		return h.masked(uint32(binary.LittleEndian.Uint16(line[2*x:])))
	}
	return h.masked(binary.LittleEndian.Uint32(line[4*x:]))
}

func (h *dibHeader) masked(v uint32) color.RGBA {
	var c [3]uint8
	for i, mask := range h.masks {
		if mask == 0 {
			continue
		}
		part := uint64(v & mask)
		for m := mask; m&1 == 0; m >>= 1 {
			part >>= 1
			mask = m >> 1
		}
		c[i] = uint8(part * 255 / uint64(mask))
	}
	return color.RGBA{c[0], c[1], c[2], 0xFF}
}

// maxRun is the number of pixels that two bytes stand for at most.
const maxRun = 255

// expand undoes the run length encoding of pixels of 8 bits ([MS-WMF] 3.1.6).
func (h *dibHeader) expand(b []byte, stride int) []byte {
	out := make([]byte, stride*h.height)
	x, y := 0, 0
	put := func(c byte) {
		if x < h.width && y < h.height {
			out[y*stride+x] = c
		}
		x++
	}
	for len(b) >= 2 && y < h.height {
		n, c := int(b[0]), b[1]
		b = b[2:]
		switch {
		case n > 0:
			for range n {
				put(c)
			}
		case c == 0:
			x, y = 0, y+1
		case c == 1:
			return out
		case c == 2:
			if len(b) < 2 {
				return out
			}
			x, y = x+int(b[0]), y+int(b[1])
			b = b[2:]
		default:
			n := min(int(c), len(b))
			for _, v := range b[:n] {
				put(v)
			}
			b = b[min(n+n%2, len(b)):]
		}
	}
	return out
}
